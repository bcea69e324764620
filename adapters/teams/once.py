"""A fetch that many may wait for at the same time, and that runs once for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Once:
    """Calling it starts the work, or joins the run that is under way; who goes away does not stop it."""

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = work
        self._running: asyncio.Future[None] | None = None

    async def __call__(self) -> None:
        if self._running is None or self._running.done():
            self._running = asyncio.ensure_future(self._work())
        await asyncio.shield(self._running)
