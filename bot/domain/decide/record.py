"""The record: closed and opened again, added to, copied and held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.domain.context import Context
from bot.domain.copying import copied, copied_again
from bot.domain.entered import text_of
from bot.domain.evolve import evolve
from bot.domain.holding import held, released
from bot.domain.messages import (
    Close,
    Event,
    HoldRecord,
    RecordCommand,
    RecordSupplemented,
    ReleaseHold,
    Reopen,
    SendCopy,
    SupplementRecord,
    TaskClosed,
    TaskReopened,
)
from bot.domain.retention import closed
from bot.domain.supplementing import supplemented
from bot.domain.task import Task


def record_events(task: Task, command: RecordCommand, ctx: Context) -> tuple[Event, ...]:
    match command:
        case Close():
            return _copied(task, (closed(task, ctx),), ctx)
        case Reopen(reason=reason):
            return (TaskReopened(ctx.actor, ctx.now, text_of(reason, "reason", "Say why it is reopened")),)
        case SupplementRecord():
            return _copied(task, supplemented(task, command, ctx), ctx)
        case SendCopy():
            return copied_again(task, ctx)
        case HoldRecord():
            return held(task, command, ctx)
        case ReleaseHold():
            return released(task, command, ctx)
        case _:
            assert_never(command)


def _copied(task: Task, sealed: Sequence[TaskClosed | RecordSupplemented], ctx: Context) -> tuple[Event, ...]:
    """What was sealed goes to the Taskings mailbox, too (6-5)."""
    return tuple(event for done in sealed for event in (done, *copied(evolve(task, done), done.seal, ctx)))
