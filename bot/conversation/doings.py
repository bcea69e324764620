"""What a verb makes of those beside it: "declarations that OPLA sent", "came by email this week", "closed by me"."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.joining import PERSONAL, PLACED
from bot.conversation.own_words import Spoken, instead, is_value
from bot.conversation.pieces import At, Link, Quiet, Role, Unknown, Value, When
from bot.conversation.question import Field, Moment, Standing

#: How what was sent stands, whatever came after.
SENT = (Standing.TRANSMITTED, Standing.CLOSED)
_WORK = frozenset(
    {("handle",), ("do",), ("process",), ("tackle",), ("manage",), ("work",), ("produce",), ("work", "on")}
)
_CAME = frozenset((word,) for word in ("came", "come", "arrived", "received", "reached", "got", "sent"))
_ASKS = frozenset(
    (word,) for word in ("sent", "send", "asked", "ask", "requested", "want", "wanted", "submitted", "filed")
)
_WHAT = frozenset((word,) for word in ("that", "which", "what", "did", "has", "have", "does"))
_WENT = frozenset((word,) for word in ("went", "gone", "moved", "passed", "advanced", "routed", "submitted"))
_DONE = {"closed": Moment.CLOSED, "sent": Moment.TRANSMITTED, "finished": Moment.TRANSMITTED}
_DONE |= {"completed": Moment.TRANSMITTED, "answered": Moment.TRANSMITTED, "done": Moment.TRANSMITTED}
_SENDS = frozenset({("send",), ("sent",), ("sending",), ("sends",), ("give",), ("gave",)})
_ACTS = frozenset((word,) for word in ("clear", "sign", "approve", "review", "answer", "do", "act", "decide"))


def for_them_to(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Anything for Ostrowski to clear" waits for them."""
    one, before, after = spoken[index], spoken[index - 1 : index], spoken[index + 1 : index + 2]
    does = after and after[0].words[:1] == ("to",) and after[0].words[1:] in _ACTS
    does = does or (
        after and after[0].words == ("to",) and spoken[index + 2 : index + 3] and spoken[index + 2].words in _ACTS
    )
    if not is_value(one.piece, PERSONAL) or not before or before[0].words[-1:] != ("for",) or not does:
        return spoken
    return [*spoken[:index], Spoken((), Link(Role.WAITING)), *spoken[index:]]


def came_by(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Came by email this week" was received then."""
    one = spoken[index]
    if (
        not is_value(one.piece, {Field.MANNER, Field.ORIGIN})
        or one.words[:1] not in _CAME
        or not any(isinstance(s.piece, When) for s in spoken)
    ):
        return spoken
    told = replace(one, words=one.words[1:])
    return [*spoken[:index], Spoken(one.words[:1], At(Moment.RECEIVED, weak=True)), told, *spoken[index + 1 :]]


def they_sent(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Declarations that OPLA sent" are those it asked for: whoever nobody knows is no office here."""
    one, before, verb = spoken[index], spoken[index - 1 : index], spoken[index + 1 : index + 2]
    asks = verb and verb[0].words[:1] in _ASKS and isinstance(verb[0].piece, At | Quiet)
    if not isinstance(one.piece, Unknown) or not asks or not before or before[0].words[-1:] not in _WHAT:
        return spoken
    asker = replace(one, piece=Value(Field.REQUESTOR, (" ".join(one.words),)))
    return [*spoken[:index], asker, replace(verb[0], piece=At(Moment.RECEIVED, weak=True)), *spoken[index + 2 :]]


def went_to(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Went to clearance this week": when it did is not told."""
    one, timed = spoken[index], any(isinstance(each.piece, When) for each in spoken)
    went = is_value(one.piece, {Field.STANDING}) and one.words[:1] in _WENT and len(one.words) > 1
    return instead(spoken, index, Unknown(" ".join(one.words))) if went and timed and _to(one.words) else spoken


def _to(words: tuple[str, ...]) -> bool:
    return bool({"to", "into"} & set(words))


def done_by(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Closed by me this month" was closed then."""
    link = spoken[index]
    moment = _DONE.get(link.words[0]) if link.words[-1:] == ("by",) and link.piece == Link(Role.OFFICER) else None
    if moment is None or not any(isinstance(one.piece, When) for one in spoken):
        return spoken
    return [*spoken[:index], Spoken((), At(moment)), replace(link, words=("by",)), *spoken[index + 1 :]]


def did_work(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "What did MCMU handle in October" is what it sent."""
    before = spoken[max(0, index - 2) : index]
    did = len(before) == 2 and before[0].words[-1:] == ("did",) and is_value(before[1].piece, PLACED | PERSONAL)
    we = (
        before
        and before[-1].words[-2:] in {("did", "we"), ("we",)}
        and "did" in {w for one in before for w in one.words}
    )
    if spoken[index].words not in _WORK or not (did or we) or not isinstance(spoken[-1].piece, When):
        return spoken
    return instead(spoken, index, At(Moment.TRANSMITTED, SENT))


def sent_to(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Sent to CNN" went out; only an officer or an office here is sent something to do."""
    link, after = spoken[index], spoken[index + 1 : index + 2]
    sends = link.words[:1] in _SENDS and link.piece == Link(Role.OFFICER)
    if not sends or not after or is_value(after[0].piece, PLACED | PERSONAL):
        return spoken
    sent = replace(link, piece=At(Moment.TRANSMITTED, SENT))
    return [*spoken[:index], sent, Spoken((), Link(Role.FROM)), *spoken[index + 1 :]]


DOINGS = (did_work, sent_to, for_them_to, done_by, went_to, they_sent, came_by)
