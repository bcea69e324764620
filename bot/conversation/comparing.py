"""Spans that are compared: "this month against last", "more than last year", "by week"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.calendar import Calendar, Range
from bot.conversation.calendar import key as key_of
from bot.conversation.pieces import At, By, Join, Joint, More, Piece, Previous, Value, Want, When
from bot.conversation.question import Field, Group, Moment, Period, Standing, Wants

MEASURED = frozenset({Wants.ON_TIME, Wants.TURNAROUND})


@dataclass(frozen=True, slots=True)
class Compared:
    """The pieces without what is compared, the time that its spans are of, and the spans."""

    pieces: tuple[Piece, ...]
    moment: Moment
    periods: tuple[Period, ...]


def compared(pieces: Sequence[Piece], cal: Calendar) -> Compared | None:
    """ "This month against last", "by week": the pieces without what is compared, and its periods."""
    whens = [i for i, piece in enumerate(pieces) if isinstance(piece, When)]
    versus = next((i for i, p in enumerate(pieces) if isinstance(p, Joint) and p.join is Join.VERSUS), None)
    if versus is None and len(whens) == 2 and any(isinstance(piece, More) for piece in pieces):
        versus = next((i for i in range(*whens) if pieces[i] == Joint(Join.OR)), None)
    by = next((p for p in pieces if isinstance(p, By) and p.group is Group.PERIOD), None)
    if versus is not None and whens:
        ranges = _both(pieces, whens, cal)
        if len(ranges) < 2:
            return None
        gone = {*whens, versus} | {i for i, p in enumerate(pieces) if isinstance(p, Previous)}
    elif by and len(whens) < 2:
        whole = _range(pieces[whens[0]], cal) if whens else None
        ranges = _each(by.unit, whole, cal)
        gone = set(whens)
    else:
        return None
    moment = next((p.moment for p in pieces if isinstance(p, At)), None) or _measured(pieces)
    kept = [p for i, p in enumerate(pieces) if i not in gone and not isinstance(p, At)]
    periods = tuple(Period(key_of(r, cal.zone), r.start, r.end) for r in ranges if r.start and r.end)
    return Compared(tuple(kept), moment, periods)


def _measured(pieces: Sequence[Piece]) -> Moment:
    done = {Standing.TRANSMITTED.value, Standing.LATE.value, Standing.ON_TIME.value}
    for piece in pieces:
        if isinstance(piece, Want) and piece.wants in MEASURED:
            return Moment.TRANSMITTED
        if isinstance(piece, Value) and piece.field is Field.STANDING and done & set(piece.values):
            return Moment.TRANSMITTED
    return Moment.RECEIVED


def _range(piece: Piece, cal: Calendar) -> Range:
    assert isinstance(piece, When)
    return piece.past


def _both(pieces: Sequence[Piece], whens: Sequence[int], cal: Calendar) -> list[Range]:
    ranges = [_range(pieces[i], cal) for i in whens]
    if len(ranges) == 1 and any(isinstance(piece, Previous) for piece in pieces):
        ranges.append(_before(ranges[0], cal))
    elif len(ranges) == 1:
        ranges = [*_present(ranges[0], cal), *ranges]
    return ranges


def _present(span: Range, cal: Calendar) -> list[Range]:
    """The unit of now, where one that is over is compared with: "more than last month"."""
    units = ("day", "week", "month", "quarter", "year", "fiscal year")
    return [cal.unit(unit, 0) for unit in units if any(cal.unit(unit, back) == span for back in range(-12, 0))][:1]


def _before(span: Range, cal: Calendar) -> Range:
    for unit in ("day", "week", "month", "quarter", "year", "fiscal year"):
        for offset in range(-3, 1):
            if cal.unit(unit, offset) == span:
                return cal.unit(unit, offset - 1)
    assert span.start is not None
    assert span.end is not None
    return Range(span.start - (span.end - span.start), span.start)


def _each(unit: str, whole: Range | None, cal: Calendar) -> list[Range]:
    """The units of a span, or the last twelve, of years five."""
    most = 5 if "year" in unit else 12
    start = whole.start if whole and whole.start else None
    end: datetime = whole.end if whole and whole.end else cal.now
    found: list[Range] = []
    offset = 0
    while len(found) < (60 if start else most):
        span = cal.unit(unit, offset)
        offset -= 1
        assert span.start is not None
        assert span.end is not None
        if start and span.end <= start:
            break
        if span.start < end:
            found.insert(0, span)
    return found
