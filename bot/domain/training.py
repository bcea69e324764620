"""The annual training of action officers: who needs it, until when it is good, who is overdue (4-6.2, 5-2.2.f)."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.organization import Organization, Person
from bot.domain.positions import Post

#: Those who answer tasks in person where nobody was appointed to do it for them (5-3.1, App. A).
ANSWERING = frozenset(
    {"unit-chief", "discipline-chief", "program-lead", "rhsa", "hsa", "rfmc", "fmc", "hcc-consultant"}
)
#: Training that is good for no more days than this is due.
SOON = timedelta(days=30)


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


def _answers(person: Person, organization: Organization, on: date) -> bool:
    return any(post.key in ANSWERING and not _relieved(post, organization, on) for post in person.posts)


def _relieved(post: Post, organization: Organization, on: date) -> bool:
    """Whether the post is the chief's of a component that somebody was appointed for."""
    chief = post.component in organization.components and organization.chief_of(post.component) == post
    return chief and bool(organization.appointed(post.component, on))
