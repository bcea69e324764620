"""The Slack side over a fake desk, against the local workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from adapters.slack.app import Slack, build
from bot.demo.slack_server import serve
from bot.demo.slack_user import SlackUser
from bot.demo.slack_world import SlackWorld
from bot.ports.chat import Desk
from tests.adapters.slack.fake_desk import FakeDesk

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
ZONE = ZoneInfo("America/New_York")


@dataclass(slots=True)
class Bench:
    """Everything a test needs: the workspace, two people and a channel in it, and the app."""

    world: SlackWorld
    slack: Slack
    desk: FakeDesk
    ana: SlackUser
    ben: SlackUser
    room: str


@asynccontextmanager
async def running(world: SlackWorld, desk: Desk, **settings: Any) -> AsyncIterator[Slack]:
    """The app, listening where the workspace sends its requests."""
    slack = build(
        bot_token=world.bot_token,
        signing_secret=world.signing_secret,
        desk=desk,
        zone=ZONE,
        api_url=world.api_url,
        trusted_origins={world.url},
        clock=world.clock,
        **settings,
    )
    app = web.Application()
    app.router.add_post("/slack/events", slack.handle)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    world.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await slack.start()
    try:
        yield slack
    finally:
        await slack.stop()
        await runner.cleanup()


@pytest.fixture
async def world() -> AsyncIterator[SlackWorld]:
    async with serve(SlackWorld(SECRET)) as world:
        yield world


@pytest.fixture
async def bench(world: SlackWorld) -> AsyncIterator[Bench]:
    desk = FakeDesk()
    ana = SlackUser(world, world.add_user("ana@ihsc.test", "ana"))
    ben = SlackUser(world, world.add_user("ben@ihsc.test", "ben"))
    room = world.add_channel("taskings", ana.id, ben.id)
    async with running(world, desk) as slack:
        yield Bench(world, slack, desk, ana, ben, room)
