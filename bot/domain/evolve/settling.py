"""What happens to one assignment, and where the answers of all leave the task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from bot.domain.assignment import Assignment, Stage
from bot.domain.messages import (
    AssignmentEvent,
    ComponentCleared,
    ComponentReturned,
    FileAttached,
    FileDetached,
    ResponseGiven,
    ResponseReturned,
    ResponseSubmitted,
)
from bot.domain.rounds import Note
from bot.domain.task import Status, Task

OnAssignment: TypeAlias = (
    AssignmentEvent
    | FileAttached
    | FileDetached
    | ResponseGiven
    | ResponseSubmitted
    | ResponseReturned
    | ComponentCleared
    | ComponentReturned
)


def on_assignment(task: Task, event: OnAssignment, change: Callable[[Assignment], Assignment]) -> Task:
    """The task with the assignment that the event is about changed."""
    return settled(replace(task, assignments=tuple(_changed(a, event, change) for a in task.assignments)))


def _changed(a: Assignment, event: OnAssignment, change: Callable[[Assignment], Assignment]) -> Assignment:
    return change(replace(a, changed_by=event.by, changed_at=event.at)) if a.id == event.assignment else a


def settled(task: Task) -> Task:
    """In review once every active assignee has answered; back with the officers otherwise."""
    if task.routing is None:
        return task
    answered = bool(task.active) and all(a.stage is Stage.SUBMITTED for a in task.active)
    if answered:
        return replace(task, status=Status.IN_REVIEW)
    return replace(task, status=Status.ASSIGNED, consolidated=None, consolidated_by="")


def without_parts(a: Assignment) -> Assignment:
    """Nobody is waited for any more."""
    return replace(a, parts=tuple(replace(p, open=False) for p in a.parts))


def sent_back(a: Assignment, note: Note) -> Assignment:
    """Back with its officer, to go on from; the files stay, to be sent again or added to."""
    files = a.package.files if a.package else ()
    voided = (*a.voided, a.clearance) if a.clearance else a.voided
    back = replace(a, stage=Stage.ACKNOWLEDGED, returned=note, clearance=None, voided=voided)
    return replace(back, package=None, draft=a.package, files=files)
