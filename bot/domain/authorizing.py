"""Who acts for whom, and who passes clearance authority on (4-7, 5-1.4), as events of the organization."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.entered import days_of, serving
from bot.domain.organization import Acting, Delegation, Organization
from bot.domain.organization_messages import (
    ActingEnded,
    ActingNamed,
    ClearanceDelegated,
    DelegateClearance,
    DelegationRevoked,
    NameActing,
    OrganizationEvent,
)
from bot.domain.positions import LEADERSHIP
from bot.domain.powers import above, ends_acting, managers_only, passes_on, revokes
from bot.domain.rubric import TASK_TYPES
from bot.errors import InvalidInput, NotAllowed, NotFound


def named(
    organization: Organization, command: NameActing, actor: str, now: datetime, today: date
) -> tuple[OrganizationEvent, ...]:
    """The holder names who acts for them, or somebody above; a task manager records what was decided elsewhere."""
    person = serving(organization, command.email, today)
    first, last = days_of(command.first, command.last, today)
    if not above(organization, command.post, actor, today):
        managers_only(organization, actor, today)
        if actor == person.email:
            raise NotAllowed("Somebody else has to name you; nobody gives themselves a post.")
        if not command.authority.strip():
            raise InvalidInput("Say what this rests on, such as a memorandum and its date.", field="authority")
    rests_on = command.authority.strip()
    acting = Acting(1 + organization.version, command.post, person.email, first, last, actor, rests_on)
    known = any(replace(a, id=acting.id) == acting for a in organization.acting)
    return () if known else (ActingNamed(now, actor, acting),)


def ended(organization: Organization, id: int, actor: str, now: datetime, today: date) -> tuple[ActingEnded, ...]:
    acting = next((a for a in organization.acting if a.id == id), None)
    if acting is None:
        raise NotFound("That appointment has ended already.")
    if not ends_acting(organization, acting, actor, today):
        raise NotAllowed(f"Only the {acting.post.title}, those above and a task manager can end this.")
    return (ActingEnded(now, actor, id),)


def delegated(
    organization: Organization, command: DelegateClearance, actor: str, now: datetime, today: date
) -> tuple[ClearanceDelegated, ...]:
    """Who holds the post passes its authority on; the AD's goes to senior leadership (4-7)."""
    receiver = serving(organization, command.receiver, today, "receiver")
    first, last = days_of(command.first, command.last, today)
    if command.post not in passes_on(organization, actor, today):
        raise NotAllowed(f"Only the {command.post.title} can pass this authority on.")
    if receiver.email == actor:
        raise InvalidInput("You have this authority already; choose somebody else.", field="receiver")
    if command.post.key == "ad" and not organization.holds_any(receiver.email, LEADERSHIP, today):
        raise InvalidInput(
            "The AD's authority goes to senior leadership: a DAD, the CoS or the DCoS.", field="receiver"
        )
    if unknown := sorted(set(command.task_types) - set(TASK_TYPES)):
        raise InvalidInput(f"There is no task type {', '.join(unknown)}.", field="task_types")
    given = Delegation(
        1 + organization.version, actor, command.post, receiver.email, command.task_types, first, last, now
    )
    same = replace(given, id=0, given_at=now)
    known = any(replace(d, id=0, given_at=now) == same for d in organization.delegations)
    return () if known else (ClearanceDelegated(now, actor, given),)


def revoked(
    organization: Organization, id: int, actor: str, now: datetime, today: date
) -> tuple[DelegationRevoked, ...]:
    given = next((d for d in organization.delegations if d.id == id), None)
    if given is None:
        raise NotFound("That delegation has ended already.")
    if not revokes(organization, given, actor, today):
        raise NotAllowed(f"Only {organization.name_of(given.giver)} or the {given.post.title} can revoke this.")
    return (DelegationRevoked(now, actor, id),)
