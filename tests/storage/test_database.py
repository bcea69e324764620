"""The database itself, whatever is stored in it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress

import pytest
from alembic import command
from sqlalchemy import Column, Connection, MetaData, Table, func, insert, select

from bot.domain.messages import Priority, RouteTask
from bot.domain.visibility import links
from bot.errors import Conflict
from storage import tables as t
from storage.codec import dump
from storage.database import Database
from storage.migrate import _config, upgrade
from storage.rows import row_of
from tests.world import HOU_CHIEF, MANAGER, History, request


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


async def test_closing_waits_for_the_transactions_that_are_open(database: Database) -> None:
    def count(connection: Connection) -> None:
        connection.execute(insert(t.counters), {"name": "closing", "value": 1})

    open_ = [
        asyncio.create_task(database.run(count)),
        asyncio.create_task(database.read(lambda uow: uow.organization())),
    ]
    await asyncio.sleep(0)  # they have begun
    await database.close()
    assert all(task.done() for task in open_)


def without(table: Table, columns: Collection[str]) -> Table:
    """The table as it was before columns were added."""
    return Table(table.name, MetaData(), *(Column(c.name, c.type) for c in table.columns if c.name not in columns))


#: Columns of tasks that the first table did not have.
LATER = {
    "priority", "received_at", "transmitted_at", "closed_at", "scope", "origin", "manner", "requestor", "ses", "took",
    "linked",
}  # fmt: skip


async def test_what_was_stored_outlives_the_steps_to_later_tables(database: Database) -> None:
    """Migration 0002 makes the table of surfaces anew on SQLite, 0003 and 0005 find columns and links in the states."""
    await database.run(lambda c: command.downgrade(_config(c), "0001"))
    history = History(request(priority=Priority.URGENT))
    history.do(MANAGER, RouteTask((HOU_CHIEF,)))
    kept = history.task
    told = row_of(kept) | {"number": kept.number, "placed_task": 0, "placed_organization": 0}
    surface = {"task": kept.number, "card": "task", "about": 0, "occasion": "", "recipient": "a@example.gov"}

    def fill(c: Connection) -> None:
        c.execute(insert(t.streams), {"id": kept.number, "version": kept.version, "state": dump(kept), "head": ""})
        c.execute(insert(without(t.tasks, LATER)), {name: told[name] for name in told if name not in LATER})
        c.execute(insert(t.surfaces), surface | {"message_id": "9.9"})
        command.upgrade(_config(c), "0004")
        c.execute(insert(t.links), {"task": kept.number, "kind": "assigned", "value": HOU_CHIEF})

    await database.run(fill)
    await upgrade(database)
    row = await database.run(lambda c: c.execute(select(t.tasks)).mappings().one())
    assert {name: row[name] for name in LATER} == {name: told[name] for name in LATER}
    found = await database.run(lambda c: c.execute(select(t.links.c.kind, t.links.c.value)).all())
    assert {tuple(link) for link in found} == links(kept)
    assert await database.run(lambda c: c.scalar(select(t.surfaces.c.message_id))) == "9.9"
    with pytest.raises(Conflict):  # it is still shown once
        await database.run(lambda c: c.execute(insert(t.surfaces), surface))
