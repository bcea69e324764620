"""What a command does to a task: the events that happened, or a refusal in words that say what to do.

`decide` is pure: `bot.domain.rules` says whether the actor may, the arms below check what was entered and name
the events. No events means: already so, nothing to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.domain.actors import authority
from bot.domain.assigning import added, reassigned, replanned, routed
from bot.domain.assignment import Assignment
from bot.domain.clearing import consolidated, sent, transmitted
from bot.domain.context import Context
from bot.domain.copying import copied, copied_again
from bot.domain.correcting import corrected
from bot.domain.delegating import asked_for_time, delegated, given_time, handed_back
from bot.domain.email_lane import attested, completed
from bot.domain.entered import limited, place_of, request_of, text_of
from bot.domain.evolve import evolve
from bot.domain.holding import held, released
from bot.domain.mailing import arrived, begun
from bot.domain.messages import (
    Acknowledge,
    AddComment,
    AssignAlso,
    AssignmentAcknowledged,
    AssignmentCancelled,
    AssignmentDeferred,
    AttachFile,
    Basis,
    CancelAssignment,
    Clear,
    ClearComponent,
    Close,
    Command,
    CommentAdded,
    CompleteByEmail,
    ComponentCleared,
    ComponentReturned,
    ConfirmArrival,
    Consolidate,
    Correct,
    DeclineDeferral,
    DeclineExtension,
    Defer,
    DeferralDeclined,
    Delegate,
    DetachFile,
    EmailLaneOpened,
    Event,
    ExtensionDeclined,
    FileAttached,
    FileDetached,
    ForwardRequest,
    GrantExtension,
    HandBack,
    HoldRecord,
    Locate,
    LogByEmail,
    LogTask,
    MuteReminders,
    OpenEmailLane,
    PartRecalled,
    Reassign,
    Recall,
    RecordResponse,
    RecordSupplemented,
    ReleaseHold,
    RemindersMuted,
    Reopen,
    RequestExtension,
    RequestLocated,
    Respond,
    RespondNegative,
    ResponseConsolidated,
    ResponseGiven,
    ResponseReturned,
    ResponseSubmitted,
    Return,
    ReturnComponent,
    ReturnResponse,
    RouteTask,
    Send,
    SendAgain,
    SendCopy,
    SendToClearance,
    StepCleared,
    StepReturned,
    SupplementRecord,
    TaskClosed,
    TaskLogged,
    TaskReopened,
    TaskWithdrawn,
    Transmit,
    Withdraw,
)
from bot.domain.package import Package, with_files
from bot.domain.positions import Post
from bot.domain.receiving import forwarded
from bot.domain.repeated import already
from bot.domain.retention import closed
from bot.domain.rules import about, refusal
from bot.domain.supplementing import supplemented
from bot.domain.task import Task
from bot.errors import InvalidInput


def decide(task: Task | None, command: Command, ctx: Context, number: str = "") -> tuple[Event, ...]:
    """Say what happened. Raises Rejected and changes nothing; `number` is the new task's, for what makes one."""
    if error := refusal(task, type(command), about(command), ctx):
        if task is not None and already(task, command, ctx.actor):
            return ()
        raise error
    if isinstance(command, ForwardRequest):
        return (forwarded(command, number, ctx),)
    if isinstance(command, LogTask):
        before = task.request if task else None
        return (TaskLogged(ctx.actor, ctx.now, task.number if task else number, request_of(command, before, ctx)),)
    assert task is not None
    return _events(task, command, ctx)


