"""The spans that reports are about, each with a key that means the same on whatever day it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.domain.words import day, span
from bot.errors import InvalidInput

WEEK = timedelta(days=7)
MONTH = re.compile(r"(\d{4})-(\d{2})")
WEEK_KEY = re.compile(r"(\d{4})-W(\d{2})")
DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the agency from `first` to `last`; `key` is like "2026-W47", "2026-11", "2026-11-01..2026-11-15"."""

    key: str
    first: date
    last: date

    def start(self, zone: tzinfo) -> datetime:
        return datetime.combine(self.first, time(), zone)

    def end(self, zone: tzinfo) -> datetime:
        """The moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), zone)

    @property
    def words(self) -> str:
        """ "week 47, from 16 Nov to 22 Nov 2026"."""
        if found := WEEK_KEY.fullmatch(self.key):
            return f"week {int(found[2])}, {span(self.first, self.last)}"
        return f"{self.first:%B %Y}" if MONTH.fullmatch(self.key) else span(self.first, self.last)

    @property
    def before(self) -> Period:
        """The one to compare with: the week or month before, else as many days."""
        eve = self.first - timedelta(days=1)
        if WEEK_KEY.fullmatch(self.key):
            return week_of(eve)
        return month_of(eve) if MONTH.fullmatch(self.key) else days(eve - (self.last - self.first), eve)

    @property
    def called(self) -> str:
        """What the one before is called beside this one: "last week" is only so while this week runs."""
        if WEEK_KEY.fullmatch(self.key):
            return "the week before"
        return (
            "the month before" if MONTH.fullmatch(self.key) else f"the {(self.last - self.first).days + 1} days before"
        )


def week_of(on: date) -> Period:
    """The week of that day, Monday first."""
    year, week, weekday = on.isocalendar()
    first = on - timedelta(days=weekday - 1)
    return Period(f"{year}-W{week:02}", first, first + timedelta(days=6))


def month_of(on: date) -> Period:
    first = on.replace(day=1)
    return Period(f"{on:%Y-%m}", first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def days(first: date, last: date) -> Period:
    """Raises InvalidInput when they are the wrong way round."""
    if last < first:
        raise InvalidInput(f"{day(last)} is before {day(first)}; give the days the other way round.")
    return Period(f"{first}..{last}", first, last)


def period_of(key: str) -> Period:
    """The period that a key names. Raises InvalidInput."""
    try:
        if found := WEEK_KEY.fullmatch(key):
            return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        if found := MONTH.fullmatch(key):
            return month_of(date(int(found[1]), int(found[2]), 1))
        if found := DAYS.fullmatch(key):
            return days(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    except (ValueError, OverflowError) as error:
        raise InvalidInput(
            f"“{key}” is not in the calendar; name a week like 2026-W47 or a month like 2026-11."
        ) from error
    raise InvalidInput(f"“{key}” is no period; name a week like 2026-W47 or a month like 2026-11.")


def week_before(on: date) -> Period:
    """The last week that was over by that day."""
    return week_of(on - WEEK)


def trend_weeks(until: date, count: int) -> tuple[Period, ...]:
    """So many weeks, oldest first, the last of which was over on the eve of that day."""
    last = week_of(until).first
    return tuple(week_of(last - WEEK * back) for back in range(count, 0, -1))
