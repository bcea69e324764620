"""What a command does to a task: the events that happened, or a refusal in words that say what to do.

`decide` is pure: `bot.domain.rules` says whether the actor may, the arms below check what was entered and name
the events. No events means: already so, nothing to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import assert_never

from bot.domain import routing
from bot.domain.evolve import evolve
from bot.domain.messages import (
    Acknowledge,
    AssignAlso,
    AssignmentAcknowledged,
    AssignmentDeferred,
    AssignmentReassigned,
    AttachFile,
    Clear,
    ClearComponent,
    Close,
    Command,
    ComponentCleared,
    ComponentReturned,
    Consolidate,
    DeclineDeferral,
    Defer,
    DeferralDeclined,
    Event,
    FileAttached,
    LogTask,
    Plan,
    PlanRevised,
    Reassign,
    Request,
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
    TaskAssigned,
    TaskClosed,
    TaskLogged,
    TaskRouted,
    Transmit,
)
from bot.domain.organization import LEADERSHIP, Kind, Post, parse_post
from bot.domain.package import Package
from bot.domain.routing import Officer
from bot.domain.rubric import Reply, Scope
from bot.domain.rules import Context, about, own_position, refusal, waiting_posts
from bot.domain.task import Assignment, Stage, Task, seal_of
from bot.domain.words import moment
from bot.errors import InvalidInput

#: Slack's limit for an input; longer text comes as a file on both platforms.
TEXT_LIMIT = 3000


def decide(task: Task | None, command: Command, ctx: Context, number: str = "") -> tuple[Event, ...]:
    """Say what happened. Raises Rejected and changes nothing; `number` is the new task's, for LogTask."""
    if task is not None and _already(task, command, ctx):
        return ()
    if error := refusal(task, type(command), about(command), ctx):
        raise error
    if isinstance(command, LogTask):
        return (TaskLogged(ctx.actor, ctx.now, number, _request(command, ctx)),)
    assert task is not None
    return _events(task, command, ctx)


def _events(task: Task, command: Command, ctx: Context) -> tuple[Event, ...]:
    by, at = ctx.actor, ctx.now
    match command:
        case LogTask():
            raise AssertionError("a task is logged once")
        case RouteTask():
            return _route(task, command, ctx)
        case AssignAlso(officer=email):
            return _reseated(task, (*_officers(task), _chosen(task, email, ctx)), (), ctx)
        case Acknowledge(assignment=id):
            done = AssignmentAcknowledged(by, at, id)
            return (done, ResponseSubmitted(by, at, id, "")) if task.informational else (done,)
        case Defer(assignment=id, reason=reason, suggestion=suggestion):
            return (AssignmentDeferred(by, at, id, _text(reason, "reason", "Say why"), suggestion),)
        case Reassign(assignment=id, officer=email):
            others = tuple(o for a, o in zip(task.active, _officers(task), strict=True) if a.id != id)
            handed = AssignmentReassigned(by, at, id, email)
            return _reseated(task, (*others, _chosen(task, email, ctx)), (handed,), ctx)
        case DeclineDeferral(assignment=id, comment=comment):
            return (DeferralDeclined(by, at, id, _text(comment, "comment", "Say why the officer keeps it")),)
        case AttachFile(assignment=id, file=file):
            return (FileAttached(by, at, id, file),)
        case Respond(assignment=id, text=text, files=files):
            return _responded(task, id, Package(_limited(text, "text"), (*_part(task, id).files, *files)), ctx)
        case RespondNegative(assignment=id, comment=comment):
            return _responded(task, id, Package(_limited(comment, "comment"), negative=True), ctx)
        case ClearComponent(assignment=id, package=sha):
            return (
                ComponentCleared(by, at, id, _lead(task, id), sha),
                ResponseSubmitted(_part(task, id).officer, at, id, sha),
            )
        case ReturnComponent(assignment=id, package=sha, comment=comment):
            return (ComponentReturned(by, at, id, _lead(task, id), sha, _text(comment, "comment", WHY_RETURN)),)
        case ReturnResponse(assignment=id, comment=comment):
            return (ResponseReturned(by, at, id, _text(comment, "comment", WHY_RETURN)),)
        case Consolidate(text=text):
            return (ResponseConsolidated(by, at, _consolidated(task, text)),)
        case SendToClearance(official=official):
            return (_sent(task, official, ctx),)
        case Clear(step=step, round=number, package=sha):
            return (StepCleared(by, at, step, number, _post(task, ctx), sha, _own(task, ctx)),)
        case Return(step=step, round=number, package=sha, comment=comment):
            comment = _text(comment, "comment", WHY_RETURN)
            return (StepReturned(by, at, step, number, _post(task, ctx), sha, comment),)
        case Transmit(package=sha, note=note):
            request = task.request
            note = _limited(note, "note")
            return (ResponseTransmitted(by, at, sha, request.manner, request.requestor, note),)
        case Close():
            return (TaskClosed(by, at, seal_of(task)),)
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
        case Close():
            return bool(task.seal) and task.changed_by == ctx.actor
        case _:
            return False


