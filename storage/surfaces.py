"""Surfaces double as the outbox: what is behind its task or the organization is work to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, delete, or_, select, update

from bot.domain.organization import ROOM, Organization
from bot.domain.task import Status, Task
from bot.ports.chat import Account
from bot.ports.outbox import Behind, Surface
from cards.placement import ORGANIZATION, Placement
from storage import tables as t
from storage.database import Database
from storage.uow import SqlUnitOfWork, insert_new, placement_of

#: A worker that has not reported by then is taken to be dead.
LEASE = timedelta(seconds=60)
#: The organization's version, as a column beside every task.
VERSION = select(t.streams.c.version).where(t.streams.c.id == ORGANIZATION).scalar_subquery()


class SqlOutbox:
    """`Outbox` over the database; `clock` is UTC."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    async def unplaced(self, limit: int) -> tuple[tuple[Task | None, Organization], ...]:
        query = (
            select(t.tasks.c.number)
            .where(
                or_(
                    t.BEHIND, and_(t.LIVE, t.tasks.c.placed_organization < VERSION), t.tasks.c.again_at <= self._clock()
                )
            )
            .order_by(t.tasks.c.number)
            .limit(limit)
        )

        def work(uow: SqlUnitOfWork) -> tuple[tuple[Task | None, Organization], ...]:
            organization = uow.organization()
            numbers = uow.connection.scalars(query).all()
            people = ((None, organization),) if self._people_behind(uow.connection, organization) else ()
            return (*people, *((uow.task(number, for_update=False), organization) for number in numbers))

        return await self._database.read(work)

    def _people_behind(self, c: Connection, organization: Organization) -> bool:
        row = c.execute(select(t.sweeps)).mappings().first()
        if row is None:
            return organization.version > 0
        return bool(row["placed_organization"] < organization.version or row["again_at"] <= self._clock())

    async def place(
        self, task: Task | None, organization: Organization, wanted: tuple[Placement, ...], again_at: datetime | None
    ) -> None:
        placed = {"placed_organization": organization.version, "again_at": again_at}

        def work(c: Connection) -> None:
            if task:
                _look_again(c, task, self._clock())
            for p in wanted:
                room = p.room or (None, None)
                key = {"task": p.task, "card": p.card.value, "about": p.about, "occasion": p.occasion}
                insert_new(c, t.surfaces, **key, recipient=p.recipient, platform=room[0], address=room[1])
            if task:
                done = update(t.tasks).where(t.tasks.c.number == task.number)
                c.execute(done.values(placed_task=task.version, **placed))
            elif not insert_new(c, t.sweeps, stream=ORGANIZATION, **placed):
                c.execute(update(t.sweeps).values(**placed))

        await self._database.write(lambda uow: work(uow.connection))

    async def claim(self, platform: str, limit: int) -> tuple[Behind, ...]:
        order = (t.surfaces.c.clicked.desc(), t.surfaces.c.id)
        mine = (t.surfaces.c.platform == platform) & t.surfaces.c.address.is_not(None)

        def work(uow: SqlUnitOfWork) -> tuple[Behind, ...]:
            leased = self._lease(uow.connection, select(t.surfaces).where(mine).order_by(*order).limit(limit))
            organization = uow.organization()
            return tuple((s, _shown_of(uow, s), organization) for s in leased)

        return await self._database.run(lambda connection: work(SqlUnitOfWork(connection)))

    async def claim_homeless(self, running: Sequence[str], limit: int) -> tuple[Surface, ...]:
        """One that was meant for a platform that is off now is homeless until its create was begun."""
        begun = t.surfaces.c.message_id.is_not(None) | t.surfaces.c.sending
        off = t.surfaces.c.platform.not_in(running) & ~begun & ~t.surfaces.c.recipient.startswith(ROOM)
        homeless = or_(t.surfaces.c.platform.is_(None), off)
        query = select(t.surfaces).where(homeless).order_by(t.surfaces.c.id).limit(limit)
        return await self._database.run(lambda c: self._lease(c, query))

    async def located(self, surface: Surface, platform: str, address: str) -> None:
        place = update(t.surfaces).where(t.surfaces.c.id == surface.id)
        place = place.values(platform=platform, address=address, not_before=None, attempts=0)
        await self._database.write(lambda uow: uow.connection.execute(place))

    def _lease(self, connection: Connection, query: Select[Any]) -> tuple[Surface, ...]:
        """Those of the query that are behind and due, for LEASE ours alone."""
        now = self._clock()
        due = or_(t.surfaces.c.not_before.is_(None), t.surfaces.c.not_before <= now)
        behind = _behind(t.surfaces.c.drawn_task, t.surfaces.c.drawn_organization)
        query = query.outerjoin(t.tasks, t.tasks.c.number == t.surfaces.c.task).where(due, behind)
        rows = connection.execute(query.with_for_update(skip_locked=True, of=t.surfaces)).mappings().all()
        ours = update(t.surfaces).where(t.surfaces.c.id.in_([row["id"] for row in rows]))
        connection.execute(ours.values(not_before=now + LEASE))
        return tuple(replace(_surface(row), lease=now + LEASE) for row in rows)

    async def everything(self) -> tuple[Behind, ...]:
        query = select(t.surfaces).order_by(t.surfaces.c.id)

        def work(uow: SqlUnitOfWork) -> tuple[Behind, ...]:
            organization = uow.organization()
            surfaces = [_surface(row) for row in uow.connection.execute(query).mappings()]
            return tuple((s, _shown_of(uow, s), organization) for s in surfaces)

        return await self._database.read(work)

    async def accounts(self, email: str) -> tuple[Account, ...]:
        query = select(t.accounts).where(t.accounts.c.email == email).order_by(t.accounts.c.used_at.desc())
        rows = await self._database.read(lambda uow: uow.connection.execute(query).mappings().all())
        return tuple(Account(row["platform"], row["id"], row["address"]) for row in rows)

    async def enrol(self, account: Account, email: str) -> None:
        now = self._clock()
        await self._database.write(lambda uow: uow.enrol(account, email, now))

    async def sending(self, surface: Surface) -> None:
        await self._set(surface, sending=True)

    async def shown(
        self, surface: Surface, message_id: str, digest: str, task: Task | None, organization: Organization
    ) -> None:
        await self._set(
            surface,
            message_id=message_id,
            digest=digest,
            drawn_task=task.version if task else 0,
            drawn_organization=organization.version,
            sending=False,
            clicked=False,
            attempts=0,
            not_before=None,
            error=None,
        )

    async def later(self, surface: Surface, wait: timedelta, error: str) -> None:
        ours = (t.surfaces.c.id == surface.id) & (t.surfaces.c.not_before == surface.lease)
        put_off = {"not_before": self._clock() + wait, "attempts": surface.attempts + 1, "error": error}
        await self._database.run(lambda c: c.execute(update(t.surfaces).where(ours).values(**put_off)))

    async def gone(self, surface: Surface, wait: timedelta, error: str) -> None:
        forgotten = {"platform": None, "address": None, "message_id": None, "digest": None, "sending": False}

        def work(c: Connection) -> None:
            place = select(t.surfaces.c.platform, t.surfaces.c.address).where(t.surfaces.c.id == surface.id)
            platform, address = c.execute(place).one()
            here = (t.accounts.c.platform == platform) & (t.accounts.c.address == address)
            c.execute(update(t.accounts).where(here).values(address=None))
            rest = {"attempts": surface.attempts + 1, "not_before": self._clock() + wait, "error": error}
            c.execute(update(t.surfaces).where(t.surfaces.c.id == surface.id).values(**forgotten, **rest))

        await self._database.run(work)

    async def drop(self, surface: Surface) -> None:
        await self._database.run(lambda c: c.execute(delete(t.surfaces).where(t.surfaces.c.id == surface.id)))

    async def _set(self, surface: Surface, **values: object) -> None:
        change = update(t.surfaces).where(t.surfaces.c.id == surface.id).values(**values)
        await self._database.run(lambda c: c.execute(change))


def _behind(task: ColumnElement[int], organization: ColumnElement[int]) -> ColumnElement[bool]:
    """Behind the task, or behind the organization until the task is closed or where it is about none."""
    live = or_(t.tasks.c.number.is_(None), t.tasks.c.status != Status.CLOSED.value)
    return or_(task < t.tasks.c.version, live & (organization < VERSION))


def _look_again(c: Connection, task: Task, now: datetime) -> None:
    """Draw the task's cards anew when a time has passed at which they change."""
    late = t.tasks.select().where(t.tasks.c.number == task.number, t.tasks.c.again_at <= now)
    if c.execute(late).first():
        c.execute(update(t.surfaces).where(t.surfaces.c.task == task.number).values(drawn_task=0))


def _shown_of(uow: SqlUnitOfWork, surface: Surface) -> Task | None:
    """The task that the surface shows, None where it is about people."""
    number = surface.placement.task
    return None if number == ORGANIZATION else uow.task(number, for_update=False)


def _surface(row: RowMapping) -> Surface:
    named = ("platform", "address", "message_id", "digest", "sending", "attempts")
    return Surface(row["id"], placement_of(row), *(row[name] for name in named))
