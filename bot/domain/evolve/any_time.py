"""What comes beside the work on a task: comments, corrections, its withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.domain.assignment import Assignment, Due
from bot.domain.messages import (
    AnyTimeEvent,
    CommentAdded,
    FieldCorrected,
    Priority,
    RemindersMuted,
    Request,
    TaskWithdrawn,
)
from bot.domain.rounds import Note
from bot.domain.task import Correction, Status, Task


def at_any_time(task: Task, event: AnyTimeEvent) -> Task:
    match event:
        case CommentAdded(by=by, at=at, text=text):
            return replace(task, comments=(*task.comments, Note(by, at, text)))
        case RemindersMuted(by=by):
            return replace(task, muted=(*task.muted, by))
        case FieldCorrected():
            return _corrected(task, event)
        case TaskWithdrawn(by=by, at=at, reason=reason):
            by_whom = task.manager or by
            return replace(task, status=Status.WITHDRAWN, withdrawn=Note(by, at, reason), manager=by_whom)
        case _:
            assert_never(event)


def _corrected(task: Task, event: FieldCorrected) -> Task:
    why = Correction(event.field, event.before, Note(event.by, event.at, event.reason))
    task = replace(task, request=_request(task.request, event.field, event.after))
    return replace(
        task, corrections=(*task.corrections, why), assignments=tuple(map(_in_time(task, event), task.assignments))
    )


def _in_time(task: Task, event: FieldCorrected) -> Callable[[Assignment], Assignment]:
    """Nobody is asked for a response later than the requestor expects it."""
    latest = Due(task.request.due_at, event.by, event.at)
    return lambda a: replace(a, dues=(*a.dues, latest)) if a.active and a.due_at > latest.at else a


def _request(request: Request, field: str, text: str) -> Request:
    match field:
        case "due_at":
            return replace(request, due_at=datetime.fromisoformat(text))
        case "priority":
            return replace(request, priority=Priority(text))
        case _:
            return replace(request, **{field: text})  # type: ignore[arg-type]  # the rest is text
