"""What a person is told when something fails, and what is logged: the one stays readable, the other without names."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from typing import TypeVar

from bot.errors import Conflict, DeliveryError, Rejected
from bot.trouble import report

logger = logging.getLogger(__name__)
T = TypeVar("T")

BUSY = "Somebody else changed this at the same moment. Look at it as it is now and try again."
SLACK_FAILED = "Slack did not answer in time. Try again in a moment."


def explain(error: Exception) -> str:
    """A sentence for the person; what nobody expected is logged under the reference that they read."""
    match error:
        case Rejected():
            return str(error)
        case Conflict():
            return BUSY
        case DeliveryError():
            logger.warning("Slack call failed: %s", type(error).__name__)
            return SLACK_FAILED
        case _:
            return _unexpected(error)


def _unexpected(error: Exception) -> str:
    reference = report(error, logger, "answering")
    return f"Something went wrong here, and it is not your fault. Try again; if it stays, report reference {reference}."


async def attempt(work: Awaitable[T]) -> T | Exception:
    """The result, or the error as a value: for work that nobody waits for, whose failure must be shown."""
    try:
        return await work
    except Exception as error:
        return error


class Background:
    """Work that goes on after Slack has its answer. `patience` is in seconds."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(self._run(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def patiently(self, work: Coroutine[None, None, None]) -> None:
        """Wait for the work while patience lasts; it goes on all the same."""
        await asyncio.wait({self.start(work)}, timeout=self._patience)

    async def settle(self) -> None:
        """Until all of it is done."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _run(self, work: Coroutine[None, None, None]) -> None:
        outcome = await attempt(work)
        if isinstance(outcome, Exception):
            explain(outcome)
