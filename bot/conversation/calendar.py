"""Days, weeks, months, quarters and fiscal years as ranges of time in the agency's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

#: The month in which the federal fiscal year begins.
FISCAL = 10


@dataclass(frozen=True, slots=True)
class Range:
    """From `start`, and before `end`; None is open."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days around a moment, in agency time."""

    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def at(self, day: date, hour: time = time()) -> datetime:
        return datetime.combine(day, hour, self.zone)

    def days(self, first: date, last: date) -> Range:
        """Whole days, the last included."""
        return Range(self.at(first), self.at(last + timedelta(days=1)))

    def unit(self, name: str, offset: int) -> Range:
        """The day, week (from Monday), month, quarter or year that today is in, or one before or after it."""
        first = _first(self.today, name)
        return self.days(_moved(first, name, offset), _moved(first, name, offset + 1) - timedelta(days=1))

    def month(self, year: int, month: int) -> Range:
        first = date(year, month, 1)
        return self.days(first, _moved(first, "month", 1) - timedelta(days=1))

    def quarter(self, year: int, number: int, fiscal: bool) -> Range:
        first = _moved(date(year - 1, FISCAL, 1) if fiscal else date(year, 1, 1), "quarter", number - 1)
        return self.days(first, _moved(first, "quarter", 1) - timedelta(days=1))

    def year(self, year: int, fiscal: bool) -> Range:
        return (
            self.days(date(year - 1, FISCAL, 1), date(year, FISCAL - 1, 30))
            if fiscal
            else self.days(date(year, 1, 1), date(year, 12, 31))
        )

    def back(self, count: int, unit: str) -> datetime:
        """That long before now: the beginning of the day, or the hour exactly."""
        if unit == "hour":
            return self.now - timedelta(hours=count)
        return self.at(_moved(self.today, unit, -count))

    def ahead(self, count: int, unit: str) -> datetime:
        """That long after now: the end of the day, or the hour exactly."""
        if unit == "hour":
            return self.now + timedelta(hours=count)
        return self.at(_moved(self.today, unit, count) + timedelta(days=1))


def _first(day: date, unit: str) -> date:
    """The first day of the unit that a day is in."""
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
        case "fiscal year":
            return date(day.year if day.month >= FISCAL else day.year - 1, FISCAL, 1)
        case _:
            return day


def _moved(day: date, unit: str, count: int) -> date:
    """A day that many units on; in a shorter month its last day."""
    if unit in {"day", "week"}:
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3}.get(unit, 12)
    year, month = divmod(months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def key(span: Range, zone: tzinfo) -> str:
    """What a span is called in groups: "2026-11-24", "2026-W48", "2026-11", "2026-Q4", "2026", "FY2027"."""
    if span.start is None or span.end is None:
        return f"{span.start or ''}/{span.end or ''}"
    first = span.start.astimezone(zone).date()
    last = (span.end - timedelta(microseconds=1)).astimezone(zone).date()
    for unit, name in (
        ("week", f"{first:%G-W%V}"),
        ("month", f"{first:%Y-%m}"),
        ("quarter", f"{first.year}-Q{(first.month + 2) // 3}"),
        ("year", f"{first.year}"),
        ("fiscal year", f"FY{first.year + 1}"),
    ):
        if first == _first(first, unit) and last == _moved(first, unit, 1) - timedelta(days=1):
            return name
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
