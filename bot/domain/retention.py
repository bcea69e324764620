"""How long the record of a closed task is kept, and why (6-5, section 10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, tzinfo

from bot.domain.context import Context
from bot.domain.messages import Retention, TaskClosed
from bot.domain.rubric import Rubric
from bot.domain.sealing import seal_of
from bot.domain.task import Status, Task
from bot.domain.words import STATUS_WORDS, day

NOT_SCHEDULED = "no approved schedule"


def kept(task_type: str, closed: date, rubric: Rubric) -> Retention:
    """Under the type's schedule as it is that day; one that is not approved says nothing."""
    schedule = rubric.retention.get(task_type)
    if schedule is None or not schedule.approved:
        return Retention()
    return Retention(schedule.authority, schedule.years, _years_after(closed, schedule.years))


def closed(task: Task, ctx: Context) -> TaskClosed:
    """The record is sealed, and how long it is kept is known from here on (6-5)."""
    return TaskClosed(ctx.actor, ctx.now, seal_of(task), kept(task.request.task_type, ctx.today, ctx.rubric))


def retention_said(retention: Retention) -> str:
    """ "until 24 Nov 2033, under DAA-0000-0000-0000, item 1"."""
    if retention.until is None:
        return f"{NOT_SCHEDULED}, so it is kept"
    return f"until {day(retention.until)}, under {retention.authority}"


def standing(task: Task, rubric: Rubric, zone: tzinfo) -> Retention:
    """As it is now: the type's schedule has to be approved still, and a later date from the closing stands."""
    assert task.closed_at is not None
    now = kept(task.request.task_type, task.closed_at.astimezone(zone).date(), rubric)
    then = task.retention.until if task.retention else None
    return replace(now, until=max(now.until, then)) if now.until and then else now


def kept_because(task: Task, on: date, rubric: Rubric, zone: tzinfo) -> tuple[str, ...]:
    """Why the record may not be disposed of that day, a reason each; none when it may (section 10)."""
    if task.status is not Status.CLOSED:
        return (f"it is {STATUS_WORDS[task.status]}, and only closed records are disposed of",)
    if not task.seal:
        return ("it was closed in another system, whose record it is",)
    now = standing(task, rubric, zone)
    early = () if now.until and now.until <= on else (NOT_SCHEDULED if now.until is None else retention_said(now),)
    return (*early, *(f"legal hold of {day(h.at.astimezone(zone).date())}: {h.reason}" for h in task.held))


def _years_after(closed: date, years: int) -> date:
    """The same day, and the day after for one that only leap years have."""
    leap = (closed.month, closed.day) == (2, 29)
    return date(closed.year + years, 3, 1) if leap else closed.replace(year=closed.year + years)
