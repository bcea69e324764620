"""How the domain's terms and times read in a sentence."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from bot.domain.assignment import Stage
from bot.domain.messages import Manner, Priority
from bot.domain.task import Status

STATUS_WORDS: dict[Status, str] = {
    Status.RECEIVED: "received, not logged yet",
    Status.LOGGED: "logged, not assigned yet",
    Status.ASSIGNED: "with its action officers",
    Status.IN_REVIEW: "in review",
    Status.IN_CLEARANCE: "in clearance",
    Status.CLEARED: "cleared, to be transmitted",
    Status.TRANSMITTED: "transmitted",
    Status.CLOSED: "closed",
    Status.BY_EMAIL: "coordinated by email",
    Status.WITHDRAWN: "withdrawn",
}
STAGE_WORDS: dict[Stage, str] = {
    Stage.ASSIGNED: "assigned, not acknowledged yet",
    Stage.ACKNOWLEDGED: "acknowledged, being answered",
    Stage.DEFERRED: "deferred, for the task manager to decide",
    Stage.IN_DIVISION_CLEARANCE: "in division clearance",
    Stage.SUBMITTED: "submitted",
    Stage.REASSIGNED: "reassigned",
    Stage.CANCELLED: "cancelled",
}
PRIORITY_WORDS: dict[Priority, str] = {
    Priority.URGENT: "urgent",
    Priority.HIGH: "high priority",
    Priority.ROUTINE: "routine",
}
MANNER_WORDS: dict[Manner, str] = {Manner.ITMS: "ITMS", Manner.EMAIL: "email"}


def moment(at: datetime, zone: tzinfo) -> str:
    """ "Fri 4 Dec 2026, 17:00", in agency time."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def stamp(at: datetime, zone: tzinfo) -> str:
    """ "24 Nov 2026, 14:02", in agency time: when something was done."""
    local = at.astimezone(zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


def day(on: date) -> str:
    """ "24 Nov 2026"."""
    return f"{on.day} {on:%b %Y}"


def span(first: date, last: date) -> str:
    """ "from 24 Nov to 1 Dec 2026", or "on 24 Nov 2026"."""
    if first == last:
        return f"on {day(last)}"
    begins = day(first) if first.year != last.year else f"{first.day} {first:%b}"
    return f"from {begins} to {day(last)}"
