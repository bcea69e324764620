"""Click in, committed state out: the imperative shell around `decide`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import reduce
from typing import TypeVar

from bot.domain.context import Context
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.messages import Event, ForwardRequest, LogTask
from bot.domain.organization_messages import OrganizationCommand
from bot.domain.organized import evolve_organization
from bot.domain.organizing import decide_organization
from bot.domain.rubric import Rubric
from bot.domain.task import Task
from bot.errors import Conflict
from bot.ports.chat import Click
from bot.ports.storage import Store, UnitOfWork

T = TypeVar("T")
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Handler:
    """Hops 3 to 5 of a click: remember the key, decide, commit; on a conflict decide again."""

    store: Store
    rubric: Rubric
    clock: Callable[[], datetime]
    zone: tzinfo
    mail_domain: str = ""
    records_to: str = ""

    async def __call__(self, click: Click) -> Task:
        """The task as it is after the click; a repeated delivery returns the current state. Raises Rejected."""
        return await self._tried(lambda uow: self._once(uow, click))

    def _once(self, uow: UnitOfWork, click: Click) -> Task:
        now = self.clock()
        if not uow.first_sight(click.key, now):
            return uow.task(click.task or uow.made_by(click.key), for_update=False)
        assert not isinstance(click.command, OrganizationCommand), "what is about no task goes to `organize`"
        organization = uow.organization()
        where = self.zone, self.mail_domain, self.records_to
        ctx = Context(click.actor, now, organization, self.rubric, *where)
        if isinstance(click.command, LogTask | ForwardRequest) and not click.task:
            return self._make(uow, click, click.command, ctx)
        before = uow.task(click.task)
        events = decide(before, click.command, ctx)
        after = reduce(evolve, events, before)
        uow.record(before, after, events, click.platform)
        if click.seen:
            uow.clicked(click.seen)
        return after

    def _make(self, uow: UnitOfWork, click: Click, command: LogTask | ForwardRequest, ctx: Context) -> Task:
        number = uow.next_number()
        events = decide(None, command, ctx, number)
        after = reduce(evolve, events, None)
        assert after is not None
        uow.record(None, after, events, click.platform)
        uow.made(click.key, number)
        return after

    async def organize(self, command: OrganizationCommand, actor: str, platform: str, key: str = "") -> int:
        """Change the organization; returns how many changes it made, none for a repeated delivery. Raises Rejected."""

        def work(uow: UnitOfWork) -> int:
            now = self.clock()
            if key and not uow.first_sight(key, now):
                return 0
            before = uow.organization(for_update=True)
            events = decide_organization(before, command, actor, now, now.astimezone(self.zone).date())
            uow.record_organization(before, reduce(evolve_organization, events, before), events, platform)
            return len(events)

        return await self._tried(work)

    async def happened(
        self, number: str, told: Callable[[Task, datetime], tuple[Event, ...]], source: str
    ) -> tuple[Task, tuple[Event, ...]]:
        """Record what the world did with a task, which nobody decides: the task after it, and the events."""

        def work(uow: UnitOfWork) -> tuple[Task, tuple[Event, ...]]:
            before = uow.task(number)
            events = told(before, self.clock())
            after = reduce(evolve, events, before)
            uow.record(before, after, events, source)
            return after, events

        return await self._tried(work)

    async def _tried(self, work: Callable[[UnitOfWork], T]) -> T:
        """Who lost a race decides again on what is there now."""
        for _ in range(ATTEMPTS - 1):
            try:
                return await self.store.write(work)
            except Conflict:
                continue
        return await self.store.write(work)
