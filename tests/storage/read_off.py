"""What a question finds, read off the tasks themselves and without a database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from statistics import median

from bot.conversation.findings import ABOVE, NONE, Counted, Findings, above
from bot.conversation.question import Field, Group, Moment, Order, Question, Span, Standing, Term, Wants
from bot.domain import messages as m
from bot.domain.assignment import Stage
from bot.domain.task import OPEN, Status, Task
from bot.domain.visibility import links
from tests.world import SAMPLE, T0

NAMED: dict[Field, Callable[[Task], str]] = {
    Field.NUMBER: lambda t: t.number,
    Field.PRIORITY: lambda t: t.request.priority,
    Field.TYPE: lambda t: t.request.task_type,
    Field.SCOPE: lambda t: t.request.scope,
    Field.ORIGIN: lambda t: t.request.origin,
    Field.MANNER: lambda t: t.request.manner,
    Field.MANAGER: lambda t: t.manager,
    Field.SES: lambda t: "yes" if t.request.ses else "no",
}
STAGES = {
    Standing.UNACKNOWLEDGED: Stage.ASSIGNED,
    Standing.ACKNOWLEDGED: Stage.ACKNOWLEDGED,
    Standing.DEFERRED: Stage.DEFERRED,
    Standing.IN_DIVISION_CLEARANCE: Stage.IN_DIVISION_CLEARANCE,
}


def sent_at(task: Task) -> datetime | None:
    return task.imported.transmitted_at if task.imported else None  # none of the live ones went out


def moment_of(task: Task, moment: Moment) -> datetime | None:
    at = {Moment.RECEIVED: task.request.received_at, Moment.DUE: task.request.due_at, Moment.CLOSED: task.closed_at}
    return at[moment] if moment in at else sent_at(task)


def within(at: datetime | None, start: datetime | None, end: datetime | None) -> bool:
    return at is not None and (start is None or at >= start) and (end is None or at < end)


def stands(task: Task, standing: Standing) -> bool:
    open_, sent = task.status in OPEN, sent_at(task)
    if standing in STAGES:
        return task.status is Status.ASSIGNED and any(a.stage is STAGES[standing] for a in task.active)
    worked_out = {
        Standing.OPEN: open_,
        Standing.OVERDUE: open_ and task.request.due_at < T0,
        Standing.UNOWNED: open_ and not values(task, "officer"),
        Standing.RETURNED: open_ and any(a.returned for a in task.active),
        Standing.EXTENSION: open_ and any(a.extension for a in task.active),
        Standing.DELEGATED: open_ and any(p.open for a in task.active for p in a.parts),
        Standing.ON_TIME: sent is not None and sent <= task.request.due_at,
        Standing.LATE: sent is not None and sent > task.request.due_at,
    }
    return worked_out.get(standing, task.status == standing.value)


def values(task: Task, *kinds: str) -> set[str]:
    return {value for kind, value in links(task) if kind in kinds}


KINDS = {Field.PLACE: ("place", "component"), Field.PERSON: ("person", "waiting")}


def says(task: Task, part: Term | Span) -> bool:
    if isinstance(part, Span):
        found = within(moment_of(task, part.moment), part.start, part.end)
    elif part.field is Field.STANDING:
        found = any(stands(task, Standing(value)) for value in part.values)
    elif part.field in NAMED:
        found = NAMED[part.field](task) in part.values
    elif part.field in {Field.REQUESTOR, Field.ABOUT}:
        text = task.request.requestor if part.field is Field.REQUESTOR else task.request.subject
        found = any(worded(text, value) for value in part.values)
    else:
        kinds = {Field.PLACE: ("place", "component"), Field.PERSON: ("person", "waiting")}.get(
            part.field, (part.field.value,)
        )
        found = bool(values(task, *kinds) & set(part.values))
    return found is not part.without


def worded(text: str, value: str) -> bool:
    """Whether a text has all the words of a value, of the last the beginning at least, and no more of several."""
    *whole, last = re.findall(r"\w+", value)
    last = last.removesuffix("s") if len(last) > 4 else last
    words = re.findall(r"\w+", text.lower())
    return {*whole} <= {*words} and any(word.startswith(last) for word in words)


def took(task: Task) -> float:
    sent = sent_at(task)
    return (sent - task.request.received_at).total_seconds() if sent else float("inf")


def sort_key(order: Order | None) -> Callable[[Task], tuple[object, ...]]:
    rank = lambda t: list(reversed(m.Priority)).index(t.request.priority)  # noqa: E731
    last = lambda at: -at.timestamp() if at else float("inf")  # noqa: E731
    urgency = lambda t: (rank(t) != 0, t.request.due_at, rank(t))  # noqa: E731
    keys: dict[Order, Callable[[Task], tuple[object, ...]]] = {
        Order.URGENCY: urgency,
        Order.DUE: lambda t: (t.request.due_at,),
        Order.DUE_LAST: lambda t: (last(t.request.due_at),),
        Order.OLDEST: lambda t: (t.request.received_at,),
        Order.NEWEST: lambda t: (last(t.request.received_at),),
        Order.PRIORITY: lambda t: (rank(t), t.request.due_at),
        Order.NUMBER: lambda t: (len(t.number),),
        Order.CLOSED_LAST: lambda t: (last(t.closed_at),),
        Order.TRANSMITTED_LAST: lambda t: (last(sent_at(t)),),
        Order.SLOWEST: lambda t: (sent_at(t) is None, -took(t)),
        Order.FASTEST: lambda t: (took(t),),
    }
    return lambda t: (*keys[order or Order.URGENCY](t), t.number)


def keys_of(task: Task, group: Group) -> set[str]:
    told = {"status": task.status, "manager": task.manager, "requestor": task.request.requestor}
    told |= {"type": task.request.task_type}
    told |= {name: getattr(task.request, name) for name in ("priority", "scope", "origin", "manner")}
    if group in told:
        return {str(told[group])} - {""} or {NONE}
    if group in ABOVE:
        over, kinds = above(group, SAMPLE), ("component",) if group is Group.DIVISION else ("place", "component")
        return {over[code] for code in values(task, *kinds) if code in over} or {NONE}
    return values(task, group.value) or {NONE}


def measure(wants: Wants, tasks: Sequence[Task]) -> float | None:
    if wants not in {Wants.ON_TIME, Wants.TURNAROUND} or not tasks:
        return None
    if wants is Wants.TURNAROUND:
        return median(took(t) for t in tasks)
    return 100 * sum(stands(t, Standing.ON_TIME) for t in tasks) / len(tasks)


def grouped(question: Question, tasks: Sequence[Task]) -> Iterator[Counted]:
    if question.group is None:
        return
    moment = question.moment or Moment.RECEIVED
    if question.group is Group.PERIOD:
        for p in question.periods:
            those = [t for t in tasks if within(moment_of(t, moment), p.start, p.end)]
            yield Counted(p.key, len(those), measure(question.wants, those))
        return
    found: dict[str, list[Task]] = {}
    for task in tasks:
        for key in keys_of(task, question.group):
            found.setdefault(key, []).append(task)
    for key, those in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Counted(key, len(those), measure(question.wants, those))


def done_in_a_span(question: Question) -> Order | None:
    """What was closed or transmitted in a span is told from the last on, where nothing open is asked for."""
    spans = [p for f in question.any_of for p in f if isinstance(p, Span) and p.start and not p.without]
    moments = [question.moment or Moment.RECEIVED] if question.periods else [p.moment for p in spans]
    if (moments and len(question.any_of) == 1) or question.periods:
        return {Moment.CLOSED: Order.CLOSED_LAST, Moment.TRANSMITTED: Order.TRANSMITTED_LAST}.get(moments[0])
    return None


def expected(question: Question, tasks: Sequence[Task], limit: int, offset: int) -> Findings:
    moment = question.moment or Moment.RECEIVED
    kept = [t for t in tasks if any(all(says(t, part) for part in filter_) for filter_ in question.any_of)]
    if question.periods:
        kept = [t for t in kept if any(within(moment_of(t, moment), p.start, p.end) for p in question.periods)]
    if question.wants in {Wants.ON_TIME, Wants.TURNAROUND}:
        kept = [t for t in kept if sent_at(t)]
    order = question.order or done_in_a_span(question) or Order.URGENCY
    ordered = [t.number for t in sorted(kept, key=sort_key(order))]
    total = len(kept) if question.limit is None else min(len(kept), question.limit)
    value = measure(question.wants, kept)
    numbers = tuple(ordered[:total][offset : offset + limit])
    return Findings(total, numbers, tuple(grouped(question, kept)), value, order)


def rounded(found: Findings) -> Findings:
    """To a hundredth of a second or of a percent."""
    groups = tuple(Counted(g.key, g.count, g.value and round(g.value, 2)) for g in found.groups)
    return replace(found, groups=groups, value=found.value and round(found.value, 2))
