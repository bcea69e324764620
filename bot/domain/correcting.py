"""What a logged request may be corrected to, as an event; the history keeps what it was."""

from __future__ import annotations

from datetime import MAXYEAR, datetime

from bot.domain.context import Context
from bot.domain.entered import limited, requestor_of, text_of
from bot.domain.messages import Correct, Event, FieldCorrected, Priority
from bot.domain.task import Status, Task
from bot.errors import InvalidInput

#: What may be corrected, with the words for it; what decides the routing means withdrawing and logging anew.
CORRECTABLE: dict[str, str] = {
    "subject": "Subject",
    "text": "What is asked",
    "requestor": "Requestor",
    "due_at": "Due",
    "priority": "Priority",
}
#: What a response answers.
ASKED = frozenset({"subject", "text"})


def corrected(task: Task, command: Correct, ctx: Context) -> tuple[Event, ...]:
    """Raises InvalidInput; no events when it says so already."""
    if command.field not in CORRECTABLE:
        raise InvalidInput("This can't be corrected; withdraw the task and log it anew.", field="field")
    if command.field in ASKED and task.status in {Status.IN_CLEARANCE, Status.CLEARED}:
        raise InvalidInput("It is cleared as the answer to this; correct it once it was returned.", field="field")
    reason = text_of(command.reason, "reason", "Say why")
    before, after = str(getattr(task.request, command.field)), _value(task, command, ctx)
    if command.field == "due_at":
        before = task.request.due_at.isoformat()
    return () if before == after else (FieldCorrected(ctx.actor, ctx.now, command.field, before, after, reason),)


def _value(task: Task, command: Correct, ctx: Context) -> str:
    value = limited(command.value, "value")
    match command.field:
        case "due_at":
            return _moment(value, ctx).isoformat()
        case "priority":
            if value.lower() not in set(Priority):
                raise InvalidInput("Enter routine, high or urgent.", field="value")
            return value.lower()
        case "requestor":
            return requestor_of(value, task.request.origin, ctx)
        case _:
            return text_of(value, "value", "Enter what it should say")


def _moment(value: str, ctx: Context) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise InvalidInput("Enter a date and a time, like 2026-12-04 17:00.", field="value") from error
    if at.year == MAXYEAR:
        raise InvalidInput("That is too far ahead; enter an earlier time.", field="value")
    at = at if at.tzinfo else at.replace(tzinfo=ctx.zone)
    if at <= ctx.now:
        raise InvalidInput("That time has passed; enter a later one.", field="value")
    return at
