"""What people entered, checked before it becomes an event: each refusal names the field and says what to do."""

from __future__ import annotations

from bot.domain.context import Context
from bot.domain.messages import (
    LogTask,
    Request,
)
from bot.domain.organization import Kind
from bot.domain.rubric import Scope
from bot.domain.words import moment
from bot.errors import InvalidInput

#: Slack's limit for an input; longer text comes as a file on both platforms.
TEXT_LIMIT = 3000


def request_of(command: LogTask, ctx: Context) -> Request:
    """The request as logged now (6-1.1). Raises InvalidInput."""
    if command.task_type not in ctx.rubric.rows:
        raise InvalidInput("Choose a task type of Appendix A.", field="task_type")
    if command.due_at <= ctx.now:
        due = moment(command.due_at, ctx.zone)
        raise InvalidInput(f"The due time, {due}, has already passed; enter a later one.", field="due_at")
    scope, component = _scope(command.about, ctx)
    return Request(
        command.task_type,
        text_of(command.subject, "subject", "Give the request a subject"),
        text_of(command.text, "text", "Enter what was asked"),
        text_of(command.requestor, "requestor", "Say who asks"),
        scope,
        component,
        command.origin,
        command.manner,
        command.priority,
        command.ses,
        received_at=ctx.now,
        due_at=command.due_at,
    )


def _scope(where: str, ctx: Context) -> tuple[Scope, str]:
    if where in set(Scope):
        return Scope(where), ""
    component = ctx.organization.components.get(where)
    if component is None:
        raise InvalidInput(f"“{where}” is not a component; choose one from the list.", field="about")
    field = component.kind in {Kind.REGION, Kind.FACILITY}
    return (Scope.FIELD if field else Scope.HQ), component.code


def text_of(text: str, field: str, ask: str) -> str:
    """The text, stripped, which can\'t be empty; `ask` says what to enter. Raises InvalidInput."""
    if not text.strip():
        raise InvalidInput(f"{ask}; this can't be empty.", field=field)
    return limited(text, field)


def limited(text: str, field: str) -> str:
    """The text, stripped, of at most `TEXT_LIMIT` characters. Raises InvalidInput."""
    text = text.strip()
    if len(text) > TEXT_LIMIT:
        raise InvalidInput(
            f"That is {len(text):,} characters and {TEXT_LIMIT:,} fit here; send longer text as a file.", field=field
        )
    return text
