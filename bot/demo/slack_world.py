"""A Slack workspace on this machine: what the demo and the tests talk to where no real one may be used.

It keeps what everybody sees, answers the Web API as strictly as Slack does, sends people's actions to the app as
Slack does (signed HTTP, or a Socket Mode connection while one is open), and fails on request.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

import aiohttp

from bot.demo.slack_rules import Json

Kind: TypeAlias = Literal["events_api", "interactive", "slash_commands"]
RESPONSE_URL_USES, RESPONSE_URL_SECONDS = 5, 1800
TRIGGER_SECONDS = 3
EVENT_ATTEMPTS = 4


class SlackTrouble(Exception):
    """The app did not answer as it must; a person sees a warning sign beside what they did."""


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call fails. `cut` closes the connection without an answer; `done` lets the call take effect all the same.

    A call that is only late takes effect.
    """

    status: int = 200
    retry_after: int | None = None
    delay: float = 0.0
    done: bool = False
    cut: bool = False
    error: str = ""

    @property
    def takes_effect(self) -> bool:
        return self.done or (self.status == 200 and not self.cut and not self.error)


@dataclass(slots=True)
class Channel:
    """`messages` are oldest first. In a direct conversation `members` are a person and the bot."""

    id: str
    name: str
    members: set[str]
    direct: bool = False
    archived: bool = False
    messages: list[Json] = field(default_factory=list)

    def message(self, ts: str) -> Json | None:
        return next((message for message in self.messages if message["ts"] == ts), None)


@dataclass(slots=True)
class Hook:
    """A response_url: whom it answers, where, and the message it may replace."""

    user: str
    channel: str
    thread: str | None
    message: Json | None
    until: float
    uses: int = RESPONSE_URL_USES