# What was entered


def _request(command: LogTask, ctx: Context) -> Request:
    if command.task_type not in ctx.rubric.rows:
        raise InvalidInput("Choose a task type of Appendix A.", field="task_type")
    if command.due_at <= ctx.now:
        due = moment(command.due_at, ctx.zone)
        raise InvalidInput(f"The due time, {due}, has already passed; enter a later one.", field="due_at")
    scope, component = _scope(command.about, ctx)
    return Request(
        command.task_type,
        _text(command.subject, "subject", "Give the request a subject"),
        _text(command.text, "text", "Enter what was asked"),
        _text(command.requestor, "requestor", "Say who asks"),
        scope,
        component,
        command.origin,
        command.manner,
        command.priority,
        command.ses,
        received_at=ctx.now,
        due_at=command.due_at,
    )


def _scope(where: str, ctx: Context) -> tuple[Scope, str]:
    if where in set(Scope):
        return Scope(where), ""
    component = ctx.organization.components.get(where)
    if component is None:
        raise InvalidInput(f"“{where}” is not a component; choose one from the list.", field="about")
    field = component.kind in {Kind.REGION, Kind.FACILITY}
    return (Scope.FIELD if field else Scope.HQ), component.code


def _text(text: str, field: str, ask: str) -> str:
    if not text.strip():
        raise InvalidInput(f"{ask}; this can't be empty.", field=field)
    return _limited(text, field)


def _limited(text: str, field: str) -> str:
    text = text.strip()
    if len(text) > TEXT_LIMIT:
        raise InvalidInput(
            f"That is {len(text):,} characters and {TEXT_LIMIT:,} fit here; send longer text as a file.", field=field
        )
    return text


# Routing


def _route(task: Task, command: RouteTask, ctx: Context) -> tuple[Event, ...]:
    if not command.officers:
        raise InvalidInput("Choose at least one action officer.", field="officers")
    proposal = routing.propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    chosen = [_chosen(task, email, ctx) for email in dict.fromkeys(command.officers)]
    authority = _limited(command.authority, "authority")
    if not routing.follows(proposal, chosen) and not authority:
        raise InvalidInput(
            "Appendix A names other action officers; state the guidance this rests on to route it your way.",
            field="authority",
        )
    found = proposal.route
    required = found.reply is Reply.REQUIRED
    routed = TaskRouted(
        ctx.actor,
        ctx.now,
        ctx.rubric.version,
        found.reply,
        _awareness(task, found.awareness, ctx),
        found.clearance,
        _plan(task, chosen, found.clearance, ctx),
        required and ("clearance" in found.open or not found.clearance),
        authority,
    )
    return (routed, *_assigned(task, chosen, routed.plan, required, ctx))


