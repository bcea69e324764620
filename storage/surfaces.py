"""Surfaces double as the outbox: what is behind its task or the organization is work to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, or_, select, update

from bot.domain.organization import Organization
from bot.domain.task import Status, Task
from bot.ports import Account, Surface
from cards.placement import Placement
from storage import tables as t
from storage.database import Database
from storage.uow import ORGANIZATION, SqlUnitOfWork, insert_new, placement_of

#: A worker that has not reported by then is taken to be dead.
LEASE = timedelta(seconds=60)
#: The organization's version, as a column beside every task.
VERSION = select(t.streams.c.version).where(t.streams.c.id == ORGANIZATION).scalar_subquery()


class SqlOutbox:
    """`Outbox` over the database; `clock` is UTC."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    async def unplaced(self, limit: int) -> tuple[tuple[Task, Organization], ...]:
        behind = _behind(t.tasks.c.placed_task, t.tasks.c.placed_organization)
        query = select(t.tasks.c.number).where(behind).order_by(t.tasks.c.number).limit(limit)

        def work(uow: SqlUnitOfWork) -> tuple[tuple[Task, Organization], ...]:
            organization = uow.organization()
            numbers = uow.connection.scalars(query).all()
            return tuple((uow.task(number, for_update=False), organization) for number in numbers)

        return await self._database.read(work)

    async def place(self, task: Task, organization: Organization, wanted: tuple[Placement, ...]) -> None:
        placed = {"placed_task": task.version, "placed_organization": organization.version}

        def work(c: Connection) -> None:
            for p in wanted:
                room = p.room or (None, None)
                key = {"task": p.task, "card": p.card.value, "about": p.about, "occasion": p.occasion}
                insert_new(c, t.surfaces, **key, recipient=p.recipient, platform=room[0], address=room[1])
            c.execute(update(t.tasks).where(t.tasks.c.number == task.number).values(**placed))

        await self._database.run(work)

    async def claim(self, limit: int) -> tuple[tuple[Surface, Task, Organization], ...]:
        now = self._clock()
        due = or_(t.surfaces.c.not_before.is_(None), t.surfaces.c.not_before <= now)
        behind = _behind(t.surfaces.c.drawn_task, t.surfaces.c.drawn_organization)
        query = select(t.surfaces).join(t.tasks, t.tasks.c.number == t.surfaces.c.task).where(due, behind)
        query = query.order_by(t.surfaces.c.id).limit(limit).with_for_update(skip_locked=True, of=t.surfaces)

        def work(uow: SqlUnitOfWork) -> tuple[tuple[Surface, Task, Organization], ...]:
            rows = uow.connection.execute(query).mappings().all()
            ids = [row["id"] for row in rows]
            leased = update(t.surfaces).where(t.surfaces.c.id.in_(ids)).values(not_before=now + LEASE)
            uow.connection.execute(leased)
            organization = uow.organization()
            return tuple((_surface(r), uow.task(r["task"], for_update=False), organization) for r in rows)

        return await self._database.write(work)

    async def accounts(self, email: str) -> tuple[Account, ...]:
        query = select(t.accounts).where(t.accounts.c.email == email).order_by(t.accounts.c.used_at.desc())
        rows = await self._database.read(lambda uow: uow.connection.execute(query).mappings().all())
        return tuple(Account(row["platform"], row["id"], row["address"]) for row in rows)

    async def enrol(self, account: Account, email: str) -> None:
        now = self._clock()
        await self._database.write(lambda uow: uow.enrol(account, email, now))

    async def sending(self, surface: Surface, platform: str, address: str) -> None:
        await self._set(surface, platform=platform, address=address, sending=True)

    async def shown(
        self, surface: Surface, message_id: str, digest: str, task: Task, organization: Organization
    ) -> None:
        await self._set(
            surface,
            message_id=message_id,
            digest=digest,
            drawn_task=task.version,
            drawn_organization=organization.version,
            sending=False,
            attempts=0,
            not_before=None,
            error=None,
        )

    async def later(self, surface: Surface, wait: timedelta, error: str) -> None:
        await self._set(surface, not_before=self._clock() + wait, attempts=surface.attempts + 1, error=error)

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

    async def _set(self, surface: Surface, **values: object) -> None:
        change = update(t.surfaces).where(t.surfaces.c.id == surface.id).values(**values)
        await self._database.run(lambda c: c.execute(change))


def _behind(task: ColumnElement[int], organization: ColumnElement[int]) -> ColumnElement[bool]:
    """Behind the task, or, until it is closed, behind the organization."""
    live = (organization < VERSION) & (t.tasks.c.status != Status.CLOSED.value)
    return or_(task < t.tasks.c.version, live)


def _surface(row: RowMapping) -> Surface:
    named = ("platform", "address", "message_id", "digest", "sending", "attempts")
    return Surface(row["id"], placement_of(row), *(row[name] for name in named))
