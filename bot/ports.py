"""The seams: what the services need from storage, from chat platforms and from the file store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias, TypeVar

from bot.conversation.findings import Findings
from bot.conversation.line import Line
from bot.conversation.question import Question
from bot.conversation.thread import Asked
from bot.domain.messages import Command, Event, Original, TaskImported
from bot.domain.organization import Organization
from bot.domain.organization_messages import OrganizationCommand, OrganizationEvent
from bot.domain.package import FileRef
from bot.domain.task import Task
from bot.domain.visibility import Reach
from bot.record.anchors import Heads
from bot.record.certificate import Disposed
from bot.record.chain import Entry, Stored
from bot.reporting.figures import Material
from cards.model import Button, Card
from cards.payload import Press
from cards.placement import Placement

T = TypeVar("T")


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
class Surface:
    """One message somewhere that shows a card; no `message_id` yet means that it is still to be sent.

    `digest` is of the card last shown. `sending` is left from a create whose outcome is not known. `lease` is until
    when it is ours alone.
    """

    id: int
    placement: Placement
    platform: str | None
    address: str | None
    message_id: str | None
    digest: str | None
    sending: bool
    attempts: int
    lease: datetime | None = None


#: A surface with what it shows, which is no task where it is about people.
Behind: TypeAlias = tuple[Surface, Task | None, Organization]


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


class UnitOfWork(Protocol):
    """One transaction, inside `Store.write`: everything commits when the function returns, or nothing does.

    Synchronous on purpose: nothing but the database can be waited for while it is open.
    """

    def first_sight(self, key: str, at: datetime) -> bool:
        """Whether this delivery is new; remembers it."""
        ...

    def placement_at(self, shown: Shown) -> Placement | None:
        """What a message shows, when it is a card that is kept up to date."""
        ...

    def clicked(self, shown: Shown) -> None:
        """Show this one first when it is behind: somebody is looking at it."""
        ...

    def email_of(self, account: Account) -> str | None:
        """Whose account this is, when it is known."""
        ...

    def enrol(self, account: Account, email: str, at: datetime) -> None:
        """Remember whose account this is; an address that is not given stays as it was."""
        ...

    def waiting_for(self, email: str) -> tuple[Task, ...]:
        """The tasks that wait for this person by name, urgent first, then soonest due."""
        ...

    def mails(self) -> tuple[str, ...]:
        """The numbers of tasks whose response is being sent by email."""
        ...

    def copies(self) -> tuple[str, ...]:
        """The numbers of tasks whose record is being copied to the Taskings mailbox."""
        ...

    def closed(self) -> tuple[Task, ...]:
        """Every task that was closed here, in the order of their numbers."""
        ...

    def disposed(self, number: str) -> Disposed | None:
        """The certificate of a record that was disposed of."""
        ...

    def uses(self, sha256: str, beside: str = "") -> bool:
        """Whether any task names the file, or somebody sent it who has not chosen a task yet; not counting one task."""
        ...

    def dispose(self, certificate: Disposed) -> None:
        """Delete all that is stored of a task, and keep the certificate in its place."""
        ...

    def find(
        self,
        question: Question,
        reach: Reach,
        at: datetime,
        limit: int,
        offset: int = 0,
        above: Mapping[str, str] | None = None,
    ) -> Findings:
        """What a resolved question finds within reach; `above` is `bot.conversation.findings.above` of its group."""
        ...

    def lines(self, numbers: Sequence[str]) -> tuple[Line, ...]:
        """The tasks of these numbers as rows of columns, in that order."""
        ...

    def asked(self, person: str, place: str, since: datetime | None = None) -> Asked | None:
        """What this person asked last in a thread, None when that was never or before `since`."""
        ...

    def keep_asked(self, person: str, place: str, last: Asked, at: datetime) -> None:
        """Remember it for a month."""
        ...

    def material(self, since: datetime, start: datetime, end: datetime) -> Material:
        """What a report counts: all received before `end` that did not end before `since`.

        With the events of what was transmitted from `start` until before `end`.
        """
        ...

    def keep_upload(self, id: str, email: str, files: Sequence[FileRef], at: datetime) -> None:
        """Remember who sent files that are not attached yet; the same id again changes nothing."""
        ...

    def upload(self, id: str, email: str) -> tuple[FileRef, ...]:
        """What this person sent under that id, nothing for anybody else."""
        ...

    def made(self, key: str, number: str) -> None:
        """Remember which task a delivery made."""
        ...

    def made_by(self, key: str) -> str:
        """The number of the task that a delivery made, empty when it made none."""
        ...

    def next_number(self) -> str:
        """A task number never given before, like T-1042."""
        ...

    def organization(self, *, for_update: bool = False) -> Organization:
        """The organization, its version held until the end; a decision holds it shared."""
        ...

    def task(self, number: str, *, for_update: bool = True) -> Task:
        """The task, locked until the end. Raises NotFound."""
        ...

    def record(
        self,
        before: Task | None,
        after: Task,
        events: Sequence[Event],
        platform: str,
    ) -> None:
        """Store the new state and append its events. Raises Conflict when somebody else was first."""
        ...

    def held(self, numbers: Sequence[str]) -> dict[str, Task | None]:
        """Those of the numbers that can't be given to an imported task: with None, what has one is not there now."""
        ...

    def record_imported(self, made: Sequence[tuple[Task, TaskImported]], platform: str) -> None:
        """`record` for many new tasks of one event each, whose cards nobody is shown. Raises Conflict."""
        ...

    def record_organization(
        self,
        before: Organization,
        after: Organization,
        events: Sequence[OrganizationEvent],
        platform: str,
    ) -> None: ...

    def history(self, number: str) -> tuple[Event, ...]:
        """The task's events, oldest first."""
        ...


