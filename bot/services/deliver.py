"""Bring every surface up to what its task and the organization are now.

Three kinds of work, none of which waits for another: working out which cards there have to be, finding where a
person can be reached, and showing what is behind, platform by platform. Within a platform each conversation is a
lane: its cards go out in order, and a slow or broken one holds up nobody else.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import TypeAlias

from bot.domain.context import Context
from bot.domain.organization import Organization
from bot.domain.rubric import Rubric
from bot.domain.task import Task
from bot.errors import Retryable, SurfaceGone
from bot.ports.chat import Account, Chat
from bot.ports.outbox import Behind, Outbox, Surface
from bot.reporting.periods import period_of
from bot.services.report import Reporter
from bot.trouble import report
from cards.model import Card
from cards.placement import Kind, draw, next_change, placements

log = logging.getLogger(__name__)

BATCH = 20
#: One round of one kind of work; returns how much there was.
Round: TypeAlias = Callable[[], Awaitable[int]]
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=10)
#: Somebody who cannot be reached on any platform is looked for again this late.
UNREACHABLE = timedelta(minutes=10)


def wait_after(attempts: int, asked: timedelta | None) -> timedelta:
    """How long to wait after this many failures: what the platform asked for, else doubling to a limit."""
    return asked if asked is not None else min(FIRST_WAIT * 2 ** min(attempts, 20), LONGEST_WAIT)


def digest_of(card: Card) -> str:
    """SHA-256, in hex, of everything that a card shows and its buttons say."""
    canonical = json.dumps(asdict(card), default=_hex, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _hex(png: bytes) -> str:
    return hashlib.sha256(png).hexdigest()


@dataclass(frozen=True, slots=True)
class Deliverer:
    """The worker; `chats` are by platform."""

    outbox: Outbox
    chats: Mapping[str, Chat]
    reporter: Reporter
    rubric: Rubric
    clock: Callable[[], datetime]
    zone: tzinfo
    mail_domain: str = ""

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The kinds of work; each can be repeated by itself."""
        return (self._place, self._find, *(partial(self._show_all, platform) for platform in self.chats))

    async def run_once(self) -> int:
        """A round of each; returns how much there was to do."""
        return sum([await work() for work in self.rounds])

    async def card(self, surface: Surface, task: Task | None, organization: Organization) -> Card:
        """What the surface has to show now."""
        recipient = surface.placement.recipient
        ctx = Context(recipient, self.clock(), organization, self.rubric, self.zone, self.mail_domain)
        if surface.placement.card is Kind.REPORT:
            return await self.reporter.card(period_of(surface.placement.occasion), ctx)
        return draw(surface.placement, task, ctx)

    async def _place(self) -> int:
        behind = await self.outbox.unplaced(BATCH)
        for task, organization in behind:
            now = self.clock()
            wanted = placements(task, organization, now, self.zone)
            await self.outbox.place(task, organization, wanted, next_change(task, organization, now, self.zone))
        return len(behind)

    async def _find(self) -> int:
        homeless = await self.outbox.claim_homeless(tuple(self.chats), BATCH)
        await asyncio.gather(*(self._guarded(self._locate(surface), surface) for surface in homeless))
        return len(homeless)

    async def _show_all(self, platform: str) -> int:
        behind = await self.outbox.claim(platform, BATCH)
        lanes: dict[str | None, list[Behind]] = defaultdict(list)
        for work in behind:
            lanes[work[0].address].append(work)
        await asyncio.gather(*(self._lane(self.chats[platform], lane) for lane in lanes.values()))
        return len(behind)

    async def _lane(self, chat: Chat, lane: Iterable[Behind]) -> None:
        for surface, task, organization in lane:
            await self._guarded(self._bring_up_to_date(chat, surface, task, organization), surface)

    async def _guarded(self, work: Awaitable[None], surface: Surface) -> None:
        """Whatever happens to one surface, the others go on and it is tried again."""
        try:
            await work
        except Retryable as error:
            log.warning("surface %d is tried again later: %s", surface.id, error)
            await self.outbox.later(surface, wait_after(surface.attempts, error.after), str(error))
        except SurfaceGone as error:
            log.warning("surface %d is gone: %s", surface.id, error)
            await self.outbox.gone(surface, wait_after(surface.attempts, None), str(error))
        except Exception as error:  # the worker's edge
            reference = report(error, log, f"showing surface {surface.id}")
            await self.outbox.later(surface, wait_after(surface.attempts, None), f"reference {reference}")

    async def _bring_up_to_date(
        self, chat: Chat, surface: Surface, task: Task | None, organization: Organization
    ) -> None:
        if surface.message_id is None and not surface.sending and not self._wanted(surface, task, organization):
            return await self.outbox.drop(surface)
        if surface.placement.card is Kind.REPORT and surface.message_id and surface.digest:
            # Its period is over: what was sent stays.
            return await self.outbox.shown(surface, surface.message_id, surface.digest, task, organization)
        card = await self.card(surface, task, organization)
        digest = digest_of(card)
        message_id = await self._show(chat, surface, card, digest)
        return await self.outbox.shown(surface, message_id, digest, task, organization)

    def _wanted(self, surface: Surface, task: Task | None, organization: Organization) -> bool:
        """Whether there is still a reason for a card that was not shown yet."""
        return surface.placement in placements(task, organization, self.clock(), self.zone)

    async def _show(self, chat: Chat, surface: Surface, card: Card, digest: str) -> str:
        """Create or update; an equal digest sends nothing."""
        assert surface.address, "a surface without a place is not claimed to be shown"
        if surface.message_id:
            if surface.digest != digest:
                await chat.update(surface.address, surface.message_id, card)
            return surface.message_id
        key = f"surface-{surface.id}"
        if surface.sending and (found := await chat.find(surface.address, key)):
            await chat.update(surface.address, found, card)
            return found
        await self.outbox.sending(surface)
        return await chat.post(surface.address, card, key)

    async def _locate(self, surface: Surface) -> None:
        """Give it a place: the platform that the person used last, else one that can tell where they are."""
        email = surface.placement.recipient
        for account in await self.outbox.accounts(email):
            if account.platform in self.chats and account.address:
                return await self.outbox.located(surface, account.platform, account.address)
        for platform in self.chats:  # of an account whose address is gone the platform may know another
            if (found := await self._reached(platform, email)) and found.address:
                return await self.outbox.located(surface, platform, found.address)
        raise Retryable("this person cannot be reached in chat yet", UNREACHABLE)

    async def _reached(self, platform: str, email: str) -> Account | None:
        account = await self.chats[platform].reach(email)
        if account:
            await self.outbox.enrol(account, email)
        return account
