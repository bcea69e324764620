"""What the card of a closed task says of its record: what keeps it, and what was added to it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.context import Context
from bot.domain.task import Note, Task
from cards.model import Element, Text
from cards.parts import note


def holds_of(task: Task, ctx: Context, words: bool = True) -> Iterator[Element]:
    """The legal holds in force; what they are for is not told a room."""
    for hold in task.held:
        if words:
            yield from note("Legal hold", Note(hold.by, hold.at, hold.reason), ctx)
        else:
            yield Text(f"Legal hold by {ctx.last_change(hold.by, hold.at)}", strong=True)
