"""Points of time that words name, and the patterns that they are written in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeAlias

from dateparser.date import DateDataParser

from bot.conversation.calendar import Calendar, Range
from bot.conversation.words import words_of

MONTHS = words_of("january february march april may june july august september october november december")
WEEKDAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:mon(?:days?)?|tue(?:sdays?|s)?|wed(?:nesdays?|s)?|thu(?:rsdays?|rs|r)?|fri(?:days?)?|sat(?:urdays?)?"
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
        mid half thanksgiving christmas xmas juneteenth
    """)
    )
)


WHICH = "this|current|present|next|coming|following|upcoming|last|previous|prior|past|trailing"
DAY = (
    rf"(?:(?:{_WEEKDAY},? )?(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?"
    rf"|{_MONTH} \d{{1,2}}(?!\d)(?:(?: ,)? {_YEAR})?|\d{{1,2}} (?:of )?{_MONTH}(?:(?: ,)? {_YEAR})?))"
)
DATE = rf"(?P<date>{DAY})"
FY = r"(?:fy ?-?|fiscal year |fiscal )'?(?P<fy>\d{4}|\d\d)(?!\d)"
SHORT_DAY = rf"(?:today|tomorrow|yesterday|(?:this |next )?{_WEEKDAY}|{DAY})"


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


#: What a pattern found, read by the calendar.
Read: TypeAlias = Callable[[re.Match[str], Calendar], tuple[Point, ...]]
#: How long the text is that says it, and what it may mean.
Points: TypeAlias = tuple[int, tuple[Point, ...]]


def whole(text: str, length: int) -> bool:
    """Whether a match ends where a word does."""
    return length == len(text) or text[length] == " "


def count_of(text: str) -> int:
    return {"one": 1, "few": 3}.get(text) or int(text)


def one(span: Range | None, end: bool = False) -> tuple[Point, ...]:
    return (Point.of(span, end),) if span else ()


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
