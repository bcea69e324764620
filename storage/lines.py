"""STAND-IN: rows of columns."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.line import Line
from bot.domain.task import Task
from bot.domain.visibility import waiting_on


def line(task: Task) -> Line:
    r = task.request
    places = (r.component,) if r.component else ()
    sent = task.transmission.at if task.transmission else None
    components: Iterable[str] = sorted({a.component for a in task.active})
    return Line(
        task.number, r.task_type, r.subject, r.requestor, r.origin.value, r.scope.value, places, r.manner.value,
        r.priority.value, r.ses, r.received_at, r.due_at, task.status.value, tuple(components),
        tuple(a.officer for a in task.active), tuple(map(str, waiting_on(task))), sent, task.closed_at,
    )  # fmt: skip
