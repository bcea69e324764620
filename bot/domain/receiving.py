"""A request that reached somebody in chat, sent on to the Taskings Program and not logged yet (6-1.2)."""

from __future__ import annotations

from bot.domain.business import HOURS, business_time_after
from bot.domain.context import Context
from bot.domain.entered import limited, text_of
from bot.domain.messages import (
    ForwardRequest,
    Manner,
    Original,
    Priority,
    Request,
    RequestForwarded,
    Source,
    TaskImported,
    TaskLogged,
)
from bot.domain.rubric import Origin, Scope
from bot.domain.task import Status, Task


def forwarded(command: ForwardRequest, number: str, ctx: Context) -> RequestForwarded:
    """A request as it was sent on now (6-1.2), to be logged within a business day. Raises InvalidInput."""
    text = text_of(command.text, "text", "Enter what was asked")
    original = Original(text, limited(command.author, "author"), limited(command.link, "link"))
    log_by = business_time_after(ctx.now, HOURS, ctx.zone)
    return RequestForwarded(ctx.actor, ctx.now, number, original, limited(command.note, "note"), log_by)


def begun(event: RequestForwarded | TaskLogged) -> Task:
    """The task that a first event makes."""
    if isinstance(event, TaskLogged):
        return Task(event.number, event.request, manager=event.by, logged_at=event.at)
    original = event.original
    request = Request(
        task_type="",
        subject="",
        text=original.text,
        requestor=original.author,
        scope=Scope.HQ,
        component="",
        origin=Origin.EXTERNAL,
        manner=Manner.EMAIL,
        priority=Priority.ROUTINE,
        ses=False,
        received_at=event.at,
        due_at=event.log_by,
        source=Source(event.by, event.at, original, event.note),
    )
    return Task(event.number, request, manager="", logged_at=event.at, status=Status.RECEIVED)


def imported(event: TaskImported, version: int) -> Task:
    """A task as another system tells it, with nothing left of what it told before."""
    told = event.imported
    return Task(
        event.number,
        event.request,
        manager="",
        logged_at=event.at,
        status=Status(told.status),
        closed_at=told.closed_at,
        imported=told,
        changed_by=event.by,
        changed_at=event.at,
        version=version,
    )
