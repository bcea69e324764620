"""Who answers, as events: routing a task, giving it to one more officer, handing it to another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from bot.domain import routing
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
from bot.domain.rules import Context
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
        )
        for number, o in enumerate(chosen, start=first)
    )


def reseated(task: Task, chosen: tuple[Officer, ...], first: tuple[Event, ...], ctx: Context) -> tuple[Event, ...]:
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
