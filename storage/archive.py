"""What is stored, read as it is for whoever examines it: texts and hashes, none of it trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, select, union_all

from bot.domain.messages import Event
from bot.domain.organization import Organization
from bot.domain.organization_messages import OrganizationEvent
from bot.domain.task import Task
from bot.errors import InvalidInput
from bot.record.certificate import Disposed
from bot.record.chain import Entry, Stored
from storage import tables as t
from storage.codec import TYPES, load
from storage.database import Database
from storage.imports import FIRST_NUMBER


@dataclass(frozen=True, slots=True)
class SqlArchive:
    """`Archive` over the database."""

    database: Database

    async def streams(self) -> tuple[str, ...]:
        return await self.database.read(lambda uow: _streams(uow.connection))

    async def stored(self, stream: str) -> Stored | None:
        return await self.database.read(lambda uow: _stored(uow.connection, stream))

    async def disposed(self, stream: str) -> Disposed | None:
        return await self.database.read(lambda uow: uow.disposed(stream))

    async def heads(self) -> dict[str, tuple[int, str]]:
        gone = select(t.dispositions.c.number, t.dispositions.c.version, t.dispositions.c.hash)
        query = union_all(select(t.streams.c.id, t.streams.c.version, t.streams.c.head), gone)
        rows = await self.database.read(lambda uow: uow.connection.execute(query).all())
        return {id: (version, head) for id, version, head in rows}

    def events(self, entries: Sequence[Entry]) -> tuple[Event, ...]:
        return tuple(_event(entry) for entry in entries)

    def organization_events(self, entries: Sequence[Entry]) -> tuple[OrganizationEvent, ...]:
        return tuple(_event(entry) for entry in entries)

    def task(self, state: str) -> Task:
        found: Task = _read(Task, state, "the state")
        return found

    def organization(self, state: str) -> Organization:
        found: Organization = _read(Organization, state, "the state")
        return found


def _streams(connection: Connection) -> tuple[str, ...]:
    """Numbers are given without gaps, so one that nothing is stored of was deleted as a whole."""
    last = connection.scalar(select(t.counters.c.value).where(t.counters.c.name == "task")) or 0
    given = {f"T-{number}" for number in range(FIRST_NUMBER, last + 1)}
    there = {*connection.scalars(select(t.streams.c.id)), *connection.scalars(select(t.events.c.stream).distinct())}
    return tuple(sorted(given | there, key=lambda stream: (len(stream), stream)))


def _stored(connection: Connection, stream: str) -> Stored | None:
    """Read again when something was written meanwhile, so that state and events belong together."""
    events = select(*(t.events.c[name] for name in Entry.__slots__)).where(t.events.c.stream == stream)
    query = select(t.streams.c.version, t.streams.c.head, t.streams.c.state).where(t.streams.c.id == stream)
    row = connection.execute(query).first()
    entries = connection.execute(events.order_by(t.events.c.version)).all()
    if connection.execute(query).first() != row:
        return _stored(connection, stream)
    if row is None and not entries:
        return None
    version, head, state = row or (0, "", "")
    return Stored(stream, version, head, state, tuple(Entry(*entry) for entry in entries))


def _event(entry: Entry) -> Any:
    if entry.type not in TYPES:
        raise InvalidInput(f"event {entry.version} is of a kind that is not known: {entry.type}")
    return _read(TYPES[entry.type], entry.data, f"event {entry.version}")


def _read(kind: type[Any], text: str, what: str) -> Any:
    try:
        return load(kind, text)
    except ValidationError as error:
        raise InvalidInput(f"{what} can't be read") from error
