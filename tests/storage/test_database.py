"""The database itself, whatever is stored in it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from sqlalchemy import Connection, func, insert, select

from storage import tables as t
from storage.database import Database


async def test_a_transaction_comes_to_its_end_though_whoever_waits_for_it_is_cancelled(database: Database) -> None:
    def count(connection: Connection) -> None:
        connection.execute(insert(t.counters), {"name": "cancelled", "value": 1})

    waiting = asyncio.create_task(database.run(count))
    await asyncio.sleep(0)  # it has begun
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert waiting.cancelled()
    assert await database.run(lambda c: c.scalar(select(func.count()).select_from(t.counters))) == 1
