"""How the organization changes: what `bot.domain.decide` and `evolve` are to a task, for this stream."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import assert_never

from bot.domain.organization import (
    Absence,
    Acting,
    Component,
    Delegation,
    Organization,
    Person,
    ReportSchedule,
    Room,
)
from bot.domain.organization_messages import (
    OPERATOR,
    AbsenceEnded,
    AbsenceRecorded,
    ActingEnded,
    ActingNamed,
    AppointmentEnded,
    AppointOfficer,
    ClearanceDelegated,
    ComponentRecorded,
    DelegateClearance,
    DelegationRevoked,
    EndAbsence,
    EndActing,
    EndAppointment,
    ImportDirectory,
    NameActing,
    OfficerAppointed,
    OrganizationCommand,
    OrganizationEvent,
    PersonRecorded,
    RecordTraining,
    RegisterRoom,
    ReportScheduled,
    ReportStopped,
    RevokeDelegation,
    RoomRegistered,
    ScheduleReport,
    SetAway,
    StopReport,
    TrainingRecorded,
)
from bot.domain.positions import LEADERSHIP, MANAGERS
from bot.domain.powers import above, ends_acting, leads, passes_on, revokes
from bot.domain.rubric import TASK_TYPES
from bot.domain.scheduling import scheduled, stopped, without
from bot.errors import IllegalTransition, InvalidInput, NotAllowed, NotFound


def decide_organization(
    organization: Organization, command: OrganizationCommand, actor: str, now: datetime, today: date
) -> tuple[OrganizationEvent, ...]:
    """Say what changed; empty means: already so. `today` is the agency's. Raises Rejected and changes nothing."""
    match command:
        case ImportDirectory(components=components):
            people = _told(organization, command)
            _check_tree(organization, components, people)
            changed = [c for c in components if organization.components.get(c.code) != c]
            moved = [p for p in people if organization.people.get(p.email) != p]
            return (
                *(ComponentRecorded(now, actor, component) for component in changed),
                *(PersonRecorded(now, actor, person) for person in moved),
            )
        case RegisterRoom(room=room):
            return _registered(organization, room, actor, now, today)
        case NameActing():
            return _named(organization, command, actor, now, today)
        case EndActing(id=id):
            return _ended(organization, id, actor, now, today)
        case DelegateClearance():
            return _delegated(organization, command, actor, now, today)
        case RevokeDelegation(id=id):
            return _revoked(organization, id, actor, now, today)
        case SetAway(email=email, first=first, last=last):
            if actor != email:
                _managers_only(organization, actor, today)
            absence = Absence(_serving(organization, email, today).email, *_days(first, last, today))
            return () if absence in organization.absences else (AbsenceRecorded(now, actor, absence),)
        case EndAbsence(email=email):
            if actor != email:
                _managers_only(organization, actor, today)
            there = any(a.email == email for a in organization.absences)
            return (AbsenceEnded(now, actor, email),) if there else ()
        case AppointOfficer(component=component, email=email):
            _leads(organization, component, actor, today)
            person = _serving(organization, email, today)
            known = component in person.action_officer_for
            return () if known else (OfficerAppointed(now, actor, component, person.email),)
        case EndAppointment(component=component, email=email):
            _leads(organization, component, actor, today)
            appointed = organization.person(email)
            known = appointed is not None and component in appointed.action_officer_for
            return (AppointmentEnded(now, actor, component, email.lower()),) if known else ()
        case RecordTraining(emails=emails, on=on):
            return _trained(organization, emails, on, actor, now, today)
        case ScheduleReport():
            _managers_only(organization, actor, today, "say who gets the report")
            return scheduled(organization, command, actor, now, today)
        case StopReport():
            if actor != command.recipient:
                _managers_only(organization, actor, today, "say who gets the report")
            return stopped(organization, command, actor, now)
        case _:
            assert_never(command)


