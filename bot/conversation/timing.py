"""Which time of a task a span is said of: "closed last month", "last month's closed tasks", "overdue by a week"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.conversation.calendar import Calendar
from bot.conversation.comparing import MEASURED, compared
from bot.conversation.pieces import (
    Age,
    At,
    By,
    First,
    Join,
    Joint,
    Link,
    Past,
    Piece,
    Role,
    Value,
    Want,
    When,
)
from bot.conversation.question import Field, Group, Moment, Order, Period, Span, Standing, Wants

#: How a task stands that says of which time a span is.
TIMES = {
    Standing.OVERDUE: Moment.DUE,
    Standing.LATE: Moment.TRANSMITTED,
    Standing.ON_TIME: Moment.TRANSMITTED,
    Standing.TRANSMITTED: Moment.TRANSMITTED,
    Standing.CLOSED: Moment.CLOSED,
}
#: How tasks stand since a time that is not told.
TIMELESS = frozenset(
    {Standing.WITHDRAWN, Standing.RETURNED, Standing.DEFERRED, Standing.DELEGATED, Standing.CLEARED, Standing.ASSIGNED}
)
ORDERED = {
    Order.SLOWEST: Moment.TRANSMITTED,
    Order.FASTEST: Moment.TRANSMITTED,
    Order.TRANSMITTED_LAST: Moment.TRANSMITTED,
    Order.CLOSED_LAST: Moment.CLOSED,
    Order.NEWEST: Moment.RECEIVED,
    Order.OLDEST: Moment.RECEIVED,
}
#: Shorter than any quarter, longer than any month.
QUARTER = timedelta(days=45)
#: So far ahead nothing is due yet.
FAR = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Timed:
    """A span of a time of a task, in the place of the words that said it; `ahead` is whether open tasks are meant."""

    span: Span
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """The pieces with spans in their places, and what is compared."""

    pieces: tuple[Piece | Timed, ...]
    moment: Moment | None = None
    periods: tuple[Period, ...] = ()
    #: Whether nobody can say which time is meant, and whether it lies where nothing of the kind can be known yet.
    timeless: bool = False
    unclear: bool = False


def timed(pieces: Sequence[Piece], cal: Calendar, usual: Moment | None = None) -> Times:
    """Every span with the time it is said of, `usual` where no word says which.

    Words for a time that has no span say how a task stands, if anything.
    """
    if two := compared(pieces, cal):
        return Times(two.pieces, two.moment, two.periods)
    found: dict[int, tuple[Timed, ...]] = {}
    used: set[int] = set()
    timeless = unclear = False
    for index, piece in enumerate(pieces):
        if isinstance(piece, When | Age):
            moments = _moments(pieces, index, used)
            used |= set(moments)
            said = tuple(p.moment for i in moments if isinstance(p := pieces[i], At))
            said = said or _beside(pieces, index, found) or _implied(pieces, index, cal, usual)
            timeless = timeless or not said
            unclear = unclear or (bool(said) and _not_begun(said, piece, pieces, cal))
            found[index] = tuple(_timed(moment, piece, pieces, index, cal) for moment in said)
    return Times(tuple(_settled(pieces, found, used)), timeless=timeless, unclear=unclear, moment=_asked(pieces, used))


def _beside(pieces: Sequence[Piece], index: int, found: dict[int, tuple[Timed, ...]]) -> tuple[Moment, ...]:
    """The time of the span that it is joined to: "closed yesterday and today"."""
    joined = index > 1 and isinstance(pieces[index - 1], Joint)
    return tuple(one.span.moment for one in found.get(index - 2, ())) if joined else ()


def _not_begun(moments: tuple[Moment, ...], piece: When | Age, pieces: Sequence[Piece], cal: Calendar) -> bool:
    """What is to come is due; nobody can tell what will be received then, nor what will be late."""
    if isinstance(piece, Age):
        return False
    late = any(isinstance(p, Value) and Standing.OVERDUE.value in p.values for p in pieces)
    joined = any(isinstance(p, Joint) for p in pieces)
    span = piece.past if moments[0] is not Moment.DUE else piece.ahead
    return bool(span.start and span.start >= cal.now) and (moments[0] is not Moment.DUE or (late and not joined))


def _settled(pieces: Sequence[Piece], found: dict[int, tuple[Timed, ...]], used: set[int]) -> list[Piece | Timed]:
    settled: list[Piece | Timed] = []
    for index, piece in enumerate(pieces):
        if index in found:
            for one in found[index]:
                settled += [Joint(Join.OR)] * (one is not found[index][0]) + [one]
        elif isinstance(piece, At) and index not in used:
            settled.append(Value(Field.STANDING, piece.standings) if piece.standings else piece)
        elif not (isinstance(piece, At) or (isinstance(piece, Joint) and _between_times(pieces, index, used))):
            settled.append(piece)
    return settled


def _between_times(pieces: Sequence[Piece], index: int, used: set[int]) -> bool:
    """ "Or" in "transmitted or closed last month"."""
    return index - 1 in used and index + 1 in used and all(isinstance(pieces[i], At) for i in (index - 1, index + 1))


def _moments(pieces: Sequence[Piece], index: int, used: set[int]) -> tuple[int, ...]:
    """The places of the words for times that a span belongs to: those before it, else those after it."""
    before = _nearest(pieces, range(index - 1, -1, -1), used)
    after = _nearest(pieces, range(index + 1, len(pieces)), used)
    if before is None:
        return () if after is None else (after,)
    found = [before]
    while (
        before >= 2
        and isinstance(pieces[before - 1], Joint)
        and isinstance(pieces[before - 2], At)
        and before - 2 not in used
    ):
        before -= 2
        found.insert(0, before)
    return tuple(found)


def _nearest(pieces: Sequence[Piece], places: range, used: set[int]) -> int | None:
    """The next word for a time, before another span or a new beginning."""
    for place in places:
        piece = pieces[place]
        if isinstance(piece, At):
            return place if place not in used else None
        if isinstance(piece, When | Age) or (isinstance(piece, Joint) and piece.join is Join.ELSE):
            return None
    return None


def _implied(pieces: Sequence[Piece], index: int, cal: Calendar, usual: Moment | None) -> tuple[Moment, ...]:
    """The time that is meant where no word says it."""
    standings = [Standing(v) for p in pieces if isinstance(p, Value) and p.field is Field.STANDING for v in p.values]
    if TIMELESS.intersection(standings) or any(isinstance(p, Link) and p.role is Role.CLEARED for p in pieces):
        return (usual,) if usual else ()
    for standing in standings:
        if standing in TIMES and not isinstance(pieces[index], Age):
            return (TIMES[standing],)
    for first in pieces:
        if isinstance(first, First) and first.order in ORDERED and not isinstance(pieces[index], Age):
            return (ORDERED[first.order],)
    piece = pieces[index]
    if any(isinstance(p, Link) and p.role is Role.MANAGER for p in pieces):
        return (Moment.RECEIVED,)
    if isinstance(piece, Age):
        return (Moment.DUE,) if Standing.OVERDUE in standings else (Moment.RECEIVED,)
    if usual:
        return (usual,)
    wants = [p.wants for p in pieces if isinstance(p, Want)]
    if MEASURED.intersection(wants):
        return (Moment.TRANSMITTED,)
    assert isinstance(piece, When)
    if any(isinstance(p, By) and p.group in {Group.PERIOD, Group.MANAGER, Group.REQUESTOR} for p in pieces):
        return (Moment.RECEIVED,)
    if _over(piece, cal) or (_long(piece) and _begins_before(piece, cal) and not _owed(pieces)):
        return (Moment.RECEIVED,)
    if piece.by or (piece.ahead.end and piece.ahead.end > cal.now and not _begins_before(piece, cal)):
        return (Moment.DUE,)
    if piece.ahead.end and piece.ahead.end > cal.now:
        return (Moment.DUE,) if Wants.COUNT not in wants else ()
    return (Moment.RECEIVED,)


def _over(piece: When, cal: Calendar) -> bool:
    """Whether a month or a day is the last there was of it: "in October" is not meant of the next in November."""
    begins = piece.ahead.start or piece.ahead.end
    return piece.past != piece.ahead and begins is not None and begins - cal.now > FAR


def _owed(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, Link) and piece.after for piece in pieces)


def _long(piece: When) -> bool:
    """Whether a span is that of a quarter or a year: of so long a one nobody asks what is due."""
    start, end = piece.ahead.start, piece.ahead.end
    return start is not None and end is not None and end - start > QUARTER


def _begins_before(piece: When, cal: Calendar) -> bool:
    return piece.ahead.start is not None and piece.ahead.start < cal.at(cal.today)


def _timed(moment: Moment, piece: When | Age, pieces: Sequence[Piece], index: int, cal: Calendar) -> Timed:
    if isinstance(piece, Age):
        return Timed(Span(moment, piece.span.start, piece.span.end), ahead=True)
    past = moment is not Moment.DUE or _in_past(pieces, index)
    span = piece.past if past else piece.ahead
    ahead = moment is Moment.DUE and not past and (span.end is None or span.end > cal.now or piece.by)
    return Timed(Span(moment, span.start, span.end), ahead)


def _in_past(pieces: Sequence[Piece], index: int) -> bool:
    """ "Were due"."""
    return any(isinstance(piece, Past) for piece in pieces[max(0, index - 5) : index])


def _asked(pieces: Sequence[Piece], used: set[int]) -> Moment | None:
    """What "when" asks for."""
    if not any(isinstance(p, Want) and p.wants is Wants.WHEN for p in pieces):
        return None
    return next((p.moment for i, p in enumerate(pieces) if isinstance(p, At) and i not in used), Moment.DUE)
