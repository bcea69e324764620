"""Spans of time in words: "by Friday", "since Monday", "between 1 and 15 Nov", "older than 30 days"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from functools import partial
from typing import TypeAlias

from bot.conversation.calendar import Calendar, Range
from bot.conversation.dates import points
from bot.conversation.pieces import Age, When
from bot.conversation.points import MONTH, NUMBER_OF, YEAR, Point, Points, count_of, explicit, whole
from bot.conversation.words import Phrase
from bot.domain.business import business_day_after

_COMPARES = frozenset({("vs",), ("against",), ("compared",), ("compared", "to"), ("compared", "with")})
#: Phrases end within so many words.
LONGEST = 12


def spans(words: Phrase, start: int, cal: Calendar) -> tuple[int, tuple[When | Age, ...]]:
    """The longest span that begins at a word, as where it ends and what it may mean; (start, ()) for none."""
    text = " ".join(word for word in words[start : start + LONGEST])
    best: tuple[int, tuple[When | Age, ...]] = (0, ())
    for length, found in (*_relations(text, cal, _compared(words, start)), *_ages(text, cal)):
        if length > best[0] and whole(text, length):
            best = (length, found)
    length, found = best
    return start + len(text[:length].split()), found


def _compared(words: Phrase, start: int) -> bool:
    """Whether what begins there is compared: "2026 vs 2025" are years."""
    before, after = words[max(0, start - 2) : start], words[start + 1 : start + 2]
    return before[-1:] in _COMPARES or before in _COMPARES or after in _COMPARES


# Relations

#: How long the text is that says it, and what it may mean.
Found: TypeAlias = tuple[int, tuple[When | Age, ...]]
_BY = r"(?:by|nlt|no later than|not later than|on or before|up to|until|up until|through|due by|as late as|not after)"
_BEFORE = r"(?:before|prior to|ahead of|earlier than|sooner than|in advance of|in time for|preceding)"
_SINCE = (
    r"(?:since|ever since|going back to|as far back as|no earlier than|not earlier than|no sooner than|starting"
    r"|starting from|beginning|as of|on or after)"
)
_FROM = r"from"
_AFTER = r"(?:after|until after|not before|later than|past|beyond|once past|following)"
_IN = (
    r"(?:on|in|during|for|over(?= (?:last|next|past|previous|coming|thanksgiving|christmas|new year|weekend))|within|of"
    r"|at|throughout|dated|around)"
)


def _relations(text: str, cal: Calendar, compared: bool) -> Iterator[Found]:
    yield from _between(text, cal)
    yield from _dashed(text, cal)
    yield from _to_date(text, cal)
    for relation, make in _MAKE.items():
        lead = re.match(rf"{relation} ", text) if relation else re.match("", text)
        if lead is None:
            continue
        for length, found in points(text[lead.end() :], cal, led=bool(relation) or compared):
            end = lead.end() + length
            yield end, tuple(dict.fromkeys(make(point) for point in found))
            if sooner := re.match(r" (?:or|and|at) (?:sooner|earlier|before|before then|latest)", text[end:]):
                yield end + sooner.end(), tuple(dict.fromkeys(map(_by, found)))
            if later := re.match(r" (?:(?:or|and) (?:later|after|beyond|onwards?)|onwards?|forward)", text[end:]):
                yield end + later.end(), tuple(dict.fromkeys(map(_since, found)))


def _by(point: Point) -> When:
    return When(Range(None, point.past.end), Range(None, point.ahead.end), by=True)


def _before(point: Point) -> When:
    if point.end:
        return _by(point)
    return When(Range(None, point.past.start), Range(None, point.ahead.start), by=True)


def _since(point: Point) -> When:
    return When(Range(point.past.start, None), Range(point.ahead.start, None))


def _from(point: Point) -> When:
    """ "From Monday" on, but "from last month" of that month."""
    assert point.past.start is not None
    long = point.past.end and point.past.end - point.past.start > timedelta(days=2)
    return _within(point) if long else _since(point)


def _after(point: Point) -> When:
    return When(Range(point.past.end, None), Range(point.ahead.end, None))


def _within(point: Point) -> When:
    return _by(point) if point.end else When(point.past, point.ahead)


_MAKE: dict[str, Callable[[Point], When]] = {
    _BY: _by,
    _BEFORE: _before,
    _SINCE: _since,
    _FROM: _from,
    _AFTER: _after,
    _IN: _within,
    "": _within,
}


def _between(text: str, cal: Calendar) -> Iterator[Found]:
    """ "Between 1 and 15 Nov", "from Monday to Friday", "1 Nov through today"."""
    lead = re.match(r"(?:between|from|in|on|of|for|during) ", text)
    begins, between = (lead.end(), lead[0] == "between ") if lead else (0, False)
    for length, first in (*points(text[begins:], cal, led=True), *_bare(text[begins:], cal)):
        link = re.match(r" (?:and|to|through|until|till|-) ", text[begins + length :])
        if link and (between or link[0] != " and "):
            rest = begins + length + link.end()
            lasts = (*points(text[rest:], cal, led=True), *_day_of_the_same(text[rest:], first[0]))
            yield from ((rest + more, (_joined(first[0], last[0]),)) for more, last in lasts)


def _bare(text: str, cal: Calendar) -> Iterator[Points]:
    """The 1 of "1 and 15 Nov"."""
    found = re.match(rf"(\d{{1,2}}) (?:and|to|through|until|-) \d{{1,2}} (?:of )?({MONTH}(?: {YEAR})?)", text)
    point = explicit(f"{found[1]} {found[2]}", cal) if found else None
    if found and point:
        yield found.end(1), (point,)


def _day_of_the_same(text: str, first: Point) -> Iterator[Points]:
    """The 15 of "Nov 1 to 15"."""
    found = re.match(r"(\d{1,2})(?= |$)", text)
    if found:
        with suppress(ValueError):
            yield found.end(), (first.each(partial(_on_day, day=int(found[1]))),)


def _on_day(span: Range, day: int) -> Range:
    assert span.start is not None
    first = span.start.replace(day=day)
    return Range(first, datetime.combine(first.date() + timedelta(days=1), time(), first.tzinfo))


def _joined(first: Point, last: Point) -> When:
    past, ahead = Range(first.past.start, last.past.end), Range(first.ahead.start, last.ahead.end)
    for wrong in (past, ahead):
        if wrong.start and wrong.end and wrong.start >= wrong.end:
            past = ahead = Range(first.past.start, last.ahead.end)
    return When(past, ahead)


def _dashed(text: str, cal: Calendar) -> Iterator[Found]:
    """ "Nov 1-15", "1-15 Nov", with or without "between" and "in"."""
    lead = re.match(rf"(?:{_IN[3:-1]}|between|from) ", text)
    begins = lead.end() if lead else 0
    for pattern in (rf"{MONTH} (?P<a>\d{{1,2}})-(?P<b>\d{{1,2}})", rf"(?P<a>\d{{1,2}})-(?P<b>\d{{1,2}}) {MONTH}"):
        if found := re.match(pattern, text[begins:]):
            first, last = (explicit(f"{found[side]} {found['month']}", cal) for side in "ab")
            if first and last:
                yield begins + found.end(), (_joined(first, last),)


def _to_date(text: str, cal: Calendar) -> Iterator[Found]:
    if found := re.match(r"(?:for |in )?(fiscal year|year|quarter|month|week) to date", text):
        span = Range(cal.unit(found[1], 0).start, cal.ahead(0, "day"))
        yield found.end(), (When(span, span),)
    if found := re.match(r"so far (this|current) (fiscal year|year|quarter|month|week)", text):
        span = cal.unit(found[2], 0)
        yield found.end(), (When(span, span),)


# Ages

_OLDER = (
    r"(?:older than|more than|over|longer than|at least|for more than|for over|for at least|for longer than"
    r"|greater than|in over|in more than)"
)
_NEWER = r"(?:newer than|younger than|less than|under|at most|for less than|within)"


def _ages(text: str, cal: Calendar) -> Iterator[Found]:
    """ "Older than 30 days", "over two weeks old", "30 days or older", "less than a week old"."""
    for pattern, older in (
        (rf"{_OLDER} {NUMBER_OF}(?: old| ago)?", True),
        (rf"{NUMBER_OF} (?:or older|or more|and older|old or more|plus)", True),
        (rf"{NUMBER_OF.replace(' ', '-')}-old", True),
        (rf"{_NEWER} {NUMBER_OF} old", False),
        (rf"(?:newer than|younger than|less than) {NUMBER_OF}(?: ago)?", False),
    ):
        if found := re.match(pattern, text):
            at = _since_then(found, cal)
            yield found.end(), (Age(Range(None, at) if older else Range(at, None), older),)


def _since_then(found: re.Match[str], cal: Calendar) -> datetime:
    count, unit = count_of(found["count"]), found["unit"]
    if (found["kind"] or "").strip() in {"business", "working", "work"}:
        return cal.at(business_day_after(cal.today, -count))
    return cal.now - timedelta(hours=count) if unit == "hour" else _exact(count, unit, cal)


def _exact(count: int, unit: str, cal: Calendar) -> datetime:
    """The same time of day, that many days, weeks or months before."""
    local = cal.now.astimezone(cal.zone)
    return datetime.combine(cal.back(count, unit).date(), local.timetz().replace(tzinfo=None), cal.zone)
