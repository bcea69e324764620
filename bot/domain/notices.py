"""Who is reminded of what, and who is told when it is late: computed from a task and the time (6-1.1, 5-2.1.a).

A notice is wanted from its moment on while the work it is about is not done. What is due at another time after an
extension is another notice, so each is given once and none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum

from bot.domain.assignment import Assignment, Stage
from bot.domain.business import HOURS, business_time_after, business_time_before
from bot.domain.organization import Organization
from bot.domain.positions import Post
from bot.domain.task import OPEN, Status, Task
from bot.domain.visibility import clearers, managers

#: Business hours before a response is due at which its officer is reminded.
BEFORE = 4
#: Business hours after it at which the chief hears of it, and the TPSU chief.
CHIEF_AFTER, TPSU_AFTER = 2, 8
#: Business hours that a clearance may wait before its officials are reminded, and those away are reported.
CLEARANCE_AFTER, AWAY_AFTER = 8, 4


class Reason(StrEnum):
    """Why somebody is told, as stored."""

    BEFORE = "before"
    DUE = "due"
    LATE = "late"
    CLEARANCE = "clearance"
    UNATTENDED = "unattended"
    LOG = "log"
    LOG_LATE = "log-late"
    UNLOGGED = "unlogged"
    TASK_BEFORE = "task-before"
    TASK_DUE = "task-due"
    TASK_LATE = "task-late"

    @property
    def can_be_muted(self) -> bool:
        """A reminder can; what is late or stuck is told all the same."""
        return self in MUTABLE


MUTABLE = frozenset({Reason.BEFORE, Reason.DUE, Reason.CLEARANCE, Reason.LOG, Reason.TASK_BEFORE, Reason.TASK_DUE})


@dataclass(frozen=True, slots=True)
class Notice:
    """`about` is an assignment's number or 0; `key` tells apart notices of one reason: a due time, a round and step."""

    at: datetime
    reason: Reason
    about: int
    key: str
    recipient: str

    @property
    def occasion(self) -> str:
        return f"{self.reason} {self.key}"


def notices(task: Task, organization: Organization, now: datetime, zone: tzinfo) -> tuple[Notice, ...]:
    """Every notice of the work that is not done, those whose moment is to come included."""
    if task.status not in OPEN or task.as_imported:
        return ()
    today = now.astimezone(zone).date()
    found = (
        *_unlogged(task, organization, today, zone),
        *_logs(task, organization, today, zone),
        *_responses(task, organization, today, zone),
        *_clearances(task, organization, now, zone),
        *_whole(task, organization, today, zone),
    )
    managing = managers(task, organization, today)
    meant = (
        replace(n, recipient=to) for n in found for to in (managing if n.recipient == task.manager else (n.recipient,))
    )
    return tuple(n for n in meant if not (n.reason.can_be_muted and n.recipient in task.muted))


def _unlogged(task: Task, organization: Organization, on: date, zone: tzinfo) -> Iterator[Notice]:
    """What was sent on belongs to nobody yet, so everybody who may log it hears when it is late."""
    if task.status is Status.RECEIVED:
        at = task.request.due_at
        key = at.astimezone(zone).isoformat(timespec="minutes")
        for post in (Post("task-manager"), Post("tpsu-chief")):
            for person in organization.holders(post, on):
                yield Notice(at, Reason.UNLOGGED, 0, key, person.email)


def _whole(task: Task, organization: Organization, on: date, zone: tzinfo) -> Iterator[Notice]:
    """What no officer owes any more, or yet, and is not out: its task manager hears of the requestor's due time."""
    owed = any(a.stage in {Stage.ASSIGNED, Stage.ACKNOWLEDGED} for a in task.active)
    if owed or not task.logged or (task.email and task.email.completed_at and task.status is Status.BY_EMAIL):
        return
    at = task.request.due_at
    key = at.astimezone(zone).isoformat(timespec="minutes")
    before = business_time_before(at, BEFORE, zone)
    if before > task.logged_at:
        yield Notice(before, Reason.TASK_BEFORE, 0, key, task.manager)
    yield Notice(at, Reason.TASK_DUE, 0, key, task.manager)
    for person in organization.holders(Post("tpsu-chief"), on):
        if person.email != task.manager:
            yield Notice(business_time_after(at, CHIEF_AFTER, zone), Reason.TASK_LATE, 0, key, person.email)


def _responses(task: Task, organization: Organization, on: date, zone: tzinfo) -> Iterator[Notice]:
    for a in task.active:
        if a.stage not in {Stage.ASSIGNED, Stage.ACKNOWLEDGED}:
            continue
        key = a.due_at.astimezone(zone).isoformat(timespec="minutes")
        before = business_time_before(a.due_at, BEFORE, zone)
        if before > a.assigned_at:
            yield Notice(before, Reason.BEFORE, a.id, key, a.officer)
        yield Notice(a.due_at, Reason.DUE, a.id, key, a.officer)
        chief = organization.chief_of(a.component)
        for post, hours in ((chief, CHIEF_AFTER), (Post("tpsu-chief"), TPSU_AFTER)):
            for person in organization.holders(post, on) if post else ():
                if person.email != a.officer:
                    yield Notice(business_time_after(a.due_at, hours, zone), Reason.LATE, a.id, key, person.email)


def _logs(task: Task, organization: Organization, on: date, zone: tzinfo) -> Iterator[Notice]:
    """The log of a task done by email is owed within two business days (6-1.3)."""
    lane = task.email
    if task.status is not Status.BY_EMAIL or lane is None or lane.completed_at is None or lane.log_by is None:
        return
    key = lane.log_by.astimezone(zone).isoformat(timespec="minutes")
    yield Notice(business_time_after(lane.completed_at, HOURS, zone), Reason.LOG, 0, key, task.manager)
    yield Notice(lane.log_by, Reason.LOG_LATE, 0, key, task.manager)
    for person in organization.holders(Post("tpsu-chief"), on):
        yield Notice(lane.log_by, Reason.LOG_LATE, 0, key, person.email)


def _clearances(task: Task, organization: Organization, now: datetime, zone: tzinfo) -> Iterator[Notice]:
    """For every clearance that waits: its officials, and the task manager where nobody is there to give it."""
    on = now.astimezone(zone).date()
    for about, key, posts, since in _waiting(task):
        able = clearers(task, posts, organization, on, task.assignment(about))
        present = [email for email in able if not organization.away(email, on)]
        for email in able:
            yield Notice(business_time_after(since, CLEARANCE_AFTER, zone), Reason.CLEARANCE, about, key, email)
        if not present:
            at = business_time_after(since, AWAY_AFTER, zone) if able else since
            yield Notice(at, Reason.UNATTENDED, about, key, task.manager)


def _waiting(task: Task) -> Iterator[tuple[int, str, tuple[Post, ...], datetime]]:
    """What waits to be cleared: the assignment or 0, a key, the posts of which any may, and since when."""
    for a in task.active:
        if a.stage is Stage.IN_DIVISION_CLEARANCE and a.lead and a.package:
            yield a.id, a.package.sha256[:16], (a.lead,), _since(a)
    current = task.round
    if task.status is Status.IN_CLEARANCE and current and current.current is not None:
        given = [step.clearance.at for step in current.steps[: current.current] if step.clearance]
        yield 0, f"{current.number}.{current.current}", task.waiting_posts, max((current.sent_at, *given))


def _since(a: Assignment) -> datetime:
    return a.changed_at or a.assigned_at
