"""Tasks as rows of columns: nothing of their states is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from bot.conversation.line import Line
from storage import tables as t

#: Numbers in one query.
BATCH = 500
LINKED = ("place", "component", "officer", "waiting")


def lines(connection: Connection, numbers: Sequence[str]) -> tuple[Line, ...]:
    """In the order of the numbers; what is no task is left out."""
    batches = (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))
    found = {line.number: line for batch in batches for line in _batch(connection, batch)}
    return tuple(found[number] for number in numbers if number in found)


def _batch(connection: Connection, numbers: Sequence[str]) -> Iterator[Line]:
    linked = _linked(connection, numbers)
    for row in connection.execute(select(t.tasks).where(t.tasks.c.number.in_(numbers))).mappings():
        values = {kind: tuple(linked[row["number"], kind]) for kind in LINKED}
        yield Line(
            number=row["number"],
            task_type=row["task_type"],
            subject=row["subject"],
            requestor=row["requestor"],
            origin=row["origin"],
            scope=row["scope"],
            places=values["place"],
            manner=row["manner"],
            priority=row["priority"],
            ses=row["ses"],
            received_at=row["received_at"],
            due_at=row["due_at"],
            status=row["status"],
            components=values["component"],
            action_officers=values["officer"],
            waiting_on=values["waiting"],
            transmitted_at=row["transmitted_at"],
            closed_at=row["closed_at"],
        )


def _linked(connection: Connection, numbers: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    query = select(t.links.c.task, t.links.c.kind, t.links.c.value)
    wanted = query.where(t.links.c.task.in_(numbers), t.links.c.kind.in_(LINKED))
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task, kind, value in connection.execute(wanted.order_by(t.links.c.value)):
        found[task, kind].append(value)
    return found