def evolve_organization(organization: Organization, event: OrganizationEvent) -> Organization:
    """Apply one event. Total: history cannot be refused."""
    organization = replace(organization, version=organization.version + 1)
    match event:
        case ComponentRecorded(component=component):
            return replace(organization, components=organization.components | {component.code: component})
        case PersonRecorded(person=person):
            return replace(organization, people=organization.people | {person.email: person})
        case RoomRegistered(room=room):
            here = (room.platform, room.address)
            rooms = (r for r in organization.rooms if (r.platform, r.address) != here)
            return replace(organization, rooms=(*rooms, room))
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
        case OfficerAppointed(component=component, email=email):
            person = organization.people[email]
            return _with(organization, replace(person, action_officer_for=(*person.action_officer_for, component)))
        case AppointmentEnded(component=component, email=email):
            person = organization.people[email]
            left = tuple(code for code in person.action_officer_for if code != component)
            return _with(organization, replace(person, action_officer_for=left))
        case TrainingRecorded(email=email, on=on):
            return _with(organization, replace(organization.people[email], trained_on=on))
        case ReportScheduled(at=at, by=by, recipient=recipient, weekday=weekday, hour=hour):
            schedule = ReportSchedule(recipient, weekday, hour, by, at)
            return replace(organization, reports=(*without(organization, recipient), schedule))
        case ReportStopped(recipient=recipient):
            return replace(organization, reports=without(organization, recipient))
        case _:
            assert_never(event)


def _with(organization: Organization, person: Person) -> Organization:
    return replace(organization, people=organization.people | {person.email: person})


# Acting officials and delegations


def _registered(
    organization: Organization, room: Room, actor: str, now: datetime, today: date
) -> tuple[RoomRegistered, ...]:
    """A taskings channel stays one: the cards of all tasks are in it."""
    before = organization.room_at(room.platform, room.address)
    if not room.component:
        _managers_only(organization, actor, today, "make this a taskings channel")
        return () if before and not before.component else (RoomRegistered(now, actor, room),)
    if room.component not in organization.components:
        raise InvalidInput(f"There is no component {room.component}; check the code.")
    if not (organization.is_manager(actor, today) or leads(organization, room.component, actor, today)):
        raise NotAllowed(f"Only a task manager or a chief over {room.component} can make this its channel.")
    if before and not before.component:
        raise IllegalTransition("This is a taskings channel, with the cards of all tasks; use another channel.")
    known = before is not None and before.component == room.component
    return () if known else (RoomRegistered(now, actor, room),)


def _named(
    organization: Organization, command: NameActing, actor: str, now: datetime, today: date
) -> tuple[OrganizationEvent, ...]:
    """The holder names who acts for them, or somebody above; a task manager records what was decided elsewhere."""
    person = _serving(organization, command.email, today)
    first, last = _days(command.first, command.last, today)
    if not above(organization, command.post, actor, today):
        _managers_only(organization, actor, today)
        if actor == person.email:
            raise NotAllowed("Somebody else has to name you; nobody gives themselves a post.")
        if not command.authority.strip():
            raise InvalidInput("Say what this rests on, such as a memorandum and its date.", field="authority")
    rests_on = command.authority.strip()
    acting = Acting(1 + organization.version, command.post, person.email, first, last, actor, rests_on)
    known = any(replace(a, id=acting.id) == acting for a in organization.acting)
    return () if known else (ActingNamed(now, actor, acting),)


def _ended(organization: Organization, id: int, actor: str, now: datetime, today: date) -> tuple[ActingEnded, ...]:
    acting = next((a for a in organization.acting if a.id == id), None)
    if acting is None:
        raise NotFound("That appointment has ended already.")
    if not ends_acting(organization, acting, actor, today):
        raise NotAllowed(f"Only the {acting.post.title}, those above and a task manager can end this.")
    return (ActingEnded(now, actor, id),)


