"""Clicks against real databases: what commits, what repeats, what races."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text, update

from bot.domain.messages import Acknowledge, AssignmentAcknowledged, Clear, Command, Respond, RouteTask, SendToClearance
from bot.domain.organization_messages import OPERATOR
from bot.domain.task import Status, Task
from bot.errors import Conflict, NotAllowed, NotFound, Rejected
from bot.ports.chat import Click
from bot.record.chain import link
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from storage import tables as t
from storage.database import Database
from storage.migrate import current
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, RUBRIC, T0, ZONE, request


@pytest.fixture
async def handle(database: Database) -> Handler:
    handler = Handler(database, RUBRIC, lambda: T0, ZONE)
    await handler.organize(sample_directory(), OPERATOR, "command line")
    return handler


def click(key: str, actor: str, command: Command, number: str = "T-1001") -> Click:
    return Click(key, "slack", actor, number, command)


async def logged(handle: Handler) -> Task:
    return await handle(click("log", MANAGER, request(), number=""))


async def assigned(handle: Handler) -> Task:
    await logged(handle)
    return await handle(click("route", MANAGER, RouteTask((HOU_CHIEF,))))


async def test_what_was_decided_is_read_back_by_the_next_click(handle: Handler) -> None:
    assert (await logged(handle)).number == "T-1001"
    assert (await assigned_again(handle)).status is Status.ASSIGNED
    task = await handle(click("ack", HOU_CHIEF, Acknowledge(1)))
    task = await handle(click("respond", HOU_CHIEF, Respond(1, "412 beds — “Krome”")))
    task = await handle(click("send", MANAGER, SendToClearance()))
    assert task.package is not None
    for step, official in enumerate((DAD_CS, COS)):
        task = await handle(click(f"clear {step}", official, Clear(step, 1, task.package.sha256)))
        assert task.package is not None
    assert task.status is Status.CLEARED


async def assigned_again(handle: Handler) -> Task:
    return await handle(click("route", MANAGER, RouteTask((HOU_CHIEF,))))


async def test_a_redelivered_click_changes_nothing(handle: Handler, database: Database) -> None:
    task = await assigned(handle)
    assert await assigned_again(handle) == task
    first = await logged(handle)
    assert first.number == "T-1001"
    with pytest.raises(NotFound):
        await database.read(lambda uow: uow.task("T-1002"))


async def test_a_refused_click_commits_nothing(handle: Handler, database: Database) -> None:
    task = await assigned(handle)
    with pytest.raises(NotAllowed):
        await handle(click("ack", COS, Acknowledge(1)))
    assert await database.read(lambda uow: uow.task("T-1001", for_update=False)) == task
    again = await handle(click("ack", HOU_CHIEF, Acknowledge(1)))
    assert again.version == task.version + 1


async def test_two_racing_clears_leave_one_clearance_and_one_refusal(handle: Handler, database: Database) -> None:
    await handle(click("log", MANAGER, request("report"), number=""))
    await handle(click("route", MANAGER, RouteTask((HOU_CHIEF,))))
    await handle(click("ack", HOU_CHIEF, Acknowledge(1)))
    await handle(click("respond", HOU_CHIEF, Respond(1, "Done")))
    task = await handle(click("send", MANAGER, SendToClearance()))
    assert task.package is not None
    wish = Clear(0, 1, task.package.sha256)
    outcomes = await asyncio.gather(
        handle(click("a", DAD_CS, wish)), handle(click("b", COS, wish)), return_exceptions=True
    )
    assert sorted(type(o).__name__ for o in outcomes) == ["IllegalTransition", "Task"]
    refused = next(o for o in outcomes if isinstance(o, Rejected))
    assert "Cleared by" in str(refused)
    history = await database.read(lambda uow: uow.history("T-1001"))
    assert [type(e).__name__ for e in history].count("StepCleared") == 1


async def test_a_lost_race_is_a_conflict_and_writes_nothing(handle: Handler, database: Database) -> None:
    task = await assigned(handle)
    stale = replace(task, version=task.version - 1)
    event = AssignmentAcknowledged(HOU_CHIEF, T0, 1)
    with pytest.raises(Conflict):
        await database.write(lambda uow: uow.record(stale, task, (event,), "slack"))
    assert len(await database.read(lambda uow: uow.history("T-1001"))) == task.version


async def test_every_event_is_chained_to_the_one_before(handle: Handler, database: Database) -> None:
    await assigned(handle)
    query = text(
        "SELECT stream, version, type, data, platform, hash FROM events WHERE stream = 'T-1001' ORDER BY version"
    )
    rows = await database.run(lambda c: c.execute(query).all())
    previous = ""
    for stream, version, name, data, platform, digest in rows:
        assert digest == link(previous, stream, version, name, data, platform, T0)
        previous = digest
    assert len(rows) == 3
    edited = update(t.events).where(t.events.c.stream == "T-1001", t.events.c.version == 1).values(data="{}")
    await database.run(lambda c: c.execute(edited))
    (first, *_) = await database.run(lambda c: c.execute(query).all())
    assert first[-1] != link("", *first[:4], first[4], T0)


async def test_importing_the_directory_again_changes_nothing(handle: Handler) -> None:
    assert await handle.organize(sample_directory(), OPERATOR, "command line") == 0


async def test_numbers_are_never_given_twice(handle: Handler) -> None:
    tasks = await asyncio.gather(*(handle(click(f"log {i}", MANAGER, request(), number="")) for i in range(8)))
    assert sorted(task.number for task in tasks) == [f"T-{1001 + i}" for i in range(8)]


async def test_an_unknown_number_is_refused_in_words(handle: Handler) -> None:
    for number in ("T-9999", "organization", ""):
        with pytest.raises(NotFound, match="no task"):
            await handle(click(f"k{number}", MANAGER, Acknowledge(1), number))


async def test_a_database_knows_whether_it_is_current(database: Database) -> None:
    assert await current(database)
    await database.run(lambda c: c.execute(text("DELETE FROM alembic_version")))
    assert not await current(database)
