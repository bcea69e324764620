"""A declaration with its action officer on Teams, its officials on Slack and its state in a Slack channel.

After every click, wherever it was made, all three show the new state, who made it so, and what may be done now.
"""

from __future__ import annotations

import asyncio

from bot.domain import messages as m
from bot.domain.task import Status
from tests.flows.house import House, OnSlack, OnTeams
from tests.world import COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, request

ALSO = ["Assign also"]


async def settled_in(house: House) -> tuple[OnSlack, OnTeams, OnSlack, OnSlack, str]:
    """Everybody at their desk, the channel made a taskings channel, the declaration assigned."""
    manager, lead, dad = [await house.on_slack(email) for email in (MANAGER, DAD_HCC, DAD_CS)]
    officer = await house.on_teams(MQMU_CHIEF)
    room = house.slack.add_channel("taskings", manager.user.id, lead.user.id, dad.user.id)
    await manager.says("here", room)
    await house.do(MANAGER, request("declaration", "MQMU"), number="")
    await house.do(MANAGER, m.RouteTask((MQMU_CHIEF,)))
    return manager, officer, lead, dad, room


async def test_after_each_click_on_either_platform_all_surfaces_show_it(house: House) -> None:
    manager, officer, lead, dad, room = await settled_in(house)
    assert officer.offered("T-1001") == ["Acknowledge", "No information", "Defer"]
    assert "Mei Zhang, MQMU: assigned, not acknowledged yet" in manager.reads("T-1001", room)
    assert manager.offered("T-1001", room) == ALSO
    assert lead.cards("") == dad.cards("") == []

    await officer.press("T-1001", "Acknowledge")
    assert "Acknowledged, being answered (Mei Zhang, 24 Nov 2026, 09:00)" in officer.reads("T-1001")
    assert officer.offered("T-1001") == ["Respond", "No information", "Defer", "Delegate", "More time"]
    assert "Mei Zhang, MQMU: acknowledged, being answered" in manager.reads("T-1001", room)

    # The officer defers; the task manager keeps it where it is.
    await officer.press("T-1001", "Defer", reason="Pharmacy keeps these.")
    assert "Deferred, for the task manager to decide (Mei Zhang, 24 Nov 2026, 09:00)" in officer.reads("T-1001")
    assert officer.offered("T-1001") == []
    assert "Mei Zhang, MQMU: deferred" in manager.reads("T-1001", room)
    assert manager.offered("T-1001", room) == ["Reassign", "Decline", *ALSO]
    assert "Deferred by Mei Zhang, 24 Nov 2026, 09:00 Pharmacy keeps these." in manager.reads("Deferral: T-1001")

    await manager.press("T-1001", "Decline", room, comment="They say it is yours.")
    assert "Deferral declined by Tomás Álvarez, 24 Nov 2026, 09:00 They say it is yours." in officer.reads("T-1001")
    assert officer.offered("T-1001") == ["Respond", "No information", "Defer", "Delegate", "More time"]
    assert manager.offered("T-1001", room) == ALSO
    assert manager.offered("Deferral: T-1001") == []

    # A file in the chat, then the words in the form: both go to the division lead.
    await officer.sends("log.txt", b"the courier's log")
    assert officer.user.texts()[-1] == "Received and checked. Your file goes with your response to T-1001."
    assert "Goes with your response: log.txt" in officer.reads("T-1001")
    await officer.press("T-1001", "Respond")
    await officer.fill(text="A courier missed two pickups.")
    assert "In division clearance (Mei Zhang, 24 Nov 2026, 09:00)" in officer.reads("T-1001")
    assert officer.offered("T-1001") == []
    for words in ("Response of Mei Zhang, MQMU A courier missed two pickups.", "log.txt, 17 bytes"):
        assert words in lead.reads("Clearance: T-1001")
    assert lead.offered("Clearance: T-1001") == ["Clear", "Return"]
    assert "Mei Zhang, MQMU: in division clearance" in manager.reads("T-1001", room)
    assert "Caroline Dubois" in manager.reads("T-1001", room)
    assert dad.cards("") == []

    await lead.press("Clearance: T-1001", "Return", comment="Which courier?")
    assert "Returned by Caroline Dubois, 24 Nov 2026, 09:00 Which courier?" in officer.reads("T-1001")
    assert officer.offered("T-1001") == ["Respond", "Remove file", "No information", "Defer"]
    assert lead.offered("Clearance: T-1001") == []
    assert "Mei Zhang, MQMU: acknowledged, being answered" in manager.reads("T-1001", room)

    await officer.press("T-1001", "Respond")
    await officer.fill(text="The night courier missed two pickups.")
    await lead.press("Clearance: T-1001", "Clear")
    assert "Submitted" in officer.reads("T-1001")
    assert [lead.offered("Clearance: T-1001"), officer.offered("T-1001")] == [[], []]
    assert "Status: In review" in manager.reads("T-1001", room)
    assert manager.offered("T-1001", room) == ["Send to clearance", "Write final response", "Return", *ALSO]

    # Sent from the channel; what was clicked is the answer, and everybody else's card follows.
    await manager.press("T-1001", "Send to clearance", room)
    assert "Status: In clearance" in manager.reads("T-1001", room)
    assert manager.offered("T-1001", room) == manager.offered("Review: T-1001") == []
    assert "The night courier missed two pickups." in dad.reads("Clearance: T-1001")
    assert dad.offered("Clearance: T-1001") == ["Clear", "Return"]

    await dad.press("Clearance: T-1001", "Clear")
    assert "cleared by Robert Nakamura, 24 Nov 2026, 09:00" in dad.reads("Clearance: T-1001")
    assert dad.offered("Clearance: T-1001") == []
    assert "Status: Cleared, to be transmitted" in manager.reads("T-1001", room)
    assert manager.offered("T-1001", room) == ["Transmit"]

    await manager.press("T-1001", "Transmit", room, note="OPLA 7")
    await manager.press("T-1001", "Close record", room)
    task = await house.task()
    assert task.status is Status.CLOSED
    assert f"Record: sealed, {task.seal[:12]}" in manager.reads("T-1001", room)
    assert manager.offered("T-1001", room) == ["Add to the record"]
    assert officer.offered("T-1001") == dad.offered("Clearance: T-1001") == []
    assert await house.differences() == []


