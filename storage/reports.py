"""What a report is counted from: the tasks it may count, and the events of those transmitted in its period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, case, func, or_, select

from bot.domain.messages import Event, TaskWithdrawn
from bot.domain.task import Status
from bot.reporting.figures import Line, Material
from storage import tables as t
from storage.codec import decode_event

_WITHDRAWALS = select(func.max(t.events.c.at)).where(
    t.events.c.stream == t.tasks.c.number, t.events.c.type == TaskWithdrawn.__name__
)
#: When a task that is withdrawn now was. One that came so from another system counts from when it was received.
_WITHDRAWN = case(
    (
        t.tasks.c.status == Status.WITHDRAWN.value,
        func.coalesce(_WITHDRAWALS.scalar_subquery(), t.tasks.c.closed_at, t.tasks.c.received_at),
    )
)
#: The columns that are fields of a line by the same name.
_NAMED = ("number", "task_type", "received_at", "due_at", "transmitted_at", "closed_at")
_LINE = select(*(t.tasks.c[name] for name in (*_NAMED, "open")), _WITHDRAWN.label("withdrawn_at"))


def material(connection: Connection, since: datetime, start: datetime, end: datetime) -> Material:
    """All that was received before `end` and did not end before `since`; events of what went from `start` to `end`."""
    wanted = _wanted(since, end)
    components: dict[str, list[str]] = defaultdict(list)
    pairs = select(t.links.c.task, t.links.c.value).join(t.tasks, t.tasks.c.number == t.links.c.task)
    for task, code in connection.execute(pairs.where(t.links.c.kind == "component", wanted).order_by(t.links.c.value)):
        components[task].append(code)
    rows = connection.execute(_LINE.where(wanted).order_by(t.tasks.c.number)).mappings()
    lines = tuple(_line(row, tuple(components[row["number"]])) for row in rows)
    return Material(lines, _events(connection, start, end))


def _wanted(since: datetime, end: datetime) -> ColumnElement[bool]:
    ended = (t.tasks.c.transmitted_at, t.tasks.c.closed_at, _WITHDRAWN, t.tasks.c.received_at)
    return (t.tasks.c.received_at < end) & or_(t.tasks.c.open, *(column >= since for column in ended))


def _line(row: RowMapping, components: tuple[str, ...]) -> Line:
    """What is over, and nobody knows since when, counts as over since it was received."""
    line = Line(**{name: row[name] for name in _NAMED}, withdrawn_at=row["withdrawn_at"], components=components)
    unknown = not (row["open"] or line.transmitted_at or line.closed_at or line.withdrawn_at)
    return replace(line, closed_at=line.received_at) if unknown else line


def _events(connection: Connection, start: datetime, end: datetime) -> dict[str, tuple[Event, ...]]:
    went = (t.tasks.c.transmitted_at >= start) & (t.tasks.c.transmitted_at < end)
    query = select(t.events.c.stream, t.events.c.type, t.events.c.data).join(
        t.tasks, t.tasks.c.number == t.events.c.stream
    )
    found: dict[str, list[Event]] = defaultdict(list)
    for stream, name, text in connection.execute(query.where(went).order_by(t.events.c.stream, t.events.c.version)):
        found[stream].append(decode_event(name, text))
    return {stream: tuple(events) for stream, events in found.items()}
