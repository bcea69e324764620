"""One officer's assignment until it is answered: deferred, delegated in pieces, given more time, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.package import FileRef, Package

# Commands


@dataclass(frozen=True, slots=True)
class Acknowledge:
    assignment: int


@dataclass(frozen=True, slots=True)
class Defer:
    """Say that somebody else should have it (5-3.2); `suggestion` is an email or empty."""

    assignment: int
    reason: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Reassign:
    """Give a deferred assignment to somebody else (5-3.2); `authority` as for `RouteTask`."""

    assignment: int
    officer: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class DeclineDeferral:
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """Hand a piece on to somebody who knows (5-3.3, 5-5.2); `part` is the piece passed on, 0 for the whole."""

    assignment: int
    to: str
    note: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class HandBack:
    """Give the piece back to whoever delegated it, with what was found (5-5.3)."""

    assignment: int
    part: int
    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Recall:
    """Take a delegated piece back without waiting for it."""

    assignment: int
    part: int


@dataclass(frozen=True, slots=True)
class RequestExtension:
    """Ask for more time for the response (5-4)."""

    assignment: int
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class GrantExtension:
    """Give more time, as much as was asked for or less."""

    assignment: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DeclineExtension:
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class CancelAssignment:
    """End an assignment that is not needed any more."""

    assignment: int
    reason: str


AssignmentCommand: TypeAlias = (
    Acknowledge
    | Defer
    | Reassign
    | DeclineDeferral
    | Delegate
    | HandBack
    | Recall
    | RequestExtension
    | GrantExtension
    | DeclineExtension
    | CancelAssignment
)


# Events


@dataclass(frozen=True, slots=True)
class AssignmentAcknowledged:
    by: str
    at: datetime
    assignment: int


@dataclass(frozen=True, slots=True)
class AssignmentDeferred:
    by: str
    at: datetime
    assignment: int
    reason: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class AssignmentReassigned:
    """The assignment ended; a `TaskAssigned` for `officer` follows."""

    by: str
    at: datetime
    assignment: int
    officer: str


@dataclass(frozen=True, slots=True)
class DeferralDeclined:
    by: str
    at: datetime
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class PartDelegated:
    """`parent` is the part it was passed on from, 0 for the officer's whole."""

    by: str
    at: datetime
    assignment: int
    part: int
    to: str
    parent: int
    note: str


@dataclass(frozen=True, slots=True)
class PartHandedBack:
    by: str
    at: datetime
    assignment: int
    part: int
    package: Package


@dataclass(frozen=True, slots=True)
class PartRecalled:
    by: str
    at: datetime
    assignment: int
    part: int


@dataclass(frozen=True, slots=True)
class ExtensionRequested:
    by: str
    at: datetime
    assignment: int
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionGranted:
    by: str
    at: datetime
    assignment: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionDeclined:
    by: str
    at: datetime
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class AssignmentCancelled:
    by: str
    at: datetime
    assignment: int
    reason: str


AssignmentEvent: TypeAlias = (
    AssignmentAcknowledged
    | AssignmentDeferred
    | AssignmentReassigned
    | DeferralDeclined
    | PartDelegated
    | PartHandedBack
    | PartRecalled
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionDeclined
    | AssignmentCancelled
)
