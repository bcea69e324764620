"""A request sent on, logged, and held against the component it is about."""

from __future__ import annotations

from typing import assert_never

from bot.domain.context import Context
from bot.domain.entered import place_of, request_of
from bot.domain.messages import (
    Event,
    ForwardRequest,
    IntakeCommand,
    Locate,
    LogTask,
    RequestLocated,
    TaskLogged,
)
from bot.domain.receiving import forwarded
from bot.domain.task import Task


def intake_events(task: Task | None, command: IntakeCommand, ctx: Context, number: str) -> tuple[Event, ...]:
    """`number` is the new task's, where there is none yet."""
    match command:
        case ForwardRequest():
            return (forwarded(command, number, ctx),)
        case LogTask():
            before = task.request if task else None
            request = request_of(command, before, ctx)
            return (TaskLogged(ctx.actor, ctx.now, task.number if task else number, request),)
        case Locate(about=where):
            assert task is not None, "only a task that is there can be located"
            return _located(task, where, ctx)
        case _:
            assert_never(command)


def _located(task: Task, where: str, ctx: Context) -> tuple[Event, ...]:
    scope, component = place_of(where, ctx)
    same = (scope, component) == (task.request.scope, task.request.component)
    return () if same else (RequestLocated(ctx.actor, ctx.now, scope, component),)
