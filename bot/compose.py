"""The service put together by hand: database, adapters, desk and the delivery worker."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import signal
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import aiohttp
from aiohttp import web

from adapters.anchors import AnchorFile, AnchorPost
from adapters.chart import draw_trend, warm_up
from adapters.door import Limits
from adapters.files import ObjectFiles
from adapters.mail import Smtp
from adapters.pdf import draw_pdf
from adapters.scanner import Clamd
from adapters.vault import keys_for
from adapters.web import application
from bot.conversation.vocabulary import learn
from bot.domain.rubric import Rubric
from bot.errors import ConfigurationError
from bot.platforms import Platform, platforms
from bot.rubric.loader import load, load_retention
from bot.services.anchor import Anchorer
from bot.services.copies import Copier
from bot.services.deliver import Deliverer, Round
from bot.services.desk import TaskDesk
from bot.services.export import Exporter
from bot.services.handle import Handler
from bot.services.mail import Mailer
from bot.services.report import Reporter
from bot.services.workbook import draw_workbook
from bot.settings import Settings
from bot.trouble import report
from storage.archive import SqlArchive
from storage.database import Database
from storage.migrate import current, upgrade
from storage.surfaces import SqlOutbox

log = logging.getLogger(__name__)
T = TypeVar("T")

#: How long the worker rests when there was nothing to do and nobody here wrote, in seconds.
REST = 0.5
#: How long an answer under way may take when the service stops, in seconds.
SHUTDOWN = 5.0
#: Where each platform posts to.
ROUTES = {"slack": "/slack/events", "teams": "/api/messages"}


@dataclass(frozen=True, slots=True)
class Service:
    """`app` answers the platforms; `rounds` is what `work` repeats: delivery, mail, and anchoring where set up."""

    database: Database
    rubric: Rubric
    app: web.Application
    deliver: Deliverer
    mailer: Mailer
    copier: Copier
    desk: TaskDesk
    platforms: Mapping[str, Platform]
    anchoring: tuple[Round, ...]

    async def settle(self) -> None:
        """Until everything that goes on after an answer is done."""
        for platform in self.platforms.values():
            await platform.settle()

    async def run_once(self) -> int:
        """A round of everything; returns how much there was to do."""
        sent = await self.mailer.run_once() + await self.copier.run_once()
        return sent + await self.deliver.run_once()

    async def learn(self) -> None:
        """Begin what the first question and the first report would have to wait for."""
        loop, organization = asyncio.get_running_loop(), await self.database.read(lambda uow: uow.organization())
        loop.run_in_executor(None, warm_up)
        loop.run_in_executor(None, learn, organization, self.rubric)

    @property
    def rounds(self) -> tuple[Round, ...]:
        return (*self.deliver.rounds, self.mailer.run_once, self.copier.run_once, *self.anchoring)

    async def work(self) -> None:
        """Deliver for ever, each kind of work by itself."""
        async with asyncio.TaskGroup() as group:  # which waits for all of them when it is cancelled
            for work in self.rounds:
                group.create_task(self._repeat(work))

    async def _repeat(self, work: Round) -> None:
        """Rest when there was nothing to do, until something is written here."""
        while True:
            written = self.database.next_write
            try:
                busy = await work()
            except Exception as error:  # the worker's edge
                report(error, log, "delivery")
                await asyncio.sleep(REST)
            else:
                if not busy:
                    await _wait(written, REST)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


@asynccontextmanager
async def service(
    settings: Settings, clock: Callable[[], datetime], trusted_origins: Collection[str] = ()
) -> AsyncIterator[Service]:
    """Everything built and open, and closed at the end. Raises ConfigurationError that says what to set.

    `trusted_origins` are of local stand-ins: files are fetched from there as well.
    """
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        stack.enter_context(_alone(database))
        await upgrade(database)
        rubric = rubric_of(settings)
        mail, files = _mail(settings, clock), file_store(settings)
        domain = mail.domain if mail else ""
        handler = Handler(database, rubric, clock, settings.zone, domain, settings.mail.records_to)
        reporter = Reporter(database, draw_trend, draw_pdf, draw_workbook)
        exporter = Exporter(SqlArchive(database), files, draw_pdf, settings.zone)
        desk = TaskDesk(handler, files, reporter, exporter)
        running = await platforms(settings, desk, stack, trusted_origins)
        chats = {name: platform.chat for name, platform in running.items()}
        routes = {ROUTES[name]: platform.handle for name, platform in running.items()}
        deliver = Deliverer(SqlOutbox(database, clock), chats, reporter, rubric, clock, settings.zone, domain)
        mailer, copier = Mailer(handler, files, mail), Copier(handler, exporter, mail)
        app = application(routes, lambda: current(database))
        anchor = await _anchoring(settings, database, clock, stack)
        yield Service(database, rubric, app, deliver, mailer, copier, desk, running, anchor)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database as it is, for commands about records: what is examined is never migrated on the way."""
    database = Database(settings.database_url)
    try:
        if not await current(database):
            raise ConfigurationError(
                "The database is missing or of another version; run `taskings db upgrade`, on a copy if it is evidence."
            )
        yield database
    finally:
        await database.close()


