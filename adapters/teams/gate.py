"""Who may speak to `/api/messages`: botbuilder's own check lets some forgeries in and answers 500 to others.

Rules: the Bot Connector's authentication document, and "Teams and the Bot Connector" in the platform notes. A gate
gives the activity, or raises 400 (no activity), 401 (nobody we know) or 403 (known, but not for us).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

import aiohttp
import jwt
from aiohttp import web
from botbuilder.schema import Activity
from pydantic import BaseModel, Field, ValidationError

from adapters.teams.hosts import LOOPBACK_HOSTS, is_loopback, is_service
from adapters.teams.once import Once
from bot.errors import ConfigurationError

CHANNEL = "msteams"
LEEWAY = 300.0  # seconds of clock difference, as the Bot Connector's document allows
KEYS_LAST = 24 * 3600.0  # seconds
KEYS_AT_MOST_EVERY = 60.0  # seconds between two fetches, whoever asks
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=10)

log = logging.getLogger(__name__)


class _Party(BaseModel):
    id: str = Field(min_length=1)


class _Conversation(_Party):
    tenant: str | None = Field(default=None, alias="tenantId")


class _ChannelData(BaseModel):
    tenant: _Party | None = None


class Envelope(BaseModel):
    """The part of an activity that says where it comes from; every activity of Teams has all of it."""

    type: str = Field(min_length=1)
    id: str = ""
    name: str | None = None
    text: str | None = None
    channel: str = Field(alias="channelId")
    service_url: str = Field(alias="serviceUrl", min_length=1)
    sender: _Party = Field(alias="from")
    recipient: _Party
    conversation: _Conversation
    channel_data: _ChannelData | None = Field(default=None, alias="channelData")

    @property
    def tenants(self) -> set[str]:
        """Every tenant that the activity names, in lower case."""
        data = self.channel_data
        told = (self.conversation.tenant, data.tenant.id if data and data.tenant else None)
        return {tenant.lower() for tenant in told if tenant}


class Gate(Protocol):
    async def admit(self, request: web.Request) -> Activity:
        """The activity in a request that may be answered. Raises HTTPBadRequest, -Unauthorized or -Forbidden."""
        ...


async def read(request: web.Request) -> tuple[Envelope, Activity]:
    """The activity in the body. Raises HTTPBadRequest for whatever is none, however deep or badly encoded."""
    raw = await request.read()
    try:
        return Envelope.model_validate_json(raw), Activity().deserialize(json.loads(raw))
    except (ValidationError, ValueError, RecursionError) as error:
        raise web.HTTPBadRequest(text="This is not an activity.") from error


@dataclass(frozen=True, slots=True)
class Key:
    public: Any
    endorsements: frozenset[str]


class Keys:
    """The Bot Connector's signing keys: kept for a day, fetched again for an unknown one at most once a minute."""

    def __init__(
        self, session: aiohttp.ClientSession, metadata_url: str, clock: Callable[[], float] = monotonic
    ) -> None:
        self._session, self._metadata_url, self._clock = session, metadata_url, clock
        self._keys: dict[str, Key] = {}
        self._fetched = self._tried = float("-inf")
        self._fetch_once = Once(self._fetch)

    async def find(self, kid: str) -> Key | None:
        if self._due(kid):
            await self._fetch_once()
        return self._keys.get(kid)

    def _due(self, kid: str) -> bool:
        now = self._clock()
        old = now - self._fetched >= KEYS_LAST
        return (old or kid not in self._keys) and now - self._tried >= KEYS_AT_MOST_EVERY

    async def _fetch(self) -> None:
        try:
            metadata = await self._json(self._metadata_url)
            found = await self._json(metadata["jwks_uri"])
            self._keys = dict(_keys(found["keys"]))
            self._fetched = self._clock()
        except (aiohttp.ClientError, TimeoutError, ValueError, LookupError, TypeError) as error:
            log.warning("teams.keys_unavailable %s", type(error).__name__)  # the old keys still hold
        # Only now, so that whoever comes meanwhile waits for this fetch and is not told that the key is unknown.
        self._tried = self._clock()

    async def _json(self, url: str) -> Any:
        async with self._session.get(url, timeout=FETCH_TIMEOUT) as response:
            response.raise_for_status()
            return await response.json(content_type=None)


