"""Who did what to a task, as its record tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bot.conversation.question import Deed
from bot.domain.context import Context
from bot.domain.rounds import Clearance
from bot.domain.task import Task
from bot.domain.visibility import CLEARING
from bot.domain.words import stamp

#: What is said where nobody did it.
NOT_YET: dict[Deed, str] = {
    Deed.FORWARDED: "not forwarded by anybody in chat",
    Deed.LOGGED: "not logged yet",
    Deed.ASSIGNED: "not assigned yet",
    Deed.DEFERRED: "not deferred",
    Deed.CLEARED: "not cleared by anybody yet",
    Deed.TRANSMITTED: "not transmitted yet",
    Deed.CLOSED: "not closed yet",
    Deed.WITHDRAWN: "not withdrawn",
}


def done(task: Task, deed: Deed, ctx: Context) -> tuple[tuple[str, str], ...]:
    """Who did it, as (email, sentence); what a later event undid is not told."""
    return tuple(_done(task, deed, ctx))


def _done(task: Task, deed: Deed, ctx: Context) -> Iterator[tuple[str, str]]:
    match deed:
        case Deed.FORWARDED:
            if source := task.request.source:
                yield source.by, f"forwarded by {ctx.last_change(source.by, source.at)}"
        case Deed.LOGGED:
            if task.logged and task.manager:  # nobody logged here what was imported
                yield task.manager, f"logged by {ctx.last_change(task.manager, task.logged_at)}"
        case Deed.ASSIGNED:
            for a in task.active:
                officer = ctx.organization.name_of(a.officer)
                yield a.assigned_by, f"assigned to {officer} by {ctx.last_change(a.assigned_by, a.assigned_at)}"
        case Deed.DEFERRED:
            for note in (a.deferral for a in task.assignments if a.deferral):
                yield note.by, f"deferred by {ctx.last_change(note.by, note.at)}"
        case Deed.CLEARED:
            yield from _cleared(task, ctx)
        case Deed.TRANSMITTED:
            if sent := task.transmission:
                yield sent.by, f"transmitted by {ctx.last_change(sent.by, sent.at)}"
        case Deed.CLOSED:
            if task.closed_at:
                yield task.closed_by, f"closed by {ctx.last_change(task.closed_by, task.closed_at)}"
        case Deed.WITHDRAWN:
            if task.withdrawn:
                yield task.withdrawn.by, f"withdrawn by {ctx.last_change(task.withdrawn.by, task.withdrawn.at)}"
        case _:
            assert_never(deed)


def _cleared(task: Task, ctx: Context) -> Iterator[tuple[str, str]]:
    """Division leads first, then the steps of the last round; by email as attested (4-7, 6-1.3)."""
    stands = task.status in CLEARING and task.withdrawn is None
    steps = task.round.steps if task.round and stands else ()
    for clearance in (*(a.clearance for a in task.active), *(step.clearance for step in steps)):
        if clearance:
            given = clearance.basis and not clearance.basis.acting  # then the post is in the words
            yield clearance.by, cleared_by(clearance, ctx) + ("" if given else f" ({clearance.post.title})")
    if stands and task.email and (attested := task.email.attested):
        yield attested.cleared_by, f"cleared by {ctx.last_change(attested.cleared_by, attested.cleared_at)}, by email"


def cleared_by(clearance: Clearance, ctx: Context) -> str:
    """ "cleared by R. Diaz for A. Smith (AD) under delegation of 3 Nov 2026, 14:02"."""
    name, at = ctx.organization.name_of(clearance.by), stamp(clearance.at, ctx.zone)
    own = ", the drafter's own position as Appendix A names it" if clearance.own else ""
    basis = clearance.basis
    if basis is None:
        return f"cleared by {name}, {at}{own}"
    since = f"{basis.since.day} {basis.since:%b %Y}"
    if basis.acting:
        return f"cleared by {name}, acting since {since}, {at}{own}"
    giver = ctx.organization.name_of(basis.giver)
    return f"cleared by {name} for {giver} ({clearance.post.title}) under delegation of {since}, {at}"
