"""Which task a file is for, when several of its sender's wait for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.assignment import Assignment
from bot.domain.context import Context
from bot.domain.package import FileRef
from bot.domain.task import Task
from bot.domain.words import moment
from cards.actions import ask_button
from cards.model import Card, Entries, Entry, Text
from cards.package_parts import file_line
from cards.parts import title

NOTICE = "Say which task your files are for."


def received(count: int) -> str:
    """What is said while files are looked at, which can take a while; a lock screen may show it, so it names none."""
    return "Received 1 file; checking it." if count == 1 else f"Received {count} files; checking them."


def choice_card(
    upload: str, files: Sequence[FileRef], waiting: Iterable[tuple[Task, Assignment]], ctx: Context
) -> Card:
    """The files as they were received, and a button for each assignment; `upload` is what they are kept under."""
    entries = tuple(
        Entry(
            title(task, ctx),
            f"{task.request.subject}; due {moment(a.due_at, ctx.zone)}",
            ask_button(f"Attach to {task.number}", f"attach {task.number} {a.id} {upload}"),
        )
        for task, a in waiting
    )
    received = (Text(file_line(file), muted=True) for file in files)
    return Card("Which task is this for?", (Text("Received and checked:"), *received, Entries(entries)), NOTICE)
