"""What leads and officials clear or return, and under whose authority."""

from __future__ import annotations

from typing import assert_never

from bot.domain.actors import authority
from bot.domain.clearing import sent
from bot.domain.context import Context
from bot.domain.decide.assignments import assignment_of
from bot.domain.entered import WHY_RETURN, text_of
from bot.domain.messages import (
    Basis,
    Clear,
    ClearanceCommand,
    ClearComponent,
    ComponentCleared,
    ComponentReturned,
    Event,
    ResponseSubmitted,
    Return,
    ReturnComponent,
    SendToClearance,
    StepCleared,
    StepReturned,
)
from bot.domain.positions import Post
from bot.domain.task import Task


def clearance_events(task: Task, command: ClearanceCommand, ctx: Context) -> tuple[Event, ...]:
    by, at = ctx.actor, ctx.now
    match command:
        case ClearComponent(assignment=id, package=sha):
            post, basis = _authority(task, (_lead(task, id),), ctx)
            return (
                ComponentCleared(by, at, id, post, sha, basis),
                ResponseSubmitted(assignment_of(task, id).officer, at, id, sha),
            )
        case ReturnComponent(assignment=id, package=sha, comment=comment):
            return (ComponentReturned(by, at, id, _lead(task, id), sha, text_of(comment, "comment", WHY_RETURN)),)
        case SendToClearance(official=official):
            return (sent(task, official, ctx),)
        case Clear(step=step, round=number, package=sha):
            post, basis = _authority(task, task.waiting_posts, ctx)
            return (StepCleared(by, at, step, number, post, sha, by in task.drafters(), basis),)
        case Return(step=step, round=number, package=sha, comment=comment):
            comment = text_of(comment, "comment", WHY_RETURN)
            post, _ = _authority(task, task.waiting_posts, ctx)
            return (StepReturned(by, at, step, number, post, sha, comment),)
        case _:
            assert_never(command)


def _lead(task: Task, id: int) -> Post:
    lead = assignment_of(task, id).lead
    assert lead is not None, "the rules let through only assignments with a lead"
    return lead


def _authority(task: Task, posts: tuple[Post, ...], ctx: Context) -> tuple[Post, Basis | None]:
    found = authority(task, posts, ctx)
    assert found is not None, "the rules let through only those with the authority"
    return found
