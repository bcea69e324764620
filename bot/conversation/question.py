"""What somebody asks, as data: the seam between understanding words, finding tasks and telling the answer.

A question holds what was meant as it was said ("HOU", "the DAD", somebody's email); `bot.conversation.resolve` turns
it into what tasks are linked to on the day it is asked, so that a follow-up asked later means the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Field(StrEnum):
    """What a term says something about. The values of each are text.

    NUMBER task numbers; STANDING values of `Standing`; PRIORITY, SCOPE, ORIGIN and MANNER those of the domain; SES
    "yes"; TYPE type keys; COMPONENT codes of who answers (with all below); PLACE codes of facilities and regions
    (what it is about, or who answers); PERSON emails of anybody with a part in it; OFFICER emails of action officers;
    WAITING emails, position keys or posts whose turn it is; MANAGER emails of who logged it; CLEARED emails of who
    cleared it; REQUESTOR and ABOUT a piece of the requestor's name and of the subject, in lower case.
    """

    NUMBER = "number"
    STANDING = "standing"
    PRIORITY = "priority"
    TYPE = "type"
    SCOPE = "scope"
    ORIGIN = "origin"
    MANNER = "manner"
    SES = "ses"
    COMPONENT = "component"
    PLACE = "place"
    PERSON = "person"
    OFFICER = "officer"
    WAITING = "waiting"
    MANAGER = "manager"
    CLEARED = "cleared"
    REQUESTOR = "requestor"
    ABOUT = "about"


class Standing(StrEnum):
    """How a task stands. The first are the values of `Status`, then the stages of an assignment that counts now
    while the task is with its action officers, then what is worked out.
    """

    RECEIVED = "received"
    LOGGED = "logged"
    ASSIGNED = "assigned"
    IN_REVIEW = "in-review"
    IN_CLEARANCE = "in-clearance"
    CLEARED = "cleared"
    TRANSMITTED = "transmitted"
    CLOSED = "closed"
    BY_EMAIL = "by-email"
    WITHDRAWN = "withdrawn"
    UNACKNOWLEDGED = "unacknowledged"  # Stage.ASSIGNED
    ACKNOWLEDGED = "acknowledged"
    DEFERRED = "deferred"
    IN_DIVISION_CLEARANCE = "in-division-clearance"
    OPEN = "open"  # neither transmitted, closed nor withdrawn
    OVERDUE = "overdue"  # open and past due
    UNOWNED = "unowned"  # open and no action officer
    RETURNED = "returned"  # open, and a response or package that counts now came back for rework
    EXTENSION = "extension"  # more time was asked for and is not decided
    DELEGATED = "delegated"  # a part of a response is with somebody else
    ON_TIME = "on-time"  # transmitted by the due time
    LATE = "late"  # transmitted after the due time


class Moment(StrEnum):
    """The times of a task that can be asked for."""

    RECEIVED = "received"
    DUE = "due"
    TRANSMITTED = "transmitted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Term:
    """A task has one of `values`, or `without` it has none of them."""

    field: Field
    values: tuple[str, ...]
    without: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The moment lies from `start`, and before `end`; None is open. `without` means that it does not (or never was)."""

    moment: Moment
    start: datetime | None
    end: datetime | None
    without: bool = False


#: All of these together.
Filter: TypeAlias = tuple[Term | Span, ...]


def ordered(terms: Iterable[Term | Span]) -> Filter:
    """The same in one order, so that what means the same is equal."""
    said = (replace(term, values=tuple(sorted(set(term.values)))) if isinstance(term, Term) else term for term in terms)
    return tuple(sorted(dict.fromkeys(said), key=_place))


def _place(term: Term | Span) -> tuple[int, bool, str]:
    kinds = [*Field, *Moment]
    about = term.field if isinstance(term, Term) else term.moment
    return kinds.index(about), term.without, str(term)


class Wants(StrEnum):
    """What is to be told: the tasks, how many, whose turn it is, who the action officers are, who asked for it, who did
    something, the share transmitted on time, the median time from receipt to transmission, or when something was or
    is due.
    """

    TASKS = "tasks"
    COUNT = "count"
    WHO = "who"
    OFFICER = "officer"
    REQUESTOR = "requestor"
    DEEDS = "deeds"
    ON_TIME = "on-time"
    TURNAROUND = "turnaround"
    WHEN = "when"
    TRAINING = "training"


#: What is told of people.
WHOM = frozenset({Wants.WHO, Wants.OFFICER, Wants.REQUESTOR})


class Group(StrEnum):
    """What groups go by: type key, component code, division or region code above it, status value, email and so on.

    A task of several counts in each, one of nothing in "none". PERIOD is each of `Question.periods`.
    """

    TYPE = "type"
    COMPONENT = "component"
    DIVISION = "division"
    REGION = "region"
    FACILITY = "facility"
    STATUS = "status"
    PRIORITY = "priority"
    SCOPE = "scope"
    ORIGIN = "origin"
    MANNER = "manner"
    OFFICER = "officer"
    MANAGER = "manager"
    WAITING = "waiting"
    REQUESTOR = "requestor"
    PERIOD = "period"


class Order(StrEnum):
    """What comes first. URGENCY is urgent first, then soonest due (6-1.1)."""

    URGENCY = "urgency"
    DUE = "due"  # soonest due first; the most overdue are these too
    DUE_LAST = "due-last"
    OLDEST = "oldest"  # received longest ago
    NEWEST = "newest"
    PRIORITY = "priority"
    NUMBER = "number"
    CLOSED_LAST = "closed-last"  # closed most recently first
    TRANSMITTED_LAST = "transmitted-last"
    SLOWEST = "slowest"  # longest from receipt to transmission
    FASTEST = "fastest"


class Deed(StrEnum):
    """What can be asked of the past: who did it."""

    FORWARDED = "forwarded"
    LOGGED = "logged"
    ASSIGNED = "assigned"
    DEFERRED = "deferred"
    CLEARED = "cleared"
    TRANSMITTED = "transmitted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Period:
    """One of the spans that are compared; `key` names it as in "2026-11", "2026-W48", "FY2027-Q1"."""

    key: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """Tasks that pass one of the filters in `any_of`; a filter of nothing passes all.

    With `group`, they are counted by it (or, with ON_TIME and TURNAROUND, measured). With `periods`, each of them is
    asked of `moment`. `order` None is the order of the place that answers; `limit` is how many were asked for.
    """

    any_of: tuple[Filter, ...] = ((),)
    wants: Wants = Wants.TASKS
    deeds: tuple[Deed, ...] = ()
    group: Group | None = None
    moment: Moment | None = None
    periods: tuple[Period, ...] = ()
    order: Order | None = None
    limit: int | None = None

    @property
    def restricts(self) -> bool:
        return any(self.any_of)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The task numbers, where nothing but numbers is asked for."""
        terms = [term for filter_ in self.any_of for term in filter_]
        if not terms or not all(isinstance(t, Term) and t.field is Field.NUMBER and not t.without for t in terms):
            return ()
        return tuple(dict.fromkeys(value for t in terms if isinstance(t, Term) for value in t.values))

    def also(self, *terms: Term | Span) -> Question:
        """The same, restricted further."""
        return replace(self, any_of=tuple(ordered((*filter_, *terms)) for filter_ in self.any_of))
