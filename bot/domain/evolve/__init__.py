"""What each event makes of a task, a module a subject as in `bot.domain.messages`. Total: history cannot be refused."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.evolve.any_time import at_any_time
from bot.domain.evolve.assignments import with_assignment
from bot.domain.evolve.clearance import with_clearance
from bot.domain.evolve.intake import with_intake
from bot.domain.evolve.record import with_record
from bot.domain.evolve.responses import with_response
from bot.domain.evolve.routing import with_routing
from bot.domain.evolve.sending import with_sending
from bot.domain.messages import (
    AnyTimeEvent,
    AssignmentEvent,
    ClearanceEvent,
    Event,
    IntakeEvent,
    RecordEvent,
    RequestForwarded,
    ResponseEvent,
    RoutingEvent,
    SendingEvent,
    TaskImported,
    TaskLogged,
)
from bot.domain.receiving import begun, imported
from bot.domain.task import Task

#: What makes a task.
BEGINNINGS = (RequestForwarded, TaskLogged, TaskImported)


def evolve(task: Task | None, event: Event) -> Task:
    """Apply one event; only those of `BEGINNINGS` make a task where there was none."""
    if isinstance(event, TaskImported):
        return imported(event, task.version + 1 if task else 1)
    if task is None and isinstance(event, RequestForwarded | TaskLogged):
        task = begun(event)
    assert task is not None, "a task's history begins when it is received, logged or imported"
    after = _apply(task, event)
    return replace(after, version=task.version + 1, changed_by=event.by, changed_at=event.at)


def _apply(task: Task, event: Event) -> Task:
    if isinstance(event, IntakeEvent):
        return with_intake(task, event)
    if isinstance(event, RoutingEvent):
        return with_routing(task, event)
    if isinstance(event, AssignmentEvent):
        return with_assignment(task, event)
    if isinstance(event, ResponseEvent):
        return with_response(task, event)
    if isinstance(event, ClearanceEvent):
        return with_clearance(task, event)
    if isinstance(event, SendingEvent):
        return with_sending(task, event)
    if isinstance(event, RecordEvent):
        return with_record(task, event)
    if isinstance(event, AnyTimeEvent):
        return at_any_time(task, event)
    assert_never(event)
