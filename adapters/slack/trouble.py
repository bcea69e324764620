"""What a person is told when something fails, and what is logged: the one stays readable, the other without names."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Coroutine
from typing import TypeVar
from uuid import uuid4

from bot.errors import Conflict, DeliveryError, Rejected

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
    reference = uuid4().hex[:8]
    logger.error("Unexpected error, reference %s\n%s", reference, _trace(error))
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


def _trace(error: BaseException) -> str:
    # Messages of errors quote what people wrote, so only kinds and places are kept.
    causes: list[BaseException] = [error]
    while cause := causes[-1].__cause__ or causes[-1].__context__:
        causes.append(cause)
    return "\n".join(type(e).__name__ + "\n" + "".join(traceback.format_tb(e.__traceback__)) for e in reversed(causes))
