"""What of a task's state is written beside it, for questions and reports to ask by."""

from __future__ import annotations

from datetime import datetime

from bot.domain.task import OPEN, Task


def row_of(task: Task) -> dict[str, object]:
    """The columns of a task, but for its number and those of delivery."""
    request, sent = task.request, _transmitted_at(task)
    return {
        "version": task.version,
        "task_type": request.task_type,
        "status": task.status.value,
        "open": task.status in OPEN,
        "subject": request.subject,
        "due_at": request.due_at,
        "priority": request.priority.value,
        "manager": task.manager,
        "received_at": request.received_at,
        "transmitted_at": sent,
        "closed_at": task.closed_at,
        "took": (sent - request.received_at).total_seconds() if sent else None,
        "scope": request.scope.value,
        "origin": request.origin.value,
        "manner": request.manner.value,
        "requestor": request.requestor,
        "ses": request.ses,
    }


def _transmitted_at(task: Task) -> datetime | None:
    """When it went out, which may be before that was recorded."""
    if task.as_imported:
        return task.as_imported.transmitted_at
    sent = task.transmission
    return (sent.sent_at or sent.at) if sent else None
