"""What the card of a closed task says of its record: what keeps it, and what was added to it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.context import Context
from bot.domain.rounds import Note
from bot.domain.task import Sending, Task
from cards.model import Element, Quote, Text
from cards.package_parts import file_line
from cards.parts import note
from cards.sent_parts import mailing_of

#: Supplements that a card shows, the latest.
SHOWN = 3


def supplements_of(task: Task, ctx: Context, words: bool = True) -> Iterator[Element]:
    """What was added to the record after it was closed; a room is told that it was."""
    for added in task.supplements[-SHOWN:]:
        yield Text(f"Added to the record by {ctx.last_change(added.by, added.at)}", strong=True)
        if words:
            yield from (Quote(added.package.text),) if added.package.text else ()
            yield from (Text(file_line(file), muted=True) for file in added.package.files)
            yield Text(f"Sealed, {added.seal[:12]}", muted=True)


def holds_of(task: Task, ctx: Context, words: bool = True) -> Iterator[Element]:
    """The legal holds in force; what they are for is not told a room."""
    for hold in task.held:
        if words:
            yield from note("Legal hold", Note(hold.by, hold.at, hold.reason), ctx)
        else:
            yield Text(f"Legal hold by {ctx.last_change(hold.by, hold.at)}", strong=True)


def copy_of(task: Task, ctx: Context) -> Iterator[Element]:
    """The copy in the Taskings mailbox: the last one, which has all that the others have."""
    for mail in task.copies[-1:]:
        yield Text("Copy to the Taskings mailbox", strong=mail.state is not Sending.SENT)
        yield from mailing_of(mail, ctx)
