"""What a command does to a task: the events that happened, or a refusal in words that say what to do.

`decide` is pure: `bot.domain.rules` says whether the actor may, the arms below check what was entered and name
the events. No events means: already so, nothing to do.
"""

from __future__ import annotations

from typing import assert_never

from bot.domain.actors import authority, own_position
from bot.domain.assigning import chosen_officer, officers_of, replanned, reseated, routed
from bot.domain.context import Context
from bot.domain.correcting import corrected
from bot.domain.delegating import asked_for_time, delegated, given_time, handed_back
from bot.domain.email_lane import attested, completed
from bot.domain.entered import limited, request_of, text_of
from bot.domain.evolve import evolve
from bot.domain.messages import (
    Acknowledge,
    AddComment,
    AssignAlso,
    AssignmentAcknowledged,
    AssignmentCancelled,
    AssignmentDeferred,
    AssignmentReassigned,
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
    Consolidate,
    Correct,
    DeclineDeferral,
    DeclineExtension,
    Defer,
    DeferralDeclined,
    Delegate,
    EmailLaneOpened,
    Event,
    ExtensionDeclined,
    FileAttached,
    GrantExtension,
    HandBack,
    LogByEmail,
    LogTask,
    MuteReminders,
    OpenEmailLane,
    PartRecalled,
    Reassign,
    Recall,
    RemindersMuted,
    Reopen,
    RequestExtension,
    Respond,
    RespondNegative,
    ResponseConsolidated,
    ResponseGiven,
    ResponseReturned,
    ResponseSubmitted,
    ResponseTransmitted,
    Return,
    ReturnComponent,
    ReturnResponse,
    RouteTask,
    SendToClearance,
    SentToClearance,
    StepCleared,
    StepReturned,
    TaskClosed,
    TaskLogged,
    TaskReopened,
    TaskWithdrawn,
    Transmit,
    Withdraw,
)
from bot.domain.package import Package
from bot.domain.positions import Post, parse_post
from bot.domain.routing import officials
from bot.domain.rules import about, refusal
from bot.domain.task import Assignment, Stage, Task, seal_of
from bot.errors import InvalidInput


def decide(task: Task | None, command: Command, ctx: Context, number: str = "") -> tuple[Event, ...]:
    """Say what happened. Raises Rejected and changes nothing; `number` is the new task's, for LogTask."""
    if task is not None and _already(task, command, ctx):
        return ()
    if error := refusal(task, type(command), about(command), ctx):
        raise error
    if isinstance(command, LogTask):
        return (TaskLogged(ctx.actor, ctx.now, number, request_of(command, ctx)),)
    assert task is not None
    return _events(task, command, ctx)


def _events(task: Task, command: Command, ctx: Context) -> tuple[Event, ...]:
    by, at = ctx.actor, ctx.now
    match command:
        case LogTask():
            raise AssertionError("a task is logged once")
        case RouteTask():
            return routed(task, command, ctx)
        case OpenEmailLane():
            return (EmailLaneOpened(by, at),)
        case CompleteByEmail(completed_at=completed_at):
            return completed(task, completed_at, ctx)
        case LogByEmail():
            return attested(task, command, ctx)
        case AssignAlso(officer=email):
            return reseated(task, (*officers_of(task), chosen_officer(task, email, ctx)), (), ctx)
        case Acknowledge(assignment=id):
            done = AssignmentAcknowledged(by, at, id)
            return (done, ResponseSubmitted(by, at, id, "")) if task.informational else (done,)
        case Defer(assignment=id, reason=reason, suggestion=suggestion):
            return (AssignmentDeferred(by, at, id, text_of(reason, "reason", "Say why"), suggestion),)
        case Reassign(assignment=id, officer=email):
            others = tuple(o for a, o in zip(task.active, officers_of(task), strict=True) if a.id != id)
            handed = AssignmentReassigned(by, at, id, email)
            return reseated(task, (*others, chosen_officer(task, email, ctx)), (handed,), ctx)
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
            return (FileAttached(by, at, id, file),)
        case Respond(assignment=id, text=text, files=files):
            return _responded(task, id, Package(limited(text, "text"), (*_part(task, id).files, *files)), ctx)
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
            return (ResponseConsolidated(by, at, _consolidated(task, text)),)
        case SendToClearance(official=official):
            return (_sent(task, official, ctx),)
        case Clear(step=step, round=number, package=sha):
            post, basis = _authority(task, task.waiting_posts, ctx)
            return (StepCleared(by, at, step, number, post, sha, _own(task, ctx), basis),)
        case Return(step=step, round=number, package=sha, comment=comment):
            comment = text_of(comment, "comment", WHY_RETURN)
            post, _ = _authority(task, task.waiting_posts, ctx)
            return (StepReturned(by, at, step, number, post, sha, comment),)
        case Transmit(package=sha, note=note):
            request = task.request
            note = limited(note, "note")
            return (ResponseTransmitted(by, at, sha, request.manner, request.requestor, note),)
        case Close():
            return (TaskClosed(by, at, seal_of(task)),)
        case AddComment(text=text):
            return (CommentAdded(by, at, text_of(text, "text", "Write your comment")),)
        case MuteReminders():
            return (RemindersMuted(by, at),)
        case Correct():
            return corrected(task, command, ctx)
        case Withdraw(reason=reason):
            return (TaskWithdrawn(by, at, text_of(reason, "reason", "Say why it is withdrawn")),)
        case Reopen(reason=reason):
            return (TaskReopened(by, at, text_of(reason, "reason", "Say why it is reopened")),)
        case _:
            assert_never(command)


