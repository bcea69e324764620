"""Days and times in words: "Friday", "tomorrow", "COB 4 Dec"; and every way to name a time, as a table.

Weeks, quarters and fiscal years are ours; a date that is cut out already is read by dateparser, which on whole
sentences finds dates that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from bot.conversation import units as u
from bot.conversation.calendar import Calendar, Range
from bot.conversation.feasts import FEAST, feast
from bot.conversation.points import (
    DATE,
    DAY,
    FY,
    HOUR,
    MONTH,
    NUMBER_OF,
    SHORT_DAY,
    WEEKDAY,
    WEEKDAYS,
    WHICH,
    YEAR,
    Point,
    Points,
    Read,
    explicit,
    one,
    whole,
)


def points(text: str, cal: Calendar, led: bool) -> Iterator[Points]:
    """Every point that a text begins with; `led` is whether a word before it says that a time follows."""
    for pattern, read, needs in _POINTS:
        found = pattern.match(text)
        if found and whole(text, found.end()) and (led or not needs) and (read_as := read(found, cal)):
            yield found.end(), read_as


def _next_to(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "The week after Thanksgiving"."""
    rest = found["rest"]
    days = next((p for length, p in points(rest, cal, led=True) if length == len(rest)), ())
    return tuple(u.beside(found, day, cal) for day in days)


