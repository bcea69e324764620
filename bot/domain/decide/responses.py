"""What officers answer, what is sent back to them, and the one response made of it."""

from __future__ import annotations

from typing import assert_never

from bot.domain.clearing import consolidated
from bot.domain.context import Context
from bot.domain.decide.assignments import assignment_of
from bot.domain.entered import WHY_RETURN, limited, text_of
from bot.domain.messages import (
    AttachFile,
    Consolidate,
    DetachFile,
    Event,
    FileAttached,
    FileDetached,
    RecordResponse,
    Respond,
    RespondNegative,
    ResponseCommand,
    ResponseConsolidated,
    ResponseGiven,
    ResponseReturned,
    ResponseSubmitted,
    ReturnResponse,
)
from bot.domain.package import Package, with_files
from bot.domain.task import Task
from bot.errors import InvalidInput


def response_events(task: Task, command: ResponseCommand, ctx: Context) -> tuple[Event, ...]:
    by, at = ctx.actor, ctx.now
    match command:
        case AttachFile(assignment=id, file=file):
            return () if file in assignment_of(task, id).files else (FileAttached(by, at, id, file),)
        case DetachFile(assignment=id, file=sha):
            waiting = (file for file in assignment_of(task, id).files if file.sha256 == sha)
            return tuple(FileDetached(by, at, id, file) for file in waiting)
        case Respond(assignment=id, text=text, files=files):
            package = Package(limited(text, "text"), with_files(assignment_of(task, id).files, files))
            return _responded(task, id, package, ctx)
        case RecordResponse(assignment=id, text=text, files=files, reason=reason):
            package = Package(limited(text, "text"), with_files(assignment_of(task, id).files, files))
            reason = text_of(reason, "reason", "Say why it came by email")
            return _responded(task, id, package, ctx, reason)
        case RespondNegative(assignment=id, comment=comment):
            return _responded(task, id, Package(limited(comment, "comment"), negative=True), ctx)
        case ReturnResponse(assignment=id, comment=comment):
            return (ResponseReturned(by, at, id, text_of(comment, "comment", WHY_RETURN)),)
        case Consolidate(text=text):
            package = consolidated(task, text)
            same = (package, by) == (task.consolidated, task.consolidated_by)
            return () if same else (ResponseConsolidated(by, at, package),)
        case _:
            assert_never(command)


def _responded(task: Task, id: int, package: Package, ctx: Context, reason: str = "") -> tuple[Event, ...]:
    if not package:
        raise InvalidInput("Write a response, add a file, or answer that there is no information.", field="text")
    given = ResponseGiven(ctx.actor, ctx.now, id, package, reason)
    if assignment_of(task, id).lead:
        return (given,)
    return (given, ResponseSubmitted(ctx.actor, ctx.now, id, package.sha256))
