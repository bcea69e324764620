"""What may come at any time before a response is transmitted, beside the work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

# Commands


@dataclass(frozen=True, slots=True)
class AddComment:
    """Annotate the task (5-4.5). It decides nothing, whatever it says."""

    text: str


@dataclass(frozen=True, slots=True)
class MuteReminders:
    """Be reminded of this task no more; what is late or stuck is told all the same."""


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct a field of the request as logged; `field` is one of `CORRECTABLE`, `value` its new value as text."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """End the task without a response, because the request was withdrawn or is no tasking."""

    reason: str


AnyTimeCommand: TypeAlias = AddComment | MuteReminders | Correct | Withdraw


# Events


@dataclass(frozen=True, slots=True)
class CommentAdded:
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class RemindersMuted:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldCorrected:
    """`before` and `after` as text."""

    by: str
    at: datetime
    field: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class TaskWithdrawn:
    by: str
    at: datetime
    reason: str


AnyTimeEvent: TypeAlias = CommentAdded | RemindersMuted | FieldCorrected | TaskWithdrawn
