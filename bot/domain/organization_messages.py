"""The vocabulary of the organization: commands (imperative) and events (past tense). Data only.

Events are stored by class name and are never renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from bot.domain.organization import Absence, Acting, Component, Delegation, Person, Room
from bot.domain.positions import Post

#: The actor of what an operator does at the command line.
OPERATOR = "operator"

# Commands


@dataclass(frozen=True, slots=True)
class ImportDirectory:
    """Components and people as a file says they are; what it does not name stays as it was.

    `untold` holds email and field of a person where the file has no column for it.
    """

    components: tuple[Component, ...] = ()
    people: tuple[Person, ...] = ()
    untold: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterRoom:
    """Make this channel a taskings channel, where the state of every task is kept, or a component's."""

    room: Room


@dataclass(frozen=True, slots=True)
class NameActing:
    """Let somebody hold a post for some days; a task manager who records it states the authority."""

    post: Post
    email: str
    first: date
    last: date
    authority: str = ""


@dataclass(frozen=True, slots=True)
class EndActing:
    id: int


@dataclass(frozen=True, slots=True)
class DelegateClearance:
    """Pass the clearance authority of a post that one holds on to somebody (4-7, 5-1.4)."""

    post: Post
    receiver: str
    first: date
    last: date
    task_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevokeDelegation:
    id: int


@dataclass(frozen=True, slots=True)
class SetAway:
    """Say when one is away; a task manager may say so for somebody."""

    email: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class EndAbsence:
    """Say that one is back, or will not be away after all."""

    email: str


@dataclass(frozen=True, slots=True)
class AppointOfficer:
    """Appoint an action officer or alternate of a component (4-6.1, 5-3.1)."""

    component: str
    email: str


@dataclass(frozen=True, slots=True)
class EndAppointment:
    component: str
    email: str


@dataclass(frozen=True, slots=True)
class RecordTraining:
    """Record who took part in the annual training (4-6.2, 5-2.2.f)."""

    emails: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class ScheduleReport:
    """Send the weekly report to a person or a taskings channel, see `ReportSchedule`; again is a change of the time."""

    recipient: str
    weekday: int
    hour: int


@dataclass(frozen=True, slots=True)
class StopReport:
    recipient: str


OrganizationCommand: TypeAlias = (
    ImportDirectory
    | RegisterRoom
    | NameActing
    | EndActing
    | DelegateClearance
    | RevokeDelegation
    | SetAway
    | EndAbsence
    | AppointOfficer
    | EndAppointment
    | RecordTraining
    | ScheduleReport
    | StopReport
)

# Events


@dataclass(frozen=True, slots=True)
class ComponentRecorded:
    at: datetime
    by: str
    component: Component


@dataclass(frozen=True, slots=True)
class PersonRecorded:
    at: datetime
    by: str
    person: Person


@dataclass(frozen=True, slots=True)
class RoomRegistered:
    at: datetime
    by: str
    room: Room


@dataclass(frozen=True, slots=True)
class ActingNamed:
    at: datetime
    by: str
    acting: Acting


@dataclass(frozen=True, slots=True)
class ActingEnded:
    at: datetime
    by: str
    id: int


@dataclass(frozen=True, slots=True)
class ClearanceDelegated:
    at: datetime
    by: str
    delegation: Delegation


@dataclass(frozen=True, slots=True)
class DelegationRevoked:
    at: datetime
    by: str
    id: int


@dataclass(frozen=True, slots=True)
class AbsenceRecorded:
    at: datetime
    by: str
    absence: Absence


@dataclass(frozen=True, slots=True)
class AbsenceEnded:
    at: datetime
    by: str
    email: str


@dataclass(frozen=True, slots=True)
class OfficerAppointed:
    at: datetime
    by: str
    component: str
    email: str


@dataclass(frozen=True, slots=True)
class AppointmentEnded:
    at: datetime
    by: str
    component: str
    email: str


@dataclass(frozen=True, slots=True)
class TrainingRecorded:
    at: datetime
    by: str
    email: str
    on: date


@dataclass(frozen=True, slots=True)
class ReportScheduled:
    at: datetime
    by: str
    recipient: str
    weekday: int
    hour: int


@dataclass(frozen=True, slots=True)
class ReportStopped:
    at: datetime
    by: str
    recipient: str


OrganizationEvent: TypeAlias = (
    ComponentRecorded
    | PersonRecorded
    | RoomRegistered
    | ActingNamed
    | ActingEnded
    | ClearanceDelegated
    | DelegationRevoked
    | AbsenceRecorded
    | AbsenceEnded
    | OfficerAppointed
    | AppointmentEnded
    | TrainingRecorded
    | ReportScheduled
    | ReportStopped
)
