"""A request due within hours is coordinated by email and logged afterwards, on time or marked late (6-1.3, 4-7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain import messages as m
from bot.domain.task import Status
from bot.errors import IllegalTransition
from tests.flows.staff import Staff, act, sees
from tests.world import COS, MANAGER, T0, holder, request

TPSU_CHIEF = holder("tpsu-chief")
SHORT = timedelta(hours=23, minutes=59, seconds=59)
DAY = timedelta(hours=24)


async def test_a_request_due_in_exactly_24_hours_is_not_coordinated_by_email(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await staff.house.do(MANAGER, request("media-inquiry", due_at=T0 + DAY), number="")
    sees(manager, "T-1001", "Due: Wed 25 Nov 2026, 09:00", buttons=["Assign"])
    with pytest.raises(IllegalTransition, match="less than 24 hours after receipt"):
        await staff.house.do(MANAGER, m.OpenEmailLane())


async def test_what_was_done_by_email_is_logged_attested_and_marked_late(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, TPSU_CHIEF)
    clock = staff.house.clock
    clock.advance(timedelta(seconds=20))  # people enter whole minutes, which may begin before the receipt
    await staff.house.do(MANAGER, request("media-inquiry", due_at=clock() + SHORT), number="")
    sees(manager, "T-1001", "Status: Logged, not assigned yet", buttons=["Assign", "Coordinate by email"])
    await act(manager, "T-1001", "Coordinate by email")
    sees(manager, "T-1001", "Status: Coordinated by email", buttons=["Completed"])

    await act(manager, "T-1001", "Completed")
    owed = "Completed by email: Tue 24 Nov 2026, 09:00 Log owed before: Sat 28 Nov 2026, 00:00"  # Thursday is a holiday
    sees(manager, "T-1001", owed, buttons=["Log response"])
    await staff.later(timedelta(days=1, hours=1))
    sees(manager, "Reminder: T-1001", "owed within two business days of its completion", buttons=MUTABLE)
    assert chief.cards("Late") == []
    await staff.later(timedelta(days=3))
    for person in manager, chief:
        sees(person, "Late: T-1001", "The log of this task is late.", owed, buttons=["Open"])

    await act(
        manager,
        "T-1001",
        "Log response",
        text="No comment beyond the statement of 3 November.",
        cleared_by=COS,
        cleared_at=T0,
        evidence="Email of the CoS, 09:00",
    )
    sees(
        manager,
        "T-1001",
        "Status: Transmitted",
        "Logged: Tomás Álvarez, Sat 28 Nov 2026, 10:00, late",
        "Cleared by email, attested: Daniel Reyes, Tue 24 Nov 2026, 09:00 Evidence: Email of the CoS, 09:00",
        "No comment beyond the statement of 3 November.",
        buttons=["Close record"],
    )
    await act(manager, "T-1001", "Close record")
    sees(manager, "T-1001", "Record: sealed", "attested: Daniel Reyes", buttons=["Add to the record"])
    assert (await staff.house.task()).status is Status.CLOSED
    sees(chief, "Late: T-1001", "This is settled by now; you need do nothing about it.", buttons=[])


MUTABLE = ["Open", "Mute reminders"]


async def test_a_log_within_two_business_days_is_not_marked_late(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await staff.house.do(MANAGER, request("media-inquiry", due_at=T0 + SHORT), number="")
    await act(manager, "T-1001", "Coordinate by email")
    await act(manager, "T-1001", "Completed")
    await staff.later(timedelta(days=3, hours=14, minutes=59))  # Friday, 23:59
    entries = {"text": "Sent.", "cleared_by": COS, "cleared_at": T0, "evidence": "Email of the CoS"}
    await act(manager, "T-1001", "Log response", **entries)
    assert "Logged: Tomás Álvarez, Fri 27 Nov 2026, 23:59 Cleared by email" in manager.reads("T-1001")
    assert manager.cards("Late") == []
