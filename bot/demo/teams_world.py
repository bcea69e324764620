"""Microsoft Teams on this machine: what the demo and the tests talk to where no tenant may be used.

It keeps what every conversation shows, answers the Bot Connector's API as strictly as Teams does, sends people's
actions to the bot as Teams does (signed, when it has an issuer), and fails on request.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from uuid import uuid4

import aiohttp

from bot.demo.teams_issuer import Issuer

Json: TypeAlias = dict[str, Any]
Kind: TypeAlias = Literal["personal", "groupChat", "channel"]
Operation: TypeAlias = Literal["send", "update", "remove", "member", "create"]
ADAPTIVE = "application/vnd.microsoft.card.adaptive"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
FILE = "application/vnd.microsoft.teams.file.download.info"
MAX_MESSAGE = 100 * 1024  # bytes in UTF-16


class TeamsTrouble(Exception):
    """The bot did not answer as it must, or what somebody tried is not on their screen."""


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call fails. `done` lets it take effect first; `cut` closes the connection without an answer."""

    status: int = 200
    code: str = ""
    retry_after: str | None = None
    delay: float = 0.0
    done: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class TeamsPerson:
    """`id` is what this bot knows them by, `object_id` what the directory does."""

    id: str
    object_id: str
    name: str
    email: str


@dataclass(slots=True)
class Conversation:
    """`messages` by id, oldest first, as they look now. `bot` is whether the app is installed there."""

    id: str
    kind: Kind
    name: str = ""
    bot: bool = False
    messages: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class TeamsWorld:
    """`app_url` is the bot's messaging endpoint; `url` the connector, once `teams_server.serve` runs.

    `files` are what people attach, by name; `saved` what the bot put into somebody's OneDrive, by where it is there.
    """

    issuer: Issuer | None = None
    app_url: str = ""
    url: str = ""
    tenant: str = "5a1e0000-0000-4000-8000-00000000da7a"
    bot_id: str = "28:taskings"
    bot_name: str = "Taskings"
    people: dict[str, TeamsPerson] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    saved: dict[str, bytes] = field(default_factory=dict)
    calls: list[tuple[str, str, Json]] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)
    _faults: dict[Operation, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(int(time.time() * 1000)))
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def add_person(self, name: str, email: str) -> TeamsPerson:
        """A member of the tenant who has not installed the app."""
        number = len(self.people) + 1
        person = TeamsPerson(f"29:{email}", f"00000000-0000-4000-8000-{number:012}", name, email)
        self.people[person.id] = person
        self.conversations[personal(person)] = Conversation(personal(person), "personal")
        return person

    def add_room(self, name: str, kind: Kind = "channel", bot: bool = True) -> Conversation:
        """A channel or group chat with everybody in it, and the bot unless told otherwise."""
        room = Conversation(f"19:{name.lower().replace(' ', '-')}@thread.tacv2", kind, name, bot)
        self.conversations[room.id] = room
        return room

    def new_id(self) -> str:
        """Message ids are milliseconds in Teams: alike in any two conversations."""
        return str(next(self._ids))

    # What the bot's calls find

    def fail(self, operation: Operation, fault: Fault, times: int = 1) -> None:
        """Make the next calls of this kind fail."""
        self._faults[operation].extend([fault] * times)

    def take_fault(self, operation: Operation) -> Fault | None:
        waiting = self._faults[operation]
        return waiting.popleft() if waiting else None

    def find(self, address: str) -> Conversation | None:
        """The conversation of an id, a thread's channel included."""
        return self.conversations.get(address.partition(";")[0])

    async def show(self, conversation: Conversation, message_id: str, activity: Json) -> None:
        """Put a message there, in place of the one with the same id."""
        conversation.messages[message_id] = activity
        async with self._changed:
            self._changed.notify_all()

    async def hide(self, conversation: Conversation, message_id: str) -> None:
        """Take a message away."""
        del conversation.messages[message_id]
        async with self._changed:
            self._changed.notify_all()

    async def until(self, seen: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait until somebody's screen looks like this. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(seen)

    # What the bot is sent

    def activity(self, person: TeamsPerson, conversation: Conversation, thread: str = "", **parts: object) -> Json:
        """Something a person did there, as Teams tells it; `thread` is the id of a channel's root message."""
        channel = conversation.kind == "channel"
        place = f"{conversation.id};messageid={thread}" if channel and thread else conversation.id
        team = {"team": {"id": "19:team@thread.tacv2"}, "channel": {"id": conversation.id}} if channel else {}
        told: Json = {
            "id": f"f:{uuid4()}",
            "channelId": "msteams",
            "serviceUrl": self.url,
            "from": {"id": person.id, "name": person.name, "aadObjectId": person.object_id},
            "recipient": {"id": self.bot_id, "name": self.bot_name},
            "conversation": {"id": place, "conversationType": conversation.kind, "tenantId": self.tenant},
            "channelData": {"tenant": {"id": self.tenant}, **team},
            "entities": [{"type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Web"}],
        }
        if conversation.kind != "personal":
            told["conversation"] |= {"isGroup": True, "name": conversation.name}
        return told | parts

    async def deliver(self, activity: Json) -> Json:
        """Send an activity to the bot; the JSON it answered, empty when none. Raises TeamsTrouble."""
        self.sent.append(activity)
        headers = {"Authorization": f"Bearer {self.issuer.token(activity['serviceUrl'])}"} if self.issuer else {}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.app_url, json=activity, headers=headers) as response,
        ):
            raw = await response.read()
        if response.status >= 300:
            raise TeamsTrouble(f"The bot answered {response.status} to {activity['type']}.")
        return dict(json.loads(raw)) if raw else {}


def personal(person: TeamsPerson) -> str:
    """The id of somebody's own chat with the bot."""
    return f"a:{person.object_id}"
