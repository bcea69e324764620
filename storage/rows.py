"""What of a task's state is written beside it, for questions and reports to ask by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.task import OPEN, Task
from bot.domain.visibility import links

#: Kinds of links that are found by what they lead to alone.
APART = frozenset({"subject", "requestor", "mail", "copy"})
#: Characters of a task's links in the indexes: where they are more, they are looked up.
MOST = 500
#: What parts them; no value has it.
LINE = "\n"


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
        "linked": _linked(task),
    }


def _transmitted_at(task: Task) -> datetime | None:
    """When it went out, which may be before that was recorded."""
    if task.as_imported:
        return task.as_imported.transmitted_at
    sent = task.transmission
    return (sent.sent_at or sent.at) if sent else None


def entries(kind: str, value: str) -> Iterator[str]:
    """How a link may stand in the text of a task's links: a person who is the officer stands there as that alone."""
    yield f"{LINE}{kind}:{value}{LINE}"
    if kind == "person":
        yield f"{LINE}officer:{value}{LINE}"


def _linked(task: Task) -> str:
    found = links(task)
    told = found - {("person", value) for kind, value in found if kind == "officer"}
    text = LINE + "".join(sorted(f"{kind}:{value}{LINE}" for kind, value in told if kind not in APART))
    return text if len(text) <= MOST else ""
