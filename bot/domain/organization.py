"""The organization: components, people, the posts they hold and what was passed on; the stream beside the tasks.

Theory of operation: state is frozen and rebuilt from events like a task's (`bot.domain.organizing`). Who holds a
post is a question of the day: people end, acting officials hold it for their dates. Lookups walk up the tree of
components, because a task names a unit or a facility and the directive names the lead above it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from bot.domain.positions import MANAGERS, Post


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


CHIEFS: dict[Kind, str] = {
    Kind.DIVISION: "dad",
    Kind.UNIT: "unit-chief",
    Kind.OFFICE: "unit-chief",
    Kind.DISCIPLINE: "discipline-chief",
    Kind.PROGRAM: "program-lead",
}


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


#: Begins what stands for a room among the recipients of cards, who else are emails.
ROOM = "room:"


@dataclass(frozen=True, slots=True)
class Room:
    """A channel the bot answers in. `address` is the platform's conversation.

    A taskings channel keeps the card of every task; with a `component` the channel is that one's, which gets no cards,
    only answers about its tasks and those below it.
    """

    platform: str
    address: str
    name: str
    component: str = ""

    @property
    def recipient(self) -> str:
        """ "room:PLATFORM:ADDRESS"."""
        return f"{ROOM}{self.platform}:{self.address}"


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who holds a post from the first to the last of these days, beside or instead of its holder."""

    id: int
    post: Post
    email: str
    first: date
    last: date
    named_by: str
    authority: str = ""

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last


@dataclass(frozen=True, slots=True)
class Delegation:
    """Clearance authority of a post passed on for some days (4-7, 5-1.4, 5-3.5.c); no `task_types` mean all.

    It never covers a task that needs SES clearance, and the receiver can't pass it on.
    """

    id: int
    giver: str
    post: Post
    receiver: str
    task_types: tuple[str, ...]
    first: date
    last: date
    given_at: datetime

    def covers(self, post: Post, task_type: str, ses: bool, on: date) -> bool:
        types = not self.task_types or task_type in self.task_types
        return self.post == post and types and not ses and self.first <= on <= self.last


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who is away from the first to the last of these days."""

    email: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ReportSchedule:
    """Who gets the weekly report (5-2.1.c): an email, or a room's `room:PLATFORM:ADDRESS`.

    Each week at `hour` of the agency's `weekday`, Monday 0; nothing from before `since` is sent.
    """

    recipient: str
    weekday: int
    hour: int
    set_by: str
    since: datetime


@dataclass(frozen=True)
class Organization:
    """Keyed by component code and by email. `version` counts events."""

    components: dict[str, Component] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    rooms: tuple[Room, ...] = ()
    acting: tuple[Acting, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    absences: tuple[Absence, ...] = ()
    reports: tuple[ReportSchedule, ...] = ()
    version: int = 0

    @cached_property
    def _by_post(self) -> dict[Post, tuple[Person, ...]]:
        found: dict[Post, list[Person]] = {}
        for person in self.people.values():
            for post in person.posts:
                found.setdefault(post, []).append(person)
        return {post: tuple(people) for post, people in found.items()}

    def room_at(self, platform: str, address: str | None) -> Room | None:
        return next((r for r in self.rooms if (r.platform, r.address) == (platform, address)), None)

    def holders(self, post: Post, on: date) -> tuple[Person, ...]:
        """Who holds the post that day, acting officials first; empty when it is vacant."""
        acting = (self.people[a.email] for a in self.acting if a.post == post and a.holds(on))
        found = dict.fromkeys(p.email for p in (*acting, *self._by_post.get(post, ())) if _serves(p, on))
        return tuple(self.people[email] for email in found)

    def acts(self, email: str, post: Post, on: date) -> Acting | None:
        """The appointment by which somebody holds a post that is not their own."""
        person = self.person(email)
        own = person is not None and post in person.posts
        found = (a for a in self.acting if (a.email, a.post) == (email, post) and a.holds(on))
        return None if own else next(found, None)

    def delegated(self, posts: tuple[Post, ...], task_type: str, ses: bool, on: date) -> tuple[Delegation, ...]:
        """The delegations of any of the posts that serve for such a task that day, and whose receiver serves.

        Nobody passes on what they do not hold any more: with the giver's post, or their acting days, it ends.
        """
        return tuple(
            d
            for d in self.delegations
            if any(d.covers(post, task_type, ses, on) for post in posts)
            and _serves(self.people[d.receiver], on)
            and d.post in self.posts_of(d.giver, on)
        )

    def absence(self, email: str, on: date) -> Absence | None:
        """The days somebody is away, when that day is one of them."""
        return next((a for a in self.absences if a.email == email and a.first <= on <= a.last), None)

    def away(self, email: str, on: date) -> bool:
        return self.absence(email, on) is not None

    def posts_of(self, email: str, on: date) -> frozenset[Post]:
        """Every post somebody holds that day, as an acting official too."""
        person = self.person(email)
        own = person.posts if person and _serves(person, on) else ()
        return frozenset((*own, *(a.post for a in self.acting if a.email == email and a.holds(on))))

    def clears_as(self, email: str, on: date) -> frozenset[Post]:
        """The posts whose clearance is theirs that day, by a delegation too."""
        given = (d.post for d in self.delegations if d.receiver == email and d.first <= on <= d.last)
        return self.posts_of(email, on).union(given)

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
        return any(post.key in keys for post in self.posts_of(email, on))

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


def _serves(person: Person, on: date) -> bool:
    return person.ended_on is None or on < person.ended_on
