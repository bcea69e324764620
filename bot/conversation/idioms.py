"""What a word says only beside others: "outside MCMU", "the last thing sent", "how did we do on time"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.doings import DOINGS
from bot.conversation.joining import PERSONAL, PLACED
from bot.conversation.lexicon import NOUNS, PEOPLE
from bot.conversation.own_words import TOGETHER, Spoken, instead, is_value
from bot.conversation.pieces import (
    At,
    By,
    First,
    Join,
    Joint,
    Link,
    Noun,
    Now,
    Piece,
    Previous,
    Quiet,
    Role,
    Some,
    Unknown,
    Value,
    Want,
    When,
    Without,
)
from bot.conversation.question import Field, Group, Moment, Order, Standing, Wants
from bot.conversation.words import OWNS

#: Verbs behind a name that tell what is there now: "what has Viktor got", "what is CNN asking about".
_NOW = frozenset({("got",), ("gotten",), ("asking",), ("asking", "about"), ("asking", "for"), ("wants",), ("want",)})
_NOW |= {("look",), ("looks",), ("looking",)}
_AUXILIARY = frozenset({("is",), ("are",), ("has",), ("have",), ("does",)})
_HAS = frozenset((word,) for word in ("has", "got", "have", "holds", "is", "who"))
#: What stands before a verb.
CAN = frozenset((word,) for word in ("can", "could", "should", "must", "may", "might"))
#: Fewer are a count wherever they stand; more are somebody's own, unless tasks are counted.
FEW = 100
#: What the units of a span that is over are called by.
_OVER = frozenset({"last", "previous", "prior", "past", "yesterday"})


def outside(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Outside MCMU" leaves it out; from outside comes what no place follows."""
    after = spoken[index + 1 : index + 2]
    if spoken[index].words != ("outside",) or not after or not is_value(after[0].piece, PLACED | PERSONAL):
        return spoken
    return instead(spoken, index, Without())


