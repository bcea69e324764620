"""Which cards a task shows, and to whom: computed from its state, so nobody can forget to send one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import assert_never

from bot.domain.assignment import Assignment, Stage
from bot.domain.context import Context
from bot.domain.notices import Reason, notices
from bot.domain.organization import ROOM, Organization
from bot.domain.scheduling import due_reports, next_report
from bot.domain.task import Status, Task
from bot.domain.training import next_reminders, reminder_of, reminders
from bot.domain.visibility import clearers, managers
from bot.reporting.periods import week_before
from cards.model import Card
from cards.notice_card import notice_card
from cards.people_notices import passed_on_card, training_notice_card
from cards.received_cards import received_card, sent_card
from cards.task_cards import (
    assignment_card,
    awareness_card,
    clearance_card,
    component_clearance_card,
    deferral_card,
    extension_card,
    part_card,
    review_card,
    reviewed_card,
    settled,
    task_card,
    transmit_card,
)


class Kind(StrEnum):
    """The cards of a task by name, as stored."""

    TASK = "task"
    ASSIGNMENT = "assignment"
    DEFERRAL = "deferral"
    REVIEW = "review"
    CLEARANCE = "clearance"
    COMPONENT_CLEARANCE = "component-clearance"
    TRANSMIT = "transmit"
    PART = "part"
    EXTENSION = "extension"
    AWARENESS = "awareness"
    NOTICE = "notice"
    RECEIVED = "received"
    SENT = "sent"
    TRAINING = "training"
    AUTHORITY = "authority"
    REPORT = "report"


#: What stands for the task of a card that is about none.
ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Placement:
    """One card for one recipient: an email, or `room:PLATFORM:ADDRESS`. `task` is a number, or ORGANIZATION.

    `about` is the number of an assignment, a delegation or an acting appointment, or 0. `occasion` tells apart the
    times somebody is asked, as in "2.1" for round and step: a new occasion is a new message, which is how a person who
    is asked again notices.
    """

    card: Kind
    task: str
    about: int
    occasion: str
    recipient: str

    @property
    def room(self) -> tuple[str, str] | None:
        """The platform and address of the room that the card is for; None when it is for a person."""
        if not self.recipient.startswith(ROOM):
            return None
        platform, _, address = self.recipient.removeprefix(ROOM).partition(":")
        return platform, address


def placements(task: Task | None, organization: Organization, now: datetime, zone: tzinfo) -> tuple[Placement, ...]:
    """Every card that should be shown now, for no task those about people.

    One that was shown before stays, and is kept up to date. What was imported is shown to whoever asks for it only.
    """
    if task is None:
        return tuple(_about_people(organization, now, zone))
    if task.as_imported:
        return ()
    on = now.astimezone(zone).date()
    given = (n for n in notices(task, organization, now, zone) if n.at <= now)
    managing = managers(task, organization, on)
    found = (
        Placement(kind, task.number, about, occasion, to)
        for kind, about, occasion, recipient in _wanted(task, organization, on)
        for to in (managing if recipient == task.manager else (recipient,))
    )
    told = (Placement(Kind.NOTICE, task.number, n.about, n.occasion, n.recipient) for n in given)
    return tuple(dict.fromkeys((*found, *told)))


def next_change(task: Task | None, organization: Organization, now: datetime, zone: tzinfo) -> datetime | None:
    """When the cards have to be worked out again though nothing happened: at a notice, else when a day begins.

    With the day, people end, act for others and come back.
    """
    if task is None:
        report = next_report(organization, now, zone)
        return min(filter(None, (next_reminders(now, zone), report)))
    if task.status is Status.CLOSED or task.as_imported:
        return None
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    return min((midnight, *(n.at for n in notices(task, organization, now, zone) if n.at > now)))


def _about_people(organization: Organization, now: datetime, zone: tzinfo) -> Iterator[Placement]:
    for reminder in reminders(organization, now, zone):
        yield Placement(Kind.TRAINING, ORGANIZATION, 0, reminder.occasion, reminder.recipient)
    for recipient, day in due_reports(organization, now, zone):
        yield Placement(Kind.REPORT, ORGANIZATION, 0, week_before(day).key, recipient)
    on = now.astimezone(zone).date()
    for d in (d for d in organization.delegations if d.last >= on):
        yield Placement(Kind.AUTHORITY, ORGANIZATION, d.id, "", d.receiver)
    for a in (a for a in organization.acting if a.last >= on and a.named_by != a.email):
        yield Placement(Kind.AUTHORITY, ORGANIZATION, a.id, "", a.email)


def _wanted(task: Task, organization: Organization, on: date) -> Iterator[tuple[Kind, int, str, str]]:
    for room in (r for r in organization.rooms if not r.component):
        yield Kind.TASK, 0, "", room.recipient
    if task.manager:
        yield Kind.TASK, 0, "", task.manager
    yield from _sent_on(task, organization, on)
    for a in task.active:
        yield Kind.ASSIGNMENT, a.id, "", a.officer
        if task.status is Status.WITHDRAWN:
            continue
        for part in (p for p in a.parts if p.open):
            yield Kind.PART, a.id, str(part.id), part.to
        if a.extension:
            yield Kind.EXTENSION, a.id, a.extension.at.isoformat(), task.manager
        if a.stage is Stage.DEFERRED and a.deferral:
            yield Kind.DEFERRAL, a.id, a.deferral.at.isoformat(), task.manager
        if a.stage is Stage.IN_DIVISION_CLEARANCE and a.lead and a.package:
            for email in clearers(task, (a.lead,), organization, on, a):
                yield Kind.COMPONENT_CLEARANCE, a.id, a.package.sha256, email
    for post in task.routing.awareness if task.routing else ():
        for person in organization.holders(post, on):
            yield Kind.AWARENESS, 0, "", person.email
    if task.status is Status.IN_REVIEW:
        yield Kind.REVIEW, 0, str(len(task.rounds)), task.manager
    if task.status is Status.IN_CLEARANCE and (current := task.round):
        for email in clearers(task, task.waiting_posts, organization, on):
            yield Kind.CLEARANCE, 0, f"{current.number}.{current.current}", email
    if task.status in {Status.CLEARED, Status.TRANSMITTED}:
        yield Kind.TRANSMIT, 0, str(len(task.rounds)), task.manager


def _sent_on(task: Task, organization: Organization, on: date) -> Iterator[tuple[Kind, int, str, str]]:
    """A request that nobody logged yet is before everybody who may, where there is no task manager the TPSU chief."""
    if task.status is Status.RECEIVED:
        again = task.reopened.at.isoformat() if task.reopened else ""
        for email in managers(task, organization, on):
            yield Kind.RECEIVED, 0, again, email
    source = task.request.source
    if source and source.by != task.manager:
        yield Kind.SENT, 0, "", source.by


def draw(placement: Placement, task: Task | None, ctx: Context) -> Card:
    """The card as it should look now, for its recipient, who is `ctx.actor` unless it is for a room.

    One whose occasion has passed keeps what it showed, as far as that is known, and loses its buttons.
    """
    if task is None:
        return _card_about_people(placement, ctx)
    wanted = placement in placements(task, ctx.organization, ctx.now, ctx.zone)
    card = _card(placement, task, wanted, ctx)
    return card if wanted else settled(card, task, ctx)


def _card(placement: Placement, task: Task, wanted: bool, ctx: Context) -> Card:
    occasion = placement.occasion
    match placement.card:
        case Kind.TASK:
            return task_card(task, ctx, room=placement.room is not None)
        case Kind.ASSIGNMENT:
            return assignment_card(task, _assignment(placement, task), ctx)
        case Kind.DEFERRAL:
            return deferral_card(task, _assignment(placement, task), ctx)
        case Kind.REVIEW:
            sent = task.rounds[int(occasion) :]
            return reviewed_card(task, sent[0], ctx) if sent else review_card(task, ctx)
        case Kind.COMPONENT_CLEARANCE:
            return component_clearance_card(task, _assignment(placement, task), occasion, ctx)
        case Kind.CLEARANCE:
            return clearance_card(task, task.rounds[int(occasion.partition(".")[0]) - 1], ctx)
        case Kind.TRANSMIT:
            return transmit_card(task, ctx)
        case Kind.PART:
            assignment = _assignment(placement, task)
            part = assignment.part(int(occasion))
            assert part is not None, "a part's number is never taken back"
            return part_card(task, assignment, part, ctx)
        case Kind.EXTENSION:
            return extension_card(task, _assignment(placement, task), ctx)
        case Kind.RECEIVED:
            return received_card(task, ctx)
        case Kind.SENT:
            return sent_card(task, ctx)
        case Kind.AWARENESS:
            return awareness_card(task, ctx)
        case Kind.NOTICE:
            reason = Reason(occasion.partition(" ")[0])
            over = not wanted and ctx.actor not in task.muted  # who muted it is reminded no more, though it is due
            return notice_card(task, reason, task.assignment(placement.about), ctx, over)
        case Kind.TRAINING | Kind.AUTHORITY | Kind.REPORT:
            return _card_about_people(placement, ctx)
        case _:
            assert_never(placement.card)


def _card_about_people(placement: Placement, ctx: Context) -> Card:
    if placement.card is Kind.AUTHORITY:
        return passed_on_card(placement.about, ctx)
    return training_notice_card(reminder_of(placement.occasion, placement.recipient), ctx)


def _assignment(placement: Placement, task: Task) -> Assignment:
    assignment = task.assignment(placement.about)
    assert assignment is not None, "an assignment's number is never taken back"
    return assignment
