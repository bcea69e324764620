"""Federal holidays and the days around them by name: "before Christmas", "the week after Thanksgiving"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

import holidays

from bot.conversation.calendar import Calendar
from bot.conversation.points import Point

#: What each is called here, and how the calendar of federal holidays names it.
_CALLED = {
    r"new years?(?: 's)?(?: day)?": "New Year's Day",
    r"(?:mlk|martin luther king(?: jr)?)(?: 's)?(?: (?:day|birthday))?": "Martin Luther King Jr. Day",
    r"(?:presidents?(?: 's)?|washington(?: 's)?) (?:day|birthday)": "Washington's Birthday",
    r"memorial day": "Memorial Day",
    r"juneteenth": "Juneteenth National Independence Day",
    r"(?:independence day|(?:the )?(?:4|fourth) of july)": "Independence Day",
    r"labou?r day": "Labor Day",
    r"(?:columbus day|indigenous peoples?(?: 's)? day)": "Columbus Day",
    r"veterans?(?: 's)? day": "Veterans Day",
    r"thanksgiving(?: day)?": "Thanksgiving Day",
    r"(?:christmas|xmas)(?: day)?": "Christmas Day",
}
#: Days that are named by another.
_BESIDE = {r"new years?(?: 's)? eve": ("New Year's Day", -1), r"(?:christmas|xmas) eve": ("Christmas Day", -1)}
FEAST = "|".join((*_BESIDE, *_CALLED))


def feast(found: re.Match[str], cal: Calendar) -> tuple[Point, ...]:
    """The last there was of it and the next there is."""
    name, days = _meant(found["feast"])
    around = [_day(name, cal.today.year + years) + timedelta(days=days) for years in (-1, 0, 1, 2)]
    past = max(day for day in around if day <= cal.today)
    ahead = min(day for day in around if day >= cal.today)
    return (Point(cal.days(past, past), cal.days(ahead, ahead)),)


def _meant(text: str) -> tuple[str, int]:
    for pattern, meant in (*_BESIDE.items(), *((pattern, (name, 0)) for pattern, name in _CALLED.items())):
        if re.fullmatch(pattern, text):
            return meant
    raise AssertionError(text)


@lru_cache(maxsize=128)
def _day(name: str, year: int) -> date:
    found = holidays.country_holidays("US", years=year, observed=False)
    return found.get_named(name, lookup="exact")[0]
