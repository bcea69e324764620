"""What a verb or a possessive beside a name makes of it: "what Priya logged", "Freeman's division", "which DAD"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.conversation import lexicon as x
from bot.conversation.idioms import IDIOMS
from bot.conversation.own_words import Spoken
from bot.conversation.pieces import At, By, Link, Noun, Now, Quiet, Role, Unknown, Value, Without
from bot.conversation.question import Field, Group, Moment
from bot.conversation.words import OWNS
from bot.domain.organization import Component, Kind, Organization
from bot.domain.positions import POSITIONS

#: What stands before a name that no verb behind it belongs to: "tasks of Freeman cleared".
_BOUND = frozenset({"of", "by", "for", "with", "from", "to", "on"})
#: What comes between a name and what is asked of it: "which of my DADs".
_MINE = frozenset({"of", "my", "our", "us", "your"})


def related(spoken: Sequence[Spoken], organization: Organization, me: str) -> list[Spoken]:
    """The same with whoever is named as what they are said to have done, and places that are named by somebody."""
    rules = (_lacks, partial(_placed, organization=organization), _which, _did, partial(_mine, me=me), *IDIOMS)
    found, index = list(spoken), 0
    while index < len(found):
        for rule in rules:
            found = rule(found, min(index, len(found) - 1))
        index += 1
    return found


def _lacks(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Without a facility" leaves out nothing that is known."""
    one, after = spoken[index], spoken[index + 1 : index + 2]
    if not isinstance(one.piece, Without) or not after or not isinstance(after[0].piece, Quiet):
        return spoken
    strange = Unknown(" ".join(after[0].words))
    return [*spoken[: index + 1], replace(after[0], piece=strange), *spoken[index + 2 :]] if _noun(after[0]) else spoken


def _noun(one: Spoken) -> bool:
    return one.words in x.NOUNS


def _placed(spoken: list[Spoken], index: int, organization: Organization) -> list[Spoken]:
    """ "Freeman's division"."""
    person, after = spoken[index : index + 1], spoken[index + 1 : index + 3]
    if not _names(person) or len(after) < 2 or after[0].words != (OWNS,) or after[1].words not in x.WHOSE:
        return spoken
    place = _component(_email(person[0]), x.WHOSE[after[1].words], organization)
    if place is None:
        return spoken
    field = Field.PLACE if place.kind in {Kind.REGION, Kind.FACILITY} else Field.COMPONENT
    words = (*person[0].words, *after[0].words, *after[1].words)
    return [*spoken[:index], Spoken(words, Value(field, (place.code,))), *spoken[index + 3 :]]


def _component(email: str, kind: str, organization: Organization) -> Component | None:
    person = organization.person(email)
    if person is None:
        return None
    own = organization.components.get(person.component)
    return own if kind == "unit" else organization.nearest(person.component, Kind(kind))


def _which(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "Which DAD has most", "which of my DADs": by whose turn it is."""
    one, start = spoken[index], index
    if (
        not isinstance(one.piece, Value)
        or one.piece.field is not Field.WAITING
        or set(one.piece.values) - set(POSITIONS)
    ):
        return spoken
    while start and set(spoken[start - 1].words) <= _MINE:
        start -= 1
    after = spoken[index + 1 : index + 2]
    if not start or spoken[start - 1].words[-1:] != ("which",) or (after and isinstance(after[0].piece, Noun)):
        return spoken
    return [*spoken[:start], Spoken((), Now()), one, Spoken((), By(Group.WAITING)), *spoken[index + 1 :]]


def _did(spoken: list[Spoken], index: int) -> list[Spoken]:
    """ "What did Priya log", "what hasn't Robert cleared"."""
    person, before = spoken[index], spoken[max(0, index - 1) : index]
    verb = spoken[index + 1] if index + 1 < len(spoken) else None
    owes = any(one.piece == Link(Role.WAITING, after=True) for one in spoken[index + 1 : index + 3])
    if owes and isinstance(person.piece, Value) and person.piece.post:
        return [*spoken[:index], Spoken(person.words, Value(Field.WAITING, (person.piece.post,))), *spoken[index + 1 :]]
    if not _acts(person) or verb is None or (before and _bound(before[0])):
        return spoken
    if before and isinstance(before[0].piece, Without):
        return _owes(spoken, index) if verb.words in x.DOES[Role.WAITING] else spoken
    role = next((role for role in (Role.MANAGER, Role.CLEARED) if verb.words in x.DOES[role]), None)
    if role is None or not isinstance(verb.piece, At | Value | Quiet | Unknown):
        return spoken
    done = At(verb.piece.moment, weak=True) if isinstance(verb.piece, At) else Quiet()
    return [*spoken[:index], Spoken((), Link(role)), person, replace(verb, piece=done), *spoken[index + 2 :]]


def _bound(one: Spoken) -> bool:
    return isinstance(one.piece, Link) or bool(set(one.words) & _BOUND)


def _acts(one: Spoken) -> bool:
    """Whether somebody or a position is named, who may have done something."""
    piece = one.piece
    return _names([one]) or (isinstance(piece, Value) and (piece.field is Field.WAITING or bool(piece.post)))


def _owes(spoken: list[Spoken], index: int) -> list[Spoken]:
    return [*spoken[: index - 1], Spoken((), Link(Role.WAITING)), spoken[index], *spoken[index + 2 :]]


def _mine(spoken: list[Spoken], index: int, me: str) -> list[Spoken]:
    """ "How many I closed" are those of whoever asks."""
    verb = spoken[index + 1].piece if index + 1 < len(spoken) else None
    sent = isinstance(verb, At) and verb.moment in {Moment.TRANSMITTED, Moment.CLOSED}
    if spoken[index].words != ("i",) or not sent:
        return spoken
    return [*spoken[:index], Spoken(("i",), Value(Field.PERSON, (me,))), *spoken[index + 1 :]]


def _names(spoken: Sequence[Spoken]) -> bool:
    return bool(spoken) and isinstance(spoken[0].piece, Value) and spoken[0].piece.field is Field.PERSON


def _email(one: Spoken) -> str:
    assert isinstance(one.piece, Value)
    return one.piece.values[0]
