"""The closed record: sealed, opened again, added to, copied to the Taskings mailbox (6-5), held (section 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.messages.values import Retention
from bot.domain.package import FileRef, Package

# Commands


@dataclass(frozen=True, slots=True)
class Close:
    """Seal the record (6-5)."""


@dataclass(frozen=True, slots=True)
class Reopen:
    reason: str


@dataclass(frozen=True, slots=True)
class SupplementRecord:
    """Add text and files to a sealed record (6-5); what was sealed stays as it is."""

    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class SendCopy:
    """Send the copy of a record to the Taskings mailbox again, after the one with this Message-ID did not arrive."""

    message: str


@dataclass(frozen=True, slots=True)
class HoldRecord:
    """Keep a closed record whatever its schedule says, for litigation, an audit or the like (section 10)."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """End one legal hold of a record, named by its number within the task."""

    hold: int
    reason: str


RecordCommand: TypeAlias = Close | Reopen | SupplementRecord | SendCopy | HoldRecord | ReleaseHold


# Events


@dataclass(frozen=True, slots=True)
class TaskClosed:
    """`seal` is the SHA-256 of the task's canonical state as it was closed.

    `retention` is None in a history in which that was not worked out.
    """

    by: str
    at: datetime
    seal: str
    retention: Retention | None = None


@dataclass(frozen=True, slots=True)
class TaskReopened:
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class RecordSupplemented:
    """`seal` is the SHA-256 of what was added, with the seal of the record and that of the supplement before it."""

    by: str
    at: datetime
    package: Package
    seal: str


@dataclass(frozen=True, slots=True)
class CopyBegun:
    """A copy of the record goes to the Taskings mailbox (6-5); `seal` is of what was closed or added."""

    by: str
    at: datetime
    seal: str
    to: str
    message_id: str


@dataclass(frozen=True, slots=True)
class CopyTried:
    """The one attempt is made from here on, as of `TransmissionTried`."""

    by: str
    at: datetime
    message_id: str


@dataclass(frozen=True, slots=True)
class CopySent:
    """The mail server took it; `said` is what it answered."""

    by: str
    at: datetime
    message_id: str
    said: str


@dataclass(frozen=True, slots=True)
class CopyFailed:
    """It certainly did not go out, for the reason `said`."""

    by: str
    at: datetime
    message_id: str
    said: str


@dataclass(frozen=True, slots=True)
class CopyUnconfirmed:
    """Whether it went out is not known."""

    by: str
    at: datetime
    message_id: str
    said: str


@dataclass(frozen=True, slots=True)
class RecordHeld:
    """The record may not be disposed of until this hold, and every other, is released."""

    by: str
    at: datetime
    hold: int
    reason: str


@dataclass(frozen=True, slots=True)
class HoldReleased:
    by: str
    at: datetime
    hold: int
    reason: str


RecordEvent: TypeAlias = (
    TaskClosed
    | TaskReopened
    | RecordSupplemented
    | CopyBegun
    | CopyTried
    | CopySent
    | CopyFailed
    | CopyUnconfirmed
    | RecordHeld
    | HoldReleased
)
