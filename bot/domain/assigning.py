"""Who answers, as events: routing a task, giving it to one more officer, handing it to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from bot.domain import routing
from bot.domain.business import response_due
from bot.domain.context import Context
from bot.domain.entered import limited
from bot.domain.evolve import evolve
from bot.domain.messages import (
    Event,
    Plan,
    PlanRevised,
    RouteTask,
    TaskAssigned,
    TaskRouted,
)
from bot.domain.positions import Post
from bot.domain.routing import Officer
from bot.domain.rubric import Reply
from bot.domain.task import Stage, Task
from bot.errors import InvalidInput


def routed(task: Task, command: RouteTask, ctx: Context) -> tuple[Event, ...]:
    """The plan and its assignments (6-2). Raises InvalidInput, an override without its authority included."""
    if not command.officers:
        raise InvalidInput("Choose at least one action officer.", field="officers")
    proposal = routing.propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    chosen = [chosen_officer(task, email, ctx) for email in dict.fromkeys(command.officers)]
    authority = limited(command.authority, "authority")
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
        "clearance" in found.open,
        authority,
    )
    return (routed, *_assigned(task, chosen, routed.plan, required, ctx))


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
            _due(task, ctx),
        )
        for number, o in enumerate(chosen, start=first)
    )


def reseated(task: Task, chosen: tuple[Officer, ...], first: tuple[Event, ...], ctx: Context) -> tuple[Event, ...]:
    """The last of `chosen` is new; who clears is resolved again for all of them."""
    assert task.routing is not None
    plan = _plan(task, chosen, task.routing.clearance, ctx)
    new = chosen[-1]
    lead = None if task.informational else _lead_for(new, chosen, plan, ctx)
    number, due_at = len(task.assignments) + 1, _due(task, ctx)
    added = TaskAssigned(ctx.actor, ctx.now, number, new.email, new.post, new.component, lead, due_at)
    return (*first, added, *replanned(reduce(evolve, (*first, added), task), ctx))


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


def _due(task: Task, ctx: Context) -> datetime:
    """When a response that is asked for now is to be there (6-1.1)."""
    return (
        response_due(ctx.now, task.request.due_at, ctx.zone) if ctx.now < task.request.due_at else task.request.due_at
    )
