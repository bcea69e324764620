"""Who answers and who clears, with what a change of that leaves to do, and the email lane instead of both (6-1.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.assignment import Assignment, Due, Stage
from bot.domain.evolve.settling import settled
from bot.domain.messages import (
    EmailLaneOpened,
    EmailTaskCompleted,
    EmailTaskLogged,
    Manner,
    PlanRevised,
    RoutingEvent,
    TaskAssigned,
    TaskRouted,
)
from bot.domain.positions import Post
from bot.domain.task import Attested, EmailLane, Routing, Status, Task, Transmission

LANE_FIRST = "the email lane is opened first"


def with_routing(task: Task, event: RoutingEvent) -> Task:
    match event:
        case TaskRouted(by=by):
            manager = by if task.as_imported else task.manager  # who adopts it
            return replace(task, routing=_routing(event), status=Status.ASSIGNED, manager=manager)
        case TaskAssigned():
            assignments = (*task.assignments, _assigned(event))
            return settled(replace(task, assignments=assignments, consolidated=None, consolidated_by=""))
        case PlanRevised(leads=leads):
            return _revised(task, event, dict(leads))
        case EmailLaneOpened(by=by, at=at):
            return replace(task, status=Status.BY_EMAIL, email=EmailLane(by, at))
        case EmailTaskCompleted(completed_at=completed_at, log_by=log_by):
            assert task.email is not None, LANE_FIRST
            return replace(task, email=replace(task.email, completed_at=completed_at, log_by=log_by))
        case EmailTaskLogged():
            return _attested(task, event)
        case _:
            assert_never(event)


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


def _assigned(event: TaskAssigned) -> Assignment:
    return Assignment(
        event.assignment,
        event.officer,
        event.post,
        event.component,
        event.lead,
        event.by,
        event.at,
        (Due(event.due_at, event.by, event.at),),
        event.manner,
        event.authority,
    )


def _revised(task: Task, event: PlanRevised, leads: dict[int, Post | None]) -> Task:
    """A new lead is asked for what was already answered; where nobody must be, it is submitted as it stands."""
    assert task.routing is not None
    changed = tuple(_led(a, leads[a.id]) if a.id in leads else a for a in task.assignments)
    return settled(replace(task, routing=replace(task.routing, plan=event.plan), assignments=changed))


def _led(a: Assignment, lead: Post | None) -> Assignment:
    stage = a.stage
    if a.package is not None and stage in {Stage.SUBMITTED, Stage.IN_DIVISION_CLEARANCE}:
        cleared = a.clearance is not None and a.clearance.post == lead
        stage = Stage.SUBMITTED if lead is None or cleared else Stage.IN_DIVISION_CLEARANCE
    return replace(a, lead=lead, stage=stage)


def _attested(task: Task, event: EmailTaskLogged) -> Task:
    assert task.email is not None, LANE_FIRST
    sent = Transmission(event.by, event.at, event.package.sha256, Manner.EMAIL, task.request.requestor, "")
    done = Attested(event.by, event.at, event.package, event.cleared_by, event.cleared_at, event.evidence, event.late)
    lane = replace(task.email, attested=done)
    return replace(task, status=Status.TRANSMITTED, email=lane, transmission=sent)
