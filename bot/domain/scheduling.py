"""Who gets the weekly report, and when the next and the last one were due (5-2.1.c)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from bot.domain.organization import ROOM, Organization, ReportSchedule
from bot.domain.organization_messages import ReportScheduled, ReportStopped, ScheduleReport, StopReport
from bot.domain.positions import LEADERSHIP, MANAGERS
from bot.errors import InvalidInput

WEEK = timedelta(days=7)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def sees_all(organization: Organization, email: str, on: date) -> bool:
    """Task managers, the TPSU chief and senior leadership: totals tell of every task."""
    return organization.holds_any(email, MANAGERS | LEADERSHIP, on)


def may_get(organization: Organization, recipient: str, on: date) -> bool:
    """Who sees all, and taskings channels, where the state of every task is kept anyway."""
    if recipient.startswith(ROOM):
        return any(room.recipient == recipient and not room.component for room in organization.rooms)
    return sees_all(organization, recipient, on)


def scheduled(
    organization: Organization, command: ScheduleReport, actor: str, now: datetime, today: date
) -> tuple[ReportScheduled, ...]:
    recipient, weekday, hour = command.recipient, command.weekday, command.hour
    if weekday not in range(7) or hour not in range(24):
        raise InvalidInput("Choose a day of the week and a full hour.", field="hour")
    if not may_get(organization, recipient, today):
        raise InvalidInput(
            "The report tells of every task: it goes to task managers, senior leadership and taskings channels. "
            "Say “here” first where it should go to a channel.",
            field="recipient",
        )
    same = any((r.recipient, r.weekday, r.hour) == (recipient, weekday, hour) for r in organization.reports)
    return () if same else (ReportScheduled(now, actor, recipient, weekday, hour),)


def stopped(organization: Organization, command: StopReport, actor: str, now: datetime) -> tuple[ReportStopped, ...]:
    known = any(r.recipient == command.recipient for r in organization.reports)
    return (ReportStopped(now, actor, command.recipient),) if known else ()


def without(organization: Organization, recipient: str) -> tuple[ReportSchedule, ...]:
    return tuple(r for r in organization.reports if r.recipient != recipient)


def due_reports(organization: Organization, now: datetime, zone: tzinfo) -> Iterator[tuple[str, date]]:
    """Who is to have a report now, and the day it was due: the last one alone, and none from before they were named."""
    for schedule in organization.reports:
        last = _last(schedule, now, zone)
        if last >= schedule.since and may_get(organization, schedule.recipient, now.astimezone(zone).date()):
            yield schedule.recipient, last.astimezone(zone).date()


def next_report(organization: Organization, now: datetime, zone: tzinfo) -> datetime | None:
    """When the next one is due to anybody."""
    return min((_after(schedule, now, zone) for schedule in organization.reports), default=None)


def _last(schedule: ReportSchedule, now: datetime, zone: tzinfo) -> datetime:
    """The last time that was due by now."""
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - schedule.weekday) % 7)
    found = datetime.combine(day, time(schedule.hour), zone)
    return found if found <= now else datetime.combine(day - WEEK, time(schedule.hour), zone)


def _after(schedule: ReportSchedule, now: datetime, zone: tzinfo) -> datetime:
    last = _last(schedule, now, zone)
    return datetime.combine(last.date() + WEEK, time(schedule.hour), zone)


def every(weekday: int, hour: int) -> str:
    """ "every Monday at 08:00"."""
    return f"every {WEEKDAYS[weekday]} at {hour:02}:00"


def recipient_name(recipient: str, organization: Organization) -> str:
    """A person's name, or that of a room where it is known."""
    if not recipient.startswith(ROOM):
        return organization.name_of(recipient)
    names = (room.name for room in organization.rooms if room.recipient == recipient)
    return f"the channel {name}" if (name := next(names, "")) else "this taskings channel"
