"""Where a task goes: to the officers who answer it and by whom it is cleared, or into the email lane (6-1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.messages.values import Manner, Plan
from bot.domain.package import FileRef, Package
from bot.domain.positions import Post
from bot.domain.rubric import Reply, Steps

# Commands


@dataclass(frozen=True, slots=True)
class RouteTask:
    """Confirm who answers (6-2); `authority` is owed when it is not whom Appendix A names.

    `officials` are posts that clear instead of those of Appendix A, each a step, which rests on authority too.
    `due_at` is when the responses are to be with the Taskings Program, as proposed unless given.
    """

    officers: tuple[str, ...]
    authority: str = ""
    officials: tuple[str, ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AssignAlso:
    """Give the task to one more action officer (5-2.2.c); `authority` as for `RouteTask`."""

    officer: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class OpenEmailLane:
    """Coordinate the task by email, which only a request due in less than 24 hours of receipt allows (6-1.3)."""


@dataclass(frozen=True, slots=True)
class CompleteByEmail:
    """Say when a task in the email lane was completed: the log is owed within two business days (6-1.3)."""

    completed_at: datetime


@dataclass(frozen=True, slots=True)
class LogByEmail:
    """Log what was answered by email, attesting who cleared it, when and on what evidence (6-1.3, 4-7)."""

    cleared_by: str
    cleared_at: datetime
    evidence: str
    text: str = ""
    files: tuple[FileRef, ...] = ()


RoutingCommand: TypeAlias = RouteTask | AssignAlso | OpenEmailLane | CompleteByEmail | LogByEmail


# Events


@dataclass(frozen=True, slots=True)
class TaskRouted:
    """The plan as resolved that day, from `clearance`, the position keys of the row or posts that an override names.

    `officers` are the position keys that the row gives to those who answer.
    `rubric` is the version cited, `authority` what an override rests on; `official_open` means that Appendix A
    says "TBD", or leaves it to a facility that is not known, and the task manager names an official before clearance.
    """

    by: str
    at: datetime
    rubric: str
    reply: Reply
    awareness: tuple[Post, ...]
    clearance: Steps
    plan: Plan
    official_open: bool
    authority: str
    officers: Steps


@dataclass(frozen=True, slots=True)
class TaskAssigned:
    """`post` is what the officer answers as; `lead` clears the component's response, None when nobody must.

    `due_at` is when the response is to be with the Taskings Program, `manner` how (4-5). `authority` is what the
    choice of this officer rests on, where Appendix A names others and the task was routed before.
    """

    by: str
    at: datetime
    assignment: int
    officer: str
    post: Post | None
    component: str
    lead: Post | None
    due_at: datetime
    manner: Manner
    authority: str = ""


@dataclass(frozen=True, slots=True)
class PlanRevised:
    """Who answers changed, and with it who clears: the plan, and the lead of each assignment."""

    by: str
    at: datetime
    plan: Plan
    leads: tuple[tuple[int, Post | None], ...]


@dataclass(frozen=True, slots=True)
class EmailLaneOpened:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EmailTaskCompleted:
    """`log_by` is when the log of it is late."""

    by: str
    at: datetime
    completed_at: datetime
    log_by: datetime


@dataclass(frozen=True, slots=True)
class EmailTaskLogged:
    """`by` attests that `cleared_by` cleared the package; `late` is whether the log came after it was owed."""

    by: str
    at: datetime
    package: Package
    cleared_by: str
    cleared_at: datetime
    evidence: str
    late: bool


RoutingEvent: TypeAlias = (
    TaskRouted | TaskAssigned | PlanRevised | EmailLaneOpened | EmailTaskCompleted | EmailTaskLogged
)
