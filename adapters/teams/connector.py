"""The Bot Connector's REST API, over aiohttp.

botbuilder's own client is not used to send: it runs `requests` in a pool of six threads, the aiohttp sender of its
msrest drops headers and body, and with that mended it still takes 1.1 ms of a core for a message against 0.1 ms
here, most of it in serialising a card that is JSON already. Nothing is retried: a create has no idempotency key.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.teams.credentials import Tokens
from adapters.teams.hosts import is_service
from bot.errors import DeliveryError, Retryable, SurfaceGone

TIMEOUT = 10.0  # seconds a call may take
#: Statuses after which the same call may work: what Teams documents (412, 429, 502, 504) and what any server means.
TRANSIENT = {401, 408, 412, 425, 429, 500, 502, 503, 504}
#: Statuses that say the message or conversation is no longer there for the bot; others are logged as ours to mend.
GONE = {403, 404, 410}
#: Ends a channel's id in a thread, before the id of the message that begins it.
THREAD = ";messageid="

log = logging.getLogger(__name__)


def address_of(service_url: str, conversation: str) -> str:
    """A conversation as one string, `service URL#conversation id`: all that is needed to write to it."""
    return f"{service_url.rstrip('/')}#{conversation}"


def room_of(address: str) -> str:
    """The channel of a thread's address, else the address; posting there starts a thread of its own."""
    return address.partition(THREAD)[0]


class Connector:
    """Writes to conversations. Raises only DeliveryError.

    Without `tokens` it writes as nobody, which only a client on this machine takes.
    """

    def __init__(
        self, session: aiohttp.ClientSession, hosts: Collection[str], tokens: Tokens | None, timeout: float = TIMEOUT
    ) -> None:
        self._session, self._hosts, self._tokens = session, hosts, tokens
        self._timeout = aiohttp.ClientTimeout(total=timeout)

    async def send(self, address: str, activity: Mapping[str, object]) -> str:
        """Post a message and return its id, empty when Teams gives none (it was split, which cards never are)."""
        told = await self._call("POST", address, "activities", activity)
        return str(told.get("id", ""))

    async def replace(self, address: str, message_id: str, activity: Mapping[str, object]) -> None:
        await self._call("PUT", address, f"activities/{quote(message_id, safe='')}", activity)

    async def remove(self, address: str, message_id: str) -> None:
        await self._call("DELETE", address, f"activities/{quote(message_id, safe='')}")

    async def member(self, address: str, member: str) -> Mapping[str, Any]:
        """What Teams knows of a member of a conversation or team: `email`, `userPrincipalName`, `aadObjectId`."""
        return await self._call("GET", address, f"members/{quote(member, safe='')}")

    async def open_private(self, service_url: str, bot: str, member: str, tenant: str) -> str:
        """The address of the bot's personal chat with somebody; the same one each time."""
        wanted = {
            "isGroup": False,
            "bot": {"id": bot},
            "members": [{"id": member}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        told = await self._call("POST", address_of(service_url, ""), "", wanted)
        return address_of(service_url, str(told.get("id", "")))

    async def _call(
        self, method: str, address: str, path: str, body: Mapping[str, object] | None = None
    ) -> Mapping[str, Any]:
        url = self._url(address, path)
        try:
            async with self._session.request(
                method, url, json=body, headers=await self._headers(), timeout=self._timeout, allow_redirects=False
            ) as response:
                raw = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Retryable(f"Teams could not be reached ({type(error).__name__}).") from error
        told = _object(raw)
        if response.status >= 300:
            raise self._translate(response.status, told, response.headers.get("Retry-After", ""))
        return told

    def _url(self, address: str, path: str) -> URL:
        service_url, _, conversation = address.partition("#")
        if not is_service(service_url, self._hosts):
            raise SurfaceGone("The address is not of an allowed Teams host.")
        parts = ["v3/conversations", quote(conversation, safe=""), path]
        return URL("/".join([service_url, *filter(None, parts)]), encoded=True)

    async def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {await self._tokens.get()}"} if self._tokens else {}

    def _translate(self, status: int, told: Mapping[str, Any], retry_after: str) -> DeliveryError:
        if status == 401 and self._tokens:
            self._tokens.forget()
        return translate(status, _code(told), retry_after)


def translate(status: int, code: str, retry_after: str = "") -> DeliveryError:
    """What an answer of the connector means for the message that was sent.

    A permanent refusal that is none of GONE, like 413 for a card that is too large, also ends the surface here:
    the same card would be refused again, while another platform may take it. It is logged as an error.
    """
    said = f"Teams answered {status} {code}".strip() + "."
    if status in TRANSIENT:
        return Retryable(said, _seconds(retry_after))
    if status not in GONE:
        log.error("teams.refused_message %s %s", status, code)
    return SurfaceGone(said)


def _seconds(retry_after: str) -> timedelta | None:
    try:
        return timedelta(seconds=max(0.0, float(retry_after)))
    except (ValueError, OverflowError):
        return None


def _object(raw: bytes) -> Mapping[str, Any]:
    """The JSON object in an answer; anything else, like a proxy's page, counts as saying nothing."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _code(told: Mapping[str, Any]) -> str:
    error = told.get("error", told)
    return str(error.get("code", "")) if isinstance(error, dict) else ""
