"""The annual training of action officers: who needs it, until when it is good, who is overdue (4-6.2, 5-2.2.f)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.domain.organization import Organization, Person
from bot.domain.positions import Post
from bot.domain.powers import leads

#: Those who answer tasks in person where nobody was appointed to do it for them (5-3.1, App. A).
ANSWERING = frozenset(
    {"unit-chief", "discipline-chief", "program-lead", "rhsa", "hsa", "rfmc", "fmc", "hcc-consultant"}
)
#: Training that is good for no more days than this is due.
SOON = timedelta(days=30)
#: Days before it lapses at which an officer is reminded once more.
WEEK = timedelta(days=7)
#: A lapse longer ago than this is no news to anybody, and stays answerable.
TOLD_WITHIN = timedelta(days=7)
MORNING = time(8)


def expires(person: Person) -> date | None:
    """The last day it is good for: the same day a year later; None when none was recorded."""
    trained = person.trained_on
    if trained is None:
        return None
    leap = (trained.month, trained.day) == (2, 29)
    return trained.replace(year=trained.year + 1, day=28 if leap else trained.day)


def lapsed(person: Person, on: date) -> bool:
    """Whether it is more than a year ago, or none was recorded."""
    last = expires(person)
    return last is None or last < on


def due(person: Person, on: date) -> bool:
    """Whether it is good still and lapses soon."""
    last = expires(person)
    return last is not None and on <= last <= on + SOON


def action_officers(organization: Organization, on: date) -> tuple[Person, ...]:
    """Who needs it: who was appointed, and who answers in person because nobody was; by name."""
    found = (p for p in organization.serving(on) if p.action_officer_for or _answers(p, organization, on))
    return tuple(sorted(found, key=lambda person: person.name))


def overdue(organization: Organization, on: date) -> tuple[Person, ...]:
    """Who needs it and has it no more, by name."""
    return tuple(person for person in action_officers(organization, on) if lapsed(person, on))


def answered_for(reader: str, organization: Organization, on: date) -> tuple[Person, ...]:
    """The action officers that somebody answers for: task managers for all, others for those they lead and
    themselves."""
    officers = action_officers(organization, on)
    if organization.is_manager(reader, on):
        return officers
    return tuple(p for p in officers if p.email == reader or _led(p, reader, organization, on))


def _led(person: Person, reader: str, organization: Organization, on: date) -> bool:
    return any(leads(organization, code, reader, on) for code in (person.component, *person.action_officer_for))


def _answers(person: Person, organization: Organization, on: date) -> bool:
    return any(post.key in ANSWERING and not _relieved(post, organization, on) for post in person.posts)


def _relieved(post: Post, organization: Organization, on: date) -> bool:
    """Whether the post is the chief's of a component that somebody was appointed for."""
    chief = post.component in organization.components and organization.chief_of(post.component) == post
    return chief and bool(organization.appointed(post.component, on))


# Reminders


class Reason(StrEnum):
    """Why somebody is told of a training, as stored."""

    MONTH = "month"
    WEEK = "week"
    LAPSED = "lapsed"
    LAPSED_OF_OTHERS = "lapsed-of-others"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody is told of the training that was good until `last`: their own, or of those whose it was."""

    reason: Reason
    last: date
    recipient: str

    @property
    def occasion(self) -> str:
        return f"{self.reason} {self.last}"


def reminder_of(occasion: str, recipient: str) -> Reminder:
    reason, _, last = occasion.partition(" ")
    return Reminder(Reason(reason), date.fromisoformat(last), recipient)


def reminders(organization: Organization, now: datetime, zone: tzinfo) -> tuple[Reminder, ...]:
    """Who is to be told now: each officer once a stage, and the task managers once a day on which training lapsed.

    Somebody who comes late to a stage is not told of those before it, and nobody once they were trained.
    """
    on = _day(now, zone)
    own = [Reminder(stage, last, p.email) for p in action_officers(organization, on) for stage, last in _stage(p, on)]
    lapses = {reminder.last for reminder in own if reminder.reason is Reason.LAPSED}
    managers = (p.email for p in organization.serving(on) if organization.is_manager(p.email, on))
    told = [Reminder(Reason.LAPSED_OF_OTHERS, last, email) for email in managers for last in sorted(lapses)]
    return (*own, *told)


def next_reminders(now: datetime, zone: tzinfo) -> datetime:
    """When others may have to be told though nothing happened."""
    return datetime.combine(_day(now, zone) + timedelta(days=1), MORNING, zone)


def _day(now: datetime, zone: tzinfo) -> date:
    """The day, which begins in the morning: nobody is told at midnight."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= MORNING else local.date() - timedelta(days=1)


def _stage(person: Person, on: date) -> Iterator[tuple[Reason, date]]:
    if last := expires(person):
        left = last - on
        if -TOLD_WITHIN <= left < timedelta():
            yield Reason.LAPSED, last
        elif timedelta() <= left <= WEEK:
            yield Reason.WEEK, last
        elif WEEK < left <= SOON:
            yield Reason.MONTH, last
