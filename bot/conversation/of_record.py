"""“record T-1042”: whether a record is sealed, and its package."""

from __future__ import annotations

import re

from bot.domain.context import Context
from bot.domain.positions import LEADERSHIP, MANAGERS
from bot.domain.task import Task
from bot.domain.words import STATUS_WORDS, stamp
from bot.errors import NotAllowed

RECORD = re.compile(r"(?:show |export )?(?:the )?record (?:of |for )?(t-\d{4,9})")

#: What a package is called where the package of a response is named otherwise.
WHOLE = "record"
PACKAGE = "Its package is for you alone."


def require_recordkeeper(ctx: Context) -> None:
    """Raises NotAllowed for everybody but task managers, the TPSU chief and senior leadership (6-5)."""
    if not ctx.organization.holds_any(ctx.actor, MANAGERS | LEADERSHIP, ctx.today):
        raise NotAllowed("Records are for task managers, the TPSU chief and senior leadership; ask a task manager.")


def record_said(task: Task, ctx: Context) -> str:
    """In a sentence each; it names no subject, because it is shown as a notification too."""
    if not task.seal or task.closed_at is None:
        return f"{task.number} is {STATUS_WORDS[task.status]}, so its record is not sealed yet. {PACKAGE}"
    closed = f"{ctx.organization.name_of(task.closed_by)}, {stamp(task.closed_at, ctx.zone)}"
    return f"The record of {task.number} is sealed ({closed}), SHA-256 {task.seal}. {PACKAGE}"
