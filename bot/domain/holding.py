"""Legal holds: what keeps a closed record whatever its schedule says, until it is released (section 10)."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.context import Context
from bot.domain.entered import text_of
from bot.domain.messages import Event, HoldRecord, HoldReleased, RecordHeld, ReleaseHold
from bot.domain.rounds import Note
from bot.domain.task import Hold, Task
from bot.errors import InvalidInput


def held(task: Task, command: HoldRecord, ctx: Context) -> tuple[Event, ...]:
    """A hold of its own each time; the same wish again is the same hold."""
    reason = text_of(command.reason, "reason", "Say what the record is kept for")
    if any((hold.by, hold.reason) == (ctx.actor, reason) for hold in task.held):
        return ()
    return (RecordHeld(ctx.actor, ctx.now, len(task.holds) + 1, reason),)


def released(task: Task, command: ReleaseHold, ctx: Context) -> tuple[Event, ...]:
    """Raises InvalidInput for a hold that is not in force."""
    reason = text_of(command.reason, "reason", "Say why the hold ends")
    if all(hold.id != command.hold for hold in task.held):
        raise InvalidInput("That hold is not in force; choose one that is.", field="hold")
    return (HoldReleased(ctx.actor, ctx.now, command.hold, reason),)


def with_hold(task: Task, event: RecordHeld | HoldReleased) -> Task:
    if isinstance(event, RecordHeld):
        return replace(task, holds=(*task.holds, Hold(event.hold, event.by, event.at, event.reason)))
    end = Note(event.by, event.at, event.reason)
    return replace(task, holds=tuple(replace(h, released=end) if h.id == event.hold else h for h in task.holds))
