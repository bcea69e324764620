"""From pieces to one question: what each word restricts, what is left out, and what "and" and "or" make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from bot.conversation.calendar import Calendar
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
    Filter,
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
    Role.OFFICER: Field.OFFICER,
    Role.BY: Field.OFFICER,
    Role.MANAGER: Field.MANAGER,
    Role.CLEARED: Field.CLEARED,
}
PERSONAL = frozenset({Field.PERSON, Field.WAITING, Field.OFFICER, Field.MANAGER, Field.CLEARED})
PLACED = frozenset({Field.COMPONENT, Field.PLACE})
#: What stands behind "tasks" and is meant of every half that does not say it itself.
BEHIND = frozenset({*PERSONAL, *PLACED, Field.REQUESTOR, Field.ABOUT, Moment.DUE, Moment.RECEIVED})
BEHIND |= {Moment.TRANSMITTED, Moment.CLOSED}
TITLES = frozenset(
    [
        "senator",
        "sen",
        "rep",
        "representative",
        "congressman",
        "congresswoman",
        "mr",
        "mrs",
        "ms",
        "dr",
        "chairman",
        "chairwoman",
    ]
)
#: Standings of which a task has one at a time.
STATUSES = frozenset(list(Standing)[:10])
DONE = frozenset({Standing.TRANSMITTED, Standing.CLOSED})
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


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece with the words that say it."""

    words: tuple[str, ...]
    piece: Piece


@dataclass(frozen=True, slots=True)
class Item:
    """One restriction: how it is joined to the one before, and whether a noun stands behind it."""

    term: Term | Span
    join: Join | None = None
    noun: bool = False
    ahead: bool = False

    @property
    def about(self) -> Field | Moment:
        return self.term.field if isinstance(self.term, Term) else self.term.moment


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
    times = timed([one.piece for one in spoken], cal, usual)
    draft = Draft(unclear=times.unclear)
    for piece in times.pieces:
        _read(piece, draft)
        draft.strange = isinstance(piece, Unknown)
    _limited(draft, spoken)
    _finish(draft, times)
    return draft


def quoted(spoken: Sequence[Spoken]) -> Iterator[Spoken]:
    """Words of somebody's own after "about" and "from" as one value, up to the next word that restricts."""
    index = 0
    while index < len(spoken):
        one = spoken[index]
        yield one
        index += 1
        if isinstance(one.piece, Link) and one.piece.role in _OWN and not one.piece.after:
            run = list(_own_words(spoken[index:], one.piece.role))
            if any(isinstance(said.piece, Unknown) for said in run):
                words = [word for said in run for word in said.words if word not in TITLES]
                yield Spoken(tuple(words), Value(_OWN[one.piece.role], (own_words(words),)))
                index += len(run)


def own_words(words: Sequence[str]) -> str:
    """Somebody's own words as they may stand in a text: "hunger strikes" is found in "hunger strike"."""
    text = " ".join(words)
    return text[:-1] if len(text) > 4 and text.endswith("s") and not text.endswith("ss") else text


_OWN = {Role.ABOUT: Field.ABOUT, Role.FROM: Field.REQUESTOR, Role.BY: Field.REQUESTOR}


#: Words that stand inside of a name or a subject.
_HOLDING = frozenset({("of",), ("to",), ("all",)})


def _own_words(spoken: Sequence[Spoken], role: Role) -> Iterator[Spoken]:
    """Everything up to the last word that nobody knows, before what restricts or asks by itself."""
    run: list[Spoken] = []
    last = 0
    for one in spoken:
        if _bounds(one, role):
            break
        run.append(one)
        last = len(run) if isinstance(one.piece, Unknown) else last
    yield from run[:last]


def _bounds(one: Spoken, role: Role) -> bool:
    match one.piece:
        case Value(field):
            return field not in PERSONAL | PLACED or role is Role.ABOUT
        case Unknown() | Some() | At():
            return False
        case Quiet(head):
            return head or one.words not in _HOLDING
        case _:
            return True


def _read(piece: Piece | Timed, draft: Draft) -> None:
    match piece:
        case Timed(span, ahead):
            _add(replace(span, without=draft.without), draft, ahead)
        case Value():
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
            draft.noun = draft.noun or not weak
            if draft.items:
                draft.items[-1] = replace(draft.items[-1], noun=True)
        case Now():
            draft.now = True
        case At(moment):
            draft.moments.append(moment)
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
                draft.question = replace(question, group=question.group or group)
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
    if value.field in PLACED and role is Role.FOR and value.post:
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


# "And" and "or"


def _finish(draft: Draft, times: Times) -> None:
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
    clauses = _clauses(draft)
    filters = tuple(dict.fromkeys(tuple(f) for clause in clauses for f in _filters(clause, draft)))
    draft.question = replace(question, any_of=filters or ((),))


def _compared(draft: Draft) -> Group | None:
    """What is compared: the kind of which two were named."""
    named = [i.about for i in draft.items if isinstance(i.term, Term)]
    several = (i.term for i in draft.items if isinstance(i.term, Term))
    twice = [f for f in COMPARED if named.count(f) > 1 or any(t.field is f and len(t.values) > 1 for t in several)]
    return COMPARED[twice[0]] if twice else None


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


