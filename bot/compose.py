"""The service put together by hand: database, adapters, desk and the delivery worker."""

from __future__ import annotations

import asyncio
import fcntl
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp
from aiohttp import web

from adapters.fetch import Fetcher
from adapters.files import ObjectFiles
from adapters.slack import app as slack
from adapters.teams import app as teams
from adapters.teams.credentials import PUBLIC
from adapters.teams.gate import require_loopback
from adapters.teams.hosts import SERVICE_HOSTS
from adapters.web import Handle, application
from bot.errors import ConfigurationError
from bot.ports import Chat
from bot.rubric.loader import load
from bot.services.deliver import Deliverer
from bot.services.desk import TaskDesk
from bot.services.handle import Handler
from bot.settings import Settings
from storage.database import Database
from storage.migrate import current, upgrade
from storage.surfaces import SqlOutbox

log = logging.getLogger(__name__)

#: How long the worker rests when nothing was behind, in seconds.
REST = 0.5
#: Where Teams keeps what people send to a bot.
TEAMS_FILE_HOSTS = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us")


@dataclass(frozen=True, slots=True)
class Service:
    """`app` answers the platforms; `deliver` is one round of the worker that `work` repeats."""

    app: web.Application
    deliver: Deliverer
    desk: TaskDesk

    async def work(self) -> None:
        """Deliver for ever; an unexpected error is logged and the next round tries again."""
        while True:
            try:
                busy = await self.deliver.run_once()
            except Exception:
                log.exception("delivery failed; the next round tries again")
                busy = 0
            if not busy:
                await asyncio.sleep(REST)


@asynccontextmanager
async def service(settings: Settings, clock: Callable[[], datetime]) -> AsyncIterator[Service]:
    """Everything built and open, and closed at the end. Raises ConfigurationError that says what to set."""
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        stack.enter_context(_alone(database))
        await upgrade(database)
        rubric = load()
        handler = Handler(database, rubric, clock, settings.zone)
        desk = TaskDesk(handler, ObjectFiles(settings.files_url))
        routes: dict[str, Handle] = {}
        chats: dict[str, Chat] = {}
        if settings.slack.bot_token.get_secret_value():
            chats["slack"], routes["/slack/events"] = await _slack(settings, desk, stack)
        else:
            log.info("Slack is off: TASKINGS_SLACK__BOT_TOKEN is not set")
        if settings.teams.app_id or settings.teams.local_client:
            chats["teams"], routes["/api/messages"] = await _teams(settings, desk, stack)
        else:
            log.info("Teams is off: TASKINGS_TEAMS__APP_ID is not set")
        if not chats:
            raise ConfigurationError(
                "Neither platform is set up: set TASKINGS_SLACK__BOT_TOKEN and TASKINGS_SLACK__SIGNING_SECRET, or "
                "TASKINGS_TEAMS__APP_ID, TASKINGS_TEAMS__APP_PASSWORD and TASKINGS_TEAMS__TENANT_IDS."
            )
        deliver = Deliverer(SqlOutbox(database, clock), chats, rubric, clock, settings.zone)
        yield Service(application(routes, lambda: current(database)), deliver, desk)


async def _slack(settings: Settings, desk: TaskDesk, stack: AsyncExitStack) -> tuple[Chat, Handle]:
    built = slack.build(
        bot_token=settings.slack.bot_token.get_secret_value(),
        signing_secret=settings.slack.signing_secret.get_secret_value(),
        app_token=settings.slack.app_token.get_secret_value(),
        api_url=settings.slack.api_url,
        desk=desk,
        zone=settings.zone,
    )
    await built.start()
    stack.push_async_callback(built.stop)
    return built.chat, built.handle


async def _teams(settings: Settings, desk: TaskDesk, stack: AsyncExitStack) -> tuple[Chat, Handle]:
    if settings.teams.local_client:
        require_loopback(settings.http_host)
    session = await stack.enter_async_context(aiohttp.ClientSession())
    built = teams.build(
        session=session,
        desk=desk,
        fetch=Fetcher(TEAMS_FILE_HOSTS).open,
        zone=settings.zone,
        app_id=settings.teams.app_id,
        app_password=settings.teams.app_password.get_secret_value(),
        tenant_ids=settings.teams.tenant_ids,
        service_hosts=settings.teams.service_hosts or SERVICE_HOSTS,
        openid_metadata_url=settings.teams.openid_metadata_url or PUBLIC.metadata_url,
        local_client=settings.teams.local_client,
    )
    stack.push_async_callback(built.settle)
    return built.chat, built.handle


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """SQLite is embedded: a second service on the same file is refused."""
    name = database.engine.url.database
    if database.engine.dialect.name != "sqlite" or not name:
        yield
        return
    with Path(f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ConfigurationError(
                f"Another service uses {name} already; stop it, or use PostgreSQL for several."
            ) from error
        yield


async def serve(settings: Settings, clock: Callable[[], datetime]) -> None:
    """Listen and deliver until cancelled."""
    async with service(settings, clock) as running:
        runner = web.AppRunner(running.app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, settings.http_host, settings.http_port).start()
            log.info("listening on %s:%d", settings.http_host, settings.http_port)
            await running.work()
        finally:
            await runner.cleanup()
