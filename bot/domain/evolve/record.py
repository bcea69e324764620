"""The record: closed, opened again, and what comes to it afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.copying import with_copy
from bot.domain.evolve.settling import settled
from bot.domain.holding import with_hold
from bot.domain.messages import (
    CopyBegun,
    CopyFailed,
    CopySent,
    CopyTried,
    CopyUnconfirmed,
    HoldReleased,
    RecordEvent,
    RecordHeld,
    RecordSupplemented,
    TaskClosed,
    TaskReopened,
)
from bot.domain.rounds import Note
from bot.domain.task import Status, Supplement, Task


def with_record(task: Task, event: RecordEvent) -> Task:
    match event:
        case TaskClosed(seal=seal, by=by, at=at, retention=retention):
            return replace(task, status=Status.CLOSED, seal=seal, closed_by=by, closed_at=at, retention=retention)
        case TaskReopened(by=by, at=at, reason=reason):
            return _begun_again(task, Note(by, at, reason))
        case RecordSupplemented(by=by, at=at, package=package, seal=seal):
            return replace(task, supplements=(*task.supplements, Supplement(by, at, package, seal)))
        case CopyBegun() | CopyTried() | CopySent() | CopyFailed() | CopyUnconfirmed():
            return with_copy(task, event)
        case RecordHeld() | HoldReleased():
            return with_hold(task, event)
        case _:
            assert_never(event)


def _begun_again(task: Task, note: Note) -> Task:
    """Where its answers leave it; what was transmitted and sealed is in the history."""
    status = Status.LOGGED if task.logged else Status.RECEIVED
    lane = task.email if task.email and not task.email.attested else None
    if lane:
        status = Status.BY_EMAIL  # its log is owed as it was (6-1.3)
    fresh = replace(task, status=status, reopened=note, withdrawn=None, transmission=None, email=lane, seal="")
    return settled(replace(fresh, mailing=None, closed_by="", closed_at=None, retention=None))
