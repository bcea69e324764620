"""What a word says only beside others: "outside MCMU", "the last thing sent", "how did we do on time"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.joining import PERSONAL, PLACED
from bot.conversation.lexicon import NOUNS
from bot.conversation.own_words import Spoken, own_words
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

#: Verbs behind a name that tell what is there now: "what has Viktor got", "what is CNN asking about".
_NOW = frozenset({("got",), ("gotten",), ("asking",), ("asking", "about"), ("asking", "for"), ("wants",), ("want",)})
_WORK = frozenset(
    {("handle",), ("do",), ("process",), ("tackle",), ("manage",), ("work",), ("produce",), ("work", "on")}
)
_CAME = frozenset((word,) for word in ("came", "come", "arrived", "received", "reached", "got", "sent"))
_ASKS = frozenset(
    (word,) for word in ("sent", "send", "asked", "ask", "requested", "want", "wanted", "submitted", "filed")
)
_WHAT = frozenset((word,) for word in ("that", "which", "what", "did", "has", "have", "does"))
_HAS = frozenset((word,) for word in ("has", "got", "have", "holds", "is", "who"))
_WENT = frozenset((word,) for word in ("went", "gone", "moved", "passed", "advanced", "routed", "submitted"))
_SENDS = frozenset({("send",), ("sent",), ("sending",), ("sends",), ("give",), ("gave",)})
_ACTS = frozenset((word,) for word in ("clear", "sign", "approve", "review", "answer", "do", "act", "decide"))
#: Fewer are a count wherever they stand; more are somebody's own, unless tasks are counted.
FEW = 100


def outside(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Outside MCMU" leaves it out; from outside comes what no place follows."""
    after = spoken[index + 1 : index + 2]
    if spoken[index].words != ("outside",) or not after or not _value(after[0].piece, PLACED | PERSONAL):
        return spoken
    return _instead(spoken, index, Without())


