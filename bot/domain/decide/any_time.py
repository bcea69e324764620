"""What comes beside the work on a task: comments, corrections, its withdrawal."""

from __future__ import annotations

from typing import assert_never

from bot.domain.context import Context
from bot.domain.correcting import corrected
from bot.domain.entered import text_of
from bot.domain.messages import (
    AddComment,
    AnyTimeCommand,
    CommentAdded,
    Correct,
    Event,
    MuteReminders,
    RemindersMuted,
    TaskWithdrawn,
    Withdraw,
)
from bot.domain.task import Task


def any_time_events(task: Task, command: AnyTimeCommand, ctx: Context) -> tuple[Event, ...]:
    by, at = ctx.actor, ctx.now
    match command:
        case AddComment(text=text):
            text = text_of(text, "text", "Write your comment")
            same = bool(task.comments) and (task.comments[-1].by, task.comments[-1].text) == (by, text)
            return () if same else (CommentAdded(by, at, text),)
        case MuteReminders():
            return (RemindersMuted(by, at),)
        case Correct():
            return corrected(task, command, ctx)
        case Withdraw(reason=reason):
            return (TaskWithdrawn(by, at, text_of(reason, "reason", "Say why it is withdrawn")),)
        case _:
            assert_never(command)
