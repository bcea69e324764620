"""What "and", "or" and words side by side make of restrictions: filters of which a task passes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from typing import TypeAlias

from bot.conversation.pieces import Join
from bot.conversation.question import Field, Filter, Moment, Span, Standing, Term, ordered

PERSONAL = frozenset({Field.PERSON, Field.WAITING, Field.OFFICER, Field.MANAGER, Field.CLEARED})
PLACED = frozenset({Field.COMPONENT, Field.PLACE})
#: What stands behind "tasks" and is meant of every half that does not say it itself.
BEHIND = frozenset({*PERSONAL, *PLACED, Field.REQUESTOR, Field.ABOUT, Moment.DUE, Moment.RECEIVED})
BEHIND |= {Moment.TRANSMITTED, Moment.CLOSED}
#: Standings of which a task has one at a time.
STATUSES = frozenset(list(Standing)[:10])
DONE = frozenset({Standing.TRANSMITTED, Standing.CLOSED})


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


#: Alternatives, and a half of a question: all of its slots together.
Slot: TypeAlias = list[Item]


def clauses_of(items: Sequence[Item]) -> list[list[Slot]]:
    """Halves that are alternatives as a whole; in each, what holds together, each one of several."""
    clauses: list[list[Slot]] = [[]]
    for index, item in enumerate(items):
        clause = clauses[-1]
        if _adds(clause, index, items) and (place := _same_kind(clause, item)) is not None:
            clause[place] = [_merged(clause[place][-1], item) or item]
        elif item.join and clause and _divides(clause, index, items):
            clauses.append([[item]])
        elif item.join and clause and (merged := _merged(clause[-1][-1], item)):
            clause[-1][-1] = merged
        elif clause and not item.term.without and (item.join is Join.OR or _apart(clause[-1][-1], item)):
            clause[-1].append(item)
        else:
            clause.append([item])
    return _shared(clauses)


def _adds(clause: list[Slot], index: int, items: Sequence[Item]) -> bool:
    """Whether an item is another of a kind that was named before: "Marcus's late ones and Rosa's"."""
    item, after = items[index], items[index + 1 : index + 2]
    alone = not item.noun and not (after and not after[0].join)
    elsewhere = bool(clause) and clause[-1][-1].about is not item.about
    added = item.join in {Join.AND, Join.OR} and alone and elsewhere and item.about in PERSONAL | PLACED
    return item.join is Join.VERSUS or added


def _same_kind(clause: list[Slot], item: Item) -> int | None:
    """Where what is compared was named: "HITU's FOIAs versus HOU's"."""
    places = (i for i, slot in enumerate(clause) if len(slot) == 1 and _merged(slot[0], item))
    return next(places, None)


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


def _apart(before: Item, item: Item) -> bool:
    """Whether two spans are alternatives: nothing is due both "tomorrow and Friday"."""
    one, other = before.term, item.term
    if item.join is not Join.AND or not isinstance(one, Span) or not isinstance(other, Span):
        return False
    if one.moment is not other.moment or one.without or None in {one.start, one.end, other.start, other.end}:
        return False
    return max(filter(None, (one.start, other.start))) >= min(filter(None, (one.end, other.end)))


def _divides(clause: list[Slot], index: int, items: Sequence[Item]) -> bool:
    item = items[index]
    if item.join is Join.ELSE:
        return True
    if item.term.without:
        return False
    last = clause[-1][-1]
    run = [item]
    for later in items[index + 1 :]:
        if later.join:
            break
        run.append(later)
    left, right = {i.about for slot in clause for i in slot}, {i.about for i in run}
    if last.about is item.about and (len(left) == 1 or len(right) == 1) and not _overdue_and_due(last, run):
        return False
    if _overdue_and_due(last, run):
        return True
    nouns = any(i.noun for slot in clause for i in slot) and any(i.noun for i in run)
    if last.about is item.about and not nouns and {i.about for i in run[1:]} <= BEHIND:
        return False
    return nouns or bool(left & right and last.about is not item.about) or (last.about is item.about and len(run) > 1)


def _overdue_and_due(last: Item, run: Sequence[Item]) -> bool:
    """ "Overdue and due tomorrow" is either: nothing is both."""
    overdue = isinstance(last.term, Term) and last.term.values == (Standing.OVERDUE.value,)
    return overdue and any(i.about is Moment.DUE and i.ahead and isinstance(i.term, Span) and i.term.start for i in run)


def conflict(clauses: Iterable[list[Slot]]) -> tuple[Term, Term] | None:
    """Two types side by side that no task can have at once, which can't be what is meant."""
    for clause in clauses:
        types = [t for slot in clause for t in (slot[-1].term,) if isinstance(t, Term) and t.field is Field.TYPE]
        for one, other in combinations(types, 2):
            if not (one.without or other.without or set(one.values) & set(other.values)):
                return one, other
    return None


def _shared(clauses: list[list[Slot]]) -> list[list[Slot]]:
    """What stands behind the last half is meant of each that does not say it itself."""
    if len(clauses) < 2:
        return clauses
    if any(slot[0].join is Join.ELSE for clause in clauses for slot in clause):
        return clauses
    for one, other in pairwise(clauses):
        if _overdue_and_due(one[-1][-1], [slot[0] for slot in other]) and not any(
            i.noun for slot in other for i in slot
        ):
            said = {i.about for slot in other for i in slot}
            other += [slot for slot in one[:-1] if slot[0].about not in said]
    last = clauses[-1][-1]
    behind = [s for s in clauses[-1][1:] if s[0].about in BEHIND and (s[0].join is None or (s is last and _tail(s[0])))]
    for clause in clauses[:-1]:
        said = {i.about for slot in clause for i in slot}
        clause += [slot for slot in behind if slot[0].about not in said]
    return clauses


def _tail(item: Item) -> bool:
    """ "Overdue or due this week, MCMU only"."""
    return item.join is Join.AND and item.about in PERSONAL | PLACED


def filters_of(clauses: Iterable[list[Slot]], now: bool) -> tuple[Filter, ...]:
    """Each way to pass; `now` is whether open tasks are meant where nothing else is said."""
    ways = (way for clause in clauses for way in product(*clause))
    return tuple(dict.fromkeys(_filter(way, now) for way in ways))


def _filter(way: Sequence[Item], now: bool) -> Filter:
    return ordered(_standing(_past_late([item.term for item in way]), any(item.ahead for item in way), now))


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
    not_so = any(isinstance(t, Term) and t.without and _of_open(t) for t in terms)
    if (ahead or not_so or (now and not done)) and not stands:
        yield Term(Field.STANDING, (Standing.OPEN.value,))


def _of_open(term: Term) -> bool:
    """Whether only open tasks could be so: of "not in clearance" a closed one is not meant."""
    if term.field is not Field.STANDING:
        return term.field is Field.WAITING
    over = {Standing.CLOSED, Standing.TRANSMITTED, Standing.WITHDRAWN, Standing.LATE, Standing.ON_TIME, Standing.OPEN}
    return not over & set(map(Standing, term.values))


def _aged(span: Span) -> bool:
    return span.start is None and span.moment is Moment.RECEIVED