def _awareness(task: Task, keys: tuple[str, ...], ctx: Context) -> tuple[Post, ...]:
    found = (routing.post_for(key, task.request.component, ctx.organization, ctx.today) for key in keys)
    return tuple(post for post in found if post)


def _chosen(task: Task, email: str, ctx: Context) -> Officer:
    proposal = routing.propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    if any(a.officer == email.lower() and a.stage is not Stage.DEFERRED for a in task.active):
        raise InvalidInput(f"{ctx.organization.name_of(email)} has this task already.", field="officer")
    return routing.officer(email, proposal, ctx.organization, ctx.today)


def _officers(task: Task) -> tuple[Officer, ...]:
    return tuple(Officer(a.officer, a.post, a.component) for a in task.active)


def _plan(task: Task, chosen: Sequence[Officer], clearance: tuple[tuple[str, ...], ...], ctx: Context) -> Plan:
    components = [o.component for o in chosen]
    return routing.plan_for(clearance, components, task.request.component, ctx.organization, ctx.today)


def _several(chosen: Sequence[Officer], ctx: Context) -> bool:
    return len({ctx.organization.lead_of(o.component) for o in chosen}) > 1


def _lead_for(o: Officer, chosen: Sequence[Officer], plan: Plan, ctx: Context) -> Post | None:
    return routing.lead_for(o, plan, _several(chosen, ctx), ctx.organization, ctx.today)


def _assigned(
    task: Task, chosen: Sequence[Officer], plan: Plan, required: bool, ctx: Context
) -> tuple[TaskAssigned, ...]:
    first = len(task.assignments) + 1
    return tuple(
        TaskAssigned(
            ctx.actor,
            ctx.now,
            number,
            o.email,
            o.post,
            o.component,
            _lead_for(o, chosen, plan, ctx) if required else None,
        )
        for number, o in enumerate(chosen, start=first)
    )


def _reseated(task: Task, chosen: tuple[Officer, ...], first: tuple[Event, ...], ctx: Context) -> tuple[Event, ...]:
    """The last of `chosen` is new; who clears is resolved again for all of them."""
    assert task.routing is not None
    plan = _plan(task, chosen, task.routing.clearance, ctx)
    new = chosen[-1]
    lead = None if task.informational else _lead_for(new, chosen, plan, ctx)
    number = len(task.assignments) + 1
    added = TaskAssigned(ctx.actor, ctx.now, number, new.email, new.post, new.component, lead)
    after = reduce(evolve, (*first, added), task)
    stay = [a for a in after.active if a.id != number]
    leads = tuple(
        (a.id, None if task.informational else _lead_for(o, chosen, plan, ctx))
        for a, o in zip(stay, chosen[:-1], strict=True)
    )
    same = plan == task.routing.plan and all(a.lead == lead for a, (_, lead) in zip(stay, leads, strict=True))
    return (*first, added) if same else (*first, added, PlanRevised(ctx.actor, ctx.now, plan, leads))


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
    return Package(_text(text, "text", "Enter the response"), files, negative)


def _sent(task: Task, official: str, ctx: Context) -> SentToClearance:
    assert task.routing is not None
    assert task.package is not None
    plan = task.routing.plan
    if task.routing.official_open:
        if not official:
            raise InvalidInput("Appendix A leaves the clearing official open; name one.", field="official")
        post = parse_post(official)
        if post.key not in LEADERSHIP:
            raise InvalidInput(f"{post.title} is not senior leadership; name an official who is.", field="official")
        plan = tuple(dict.fromkeys(((post,), *plan)))
    return SentToClearance(ctx.actor, ctx.now, len(task.rounds) + 1, task.package.sha256, plan)


def _post(task: Task, ctx: Context) -> Post:
    return next(post for post in waiting_posts(task) if ctx.holds(post))


def _own(task: Task, ctx: Context) -> bool:
    return ctx.actor in task.drafters() and own_position(task, ctx.actor)
