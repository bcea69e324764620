"""One officer's assignment until it is answered."""

from __future__ import annotations

from typing import assert_never

from bot.domain.assigning import reassigned, replanned
from bot.domain.assignment import Assignment
from bot.domain.context import Context
from bot.domain.delegating import asked_for_time, delegated, given_time, handed_back
from bot.domain.entered import text_of
from bot.domain.evolve import evolve
from bot.domain.messages import (
    Acknowledge,
    AssignmentAcknowledged,
    AssignmentCancelled,
    AssignmentCommand,
    AssignmentDeferred,
    CancelAssignment,
    DeclineDeferral,
    DeclineExtension,
    Defer,
    DeferralDeclined,
    Delegate,
    Event,
    ExtensionDeclined,
    GrantExtension,
    HandBack,
    PartRecalled,
    Reassign,
    Recall,
    RequestExtension,
    ResponseSubmitted,
)
from bot.domain.task import Task


def assignment_events(task: Task, command: AssignmentCommand, ctx: Context) -> tuple[Event, ...]:
    by, at = ctx.actor, ctx.now
    match command:
        case Acknowledge(assignment=id):
            done = AssignmentAcknowledged(by, at, id)
            return (done, ResponseSubmitted(by, at, id, "")) if task.informational else (done,)
        case Defer(assignment=id, reason=reason, suggestion=suggestion):
            return (AssignmentDeferred(by, at, id, text_of(reason, "reason", "Say why"), suggestion),)
        case Reassign():
            return reassigned(task, command, ctx)
        case DeclineDeferral(assignment=id, comment=comment):
            return (DeferralDeclined(by, at, id, text_of(comment, "comment", "Say why the officer keeps it")),)
        case Delegate(assignment=id):
            return delegated(assignment_of(task, id), command, ctx)
        case HandBack(assignment=id):
            return handed_back(assignment_of(task, id), command, ctx)
        case Recall(assignment=id, part=part):
            return (PartRecalled(by, at, id, part),)
        case RequestExtension(assignment=id):
            return asked_for_time(task, assignment_of(task, id), command, ctx)
        case GrantExtension(assignment=id, due_at=due_at):
            return given_time(task, assignment_of(task, id), due_at, ctx)
        case DeclineExtension(assignment=id, comment=comment):
            return (ExtensionDeclined(by, at, id, text_of(comment, "comment", "Say why there is no more time")),)
        case CancelAssignment(assignment=id, reason=reason):
            return _cancelled(task, id, text_of(reason, "reason", "Say why it is not needed"), ctx)
        case _:
            assert_never(command)


def _cancelled(task: Task, id: int, reason: str, ctx: Context) -> tuple[Event, ...]:
    """Who answers changes, and with it who clears."""
    ended = AssignmentCancelled(ctx.actor, ctx.now, id, reason)
    return (ended, *replanned(evolve(task, ended), ctx))


def assignment_of(task: Task, id: int) -> Assignment:
    assignment = task.assignment(id)
    assert assignment is not None, "the rules let through only assignments that are there"
    return assignment
