"""The organization: components, people and the positions they hold; the second stream beside the tasks.

Theory of operation: state is frozen and rebuilt from events like a task's. A position is always meant
somewhere, so it is a `Post`: `dad@CS` is the deputy assistant director of CS. Positions there is one of in
the agency (`ad`, `cos`, `rim`…) are posts without a component. Lookups walk up the tree of components, because
a task names a unit or a facility and the directive names the lead above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias, assert_never

from bot.errors import InvalidInput, NotAllowed


class Kind(StrEnum):
    """The kinds of organizational component (8-4), the agency and its regions."""

    AGENCY = "agency"
    DIVISION = "division"
    UNIT = "unit"
    OFFICE = "office"
    DISCIPLINE = "discipline"
    PROGRAM = "program"
    REGION = "region"
    FACILITY = "facility"


class Staffing(StrEnum):
    """Who staffs a facility decides where its tasks go (5-2.2.b)."""

    IHSC = "ihsc"
    CONTRACT = "contract"


#: The position keys of Appendix A and section 5, with the words people read.
POSITIONS: dict[str, str] = {
    "ad": "Assistant Director",
    "cos": "Chief of Staff",
    "dcos": "Deputy Chief of Staff",
    "dad": "Deputy Assistant Director",
    "unit-chief": "Unit Chief",
    "discipline-chief": "Discipline Chief",
    "program-lead": "Program Lead",
    "rim": "Records and Information Management",
    "rhsa": "Regional HSA",
    "hsa": "HSA",
    "rfmc": "Regional FMC",
    "fmc": "FMC",
    "hcc-consultant": "Health Care Compliance Consultant",
    "fod": "Field Office Director",
    "afod": "Assistant Field Office Director",
    "task-manager": "Task Manager",
    "tpsu-chief": "TPSU Chief",
}
#: Positions there is one of in the whole agency; their posts carry no component.
AGENCY_WIDE = frozenset({"ad", "cos", "dcos", "rim", "hcc-consultant", "task-manager", "tpsu-chief"})
#: Appendix A's short names for one division's or unit's position.
ALIASES: dict[str, tuple[str, str]] = {
    "dad-cs": ("dad", "CS"),
    "dad-hcc": ("dad", "HCC"),
    "hou-chief": ("unit-chief", "HOU"),
    "mcmu-chief": ("unit-chief", "MCMU"),
    "hpmu-chief": ("unit-chief", "HPMU"),
    "rmu-chief": ("unit-chief", "RMU"),
    "hitu-chief": ("unit-chief", "HITU"),
    "mqmu-chief": ("unit-chief", "MQMU"),
    "icu-chief": ("unit-chief", "ICU"),
}
POSITION_KEYS = frozenset(POSITIONS) | frozenset(ALIASES)
#: Higher clears later; FOD and AFOD are outside IHSC and have no rank in it.
RANK: dict[str, int] = {
    "ad": 5,
    "cos": 4,
    "dcos": 3,
    "dad": 3,
    "unit-chief": 2,
    "discipline-chief": 2,
    "program-lead": 2,
    "tpsu-chief": 2,
    "rim": 2,
    "hcc-consultant": 2,
    "rhsa": 2,
    "rfmc": 2,
    "hsa": 1,
    "fmc": 1,
}
MANAGERS = frozenset({"task-manager", "tpsu-chief"})
LEADERSHIP = frozenset({"ad", "cos", "dcos", "dad"})
CHIEFS: dict[Kind, str] = {
    Kind.DIVISION: "dad",
    Kind.UNIT: "unit-chief",
    Kind.OFFICE: "unit-chief",
    Kind.DISCIPLINE: "discipline-chief",
    Kind.PROGRAM: "program-lead",
}


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A position in a component, or an agency-wide one with an empty component. Written `dad@CS`, `cos`."""

    key: str
    component: str = ""

    def __str__(self) -> str:
        return f"{self.key}@{self.component}" if self.component else self.key

    @property
    def title(self) -> str:
        """The post in words: "Deputy Assistant Director, CS"."""
        name = POSITIONS[self.key]
        return f"{name}, {self.component}" if self.component else name


def parse_post(text: str, component: str = "") -> Post:
    """`key`, `key@component` or an alias; a bare key means `component`, unless it is agency-wide.

    Raises InvalidInput for a key that `POSITION_KEYS` does not hold.
    """
    key, _, where = text.strip().partition("@")
    if key in ALIASES and not where:
        return Post(*ALIASES[key])
    if key not in POSITIONS:
        raise InvalidInput(f"“{text}” is not a position; use one of {', '.join(sorted(POSITION_KEYS))}.")
    return Post(key) if key in AGENCY_WIDE else Post(key, where or component)