async def test_of_two_officials_who_press_at_once_on_two_platforms_the_later_reads_who_cleared(house: House) -> None:
    """A report needs the DAD, the CoS or the AD: any one of them (Appendix A)."""
    dad, cos = await house.on_slack(DAD_CS), await house.on_teams(COS)
    await house.do(MANAGER, request("report"), number="")
    for actor, command in (
        (MANAGER, m.RouteTask((HOU_CHIEF,))),
        (HOU_CHIEF, m.Acknowledge(1)),
        (HOU_CHIEF, m.Respond(1, "412 beds")),
        (MANAGER, m.SendToClearance()),
    ):
        await house.do(actor, command)
    on_slack, on_teams = dad.cards("Clearance")[-1], cos.cards("Clearance")[-1]
    await asyncio.gather(dad.user.press(on_slack, "Clear"), cos.user.press(on_teams, "Clear"))
    await house.settle()
    task = await house.task()
    assert task.status is Status.CLEARED
    winner = SAMPLE.people[task.changed_by].name
    first, second = (dad, cos) if winner == "Robert Nakamura" else (cos, dad)
    assert first.asides() == {}
    assert list(second.asides().values()) == [f"Cleared by {winner}, 24 Nov 2026, 09:00."]
    for official in (dad, cos):
        assert f"cleared by {winner}, 24 Nov 2026, 09:00" in official.reads("Clearance")
        assert official.offered("Clearance") == []
