"""Who stands where to a task: for each command a sentence that says why the actor may not, empty when they may."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.context import About, Context
from bot.domain.messages import (
    Acknowledge,
    AddComment,
    AssignAlso,
    AttachFile,
    Basis,
    CancelAssignment,
    Clear,
    ClearComponent,
    Close,
    Command,
    CompleteByEmail,
    ConfirmArrival,
    Consolidate,
    Correct,
    DeclineDeferral,
    DeclineExtension,
    Defer,
    Delegate,
    DetachFile,
    ForwardRequest,
    GrantExtension,
    HandBack,
    HoldRecord,
    Locate,
    LogByEmail,
    LogTask,
    MuteReminders,
    OpenEmailLane,
    Reassign,
    Recall,
    RecordResponse,
    ReleaseHold,
    Reopen,
    RequestExtension,
    Respond,
    RespondNegative,
    Return,
    ReturnComponent,
    ReturnResponse,
    RouteTask,
    Send,
    SendAgain,
    SendCopy,
    SendToClearance,
    SupplementRecord,
    Transmit,
    Withdraw,
)
from bot.domain.organization_messages import OPERATOR
from bot.domain.positions import Post
from bot.domain.task import Task
from bot.domain.visibility import drafted, reach

MANAGERS_ONLY = "Only a task manager can do this."
OWN_DRAFT = "You drafted this response, so somebody else has to clear it."


def authority(task: Task, posts: tuple[Post, ...], ctx: Context) -> tuple[Post, Basis | None] | None:
    """As which of the posts the actor may clear, and what that rests on; None when they may not.

    A post of their own first, then one they act in, then one whose authority was delegated to them (4-7).
    """
    org, today = ctx.organization, ctx.today
    held = [(post, org.acts(ctx.actor, post, today)) for post in posts if ctx.holds(post)]
    for post, acting in sorted(held, key=lambda pair: pair[1] is not None):
        return post, Basis(True, acting.id, acting.named_by, acting.first) if acting else None
    for d in org.delegated(posts, task.request.task_type, task.request.ses, today):
        if d.receiver == ctx.actor:
            return d.post, Basis(False, d.id, d.giver, d.given_at.astimezone(ctx.zone).date())
    return None


def manager(task: Task | None, on: About, ctx: Context) -> str:
    return "" if ctx.manages else MANAGERS_ONLY


def _recordkeeper(task: Task | None, on: About, ctx: Context) -> str:
    """Whoever runs the service, too."""
    return "" if ctx.actor == OPERATOR else manager(task, on, ctx)


def _serving(task: Task | None, on: About, ctx: Context) -> str:
    """Everybody in the directory."""
    org = ctx.organization
    known = org.person(ctx.actor) in org.serving(ctx.today)
    return "" if known else "You are not in the directory; ask the Taskings Program to add you."


def _officer(task: Task, on: About, ctx: Context) -> str:
    assignment = task.assignment(on.assignment)
    if assignment and assignment.officer == ctx.actor:
        return ""
    owner = ctx.organization.name_of(assignment.officer) if assignment else "its action officer"
    return f"This is assigned to {owner}; only they can do this."


def _officer_or_chief(task: Task, on: About, ctx: Context) -> str:
    """The officer, or the chief or lead whose task it is all the same (5-3.2)."""
    assignment = task.assignment(on.assignment)
    chief = ctx.organization.chief_of(assignment.component) if assignment else None
    return "" if chief and ctx.holds(chief) else _officer(task, on, ctx)


def _holder(task: Task, on: About, ctx: Context) -> str:
    """Whoever has the piece, the officer for the whole."""
    assignment = task.assignment(on.assignment)
    part = assignment.part(on.part) if assignment else None
    if part is None:
        return _officer(task, on, ctx)
    return "" if part.to == ctx.actor else f"{ctx.organization.name_of(part.to)} has this piece; only they can do this."


def _delegator(task: Task, on: About, ctx: Context) -> str:
    assignment = task.assignment(on.assignment)
    part = assignment.part(on.part) if assignment else None
    by = assignment.delegator(part) if assignment and part else ""
    return "" if by == ctx.actor else "Only whoever passed this on can recall it."


def _reminded(task: Task, on: About, ctx: Context) -> str:
    return "You are reminded of nothing here any more." if ctx.actor in task.muted else _concerned(task, on, ctx)


def _concerned(task: Task, on: About, ctx: Context) -> str:
    """Everybody who may see the task."""
    return "" if reach(ctx.actor, ctx.organization, ctx.today).covers(task) else "This task is none of yours."


def _lead(task: Task, on: About, ctx: Context) -> str:
    assignment = task.assignment(on.assignment)
    lead = assignment.lead if assignment else None
    if assignment is None or lead is None or authority(task, (lead,), ctx) is None:
        return f"Only the {lead.title if lead else 'division lead'} can clear or return this."
    return OWN_DRAFT if ctx.actor in assignment.drafters else ""


def _official(task: Task, on: About, ctx: Context) -> str:
    posts = task.waiting_posts
    if authority(task, posts, ctx) is None:
        return f"Only the {' or the '.join(post.title for post in posts)} can clear or return this."
    return OWN_DRAFT if drafted(task, ctx.actor, ctx.organization, ctx.today) else ""


ACTORS: dict[type[Command], Callable[..., str]] = {
    ForwardRequest: _serving,
    LogTask: manager,
    Locate: manager,
    RouteTask: manager,
    AssignAlso: manager,
    Acknowledge: _officer,
    AttachFile: _officer,
    DetachFile: _officer,
    Respond: _officer,
    RecordResponse: manager,
    RespondNegative: _officer,
    Defer: _officer_or_chief,
    Delegate: _holder,
    HandBack: _holder,
    Recall: _delegator,
    RequestExtension: _officer,
    GrantExtension: manager,
    DeclineExtension: manager,
    CancelAssignment: manager,
    AddComment: _concerned,
    MuteReminders: _reminded,
    Correct: manager,
    Withdraw: manager,
    Reopen: manager,
    Reassign: manager,
    OpenEmailLane: manager,
    CompleteByEmail: manager,
    LogByEmail: manager,
    DeclineDeferral: manager,
    ClearComponent: _lead,
    ReturnComponent: _lead,
    ReturnResponse: manager,
    Consolidate: manager,
    SendToClearance: manager,
    Clear: _official,
    Return: _official,
    Transmit: manager,
    Send: manager,
    SendAgain: manager,
    ConfirmArrival: manager,
    Close: manager,
    SupplementRecord: manager,
    SendCopy: manager,
    HoldRecord: _recordkeeper,
    ReleaseHold: _recordkeeper,
}
