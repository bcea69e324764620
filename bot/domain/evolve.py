"""What each event makes of a task. Total: history cannot be refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias, assert_never

from bot.domain.assignment import Assignment, Due, Extension, Part, Stage
from bot.domain.copying import with_copy
from bot.domain.holding import with_hold
from bot.domain.mailing import mailed
from bot.domain.messages import (
    ArrivalConfirmed,
    AssignmentAcknowledged,
    AssignmentCancelled,
    AssignmentDeferred,
    AssignmentReassigned,
    CommentAdded,
    ComponentCleared,
    ComponentReturned,
    CopyBegun,
    CopyFailed,
    CopySent,
    CopyTried,
    CopyUnconfirmed,
    DeferralDeclined,
    EmailLaneOpened,
    EmailTaskCompleted,
    EmailTaskLogged,
    Event,
    ExtensionDeclined,
    ExtensionGranted,
    ExtensionRequested,
    FieldCorrected,
    FileAttached,
    FileDetached,
    HoldReleased,
    Manner,
    PartDelegated,
    PartHandedBack,
    PartRecalled,
    PlanRevised,
    Priority,
    RecordHeld,
    RecordSupplemented,
    RemindersMuted,
    Request,
    RequestForwarded,
    RequestLocated,
    ResponseConsolidated,
    ResponseGiven,
    ResponseReturned,
    ResponseSubmitted,
    ResponseTransmitted,
    SentToClearance,
    StepCleared,
    StepReturned,
    TaskAssigned,
    TaskClosed,
    TaskImported,
    TaskLogged,
    TaskReopened,
    TaskRouted,
    TaskWithdrawn,
    TransmissionBegun,
    TransmissionConfirmed,
    TransmissionFailed,
    TransmissionTried,
    TransmissionUnconfirmed,
)
from bot.domain.package import with_files
from bot.domain.positions import Post
from bot.domain.receiving import begun, imported
from bot.domain.rounds import Clearance, Note, Round, Step
from bot.domain.task import Attested, Correction, EmailLane, Routing, Status, Supplement, Task, Transmission

#: What makes a task.
BEGINNINGS = (RequestForwarded, TaskLogged, TaskImported)


def evolve(task: Task | None, event: Event) -> Task:
    """Apply one event; only those of `BEGINNINGS` make a task where there was none."""
    if isinstance(event, TaskImported):
        return imported(event, task.version + 1 if task else 1)
    if task is None and isinstance(event, RequestForwarded | TaskLogged):
        task = begun(event)
    assert task is not None, "a task's history begins when it is received, logged or imported"
    after = _apply(task, event)
    return replace(after, version=task.version + 1, changed_by=event.by, changed_at=event.at)


def _apply(task: Task, event: Event) -> Task:
    match event:
        case RequestForwarded() | TaskImported():
            return task
        case TaskLogged(by=by, at=at, request=request):
            return replace(task, request=request, status=Status.LOGGED, manager=by, logged_at=at)
        case TaskRouted(by=by):
            manager = by if task.as_imported else task.manager  # who adopts it
            return replace(task, routing=_routing(event), status=Status.ASSIGNED, manager=manager)
        case TaskAssigned():
            due = Due(event.due_at, event.by, event.at)
            fresh = Assignment(
                event.assignment,
                event.officer,
                event.post,
                event.component,
                event.lead,
                event.by,
                event.at,
                (due,),
                event.manner,
                event.authority,
            )
            return _settled(
                replace(task, assignments=(*task.assignments, fresh), consolidated=None, consolidated_by="")
            )
        case PlanRevised(leads=leads):
            return _revised(task, event, dict(leads))
        case SentToClearance():
            asked = _round(task, event)
            status = Status.CLEARED if asked.cleared else Status.IN_CLEARANCE
            return replace(task, status=status, rounds=(*task.rounds, asked))
        case StepCleared() | StepReturned():
            return _stepped(task, event)
        case ResponseConsolidated(package=package, by=by):
            return replace(task, consolidated=package, consolidated_by=by)
        case RequestLocated(scope=scope, component=component):
            return replace(task, request=replace(task.request, scope=scope, component=component))
        case ResponseTransmitted(by=by, at=at, package=sha, manner=manner, to=to, note=note, reason=reason):
            sent = Transmission(by, at, sha, manner, to, note, reason, event.sent_at)
            return replace(task, status=Status.TRANSMITTED, transmission=sent, mailing=None)
        case (
            TransmissionBegun()
            | TransmissionTried()
            | TransmissionFailed()
            | TransmissionUnconfirmed()
            | TransmissionConfirmed()
            | ArrivalConfirmed()
        ):
            return mailed(task, event)
        case TaskClosed(seal=seal, by=by, at=at, retention=retention):
            return replace(task, status=Status.CLOSED, seal=seal, closed_by=by, closed_at=at, retention=retention)
        case CommentAdded(by=by, at=at, text=text):
            return replace(task, comments=(*task.comments, Note(by, at, text)))
        case RemindersMuted(by=by):
            return replace(task, muted=(*task.muted, by))
        case FieldCorrected():
            return _corrected(task, event)
        case EmailLaneOpened(by=by, at=at):
            return replace(task, status=Status.BY_EMAIL, email=EmailLane(by, at))
        case EmailTaskCompleted(completed_at=completed_at, log_by=log_by) if task.email:
            return replace(task, email=replace(task.email, completed_at=completed_at, log_by=log_by))
        case EmailTaskLogged() if task.email:
            sent = Transmission(event.by, event.at, event.package.sha256, Manner.EMAIL, task.request.requestor, "")
            done = Attested(
                event.by, event.at, event.package, event.cleared_by, event.cleared_at, event.evidence, event.late
            )
            lane = replace(task.email, attested=done)
            return replace(task, status=Status.TRANSMITTED, email=lane, transmission=sent)
        case EmailTaskCompleted() | EmailTaskLogged():
            raise AssertionError("the email lane is opened first")
        case TaskWithdrawn(by=by, at=at, reason=reason):
            by_whom = task.manager or by
            return replace(task, status=Status.WITHDRAWN, withdrawn=Note(by, at, reason), manager=by_whom)
        case TaskReopened(by=by, at=at, reason=reason):
            return _begun_again(task, Note(by, at, reason))
        case RecordSupplemented(by=by, at=at, package=package, seal=seal):
            return replace(task, supplements=(*task.supplements, Supplement(by, at, package, seal)))
        case CopyBegun() | CopyTried() | CopySent() | CopyFailed() | CopyUnconfirmed():
            return with_copy(task, event)
        case RecordHeld() | HoldReleased():
            return with_hold(task, event)
        case AssignmentCancelled():  # what was consolidated has the cancelled response in it
            ended = replace(task, consolidated=None, consolidated_by="")
            return _settled(_on_assignment(ended, event.assignment, lambda a: _assignment(a, event)))
        case _:
            return _settled(_on_assignment(task, event.assignment, lambda a: _assignment(a, event)))


AssignmentEvent: TypeAlias = (
    AssignmentAcknowledged
    | AssignmentCancelled
    | PartDelegated
    | PartHandedBack
    | PartRecalled
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionDeclined
    | AssignmentDeferred
    | AssignmentReassigned
    | DeferralDeclined
    | FileAttached
    | FileDetached
    | ResponseGiven
    | ComponentCleared
    | ComponentReturned
    | ResponseSubmitted
    | ResponseReturned
)


def _assignment(a: Assignment, event: AssignmentEvent) -> Assignment:
    a = replace(a, changed_by=event.by, changed_at=event.at)
    match event:
        case AssignmentAcknowledged():
            return replace(a, stage=Stage.ACKNOWLEDGED)
        case AssignmentDeferred(by=by, at=at, reason=reason, suggestion=suggestion):
            return replace(a, stage=Stage.DEFERRED, deferral=Note(by, at, reason), suggestion=suggestion, declined=None)
        case AssignmentReassigned(officer=officer):
            return _without_parts(replace(a, stage=Stage.REASSIGNED, passed_to=officer))
        case AssignmentCancelled(by=by, at=at, reason=reason):
            return _without_parts(replace(a, stage=Stage.CANCELLED, cancelled=Note(by, at, reason)))
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
        case DeferralDeclined(by=by, at=at, comment=comment):
            return replace(a, stage=Stage.ACKNOWLEDGED, declined=Note(by, at, comment))
        case FileAttached(file=file):
            return replace(a, files=with_files(a.files, (file,)))
        case FileDetached(file=file):
            return replace(a, files=tuple(old for old in a.files if old != file))
        case ResponseGiven(by=by, at=at, package=package, reason=reason):
            stage = Stage.IN_DIVISION_CLEARANCE if a.lead else a.stage
            answered = replace(a, stage=stage, package=package, draft=None, files=(), clearance=None, returned=None)
            return replace(_without_parts(answered), extension=None, otherwise=Note(by, at, reason) if reason else None)
        case ComponentCleared(by=by, at=at, post=post, package=package, basis=basis):
            return replace(a, clearance=Clearance(by, at, post, package, basis=basis))
        case ResponseSubmitted():
            return replace(a, stage=Stage.SUBMITTED)
        case ComponentReturned(by=by, at=at, comment=comment) | ResponseReturned(by=by, at=at, comment=comment):
            return _reopened(a, Note(by, at, comment))
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


def _without_parts(a: Assignment) -> Assignment:
    """Nobody is waited for any more."""
    return replace(a, parts=tuple(replace(p, open=False) for p in a.parts))


def _corrected(task: Task, event: FieldCorrected) -> Task:
    why = Correction(event.field, event.before, Note(event.by, event.at, event.reason))
    task = replace(task, request=_request(task.request, event.field, event.after))
    return replace(
        task, corrections=(*task.corrections, why), assignments=tuple(map(_in_time(task, event), task.assignments))
    )


def _in_time(task: Task, event: FieldCorrected) -> Callable[[Assignment], Assignment]:
    """Nobody is asked for a response later than the requestor expects it."""
    latest = Due(task.request.due_at, event.by, event.at)
    return lambda a: replace(a, dues=(*a.dues, latest)) if a.active and a.due_at > latest.at else a


def _request(request: Request, field: str, text: str) -> Request:
    match field:
        case "due_at":
            return replace(request, due_at=datetime.fromisoformat(text))
        case "priority":
            return replace(request, priority=Priority(text))
        case _:
            return replace(request, **{field: text})  # type: ignore[arg-type]  # the rest is text


def _begun_again(task: Task, note: Note) -> Task:
    """Where its answers leave it; what was transmitted and sealed is in the history."""
    status = Status.LOGGED if task.logged else Status.RECEIVED
    lane = task.email if task.email and not task.email.attested else None
    if lane:
        status = Status.BY_EMAIL  # its log is owed as it was (6-1.3)
    fresh = replace(task, status=status, reopened=note, withdrawn=None, transmission=None, email=lane, seal="")
    return _settled(replace(fresh, mailing=None, closed_by="", closed_at=None, retention=None))


def _reopened(a: Assignment, note: Note) -> Assignment:
    """Back with its officer, to go on from; the files stay, to be sent again or added to."""
    files = a.package.files if a.package else ()
    voided = (*a.voided, a.clearance) if a.clearance else a.voided
    back = replace(a, stage=Stage.ACKNOWLEDGED, returned=note, clearance=None, voided=voided)
    return replace(back, package=None, draft=a.package, files=files)


def _on_assignment(task: Task, id: int, change: Callable[[Assignment], Assignment]) -> Task:
    return replace(task, assignments=tuple(change(a) if a.id == id else a for a in task.assignments))


def _settled(task: Task) -> Task:
    """In review once every active assignee has answered; back with the officers otherwise."""
    if task.routing is None:
        return task
    answered = bool(task.active) and all(a.stage is Stage.SUBMITTED for a in task.active)
    if answered:
        return replace(task, status=Status.IN_REVIEW)
    return replace(task, status=Status.ASSIGNED, consolidated=None, consolidated_by="")


def _routing(event: TaskRouted) -> Routing:
    return Routing(
        event.rubric,
        event.reply,
        event.awareness,
        event.clearance,
        event.plan,
        event.official_open,
        event.authority,
        event.officers,
    )


def _revised(task: Task, event: PlanRevised, leads: dict[int, Post | None]) -> Task:
    """A new lead is asked for what was already answered; where nobody must be, it is submitted as it stands."""
    assert task.routing is not None
    changed = tuple(_led(a, leads[a.id]) if a.id in leads else a for a in task.assignments)
    return _settled(replace(task, routing=replace(task.routing, plan=event.plan), assignments=changed))


def _led(a: Assignment, lead: Post | None) -> Assignment:
    stage = a.stage
    if a.package is not None and stage in {Stage.SUBMITTED, Stage.IN_DIVISION_CLEARANCE}:
        cleared = a.clearance is not None and a.clearance.post == lead
        stage = Stage.SUBMITTED if lead is None or cleared else Stage.IN_DIVISION_CLEARANCE
    return replace(a, lead=lead, stage=stage)


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