WHY_RETURN = "Say what has to change"


def _already(task: Task, command: Command, ctx: Context) -> bool:
    """Whether the same person wished the same before: a double click, or a delivery under a new id."""
    match command:
        case Acknowledge(assignment=id):
            a = task.assignment(id)
            return a is not None and a.officer == ctx.actor and a.stage not in {Stage.ASSIGNED, Stage.REASSIGNED}
        case ClearComponent(assignment=id, package=sha):
            a = task.assignment(id)
            return bool(a and a.clearance and (a.clearance.by, a.clearance.package) == (ctx.actor, sha))
        case Clear(step=step, round=number, package=sha):
            current = next((r for r in task.rounds if r.number == number), None)
            done = current.steps[step].clearance if current and 0 <= step < len(current.steps) else None
            return done is not None and (done.by, done.package) == (ctx.actor, sha)
        case Transmit(package=sha):
            sent = task.transmission
            return sent is not None and (sent.by, sent.package) == (ctx.actor, sha)
        case AttachFile(assignment=id, file=file):
            a = task.assignment(id)
            return a is not None and a.officer == ctx.actor and file in a.files
        case MuteReminders():
            return ctx.actor in task.muted
        case Close():
            return bool(task.seal) and task.changed_by == ctx.actor
        case _:
            return False


def _cancelled(task: Task, id: int, reason: str, ctx: Context) -> tuple[Event, ...]:
    """Who answers changes, and with it who clears."""
    ended = AssignmentCancelled(ctx.actor, ctx.now, id, reason)
    return (ended, *replanned(evolve(task, ended), ctx))


# Responding and clearing


def _part(task: Task, id: int) -> Assignment:
    assignment = task.assignment(id)
    assert assignment is not None, "the rules let through only assignments that are there"
    return assignment


def _lead(task: Task, id: int) -> Post:
    lead = _part(task, id).lead
    assert lead is not None, "the rules let through only assignments with a lead"
    return lead


def _responded(task: Task, id: int, package: Package, ctx: Context) -> tuple[Event, ...]:
    if not package:
        raise InvalidInput("Write a response, add a file, or answer that there is no information.", field="text")
    given = ResponseGiven(ctx.actor, ctx.now, id, package)
    if _part(task, id).lead:
        return (given,)
    return (given, ResponseSubmitted(ctx.actor, ctx.now, id, package.sha256))


def _consolidated(task: Task, text: str) -> Package:
    parts = [a.package for a in task.active if a.package]
    files = tuple(dict.fromkeys(file for part in parts for file in part.files))
    negative = bool(parts) and all(part.negative for part in parts)
    return Package(text_of(text, "text", "Enter the response"), files, negative)


def _sent(task: Task, official: str, ctx: Context) -> SentToClearance:
    assert task.routing is not None
    assert task.package is not None
    plan = task.routing.plan
    if task.routing.official_open or not plan:  # a position that nobody could be found for leaves it open too
        if not official:
            raise InvalidInput("Appendix A leaves the clearing official open; name one.", field="official")
        post = parse_post(official)
        if post.key not in officials(ctx.rubric.rows[task.request.task_type]):
            raise InvalidInput(f"{post.title} can't clear this; name an official from the list.", field="official")
        plan = tuple(dict.fromkeys(((post,), *plan)))
    return SentToClearance(ctx.actor, ctx.now, len(task.rounds) + 1, task.package.sha256, plan)


def _authority(task: Task, posts: tuple[Post, ...], ctx: Context) -> tuple[Post, Basis | None]:
    found = authority(task, posts, ctx)
    assert found is not None, "the rules let through only those with the authority"
    return found


def _own(task: Task, ctx: Context) -> bool:
    return ctx.actor in task.drafters() and own_position(task, ctx.actor)
