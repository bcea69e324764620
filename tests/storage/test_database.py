"""The database itself, whatever is stored in it."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest
from alembic import command
from sqlalchemy import Column, Connection, MetaData, Table, func, insert, select

from bot.errors import Conflict
from storage import tables as t
from storage.database import Database
from storage.migrate import _config, upgrade
from tests.world import T0


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


def without(table: Table, column: str) -> Table:
    """The table as it was before a column was added."""
    return Table(table.name, MetaData(), *(Column(c.name, c.type) for c in table.columns if c.name != column))


async def test_what_was_stored_outlives_the_steps_to_later_tables(database: Database) -> None:
    """Migration 0002 makes the table of surfaces anew on SQLite, 0003 finds the priority in what was stored."""
    await database.run(lambda c: command.downgrade(_config(c), "0001"))
    task = {"number": "T-1001", "version": 1, "task_type": "other", "status": "logged", "open": True, "subject": "x"}
    surface = {"task": "T-1001", "card": "task", "about": 0, "occasion": "", "recipient": "a@example.gov"}

    tasks = without(t.tasks, "priority")

    def fill(c: Connection) -> None:
        state = json.dumps({"request": {"priority": "urgent"}})
        c.execute(insert(t.streams), {"id": "T-1001", "version": 1, "state": state, "head": ""})
        c.execute(
            insert(tasks), task | {"due_at": T0, "manager": "a@example.gov", "placed_task": 0, "placed_organization": 0}
        )
        c.execute(insert(t.surfaces), surface | {"message_id": "9.9"})

    await database.run(fill)
    await upgrade(database)
    assert await database.run(lambda c: c.scalar(select(t.tasks.c.priority))) == "urgent"
    assert await database.run(lambda c: c.scalar(select(t.surfaces.c.message_id))) == "9.9"
    with pytest.raises(Conflict):  # it is still shown once
        await database.run(lambda c: c.execute(insert(t.surfaces), surface))
