"""What officers answer: the files that wait, the response, and where it goes next."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.assignment import Assignment, Stage
from bot.domain.evolve.settling import on_assignment, sent_back, without_parts
from bot.domain.messages import (
    FileAttached,
    FileDetached,
    ResponseConsolidated,
    ResponseEvent,
    ResponseGiven,
    ResponseReturned,
    ResponseSubmitted,
)
from bot.domain.package import with_files
from bot.domain.rounds import Note
from bot.domain.task import Task


def with_response(task: Task, event: ResponseEvent) -> Task:
    if isinstance(event, ResponseConsolidated):
        return replace(task, consolidated=event.package, consolidated_by=event.by)
    return on_assignment(task, event, lambda a: _assignment(a, event))


def _assignment(
    a: Assignment, event: FileAttached | FileDetached | ResponseGiven | ResponseSubmitted | ResponseReturned
) -> Assignment:
    match event:
        case FileAttached(file=file):
            return replace(a, files=with_files(a.files, (file,)))
        case FileDetached(file=file):
            return replace(a, files=tuple(old for old in a.files if old != file))
        case ResponseGiven(by=by, at=at, package=package, reason=reason):
            stage = Stage.IN_DIVISION_CLEARANCE if a.lead else a.stage
            answered = replace(a, stage=stage, package=package, draft=None, files=(), clearance=None, returned=None)
            return replace(without_parts(answered), extension=None, otherwise=Note(by, at, reason) if reason else None)
        case ResponseSubmitted():
            return replace(a, stage=Stage.SUBMITTED)
        case ResponseReturned(by=by, at=at, comment=comment):
            return sent_back(a, Note(by, at, comment))
        case _:
            assert_never(event)
