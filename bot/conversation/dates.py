"""Days, weeks, quarters and times in words: "Friday", "next two business days", "Q1 FY27", "COB 4 Dec".

Weeks, quarters and fiscal years are ours; a date that is cut out already is read by dateparser, which on whole
sentences finds dates that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache, partial
from typing import TypeAlias

from dateparser.date import DateDataParser

from bot.conversation.calendar import Calendar, Range
from bot.conversation.words import words_of
from bot.domain.business import business_day_after

MONTHS = words_of("january february march april may june july august september october november december")
WEEKDAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:mon(?:days?)?|tue(?:s|sdays?)?|wed(?:s|nesdays?)?|thu(?:r|rs|rsdays?)?|fri(?:days?)?|sat(?:urdays?)?"
    r"|sun(?:days?)?)"
)
_YEAR = r"(?:19|20)\d\d"
MONTH, WEEKDAY, YEAR = rf"(?P<month>{_MONTH})", rf"(?P<weekday>{_WEEKDAY})", rf"(?P<year>{_YEAR})"
COUNT = r"(?P<count>\d{1,3}|one|few)"
UNIT = r"(?P<unit>hour|day|week|month|quarter|year)s?"
NUMBER_OF = rf"{COUNT} (?P<kind>business |working |work |calendar )?{UNIT}"
HOUR = r"(?P<hour>noon|midnight|\d{1,2}(?::\d\d)? ?[ap]m|\d{1,2}:\d\d|\d{3,4} hours?)"
ORDINALS = {"first": 1, "1": 1, "second": 2, "2": 2, "third": 3, "3": 3, "fourth": 4, "4": 4}
#: Words of these pages that a spelling may be mended to.
WORDS = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(
        words_of("""
        today tomorrow yesterday week weeks month months quarter quarters year years fiscal calendar business working
        days hours since before after between until during within through next last previous current coming following
        upcoming older newer longer starting end beginning ending noon weekend
        later than earlier ago prior ahead beyond dated around throughout trailing present rest remainder date close
    """)
    )
)


@dataclass(frozen=True, slots=True)
class Point:
    """A span without a relation: `past` and `ahead` differ where a name of a day may be either."""

    past: Range
    ahead: Range
    end: bool = False  # said of an end: "EOM"

    @classmethod
    def of(cls, span: Range, end: bool = False) -> Point:
        return cls(span, span, end)

    def each(self, change: Callable[[Range], Range], end: bool = False) -> Point:
        return Point(change(self.past), change(self.ahead), end)


#: How long the text is that says it, and what it may mean.
Points: TypeAlias = tuple[int, tuple[Point, ...]]


def points(text: str, cal: Calendar, led: bool) -> Iterator[Points]:
    """Every point that a text begins with; `led` is whether a word before it says that a time follows."""
    for pattern, read, needs in _POINTS:
        found = pattern.match(text)
        if found and whole(text, found.end()) and (led or not needs) and (read_as := read(found, cal)):
            yield found.end(), read_as


def whole(text: str, length: int) -> bool:
    """Whether a match ends where a word does."""
    return length == len(text) or text[length] == " "


def count_of(text: str) -> int:
    return {"one": 1, "few": 3}.get(text) or int(text)


def _one(span: Range | None, end: bool = False) -> tuple[Point, ...]:
    return (Point.of(span, end),) if span else ()


def _day(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    days = {"today": 0, "tonight": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
    days |= {"day after tomorrow": 2, "day before yesterday": -2}
    return _one(cal.unit("day", days[found[1]]))


def _rest(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "Later this week": from now to its end."""
    unit = found[1].removeprefix("this ")
    return _one(Range(cal.now, cal.unit("day" if unit == "today" else unit, 0).end))