def how_timely(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "How did we do on time" asks for the rate."""
    words = [word for one in spoken[:index] for word in one.words]
    on_time = spoken[index].piece == Value(Field.STANDING, (Standing.ON_TIME.value,))
    if not on_time or "how" not in words[:2] or words[-1] not in {"do", "doing", "done"}:
        return spoken
    return _instead(spoken, index, Want(Wants.ON_TIME))


def last_one(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "The last thing we sent" is the newest, and "last complaint received" says nothing of how it stands."""
    if not isinstance(spoken[index].piece, Previous) or spoken[index].words != ("last",) or _compares(spoken):
        return spoken
    after = next((one.piece for one in spoken[index + 1 :] if not _value(one.piece, PLACED | PERSONAL)), None)
    if not isinstance(after, Noun) and not _value(after, {Field.TYPE, Field.PRIORITY}):
        return spoken
    received = At(Moment.RECEIVED, weak=True)
    told = [replace(one, piece=received) if _received(one.piece) else one for one in spoken[index + 1 :]]
    return [*spoken[:index], replace(spoken[index], piece=First(Order.NEWEST, open=False)), *told]


def as_it_stands(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "What has Viktor got" asks for open tasks."""
    verb, before = spoken[index], spoken[index - 1 : index]
    asks = spoken[0].words[-1:] in {("is",), ("are",), ("has",), ("have",), ("does",)} or spoken[0].words == ("what",)
    timed = any(isinstance(one.piece, When) for one in spoken)
    named = before and _value(before[0].piece, {*PLACED, *PERSONAL, Field.TYPE, Field.REQUESTOR})
    return [*spoken, Spoken((), Now())] if verb.words in _NOW and named and asks and not timed else spoken


def the_most(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Who are we waiting on the most" is counted by whose turn it is; who did the most nobody counts."""
    one, before = spoken[index], [each.piece for each in spoken[:index] if not isinstance(each.piece, Now)]
    if isinstance(one.piece, First) and "most" in one.words and before and _holds(spoken, index):
        return _instead(spoken, index, By(Group.OFFICER))
    if one.words != ("most",) or not before or not isinstance(before[-1], Want):
        return spoken
    if before[-1].wants is Wants.WHO:
        return _instead(spoken, index, By(Group.WAITING))
    return _instead(spoken, index, Unknown("most")) if before[-1].wants is Wants.DEEDS else spoken


def own_number(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Budget formulation 517" has it in its subject."""
    some, after = spoken[index], spoken[index + 1 : index + 2]
    bare = isinstance(some.piece, Some) and some.words == (str(some.piece.count),)
    if not bare or not index or (after and _counted(after[0].piece)):
        return spoken
    before = spoken[index - 1].piece
    own = isinstance(before, Unknown) or _value(before, {Field.TYPE})
    many = isinstance(some.piece, Some) and some.piece.count >= FEW
    return _instead(spoken, index, Unknown(some.words[0])) if own or many else spoken


def _holds(spoken: Sequence[Spoken], index: int) -> bool:
    """ "Who has the most overdue" asks for who, "who has the most overdue task" of whom one task is."""
    asks = next((one for one in reversed(spoken[:index]) if one.words != spoken[index].words), None)
    noun = any(isinstance(one.piece, Noun) for one in spoken[index + 1 : index + 2])
    who = any(isinstance(one.piece, Want) and one.piece.wants is Wants.WHO for one in spoken[:index])
    return who and not noun and asks is not None and asks.words[-1:] in _HAS


def for_them_to(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Anything for Ostrowski to clear" waits for them."""
    one, before, after = spoken[index], spoken[index - 1 : index], spoken[index + 1 : index + 2]
    does = after and after[0].words[:1] == ("to",) and after[0].words[1:] in _ACTS
    does = does or (
        after and after[0].words == ("to",) and spoken[index + 2 : index + 3] and spoken[index + 2].words in _ACTS
    )
    if not _value(one.piece, PERSONAL) or not before or before[0].words[-1:] != ("for",) or not does:
        return spoken
    return [*spoken[:index], Spoken((), Link(Role.WAITING)), *spoken[index:]]


def came_by(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Came by email this week" was received then."""
    one = spoken[index]
    if not _value(one.piece, {Field.MANNER, Field.ORIGIN}) or one.words[:1] not in _CAME:
        return spoken
    told = replace(one, words=one.words[1:])
    return [*spoken[:index], Spoken(one.words[:1], At(Moment.RECEIVED, weak=True)), told, *spoken[index + 1 :]]


def top_units(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Top five units" are the units with most."""
    one, after = spoken[index], spoken[index + 1 : index + 2]
    noun = NOUNS.get(after[0].words) if after and isinstance(after[0].piece, Quiet) else None
    if not isinstance(one.piece, Some) or one.words[:1] != ("top",) or noun is None or noun.group is Group.PERIOD:
        return spoken
    return [*spoken[:index], replace(after[0], piece=noun), *spoken[index + 2 :]]


def they_sent(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Declarations that OPLA sent" are those it asked for: whoever nobody knows is no office here."""
    one, before, verb = spoken[index], spoken[index - 1 : index], spoken[index + 1 : index + 2]
    asks = verb and verb[0].words[:1] in _ASKS and isinstance(verb[0].piece, At | Quiet)
    if not isinstance(one.piece, Unknown) or not asks or not before or before[0].words[-1:] not in _WHAT:
        return spoken
    asker = replace(one, piece=Value(Field.REQUESTOR, (own_words(one.words),)))
    return [*spoken[:index], asker, replace(verb[0], piece=At(Moment.RECEIVED, weak=True)), *spoken[index + 2 :]]


def strange_beside(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Closed versus received" are no two of a kind, and of who "has nothing" nobody keeps a list."""
    one, sides = spoken[index], [each.piece for each in spoken[max(0, index - 1) : index + 2 : 2]]
    moments = len(sides) == 2 and all(isinstance(piece, At) for piece in sides)
    none = one.words == ("nothing",) and index and spoken[index - 1].words[-1:] in {("has",), ("have",), ("with",)}
    if none or (one.piece == Joint(Join.VERSUS) and moments):
        return _instead(spoken, index, Unknown(" ".join(one.words)))
    return spoken


def with_officer(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Still with an officer" is assigned, where no officer is named."""
    one, after = spoken[index], spoken[index + 1 : index + 2]
    if not isinstance(one.piece, Link) or one.piece.role not in {Role.WAITING, Role.WITH} or not after:
        return spoken
    if after[0].words not in {("officer",), ("officers",)}:
        return spoken
    assigned = replace(after[0], piece=Value(Field.STANDING, (Standing.ASSIGNED.value,)))
    return [*spoken[:index], replace(one, piece=Quiet()), assigned, *spoken[index + 2 :]]


def went_to(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Went to clearance this week": when it did is not told."""
    one, timed = spoken[index], any(isinstance(each.piece, When) for each in spoken)
    went = _value(one.piece, {Field.STANDING}) and one.words[:1] in _WENT and len(one.words) > 1
    return _instead(spoken, index, Unknown(" ".join(one.words))) if went and timed and _to(one.words) else spoken


def _to(words: tuple[str, ...]) -> bool:
    return bool({"to", "into"} & set(words))


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
    if not all(_value(one.piece, PLACED) for one in (said[1], said[3])):
        return spoken
    words = tuple(word for one in said for word in one.words)
    return [*spoken[:index], Spoken(words, Unknown(" ".join(words))), *spoken[index + 4 :]]


def did_work(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "What did MCMU handle in October" is what it sent."""
    before = spoken[max(0, index - 2) : index]
    did = len(before) == 2 and before[0].words[-1:] == ("did",) and _value(before[1].piece, PLACED | PERSONAL)
    we = (
        before
        and before[-1].words[-2:] in {("did", "we"), ("we",)}
        and "did" in {w for one in before for w in one.words}
    )
    if spoken[index].words not in _WORK or not (did or we) or not isinstance(spoken[-1].piece, When):
        return spoken
    return _instead(spoken, index, At(Moment.TRANSMITTED, Standing.TRANSMITTED))


def sent_to(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Sent to CNN" went out; only an officer or an office here is sent something to do."""
    link, after = spoken[index], spoken[index + 1 : index + 2]
    sends = link.words[:1] in _SENDS and link.piece == Link(Role.OFFICER)
    if not sends or not after or _value(after[0].piece, PLACED | PERSONAL):
        return spoken
    sent = replace(link, piece=At(Moment.TRANSMITTED, Standing.TRANSMITTED))
    return [*spoken[:index], sent, Spoken((), Link(Role.FROM)), *spoken[index + 1 :]]


def _clearance(piece: Piece) -> bool:
    return isinstance(piece, Value) and Standing.IN_CLEARANCE.value in piece.values


def _counted(piece: Piece) -> bool:
    return isinstance(piece, Noun | First) or _value(piece, {Field.TYPE, Field.PRIORITY})


def _received(piece: Piece) -> bool:
    return isinstance(piece, At) and piece.moment is Moment.RECEIVED


def _compares(spoken: Sequence[Spoken]) -> bool:
    return any(one.piece == Joint(Join.VERSUS) or isinstance(one.piece, When) for one in spoken)


def _value(piece: Piece | None, fields: frozenset[Field] | set[Field]) -> bool:
    return isinstance(piece, Value) and piece.field in fields


def _instead(spoken: list[Spoken], index: int, piece: Piece) -> list[Spoken]:
    return [*spoken[:index], replace(spoken[index], piece=piece), *spoken[index + 1 :]]


IDIOMS = (
    outside,
    how_timely,
    last_one,
    as_it_stands,
    the_most,
    own_number,
    clears_for,
    handed_over,
    did_work,
    sent_to,
    for_them_to,
    went_to,
    with_officer,
    they_sent,
    strange_beside,
    came_by,
    top_units,
)