class Store(Protocol):
    """The database."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T: ...

    async def read(self, work: Callable[[UnitOfWork], T]) -> T: ...


class Archive(Protocol):
    """What is stored, as it is stored: to be looked at, never to be worked with."""

    async def streams(self) -> tuple[str, ...]:
        """Every stream there is anything of, and every number that was ever given to a task."""
        ...

    async def stored(self, stream: str) -> Stored | None:
        """All that is stored of a stream, seen at one moment; None when there is nothing."""
        ...

    async def disposed(self, stream: str) -> Disposed | None:
        """The certificate of a task that was disposed of."""
        ...

    async def heads(self) -> dict[str, tuple[int, str]]:
        """Every stream's version and the hash of its last event, which for a disposed record is its certificate."""
        ...

    def events(self, entries: Sequence[Entry]) -> tuple[Event, ...]:
        """A task's events from their texts. Raises InvalidInput that says which can't be read."""
        ...

    def organization_events(self, entries: Sequence[Entry]) -> tuple[OrganizationEvent, ...]: ...

    def task(self, state: str) -> Task:
        """A task from its text. Raises InvalidInput."""
        ...

    def organization(self, state: str) -> Organization: ...


class Anchors(Protocol):
    """Where the heads of chains are written down outside of the database."""

    def add(self, heads: Heads, at: datetime) -> int:
        """Write down those that changed since they were written last; how many did."""
        ...


class Files(Protocol):
    """The file store, addressed by SHA-256."""

    async def put(self, name: str, chunks: AsyncIterator[bytes]) -> FileRef:
        """Check size and type, store the whole file, then return its reference. Raises InvalidInput."""
        ...

    async def get(self, file: FileRef) -> bytes:
        """The file's bytes. Raises NotFound when it is missing or not what it was."""
        ...

    async def remove(self, sha256: str) -> None:
        """Delete a file for good; one that is not there is none."""
        ...


class Outbox(Protocol):
    """The surfaces seen as work: those behind their task or the organization are drawn again."""

    async def unplaced(self, limit: int) -> tuple[tuple[Task | None, Organization], ...]:
        """Tasks whose surfaces were last worked out for an older state or organization, or a time that has passed.

        None stands for the surfaces about people.
        """
        ...

    async def place(
        self, task: Task | None, organization: Organization, wanted: tuple[Placement, ...], again_at: datetime | None
    ) -> None:
        """Add the surfaces that are missing and remember what they were worked out for, and until when.

        Those that are there are looked at again.
        """
        ...

    async def drop(self, surface: Surface) -> None:
        """Forget one that was never shown and need not be any more."""
        ...

    async def claim(self, platform: str, limit: int) -> tuple[Behind, ...]:
        """Lease surfaces on the platform that are behind, the clicked ones first, with what they show."""
        ...

    async def claim_homeless(self, running: Sequence[str], limit: int) -> tuple[Surface, ...]:
        """Lease surfaces of people that have no place on a running platform yet."""
        ...

    async def located(self, surface: Surface, platform: str, address: str) -> None:
        """Say where it is to be shown."""
        ...

    async def everything(self) -> tuple[Behind, ...]:
        """Every surface with what it shows, oldest first: to look at, leased to nobody."""
        ...

    async def accounts(self, email: str) -> tuple[Account, ...]:
        """Where the person can be reached, last used first."""
        ...

    async def enrol(self, account: Account, email: str) -> None:
        """`UnitOfWork.enrol` in a transaction of its own."""
        ...

    async def sending(self, surface: Surface) -> None:
        """Mark that a create is about to go out."""
        ...

    async def shown(
        self, surface: Surface, message_id: str, digest: str, task: Task | None, organization: Organization
    ) -> None:
        """The message shows what these versions give."""
        ...

    async def later(self, surface: Surface, wait: timedelta, error: str) -> None:
        """Try again after that time, unless somebody said meanwhile that it can be tried now."""
        ...

    async def gone(self, surface: Surface, wait: timedelta, error: str) -> None:
        """The place no longer exists: forget the message and the address, and look for another after `wait`."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """An official response as it goes out by email: the cleared text and files, and the package's SHA-256."""

    to: str
    subject: str
    text: str
    files: tuple[tuple[FileRef, bytes], ...]
    message_id: str
    package: str


class Mail(Protocol):
    """The mail server. It is asked once and nothing is tried again by itself."""

    @property
    def domain(self) -> str:
        """That of the sender's address."""
        ...

    async def send(self, letter: Letter) -> str:
        """What the server said when it took the message. Raises NotSent or NotKnown."""
        ...


# The way in: what an adapter hands over once it has verified and parsed what a platform sent.


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
