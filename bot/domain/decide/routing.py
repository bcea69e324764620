"""A task given to its officers, or coordinated by email (6-1.3)."""

from __future__ import annotations

from typing import assert_never

from bot.domain.assigning import added, routed
from bot.domain.context import Context
from bot.domain.email_lane import attested, completed
from bot.domain.messages import (
    AssignAlso,
    CompleteByEmail,
    EmailLaneOpened,
    Event,
    LogByEmail,
    OpenEmailLane,
    RouteTask,
    RoutingCommand,
)
from bot.domain.task import Task


def routing_events(task: Task, command: RoutingCommand, ctx: Context) -> tuple[Event, ...]:
    match command:
        case RouteTask():
            return routed(task, command, ctx)
        case AssignAlso():
            return added(task, command, ctx)
        case OpenEmailLane():
            return (EmailLaneOpened(ctx.actor, ctx.now),)
        case CompleteByEmail(completed_at=completed_at):
            return completed(task, completed_at, ctx)
        case LogByEmail():
            return attested(task, command, ctx)
        case _:
            assert_never(command)
