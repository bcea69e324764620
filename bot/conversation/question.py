"""What somebody asks, as data: the seam between understanding words, finding tasks and telling the answer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar

from bot.domain.task import Status

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """Every field that is given restricts, and the values of one field are alternatives.

    `people` are emails, `waiting` emails and posts as text, both as tasks are linked to them. `who` asks for the
    people whose turn it is, and restricts nothing.
    """

    numbers: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    overdue: bool = False
    task_types: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    who: bool = False

    @property
    def restricts(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self) if field.name != "who")


def both(one: Question, other: Question) -> Question:
    """Everything that either asks; of two sets of statuses the narrower where one is part of the other."""
    narrow = tuple(status for status in one.statuses if status in other.statuses)
    return Question(
        numbers=_either(one.numbers, other.numbers),
        statuses=narrow or _either(one.statuses, other.statuses),
        overdue=one.overdue or other.overdue,
        task_types=_either(one.task_types, other.task_types),
        components=_either(one.components, other.components),
        people=_either(one.people, other.people),
        waiting=_either(one.waiting, other.waiting),
        who=one.who or other.who,
    )


def _either(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))
