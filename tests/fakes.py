"""Working stand-ins for what we do not own: a chat and the clock."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import count

from bot.ports.chat import Account
from cards.model import Card
from tests.world import T0


class FakeChat:
    """Keeps every version of every message; `fail_next` is raised once, after accepting when `accepts`.

    What goes to a conversation in `held` waits until its event is set; `order` is where messages went, and `went`
    is set once there was one to its conversation.
    """

    def __init__(self, reachable: dict[str, str] | None = None) -> None:
        self.messages: dict[str, list[Card]] = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.reachable = reachable or {}
        self.asked: list[str] = []
        self.fail_next: Exception | None = None
        self.held: dict[str, asyncio.Event] = {}
        self.order: list[str] = []
        self.went: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.accepts = False
        self._ids = count(1)

    async def post(self, address: str, card: Card, key: str) -> str:
        await self._held(address)
        if not self.accepts:
            self._fail()
        message_id = f"{address}/{next(self._ids)}"
        self.messages[message_id] = [card]
        self.keys[address, key] = message_id
        self._fail()
        return message_id

    async def update(self, address: str, message_id: str, card: Card) -> None:
        await self._held(address)
        self._fail()
        self.messages[message_id].append(card)

    async def find(self, address: str, key: str) -> str | None:
        return self.keys.get((address, key))

    async def reach(self, email: str) -> Account | None:
        self.asked.append(email)
        address = self.reachable.get(email)
        return Account("slack", f"id-{email}", address) if address else None

    def shown(self, address: str, title: str) -> Card:
        """The newest card in a conversation whose title begins so, as it looks now."""
        found = [
            v[-1] for m, v in self.messages.items() if m.startswith(f"{address}/") and v[-1].title.startswith(title)
        ]
        return found[-1]

    async def _held(self, address: str) -> None:
        if address in self.held:
            await self.held[address].wait()
        self.order.append(address)
        self.went[address].set()

    def _fail(self) -> None:
        error, self.fail_next = self.fail_next, None
        if error:
            raise error


class FakeClock:
    def __init__(self) -> None:
        self.at = T0

    def __call__(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by
