"""Who answers, as events: routing a task, giving it to one more officer, handing it to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from bot.domain import routing
from bot.domain.assignment import Stage
from bot.domain.business import response_due
from bot.domain.context import Context
from bot.domain.entered import limited
from bot.domain.evolve import evolve
from bot.domain.messages import (
    AssignAlso,
    AssignmentReassigned,
    Event,
    Manner,
    Plan,
    PlanRevised,
    Reassign,
    RouteTask,
    TaskAssigned,
    TaskRouted,
)
from bot.domain.positions import RANK, Post, parse_post
from bot.domain.routing import Officer
from bot.domain.rubric import Reply, Route, Steps
from bot.domain.task import Task
from bot.domain.words import moment
from bot.errors import InvalidInput

#: What is owed with a choice that is not Appendix A's.
OVERRIDE = "Appendix A names other {}; state the guidance this rests on, such as “ERO guidance of 3 Nov”."
AD = Post("ad")


def routed(task: Task, command: RouteTask, ctx: Context) -> tuple[Event, ...]:
    """The plan and its assignments (6-2). Raises InvalidInput, an override without its authority included.

    The footnote of Appendix A: its rubric holds in the absence of specific guidance by ERO.
    """
    if not command.officers:
        raise InvalidInput("Choose at least one action officer.", field="officers")
    proposal = routing.propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    chosen = [chosen_officer(task, email, ctx) for email in dict.fromkeys(command.officers)]
    authority = limited(command.authority, "authority")
    if not routing.follows(proposal, chosen) and not authority:
        raise InvalidInput(OVERRIDE.format("action officers"), field="authority")
    found = proposal.route
    required = found.reply is Reply.REQUIRED
    clearance = _clearance(task, command, found, authority, ctx)
    routed = TaskRouted(
        ctx.actor,
        ctx.now,
        ctx.rubric.version,
        found.reply,
        _awareness(task, found.awareness, ctx),
        clearance,
        _plan(task, chosen, clearance, ctx),
        "clearance" in found.open and not command.officials,
        authority,
        found.action_officers,
    )
    return (routed, *_assigned(task, chosen, routed.plan, required, _due_as_chosen(task, command.due_at, ctx), ctx))


def _clearance(task: Task, command: RouteTask, found: Route, authority: str, ctx: Context) -> Steps:
    """Appendix A's steps, or those that guidance names instead, lowest rank first; SES clearance stays the AD's."""
    if not command.officials:
        return found.clearance
    if not authority:
        raise InvalidInput(OVERRIDE.format("clearing officials"), field="authority")
    if found.reply is not Reply.REQUIRED:
        raise InvalidInput("This is informational, so nobody clears it; name no official.", field="officials")
    posts = sorted((_held(text, ctx) for text in command.officials), key=lambda post: RANK.get(post.key, 0))
    last = [AD] if task.request.ses else []
    return tuple((str(post),) for post in (*(p for p in posts if p not in last), *last))


def _held(text: str, ctx: Context) -> Post:
    post = parse_post(text)
    if not ctx.organization.holders(post, ctx.today):
        raise InvalidInput(f"Nobody is {post.title} now; name somebody who can clear.", field="officials")
    return post


def _awareness(task: Task, keys: tuple[str, ...], ctx: Context) -> tuple[Post, ...]:
    found = (routing.post_for(key, task.request.component, ctx.organization, ctx.today) for key in keys)
    return tuple(post for post in found if post)


def chosen_officer(task: Task, email: str, ctx: Context) -> Officer:
    """Somebody who is to answer. Raises InvalidInput for one who does already, or does not serve."""
    proposal = routing.propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    if any(a.officer == email.lower() and a.stage is not Stage.DEFERRED for a in task.active):
        raise InvalidInput(f"{ctx.organization.name_of(email)} has this task already.", field="officer")
    return routing.officer(email, proposal, ctx.organization, ctx.today)


def officers_of(task: Task) -> tuple[Officer, ...]:
    """Those who answer now."""
    return tuple(Officer(a.officer, a.post, a.component) for a in task.active)


def _plan(task: Task, chosen: Sequence[Officer], clearance: tuple[tuple[str, ...], ...], ctx: Context) -> Plan:
    components = [o.component for o in chosen]
    return routing.plan_for(clearance, components, task.request.component, ctx.organization, ctx.today)


def _several(chosen: Sequence[Officer], ctx: Context) -> bool:
    return routing.several_divisions((o.component for o in chosen), ctx.organization)


def _lead_for(o: Officer, chosen: Sequence[Officer], plan: Plan, ctx: Context) -> Post | None:
    return routing.lead_for(o, plan, _several(chosen, ctx), ctx.organization, ctx.today)


def _assigned(
    task: Task, chosen: Sequence[Officer], plan: Plan, required: bool, due_at: datetime, ctx: Context
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
            due_at,
            Manner.ITMS,
        )
        for number, o in enumerate(chosen, start=first)
    )


def added(task: Task, command: AssignAlso, ctx: Context) -> tuple[Event, ...]:
    """One more action officer (5-2.2.c). Raises InvalidInput."""
    return _reseated(task, officers_of(task), command, (), ctx)


def reassigned(task: Task, command: Reassign, ctx: Context) -> tuple[Event, ...]:
    """Another officer of a unit or facility in the place of who deferred (5-3.2). Raises InvalidInput."""
    others = tuple(o for a, o in zip(task.active, officers_of(task), strict=True) if a.id != command.assignment)
    deferred = task.assignment(command.assignment)
    if deferred and deferred.officer == command.officer.lower():
        name = ctx.organization.name_of(deferred.officer)
        raise InvalidInput(f"{name} had it; choose somebody else, or decline the deferral.", field="officer")
    handed = AssignmentReassigned(ctx.actor, ctx.now, command.assignment, command.officer)
    return _reseated(task, others, command, (handed,), ctx)


def _reseated(
    task: Task, others: tuple[Officer, ...], command: AssignAlso | Reassign, first: tuple[Event, ...], ctx: Context
) -> tuple[Event, ...]:
    """A new officer beside the others; who clears is resolved again for all of them."""
    assert task.routing is not None
    new, authority = chosen_officer(task, command.officer, ctx), limited(command.authority, "authority")
    proposal = routing.propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    deferred = isinstance(command, Reassign) and routing.of_unit_or_facility(new)
    if not (routing.fits(new, proposal) or deferred or authority):
        raise InvalidInput(OVERRIDE.format("action officers"), field="authority")
    chosen = (*others, new)
    plan = _plan(task, chosen, task.routing.clearance, ctx)
    lead = None if task.informational else _lead_for(new, chosen, plan, ctx)
    number, due_at = len(task.assignments) + 1, proposed_due(task, ctx)
    assigned = TaskAssigned(
        ctx.actor, ctx.now, number, new.email, new.post, new.component, lead, due_at, Manner.ITMS, authority
    )
    return (*first, assigned, *replanned(reduce(evolve, (*first, assigned), task), ctx))


def replanned(task: Task, ctx: Context) -> tuple[PlanRevised, ...]:
    """The plan and the leads as they are for those who answer now; nothing when they stay as they were."""
    assert task.routing is not None
    chosen = officers_of(task)
    plan = _plan(task, chosen, task.routing.clearance, ctx)
    leads = tuple(
        (a.id, None if task.informational else _lead_for(o, chosen, plan, ctx))
        for a, o in zip(task.active, chosen, strict=True)
    )
    same = plan == task.routing.plan and all(a.lead == lead for a, (_, lead) in zip(task.active, leads, strict=True))
    return () if same else (PlanRevised(ctx.actor, ctx.now, plan, leads),)


def proposed_due(task: Task, ctx: Context) -> datetime:
    """When a response that is asked for now is to be there, from when the requestor expects it (6-1.1)."""
    due = task.request.due_at
    return response_due(ctx.now, due, ctx.zone) if ctx.now < due else due


def _due_as_chosen(task: Task, due_at: datetime | None, ctx: Context) -> datetime:
    """Raises InvalidInput for a time that has passed or is after the requestor's."""
    latest = task.request.due_at
    if due_at is None:
        return proposed_due(task, ctx)
    if due_at > latest:
        told = f"The requestor expects it by {moment(latest, ctx.zone)}; enter an earlier time for the responses."
        raise InvalidInput(told, field="due_at")
    if due_at <= ctx.now and due_at != latest:
        raise InvalidInput("That time has passed; enter a later one for the responses.", field="due_at")
    return due_at
