"""The response on its way to the requestor, and gone."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.mailing import mailed
from bot.domain.messages import ResponseTransmitted, SendingEvent
from bot.domain.task import Status, Task, Transmission


def with_sending(task: Task, event: SendingEvent) -> Task:
    if not isinstance(event, ResponseTransmitted):
        return mailed(task, event)
    sent = Transmission(
        event.by, event.at, event.package, event.manner, event.to, event.note, event.reason, event.sent_at
    )
    return replace(task, status=Status.TRANSMITTED, transmission=sent, mailing=None)
