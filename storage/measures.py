"""Groups of tasks, and what is measured of them: the share transmitted on time, the median time it took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, select

from bot.conversation.findings import NONE
from bot.conversation.question import Group, Wants
from storage import tables as t
from storage.conditions import BY_TASK, ON_TIME, by

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
SHARE = func.avg(case((ON_TIME, 100.0), else_=0.0))


def measure(
    connection: Connection, wants: Wants, wanted: ColumnElement[bool], index: str | None
) -> tuple[int, float | None]:
    """How many, and the percentage on time or the median of the seconds, None where there are none."""
    counted: Select[Any] = select(func.count(), *([SHARE] if wants is Wants.ON_TIME else []))
    count, *share = connection.execute(by(index, counted.select_from(t.tasks).where(wanted))).one()
    if wants is not Wants.TURNAROUND or not count:
        return count, float(share[0]) if count and share else None
    ordered = by(index, select(t.tasks.c.took).where(wanted).order_by(t.tasks.c.took))
    middle = connection.scalars(ordered.offset((count - 1) // 2).limit(2 - count % 2)).all()
    return count, sum(middle) / len(middle)


def grouped(
    connection: Connection,
    group: Group,
    wants: Wants,
    wanted: ColumnElement[bool],
    above: Mapping[str, str],
    index: str | None,
) -> dict[str, tuple[int, float | None]]:
    """For each group how many, and what is measured of them if that is wanted."""
    rows = by(index, _rows(group, wants, wanted, above)).subquery()
    if wants is Wants.TURNAROUND:
        return _medians(connection.execute(select(rows.c.key, rows.c.told)))
    share = [func.avg(rows.c.told)] if wants is Wants.ON_TIME else []
    found = connection.execute(select(rows.c.key, func.count(), *share).group_by(rows.c.key))
    return {key or NONE: (count, float(value[0]) if value else None) for key, count, *value in found}


def _medians(found: Iterable[Any]) -> dict[str, tuple[int, float | None]]:
    """Worked out here: a database would rank all of them first."""
    took: dict[str, list[float]] = defaultdict(list)
    for key, seconds in found:
        took[key or NONE].append(seconds)
    return {key: (len(those), median(those)) for key, those in took.items()}


def _rows(group: Group, wants: Wants, wanted: ColumnElement[bool], above: Mapping[str, str]) -> Select[Any]:
    """A row for each task and group that it is in; the key of what is in none is empty, or NONE."""
    if group in COLUMNS:
        known = t.tasks.c.task_type != ""
        key = case((known, COLUMNS[group]), else_=NONE) if group in ENTERED else COLUMNS[group]
        return _told(key, wants).select_from(t.tasks).where(wanted)
    link = and_(t.links.c.task == t.tasks.c.number, t.links.c.kind.in_(KINDS[group]))
    if group not in WITHIN:
        return _told(func.coalesce(t.links.c.value, NONE), wants).outerjoin_from(t.tasks, t.links, link).where(wanted)
    inside = and_(link, t.links.c.value.concat("").in_(sorted(above)))
    key = case(dict(above), value=t.links.c.value, else_=NONE) if above else literal(NONE)
    rows = _told(key, wants).add_columns(t.tasks.c.number).outerjoin_from(t.tasks, t.links, inside).where(wanted)
    return rows.with_hint(t.links, BY_TASK, "sqlite").distinct()


def _told(key: ColumnElement[Any], wants: Wants) -> Select[Any]:
    """What is looked at of a task: nothing else is read."""
    told: dict[Wants, ColumnElement[Any]] = {
        Wants.ON_TIME: case((ON_TIME, 100.0), else_=0.0),
        Wants.TURNAROUND: t.tasks.c.took,
    }
    return select(key.label("key"), *((told[wants].label("told"),) if wants in told else ()))
