"""From pieces to one question: what each word restricts, what is left out, and what "and" and "or" make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.conversation.calendar import Calendar
from bot.conversation.joining import DONE, PERSONAL, PLACED, Item, clauses_of, conflict, filters_of
from bot.conversation.own_words import Spoken
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
    Quiet,
    Role,
    Some,
    Unknown,
    Value,
    Want,
    Without,
)
from bot.conversation.question import (
    Deed,
    Field,
    Group,
    Moment,
    Question,
    Span,
    Standing,
    Term,
    Wants,
)
from bot.conversation.timing import Timed, Times, timed

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
COMPARED = {
    Field.TYPE: Group.TYPE,
    Field.COMPONENT: Group.COMPONENT,
    Field.SCOPE: Group.SCOPE,
    Field.ORIGIN: Group.ORIGIN,
    Field.MANNER: Group.MANNER,
    Field.PRIORITY: Group.PRIORITY,
    Field.STANDING: Group.STATUS,
    Field.PLACE: Group.FACILITY,
    Field.OFFICER: Group.OFFICER,
    Field.PERSON: Group.OFFICER,
}


@dataclass(slots=True)
class Draft:
    """A question while its pieces are read one after the other; `unknown` are words that nobody knows."""

    items: list[Item] = field(default_factory=list)
    question: Question = field(default_factory=Question)
    unknown: list[str] = field(default_factory=list)
    strange: bool = False
    noun: bool = False
    now: bool = False
    unclear: bool = False
    timeless: bool = False
    weak: bool = False
    workload: bool = False
    compared: Group | None = None
    pronoun: bool = False
    versus: bool = False
    linked: bool = False
    unclear_rate: bool = False
    conflict: tuple[Term, Term] | None = None
    role: Role | None = None
    without: bool = False
    join: Join | None = None
    moments: list[Moment] = field(default_factory=list)

    @property
    def shaped(self) -> bool:
        """Whether it asks for something that only tasks have: a rate, groups, an order."""
        q = self.question
        return bool(
            q.wants not in {Wants.TASKS, Wants.COUNT, Wants.WHEN, Wants.WHO} or q.group or q.order or self.moments
        )

    @property
    def says(self) -> bool:
        """Whether anything in it is about tasks."""
        return bool(self.items or self.noun or self.shaped)

    @property
    def terms(self) -> tuple[Term | Span, ...]:
        return tuple(item.term for item in self.items)


def assemble(spoken: Sequence[Spoken], cal: Calendar, usual: Moment | None = None) -> Draft:
    """What the words ask; words for a time without a span are left in `moments`.

    `usual` is the time that a span is of where no word says so.
    """
    times = timed(list(_deeds([one.piece for one in spoken])), cal, usual)
    draft = Draft(unclear=times.unclear, timeless=times.timeless)
    for piece in times.pieces:
        _read(piece, draft)
        draft.strange = isinstance(piece, Unknown)
    _limited(draft, spoken)
    _finish(draft, times)
    return draft


#: What somebody does, by how a task stands then.
DEEDS = {Standing.LOGGED: Deed.LOGGED, Standing.TRANSMITTED: Deed.TRANSMITTED, Standing.CLOSED: Deed.CLOSED}


def _deeds(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """ "Who logged and closed it" asks for both deeds."""
    before: list[Piece] = []
    for piece in pieces:
        asked = before[-2:-1] and isinstance(before[-2], Want) and before[-2].deeds and isinstance(before[-1], Joint)
        if asked and isinstance(piece, At) and piece.standing in DEEDS:
            piece = Want(Wants.DEEDS, (DEEDS[piece.standing],))
        before.append(piece)
        yield piece


def _read(piece: Piece | Timed, draft: Draft) -> None:
    match piece:
        case Timed(span, ahead):
            _add(replace(span, without=draft.without), draft, ahead)
        case Value():
            draft.compared = piece.group or draft.compared
            _add(Term(*_said_of(piece, draft.role), without=draft.without), draft)
        case Unknown(word):
            if draft.strange:
                word = f"{draft.unknown.pop()} {word}"
            draft.unknown.append(word)
            draft.role = None
        case Link(role, after):
            draft.linked = True
            if after:
                _said_before(draft)
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
        case _:
            pass


_WEIGHT = {Wants.TASKS: 0, Wants.WHO: 1, Wants.COUNT: 1, Wants.WHEN: 2}


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


def _said_before(draft: Draft) -> None:
    """ "What Freeman owes" waits for Freeman."""
    if draft.items and isinstance(term := draft.items[-1].term, Term) and term.field in PERSONAL:
        draft.items[-1] = replace(draft.items[-1], term=replace(term, field=Field.WAITING))
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


def _limited(draft: Draft, spoken: Sequence[Spoken]) -> None:
    """ "The oldest task" is one, "the oldest tasks" are all in that order."""
    question = draft.question
    place = next((i for i, one in enumerate(spoken) if isinstance(one.piece, First)), None)
    if place is None or question.limit or question.group or question.wants is not Wants.TASKS:
        return
    asked = [one for one in spoken if isinstance(one.piece, Noun | Quiet | Value) and one.words]
    nouns = [one.words[-1] for one in asked if _is_noun(one.piece)]
    said = " ".join(word for one in spoken for word in one.words)
    plural = (
        any(word.endswith("s") and word != "s" for word in nouns) or " are " in f" {said} " or said.startswith("sort")
    )
    if not plural and (nouns or " is " in f" {said} ") and "by" not in spoken[place].words:
        draft.question = replace(question, limit=1)


def _is_noun(piece: Piece) -> bool:
    return isinstance(piece, Noun) or (isinstance(piece, Value) and piece.field is Field.TYPE)


def _finish(draft: Draft, times: Times) -> None:
    if draft.question.wants is Wants.TRAINING:
        draft.items = [i for i in draft.items if i.about in PLACED | PERSONAL]
    question = replace(draft.question, moment=times.moment, periods=times.periods)
    if times.periods and question.wants in {Wants.TASKS, Wants.WHO}:
        question = replace(question, wants=Wants.COUNT)
    if times.periods:
        question = replace(question, group=Group.PERIOD if question.group in {None, Group.PERIOD} else question.group)
    elif question.group is Group.PERIOD:
        question = replace(question, group=None)
    if question.group:
        question = replace(question, order=None)
    numbers = [i.term for i in draft.items if i.about is Field.NUMBER and not i.term.without]
    if numbers:
        values = tuple(dict.fromkeys(v for t in numbers if isinstance(t, Term) for v in t.values))
        wants = question.wants if question.wants in {Wants.WHO, Wants.DEEDS, Wants.WHEN} else Wants.TASKS
        draft.question = Question(((Term(Field.NUMBER, values),),), wants, question.deeds, moment=question.moment)
        return
    if draft.versus and question.group is None:
        question = replace(question, group=_compared(draft))
        draft.items = [item for item in draft.items if not _either_way(item.term, question.group)]
    if question.wants is Wants.ON_TIME:
        draft.unclear_rate = any(isinstance(t, Term) and Standing.OPEN.value in t.values for t in draft.terms)
        draft.items = [item for item in draft.items if not _of_the_rate(item.term)]
    clauses = clauses_of(draft.items)
    draft.conflict, filters = conflict(clauses), filters_of(clauses, draft.now)
    draft.question = replace(question, any_of=filters or ((),))


def _compared(draft: Draft) -> Group | None:
    """What is compared: the kind of which two were named."""
    named = [i.about for i in draft.items if isinstance(i.term, Term)]
    several = (i.term for i in draft.items if isinstance(i.term, Term))
    twice = [f for f in COMPARED if named.count(f) > 1 or any(t.field is f and len(t.values) > 1 for t in several)]
    placed = draft.compared if twice and twice[0] in PLACED else None
    return placed or (COMPARED[twice[0]] if twice else None)


def _either_way(term: Term | Span, group: Group | None) -> bool:
    """ "Field versus HQ" is all there is, and not all of it is known."""
    two = {Field.SCOPE: Group.SCOPE, Field.ORIGIN: Group.ORIGIN, Field.MANNER: Group.MANNER}
    return isinstance(term, Term) and two.get(term.field) is group and group is not None


def _of_the_rate(term: Term | Span) -> bool:
    """What a rate of what went out on time says anyway."""
    rates = {
        Standing.ON_TIME.value,
        Standing.LATE.value,
        *(standing.value for standing in DONE),
        Standing.OVERDUE.value,
    }
    return isinstance(term, Term) and term.field is Field.STANDING and set(term.values) <= rates
