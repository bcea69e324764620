"""The database behind the ports: SQLite embedded or PostgreSQL, one code path.

Work is a plain function over one connection and runs as one transaction, so that nothing but the database can
be waited for while it is open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, TypeVar

from sqlalchemy import Connection, FromClause, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import Conflict
from storage.uow import SqlUnitOfWork

T = TypeVar("T")

#: PostgreSQL's codes for "try the transaction again": serialization failure and deadlock.
TRY_AGAIN = frozenset({"40001", "40P01"})


class Database:
    """`Store` over SQLAlchemy. One writer at a time on SQLite, where more only wait for each other."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        #: Set once somebody in this process has written, and then replaced.
        self.next_write = asyncio.Event()
        self._writer = asyncio.Lock() if self.engine.dialect.name == "sqlite" else None
        self._running: set[asyncio.Task[Any]] = set()

    async def write(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Commit what `work` did and set `next_write`, or nothing. Raises Conflict when it lost a race."""
        done = await self.run(lambda connection: work(SqlUnitOfWork(connection)))
        heard, self.next_write = self.next_write, asyncio.Event()
        heard.set()
        return done

    async def read(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        return await self._finished(self._read(work))

    async def run(self, work: Callable[[Connection], T]) -> T:
        """One writing transaction over the bare connection."""
        return await self._finished(self._run(work))

    async def refresh(self) -> None:
        """Tell the planner what there is, after much was written at once."""
        async with self.engine.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await alone.exec_driver_sql("ANALYZE" if self._writer else "VACUUM (ANALYZE)")

    async def close(self) -> None:
        """Once every transaction has come to its end: a connection in use would stay open."""
        if self._running:
            await asyncio.wait(self._running)
        await self.engine.dispose()

    async def _finished(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of a transaction, which comes to its end though whoever waits for it is cancelled.

        A connection to SQLite that is dropped in the middle may never close, and the process then never ends.
        """
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            task.exception()  # nobody hears of it any more, and asyncio logs what was never asked for
            raise

    async def _read(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        async with self.engine.connect() as connection:
            reading = await connection.execution_options(taskings_read=True)
            return await reading.run_sync(lambda c: work(SqlUnitOfWork(c)))

    async def _run(self, work: Callable[[Connection], T]) -> T:
        async with AsyncExitStack() as stack:
            if self._writer:
                await stack.enter_async_context(self._writer)
            try:
                connection = await stack.enter_async_context(self.engine.begin())
                return await connection.run_sync(work)
            except IntegrityError as error:
                raise Conflict("somebody else wrote first") from error
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) in TRY_AGAIN:
                    raise Conflict("the transaction lost a race") from error
                raise


class _WithHints(SQLiteCompiler):
    """Says which index is meant, which SQLAlchemy leaves out on SQLite."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        return text


def _engine(url: str) -> AsyncEngine:
    # Errors quote the parameters of their statement unless told not to, and those are people's names and words.
    if make_url(url).get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(url, connect_args={"timeout": 10}, hide_parameters=True)
    engine.sync_engine.dialect.statement_compiler = _WithHints

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("taskings_read")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
