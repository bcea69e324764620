"""How the organization is changed: what `bot.domain.decide` is to a task, for this stream."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from bot.domain.authorizing import delegated, ended, named, revoked
from bot.domain.entered import days_of, serving
from bot.domain.importing import imported
from bot.domain.organization import Absence, Organization, Room
from bot.domain.organization_messages import (
    AbsenceEnded,
    AbsenceRecorded,
    AppointmentEnded,
    AppointOfficer,
    DelegateClearance,
    EndAbsence,
    EndActing,
    EndAppointment,
    ImportDirectory,
    NameActing,
    OfficerAppointed,
    OrganizationCommand,
    OrganizationEvent,
    RecordTraining,
    RegisterRoom,
    RevokeDelegation,
    RoomRegistered,
    ScheduleReport,
    SetAway,
    StopReport,
    TrainingRecorded,
)
from bot.domain.powers import leads, managers_only
from bot.domain.scheduling import scheduled, stopped
from bot.errors import IllegalTransition, InvalidInput, NotAllowed


def decide_organization(
    organization: Organization, command: OrganizationCommand, actor: str, now: datetime, today: date
) -> tuple[OrganizationEvent, ...]:
    """Say what changed; empty means: already so. `today` is the agency's. Raises Rejected and changes nothing."""
    match command:
        case ImportDirectory():
            return imported(organization, command, actor, now)
        case RegisterRoom(room=room):
            return _registered(organization, room, actor, now, today)
        case NameActing():
            return named(organization, command, actor, now, today)
        case EndActing(id=id):
            return ended(organization, id, actor, now, today)
        case DelegateClearance():
            return delegated(organization, command, actor, now, today)
        case RevokeDelegation(id=id):
            return revoked(organization, id, actor, now, today)
        case SetAway() | EndAbsence():
            return _away(organization, command, actor, now, today)
        case AppointOfficer() | EndAppointment():
            return _appointed(organization, command, actor, now, today)
        case RecordTraining(emails=emails, on=on):
            return _trained(organization, emails, on, actor, now, today)
        case ScheduleReport():
            managers_only(organization, actor, today, "say who gets the report")
            return scheduled(organization, command, actor, now, today)
        case StopReport():
            if actor != command.recipient:
                managers_only(organization, actor, today, "say who gets the report")
            return stopped(organization, command, actor, now)
        case _:
            assert_never(command)


def _registered(
    organization: Organization, room: Room, actor: str, now: datetime, today: date
) -> tuple[RoomRegistered, ...]:
    """A taskings channel stays one: the cards of all tasks are in it."""
    before = organization.room_at(room.platform, room.address)
    if not room.component:
        managers_only(organization, actor, today, "make this a taskings channel")
        return () if before and not before.component else (RoomRegistered(now, actor, room),)
    if room.component not in organization.components:
        raise InvalidInput(f"There is no component {room.component}; check the code.")
    if not (organization.is_manager(actor, today) or leads(organization, room.component, actor, today)):
        raise NotAllowed(f"Only a task manager or a chief over {room.component} can make this its channel.")
    if before and not before.component:
        raise IllegalTransition("This is a taskings channel, with the cards of all tasks; use another channel.")
    known = before is not None and before.component == room.component
    return () if known else (RoomRegistered(now, actor, room),)


def _away(
    organization: Organization, command: SetAway | EndAbsence, actor: str, now: datetime, today: date
) -> tuple[OrganizationEvent, ...]:
    """Everybody says this of themselves, a task manager of others."""
    if actor != command.email:
        managers_only(organization, actor, today)
    if isinstance(command, EndAbsence):
        there = any(a.email == command.email for a in organization.absences)
        return (AbsenceEnded(now, actor, command.email),) if there else ()
    person = serving(organization, command.email, today)
    absence = Absence(person.email, *days_of(command.first, command.last, today))
    return () if absence in organization.absences else (AbsenceRecorded(now, actor, absence),)


def _appointed(
    organization: Organization, command: AppointOfficer | EndAppointment, actor: str, now: datetime, today: date
) -> tuple[OrganizationEvent, ...]:
    component = command.component
    _leads(organization, component, actor, today)
    if isinstance(command, EndAppointment):
        appointed = organization.person(command.email)
        known = appointed is not None and component in appointed.action_officer_for
        return (AppointmentEnded(now, actor, component, command.email.lower()),) if known else ()
    person = serving(organization, command.email, today)
    known = component in person.action_officer_for
    return () if known else (OfficerAppointed(now, actor, component, person.email),)


def _leads(organization: Organization, code: str, actor: str, today: date) -> None:
    """Chiefs, program leads and division leads appoint for their component and those below it (4-6.1)."""
    if code not in organization.components:
        raise InvalidInput(f"There is no component {code}; choose one from the list.", field="component")
    if not leads(organization, code, actor, today):
        raise NotAllowed(f"Only a chief or lead over {code} appoints its action officers (4-6.1).")


def _trained(
    organization: Organization, emails: tuple[str, ...], on: date, actor: str, now: datetime, today: date
) -> tuple[TrainingRecorded, ...]:
    managers_only(organization, actor, today)
    if on > today:
        raise InvalidInput("That day is still to come; record a training once it was held.", field="on")
    if not emails:
        raise InvalidInput("Choose who took part.", field="emails")
    people = [serving(organization, email, today, "emails") for email in emails]
    return tuple(TrainingRecorded(now, actor, p.email, on) for p in people if p.trained_on != on)
