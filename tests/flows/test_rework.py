"""What an official returns goes back through the task manager to its officer, and round again (4-7, 6-3)."""

from __future__ import annotations

from copy import deepcopy

from tests.flows.staff import ANSWERING, REVIEWING, Staff, act, all_buttons, sees
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER


async def test_a_returned_response_is_written_again_and_the_old_cards_offer_nothing(staff: Staff) -> None:
    manager, chief, dad, cos = await staff.seat(MANAGER, HOU_CHIEF, DAD_CS, COS)
    await staff.acknowledged()
    await act(chief, "T-1001", "Respond", text="412 beds.")
    await act(manager, "Review: T-1001", "Send to clearance")
    await act(dad, "Clearance: T-1001", "Clear")
    old = deepcopy(cos.cards("Clearance: T-1001")[-1])
    await act(cos, "Clearance: T-1001", "Return", comment="Beds on which day?")
    returned = "Chief of Staff: returned by Daniel Reyes, 24 Nov 2026, 09:00 Beds on which day?"
    for official in dad, cos:
        sees(official, "Clearance: T-1001", returned, buttons=[])
    sees(manager, "Review: T-1001", returned, "412 beds.", buttons=REVIEWING)

    await act(manager, "Review: T-1001", "Return", comment="Name the day of the count.")
    sees(
        chief,
        "T-1001",
        "Returned by Tomás Álvarez, 24 Nov 2026, 09:00 Name the day of the count.",
        "Your response so far 412 beds.",
        buttons=ANSWERING,
    )
    await act(chief, "T-1001", "Respond", text="412 beds on 31 October.")
    sees(manager, "Review: T-1001", "412 beds on 31 October.", buttons=REVIEWING)
    await act(manager, "Review: T-1001", "Send to clearance")
    for official in dad, cos:  # another response, so both are asked again, each on a new card
        sees(official, "Clearance: T-1001", "412 beds on 31 October.", buttons=["Clear", "Return"])
        await act(official, "Clearance: T-1001", "Clear")
        first, second = official.cards("Clearance: T-1001")
        assert [all_buttons(first), all_buttons(second)] == [[], []]
    async with staff.house.refusal(cos) as told:
        await cos.press_on(old, "Clear")
    assert told == ["Returned by Daniel Reyes, 24 Nov 2026, 09:00."]
    sees(manager, "Transmit: T-1001", "412 beds on 31 October.", "cleared by Daniel Reyes", buttons=["Transmit"])
    assert await staff.house.differences() == []
