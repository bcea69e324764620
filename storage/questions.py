"""A question as one query over the task rows and their links, trimmed to what the asker may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, exists, false, func, or_, select

from bot.conversation.question import Question
from bot.domain.messages import Priority
from bot.domain.task import OPEN
from bot.domain.visibility import Reach
from storage import tables as t

_RANK = case({Priority.URGENT.value: 0, Priority.HIGH.value: 1}, value=t.tasks.c.priority, else_=2)
#: Urgent first, then soonest due, and of what is due at the same time what is of high priority (6-1.1).
ORDER = (case((_RANK == 0, 0), else_=1), t.tasks.c.due_at, _RANK, t.tasks.c.number)


def numbers(
    connection: Connection, question: Question, reach: Reach, at: datetime, limit: int
) -> tuple[int, tuple[str, ...]]:
    """How many tasks there are, and the first of their numbers, in `ORDER`."""
    wanted = [*_asked(question, at), *_visible(reach)]
    total = connection.scalar(select(func.count()).select_from(t.tasks).where(*wanted)) or 0
    query = select(t.tasks.c.number).where(*wanted).order_by(*ORDER).limit(limit)
    return total, tuple(connection.scalars(query))


def _asked(question: Question, at: datetime) -> Iterator[ColumnElement[bool]]:
    if question.numbers:
        yield t.tasks.c.number.in_(question.numbers)
    if question.task_types:
        yield t.tasks.c.task_type.in_(question.task_types)
    if (frozenset(question.statuses) == OPEN and not question.stages) or question.overdue:
        yield t.tasks.c.open
    if question.statuses or question.stages:
        standing = t.tasks.c.status.in_([status.value for status in question.statuses])
        yield or_(standing, _linked([("stage", stage.value) for stage in question.stages]))
    if question.overdue:
        yield t.tasks.c.due_at < at
    if question.priorities:
        yield t.tasks.c.priority.in_([priority.value for priority in question.priorities])
        yield t.tasks.c.task_type != ""  # what is not logged yet has none
    if question.scopes:
        yield t.tasks.c.scope.in_([scope.value for scope in question.scopes])
        yield t.tasks.c.task_type != ""
    for kinds, values in _links(question):
        if values:
            yield _linked([(kind, value) for kind in kinds for value in values])


def _links(question: Question) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    yield ("component", "place"), question.components
    yield ("person",), question.people
    yield ("officer", "component"), question.assigned
    yield ("waiting",), question.waiting


def _visible(reach: Reach) -> Iterator[ColumnElement[bool]]:
    if not reach.everything:
        yield _linked(reach.links)


def _linked(links: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
    """Whether a task has one of these links."""
    values: dict[str, list[str]] = defaultdict(list)
    for kind, value in sorted(links):
        values[kind].append(value)
    any_of = ((t.links.c.kind == kind) & t.links.c.value.in_(named) for kind, named in values.items())
    return exists().where(t.links.c.task == t.tasks.c.number, or_(false(), *any_of))
