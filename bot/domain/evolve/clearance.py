"""Who cleared or returned what: a component's response, and the package step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.evolve.settling import on_assignment, sent_back
from bot.domain.messages import (
    ClearanceEvent,
    ComponentCleared,
    ComponentReturned,
    SentToClearance,
    StepCleared,
    StepReturned,
)
from bot.domain.positions import Post
from bot.domain.rounds import Clearance, Note, Round, Step
from bot.domain.task import Status, Task


def with_clearance(task: Task, event: ClearanceEvent) -> Task:
    match event:
        case ComponentCleared(by=by, at=at, post=post, package=package, basis=basis):
            given = Clearance(by, at, post, package, basis=basis)
            return on_assignment(task, event, lambda a: replace(a, clearance=given))
        case ComponentReturned(by=by, at=at, comment=comment):
            why = Note(by, at, comment)
            return on_assignment(task, event, lambda a: sent_back(a, why))
        case SentToClearance():
            asked = _round(task, event)
            status = Status.CLEARED if asked.cleared else Status.IN_CLEARANCE
            return replace(task, status=status, rounds=(*task.rounds, asked))
        case StepCleared() | StepReturned():
            return _stepped(task, event)
        case _:
            assert_never(event)


def _round(task: Task, event: SentToClearance) -> Round:
    """A clearance given for exactly this package stands, a division's too: nobody is asked twice for the same one."""
    assert task.package is not None, "only a response is sent to clearance"
    before = task.round.steps if task.round and task.round.package == task.package else ()
    division = [a.clearance for a in task.active if a.clearance and a.package == task.package]
    standing: dict[tuple[Post, ...], Clearance] = {(clearance.post,): clearance for clearance in division}
    standing |= {step.posts: step.clearance for step in before if step.clearance}
    steps = tuple(Step(posts, standing.get(posts)) for posts in event.plan)
    return Round(event.round, task.package, steps, event.by, event.at)


def _stepped(task: Task, event: StepCleared | StepReturned) -> Task:
    current = task.rounds[-1]
    step = current.steps[event.step]
    match event:
        case StepCleared(by=by, at=at, post=post, package=package, own=own, basis=basis):
            step = replace(step, clearance=Clearance(by, at, post, package, own, basis))
        case StepReturned(by=by, at=at, comment=comment):
            step = replace(step, returned=Note(by, at, comment))
        case _:
            assert_never(event)
    steps = tuple(step if i == event.step else s for i, s in enumerate(current.steps))
    current = replace(current, steps=steps)
    status = Status.CLEARED if current.cleared else task.status
    if isinstance(event, StepReturned):
        status = Status.IN_REVIEW
    return replace(task, rounds=(*task.rounds[:-1], current), status=status)
