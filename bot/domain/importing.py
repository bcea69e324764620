"""The directory of an agency as a file tells it, held against what is known, as events of the organization."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.organization import Component, Organization, Person
from bot.domain.organization_messages import ComponentRecorded, ImportDirectory, OrganizationEvent, PersonRecorded
from bot.errors import InvalidInput


def imported(
    organization: Organization, command: ImportDirectory, actor: str, now: datetime
) -> tuple[OrganizationEvent, ...]:
    """What the file changes. Raises InvalidInput."""
    components, people = command.components, _told(organization, command)
    _check_tree(organization, components, people)
    changed = [c for c in components if organization.components.get(c.code) != c]
    moved = [p for p in people if organization.people.get(p.email) != p]
    return (
        *(ComponentRecorded(now, actor, component) for component in changed),
        *(PersonRecorded(now, actor, person) for person in moved),
    )


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
