"""A question as one query over the task rows and their links, trimmed to what the asker may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from bot.conversation.question import Question
from bot.domain.task import OPEN
from bot.domain.visibility import Reach
from storage import tables as t


def numbers(
    connection: Connection, question: Question, reach: Reach, at: datetime, limit: int
) -> tuple[int, tuple[str, ...]]:
    """How many tasks there are, and the first of their numbers, soonest due first."""
    wanted = [*_asked(question, at), *_visible(reach)]
    total = connection.scalar(select(func.count()).select_from(t.tasks).where(*wanted)) or 0
    query = select(t.tasks.c.number).where(*wanted).order_by(t.tasks.c.due_at, t.tasks.c.number).limit(limit)
    return total, tuple(connection.scalars(query))


def _asked(question: Question, at: datetime) -> Iterator[ColumnElement[bool]]:
    if question.numbers:
        yield t.tasks.c.number.in_(question.numbers)
    if question.task_types:
        yield t.tasks.c.task_type.in_(question.task_types)
    if frozenset(question.statuses) == OPEN or question.overdue:
        yield t.tasks.c.open
    if question.statuses:
        yield t.tasks.c.status.in_([status.value for status in question.statuses])
    if question.overdue:
        yield t.tasks.c.due_at < at
    kinds = (("component", question.components), ("person", question.people), ("waiting", question.waiting))
    for kind, values in kinds:
        if values:
            yield _linked([(kind, value) for value in values])


def _visible(reach: Reach) -> Iterator[ColumnElement[bool]]:
    if not reach.everything:
        yield _linked(reach.links)


def _linked(links: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
    """Whether a task has one of these links."""
    values: dict[str, list[str]] = defaultdict(list)
    for kind, value in sorted(links):
        values[kind].append(value)
    any_of = ((t.links.c.kind == kind) & t.links.c.value.in_(named) for kind, named in values.items())
    return exists().where(t.links.c.task == t.tasks.c.number, or_(*any_of))
