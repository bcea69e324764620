"""kill -9 between the file store and the commit: no orphan is served, and no row is without its file."""

from __future__ import annotations

import asyncio
import signal
import sys

import pytest

from bot.domain import messages as m
from bot.domain.context import Context
from bot.domain.package import FileRef
from bot.domain.reading import files_of, readable
from tests.record.conftest import Records
from tests.record.killed import TEXT
from tests.record.test_verify import told
from tests.world import HOU_CHIEF, MANAGER, SAMPLE, ZONE, request


async def send(records: Records, point: str) -> int:
    """In a process of its own; how it ended."""
    url = records.database.engine.url.render_as_string(hide_password=False)
    command = (sys.executable, "-m", "tests.record.killed", url, (records.folder / "files").as_uri(), point)
    return await (await asyncio.create_subprocess_exec(*command)).wait()


async def served(records: Records) -> list[FileRef]:
    """The files that the officer can open in chat."""
    task = await records.database.read(lambda uow: uow.task("T-1001", for_update=False))
    ctx = Context(HOU_CHIEF, records.clock(), SAMPLE, records.rubric, ZONE)
    return [file for package in readable(task, ctx) for file in files_of(task, package)]


@pytest.mark.parametrize("point", ["storing", "stored", "committing"])
async def test_a_process_killed_while_a_file_is_sent_leaves_nothing_that_is_half_there(
    records: Records, point: str
) -> None:
    await records.do(MANAGER, request(), number="")
    await records.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    await records.do(HOU_CHIEF, m.Acknowledge(1))
    assert await send(records, point) == -signal.SIGKILL
    assert (await served(records), await told(records)) == ([], [])
    assert await send(records, "") == 0  # whoever sends it again
    (file,) = await served(records)
    assert await records.files.get(file) == TEXT
    assert await told(records) == []
