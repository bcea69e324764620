"""What somebody's day is made of: the tasks that wait for them, and those of theirs that wait for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

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
