"""Cards to Slack."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adapters.slack.api import call
from adapters.slack.pictures import Pictures, Told
from adapters.slack.workspace import Workspace
from bot.errors import DeliveryError
from bot.ports.chat import Account
from cards.model import Card

EVENT_TYPE = "taskings_surface"
MAX_REMEMBERED = 2_000
URL_USES, URL_SECONDS = 5, 30 * 60  # Slack's limits of a response_url
HISTORY_PAGE, HISTORY_PAGES = 200, 5


@dataclass(slots=True)
class _Way:
    """A response_url of a message. `until` is in seconds since the epoch."""

    url: str
    until: float
    uses: int = URL_USES


class SlackChat:
    """The `Chat` port: an address is a channel id, a message id its `ts`."""

    def __init__(self, workspace: Workspace, pictures: Pictures, clock: Callable[[], float]) -> None:
        self._workspace, self._pictures = workspace, pictures
        self._clock = clock
        self._ways: OrderedDict[tuple[str, str], _Way] = OrderedDict()

    async def post(self, address: str, card: Card, key: str) -> str:
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}

        async def send(told: Told) -> str:
            sent = await call(
                self._workspace.client.chat_postMessage(
                    channel=address, metadata=metadata, unfurl_links=False, unfurl_media=False, **told
                )
            )
            return str(sent["ts"])

        return await self._pictures.show(card, send)

    async def update(self, address: str, message_id: str, card: Card) -> None:
        await self._pictures.show(card, lambda told: self._update(address, message_id, told))

    async def _update(self, address: str, message_id: str, told: Told) -> None:
        """Through the response_url of the newest click where there is one: `chat.update` is the scarce way."""
        url = self.way_back(address, message_id)
        if url and await self._replace(url, told):
            return
        await call(self._workspace.client.chat_update(channel=address, ts=message_id, **told))

    async def find(self, address: str, key: str) -> str | None:
        cursor: str | None = None
        for _ in range(HISTORY_PAGES):
            page = await call(
                self._workspace.client.conversations_history(
                    channel=address, cursor=cursor, limit=HISTORY_PAGE, include_all_metadata=True
                )
            )
            for message in page["messages"]:
                if _key(message) == key:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        return None

    async def reach(self, email: str) -> Account | None:
        user = await self._workspace.user_of(email)
        if user is None:
            return None
        me = await self._workspace.me()
        return Account("slack", f"{me.team}:{user}", await self._workspace.direct(user))

    def remember(self, address: str, message_id: str, url: str) -> None:
        """A click gave a message a response_url."""
        self._ways[address, message_id] = _Way(url, self._clock() + URL_SECONDS)
        self._ways.move_to_end((address, message_id))
        if len(self._ways) > MAX_REMEMBERED:
            self._ways.popitem(last=False)

    def way_back(self, address: str, message_id: str) -> str | None:
        """The message's response_url for one use, None when there is none left."""
        way = self._ways.get((address, message_id))
        if way is None or way.until < self._clock():
            self._ways.pop((address, message_id), None)
            return None
        way.uses -= 1
        if way.uses == 0:
            del self._ways[address, message_id]
        return way.url

    async def _replace(self, url: str, told: dict[str, Any]) -> bool:
        try:
            await self._workspace.respond(url, {**told, "replace_original": True})
        except DeliveryError:
            return False  # a second update of the same message does no harm
        return True


def _key(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    return str((metadata.get("event_payload") or {}).get("key"))