@dataclass(frozen=True, slots=True)
class Component:
    code: str
    name: str
    kind: Kind
    parent: str = ""
    staffing: Staffing | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """`email` is the identity, in lower case; `action_officer_for` lists component codes (5-3.1)."""

    email: str
    name: str
    component: str
    posts: tuple[Post, ...] = ()
    action_officer_for: tuple[str, ...] = ()
    trained_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A channel the bot keeps cards in. `address` is the platform's conversation."""

    platform: str
    address: str
    name: str


@dataclass(frozen=True)
class Organization:
    """Keyed by component code and by email. `version` counts events."""

    components: dict[str, Component] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    rooms: tuple[Room, ...] = ()
    version: int = 0

    @cached_property
    def _by_post(self) -> dict[Post, tuple[Person, ...]]:
        found: dict[Post, list[Person]] = {}
        for person in self.people.values():
            for post in person.posts:
                found.setdefault(post, []).append(person)
        return {post: tuple(people) for post, people in found.items()}

    def holders(self, post: Post, on: date) -> tuple[Person, ...]:
        """Who holds the post that day; empty when it is vacant."""
        return tuple(p for p in self._by_post.get(post, ()) if _serves(p, on))

    def appointed(self, component: str, on: date) -> tuple[Person, ...]:
        """The action officers a chief has appointed for the component (5-3.1)."""
        return tuple(p for p in self.people.values() if component in p.action_officer_for and _serves(p, on))

    def serving(self, on: date) -> tuple[Person, ...]:
        return tuple(p for p in self.people.values() if _serves(p, on))

    def person(self, email: str) -> Person | None:
        return self.people.get(email.lower())

    def name_of(self, email: str) -> str:
        person = self.person(email)
        return person.name if person else email

    def holds_any(self, email: str, keys: frozenset[str], on: date) -> bool:
        person = self.person(email)
        return bool(person and _serves(person, on) and any(post.key in keys for post in person.posts))

    def is_manager(self, email: str, on: date) -> bool:
        """Task managers, and the TPSU chief, who may do all that they may (5-2.1)."""
        return self.holds_any(email, MANAGERS, on)

    def ancestry(self, code: str) -> Iterator[Component]:
        """The component and those above it, nearest first."""
        while component := self.components.get(code):
            yield component
            code = component.parent

    def nearest(self, code: str, kind: Kind) -> Component | None:
        """The component itself or the nearest one above it that is of the kind."""
        return next((c for c in self.ancestry(code) if c.kind is kind), None)

    def lead_of(self, code: str) -> Post:
        """The division lead: the DAD, or the CoS for components under the CoS (4-6.1)."""
        division = self.nearest(code, Kind.DIVISION)
        return Post("dad", division.code) if division else Post("cos")

    def chief_of(self, code: str) -> Post | None:
        """The chief of the component or of the nearest one above it that has a chief."""
        return next((Post(CHIEFS[c.kind], c.code) for c in self.ancestry(code) if c.kind in CHIEFS), None)

    def oversees(self, email: str, code: str) -> bool:
        """Whether the person leads the component or one above it."""
        person = self.person(email)
        if person is None:
            return False
        above = {c.code for c in self.ancestry(code)}
        return any(post.component in above for post in person.posts)


def _serves(person: Person, on: date) -> bool:
    return person.ended_on is None or on < person.ended_on


# Commands and events. `decide_organization` and `evolve_organization` are to this stream what
# `bot.domain.decide` and `bot.domain.evolve` are to a task's.


@dataclass(frozen=True, slots=True)
class ImportDirectory:
    """Components and people as a file says they are; what it does not name stays as it was."""

    components: tuple[Component, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterRoom:
    """Make this channel a taskings channel: the state of every task is kept there."""

    room: Room


OrganizationCommand: TypeAlias = ImportDirectory | RegisterRoom


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


OrganizationEvent: TypeAlias = ComponentRecorded | PersonRecorded | RoomRegistered

#: The actor of what an operator does at the command line.
OPERATOR = "operator"


def decide_organization(
    organization: Organization, command: OrganizationCommand, actor: str, now: datetime
) -> tuple[OrganizationEvent, ...]:
    """Say what changed; empty means: already so. Raises Rejected and changes nothing."""
    match command:
        case ImportDirectory(components=components, people=people):
            _check_tree(organization, components, people)
            changed = [c for c in components if organization.components.get(c.code) != c]
            moved = [p for p in people if organization.people.get(p.email) != p]
            return (
                *(ComponentRecorded(now, actor, component) for component in changed),
                *(PersonRecorded(now, actor, person) for person in moved),
            )
        case RegisterRoom(room=room):
            if actor != OPERATOR and not organization.is_manager(actor, now.date()):
                raise NotAllowed("Only a task manager can make this a taskings channel.")
            if any((r.platform, r.address) == (room.platform, room.address) for r in organization.rooms):
                return ()
            return (RoomRegistered(now, actor, room),)
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
            return replace(organization, rooms=(*organization.rooms, room))
        case _:
            assert_never(event)


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
