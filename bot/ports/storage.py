"""The seam to the database: one transaction, and what is stored as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.conversation.findings import Findings
from bot.conversation.line import Line
from bot.conversation.question import Question
from bot.conversation.thread import Asked
from bot.domain.messages import Event, TaskImported
from bot.domain.organization import Organization
from bot.domain.organization_messages import OrganizationEvent
from bot.domain.package import FileRef
from bot.domain.task import Task
from bot.domain.visibility import Reach
from bot.ports.chat import Account, Shown
from bot.record.certificate import Disposed
from bot.record.chain import Entry, Stored
from bot.reporting.figures import Material
from cards.placement import Placement

T = TypeVar("T")


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

    def finds(self, question: Question, reach: Reach, at: datetime) -> bool:
        """Whether it finds anything, which is known sooner than how much."""
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

    def tasks(self, numbers: Sequence[str]) -> tuple[Task, ...]:
        """The tasks of these numbers to be read, in that order."""
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
