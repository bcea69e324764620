"""Keep the heads of changed chains outside of the database, once a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ports.files import Anchors
from bot.ports.storage import Archive

EVERY = timedelta(minutes=1)


@dataclass(slots=True)
class Anchorer:
    """A round of work; it has nothing to do until a minute has passed, a failed one included."""

    archive: Archive
    anchors: Anchors
    clock: Callable[[], datetime]
    due: datetime | None = None

    async def __call__(self) -> int:
        """How many heads were written down."""
        now = self.clock()
        if self.due and now < self.due:
            return 0
        self.due = now + EVERY
        return await asyncio.to_thread(self.anchors.add, await self.archive.heads(), now)
