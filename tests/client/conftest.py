"""The service with the sample agency in it, for whoever sits down at the local Teams client in a browser."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from aiohttp import web

from bot.compose import Service, service
from bot.demo.playground import PlaygroundUnavailable, install
from bot.domain.organization_messages import OPERATOR
from bot.services.directory import sample_directory
from bot.settings import Settings, Slack, Teams
from tests.client.office import Office
from tests.client.people import CHROMIUM, browser


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """The real one; the browser has no other."""
    return lambda: datetime.now(UTC)


@pytest.fixture
async def office(
    tmp_path: Path, pytestconfig: pytest.Config, clock: Callable[[], datetime], caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Office]:
    """The service at work, on a new SQLite database; what it logs as an error fails the test."""
    program = await _program(pytestconfig.cache.mkdir("teams-client"))
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/taskings.db",
        files_url=(tmp_path / "files").as_uri(),
        timezone="America/New_York",
        slack=Slack(),
        teams=Teams(local_client=True),
    )
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(service(settings, clock))
        await running.desk.handle.organize(sample_directory(), OPERATOR, "command line")
        endpoint = await _listening(running, stack)
        working = asyncio.create_task(running.work())
        stack.push_async_callback(_stopped, working)
        chromium = await stack.enter_async_context(browser())
        yield Office(running, endpoint, chromium, program, tmp_path, stack, count())
    assert [r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.ERROR] == []


async def _program(cache: Path) -> Path:
    """The client's program. A machine that cannot run it skips with the reason, but never where changes are checked."""
    unable = pytest.fail if os.environ.get("CI") else pytest.skip
    if not os.access(CHROMIUM, os.X_OK):
        unable(f"There is no {CHROMIUM}; install Debian's chromium.")
    with (cache / "lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # tests run side by side, and npm does not
        try:
            return await install(cache)
        except PlaygroundUnavailable as error:
            unable(str(error))


async def _listening(running: Service, stack: AsyncExitStack) -> str:
    runner = web.AppRunner(running.app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"


async def _stopped(working: asyncio.Task[None]) -> None:
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
