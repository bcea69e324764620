"""Where a task stands, in a line."""

from __future__ import annotations

from datetime import datetime

from bot.domain.context import Context
from bot.domain.messages import Priority
from bot.domain.task import OPEN, Task
from bot.domain.visibility import owes_by, turn_of
from bot.domain.words import PRIORITY_WORDS, STATUS_WORDS, moment


def overdue(task: Task, now: datetime) -> bool:
    return task.status in OPEN and task.request.due_at < now


def state_line(task: Task, ctx: Context, turn: bool = True) -> str:
    """ "Urgent, in clearance, waits on R. Diaz; due Fri 4 Dec 2026, 17:00", without the turn where it was said.

    Whoever owes a response to it is told when that is due.
    """
    due = "overdue since" if overdue(task, ctx.now) else "due"
    own = owes_by(task, ctx.actor)
    mine = f", your response {moment(own, ctx.zone)}" if own else ""
    return f"{standing(task, ctx, turn)}; {due} {moment(task.request.due_at, ctx.zone)}{mine}"


def standing(task: Task, ctx: Context, turn: bool = True) -> str:
    """ "Urgent, in clearance, waits on R. Diaz"."""
    who = turn_of(task, ctx.organization, ctx.today) if turn else ""
    priority = task.request.priority
    urgency = () if priority is Priority.ROUTINE else (PRIORITY_WORDS[priority],)
    return capital(", ".join((*urgency, STATUS_WORDS[task.status], *((f"waits on {who}",) if who else ()))))


def due_lines(task: Task, ctx: Context) -> str:
    """When its reader's own response is due, if they owe one, and when the task is."""
    late = "Overdue: " if overdue(task, ctx.now) else ""
    due = f"{late}{moment(task.request.due_at, ctx.zone)}"
    own = owes_by(task, ctx.actor)
    return f"Yours: {moment(own, ctx.zone)}\n{due}" if own else due


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