async def _anchoring(
    settings: Settings, database: Database, clock: Callable[[], datetime], stack: AsyncExitStack
) -> tuple[Round, ...]:
    if not settings.anchors_file:
        log.info("Records are not anchored: TASKINGS_ANCHORS_FILE is not set")
        return ()
    path = Path(settings.anchors_file)
    written = Anchorer(SqlArchive(database), AnchorFile(path), clock)
    if not settings.anchors_url:
        return (written,)
    session = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)))
    return written, AnchorPost(path, settings.anchors_url, session, clock)


def rubric_of(settings: Settings) -> Rubric:
    """Appendix A, with the retention schedules. Raises ConfigurationError that names every row and reason."""
    return replace(load(), retention=load_retention(Path(settings.retention_file) if settings.retention_file else None))


def file_store(settings: Settings) -> ObjectFiles:
    keys = {name: secret.get_secret_value() for name, secret in settings.files_keys.items()}
    scanner = Clamd(settings.files_clamd) if settings.files_clamd else None
    limit = settings.files_max_mb * 1024 * 1024
    unpacked = settings.files_archive_mb * 1024 * 1024
    limits = Limits(settings.files_archive_entries, unpacked, settings.files_archive_ratio)
    return ObjectFiles(settings.files_url, keys_for(settings.files_url, keys), limit, limits, scanner)


def _mail(settings: Settings, clock: Callable[[], datetime]) -> Smtp | None:
    mail = settings.mail
    if not mail.host:
        log.info("Mail is off: TASKINGS_MAIL__HOST is not set")
        return None
    password = mail.password.get_secret_value()
    return Smtp(mail.host, mail.port, mail.sender, clock, mail.security, mail.username, password)


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


@asynccontextmanager
async def listening(running: Service, host: str, port: int) -> AsyncIterator[int]:
    """Answer at that address; gives the port, a free one for 0."""
    runner = web.AppRunner(running.app, access_log=None, shutdown_timeout=SHUTDOWN)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def serve(settings: Settings, clock: Callable[[], datetime]) -> None:
    """Listen and deliver until cancelled."""
    async with service(settings, clock) as running, listening(running, settings.http_host, settings.http_port) as port:
        log.info("listening on %s:%d", settings.http_host, port)
        await running.learn()
        await running.work()


async def until_stopped(work: Coroutine[None, None, T], stopped: T) -> T:
    """The result of `work`, or `stopped` when Ctrl-C or a signal to end comes first; everything is closed first."""
    loop, running = asyncio.get_running_loop(), asyncio.ensure_future(work)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, running.cancel)
    try:
        return await running
    except asyncio.CancelledError:
        return stopped
