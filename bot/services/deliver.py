"""Bring every surface up to what its task and the organization are now."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, tzinfo

from bot.domain.organization import Organization
from bot.domain.rubric import Rubric
from bot.domain.rules import Context
from bot.domain.task import Task
from bot.errors import Retryable, SurfaceGone
from bot.ports import Account, Chat, Outbox, Surface
from cards.model import Card
from cards.placement import draw, placements

log = logging.getLogger(__name__)

BATCH = 20
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=10)
#: A platform that is off, or somebody who cannot be reached on any, is tried again this late.
UNREACHABLE = timedelta(minutes=10)


def wait_after(attempts: int, asked: timedelta | None) -> timedelta:
    """How long to wait after this many failures: what the platform asked for, else doubling to a limit."""
    return asked if asked is not None else min(FIRST_WAIT * 2 ** min(attempts, 20), LONGEST_WAIT)


def digest_of(card: Card) -> str:
    """SHA-256, in hex, of everything that a card shows and its buttons say."""
    canonical = json.dumps(asdict(card), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Deliverer:
    """The worker; `chats` are by platform."""

    outbox: Outbox
    chats: Mapping[str, Chat]
    rubric: Rubric
    clock: Callable[[], datetime]
    zone: tzinfo

    async def run_once(self) -> int:
        """Place and show what is behind; returns how many surfaces were looked at."""
        for task, organization in await self.outbox.unplaced(BATCH):
            on = self.clock().astimezone(self.zone).date()
            await self.outbox.place(task, organization, placements(task, organization, on))
        claimed = await self.outbox.claim(BATCH)
        for surface, task, organization in claimed:
            await self._bring_up_to_date(surface, task, organization)
        return len(claimed)

    async def _bring_up_to_date(self, surface: Surface, task: Task, organization: Organization) -> None:
        ctx = Context(surface.placement.recipient, self.clock(), organization, self.rubric, self.zone)
        card = draw(surface.placement, task, ctx)
        digest = digest_of(card)
        try:
            message_id = await self._show(surface, card, digest)
        except Retryable as error:
            log.warning("surface %d is tried again later: %s", surface.id, error)
            await self.outbox.later(surface, wait_after(surface.attempts, error.after), str(error))
        except SurfaceGone as error:
            log.warning("surface %d is gone: %s", surface.id, error)
            await self.outbox.gone(surface, wait_after(surface.attempts, None), str(error))
        else:
            await self.outbox.shown(surface, message_id, digest, task, organization)

    async def _show(self, surface: Surface, card: Card, digest: str) -> str:
        """Create or update; an equal digest sends nothing."""
        if surface.message_id and surface.platform and surface.address:
            if surface.digest != digest:
                await self._chat(surface.platform).update(surface.address, surface.message_id, card)
            return surface.message_id
        platform, address = await self._place_for(surface)
        key = f"surface-{surface.id}"
        chat = self._chat(platform)
        if surface.sending and (found := await chat.find(address, key)):
            await chat.update(address, found, card)
            return found
        await self.outbox.sending(surface, platform, address)
        return await chat.post(address, card, key)

    def _chat(self, platform: str) -> Chat:
        if platform not in self.chats:
            raise Retryable(f"{platform} is off", UNREACHABLE)
        return self.chats[platform]

    async def _place_for(self, surface: Surface) -> tuple[str, str]:
        """Where it is shown: its room, where it was being sent, or the platform that the person used last."""
        if surface.placement.room:
            return surface.placement.room
        if surface.platform in self.chats and surface.platform and surface.address:
            return surface.platform, surface.address
        email = surface.placement.recipient
        known = [a for a in await self.outbox.accounts(email) if a.platform in self.chats]
        for account in known:
            if account.address:
                return account.platform, account.address
        for platform in self.chats.keys() - {a.platform for a in known}:
            if (found := await self._reached(platform, email)) and found.address:
                return platform, found.address
        raise Retryable("this person cannot be reached in chat yet", UNREACHABLE)

    async def _reached(self, platform: str, email: str) -> Account | None:
        account = await self.chats[platform].reach(email)
        if account:
            await self.outbox.enrol(account, email)
        return account
