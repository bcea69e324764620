"""What officers answer, and the one response that the task manager makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.package import FileRef, Package

# Commands


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Put a file with the response that is being prepared."""

    assignment: int
    file: FileRef


@dataclass(frozen=True, slots=True)
class DetachFile:
    """Take a file back that waits for the response, named by its SHA-256."""

    assignment: int
    file: str


@dataclass(frozen=True, slots=True)
class Respond:
    """Answer with text and files; files attached before go with it (5-4.2)."""

    assignment: int
    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordResponse:
    """Enter an officer's response that came by email, and why it did not come as it was asked for (4-5, 6-3.5)."""

    assignment: int
    reason: str
    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class RespondNegative:
    """Say that there is no information to share (4-5)."""

    assignment: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ReturnResponse:
    """The task manager sends a submitted response back to its officer."""

    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class Consolidate:
    """Make the one response that is cleared and transmitted (5-2.2.c, 6-4); the officers' files go with it."""

    text: str


ResponseCommand: TypeAlias = (
    AttachFile | DetachFile | Respond | RecordResponse | RespondNegative | ReturnResponse | Consolidate
)


# Events


@dataclass(frozen=True, slots=True)
class FileAttached:
    """It takes the place of a file of the same name that waits already."""

    by: str
    at: datetime
    assignment: int
    file: FileRef


@dataclass(frozen=True, slots=True)
class FileDetached:
    by: str
    at: datetime
    assignment: int
    file: FileRef


@dataclass(frozen=True, slots=True)
class ResponseGiven:
    """`reason` says why it came in another manner than it was asked for, and `by` who recorded it then."""

    by: str
    at: datetime
    assignment: int
    package: Package
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ResponseSubmitted:
    """The response reached the Taskings Program (6-3.4)."""

    by: str
    at: datetime
    assignment: int
    package: str


@dataclass(frozen=True, slots=True)
class ResponseReturned:
    by: str
    at: datetime
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class ResponseConsolidated:
    by: str
    at: datetime
    package: Package


ResponseEvent: TypeAlias = (
    FileAttached | FileDetached | ResponseGiven | ResponseSubmitted | ResponseReturned | ResponseConsolidated
)
