"""A piece goes from the action officer to somebody who knows, one hand further, and back (5-3.3, 5-5)."""

from __future__ import annotations

from copy import deepcopy

import pytest

from bot.domain import messages as m
from bot.errors import IllegalTransition
from tests.flows.staff import ANSWERING, Staff, act, sees
from tests.world import HOU_CHIEF, MANAGER

EXPERT, NURSE = "marcus.bell@example.gov", "lucia.romano@example.gov"
PASSED = ["Respond", "No information", "Defer", "Delegate", "Recall"]


async def test_what_an_expert_hands_back_is_in_the_officers_response_and_the_officer_still_answers(
    staff: Staff,
) -> None:
    manager, chief, expert, nurse = await staff.seat(MANAGER, HOU_CHIEF, EXPERT, NURSE)
    await staff.acknowledged()
    await act(chief, "T-1001", "Delegate", to=EXPERT, note="Count the beds by facility.")
    sees(chief, "T-1001", "Delegated to Marcus Bell, 24 Nov 2026, 09:00", buttons=PASSED)
    await act(chief, "T-1001", "More")
    assert "More time" in chief.offered("More: T-1001")  # there is no room for it beside "Recall"
    sees(manager, "T-1001", "Waiting on: LaToya Freeman and Marcus Bell", buttons=["Assign also"])
    sees(
        expert,
        "Delegated: T-1001",
        *("How many beds were in use in October?", "Delegated to you by LaToya Freeman", "Count the beds by facility."),
        buttons=["Hand back", "Delegate"],
    )

    # One hand further, and no third.
    await act(expert, "Delegated: T-1001", "Delegate", to=NURSE, note="The night shift has the list.")
    sees(expert, "Delegated: T-1001", "Delegated to Lucia Romano, 24 Nov 2026, 09:00", buttons=["Delegate", "Recall"])
    sees(
        nurse,
        "Delegated: T-1001",
        "Delegated to you by Marcus Bell, for LaToya Freeman The night shift has the list.",
        buttons=["Hand back"],
    )
    sees(chief, "T-1001", "Delegated by Marcus Bell to Lucia Romano, 24 Nov 2026, 09:00", buttons=PASSED)
    with pytest.raises(IllegalTransition, match="passed on once already; answer it, or hand it back"):
        await staff.house.do(NURSE, m.Delegate(1, MANAGER, part=2))

    # Back the way it came, from whichever card is at hand.
    await nurse.says("status of T-1001")
    await act(nurse, "T-1001", "Hand back", text="212 at night.")
    sees(nurse, "Delegated: T-1001", "You handed this back, 24 Nov 2026, 09:00 212 at night.", buttons=[])
    sees(
        expert,
        "Delegated: T-1001",
        "Handed back by Lucia Romano, 24 Nov 2026, 09:00 212 at night.",
        buttons=["Hand back", "Delegate"],
    )
    old = deepcopy(expert.cards("Delegated: T-1001")[-1])
    await act(expert, "Delegated: T-1001", "Hand back", text="412 beds, 212 at night.")
    sees(expert, "Delegated: T-1001", "You handed this back, 24 Nov 2026, 09:00 412 beds, 212 at night.", buttons=[])
    sees(
        chief,
        "T-1001",
        "Acknowledged, being answered Handed back by Marcus Bell, 24 Nov 2026, 09:00 412 beds, 212 at night.",
        buttons=ANSWERING,
    )
    async with staff.house.refusal(expert) as told:
        await expert.press_on(old, "Hand back")
    assert told == ["This button is no longer valid; ask for the task's status to see where it stands."]

    await act(chief, "T-1001", "Respond")
    task = await staff.house.task()
    assert task.active[0].officer == HOU_CHIEF
    assert task.package is not None
    assert task.package.text == "412 beds, 212 at night."
    sees(
        manager,
        "Review: T-1001",
        "LaToya Freeman, HOU: submitted 412 beds, 212 at night.",
        buttons=["Send to clearance", "Write final response", "Return"],
    )


async def test_a_recalled_piece_is_waited_for_no_more(staff: Staff) -> None:
    chief, expert, nurse = await staff.seat(HOU_CHIEF, EXPERT, NURSE)
    await staff.acknowledged()
    await act(chief, "T-1001", "Delegate", to=EXPERT)
    await act(expert, "Delegated: T-1001", "Delegate", to=NURSE)
    await act(chief, "T-1001", "Recall")
    for helper in (expert, nurse):
        sees(helper, "Delegated: T-1001", "This is not waited for any more; you need do nothing.", buttons=[])
    sees(chief, "T-1001", "Marcus Bell is not waited for any more.", buttons=ANSWERING)
    await act(chief, "T-1001", "Respond", text="412 beds")
    assert (await staff.house.task()).drafters() == {HOU_CHIEF}
