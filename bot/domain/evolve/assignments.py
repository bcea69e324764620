"""One officer's assignment until it is answered, and its pieces."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.assignment import Assignment, Due, Extension, Part, Stage
from bot.domain.evolve.settling import on_assignment, without_parts
from bot.domain.messages import (
    AssignmentAcknowledged,
    AssignmentCancelled,
    AssignmentDeferred,
    AssignmentEvent,
    AssignmentReassigned,
    DeferralDeclined,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
    PartDelegated,
    PartHandedBack,
    PartRecalled,
)
from bot.domain.rounds import Note
from bot.domain.task import Task


def with_assignment(task: Task, event: AssignmentEvent) -> Task:
    if isinstance(event, AssignmentCancelled):  # what was consolidated has the cancelled response in it
        task = replace(task, consolidated=None, consolidated_by="")
    return on_assignment(task, event, lambda a: _assignment(a, event))


def _assignment(a: Assignment, event: AssignmentEvent) -> Assignment:
    match event:
        case AssignmentAcknowledged():
            return replace(a, stage=Stage.ACKNOWLEDGED)
        case AssignmentDeferred(by=by, at=at, reason=reason, suggestion=suggestion):
            return replace(a, stage=Stage.DEFERRED, deferral=Note(by, at, reason), suggestion=suggestion, declined=None)
        case DeferralDeclined(by=by, at=at, comment=comment):
            return replace(a, stage=Stage.ACKNOWLEDGED, declined=Note(by, at, comment))
        case AssignmentReassigned(officer=officer):
            return without_parts(replace(a, stage=Stage.REASSIGNED, passed_to=officer))
        case AssignmentCancelled(by=by, at=at, reason=reason):
            return without_parts(replace(a, stage=Stage.CANCELLED, cancelled=Note(by, at, reason)))
        case PartDelegated() | PartRecalled():
            return replace(a, parts=_parts(a, event))
        case PartHandedBack(part=id, package=package):
            part = a.part(id)
            mine = package.files if part and part.parent == 0 else ()  # they go with the officer's response
            return replace(a, parts=_parts(a, event), files=tuple(dict.fromkeys((*a.files, *mine))))
        case ExtensionRequested(by=by, at=at, reason=reason, due_at=due_at):
            return replace(a, extension=Extension(by, at, reason, due_at), extension_declined=None)
        case ExtensionGranted(by=by, at=at, due_at=due_at):
            reason = a.extension.reason if a.extension else ""
            return replace(a, extension=None, dues=(*a.dues, Due(due_at, by, at, reason)))
        case ExtensionDeclined(by=by, at=at, comment=comment):
            return replace(a, extension=None, extension_declined=Note(by, at, comment))
        case _:
            assert_never(event)


def _parts(a: Assignment, event: PartDelegated | PartHandedBack | PartRecalled) -> tuple[Part, ...]:
    match event:
        case PartDelegated(by=by, at=at, part=id, to=to, parent=parent, note=note):
            return (*a.parts, Part(id, by, to, parent, note, at))
        case PartHandedBack(at=at, part=id, package=package):
            done = {"open": False, "package": package, "handed_at": at}
            return tuple(replace(p, **done) if p.id == id else p for p in a.parts)  # type: ignore[arg-type]
        case PartRecalled(part=id):
            return tuple(replace(p, open=False) if id in {p.id, p.parent} else p for p in a.parts)
        case _:
            assert_never(event)
