"""One transaction: state, audit trail and dedupe key commit together or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Table, and_, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.conversation.findings import Findings
from bot.conversation.line import Line
from bot.conversation.question import Question
from bot.conversation.thread import Asked
from bot.domain.messages import Event, TaskImported
from bot.domain.organization import Organization
from bot.domain.organization_messages import OrganizationEvent
from bot.domain.package import FileRef
from bot.domain.task import Status, Task
from bot.domain.visibility import Reach, links
from bot.errors import Conflict, NotFound
from bot.ports.chat import Account, Shown
from bot.record.certificate import Disposed
from bot.record.chain import link
from bot.reporting.figures import Material
from cards.placement import ORGANIZATION, Kind, Placement
from storage import tables as t
from storage import threads
from storage.codec import decode_event, dump, load
from storage.imports import FIRST_NUMBER, add_imported, free, held
from storage.lines import BATCH, lines
from storage.questions import ORDER, find, finds
from storage.reports import material
from storage.rows import row_of

KEPT = timedelta(days=30)  # how long it is known who sent a file that was attached nowhere


class SqlUnitOfWork:
    """`UnitOfWork` over one SQLAlchemy connection inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def first_sight(self, key: str, at: datetime) -> bool:
        return insert_new(self.connection, t.seen, key=key, at=at)

    def placement_at(self, shown: Shown) -> Placement | None:
        row = self.connection.execute(select(t.surfaces).where(_at(shown))).mappings().first()
        return placement_of(row) if row else None

    def clicked(self, shown: Shown) -> None:
        self.connection.execute(update(t.surfaces).where(_at(shown)).values(clicked=True))

    def email_of(self, account: Account) -> str | None:
        return self.connection.scalar(select(t.accounts.c.email).where(_is(account)))

    def enrol(self, account: Account, email: str, at: datetime) -> None:
        values: dict[str, object] = {"email": email, "used_at": at}
        if account.address is not None:
            values["address"] = account.address
        if not insert_new(self.connection, t.accounts, platform=account.platform, id=account.id, **values):
            self.connection.execute(update(t.accounts).where(_is(account)).values(**values))
        waiting = (t.surfaces.c.recipient == email) & t.surfaces.c.message_id.is_(None)
        due_now = update(t.surfaces).where(waiting, t.surfaces.c.sending.is_(False)).values(not_before=None)
        self.connection.execute(due_now)

    def waiting_for(self, email: str) -> tuple[Task, ...]:
        mine = (t.links.c.kind == "waiting") & (t.links.c.value == email)
        query = select(t.tasks.c.number).join(t.links, t.links.c.task == t.tasks.c.number).where(mine)
        numbers = self.connection.scalars(query.order_by(*ORDER)).all()
        return tuple(self.task(number, for_update=False) for number in numbers)

    def mails(self) -> tuple[str, ...]:
        return self._linked("mail")

    def copies(self) -> tuple[str, ...]:
        return self._linked("copy")

    def _linked(self, kind: str) -> tuple[str, ...]:
        query = select(t.links.c.task).where(t.links.c.kind == kind)
        return tuple(self.connection.scalars(query.order_by(t.links.c.task)))

    def closed(self) -> tuple[Task, ...]:
        ours = and_(t.tasks.c.status == Status.CLOSED.value, t.tasks.c.manager != "")  # nobody manages an imported one
        query = select(t.streams.c.state).join(t.tasks, t.tasks.c.number == t.streams.c.id).where(ours)
        inorder = query.order_by(func.length(t.tasks.c.number), t.tasks.c.number)
        found = (load(Task, text) for text in self.connection.scalars(inorder))
        return tuple(task for task in found if task.seal)

    def disposed(self, number: str) -> Disposed | None:
        columns = (t.dispositions.c[name] for name in Disposed.__slots__)
        row = self.connection.execute(select(*columns).where(t.dispositions.c.number == number)).first()
        return Disposed(*row) if row else None

    def uses(self, sha256: str, beside: str = "") -> bool:
        named = select(t.events.c.stream).where(t.events.c.stream != beside, t.events.c.data.contains(sha256))
        sent = select(t.uploads.c.id).where(t.uploads.c.sha256 == sha256)
        return any(self.connection.execute(query.limit(1)).first() for query in (named, sent))

    def dispose(self, certificate: Disposed) -> None:
        """Whatever table refers to the task or its stream; on SQLite the pages are overwritten, too."""
        if self.connection.dialect.name == "sqlite":
            self.connection.exec_driver_sql("PRAGMA secure_delete = ON")
        for column in OF_A_TASK:
            self.connection.execute(delete(column.table).where(column == certificate.number))
        self.connection.execute(insert(t.dispositions).values(**asdict(certificate)))

    def find(
        self,
        question: Question,
        reach: Reach,
        at: datetime,
        limit: int,
        offset: int = 0,
        above: Mapping[str, str] | None = None,
    ) -> Findings:
        return find(self.connection, question, reach, at, limit, offset, above)

    def finds(self, question: Question, reach: Reach, at: datetime) -> bool:
        return finds(self.connection, question, reach, at)

    def lines(self, numbers: Sequence[str]) -> tuple[Line, ...]:
        return lines(self.connection, numbers)

    def asked(self, person: str, place: str, since: datetime | None = None) -> Asked | None:
        return threads.asked(self.connection, person, place, since)

    def keep_asked(self, person: str, place: str, last: Asked, at: datetime) -> None:
        threads.keep(self.connection, person, place, last, at)

    def material(self, since: datetime, start: datetime, end: datetime) -> Material:
        return material(self.connection, since, start, end)

    def keep_upload(self, id: str, email: str, files: Sequence[FileRef], at: datetime) -> None:
        self.connection.execute(delete(t.uploads).where(t.uploads.c.at < at - KEPT))
        for position, file in enumerate(files):
            insert_new(self.connection, t.uploads, id=id, position=position, email=email, at=at, **asdict(file))

    def upload(self, id: str, email: str) -> tuple[FileRef, ...]:
        columns = (t.uploads.c[name] for name in FileRef.__dataclass_fields__)
        mine = select(*columns).where(t.uploads.c.id == id, t.uploads.c.email == email)
        return tuple(FileRef(*row) for row in self.connection.execute(mine.order_by(t.uploads.c.position)))

    def made(self, key: str, number: str) -> None:
        self.connection.execute(update(t.seen).where(t.seen.c.key == key).values(task=number))

    def made_by(self, key: str) -> str:
        return self.connection.scalar(select(t.seen.c.task).where(t.seen.c.key == key)) or ""

    def next_number(self) -> str:
        insert_new(self.connection, t.counters, name="task", value=FIRST_NUMBER - 1)
        mine = update(t.counters).where(t.counters.c.name == "task")
        given = self.connection.scalar(mine.values(value=t.counters.c.value + 1).returning(t.counters.c.value)) or 0
        value = free(self.connection, given)
        if value != given:
            self.connection.execute(mine.values(value=value))
        return f"T-{value}"

    def organization(self, *, for_update: bool = False) -> Organization:
        query = select(t.streams.c.state).where(t.streams.c.id == ORGANIZATION)
        text = self.connection.scalar(query.with_for_update(read=not for_update))
        found: Organization = load(Organization, text) if text else Organization()
        return found

    def task(self, number: str, *, for_update: bool = True) -> Task:
        query = select(t.streams.c.state).where(t.streams.c.id == number)
        text = (
            self.connection.scalar(query.with_for_update() if for_update else query) if number != ORGANIZATION else None
        )
        if text is None:
            raise NotFound(f"There is no task {number}; check the number.")
        found: Task = load(Task, text)
        return found

    def tasks(self, numbers: Sequence[str]) -> tuple[Task, ...]:
        states: dict[str, str] = {}
        for start in range(0, len(numbers), BATCH):
            query = select(t.streams.c.id, t.streams.c.state).where(t.streams.c.id.in_(numbers[start : start + BATCH]))
            states |= {row.id: row.state for row in self.connection.execute(query)}
        return tuple(load(Task, states[number]) for number in numbers)

    def record(self, before: Task | None, after: Task, events: Sequence[Event], platform: str) -> None:
        if not events:
            return
        self._append(after.number, before.version if before else 0, after, events, platform)
        row = row_of(after)
        if before is None:
            self.connection.execute(insert(t.tasks).values(number=after.number, **row))
        else:
            self.connection.execute(update(t.tasks).where(t.tasks.c.number == after.number).values(**row))
        self._relink(after.number, links(before) if before else frozenset(), links(after))

    def held(self, numbers: Sequence[str]) -> dict[str, Task | None]:
        return held(self.connection, numbers)

    def record_imported(self, made: Sequence[tuple[Task, TaskImported]], platform: str) -> None:
        add_imported(self.connection, made, platform)

    def record_organization(
        self, before: Organization, after: Organization, events: Sequence[OrganizationEvent], platform: str
    ) -> None:
        if events:
            self._append(ORGANIZATION, before.version, after, events, platform)

    def history(self, number: str) -> tuple[Event, ...]:
        query = select(t.events.c.type, t.events.c.data).where(t.events.c.stream == number)
        return tuple(
            decode_event(name, text) for name, text in self.connection.execute(query.order_by(t.events.c.version))
        )

    def _append(
        self,
        stream: str,
        version: int,
        after: Task | Organization,
        events: Sequence[Event] | Sequence[OrganizationEvent],
        platform: str,
    ) -> None:
        """The new state by compare-and-set on its version, and the events behind it, chained by hash."""
        head = self.connection.scalar(select(t.streams.c.head).where(t.streams.c.id == stream)) or ""
        rows = []
        for number, event in enumerate(events, start=version + 1):
            name, text = type(event).__name__, dump(event)
            head = link(head, stream, number, name, text, platform, event.at)
            rows.append(
                {
                    "stream": stream,
                    "version": number,
                    "type": name,
                    "data": text,
                    "platform": platform,
                    "at": event.at,
                    "hash": head,
                }
            )
        state = {"version": after.version, "state": dump(after), "head": head}
        if version == 0:
            self.connection.execute(insert(t.streams).values(id=stream, **state))
        else:
            current = update(t.streams).where(t.streams.c.id == stream, t.streams.c.version == version)
            if self.connection.scalar(current.values(**state).returning(t.streams.c.id)) is None:
                raise Conflict(stream)
        self.connection.execute(insert(t.events), rows)

    def _relink(self, number: str, old: frozenset[tuple[str, str]], new: frozenset[tuple[str, str]]) -> None:
        for kind, value in old - new:
            here = (t.links.c.task == number) & (t.links.c.kind == kind) & (t.links.c.value == value)
            self.connection.execute(delete(t.links).where(here))
        if added := sorted(new - old):
            self.connection.execute(insert(t.links), [{"task": number, "kind": k, "value": v} for k, v in added])


def _of_a_task() -> Iterator[Column[Any]]:
    """What refers to a task or its stream, before what it refers to."""
    whole = {t.streams.c.id, t.tasks.c.number, t.events.c.stream}
    for table in reversed(t.metadata.sorted_tables):
        yield from (c for c in table.columns if c in whole or any(key.column in whole for key in c.foreign_keys))


OF_A_TASK = tuple(_of_a_task())


def _is(account: Account) -> ColumnElement[bool]:
    return (t.accounts.c.platform == account.platform) & (t.accounts.c.id == account.id)


def _at(shown: Shown) -> ColumnElement[bool]:
    here = (t.surfaces.c.platform == shown.platform) & (t.surfaces.c.address == shown.address)
    return here & (t.surfaces.c.message_id == shown.message_id)


def placement_of(row: RowMapping) -> Placement:
    return Placement(Kind(row["card"]), row["task"], row["about"], row["occasion"], row["recipient"])


def insert_new(connection: Connection, table: Table, **values: object) -> bool:
    """Insert a row unless its key is there; whether it was inserted."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    return connection.execute(make(table).values(**values).on_conflict_do_nothing()).rowcount == 1