@dataclass(slots=True)
class Socket:
    """An open Socket Mode connection; `waiting` are envelopes that the app has not acknowledged."""

    send: Callable[[str], Any]
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request as it was sent to the app, to send it again."""

    kind: Kind
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class SlackWorld:
    """`app_url` is where the app listens; `url` where this workspace does, once `slack_server.serve` runs."""

    signing_secret: str
    bot_token: str = "xoxb-local"
    app_token: str = "xapp-local"
    app_url: str = ""
    url: str = ""
    team: str = "T0LOCAL"
    bot_user: str = "U0BOT"
    bot_id: str = "B0BOT"
    clock: Callable[[], float] = time.time
    patience: float = 3.0
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    ephemerals: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    views: dict[str, Json] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    files: dict[str, tuple[Json, bytes]] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    uploads: dict[str, tuple[str, int, bytes | None]] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    triggers: dict[str, tuple[str, float]] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    sent: list[Delivery] = field(default_factory=list)
    socket: Socket | None = None
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers) + 1:09d}"

    def new_ts(self) -> str:
        return f"{int(self.clock())}.{next(self._numbers) + 1:06d}"

    def add_user(self, email: str, name: str, **flags: Any) -> str:
        """A member of the workspace; `flags` overwrite fields of Slack's user object."""
        user = self.new_id("U")
        profile = {"email": email, "real_name": name, "display_name": name}
        standing = {"deleted": False, "is_bot": False, "is_restricted": False, "is_ultra_restricted": False}
        base: Json = {"id": user, "team_id": self.team, "name": name, "is_email_confirmed": True, "profile": profile}
        self.users[user] = {**base, **standing, **flags}
        return user

    def add_channel(self, name: str, *members: str, bot: bool = True) -> str:
        """A channel of these members, and of the bot unless it is left out."""
        channel = Channel(self.new_id("C"), name, set(members) | ({self.bot_user} if bot else set()))
        self.channels[channel.id] = channel
        return channel.id

    def direct(self, user: str) -> Channel:
        """The person's conversation with the bot."""
        for channel in self.channels.values():
            if channel.direct and user in channel.members:
                return channel
        channel = Channel(self.new_id("D"), "directmessage", {user, self.bot_user}, direct=True)
        self.channels[channel.id] = channel
        return channel

    def add_file(
        self, user: str, name: str, content: bytes, mimetype: str = "application/octet-stream", file: str = ""
    ) -> Json:
        """An uploaded file, as Slack describes it to the app; `file` is its id where one was given out."""
        file = file or self.new_id("F")
        url = f"{self.url}/files-pri/{self.team}-{file}"
        described: Json = {
            "id": file,
            "user": user,
            "name": name,
            "title": name,
            "mimetype": mimetype,
            "mode": "hosted",
        }
        addresses = {"url_private": f"{url}/{name}", "url_private_download": f"{url}/download/{name}"}
        described |= {"size": len(content), "is_external": False, **addresses}
        self.files[file] = (described, content)
        return described

    def add_trigger(self, user: str) -> str:
        trigger = f"{self.new_id('')}.{self.team}.{self.new_id('')}"
        self.triggers[trigger] = (user, self.clock() + TRIGGER_SECONDS)
        return trigger

    def add_hook(self, user: str, channel: str, thread: str | None = None, message: Json | None = None) -> str:
        """A response_url for what this person just did there."""
        name = self.new_id("R")
        self.hooks[name] = Hook(user, channel, thread, message, self.clock() + RESPONSE_URL_SECONDS)
        return f"{self.url}/hooks/{name}"

    def fail(self, method: str, *faults: Fault) -> None:
        """Make the next calls of a method fail, one fault a call; `response_url` and `files` are methods too."""
        self._faults[method].extend(faults)

    def next_fault(self, method: str) -> Fault:
        return self._faults[method].popleft() if self._faults[method] else Fault()

    def count(self, method: str) -> int:
        """How often the app called a method."""
        return sum(name == method for name, _ in self.calls)

    def sign(self, body: bytes, at: float | None = None) -> dict[str, str]:
        """The headers that prove a request is Slack's."""
        stamp = str(int(self.clock() if at is None else at))
        digest = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def deliver(self, kind: Kind, payload: Json) -> str:
        """Send an event or an action to the app and return the body of its answer.

        Raises SlackTrouble when the app refuses or takes longer than `patience`; an event is sent again first.
        """
        if self.socket is not None:
            return await self._deliver_by_socket(self.socket, kind, payload)
        delivery = self._delivery(kind, payload)
        self.sent.append(delivery)
        refusals = []
        for attempt in range(EVENT_ATTEMPTS if kind == "events_api" else 1):
            status, body = await self.resend(delivery, attempt)
            if status == 200:
                return body
            refusals.append(status)
        raise SlackTrouble(f"The app answered {refusals}; 0 stands for too late.")

    async def resend(self, delivery: Delivery, attempt: int = 0) -> tuple[int, str]:
        """Send the very same request; status 0 stands for no answer in time."""
        retry = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"} if attempt else {}
        timeout = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self.app_url, data=delivery.body, headers={**delivery.headers, **retry}) as answer,
            ):
                return answer.status, await answer.text()
        except TimeoutError:
            return 0, ""

    def _delivery(self, kind: Kind, payload: Json) -> Delivery:
        if kind == "events_api":
            body, content_type = json.dumps(payload).encode(), "application/json"
        else:
            fields = {"payload": json.dumps(payload)} if kind == "interactive" else payload
            body, content_type = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return Delivery(kind, {"Content-Type": content_type, **self.sign(body)}, body)

    async def _deliver_by_socket(self, socket: Socket, kind: Kind, payload: Json) -> str:
        envelope = self.new_id("E")
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        socket.waiting[envelope] = answer
        message = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
        await socket.send(json.dumps(message))
        try:
            reply = await asyncio.wait_for(answer, self.patience)
        except TimeoutError as error:
            raise SlackTrouble("The app did not acknowledge.") from error
        return json.dumps(reply) if reply else ""
