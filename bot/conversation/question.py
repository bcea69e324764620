"""What somebody asks, as data: the seam between understanding words, finding tasks and telling the answer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from bot.domain.messages import Priority
from bot.domain.rubric import Scope
from bot.domain.task import Stage, Status

T = TypeVar("T")


class Deed(StrEnum):
    """What can be asked of the past: who did it."""

    FORWARDED = "forwarded"
    LOGGED = "logged"
    ASSIGNED = "assigned"
    DEFERRED = "deferred"
    CLEARED = "cleared"
    TRANSMITTED = "transmitted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Question:
    """Every field that is given restricts, and the values of one field are alternatives; so are statuses and stages.

    `people` are emails, `assigned` emails and components, `waiting` emails and posts as text, all as tasks are
    linked to them. `who` asks for the people whose turn it is, `deeds` who did something; both restrict nothing.
    """

    numbers: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    stages: tuple[Stage, ...] = ()
    overdue: bool = False
    priorities: tuple[Priority, ...] = ()
    scopes: tuple[Scope, ...] = ()
    task_types: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    who: bool = False
    deeds: tuple[Deed, ...] = ()

    @property
    def restricts(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self) if field.name not in {"who", "deeds"})


def both(one: Question, other: Question) -> Question:
    """Everything that either asks."""
    return Question(
        numbers=_either(one.numbers, other.numbers),
        statuses=_either(one.statuses, other.statuses),
        stages=_either(one.stages, other.stages),
        overdue=one.overdue or other.overdue,
        priorities=_either(one.priorities, other.priorities),
        scopes=_either(one.scopes, other.scopes),
        task_types=_either(one.task_types, other.task_types),
        components=_either(one.components, other.components),
        people=_either(one.people, other.people),
        assigned=_either(one.assigned, other.assigned),
        waiting=_either(one.waiting, other.waiting),
        who=one.who or other.who,
        deeds=_either(one.deeds, other.deeds),
    )


def _either(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))
