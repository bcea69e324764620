"""What each event makes of the organization. Total: history cannot be refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias, assert_never

from bot.domain.organization import Organization, Person, ReportSchedule
from bot.domain.organization_messages import (
    AbsenceEnded,
    AbsenceRecorded,
    ActingEnded,
    ActingNamed,
    AppointmentEnded,
    ClearanceDelegated,
    ComponentRecorded,
    DelegationRevoked,
    OfficerAppointed,
    OrganizationEvent,
    PersonRecorded,
    ReportScheduled,
    ReportStopped,
    RoomRegistered,
    TrainingRecorded,
)
from bot.domain.scheduling import without

#: Who stands in for whom, and whose authority they have.
OfAuthority: TypeAlias = (
    ActingNamed | ActingEnded | ClearanceDelegated | DelegationRevoked | AbsenceRecorded | AbsenceEnded
)
OfPeople: TypeAlias = PersonRecorded | OfficerAppointed | AppointmentEnded | TrainingRecorded


def evolve_organization(organization: Organization, event: OrganizationEvent) -> Organization:
    """Apply one event."""
    organization = replace(organization, version=organization.version + 1)
    if isinstance(event, OfAuthority):
        return _authorized(organization, event)
    if isinstance(event, OfPeople):
        person = _person(organization, event)
        return replace(organization, people=organization.people | {person.email: person})
    match event:
        case ComponentRecorded(component=component):
            return replace(organization, components=organization.components | {component.code: component})
        case RoomRegistered(room=room):
            here = (room.platform, room.address)
            rooms = (r for r in organization.rooms if (r.platform, r.address) != here)
            return replace(organization, rooms=(*rooms, room))
        case ReportScheduled(at=at, by=by, recipient=recipient, weekday=weekday, hour=hour):
            schedule = ReportSchedule(recipient, weekday, hour, by, at)
            return replace(organization, reports=(*without(organization, recipient), schedule))
        case ReportStopped(recipient=recipient):
            return replace(organization, reports=without(organization, recipient))
        case _:
            assert_never(event)


def _authorized(organization: Organization, event: OfAuthority) -> Organization:
    match event:
        case ActingNamed(acting=acting):
            return replace(organization, acting=(*organization.acting, acting))
        case ActingEnded(id=id):
            return replace(organization, acting=tuple(a for a in organization.acting if a.id != id))
        case ClearanceDelegated(delegation=delegation):
            return replace(organization, delegations=(*organization.delegations, delegation))
        case DelegationRevoked(id=id):
            return replace(organization, delegations=tuple(d for d in organization.delegations if d.id != id))
        case AbsenceRecorded(absence=absence):
            others = tuple(a for a in organization.absences if a.email != absence.email)
            return replace(organization, absences=(*others, absence))
        case AbsenceEnded(email=email):
            return replace(organization, absences=tuple(a for a in organization.absences if a.email != email))
        case _:
            assert_never(event)


def _person(organization: Organization, event: OfPeople) -> Person:
    """As the event leaves them."""
    match event:
        case PersonRecorded(person=person):
            return person
        case OfficerAppointed(component=component, email=email):
            person = organization.people[email]
            return replace(person, action_officer_for=(*person.action_officer_for, component))
        case AppointmentEnded(component=component, email=email):
            person = organization.people[email]
            left = tuple(code for code in person.action_officer_for if code != component)
            return replace(person, action_officer_for=left)
        case TrainingRecorded(email=email, on=on):
            return replace(organization.people[email], trained_on=on)
        case _:
            assert_never(event)
