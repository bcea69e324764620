"""What somebody is told when something is due soon, late or stuck; everything else is one press away."""

from __future__ import annotations

from bot.domain.assignment import Assignment
from bot.domain.context import Context
from bot.domain.messages import MuteReminders
from bot.domain.notices import Reason
from bot.domain.rules import offers
from bot.domain.task import Task
from cards.actions import ask_button, buttons
from cards.assignment_parts import answer_line
from cards.model import Button, Buttons, Card, Facts, Text
from cards.parts import asked, notice, state, title


def notice_card(task: Task, reason: Reason, assignment: Assignment | None, ctx: Context, over: bool = False) -> Card:
    """Somebody is reminded, or hears that something is late or stuck; `over` when it is so no more."""
    owed = task.email.log_by if task.email and reason in {Reason.LOG, Reason.LOG_LATE} else None
    due_at = assignment.due_at if assignment else None
    sentence = OVER if over else _SENTENCES[reason]
    about = (Text(answer_line(assignment, ctx), muted=True),) if assignment else ()
    mute = buttons(task, [o for o in offers(task, ctx) if o.command is MuteReminders and reason.can_be_muted], ctx)
    body = (
        Text(f"{sentence}.", strong=True),
        *asked(task, ctx, words=False, due_at=due_at),
        *about,
        Facts(tuple(state(task, ctx))),
        Buttons((ask_button("Open", f"status of {task.number}"), *_name_acting(reason), *mute)),
    )
    return Card(f"{_HEADS[reason]}: {title(task, ctx)}", body, notice(task, _WHAT[reason], ctx, owed or due_at))


def _name_acting(reason: Reason) -> tuple[Button, ...]:
    return (ask_button("Name acting", "acting"),) if reason is Reason.UNATTENDED else ()


OVER = "This is settled by now; you need do nothing about it"
#: What a notice is called, what it says, and how a lock screen says it.
_HEADS = {
    Reason.BEFORE: "Reminder",
    Reason.DUE: "Reminder",
    Reason.LATE: "Late",
    Reason.CLEARANCE: "Reminder",
    Reason.UNATTENDED: "Stuck",
    Reason.LOG: "Reminder",
    Reason.LOG_LATE: "Late",
    Reason.UNLOGGED: "Late",
    Reason.TASK_BEFORE: "Reminder",
    Reason.TASK_DUE: "Reminder",
    Reason.TASK_LATE: "Late",
}
_SENTENCES = {
    Reason.BEFORE: "Your response is due soon",
    Reason.DUE: "Your response is due now",
    Reason.LATE: "The response is late",
    Reason.CLEARANCE: "This still waits for your clearance",
    Reason.UNATTENDED: "Nobody is there to clear this; name an acting official or ask for a delegation",
    Reason.LOG: "The log of this task is owed within two business days of its completion",
    Reason.LOG_LATE: "The log of this task is late",
    Reason.UNLOGGED: "Nobody has logged this request yet",
    Reason.TASK_BEFORE: "The requestor expects the response soon",
    Reason.TASK_DUE: "The requestor expects the response now",
    Reason.TASK_LATE: "The requestor's time has passed without a response",
}
_WHAT = {
    Reason.BEFORE: "is due soon",
    Reason.DUE: "is due now",
    Reason.LATE: "is late",
    Reason.CLEARANCE: "still waits for your clearance",
    Reason.UNATTENDED: "has nobody to clear it",
    Reason.LOG: "has to be logged",
    Reason.LOG_LATE: "was not logged in time",
    Reason.UNLOGGED: "was sent to Taskings and is not logged",
    Reason.TASK_BEFORE: "is due soon",
    Reason.TASK_DUE: "is due now",
    Reason.TASK_LATE: "is late",
}
