"""A question as SQL over the task rows and their links, trimmed to what the asker may see.

The questions are resolved: what they name is what tasks are linked to. A question about open tasks goes by the few
rows that are open; any other by the links it names, and what is counted is never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from bot.conversation.findings import Counted, Findings
from bot.conversation.question import Group, Moment, Order, Question
from bot.domain.visibility import Reach
from storage import tables as t
from storage.conditions import MOMENTS, TRANSMITTED, asked, between, by, few_left, index_for, linked, only_open
from storage.measures import MEASURED, counts, grouped, measures, seconds, whole

#: Urgent first, then soonest due, and of what is due at the same time what is of high priority (6-1.1).
ORDER = (t.URGENT_FIRST, t.tasks.c.due_at, t.RANK, t.tasks.c.number)
#: With more than this, the first thousand come soon when they are looked for in order.
DENSE = 5_000
ORDERS: Mapping[Order, tuple[ColumnElement[Any], ...]] = {
    Order.URGENCY: ORDER[:-1],
    Order.DUE: (t.tasks.c.due_at,),
    Order.DUE_LAST: (t.tasks.c.due_at.desc(),),
    Order.OLDEST: (t.tasks.c.received_at,),
    Order.NEWEST: (t.tasks.c.received_at.desc(),),
    Order.PRIORITY: (t.RANK, t.tasks.c.due_at),
    Order.NUMBER: (func.length(t.tasks.c.number),),
    Order.CLOSED_LAST: (t.tasks.c.closed_at.desc().nulls_last(),),
    Order.TRANSMITTED_LAST: (t.tasks.c.transmitted_at.desc().nulls_last(),),
}


def find(
    connection: Connection,
    question: Question,
    reach: Reach,
    at: datetime,
    limit: int,
    offset: int = 0,
    above: Mapping[str, str] | None = None,
) -> Findings:
    """What a resolved question finds within reach at that time; see `Findings`.

    `above` says for a group by division, region or facility which one each component lies in.
    """
    index = index_for(question)
    wanted = _wanted(question, reach, at, few_left(question))
    most = limit if question.limit is None else min(limit, question.limit - offset)
    counted = None if index or question.limit else _total(connection, wanted, index)
    numbers = _numbers(connection, question, reach, at, most, offset, counted)
    total = counted if counted is not None else offset + len(numbers)
    if counted is None and total != question.limit and (len(numbers) == most or not numbers):
        total = _total(connection, wanted, index)
    if question.limit is not None:
        total = min(total, question.limit)
    value = None
    if question.wants in MEASURED:
        value = measures(connection, question.wants, whole(connection, wanted, index)).get("")
    groups = _groups(connection, question, wanted, above or {}) if question.group else ()
    return Findings(total, numbers, groups, value)


def finds(connection: Connection, question: Question, reach: Reach, at: datetime) -> bool:
    """Whether a resolved question finds anything within reach."""
    wanted = _wanted(question, reach, at, few_left(question))
    first = by(index_for(question), select(t.tasks.c.number).where(wanted).limit(1))
    return connection.scalar(first) is not None


def _total(connection: Connection, wanted: ColumnElement[bool], index: str | None) -> int:
    return connection.scalar(by(index, select(func.count()).select_from(t.tasks).where(wanted))) or 0


def _numbers(
    connection: Connection, question: Question, reach: Reach, at: datetime, limit: int, offset: int, total: int | None
) -> tuple[str, ...]:
    """Of the very many, one of which comes soon enough in that order, they are looked for in order."""
    index = index_for(question)
    if limit <= 0 or total == 0:
        return ()
    if in_order := total is not None and total > DENSE and question.order in {None, Order.URGENCY}:
        index = "ix_tasks_order"
    wanted = _wanted(question, reach, at, in_order or few_left(question))
    first = select(t.tasks.c.number).where(wanted).order_by(*_order(question, connection), t.tasks.c.number)
    return tuple(connection.scalars(by(index, first.limit(limit).offset(offset))))


def _wanted(question: Question, reach: Reach, at: datetime, few: bool) -> ColumnElement[bool]:
    """All that must hold; what holds for every filter is said once more, for the planner to begin with."""
    conditions = [or_(*(and_(True, *asked(filter_, at, few)) for filter_ in question.any_of))]
    if only_open(question):
        conditions.insert(0, t.tasks.c.open)
    if not reach.everything:
        conditions.append(linked(reach.links, few))
    if question.periods:
        moment = MOMENTS[question.moment or Moment.RECEIVED]
        conditions.append(or_(*(between(moment, p.start, p.end) for p in question.periods)))
        conditions.append(between(moment, min(p.start for p in question.periods), max(p.end for p in question.periods)))
    if question.wants in MEASURED:
        conditions.append(TRANSMITTED)
    return and_(*conditions)


def _order(question: Question, connection: Connection) -> tuple[ColumnElement[Any], ...]:
    order = question.order or Order.URGENCY
    if order in ORDERS:
        return ORDERS[order]
    took = seconds(connection)
    return ((took.desc() if order is Order.SLOWEST else took.asc()).nulls_last(),)


def _groups(
    connection: Connection, question: Question, wanted: ColumnElement[bool], above: Mapping[str, str]
) -> tuple[Counted, ...]:
    """The largest first, periods in their order."""
    assert question.group is not None
    if question.group is Group.PERIOD:
        return tuple(_periods(connection, question, wanted))
    rows = grouped(connection, question.group, wanted, above, index_for(question))
    values = measures(connection, question.wants, rows) if question.wants in MEASURED else {}
    largest = sorted(counts(connection, rows).items(), key=lambda item: (-item[1], item[0]))
    return tuple(Counted(key, count, values.get(key)) for key, count in largest)


def _periods(connection: Connection, question: Question, wanted: ColumnElement[bool]) -> Iterator[Counted]:
    moment = MOMENTS[question.moment or Moment.RECEIVED]
    for period in question.periods:
        rows = whole(connection, and_(wanted, between(moment, period.start, period.end)), index_for(question))
        values = measures(connection, question.wants, rows) if question.wants in MEASURED else {}
        yield Counted(period.key, counts(connection, rows).get("", 0), values.get(""))
