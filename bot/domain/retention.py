"""How long the record of a closed task is kept, and why (6-5, section 10)."""

from __future__ import annotations

from datetime import date

from bot.domain.messages import Retention
from bot.domain.rubric import Rubric
from bot.domain.words import day

UNSCHEDULED = "no approved schedule, so it is kept"


def kept(task_type: str, closed: date, rubric: Rubric) -> Retention:
    """Under the type's schedule as it is that day; one that is not approved says nothing."""
    schedule = rubric.retention.get(task_type)
    if schedule is None or not schedule.approved:
        return Retention()
    return Retention(schedule.authority, schedule.years, _years_after(closed, schedule.years))


def retention_said(retention: Retention) -> str:
    """ "until 24 Nov 2033, under DAA-0000-0000-0000, item 1"."""
    return f"until {day(retention.until)}, under {retention.authority}" if retention.until else UNSCHEDULED


def _years_after(closed: date, years: int) -> date:
    """The same day, and the day after for one that only leap years have."""
    leap = (closed.month, closed.day) == (2, 29)
    return date(closed.year + years, 3, 1) if leap else closed.replace(year=closed.year + years)
