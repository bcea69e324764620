"""The cleared response on its way to the requestor."""

from __future__ import annotations

from typing import assert_never

from bot.domain.clearing import transmitted
from bot.domain.context import Context
from bot.domain.mailing import arrived, begun
from bot.domain.messages import ConfirmArrival, Event, Send, SendAgain, SendingCommand, Transmit
from bot.domain.task import Task


def sending_events(task: Task, command: SendingCommand, ctx: Context) -> tuple[Event, ...]:
    match command:
        case Transmit():
            return (transmitted(task, command, ctx),)
        case Send(to=to) | SendAgain(to=to):
            return (begun(task, to, ctx),)
        case ConfirmArrival(note=note):
            return (arrived(task, note, ctx),)
        case _:
            assert_never(command)
