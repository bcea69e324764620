"""A congressional inquiry on Slack alone, from the request to the sealed record, as each person sees it."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.slack_user import labels, text_of
from bot.domain.task import Status
from tests.flows.house import House, OnSlack
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, T0

DUE = T0 + timedelta(days=10)
REPORT = b"%PDF-1.7 beds by facility"


async def test_a_congressional_inquiry_goes_from_receipt_to_sealed_record(house: House) -> None:
    manager, chief, dad, cos = [await house.on_slack(email) for email in (MANAGER, HOU_CHIEF, DAD_CS, COS)]
    room = house.slack.add_channel("taskings", *(person.user.id for person in (manager, chief, dad, cos)))

    # The channel becomes a taskings channel, and the request is logged.
    await manager.says("here", room)
    assert house.slack.channels[room].messages[-1]["text"] == "The state of every task is kept in this channel now."
    await log(manager)
    for place in ("", room):
        assert "Status: Logged, not assigned yet" in manager.reads("T-1001", place)
        assert "Answers: LaToya Freeman" in manager.reads("T-1001", place)
        assert manager.offered("T-1001", place) == ["Assign"]
    assert chief.cards("") == dad.cards("") == cos.cards("") == []

    # The task manager confirms whom Appendix A proposes.
    await manager.press("T-1001", "Assign")
    assert "Appendix A says “HQ: Unit Chief”." in modal(manager)
    await manager.fill()
    assert "LaToya Freeman, HOU: assigned, not acknowledged yet" in manager.reads("T-1001", room)
    assert "Assign" not in manager.offered("T-1001") + manager.offered("T-1001", room)
    assert chief.offered("T-1001") == ["Acknowledge", "No information", "Defer"]

    await chief.press("T-1001", "Acknowledge")
    assert "Acknowledged, being answered (LaToya Freeman, 24 Nov 2026, 09:00)" in chief.reads("T-1001")
    assert chief.offered("T-1001") == ["Respond", "No information", "Defer", "Delegate", "More time"]
    assert "LaToya Freeman, HOU: acknowledged, being answered" in manager.reads("T-1001", room)
    await chief.says("mine")
    assert "Bed capacity" in chief.reads("My work")
    assert chief.user.last(chief.user.direct)["text"] == "1 task waits for you."

    await chief.press("T-1001", "Respond", text="412 beds were in use.")
    assert chief.user.view is None
    assert "Submitted (LaToya Freeman, 24 Nov 2026, 09:00)" in chief.reads("T-1001")
    assert chief.offered("T-1001") == []
    assert "412 beds were in use." in manager.reads("Review: T-1001")
    assert manager.offered("Review: T-1001") == ["Send to clearance", "Write final response", "Return"]
    assert dad.cards("") == []

    await manager.press("Review: T-1001", "Send to clearance")
    assert "412 beds were in use." in dad.reads("Clearance: T-1001")
    assert dad.offered("Clearance: T-1001") == ["Clear", "Return"]
    assert manager.offered("Review: T-1001") == []
    assert "Status: In clearance" in manager.reads("T-1001", room)
    assert "Robert Nakamura" in manager.reads("T-1001", room)
    assert cos.cards("") == []

    await dad.press("Clearance: T-1001", "Clear")
    assert dad.offered("Clearance: T-1001") == []
    for official in (dad, cos):
        assert "cleared by Robert Nakamura, 24 Nov 2026, 09:00" in official.reads("Clearance: T-1001")
    assert cos.offered("Clearance: T-1001") == ["Clear", "Return"]
    assert "Daniel Reyes" in manager.reads("T-1001", room)

    # The CoS wants more: back through the task manager to the chief.
    await cos.press("Clearance: T-1001", "Return", comment="Which facilities?")
    assert cos.user.view is None
    for person, card in ((cos, "Clearance: T-1001"), (dad, "Clearance: T-1001"), (manager, "Review: T-1001")):
        assert "Chief of Staff: returned by Daniel Reyes, 24 Nov 2026, 09:00 Which facilities?" in person.reads(card)
    assert cos.offered("Clearance: T-1001") == []
    assert "Status: In review" in manager.reads("T-1001", room)

    await manager.press("Review: T-1001", "Return", comment="Add the facilities.")
    assert "Returned by Tomás Álvarez, 24 Nov 2026, 09:00 Add the facilities." in chief.reads("T-1001")
    assert chief.offered("T-1001") == ["Respond", "No information", "Defer", "Delegate", "More time"]

    # The second answer brings a file, which is checked while the modal says so.
    await chief.press("T-1001", "Respond", text="412 beds, see the list.", files=[("beds.pdf", REPORT, "text/plain")])
    assert modal(chief) == "Done\nDone."
    chief.user.close()
    assert "beds.pdf, 25 bytes" in manager.reads("Review: T-1001")
    assert "412 beds, see the list." in manager.reads("Review: T-1001")

    # What was cleared before was another package: both are asked again, on a new card.
    await manager.press("Review: T-1001", "Send to clearance")
    first, second = dad.cards("Clearance: T-1001")
    assert first["ts"] < second["ts"]
    await dad.press("Clearance: T-1001", "Clear")
    assert "beds.pdf, 25 bytes" in cos.reads("Clearance: T-1001")
    await cos.press("Clearance: T-1001", "Clear")
    assert "cleared by Daniel Reyes, 24 Nov 2026, 09:00" in manager.reads("Transmit: T-1001")
    assert manager.offered("Transmit: T-1001") == ["Transmit"]
    for official in (dad, cos):
        assert official.offered("Clearance: T-1001") == []

    await manager.press("Transmit: T-1001", "Transmit", note="OCR 2026-118")
    assert "Sent: Tomás Álvarez" in manager.reads("Transmit: T-1001")
    assert manager.offered("Transmit: T-1001") == ["Close record"]
    assert "Status: Transmitted" in chief.reads("T-1001", room)

    await manager.press("Transmit: T-1001", "Close record")
    task = await house.task()
    assert task.status is Status.CLOSED
    assert f"Record: sealed, {task.seal[:12]}" in manager.reads("T-1001", room)
    for person in (manager, chief, dad, cos):
        shown = [m for place in (person.user.direct, room) for m in person.user.sees(place) if m.get("blocks")]
        assert {label for m in shown for label in labels(m)} <= {"Add to the record", "More", "Open", "Files"}
    assert list(manager.asides().values()) == ["T-1001 is logged, not assigned yet."]
    assert chief.asides() == dad.asides() == cos.asides() == {}
    assert await house.differences() == []
    assert task.package is not None
    assert [await house.running.desk.files.get(file) for file in task.package.files] == [REPORT]


async def log(manager: OnSlack) -> None:
    """`/task new`, and the intake modal filled in."""
    await manager.starts()
    await manager.fill(
        task_type="Congressional inquiry",
        subject="Bed capacity",
        text="How many beds were in use in October?",
        requestor="ICE OCR",
        about="HOU",
        due_at=DUE,
    )
    assert manager.faults == []
    assert manager.user.view is None


def modal(person: OnSlack) -> str:
    assert person.user.view is not None
    return text_of(person.user.view)
