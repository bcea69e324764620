"""The Teams adapter between a local Teams that signs what it sends and a desk that writes down what it is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web

from adapters.fetch import Fetcher
from adapters.teams.app import Teams, build
from bot.demo.teams_issuer import Issuer
from bot.demo.teams_server import serve
from bot.demo.teams_user import TeamsUser
from bot.demo.teams_world import Conversation, TeamsWorld
from bot.domain.messages import Original
from bot.domain.package import FileRef
from bot.errors import NotAllowed
from bot.ports.chat import Account, Click, IncomingFile, Message, Reply, Shown
from cards.actions import forward
from cards.model import Button
from cards.payload import Press

ZONE = ZoneInfo("America/New_York")
ANN = "ann@example.gov"
STRANGER = "I don't know you; ask the Taskings Program to add you."


@dataclass(slots=True)
class FakeDesk:
    """Answers everything with `reply`, or raises `refusal`; knows nobody but Ann until it has asked Teams."""

    reply: Reply = field(default_factory=Reply)
    refusal: Exception | None = None
    button: Button | None = None
    accounts: dict[str, Account] = field(default_factory=dict)
    clicks: list[Click] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    opened: list[Press] = field(default_factory=list)
    received: dict[str, bytes] = field(default_factory=dict)
    sent_on: list[Original] = field(default_factory=list)
    asked: int = 0

    async def identify(self, account: Account, email: Callable[[], Awaitable[str | None]]) -> str:
        if account.id not in self.accounts:
            self.asked += 1
            if await email() != ANN:
                raise NotAllowed(STRANGER)
        known = self.accounts.get(account.id, account)
        self.accounts[account.id] = Account(account.platform, account.id, account.address or known.address)
        return ANN

    async def click(self, click: Click) -> Reply:
        self.clicks.append(click)
        return self._answer()

    async def form(self, actor: str, press: Press) -> Button:
        self.opened.append(press)
        self._answer()
        assert self.button is not None
        return self.button

    async def forward(self, actor: str, original: Original) -> Button:
        self.sent_on.append(original)
        return forward(original)

    async def say(self, message: Message) -> Reply:
        self.said.append(message)
        return self._answer()

    async def task_at(self, shown: Shown | None) -> str:
        return ""

    async def fetch(self, actor: str, task: str, package: str, sha256: str) -> tuple[FileRef, bytes]:
        raise NotImplementedError

    async def store(self, file: IncomingFile) -> FileRef:
        raise NotImplementedError

    async def receive(
        self, key: str, platform: str, actor: str, files: Sequence[IncomingFile], thread: Shown | None = None
    ) -> Reply:
        for file in files:
            self.received[file.name] = b"".join([chunk async for chunk in file.open()])
        return self._answer()

    def _answer(self) -> Reply:
        if self.refusal:
            raise self.refusal
        return self.reply


@dataclass(slots=True)
class Stage:
    """Everything a test of the adapter plays with. `ann` has the app; the room has the bot."""

    world: TeamsWorld
    desk: FakeDesk
    teams: Teams
    ann: TeamsUser
    room: Conversation


async def fetch(url: str) -> AsyncIterator[bytes]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        response.raise_for_status()
        yield await response.read()


@asynccontextmanager
async def mounted(world: TeamsWorld, desk: FakeDesk, local: bool = False) -> AsyncIterator[Teams]:
    """The adapter as the service mounts it, with its address told to the world."""
    origin = world.url.removesuffix("teams/")
    async with aiohttp.ClientSession() as session:
        teams = build(
            session=session,
            desk=desk,
            fetch=fetch,
            upload=Fetcher((), trusted_origins=frozenset({origin.rstrip("/")})).send,
            zone=ZONE,
            app_id="app-1",
            app_password="secret",
            tenant_ids=[world.tenant.upper()],
            service_hosts=["127.0.0.1"],
            openid_metadata_url=f"{origin}openid/configuration",
            token_url=f"{origin}token",
            local_client=local,
        )
        app = web.Application()
        app.router.add_post("/api/messages", teams.handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            world.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
            yield teams
            await teams.settle()
        finally:
            await runner.cleanup()


@pytest.fixture(params=["signed", "local"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Both ways to run: against a Teams that signs, and for the local client."""
    local = request.param == "local"
    async with serve(TeamsWorld(None if local else Issuer("app-1", "secret"))) as world:
        ann = TeamsUser(world, world.add_person("Ann Lee", ANN))
        ann.chat.bot = True
        desk = FakeDesk()
        async with mounted(world, desk, local) as teams:
            yield Stage(world, desk, teams, ann, world.add_room("Taskings"))
