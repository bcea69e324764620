"""The seam to the chat platforms: what an adapter hands over once it has verified and parsed it, and what it shows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.messages import Command, Original
from bot.domain.organization_messages import OrganizationCommand
from bot.domain.package import FileRef
from cards.model import Button, Card
from cards.payload import Press


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account on one platform. `address` is their private conversation, when it is known."""

    platform: str
    id: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The message a click came from."""

    platform: str
    address: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Click:
    """One inbound command, whatever platform it came from.

    `key` is unique per delivery; `actor` is the person's email; `task` is a number, or empty when the command
    makes the task or is about none; `seen` is where it was clicked, None for a form or a command typed in chat.
    `back` names the card to answer with, where that is not the task's.
    """

    key: str
    platform: str
    actor: str
    task: str
    command: Command | OrganizationCommand
    seen: Shown | None = None
    back: str = ""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file somebody sent. `open` streams it and raises InvalidInput or Retryable."""

    name: str
    open: Callable[[], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote to the bot, mentions taken out. `room` is the channel, None in private.

    `thread` is the message that begins the thread it was written in.
    """

    key: str
    platform: str
    actor: str
    text: str
    room: str | None = None
    room_name: str = ""
    thread: Shown | None = None


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file for somebody who asked for it; its bytes come from `Desk.fetch`.

    It is of a response, named by its task and package, or of no task: then `package` is the name it was offered
    under, and its size is an estimate.
    """

    task: str
    package: str
    file: FileRef


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show for a click or a message.

    `card` is the fresh card that replaces the one clicked, or the answer to a message. `text` is a sentence in
    chat. `form` is a button whose form should open now, where the platform can; where it cannot, show it on a
    card. A `private` reply to something said in a room goes to the person alone, and `files` always do. `alone` is
    said to them too, beside what the room is told.
    """

    card: Card | None = None
    text: str = ""
    form: Button | None = None
    private: bool = False
    files: tuple[OutgoingFile, ...] = ()
    alone: Card | None = None


class Desk(Protocol):
    """What adapters call. Every method raises Rejected with a sentence for the actor alone."""

    async def identify(self, account: Account, email: Callable[[], Awaitable[str | None]]) -> str:
        """The person behind an account; `email` asks the platform and is called for unknown accounts only.

        Remembers the account as last used and its private address. Raises NotAllowed for a stranger.
        """
        ...

    async def click(self, click: Click) -> Reply: ...

    async def form(self, actor: str, press: Press) -> Button:
        """The pressed button as it is now, with the form to show."""
        ...

    async def forward(self, actor: str, original: Original) -> Button:
        """What opens when somebody sends a message to Taskings (6-1.2): a task manager logs it at once."""
        ...

    async def say(self, message: Message) -> Reply: ...

    async def task_at(self, shown: Shown | None) -> str:
        """The number of the task whose card a message is, empty for any other."""
        ...

    async def fetch(self, actor: str, task: str, package: str, sha256: str) -> tuple[FileRef, bytes]:
        """A file of a response, for somebody who may read that response now, or one that they asked for.

        Raises NotFound that names a file which is missing or not what it was.
        """
        ...

    async def store(self, file: IncomingFile) -> FileRef:
        """Check and store one file of a form."""
        ...

    async def receive(
        self, key: str, platform: str, actor: str, files: Sequence[IncomingFile], thread: Shown | None = None
    ) -> Reply:
        """Files sent to the bot in private: attach them to the assignment that waits for a response.

        In a card's thread that is the one of the card's task; with several, the reply asks which.
        """
        ...


class Chat(Protocol):
    """A chat platform. Raises only DeliveryError; retries nothing by itself."""

    async def post(self, address: str, card: Card, key: str) -> str:
        """Show the card as a new message and return its id; `key` is kept with it for `find`."""
        ...

    async def update(self, address: str, message_id: str, card: Card) -> None:
        """Change the message in place."""
        ...

    async def find(self, address: str, key: str) -> str | None:
        """The id of the message that was posted with `key`, where the platform can tell."""
        ...

    async def reach(self, email: str) -> Account | None:
        """The account of a person who has not written to the bot yet, where the platform can tell."""
        ...