def _delegated(
    organization: Organization, command: DelegateClearance, actor: str, now: datetime, today: date
) -> tuple[ClearanceDelegated, ...]:
    """Who holds the post passes its authority on; the AD's goes to senior leadership (4-7)."""
    receiver = _serving(organization, command.receiver, today, "receiver")
    first, last = _days(command.first, command.last, today)
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


def _revoked(
    organization: Organization, id: int, actor: str, now: datetime, today: date
) -> tuple[DelegationRevoked, ...]:
    given = next((d for d in organization.delegations if d.id == id), None)
    if given is None:
        raise NotFound("That delegation has ended already.")
    if not revokes(organization, given, actor, today):
        raise NotAllowed(f"Only {organization.name_of(given.giver)} or the {given.post.title} can revoke this.")
    return (DelegationRevoked(now, actor, id),)


def _trained(
    organization: Organization, emails: tuple[str, ...], on: date, actor: str, now: datetime, today: date
) -> tuple[TrainingRecorded, ...]:
    _managers_only(organization, actor, today)
    if on > today:
        raise InvalidInput("That day is still to come; record a training once it was held.", field="on")
    if not emails:
        raise InvalidInput("Choose who took part.", field="emails")
    people = [_serving(organization, email, today, "emails") for email in emails]
    return tuple(TrainingRecorded(now, actor, p.email, on) for p in people if p.trained_on != on)


# What has to be so


def _managers_only(organization: Organization, actor: str, today: date, what: str = "do this") -> None:
    if actor != OPERATOR and not organization.holds_any(actor, MANAGERS, today):
        raise NotAllowed(f"Only a task manager can {what}.")


def _leads(organization: Organization, code: str, actor: str, today: date) -> None:
    """Chiefs, program leads and division leads appoint for their component and those below it (4-6.1)."""
    if code not in organization.components:
        raise InvalidInput(f"There is no component {code}; choose one from the list.", field="component")
    if not leads(organization, code, actor, today):
        raise NotAllowed(f"Only a chief or lead over {code} appoints its action officers (4-6.1).")


def _serving(organization: Organization, email: str, today: date, field: str = "email") -> Person:
    person = organization.person(email)
    if person is None or person not in organization.serving(today):
        raise InvalidInput(f"{email} is not in the directory; choose somebody who is.", field=field)
    return person


def _days(first: date, last: date, today: date) -> tuple[date, date]:
    if last < first:
        raise InvalidInput("The last day is before the first; enter them the other way round.", field="last")
    if last < today:
        raise InvalidInput("Those days have passed; enter days to come.", field="last")
    return first, last


def _told(organization: Organization, command: ImportDirectory) -> tuple[Person, ...]:
    """The people of a file; what it has no column for is as it was."""
    people = {person.email: person for person in command.people}
    for email, name in command.untold:
        known = organization.person(email)
        if known and name == "trained_on":
            people[email] = replace(people[email], trained_on=known.trained_on)
        if known and name == "ended_on":
            people[email] = replace(people[email], ended_on=known.ended_on)
    return tuple(people.values())


def _check_tree(organization: Organization, components: Iterable[Component], people: Iterable[Person]) -> None:
    """Every parent and every component a person names must be known, and no component its own ancestor."""
    known = organization.components | {c.code: c for c in components}
    for component in known.values():
        seen = {component.code}
        while component.parent:
            if component.parent not in known:
                raise InvalidInput(f"Component {component.code} names an unknown parent, {component.parent}.")
            if component.parent in seen:
                raise InvalidInput(f"Component {component.code} is its own ancestor.")
            seen.add(component.parent)
            component = known[component.parent]
    for person in people:
        named = {person.component, *person.action_officer_for, *(p.component for p in person.posts)}
        if unknown := sorted(code for code in named if code and code not in known):
            raise InvalidInput(f"{person.email} names an unknown component, {', '.join(unknown)}.")
