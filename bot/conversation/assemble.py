"""From pieces to one question: what each word restricts, what is left out, and what "and" and "or" make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.conversation.calendar import Calendar
from bot.conversation.draft import Draft
from bot.conversation.finish import finish, limited
from bot.conversation.joining import PERSONAL, PLACED, Item
from bot.conversation.own_words import Spoken
from bot.conversation.pieces import (
    At,
    By,
    First,
    Join,
    Joint,
    Link,
    More,
    Noun,
    Now,
    Piece,
    Quiet,
    Role,
    Some,
    Unknown,
    Value,
    Want,
    Without,
)
from bot.conversation.question import Deed, Field, Moment, Question, Span, Standing, Term, Wants
from bot.conversation.timing import Timed, timed

#: Which field somebody is said of, by what stands before.
WHO = {
    Role.WAITING: Field.WAITING,
    Role.FOR: Field.WAITING,
    Role.WITH: Field.WAITING,
    Role.OFFICER: Field.OFFICER,
    Role.BY: Field.OFFICER,
    Role.MANAGER: Field.MANAGER,
    Role.CLEARED: Field.CLEARED,
}


def assemble(spoken: Sequence[Spoken], cal: Calendar, usual: Moment | None = None) -> Draft:
    """What the words ask; words for a time without a span are left in `moments`.

    `usual` is the time that a span is of where no word says so.
    """
    times = timed(list(_deeds([one.piece for one in spoken])), cal, usual)
    draft = Draft(unclear=times.unclear, timeless=times.timeless)
    for piece in times.pieces:
        _read(piece, draft)
        draft.strange = isinstance(piece, Unknown)
    if draft.without and not draft.unknown:
        draft.unknown.append("not")
    draft.alike, draft.whether = _alike(times.pieces), _whether(spoken)
    limited(draft, spoken)
    finish(draft, times)
    return draft


def _alike(pieces: Sequence[Piece | Timed]) -> bool:
    """ "Reuters and CNN": whether the words that nobody knows are joined to one another."""
    places = [index for index, piece in enumerate(pieces) if isinstance(piece, Unknown)]
    joined = all(b - a == 2 and isinstance(pieces[a + 1], Joint) for a, b in pairwise(places))
    return len(places) > 1 and joined


def _whether(spoken: Sequence[Spoken]) -> bool:
    """ "Is the norovirus report out": how one that is named stands is asked, not which stand so."""
    words = [word for one in spoken for word in one.words]
    return words[:1] != [] and words[0] in _IS_IT and not any(word.startswith("any") for word in words)


_IS_IT = frozenset({"is", "has", "was", "did"})
#: What somebody does, by how a task stands then.
DEEDS = {Standing.LOGGED: Deed.LOGGED, Standing.TRANSMITTED: Deed.TRANSMITTED, Standing.CLOSED: Deed.CLOSED}


def _deeds(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """ "Who logged and closed it" asks for both deeds."""
    before: list[Piece] = []
    for piece in pieces:
        asked = before[-2:-1] and isinstance(before[-2], Want) and before[-2].deeds and isinstance(before[-1], Joint)
        if asked and isinstance(piece, At) and piece.standings and piece.standings[0] in DEEDS:
            piece = Want(Wants.DEEDS, (DEEDS[piece.standings[0]],))
        before.append(piece)
        yield piece


def _read(piece: Piece | Timed, draft: Draft) -> None:
    match piece:
        case Timed(span, ahead):
            _add(replace(span, without=draft.without and not draft.refused), draft, ahead)
        case Value():
            draft.compared = piece.group or draft.compared
            _add(Term(*_said_of(piece, draft.role), without=draft.without), draft)
        case Unknown(word):
            draft.refused = draft.without
            if draft.strange:
                word = f"{draft.unknown.pop()} {word}"
            draft.unknown.append(word)
            draft.role = None
        case Link(role, after):
            draft.linked = True
            if after:
                _said_before(draft, WHO.get(role, Field.PERSON))
            else:
                draft.role = role
        case Without():
            draft.without, draft.role = True, None
        case Joint(join):
            draft.join = join
            draft.versus = draft.versus or join is Join.VERSUS
            draft.without = draft.without and bool(draft.items) and draft.items[-1].term.without
        case Noun(weak):
            draft.noun, draft.pronoun = draft.noun or not weak, True
            if draft.items:
                draft.items[-1] = replace(draft.items[-1], noun=True)
        case Now():
            draft.now = True
        case At(moment, _, weak):
            draft.weak = draft.weak or weak
            draft.moments += [] if weak else [moment]
        case Quiet(head):
            draft.role = None if head else draft.role
        case _:
            _shaped(piece, draft)


def _shaped(piece: Piece, draft: Draft) -> None:
    """What is to be told, in which groups and order."""
    question = draft.question
    match piece:
        case Want(wants, deeds):
            draft.question = _wanting(question, wants, deeds)
        case By(group, unit):
            person = any(isinstance(i.term, Term) and i.term.field in PERSONAL for i in draft.items)
            if not (unit == "workload" and person):
                kept = question.group if question.group and not draft.workload else None
                draft.question, draft.workload = replace(question, group=kept or group), unit == "workload"
        case First(order, limit, only_open):
            draft.question = replace(question, order=order, limit=limit or question.limit)
            draft.now = draft.now or only_open
        case Some(count):
            draft.question = replace(question, limit=count)
        case More():
            draft.more = True
        case _:
            pass


_WEIGHT = {Wants.TASKS: 0, Wants.WHO: 1, Wants.REQUESTOR: 1, Wants.COUNT: 1, Wants.OFFICER: 2, Wants.WHEN: 2}


def _wanting(question: Question, wants: Wants, deeds: tuple[Deed, ...]) -> Question:
    """What is said more particularly counts: "how many days is the turnaround" asks for the turnaround."""
    if _WEIGHT.get(wants, 3) < _WEIGHT.get(question.wants, 3):
        return question
    return replace(question, wants=wants, deeds=tuple(dict.fromkeys((*question.deeds, *deeds))))


def _said_of(value: Value, role: Role | None) -> tuple[Field, tuple[str, ...]]:
    """The field that a value restricts, after what introduces it."""
    if value.field is Field.PERSON:
        return WHO.get(role, Field.PERSON) if role else Field.PERSON, value.values
    if value.field is Field.WAITING:
        return (WHO[role] if role in WHO and role is not Role.BY else Field.WAITING), value.values
    if value.field in PLACED and role in {Role.FOR, Role.WITH} and value.post:
        return Field.WAITING, (value.post,)
    if value.field in PLACED and role in {Role.WAITING, Role.CLEARED}:
        post = (value.post,) if value.post else value.values
        return (WHO[role], post) if role is Role.WAITING or value.post else (value.field, value.values)
    return value.field, value.values


def _said_before(draft: Draft, field: Field) -> None:
    """ "What Freeman owes" waits for Freeman."""
    if draft.items and isinstance(term := draft.items[-1].term, Term) and term.field in PERSONAL:
        draft.items[-1] = replace(draft.items[-1], term=replace(term, field=field))
    else:
        draft.now = True


def _add(term: Term | Span, draft: Draft, ahead: bool = False) -> None:
    draft.items.append(Item(term, draft.join if draft.items else None, ahead=ahead))
    draft.join, draft.without = None, draft.without and isinstance(term, Term)
    if isinstance(term, Term) and term.field not in PERSONAL | PLACED:
        draft.role = None
    if draft.without:
        draft.without = False
        draft.items[-1] = replace(draft.items[-1], term=replace(term, without=True))