def how_timely(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "How did we do on time" asks for the rate."""
    words = [word for one in spoken[:index] for word in one.words]
    on_time = spoken[index].piece == Value(Field.STANDING, (Standing.ON_TIME.value,))
    if not on_time or "how" not in words[:2] or words[-1] not in {"do", "doing", "done"}:
        return spoken
    return instead(spoken, index, Want(Wants.ON_TIME))


def last_one(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "The last thing we sent" is the newest, and "last complaint received" says nothing of how it stands."""
    if not isinstance(spoken[index].piece, Previous) or spoken[index].words != ("last",) or _compares(spoken):
        return spoken
    after = next((one.piece for one in spoken[index + 1 :] if not is_value(one.piece, PLACED | PERSONAL)), None)
    if not isinstance(after, Noun) and not is_value(after, {Field.TYPE, Field.PRIORITY}):
        return spoken
    received = At(Moment.RECEIVED, weak=True)
    told = [replace(one, piece=received) if _received(one.piece) else one for one in spoken[index + 1 :]]
    return [*spoken[:index], replace(spoken[index], piece=First(Order.NEWEST, open=False)), *told]


def plus(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Overdue + high priority" is both; words of a subject have been put together already."""
    return instead(spoken, index, Joint(Join.AND)) if spoken[index].words == (TOGETHER,) else spoken


def at_a_desk(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "On the COS's desk" is what waits for the position: an office of the same name has no desk."""
    one, after = spoken[index], spoken[index + 1 : index + 2]
    desk = after and after[0].words[:1] == (OWNS,) and after[0].words[-1] in {"desk", "inbox", "signature"}
    post = one.piece.post if isinstance(one.piece, Value) else ""
    return instead(spoken, index, Value(Field.WAITING, (post,))) if desk and post else spoken


def as_it_stands(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "What has Viktor got" asks for open tasks."""
    verb, before = spoken[index], spoken[index - 1 : index]
    asks = spoken[0].words[:1] in {("what",), ("how",)} or spoken[0].words[-1:] in _AUXILIARY
    timed = any(isinstance(one.piece, When) for one in spoken)
    named = before and is_value(before[0].piece, {*PLACED, *PERSONAL, Field.TYPE, Field.REQUESTOR})
    return [*spoken, Spoken((), Now())] if verb.words in _NOW and named and asks and not timed else spoken


def urgent_now(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Anything urgent" means of what is open."""
    asks = spoken[index - 1].words[-1:] if index else ()
    said = any(isinstance(one.piece, When | At) or is_value(one.piece, {Field.STANDING}) for one in spoken)
    if not is_value(spoken[index].piece, {Field.PRIORITY}) or said or asks not in {("anything",), ("any",), ("is",)}:
        return spoken
    return [*spoken, Spoken((), Now())]


def the_most(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Who are we waiting on the most" is counted by whose turn it is; who did the most nobody counts."""
    one, before = spoken[index], [each.piece for each in spoken[:index] if not isinstance(each.piece, Now)]
    if isinstance(one.piece, First) and "most" in one.words and before and _holds(spoken, index):
        return instead(spoken, index, By(Group.OFFICER))
    if one.words != ("most",) or not before or not isinstance(before[-1], Want):
        return spoken
    if before[-1].wants is Wants.WHO:
        return instead(spoken, index, By(Group.WAITING))
    return instead(spoken, index, Unknown("most")) if before[-1].wants is Wants.DEEDS else spoken


def own_number(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Budget formulation 517" has it in its subject."""
    some, after = spoken[index], spoken[index + 1 : index + 2]
    bare = isinstance(some.piece, Some) and some.words == (str(some.piece.count),)
    if not bare or not index or (after and _counted(after[0].piece)):
        return spoken
    before = spoken[index - 1].piece
    own = isinstance(before, Unknown) or is_value(before, {Field.TYPE})
    many = isinstance(some.piece, Some) and some.piece.count >= FEW
    return instead(spoken, index, Unknown(some.words[0])) if own or many else spoken


def _holds(spoken: Sequence[Spoken], index: int) -> bool:
    """ "Who has the most overdue" asks for who, "who has the most overdue task" of whom one task is."""
    asks = next((one for one in reversed(spoken[:index]) if one.words != spoken[index].words), None)
    noun = any(isinstance(one.piece, Noun) for one in spoken[index + 1 : index + 2])
    who = any(isinstance(one.piece, Want) and one.piece.wants is Wants.WHO for one in spoken[:index])
    return who and not noun and asks is not None and asks.words[-1:] in _HAS


def top_units(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Top five units" are the units with most."""
    one, after = spoken[index], spoken[index + 1 : index + 2]
    noun = NOUNS.get(after[0].words) if after and isinstance(after[0].piece, Quiet) else None
    if not isinstance(one.piece, Some) or one.words[:1] != ("top",) or noun is None or noun.group is Group.PERIOD:
        return spoken
    return [*spoken[:index], replace(after[0], piece=noun), *spoken[index + 2 :]]


def strange_beside(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Closed versus received" are no two of a kind; of who "has nothing" or what was overdue nobody keeps a list."""
    one, sides = spoken[index], [each.piece for each in spoken[max(0, index - 1) : index + 2 : 2]]
    moments = len(sides) == 2 and all(isinstance(piece, At) for piece in sides)
    states = len(sides) == 2 and is_value(sides[0], {Field.STANDING}) and isinstance(sides[1], When)
    none = one.words == ("nothing",) and index and spoken[index - 1].words[-1:] in {("has",), ("have",), ("with",)}
    if none or (one.piece == Joint(Join.VERSUS) and (moments or states)):
        return instead(spoken, index, Unknown(" ".join(one.words)))
    return spoken


def how_many_people(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "How many people work in MCMU" counts no tasks."""
    one, asks = spoken[index], spoken[index - 1 : index]
    training = any(isinstance(each.piece, Want) and each.piece.wants is Wants.TRAINING for each in spoken)
    if training or one.words not in PEOPLE or not asks or asks[0].words[-1:] != ("many",):
        return spoken
    words = ("many", *one.words)
    return [*spoken[:index], Spoken(words, Unknown(" ".join(words))), *spoken[index + 1 :]]


def late_then(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Late last month" went out late then; what is late now is open."""
    over = any(isinstance(one.piece, When) and _OVER & set(one.words) for one in spoken)
    due = any(isinstance(one.piece, At) for one in spoken)
    if spoken[index].words[:1] != ("late",) or not is_value(spoken[index].piece, {Field.STANDING}) or not over or due:
        return spoken
    late = replace(spoken[index], piece=Value(Field.STANDING, (Standing.LATE.value,)))
    return [*spoken[:index], late, Spoken((), At(Moment.TRANSMITTED)), *spoken[index + 1 :]]


def with_officer(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Still with an officer" is assigned, where no officer is named."""
    one, after = spoken[index], spoken[index + 1 : index + 2]
    if not isinstance(one.piece, Link) or one.piece.role not in {Role.WAITING, Role.WITH} or not after:
        return spoken
    if after[0].words not in {("officer",), ("officers",)}:
        return spoken
    assigned = replace(after[0], piece=Value(Field.STANDING, (Standing.ASSIGNED.value,)))
    return [*spoken[:index], replace(one, piece=Quiet()), assigned, *spoken[index + 2 :]]


def left_out_too(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Except HOU and MCMU" leaves out both, "not FOIAs but declarations" one."""
    if index < 2 or not isinstance(spoken[index].piece, Joint) or "but" in spoken[index].words:
        return spoken
    one, other = spoken[index - 1].piece, (spoken[index + 1].piece if index + 1 < len(spoken) else None)
    alike = other is not None and _field(one) is not None and _field(one) is _field(other)
    either = spoken[index].piece == Joint(Join.OR) or _field(one) is not Field.STANDING
    before = [each.piece for each in spoken[: index - 1] if not isinstance(each.piece, Quiet | Link)]
    if not alike or not either or not before or not isinstance(before[-1], Without):
        return spoken
    return [*spoken[: index + 1], Spoken((), Without()), *spoken[index + 1 :]]


def _field(piece: Piece) -> Field | None:
    if isinstance(piece, At):
        return Field.STANDING if piece.standings else None
    return piece.field if isinstance(piece, Value) else None


def what_it_can(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Can wait" is something that tasks do, and no subject."""
    one, after = spoken[index], spoken[index + 1 : index + 2]
    if one.words not in CAN or not after or not isinstance(after[0].piece, Unknown):
        return spoken
    words = (*one.words, *after[0].words)
    return [*spoken[:index], Spoken(words, Unknown(" ".join(words))), *spoken[index + 2 :]]


def clears_for(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "To clear for RIM" is what waits for the position."""
    before, after = spoken[index - 1 : index], spoken[index + 1 : index + 2]
    post = after and isinstance(after[0].piece, Value) and after[0].piece.post
    if spoken[index].words != ("for",) or not post or not before or not _clearance(before[0].piece):
        return spoken
    held = replace(after[0], piece=Value(Field.WAITING, (post,)))
    return [*spoken[: index + 1], held, *spoken[index + 2 :]]


def handed_over(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "From HOU to MCMU": nobody can ask where a task was before."""
    said = spoken[index : index + 4]
    places = [one.words[0] if one.words else "" for one in said]
    if places[:1] != ["from"] or places[2:3] != ["to"] or len(said) < 4:
        return spoken
    if not all(is_value(one.piece, PLACED) for one in (said[1], said[3])):
        return spoken
    words = tuple(word for one in said for word in one.words)
    return [*spoken[:index], Spoken(words, Unknown(" ".join(words))), *spoken[index + 4 :]]


def _clearance(piece: Piece) -> bool:
    return isinstance(piece, Value) and Standing.IN_CLEARANCE.value in piece.values


def _counted(piece: Piece) -> bool:
    return isinstance(piece, Noun | First) or is_value(piece, {Field.TYPE, Field.PRIORITY})


def _received(piece: Piece) -> bool:
    return isinstance(piece, At) and piece.moment is Moment.RECEIVED


def _compares(spoken: Sequence[Spoken]) -> bool:
    return any(one.piece == Joint(Join.VERSUS) or isinstance(one.piece, When) for one in spoken)


IDIOMS = (
    *DOINGS,
    plus,
    at_a_desk,
    outside,
    how_timely,
    last_one,
    as_it_stands,
    urgent_now,
    the_most,
    own_number,
    clears_for,
    handed_over,
    left_out_too,
    what_it_can,
    with_officer,
    strange_beside,
    how_many_people,
    late_then,
    top_units,
)