def _keys(published: list[dict[str, Any]]) -> Iterator[tuple[str, Key]]:
    """The keys that can be used; one that cannot be read spoils no other."""
    for told in published:
        try:
            yield told["kid"], Key(jwt.PyJWK.from_dict(told, "RS256").key, frozenset(told["endorsements"]))
        except (jwt.PyJWTError, ValueError, LookupError, TypeError):
            continue


@dataclass(frozen=True, slots=True)
class TokenGate:
    """Admits what the Bot Connector signed for this app, from an allowed host, about an allowed tenant."""

    app_id: str
    issuer: str
    tenants: Collection[str]
    hosts: Collection[str]
    keys: Keys

    async def admit(self, request: web.Request) -> Activity:
        claims = await self._claims(request.headers.get("Authorization", ""))
        envelope, activity = await read(request)
        refused = self._refuse(envelope, claims)
        if refused:
            log.warning("teams.refused %s", refused)
            raise web.HTTPForbidden(text="Not for this bot.")
        return activity

    async def _claims(self, header: str) -> Mapping[str, Any]:
        scheme, _, token = header.partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise jwt.InvalidTokenError("no bearer token")
            return await self._verified(token)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            log.warning("teams.refused %s", type(error).__name__)
            raise web.HTTPUnauthorized(text="The token is not valid here.") from error

    async def _verified(self, token: str) -> Mapping[str, Any]:
        head = jwt.get_unverified_header(token)
        if head.get("alg") != "RS256":
            raise jwt.InvalidAlgorithmError(str(head.get("alg")))
        key = await self.keys.find(str(head.get("kid")))
        if key is None or CHANNEL not in key.endorsements:
            raise jwt.InvalidKeyError("unknown or not endorsed for Teams")
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key.public,
            algorithms=["RS256"],
            audience=self.app_id,
            issuer=self.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iss", "aud"]},
        )
        return claims

    def _refuse(self, envelope: Envelope, claims: Mapping[str, Any]) -> str:
        if envelope.channel != CHANNEL:
            return "channel"
        if claims.get("serviceurl") != envelope.service_url or not is_service(envelope.service_url, self.hosts):
            return "service url"
        if not envelope.tenants or not envelope.tenants <= set(self.tenants):
            return "tenant"
        return ""


class LocalGate:
    """Admits the local Teams client without a token, and nobody who is not on this machine.

    A page in a browser here is not the client: it cannot send JSON across origins unasked, and after DNS rebinding
    the Host header still names its own site. Behind a proxy everybody looks local, so its headers are refused too.
    """

    async def admit(self, request: web.Request) -> Activity:
        if not _is_local(request):
            raise web.HTTPForbidden(text="Only the Teams client on this machine may connect.")
        if request.content_type != "application/json":
            raise web.HTTPBadRequest(text="An activity is application/json.")
        envelope, activity = await read(request)
        if envelope.channel != CHANNEL or not is_service(envelope.service_url, LOOPBACK_HOSTS):
            raise web.HTTPForbidden(text="Only the Teams client on this machine may connect.")
        return activity


def _is_local(request: web.Request) -> bool:
    proxied = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP"))
    named = (request.host.rpartition(":")[0] or request.host).strip("[]")
    return is_loopback(request.remote or "") and is_loopback(named) and not proxied


def require_loopback(host: str) -> None:
    """Refuse to listen without authentication where others can connect. Raises ConfigurationError."""
    if not is_loopback(host):
        raise ConfigurationError(
            "TASKINGS_TEAMS__LOCAL_CLIENT turns authentication off, so TASKINGS_HTTP_HOST must be 127.0.0.1, "
            f"not {host}."
        )