def _events(task: Task, command: Command, ctx: Context) -> tuple[Event, ...]:
    by, at = ctx.actor, ctx.now
    match command:
        case LogTask() | ForwardRequest():
            raise AssertionError("a task is made once")
        case Locate(about=where):
            scope, component = place_of(where, ctx)
            same = (scope, component) == (task.request.scope, task.request.component)
            return () if same else (RequestLocated(by, at, scope, component),)
        case RouteTask():
            return routed(task, command, ctx)
        case OpenEmailLane():
            return (EmailLaneOpened(by, at),)
        case CompleteByEmail(completed_at=completed_at):
            return completed(task, completed_at, ctx)
        case LogByEmail():
            return attested(task, command, ctx)
        case AssignAlso():
            return added(task, command, ctx)
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
            return delegated(_part(task, id), command, ctx)
        case HandBack(assignment=id):
            return handed_back(_part(task, id), command, ctx)
        case Recall(assignment=id, part=part):
            return (PartRecalled(by, at, id, part),)
        case RequestExtension(assignment=id):
            return asked_for_time(task, _part(task, id), command, ctx)
        case GrantExtension(assignment=id, due_at=due_at):
            return given_time(task, _part(task, id), due_at, ctx)
        case DeclineExtension(assignment=id, comment=comment):
            return (ExtensionDeclined(by, at, id, text_of(comment, "comment", "Say why there is no more time")),)
        case CancelAssignment(assignment=id, reason=reason):
            return _cancelled(task, id, text_of(reason, "reason", "Say why it is not needed"), ctx)
        case AttachFile(assignment=id, file=file):
            return () if file in _part(task, id).files else (FileAttached(by, at, id, file),)
        case DetachFile(assignment=id, file=sha):
            waiting = (file for file in _part(task, id).files if file.sha256 == sha)
            return tuple(FileDetached(by, at, id, file) for file in waiting)
        case Respond(assignment=id, text=text, files=files):
            package = Package(limited(text, "text"), with_files(_part(task, id).files, files))
            return _responded(task, id, package, ctx)
        case RecordResponse(assignment=id, text=text, files=files, reason=reason):
            package = Package(limited(text, "text"), with_files(_part(task, id).files, files))
            reason = text_of(reason, "reason", "Say why it came by email")
            return _responded(task, id, package, ctx, reason)
        case RespondNegative(assignment=id, comment=comment):
            return _responded(task, id, Package(limited(comment, "comment"), negative=True), ctx)
        case ClearComponent(assignment=id, package=sha):
            post, basis = _authority(task, (_lead(task, id),), ctx)
            return (
                ComponentCleared(by, at, id, post, sha, basis),
                ResponseSubmitted(_part(task, id).officer, at, id, sha),
            )
        case ReturnComponent(assignment=id, package=sha, comment=comment):
            return (ComponentReturned(by, at, id, _lead(task, id), sha, text_of(comment, "comment", WHY_RETURN)),)
        case ReturnResponse(assignment=id, comment=comment):
            return (ResponseReturned(by, at, id, text_of(comment, "comment", WHY_RETURN)),)
        case Consolidate(text=text):
            package = consolidated(task, text)
            same = (package, by) == (task.consolidated, task.consolidated_by)
            return () if same else (ResponseConsolidated(by, at, package),)
        case SendToClearance(official=official):
            return (sent(task, official, ctx),)
        case Clear(step=step, round=number, package=sha):
            post, basis = _authority(task, task.waiting_posts, ctx)
            return (StepCleared(by, at, step, number, post, sha, by in task.drafters(), basis),)
        case Return(step=step, round=number, package=sha, comment=comment):
            comment = text_of(comment, "comment", WHY_RETURN)
            post, _ = _authority(task, task.waiting_posts, ctx)
            return (StepReturned(by, at, step, number, post, sha, comment),)
        case Transmit():
            return (transmitted(task, command, ctx),)
        case Send(to=to) | SendAgain(to=to):
            return (begun(task, to, ctx),)
        case ConfirmArrival(note=note):
            return (arrived(task, note, ctx),)
        case Close():
            return _copied(task, (closed(task, ctx),), ctx)
        case AddComment(text=text):
            text = text_of(text, "text", "Write your comment")
            same = bool(task.comments) and (task.comments[-1].by, task.comments[-1].text) == (by, text)
            return () if same else (CommentAdded(by, at, text),)
        case MuteReminders():
            return (RemindersMuted(by, at),)
        case Correct():
            return corrected(task, command, ctx)
        case Withdraw(reason=reason):
            return (TaskWithdrawn(by, at, text_of(reason, "reason", "Say why it is withdrawn")),)
        case Reopen(reason=reason):
            return (TaskReopened(by, at, text_of(reason, "reason", "Say why it is reopened")),)
        case SupplementRecord():
            return tuple(
                e for a in supplemented(task, command, ctx) for e in (a, *copied(evolve(task, a), a.seal, ctx))
            )
        case SendCopy():
            return copied_again(task, ctx)
        case HoldRecord():
            return held(task, command, ctx)
        case ReleaseHold():
            return released(task, command, ctx)
        case _:
            assert_never(command)


WHY_RETURN = "Say what has to change"


def _cancelled(task: Task, id: int, reason: str, ctx: Context) -> tuple[Event, ...]:
    """Who answers changes, and with it who clears."""
    ended = AssignmentCancelled(ctx.actor, ctx.now, id, reason)
    return (ended, *replanned(evolve(task, ended), ctx))


def _copied(task: Task, sealed: Sequence[TaskClosed | RecordSupplemented], ctx: Context) -> tuple[Event, ...]:
    """What was sealed goes to the Taskings mailbox, too (6-5)."""
    return tuple(event for done in sealed for event in (done, *copied(evolve(task, done), done.seal, ctx)))


# Responding and clearing


def _part(task: Task, id: int) -> Assignment:
    assignment = task.assignment(id)
    assert assignment is not None, "the rules let through only assignments that are there"
    return assignment


def _lead(task: Task, id: int) -> Post:
    lead = _part(task, id).lead
    assert lead is not None, "the rules let through only assignments with a lead"
    return lead


def _responded(task: Task, id: int, package: Package, ctx: Context, reason: str = "") -> tuple[Event, ...]:
    if not package:
        raise InvalidInput("Write a response, add a file, or answer that there is no information.", field="text")
    given = ResponseGiven(ctx.actor, ctx.now, id, package, reason)
    if _part(task, id).lead:
        return (given,)
    return (given, ResponseSubmitted(ctx.actor, ctx.now, id, package.sha256))


def _authority(task: Task, posts: tuple[Post, ...], ctx: Context) -> tuple[Post, Basis | None]:
    found = authority(task, posts, ctx)
    assert found is not None, "the rules let through only those with the authority"
    return found
