"""A process that is killed while a file is sent: `python -m tests.record.killed DATABASE FOLDER POINT`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import TypeVar

from adapters.files import ObjectFiles
from adapters.vault import Keys, keys_for
from bot.domain.messages import AttachFile
from bot.ports.chat import Click
from bot.services.handle import Handler
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.world import HOU_CHIEF, RUBRIC, T0, ZONE

T = TypeVar("T")
TEXT = b"412 beds at midnight. " * 500_000  # several parts of an upload


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying(Keys):
    """Killed with half of the file in the store."""

    __slots__ = ()

    def seal(self, chunks: Iterable[bytes], address: str) -> Iterator[bytes]:
        sealed = 0
        for chunk in Keys.seal(self, chunks, address):
            yield chunk
            sealed += len(chunk)
            if sealed > len(TEXT) // 2:
                die()


class Uncommitted(Database):
    """Killed when everything is written and nothing is committed."""

    async def write(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        def then_die(uow: SqlUnitOfWork) -> T:
            found = work(uow)
            die()
            return found

        return await super().write(then_die)


async def send(url: str, folder: str, point: str) -> None:
    keys = keys_for(folder, {})
    files = ObjectFiles(folder, Dying(keys.by_id) if point == "storing" else keys)

    async def chunks() -> AsyncIterator[bytes]:
        yield TEXT

    file = await files.put("late.txt", chunks())
    if point == "stored":
        die()
    database = Uncommitted(url) if point == "committing" else Database(url)
    await Handler(database, RUBRIC, lambda: T0, ZONE)(Click("send", "slack", HOU_CHIEF, "T-1001", AttachFile(1, file)))
    await database.close()


if __name__ == "__main__":
    asyncio.run(send(*sys.argv[1:]))
