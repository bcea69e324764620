"""A question as SQL over the task rows and their links, trimmed to what the asker may see.

The questions are resolved: what they name is what tasks are linked to. A question about open tasks goes by the few
rows that are open; any other by the links it names, and what is counted is never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, and_, func, or_, select

from bot.conversation.findings import Counted, Findings
from bot.conversation.question import Group, Moment, Order, Period, Question, Span, Term
from bot.domain.visibility import Reach
from storage import tables as t
from storage.conditions import (
    LIVE,
    MOMENTS,
    NOT_DONE,
    TEXTS,
    TRANSMITTED,
    asked,
    between,
    by,
    few_left,
    index_for,
    linked,
    linked_by,
    not_closed,
    only_open,
    spanned,
    words_like,
)
from storage.measures import COLUMNS, MEASURED, grouped, measure

#: Urgent first, then soonest due, and of what is due at the same time what is of high priority (6-1.1).
ORDER = (t.URGENT_FIRST, t.tasks.c.due_at, t.RANK, t.tasks.c.number)
#: With more than this, the first thousand come soon when they are looked for in order.
DENSE = 5_000
ORDERS: Mapping[Order, tuple[ColumnElement[Any], ...]] = {
    Order.URGENCY: ORDER[:-1],
    Order.DUE: (t.tasks.c.due_at,),
    Order.DUE_LAST: (t.tasks.c.due_at,),
    Order.OLDEST: (t.tasks.c.received_at,),
    Order.NEWEST: (t.tasks.c.received_at,),
    Order.PRIORITY: (t.RANK, t.tasks.c.due_at),
    Order.NUMBER: (func.length(t.tasks.c.number),),
    Order.CLOSED_LAST: (t.tasks.c.closed_at,),
    Order.TRANSMITTED_LAST: (t.tasks.c.transmitted_at,),
    Order.SLOWEST: (t.tasks.c.took,),
    Order.FASTEST: (t.tasks.c.took,),
}
LAST_FIRST = frozenset({Order.DUE_LAST, Order.NEWEST, Order.CLOSED_LAST, Order.TRANSMITTED_LAST, Order.SLOWEST})
#: Indexes that have all tasks in an order.
IN_ORDER: Mapping[Order, str] = {
    Order.URGENCY: "ix_tasks_order",
    Order.DUE: "ix_tasks_due",
    Order.DUE_LAST: "ix_tasks_due",
    Order.OLDEST: "ix_tasks_received",
    Order.NEWEST: "ix_tasks_received",
    Order.CLOSED_LAST: "ix_tasks_closed",
    Order.TRANSMITTED_LAST: "ix_tasks_transmitted",
}
#: Orders by what every task has.
WHOLE = frozenset(IN_ORDER) - {Order.CLOSED_LAST, Order.TRANSMITTED_LAST}
DONE: Mapping[str | None, Order] = {
    "ix_tasks_closed": Order.CLOSED_LAST,
    "ix_tasks_transmitted": Order.TRANSMITTED_LAST,
    "ix_tasks_type_closed": Order.CLOSED_LAST,
    "ix_tasks_type_transmitted": Order.TRANSMITTED_LAST,
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
    wanted = _wanted(question, reach, at, few_left(question, at))
    groups = _groups(connection, question, reach, at, above or {}) if question.group else ()
    value = None
    if question.wants in MEASURED:
        counted, value = measure(connection, question.wants, wanted, index)
    elif question.group in COLUMNS or (question.group is Group.PERIOD and _apart(question.periods)):
        counted = sum(group.count for group in groups)
    else:
        counted = _total(connection, wanted, index, question.limit)
    total = counted if question.limit is None else min(counted, question.limit)
    numbers = _numbers(connection, question, reach, at, min(limit, total - offset), offset, counted)
    return Findings(total, numbers, groups, value, _order(question))


def _apart(periods: Sequence[Period]) -> bool:
    """Whether there are some, and nothing lies in two of them."""
    return bool(periods) and all(
        one.end <= other.start or other.end <= one.start for one, other in combinations(periods, 2)
    )


def finds(connection: Connection, question: Question, reach: Reach, at: datetime) -> bool:
    """Whether a resolved question finds anything within reach."""
    if not any(all(_used(connection, part) for part in filter_) for filter_ in question.any_of):
        return False
    wanted = _wanted(question, reach, at, few_left(question, at))
    found = _whole(by(index_for(question), select(t.tasks.c.number).where(wanted)))
    return connection.scalar(select(found.c.number).limit(1)) is not None


def _used(connection: Connection, part: Term | Span) -> bool:
    """Whether all words are in the text of any task at all; what nobody wrote is known soonest."""
    if isinstance(part, Span) or part.field not in TEXTS or part.without:
        return True
    texts = (words_like(TEXTS[part.field], value).values() for value in part.values)
    one = select(t.links.c.task).limit(1)
    return any(all(connection.scalar(one.where(like)) is not None for like in words) for words in texts)


def _whole(query: Select[Any]) -> CTE:
    """Planned as if all of it were wanted: PostgreSQL expects to meet the first few too soon where they are rare."""
    return query.cte("found").prefix_with("MATERIALIZED", dialect="postgresql")


def _total(connection: Connection, wanted: ColumnElement[bool], index: str | None, limit: int | None) -> int:
    """How many there are; where some are enough, no more than shows whether they are very many."""
    query = by(index, select(t.tasks.c.number if limit else func.count()).select_from(t.tasks).where(wanted))
    if limit:
        query = select(func.count()).select_from(query.limit(max(limit, DENSE) + 1).subquery())
    return connection.scalar(query) or 0


def _numbers(
    connection: Connection, question: Question, reach: Reach, at: datetime, limit: int, offset: int, total: int
) -> tuple[str, ...]:
    """Of the very many, one of which comes soon enough in that order, they are looked for in order."""
    if limit <= 0:
        return ()
    order, index = _order(question), index_for(question)
    if in_order := total > DENSE and order in IN_ORDER and index not in NOT_DONE and not spanned(question):
        index = IN_ORDER[order]
    wanted = _wanted(question, reach, at, in_order or few_left(question, at))
    keys = [key.label(f"key{place}") for place, key in enumerate(ORDERS[order])]
    query = by(index, select(t.tasks.c.number, *keys).where(wanted))
    found = query.subquery() if in_order or DONE.get(index) is order else _whole(query)
    first = select(found.c.number).order_by(*(_sorted(found.c[key.name], order, index) for key in keys), found.c.number)
    return tuple(connection.scalars(first.limit(limit).offset(offset)))


def _sorted(key: ColumnElement[Any], order: Order, index: str | None) -> ColumnElement[Any]:
    """What has no such moment comes last, which has to be said where some have none and may not where an index is."""
    found = key.desc() if order in LAST_FIRST else key.asc()
    return found if order in WHOLE or DONE.get(index) is order else found.nulls_last()


def _wanted(question: Question, reach: Reach, at: datetime, few: bool) -> ColumnElement[bool]:
    """All that must hold; what holds for every filter is said once more, for the planner to begin with."""
    conditions = [or_(*(and_(True, *asked(filter_, at, few)) for filter_ in question.any_of))]
    if only_open(question):
        conditions.insert(0, t.tasks.c.open)
    elif not_closed(question):
        conditions.insert(0, LIVE)
    if not reach.everything:
        conditions.append(linked(reach.links, few or linked_by(question)))
    if question.periods:
        moment = MOMENTS[question.moment or Moment.RECEIVED]
        conditions.append(or_(*(between(moment, p.start, p.end) for p in question.periods)))
        conditions.append(between(moment, min(p.start for p in question.periods), max(p.end for p in question.periods)))
    if question.wants in MEASURED:
        conditions.append(TRANSMITTED)
    return and_(*conditions)


def _order(question: Question) -> Order:
    """What was done in a span is told from the last on, anything else by urgency."""
    return question.order or DONE.get(index_for(question), Order.URGENCY)


def _groups(
    connection: Connection, question: Question, reach: Reach, at: datetime, above: Mapping[str, str]
) -> tuple[Counted, ...]:
    """The largest first, periods in their order."""
    assert question.group is not None
    few, index = few_left(question, at), index_for(question)
    if question.group is Group.PERIOD:
        wanted = _wanted(replace(question, periods=()), reach, at, few)
        return tuple(_periods(connection, question, wanted, index))
    wanted = _wanted(question, reach, at, few)
    found = grouped(connection, question.group, question.wants, wanted, above, index)
    return tuple(Counted(key, *told) for key, told in sorted(found.items(), key=lambda item: (-item[1][0], item[0])))


def _periods(
    connection: Connection, question: Question, wanted: ColumnElement[bool], index: str | None
) -> Iterator[Counted]:
    moment = MOMENTS[question.moment or Moment.RECEIVED]
    for period in question.periods:
        within = and_(wanted, between(moment, period.start, period.end))
        yield Counted(period.key, *measure(connection, question.wants, within, index))