def _day(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    days = {"today": 0, "tonight": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
    days |= {"day after tomorrow": 2, "day before yesterday": -2}
    return one(cal.unit("day", days[found[1]]))


def _weekday(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """A bare weekday is the coming one, today too, or the last one before today; "next Friday" is of next week."""
    number = next(i for i, name in enumerate(WEEKDAYS) if name.startswith(found["weekday"][:3]))
    monday = cal.today - timedelta(days=cal.today.weekday())
    coming = cal.today + timedelta(days=(number - cal.today.weekday()) % 7)
    before = cal.today - timedelta(days=(cal.today.weekday() - number - 1) % 7 + 1)
    match found["which"]:
        case "this":
            return one(cal.days(*[monday + timedelta(days=number)] * 2))
        case "next":
            return one(cal.days(*[monday + timedelta(days=number + 7)] * 2))
        case "last" | "past" | "previous":
            return one(cal.days(before, before))
        case "coming" | "upcoming":
            return one(cal.days(coming, coming))
        case _:
            return (Point(cal.days(before, before), cal.days(coming, coming)),)


def _date(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    point = explicit(found["date"], cal)
    return (point,) if point else ()


def _business_end(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "COB Friday" is the end of that day, "COB" of today."""
    rest = found["rest"]
    if not rest:
        return one(cal.unit("day", 0), end=True)
    return next((found_ for length, found_ in points(rest, cal, led=True) if length == len(rest)), ())


def _time_of_day(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "5pm tomorrow", "Friday at noon", "4 Dec 2026, 17:00": until exactly then."""
    days: tuple[Point, ...] = (Point.of(cal.unit("day", 0)),)
    for text in (found["before"], found["after"]):
        if text:
            days = next((p for length, p in points(text, cal, led=True) if length == len(text)), ())
    hour = _hour(found["hour"])
    if not days or hour is None:
        return ()
    return (days[0].each(partial(_exactly, hour=hour), end=True),)


def _exactly(span: Range, hour: time) -> Range:
    assert span.start is not None
    at = datetime.combine(span.start.date(), hour, span.start.tzinfo)
    return Range(at, at)


def _hour(text: str) -> time | None:
    if text in {"noon", "midnight"}:
        return time(12 if text == "noon" else 0)
    digits = re.match(r"(\d{1,2}):?(\d\d)?(?!\d)", re.sub(r"^(\d{1,2})(\d\d) hours?$", r"\1:\2", text))
    if digits is None:
        return None
    hour, minute = int(digits[1]), int(digits[2] or 0)
    if text.endswith("m"):
        hour = hour % 12 + (12 if text.endswith("pm") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


_MONTH_OR_UNIT = rf"(?:(?P<which>{WHICH}) )?(?:(?P<unit>week|month|quarter|year)|{MONTH}(?: {YEAR})?)"
#: Each pattern, what reads it, and whether a word before it has to say that a time follows.
_PATTERNS: tuple[tuple[str, Read, bool], ...] = (
    (
        r"(day after tomorrow|day before yesterday|today|tonight|tomorrow|yesterday)"
        r"(?: (?:morning|afternoon|evening|night))?",
        _day,
        False,
    ),
    (r"(now)", _day, True),
    (r"(?P<which>)(?P<fiscal>)(?P<unit>weekend)(?P<again>)", u.unit, True),
    (r"later (today|this (?:week|month|quarter|year))", u.rest, False),
    (r"(?:rest|remainder) of (today|(?:this )?(?:day|week|month|quarter|year))", u.rest, False),
    (
        rf"(?:same )?(?P<which>{WHICH}) (?P<fiscal>fiscal |calendar )?(?P<unit>week|weekend|month|quarter|year|fy)"
        r"(?P<again> but one)?",
        u.unit,
        False,
    ),
    (r"(?P<unit>week|month|quarter|year)(?P<fiscal>)? before (?P<again>(?P<which>last))", u.unit, False),
    (rf"(?P<which>next|coming|following|upcoming|last|past|previous|prior) {NUMBER_OF}", u.rolling, False),
    (rf"{NUMBER_OF}(?: from now)", u.within_time, False),
    (rf"{NUMBER_OF}", u.within_time, True),
    (rf"{NUMBER_OF} ago", u.ago, False),
    (rf"(?:(?:this )?(?P<which>this|next|last|past|previous|coming|upcoming) )?{WEEKDAY}", _weekday, True),
    (
        rf"(?!sat |sun |sat$|sun$)(?:(?P<which>this|next|last|past|previous|coming|upcoming) )?{WEEKDAY}",
        _weekday,
        False,
    ),
    (DATE, _date, False),
    (r"day(?P<day>\d{1,2})(?P<weekday>)?", u.day_of_month, False),
    (rf"{WEEKDAY},? (?P<day>\d{{1,2}})", u.day_of_month, False),
    (rf"(?P<feast>{FEAST})", feast, False),
    (rf"(?P<rest>{FEAST}) (?P<unit>week)(?P<weekday>)?(?P<side>)?", _next_to, False),
    (
        rf"(?P<unit>day|week|month)?(?:{WEEKDAY})? (?P<side>after|following|before|preceding|of(?= (?:{FEAST}))) "
        rf"(?P<rest>(?:{FEAST}|{DAY}))",
        _next_to,
        False,
    ),
    (
        rf"(?:start|beginning|first day|first) of {_MONTH_OR_UNIT}",
        u.first_of,
        False,
    ),
    (
        r"(?P<part>early|mid|middle|first half|second half|first week|second week|third week|last week)[ -]"
        rf"(?:of |in )?{_MONTH_OR_UNIT}",
        u.part_of,
        False,
    ),
    (rf"(?P<part>late) (?:in )?{_MONTH_OR_UNIT}", u.part_of, True),
    (
        rf"(?:month of )?(?:(?P<which>last|this|next) )?{MONTH}(?:(?: of| ,)? {YEAR})?(?! \d{{1,2}}(?!\d))",
        u.month,
        True,
    ),
    (rf"(?P<which>)(?P<year>)(?!mar|may){MONTH}(?! \d{{1,2}}(?!\d))", u.month, False),
    (rf"(?P<which>last|this|next) {MONTH}(?P<year>)?", u.month, False),
    (rf"{MONTH}(?P<which>)? (?:of )?{YEAR}", u.month, False),
    (rf"(?P<fiscal>fiscal )?q(?P<number>[1-4])(?:(?: of| in| ,)? (?:{FY}|{YEAR}))?", u.quarter, False),
    (
        r"(?P<number>first|second|third|fourth|[1-4]) (?P<fiscal>fiscal )?quarter"
        rf"(?:(?: of| in)? (?:{FY}|{YEAR}))?",
        u.quarter,
        False,
    ),
    (rf"{FY} ?q(?P<number>[1-4])(?P<year>)?(?P<fiscal>)?", u.quarter, False),
    (FY, u.fiscal_year, False),
    (rf"(?:calendar year |year |cy ?){YEAR}", u.calendar_year, False),
    (YEAR, u.calendar_year, True),
    (rf"week (?:of|beginning|starting) {DATE}", u.week_of, False),
    (r"week (?P<week>\d{1,2})(?:(?: of)? (?P<year>20\d\d))?", u.week_number, False),
    (r"(?P<year>20\d\d)-w(?P<week>\d{1,2})", u.week_number, False),
    (r"(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])", u.month_key, False),
    (r"(?P<year>20\d\d)-q(?P<number>[1-4])(?P<fy>)?(?P<fiscal>)?", u.quarter, False),
    (
        rf"(?:(?P<short>eod|eow|eom|eoq|eoy|eofy)|end of (?:(?P<which>this|next|last) )?"
        rf"(?:{FY}|(?P<unit>day|week|month|quarter|year|fiscal year|fy|business)|{MONTH}(?: {YEAR})?))",
        u.end_of,
        False,
    ),
    (
        r"(?P<unit>week|month|quarter|year|fiscal year)(?: 's)? end(?P<short>)?(?P<which>)?(?P<fy>)?(?P<month>)?",
        u.end_of,
        True,
    ),
    (rf"(?:cob|eob|close of business|close of play)(?: (?:on )?(?P<rest>{SHORT_DAY}))?", _business_end, False),
    (
        rf"(?:(?P<before>{SHORT_DAY}) (?:, )?(?:at )?)?{HOUR}(?: (?:on )?(?P<after>{SHORT_DAY}))?",
        _time_of_day,
        True,
    ),
)
_POINTS = tuple((re.compile(pattern), read, needs) for pattern, read, needs in _PATTERNS)
