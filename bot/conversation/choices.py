"""What "and", "or" and words side by side make of meanings: one question, or several of which one may be meant.

A question restricts by every kind of thing it names, and the values of one kind are alternatives. So "or" between
two kinds cannot be said, nor a list of two different things; each half is a question of its own, to choose from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain, pairwise, product
from typing import TypeAlias

from bot.conversation.reading import CONNECTORS
from bot.conversation.vocabulary import Kind, Meaning
from bot.domain.task import OPEN, Stage, Status

#: Kinds that restrict; and of them those that stand behind "tasks" and are meant of every half.
RESTRICTING = frozenset(kind for kind in Kind if kind <= Kind.WAITING)
BEHIND = frozenset({Kind.COMPONENT, Kind.PERSON, Kind.ASSIGNED, Kind.WAITING})
#: Kinds of which a task has several or its words say something else together: side by side they are no alternatives.
AMBIGUOUS = BEHIND | {Kind.STATUS}
ASKING = frozenset({Kind.WHO, Kind.DEED})
#: Questions to choose from; with more nobody can say what is meant.
MOST = 5
#: What is said again where something else is asked for.
HEADS = (Kind.TASKS, Kind.HEAD, Kind.WHO)

Meanings: TypeAlias = tuple[Meaning, ...]
Joined: TypeAlias = tuple[Kind | None, Meaning]


def choices(meanings: Iterable[Meaning]) -> tuple[Meanings, ...]:
    """The questions that may be meant, as their meanings; one when it is clear, one more than `MOST` at most.

    A number leaves only numbers.
    """
    runs, joins = _runs([meaning for meaning in meanings if meaning.kind not in {Kind.FILLER, Kind.REPORT}])
    numbered = any(_has(run, Kind.NUMBER) for run in runs)
    halves: list[list[Joined]] = [_joined(None, runs[0])]
    for join, (before, after) in zip(joins, pairwise(runs), strict=True):
        if _divides(join, before, after, numbered):
            halves.append([])
        halves[-1] += _joined(join if halves[-1] else None, after)
    found: dict[Meanings, None] = {}
    for settled in chain.from_iterable(map(_settled, _shared(halves))):
        found[settled] = None
        if len(found) > MOST:
            break
    return tuple(found)


def _runs(meanings: Sequence[Meaning]) -> tuple[list[Meanings], list[Kind]]:
    """The meanings between connectors, and these; a connector with nothing to join on one side means nothing."""
    runs: list[Meanings] = [()]
    joins: list[Kind] = []
    for meaning in meanings:
        if meaning.kind not in CONNECTORS:
            runs[-1] += (meaning,)
        elif any(one.kind in RESTRICTING for one in runs[-1]):
            runs.append(())
            joins.append(meaning.kind)
    if joins and not any(meaning.kind in RESTRICTING for meaning in runs[-1]):
        last = runs.pop()
        runs[-1] += last
        joins.pop()
    return runs, joins


def _joined(join: Kind | None, run: Meanings) -> list[Joined]:
    first = next((i for i, meaning in enumerate(run) if meaning.kind in RESTRICTING), None)
    return [(join if i == first else None, meaning) for i, meaning in enumerate(run)]


def _divides(join: Kind, before: Meanings, after: Meanings, numbered: bool) -> bool:
    """Whether what stands on both sides are two questions and not one."""
    left, right = _restricting(before)[-1], _restricting(after)[0]
    sides = {m.kind for m in _restricting(before)}, {m.kind for m in _restricting(after)}
    phrases = any(_has(before, kind) and _has(after, kind) for kind in HEADS)
    if numbered and Kind.NUMBER not in (left.kind, right.kind):
        return False
    if left.kind is right.kind:
        return (phrases or left == right) and sides[0] | sides[1] != {left.kind}
    if join is Kind.OR:
        return not _open_or_overdue(left, right)
    return bool(sides[0] & sides[1]) or phrases or Kind.NUMBER in (left.kind, right.kind)


def _open_or_overdue(left: Meaning, right: Meaning) -> bool:
    """What is overdue is open: "open or overdue" is open."""
    kinds = {left.kind: left, right.kind: right}
    status = kinds.get(Kind.STATUS)
    return Kind.LATE in kinds and status is not None and set(status.question.statuses) >= OPEN


def _restricting(run: Iterable[Meaning]) -> Meanings:
    return tuple(meaning for meaning in run if meaning.kind in RESTRICTING)


def _has(run: Iterable[Meaning], kind: Kind) -> bool:
    return any(meaning.kind is kind for meaning in run)


def _shared(halves: Sequence[Sequence[Joined]]) -> list[list[Joined]]:
    """Who is asked for, and what stands behind the one "tasks" that all halves have, is meant of each."""
    asked = [{meaning.kind for _, meaning in half} for half in halves]
    one_phrase = all(sum(kind in kinds for kinds in asked) < 2 for kind in HEADS)
    edges = _edges(halves)
    shared = [
        (half, meaning)
        for half, joined in enumerate(halves)
        for _, meaning in joined
        if meaning.kind in ASKING or (one_phrase and meaning.kind in BEHIND and (half, meaning) not in edges)
    ]
    return [
        [*joined, *((None, m) for whose, m in shared if whose != half and not _has((x for _, x in joined), m.kind))]
        for half, joined in enumerate(halves)
    ]


def _edges(halves: Sequence[Sequence[Joined]]) -> set[tuple[int, Meaning]]:
    """What the connectors between halves join."""
    asked = [_restricting(meaning for _, meaning in half) for half in halves]
    lasts = {(half, found[-1]) for half, found in enumerate(asked[:-1])}
    return lasts | {(half, found[0]) for half, found in enumerate(asked) if half}


def _settled(half: Sequence[Joined]) -> Iterator[Meanings]:
    """One question, or one for each way to read what stands side by side."""
    said = [meaning for _, meaning in half]
    if _has(said, Kind.NUMBER):
        yield tuple(m for m in said if m.kind in {Kind.NUMBER, Kind.TASKS, *ASKING})
        return
    half = _without_overdue(half)
    others = tuple(m for _, m in half if m.kind not in RESTRICTING)
    ways = [_ways(half, kind) for kind in sorted(RESTRICTING) if _has((m for _, m in half), kind)]
    yield from ((*(m for kind in way for m in kind), *others) for way in product(*ways))


def _without_overdue(half: Sequence[Joined]) -> list[Joined]:
    asked = [(join, meaning) for join, meaning in half if meaning.kind in RESTRICTING]
    held = {
        meaning
        for (_, one), (join, other) in pairwise(asked)
        if join is Kind.OR and _open_or_overdue(one, other)
        for meaning in (one, other)
        if meaning.kind is Kind.LATE
    }
    return [(join, meaning) for join, meaning in half if meaning not in held]


def _ways(half: Sequence[Joined], kind: Kind) -> list[Meanings]:
    """The meanings of a kind that count: of two side by side the narrower, where one is part of the other."""
    sets: list[Meanings] = []
    before: Kind | None = None
    for join, meaning in half:
        if meaning.kind is kind:
            if join and before is kind:
                sets[-1] = _either(sets[-1], meaning) if join is Kind.OR else _also(sets[-1], meaning)
            else:
                sets.append((meaning,))
        before = meaning.kind if meaning.kind in RESTRICTING else before
    sets = list(dict.fromkeys(sets))
    kept = [one for i, one in enumerate(sets) if not any(_wider(one, o, i < j) for j, o in enumerate(sets) if i != j)]
    return kept if kind in AMBIGUOUS else [reduce(_either, (meaning for one in kept for meaning in one), ())]


def _either(found: Meanings, meaning: Meaning) -> Meanings:
    """ "Open or in review" is open."""
    if _covers(found, (meaning,)):
        return found
    return (*(one for one in found if not _covers((meaning,), (one,))), meaning)


def _also(found: Meanings, meaning: Meaning) -> Meanings:
    """ "Open and in review" is in review; "logged and in review" are both."""
    if _covers(found, (meaning,)):
        return (meaning,)
    return found if _covers((meaning,), found) else _either(found, meaning)


def _wider(one: Meanings, other: Meanings, first: bool) -> bool:
    """Whether the other says it more narrowly, or the same before."""
    return _covers(one, other) and (not first or not _covers(other, one))


def _covers(wide: Meanings, narrow: Meanings) -> bool:
    return _extent(wide) >= _extent(narrow)


def _extent(meanings: Meanings) -> frozenset[object]:
    """All that meanings of one kind let through; with its action officers a task is at any stage."""
    asked = [meaning.question for meaning in meanings]
    found: set[object] = {stage for question in asked for stage in map(_stage, question.stages)}
    for question in asked:
        found |= {("status", status) for status in question.statuses}
        found |= set(map(_stage, Stage)) if Status.ASSIGNED in question.statuses else set()
        found |= {("late",)} if question.overdue else set()
        for values in (question.priorities, question.scopes, question.task_types, question.components):
            found |= set(values)
        found |= {*question.people, *question.assigned, *question.waiting}
    return frozenset(found)


def _stage(stage: Stage) -> object:
    return ("stage", stage)