Slot = list[Item]


def _clauses(draft: Draft) -> list[list[Slot]]:
    """Halves that are alternatives as a whole; in each, what holds together, each one of several."""
    clauses: list[list[Slot]] = [[]]
    runs = draft.items
    for index, item in enumerate(runs):
        clause = clauses[-1]
        if item.join and clause and _divides(clause, index, runs):
            clauses.append([[item]])
        elif item.join and clause and (merged := _merged(clause[-1][-1], item)):
            clause[-1][-1] = merged
        elif item.join is Join.OR and clause and not item.term.without:
            clause[-1].append(item)
        else:
            _conflicts(clause, item, draft)
            clause.append([item])
    return _shared(clauses)


def _merged(before: Item, item: Item) -> Item | None:
    """Values of one field are alternatives; "deferred and overdue" are both."""
    one, other = before.term, item.term
    if not isinstance(one, Term) or not isinstance(other, Term) or one.field is not other.field:
        return None
    if one.without is not other.without:
        return None
    values = tuple(dict.fromkeys((*one.values, *other.values)))
    exclusive = set(values) <= {status.value for status in STATUSES}
    if one.field is Field.STANDING and item.join is Join.AND and not exclusive and not one.without:
        return None
    return replace(item, term=replace(one, values=values), join=before.join)


def _divides(clause: list[Slot], index: int, items: Sequence[Item]) -> bool:
    item = items[index]
    if item.join is Join.ELSE:
        return True
    last = clause[-1][-1]
    run = [item]
    for later in items[index + 1 :]:
        if later.join:
            break
        run.append(later)
    left, right = {i.about for slot in clause for i in slot}, {i.about for i in run}
    if last.about is item.about and (len(left) == 1 or len(right) == 1) and not _overdue_and_due(last, run):
        return isinstance(item.term, Span) and item.join is not Join.AND
    if _overdue_and_due(last, run):
        return True
    nouns = any(i.noun for slot in clause for i in slot) and any(i.noun for i in run)
    return nouns or bool(left & right and last.about is not item.about) or (last.about is item.about and len(run) > 1)


def _overdue_and_due(last: Item, run: Sequence[Item]) -> bool:
    """ "Overdue and due tomorrow" is either: nothing is both."""
    overdue = isinstance(last.term, Term) and last.term.values == (Standing.OVERDUE.value,)
    return overdue and any(i.about is Moment.DUE and i.ahead and isinstance(i.term, Span) and i.term.start for i in run)


def _conflicts(clause: list[Slot], item: Item, draft: Draft) -> None:
    """Two types side by side that no task can have at once are not what is meant."""
    for slot in clause:
        one, other = slot[-1].term, item.term
        if (
            isinstance(one, Term)
            and isinstance(other, Term)
            and one.field is other.field is Field.TYPE
            and not (one.without or other.without or set(one.values) & set(other.values))
        ):
            draft.conflict = (one, other)


def _shared(clauses: list[list[Slot]]) -> list[list[Slot]]:
    """What stands behind the last half is meant of each that does not say it itself."""
    if len(clauses) < 2:
        return clauses
    if any(slot[0].join is Join.ELSE for clause in clauses for slot in clause):
        return clauses
    behind = [slot for slot in clauses[-1][1:] if slot[0].about in BEHIND and slot[0].join is None]
    for clause in clauses[:-1]:
        said = {i.about for slot in clause for i in slot}
        clause += [slot for slot in behind if slot[0].about not in said]
    return clauses


def _filters(clause: list[Slot], draft: Draft) -> Iterator[Filter]:
    for way in product(*clause):
        terms = [item.term for item in way]
        ahead = any(item.ahead for item in way)
        yield tuple(_standing(_past_late(terms), ahead, draft.now))


def _past_late(terms: list[Term | Span]) -> list[Term | Span]:
    """Of what is transmitted or closed, "late" is what was transmitted late."""
    late = Term(Field.STANDING, (Standing.OVERDUE.value,))
    done = any(
        (isinstance(t, Span) and t.moment in {Moment.TRANSMITTED, Moment.CLOSED})
        or (isinstance(t, Term) and t.field is Field.STANDING and set(t.values) <= {d.value for d in DONE})
        for t in terms
        if not t.without
    )
    return [
        replace(t, values=(Standing.LATE.value,))
        if done and isinstance(t, Term) and replace(t, without=False) == late
        else t
        for t in terms
    ]


def _standing(terms: list[Term | Span], ahead: bool, now: bool) -> Iterator[Term | Span]:
    """Open tasks, where that is meant and nothing else of how they stand is said."""
    yield from terms
    stands = any(isinstance(t, Term) and t.field in {Field.STANDING, Field.WAITING} and not t.without for t in terms)
    done = any(isinstance(t, Span) and t.moment is not Moment.DUE and not t.without and not _aged(t) for t in terms)
    if (ahead or (now and not done)) and not stands:
        yield Term(Field.STANDING, (Standing.OPEN.value,))


def _aged(span: Span) -> bool:
    return span.start is None and span.moment is Moment.RECEIVED
