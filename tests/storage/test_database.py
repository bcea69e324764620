"""The database itself, whatever is stored in it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from alembic import command
from sqlalchemy import Connection, func, insert, select

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


async def test_what_was_shown_outlives_the_step_to_cards_about_people(database: Database) -> None:
    """Migration 0002 makes the table of surfaces anew on SQLite."""
    await database.run(lambda c: command.downgrade(_config(c), "0001"))
    task = {"number": "T-1001", "version": 1, "task_type": "other", "status": "logged", "open": True, "subject": "x"}
    surface = {"task": "T-1001", "card": "task", "about": 0, "occasion": "", "recipient": "a@example.gov"}

    def fill(c: Connection) -> None:
        c.execute(insert(t.streams), {"id": "T-1001", "version": 1, "state": "{}", "head": ""})
        c.execute(insert(t.tasks), task | {"due_at": T0, "manager": "a@example.gov"})
        c.execute(insert(t.surfaces), surface | {"message_id": "9.9"})

    await database.run(fill)
    await upgrade(database)
    assert await database.run(lambda c: c.scalar(select(t.surfaces.c.message_id))) == "9.9"
    with pytest.raises(Conflict):  # it is still shown once
        await database.run(lambda c: c.execute(insert(t.surfaces), surface))
