"""What was sent to Taskings, as those see it who may log it, and whoever sent it on (6-1.2)."""

from __future__ import annotations

from bot.domain.context import Context
from bot.domain.messages import LogTask, Withdraw
from bot.domain.rules import offers
from bot.domain.task import Status, Task
from bot.domain.words import STATUS_WORDS
from cards.actions import buttons
from cards.model import Buttons, Card, Facts, Text
from cards.parts import note, notice, source_of, state, title


def received_card(task: Task, ctx: Context) -> Card:
    """For task managers: what somebody sent on, to be logged or turned away (6-1.2)."""
    found = [o for o in offers(task, ctx) if o.command in {LogTask, Withdraw}]
    body = (
        *source_of(task, ctx),
        Facts(tuple(state(task, ctx))),
        *note("Withdrawn", task.withdrawn, ctx),
        Buttons(buttons(task, found, ctx) if task.status is Status.RECEIVED else ()),
    )
    return Card(f"Received: {title(task, ctx)}", body, notice(task, "was sent to Taskings", ctx))


def sent_card(task: Task, ctx: Context) -> Card:
    """For whoever sent a request on: what they sent, and what became of it (6-1.2)."""
    body = (
        *source_of(task, ctx),
        Text(f"{_BECAME.get(task.status, 'The Taskings Program logged it')}.", strong=True),
        Facts((("Status", STATUS_WORDS[task.status].capitalize()),)),
        *note("Withdrawn", task.withdrawn, ctx),
    )
    return Card(f"Sent: {title(task, ctx)}", body, f"{task.number} is {STATUS_WORDS[task.status]}.")


_BECAME = {
    Status.RECEIVED: "The Taskings Program has it and logs it next",
    Status.WITHDRAWN: "The Taskings Program closed it without a response",
}