def _unit(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "This week", "last fiscal year"; "the past week" is the seven days before now."""
    unit = (
        "fiscal year"
        if found["unit"] in {"fy"} or (found["fiscal"] == "fiscal " and found["unit"] == "year")
        else found["unit"]
    )
    if found["which"] in {"past", "trailing"}:
        return _one(Range(cal.back(1, unit.split()[-1]), cal.now))
    offset = {"this": 0, "current": 0, "present": 0, "next": 1, "coming": 1, "following": 1, "upcoming": 1}
    offset |= {"last": -1, "previous": -1, "prior": -1}
    if unit == "weekend":
        week = cal.unit("week", offset[found["which"]])
        assert week.end is not None
        return _one(Range(week.end - timedelta(days=2), week.end))
    moved = offset[found["which"]] - (1 if found["again"] else 0)
    return _one(cal.unit(unit, moved))


def _rolling(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "The last 30 days", "the next two business days"; hours count exactly, days to the end of the last one."""
    count, unit = count_of(found["count"]), found["unit"]
    ahead = found["which"] in {"next", "coming", "following", "upcoming"}
    if (found["kind"] or "").strip() in {"business", "working", "work"}:
        day = business_day_after(cal.today, count if ahead else -count)
        return _one(Range(cal.now, cal.days(day, day).end) if ahead else Range(cal.at(day), cal.now))
    return _one(Range(cal.now, cal.ahead(count, unit)) if ahead else Range(cal.back(count, unit), cal.now))


def _within_time(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "Within 48 hours", "in three days", "two business days from now": until then."""
    count, unit = count_of(found["count"]), found["unit"]
    if (found["kind"] or "").strip() in {"business", "working", "work"}:
        day = business_day_after(cal.today, count)
        return _one(Range(cal.now, cal.days(day, day).end))
    return _one(Range(cal.now, cal.ahead(count, unit)))


def _ago(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    count, unit = count_of(found["count"]), found["unit"]
    if (found["kind"] or "").strip() in {"business", "working", "work"}:
        day = business_day_after(cal.today, -count)
        return _one(cal.days(day, day))
    start = cal.back(count, unit)
    day = start.astimezone(cal.zone).date()
    return _one(Range(start, cal.now) if unit == "hour" else cal.days(day, day))


def _weekday(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """A bare weekday is the coming one, today too, or the last one before today; "next Friday" is of next week."""
    number = next(i for i, name in enumerate(WEEKDAYS) if name.startswith(found["weekday"][:3]))
    monday = cal.today - timedelta(days=cal.today.weekday())
    coming = cal.today + timedelta(days=(number - cal.today.weekday()) % 7)
    before = cal.today - timedelta(days=(cal.today.weekday() - number - 1) % 7 + 1)
    match found["which"]:
        case "this":
            return _one(cal.days(*[monday + timedelta(days=number)] * 2))
        case "next":
            return _one(cal.days(*[monday + timedelta(days=number + 7)] * 2))
        case "last" | "past" | "previous":
            return _one(cal.days(before, before))
        case "coming" | "upcoming":
            return _one(cal.days(coming, coming))
        case _:
            return (Point(cal.days(before, before), cal.days(coming, coming)),)


def _date(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    point = explicit(found["date"], cal)
    return (point,) if point else ()


def explicit(text: str, cal: Calendar) -> Point | None:
    """A date without a year is the last or the next there is of it."""
    days = [_parsed(text.replace(",", " "), which, cal.today) for which in ("past", "future")]
    past, ahead = (cal.days(day, day) if day else None for day in days)
    return Point(past, ahead) if past and ahead else None


@lru_cache(maxsize=4096)
def _parsed(text: str, which: str, today: date) -> date | None:
    settings = {
        "PREFER_DATES_FROM": which,
        "RELATIVE_BASE": datetime.combine(today, time()),
        "DATE_ORDER": "MDY",
        "REQUIRE_PARTS": ["day", "month"],
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(text).date_obj
    return found.date() if found else None


def _month(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "October" is the latest begun, or the next to begin or this one."""
    number = next(i for i, name in enumerate(MONTHS, start=1) if name.startswith(found["month"][:3]))
    today, this = cal.today, cal.today.year
    if found["year"]:
        return _one(cal.month(int(found["year"]), number))
    if found["which"] in {"last", "this", "next"}:
        year = {"last": this - (number >= today.month), "this": this, "next": this + (number <= today.month)}
        return _one(cal.month(year[found["which"]], number))
    before = cal.month(this - (number > today.month), number)
    return (Point(before, cal.month(this + (number < today.month), number)),)


def _month_key(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "2026-11", as groups are called."""
    return _one(cal.month(int(found["year"]), int(found["number"])))


def _quarter(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "Q1 FY27", "first quarter of 2026"; a bare "Q1" may be of the fiscal year or of the calendar's."""
    number = ORDINALS[found["number"]]
    if found["fy"]:
        return _one(cal.quarter(_full(found["fy"]), number, fiscal=True))
    if found["year"]:
        return _one(cal.quarter(int(found["year"]), number, fiscal=False))
    of_fiscal = _nearest_quarter(number, cal, fiscal=True)
    return (of_fiscal,) if found["fiscal"] else (of_fiscal, _nearest_quarter(number, cal, fiscal=False))


def _nearest_quarter(number: int, cal: Calendar, fiscal: bool) -> Point:
    """The latest that has begun, and the one that goes on or comes next."""
    around = [cal.quarter(cal.today.year + years, number, fiscal) for years in (-1, 0, 1, 2)]
    begun = [span for span in around if span.start and span.start <= cal.now]
    ahead = [span for span in around if span.end and span.end > cal.now]
    return Point(begun[-1], ahead[0])


def _fiscal_year(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    return _one(cal.year(_full(found["fy"]), fiscal=True))


def _calendar_year(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    return _one(cal.year(int(found["year"]), fiscal=False))


def _week_of(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
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


def _week_number(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    try:
        monday = date.fromisocalendar(int(found["year"] or cal.today.year), int(found["week"]), 1)
    except ValueError:
        return ()
    return _one(cal.days(monday, monday + timedelta(days=6)))


def _end_of(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
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
        return tuple(replace(point, end=True) for point in _month(found, cal))
    if found["fy"]:
        return _one(cal.year(_full(found["fy"]), fiscal=True), end=True)
    unit = short[found["short"]] if found["short"] else found["unit"]
    return _one(cal.unit({"business": "day", "fy": "fiscal year"}.get(unit, unit), offset), end=True)


def _business_end(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """ "COB Friday" is the end of that day, "COB" of today."""
    rest = found["rest"]
    if not rest:
        return _one(cal.unit("day", 0), end=True)
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


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) < 4 else 0)


_WHICH = "this|current|present|next|coming|following|upcoming|last|previous|prior|past|trailing"
_DAY = (
    rf"(?:(?:{_WEEKDAY},? )?(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?"
    rf"|{_MONTH} \d{{1,2}}(?!\d)(?:(?: ,)? {_YEAR})?|\d{{1,2}} (?:of )?{_MONTH}(?:(?: ,)? {_YEAR})?))"
)
_DATE = rf"(?P<date>{_DAY})"
_FY = r"(?:fy ?-?|fiscal year |fiscal )'?(?P<fy>\d{4}|\d\d)(?!\d)"
_SHORT_DAY = rf"(?:today|tomorrow|(?:this |next )?{_WEEKDAY}|{_DAY})"
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], Calendar], tuple[Point, ...]], bool], ...] = (
    (r"(day after tomorrow|day before yesterday|today|tonight|tomorrow|yesterday)", _day, False),
    (r"(now)", _day, True),
    (r"later (today|this (?:week|month|quarter|year))", _rest, False),
    (r"(?:rest|remainder) of (today|(?:this )?(?:day|week|month|quarter|year))", _rest, False),
    (
        rf"(?:same )?(?P<which>{_WHICH}) (?P<fiscal>fiscal |calendar )?(?P<unit>week|weekend|month|quarter|year|fy)"
        r"(?P<again> but one)?",
        _unit,
        False,
    ),
    (r"(?P<unit>week|month|quarter|year)(?P<fiscal>)? before (?P<again>(?P<which>last))", _unit, False),
    (rf"(?P<which>next|coming|following|upcoming|last|past|previous|prior) {NUMBER_OF}", _rolling, False),
    (rf"{NUMBER_OF}(?: from now)", _within_time, False),
    (rf"{NUMBER_OF}", _within_time, True),
    (rf"{NUMBER_OF} ago", _ago, False),
    (rf"(?:(?:this )?(?P<which>this|next|last|past|previous|coming|upcoming) )?{WEEKDAY}", _weekday, True),
    (
        rf"(?!sat |sun |sat$|sun$)(?:(?P<which>this|next|last|past|previous|coming|upcoming) )?{WEEKDAY}",
        _weekday,
        False,
    ),
    (_DATE, _date, False),
    (rf"(?:month of )?(?:(?P<which>last|this|next) )?{MONTH}(?:(?: of| ,)? {YEAR})?(?! \d{{1,2}}(?!\d))", _month, True),
    (rf"(?P<which>)(?P<year>)(?!mar|may){MONTH}(?! \d{{1,2}}(?!\d))", _month, False),
    (rf"(?P<which>last|this|next) {MONTH}(?P<year>)?", _month, False),
    (rf"{MONTH}(?P<which>)? (?:of )?{YEAR}", _month, False),
    (rf"(?P<fiscal>fiscal )?q(?P<number>[1-4])(?:(?: of| in| ,)? (?:{_FY}|{YEAR}))?", _quarter, False),
    (
        r"(?P<number>first|second|third|fourth|[1-4]) (?P<fiscal>fiscal )?quarter"
        rf"(?:(?: of| in)? (?:{_FY}|{YEAR}))?",
        _quarter,
        False,
    ),
    (rf"{_FY} ?q(?P<number>[1-4])(?P<year>)?(?P<fiscal>)?", _quarter, False),
    (_FY, _fiscal_year, False),
    (rf"(?:calendar year |year |cy ?){YEAR}", _calendar_year, False),
    (YEAR, _calendar_year, True),
    (rf"week (?:of|beginning|starting) {_DATE}", _week_of, False),
    (r"week (?P<week>\d{1,2})(?:(?: of)? (?P<year>20\d\d))?", _week_number, False),
    (r"(?P<year>20\d\d)-w(?P<week>\d{1,2})", _week_number, False),
    (r"(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])", _month_key, False),
    (r"(?P<year>20\d\d)-q(?P<number>[1-4])(?P<fy>)?(?P<fiscal>)?", _quarter, False),
    (
        rf"(?:(?P<short>eod|eow|eom|eoq|eoy|eofy)|end of (?:(?P<which>this|next|last) )?"
        rf"(?:{_FY}|(?P<unit>day|week|month|quarter|year|fiscal year|fy|business)|{MONTH}(?: {YEAR})?))",
        _end_of,
        False,
    ),
    (rf"(?:cob|eob|close of business|close of play)(?: (?:on )?(?P<rest>{_SHORT_DAY}))?", _business_end, False),
    (
        rf"(?:(?P<before>{_SHORT_DAY}) (?:, )?(?:at )?)?{HOUR}(?: (?:on )?(?P<after>{_SHORT_DAY}))?",
        _time_of_day,
        True,
    ),
)
_POINTS = tuple((re.compile(pattern), read, needs) for pattern, read, needs in _PATTERNS)
