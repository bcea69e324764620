"""What somebody's day is made of: the tasks that wait for them, and those of theirs that wait for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.question import Field, Question, Standing, Term
from bot.domain.task import Task


@dataclass(frozen=True, slots=True)
class Work:
    """`mine` waits for its reader and `others` is theirs and waits for somebody else: the first of each, most urgent
    first, and how many there are; `overdue` counts those of `mine`.
    """

    mine: tuple[Task, ...] = ()
    total: int = 0
    overdue: int = 0
    others: tuple[Task, ...] = ()
    others_total: int = 0


def waits_on(email: str) -> Question:
    """What waits for somebody, by name and as the posts they hold or clear for."""
    return Question(((Term(Field.WAITING, (email,)),),))


def waits_for_others(email: str) -> Question:
    """What somebody manages or answers and somebody else has."""
    theirs = Question(((Term(Field.MANAGER, (email,)),), (Term(Field.OFFICER, (email,)),)))
    open_ = Term(Field.STANDING, (Standing.OPEN.value,))
    return theirs.also(open_, Term(Field.WAITING, (email,), without=True))


#: What of it is late.
LATE = Term(Field.STANDING, (Standing.OVERDUE.value,))
