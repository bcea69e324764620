"""Groups of tasks, and what is measured of them: the share transmitted on time, the median time it took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    case,
    extract,
    func,
    literal,
    literal_column,
    select,
)

from bot.conversation.findings import NONE
from bot.conversation.question import Group, Wants
from storage import tables as t
from storage.conditions import ON_TIME, by

MEASURED = frozenset({Wants.ON_TIME, Wants.TURNAROUND})
#: Groups by what is written beside a task.
COLUMNS: Mapping[Group, ColumnElement[Any]] = {
    Group.TYPE: t.tasks.c.task_type,
    Group.STATUS: t.tasks.c.status,
    Group.PRIORITY: t.tasks.c.priority,
    Group.SCOPE: t.tasks.c.scope,
    Group.ORIGIN: t.tasks.c.origin,
    Group.MANNER: t.tasks.c.manner,
    Group.MANAGER: t.tasks.c.manager,
    Group.REQUESTOR: t.tasks.c.requestor,
}
#: What is assumed of a request until it is logged.
ENTERED = frozenset({Group.PRIORITY, Group.SCOPE, Group.ORIGIN, Group.MANNER})
#: Groups by what a task is linked to.
KINDS: Mapping[Group, tuple[str, ...]] = {
    Group.COMPONENT: ("component",),
    Group.DIVISION: ("component",),
    Group.REGION: ("place", "component"),
    Group.FACILITY: ("place", "component"),
    Group.OFFICER: ("officer",),
    Group.WAITING: ("waiting",),
}
WITHIN = frozenset({Group.DIVISION, Group.REGION, Group.FACILITY})


def seconds(connection: Connection) -> ColumnElement[Any]:
    """From receipt to transmission; nothing where it was not transmitted."""
    sent, came = t.tasks.c.transmitted_at, t.tasks.c.received_at
    if connection.dialect.name == "sqlite":
        return func.round((func.julianday(sent) - func.julianday(came)) * 86_400, 3)
    return extract("epoch", sent - came)


def whole(connection: Connection, wanted: ColumnElement[bool], index: str | None) -> Subquery:
    """All that is wanted as one group; what is not looked at of it is not read."""
    return by(index, _rows(connection, literal_column("''")).where(wanted)).subquery()


def grouped(
    connection: Connection, group: Group, wanted: ColumnElement[bool], above: Mapping[str, str], index: str | None
) -> Subquery:
    """A row for each task and group that it is in."""
    if group in COLUMNS:
        unknown = t.tasks.c.task_type == "" if group in ENTERED else COLUMNS[group] == ""
        return by(index, _rows(connection, case((unknown, NONE), else_=COLUMNS[group])).where(wanted)).subquery()
    link = and_(t.links.c.task == t.tasks.c.number, t.links.c.kind.in_(KINDS[group]))
    if group not in WITHIN:
        rows = _rows(connection, func.coalesce(t.links.c.value, NONE))
        return by(index, rows.outerjoin(t.links, link).where(wanted)).subquery()
    inside = and_(link, t.links.c.value.in_(sorted(above)))
    key = case(dict(above), value=t.links.c.value, else_=NONE) if above else literal(NONE)
    return by(index, _rows(connection, key).outerjoin(t.links, inside).where(wanted)).distinct().subquery()


def counts(connection: Connection, rows: Subquery) -> dict[str, int]:
    query = select(rows.c.key, func.count()).group_by(rows.c.key)
    return {str(key): int(count) for key, count in connection.execute(query)}


def measures(connection: Connection, wants: Wants, rows: Subquery) -> dict[str, float]:
    """The percentage on time or the median of the seconds, for each key that has any."""
    query = _share(rows) if wants is Wants.ON_TIME else _median(rows)
    return {key: float(value) for key, value in connection.execute(query)}


def _rows(connection: Connection, key: ColumnElement[Any]) -> Select[Any]:
    on_time = case((ON_TIME, 100.0), else_=0.0).label("on_time")
    return select(key.label("key"), t.tasks.c.number, on_time, seconds(connection).label("took")).select_from(t.tasks)


def _share(rows: Subquery) -> Select[Any]:
    return select(rows.c.key, func.avg(rows.c.on_time)).group_by(rows.c.key)


def _median(rows: Subquery) -> Select[Any]:
    """The middle one, or the mean of the two in the middle."""
    place = func.row_number().over(partition_by=rows.c.key, order_by=rows.c.took)
    of = func.count().over(partition_by=rows.c.key)
    ranked = select(rows.c.key, rows.c.took, place.label("place"), of.label("of")).subquery()
    middle = (2 * ranked.c.place).between(ranked.c.of, ranked.c.of + 2)
    return select(ranked.c.key, func.avg(ranked.c.took)).where(middle).group_by(ranked.c.key)
