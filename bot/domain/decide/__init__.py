"""What a command does to a task: the events that happened, or a refusal in words that say what to do.

`decide` is pure: `bot.domain.rules` says whether the actor may; the modules here, a subject each as in
`bot.domain.messages`, check what was entered and name the events. No events means: already so, nothing to do.
"""

from __future__ import annotations

from typing import assert_never

from bot.domain.context import Context
from bot.domain.decide.any_time import any_time_events
from bot.domain.decide.assignments import assignment_events
from bot.domain.decide.clearance import clearance_events
from bot.domain.decide.intake import intake_events
from bot.domain.decide.record import record_events
from bot.domain.decide.responses import response_events
from bot.domain.decide.routing import routing_events
from bot.domain.decide.sending import sending_events
from bot.domain.messages import (
    AnyTimeCommand,
    AssignmentCommand,
    ClearanceCommand,
    Command,
    Event,
    IntakeCommand,
    RecordCommand,
    ResponseCommand,
    RoutingCommand,
    SendingCommand,
)
from bot.domain.repeated import already
from bot.domain.rules import about, refusal
from bot.domain.task import Task


def decide(task: Task | None, command: Command, ctx: Context, number: str = "") -> tuple[Event, ...]:
    """Say what happened. Raises Rejected and changes nothing; `number` is the new task's, for what makes one."""
    if error := refusal(task, type(command), about(command), ctx):
        if task is not None and already(task, command, ctx.actor):
            return ()
        raise error
    if isinstance(command, IntakeCommand):
        return intake_events(task, command, ctx, number)
    assert task is not None, "only a request on its way in makes a task"
    if isinstance(command, RoutingCommand):
        return routing_events(task, command, ctx)
    if isinstance(command, AssignmentCommand):
        return assignment_events(task, command, ctx)
    if isinstance(command, ResponseCommand):
        return response_events(task, command, ctx)
    if isinstance(command, ClearanceCommand):
        return clearance_events(task, command, ctx)
    if isinstance(command, SendingCommand):
        return sending_events(task, command, ctx)
    if isinstance(command, RecordCommand):
        return record_events(task, command, ctx)
    if isinstance(command, AnyTimeCommand):
        return any_time_events(task, command, ctx)
    assert_never(command)
