"""Many tasks of another system, written at once: as rows of the tables, with nothing to look up for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table, insert, select

from bot.domain.messages import TaskImported
from bot.domain.task import Task
from bot.domain.visibility import links
from bot.record.chain import link
from storage import tables as t
from storage.codec import dump, load
from storage.rows import row_of

FIRST_NUMBER = 1001
#: Numbers that are looked up at once, to find a free one.
RUN = 1_000


def add_imported(connection: Connection, made: Sequence[tuple[Task, TaskImported]], platform: str) -> None:
    """Their surfaces are worked out as there are none, until a task or the organization changes."""
    if not made:
        return
    name = TaskImported.__name__
    streams, events = [], []
    for task, event in made:
        text = dump(event)
        head = link("", task.number, 1, name, text, platform, event.at)
        streams.append({"id": task.number, "version": 1, "state": dump(task), "head": head})
        key = {"stream": task.number, "version": 1, "type": name, "platform": platform}
        events.append({**key, "data": text, "at": event.at, "hash": head})
    _insert(connection, t.streams, streams)
    _insert(connection, t.events, events)
    placed = {"placed_task": 1, "placed_organization": 0, "again_at": None}
    _insert(connection, t.tasks, [{"number": task.number, **row_of(task), **placed} for task, _ in made])
    if linked := [{"task": task.number, "kind": k, "value": v} for task, _ in made for k, v in links(task)]:
        _insert(connection, t.links, linked)


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """As `connection.execute` does it, but that what is the same for every row is worked out once."""
    dialect = connection.dialect
    compiled = insert(table).compile(dialect=dialect, column_keys=list(rows[0]))
    names = compiled.positiontup or ()
    bound = [(name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names]
    values = [tuple(process(row[name]) if process else row[name] for name, process in bound) for row in rows]
    connection.exec_driver_sql(compiled.string, values)


def held(connection: Connection, numbers: Sequence[str]) -> dict[str, Task | None]:
    """Tasks that are there, and None for a number that was given and has none any more."""
    last = connection.scalar(select(t.counters.c.value).where(t.counters.c.name == "task")) or 0
    given = {number for number in numbers if FIRST_NUMBER <= int(number.removeprefix("T-")) <= last}
    query = select(t.streams.c.id, t.streams.c.state).where(t.streams.c.id.in_(numbers))
    return dict.fromkeys(given) | {number: load(Task, state) for number, state in connection.execute(query)}


def free(connection: Connection, number: int) -> int:
    """The first number from this one on that no imported task has."""
    while True:
        run = [f"T-{n}" for n in range(number, number + RUN)]
        taken = set(connection.scalars(select(t.streams.c.id).where(t.streams.c.id.in_(run))))
        if len(taken) < RUN:
            return next(n for n in range(number, number + RUN) if f"T-{n}" not in taken)
        number += RUN
