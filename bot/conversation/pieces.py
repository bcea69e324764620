"""What a phrase of a question says: a closed set of pieces, from which `bot.conversation.assemble` makes a question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.conversation.calendar import Range
from bot.conversation.question import Deed, Field, Group, Moment, Order, Standing, Wants
from bot.conversation.words import Phrase


@dataclass(frozen=True, slots=True)
class Value:
    """Something that restricts; what precedes it may change which field it is said of.

    `post` is the position key that the same word names, where it names both. `group` is what a region or a division
    is compared by.
    """

    field: Field
    values: tuple[str, ...]
    post: str = ""
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A span of time, if what is asked of lies in the past and if it lies ahead: "Friday" may be either.

    `by` is said of an end alone.
    """

    past: Range
    ahead: Range
    by: bool = False


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago something began at least (`older`), or at most."""

    span: Range
    older: bool


@dataclass(frozen=True, slots=True)
class At:
    """A word for one of the times of a task; without a span beside it, it says how a task stands, if anything.

    A `weak` one then says nothing: "what has she got".
    """

    moment: Moment
    standings: tuple[Standing, ...] = ()
    weak: bool = False


class Role(StrEnum):
    """What is said of whoever or whatever comes next."""

    WAITING = "waiting"
    OFFICER = "officer"
    PERSON = "person"
    MANAGER = "manager"
    CLEARED = "cleared"
    FROM = "from"
    ABOUT = "about"
    BY = "by"
    WITH = "with"  # whose turn it is; a component answers
    FOR = "for"  # a position or a person; of a component it says nothing


@dataclass(frozen=True, slots=True)
class Link:
    """`after` says something of whoever came before: "what Freeman owes"."""

    role: Role
    after: bool = False


@dataclass(frozen=True, slots=True)
class Without:
    """What follows is left out."""


class Join(StrEnum):
    AND = "and"
    OR = "or"
    ELSE = "else"  # between whole questions, as answers write it
    VERSUS = "versus"


@dataclass(frozen=True, slots=True)
class Joint:
    join: Join


@dataclass(frozen=True, slots=True)
class Want:
    wants: Wants
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class By:
    """Grouped. `unit` is of time, for groups by month and the like."""

    group: Group
    unit: str = ""


@dataclass(frozen=True, slots=True)
class First:
    """An order, and of a single superlative how many; `open` where it can only be meant of open tasks."""

    order: Order
    limit: int | None = None
    open: bool = True


@dataclass(frozen=True, slots=True)
class Some:
    """How many are wanted: "five", "top 10"."""

    count: int


@dataclass(frozen=True, slots=True)
class Noun:
    """Tasks; a `weak` one asks for nothing by itself, as "one" does."""

    weak: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """As things stand: open tasks, unless something else is said."""


@dataclass(frozen=True, slots=True)
class More:
    """More or fewer, of two spans."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The span before the one it is compared with: "this month against last"."""


@dataclass(frozen=True, slots=True)
class Past:
    """What follows lies in the past: "were due"."""


class Lead(StrEnum):
    """How something continues what was asked before: narrow it, ask the same of something else, or of more."""

    NARROW = "narrow"
    SHIFT = "shift"
    WIDEN = "widen"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Says nothing that restricts. `head` begins a question, `text` introduces no words of somebody's own."""

    head: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that nobody knows, and known words that are written like it."""

    word: str
    like: tuple[str, ...] = ()


Piece: TypeAlias = (
    Value
    | When
    | Age
    | At
    | Link
    | Without
    | Joint
    | Want
    | By
    | First
    | Some
    | Noun
    | Now
    | Previous
    | More
    | Past
    | Quiet
    | Unknown
)
#: What one phrase says, in order.
Meaning: TypeAlias = tuple[Piece, ...]
#: What a phrase may say; more than one has to be asked back, unless the words around it settle it.
Vocabulary: TypeAlias = dict[Phrase, tuple[Meaning, ...]]
