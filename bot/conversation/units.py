"""Weeks, months, quarters and fiscal years in words: "next week", "last 30 days", "Q1 FY27", "EOM"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from functools import partial

from bot.conversation.calendar import Calendar, Range
from bot.conversation.points import MONTHS, ORDINALS, WEEKDAYS, Point, count_of, explicit, one
from bot.domain.business import business_day_after

#: Days in which a day of the month falls on each weekday.
AROUND = 800


def rest(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "Later this week": from now to its end."""
    unit = found[1].removeprefix("this ")
    return one(Range(cal.now, cal.unit("day" if unit == "today" else unit, 0).end))


def unit(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "This week", "last fiscal year"; "the past week" is the seven days before now."""
    unit = (
        "fiscal year"
        if found["unit"] in {"fy"} or (found["fiscal"] == "fiscal " and found["unit"] == "year")
        else found["unit"]
    )
    if found["which"] in {"past", "trailing"}:
        return one(Range(cal.back(1, unit.split()[-1]), cal.now))
    offset = {"": 0, "this": 0, "current": 0, "present": 0, "next": 1, "coming": 1, "following": 1, "upcoming": 1}
    offset |= {"last": -1, "previous": -1, "prior": -1}
    if unit == "weekend":
        week = cal.unit("week", offset[found["which"]])
        assert week.end is not None
        return one(Range(week.end - timedelta(days=2), week.end))
    moved = offset[found["which"]] - (1 if found["again"] else 0)
    return one(cal.unit(unit, moved))


def rolling(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "The last 30 days", "the next two business days"; hours count exactly, days to the end of the last one."""
    count, unit = count_of(found["count"]), found["unit"]
    ahead = found["which"] in {"next", "coming", "following", "upcoming"}
    if (found["kind"] or "").strip() in {"business", "working", "work"}:
        day = business_day_after(cal.today, count if ahead else -count)
        return one(Range(cal.now, cal.days(day, day).end) if ahead else Range(cal.at(day), cal.now))
    return one(Range(cal.now, cal.ahead(count, unit)) if ahead else Range(cal.back(count, unit), cal.now))


def within_time(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "Within 48 hours", "in three days", "two business days from now": until then."""
    count, unit = count_of(found["count"]), found["unit"]
    if (found["kind"] or "").strip() in {"business", "working", "work"}:
        day = business_day_after(cal.today, count)
        return one(Range(cal.now, cal.days(day, day).end))
    return one(Range(cal.now, cal.ahead(count, unit)))


def ago(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    count, unit = count_of(found["count"]), found["unit"]
    if (found["kind"] or "").strip() in {"business", "working", "work"}:
        day = business_day_after(cal.today, -count)
        return one(cal.days(day, day))
    start = cal.back(count, unit)
    day = start.astimezone(cal.zone).date()
    return one(Range(start, cal.now) if unit == "hour" else cal.days(day, day))


def month(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "October" is the latest begun, or the next to begin or this one."""
    number = next(i for i, name in enumerate(MONTHS, start=1) if name.startswith(found["month"][:3]))
    today, this = cal.today, cal.today.year
    if found["year"]:
        return one(cal.month(int(found["year"]), number))
    if found["which"] in {"last", "this", "next"}:
        year = {"last": this - (number >= today.month), "this": this, "next": this + (number <= today.month)}
        return one(cal.month(year[found["which"]], number))
    before = cal.month(this - (number > today.month), number)
    return (Point(before, cal.month(this + (number < today.month), number)),)


def month_key(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "2026-11", as groups are called."""
    return one(cal.month(int(found["year"]), int(found["number"])))


def quarter(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "Q1 FY27", "first quarter of 2026"; a bare "Q1" may be of the fiscal year or of the calendar's."""
    number = ORDINALS[found["number"]]
    if found["fy"]:
        return one(cal.quarter(_full(found["fy"]), number, fiscal=True))
    if found["year"]:
        return one(cal.quarter(int(found["year"]), number, fiscal=False))
    of_fiscal = _nearest_quarter(number, cal, fiscal=True)
    return (of_fiscal,) if found["fiscal"] else (of_fiscal, _nearest_quarter(number, cal, fiscal=False))


def _nearest_quarter(number: int, cal: Calendar, fiscal: bool) -> Point:
    """The latest that has begun, and the one that goes on or comes next."""
    around = [cal.quarter(cal.today.year + years, number, fiscal) for years in (-1, 0, 1, 2)]
    begun = [span for span in around if span.start and span.start <= cal.now]
    ahead = [span for span in around if span.end and span.end > cal.now]
    return Point(begun[-1], ahead[0])


def fiscal_year(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    return one(cal.year(_full(found["fy"]), fiscal=True))


def calendar_year(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    return one(cal.year(int(found["year"]), fiscal=False))


def week_of(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    point = explicit(found["date"], cal)
    if point is None:
        return ()
    # Some weeks begin on Sunday.
    return tuple(dict.fromkeys(point.each(partial(week, zone=cal.zone)) for week in (_week, _week_from)))


def _week(span: Range, zone: tzinfo) -> Range:
    assert span.start is not None
    return Calendar(span.start, zone).unit("week", 0)


def _week_from(span: Range, zone: tzinfo) -> Range:
    """The week after, where the day is a Sunday."""
    assert span.start is not None
    return Calendar(span.start, zone).unit("week", int(span.start.weekday() == 6))


def week_number(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    try:
        monday = date.fromisocalendar(int(found["year"] or cal.today.year), int(found["week"]), 1)
    except ValueError:
        return ()
    return one(cal.days(monday, monday + timedelta(days=6)))


def end_of(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "EOM", "end of next week", "end of the fiscal year": until its last day is over."""
    short: dict[str, str] = {
        "eod": "day",
        "eow": "week",
        "eom": "month",
        "eoq": "quarter",
        "eoy": "year",
        "eofy": "fiscal year",
    }
    offset = {"next": 1, "last": -1}.get(found["which"] or "", 0)
    if found["month"]:
        return tuple(replace(point, end=True) for point in month(found, cal))
    if found["fy"]:
        return one(cal.year(_full(found["fy"]), fiscal=True), end=True)
    unit = short[found["short"]] if found["short"] else found["unit"]
    return one(cal.unit({"business": "day", "fy": "fiscal year"}.get(unit, unit), offset), end=True)


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) < 4 else 0)


def first_of(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "The start of November": its first day."""
    return tuple(point.each(partial(_first_day, zone=cal.zone)) for point in _named(found, cal))


def part_of(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "Mid December", "the first week of next month", "the second half of November"."""
    return tuple(point.each(partial(_part, name=found["part"], zone=cal.zone)) for point in _named(found, cal))


def _named(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """The month that is named, or the unit."""
    return month(found, cal) if found["month"] else one(cal.unit(found["unit"], _OFFSETS[found["which"] or "this"]))


_OFFSETS = {"this": 0, "current": 0, "next": 1, "coming": 1, "last": -1, "previous": -1, "prior": -1}


def _first_day(span: Range, zone: tzinfo) -> Range:
    assert span.start is not None
    return Calendar(span.start, zone).unit("day", 0)


def _part(span: Range, name: str, zone: tzinfo) -> Range:
    assert span.start is not None
    assert span.end is not None
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date() - timedelta(days=1)
    days = (last - first).days + 1
    thirds = {"early": (0, days // 3), "mid": (days // 3, 2 * days // 3), "middle": (days // 3, 2 * days // 3)}
    thirds |= {"late": (2 * days // 3, days), "first half": (0, days // 2), "second half": (days // 2, days)}
    thirds |= {"first week": (0, 7), "second week": (7, 14), "third week": (14, 21), "last week": (days - 7, days)}
    begins, ends = thirds[name]
    calendar = Calendar(span.start, zone)
    return calendar.days(first + timedelta(days=begins), first + timedelta(days=ends - 1))


def beside(found: re.Match[str], point: Point, cal: Calendar) -> Point:
    """ "The week after Thanksgiving", "the Monday before Christmas": the unit or the weekday next to a day."""
    return point.each(partial(_beside, found=found, zone=cal.zone))


def _beside(span: Range, found: re.Match[str], zone: tzinfo) -> Range:
    assert span.start is not None
    assert span.end is not None
    step = {"after": 1, "following": 1, "before": -1, "preceding": -1}.get(found["side"], 0)
    if found["weekday"]:
        number = _weekday(found["weekday"])
        first = span.start.astimezone(zone).date()
        away = (number - first.weekday()) % 7 or 7
        day = first + timedelta(days=away if step > 0 else (away - 7 if away < 7 else -7))
        return Calendar(span.start, zone).days(day, day)
    at = span.end - timedelta(days=1) if step > 0 else span.start
    return Calendar(at, zone).unit(found["unit"], step)


def day_of_month(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "The 15th", "Friday the 4th": the next and the last such day."""
    days = [cal.today + timedelta(days=count) for count in range(-AROUND, AROUND)]
    number = _weekday(found["weekday"]) if found["weekday"] else None
    such = [day for day in days if day.day == int(found["day"]) and number in {None, day.weekday()}]
    past, ahead = ([day for day in such if day <= cal.today], [day for day in such if day >= cal.today])
    return (Point(cal.days(past[-1], past[-1]), cal.days(ahead[0], ahead[0])),) if past and ahead else ()


def _weekday(name: str) -> int:
    return next(i for i, whole in enumerate(WEEKDAYS) if whole.startswith(name[:3]))
