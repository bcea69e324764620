"""Requests on their way in: sent on from a chat, logged, imported, and which component each is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.messages.values import Imported, Manner, Original, Priority, Request
from bot.domain.rubric import Origin, Scope

# Commands


@dataclass(frozen=True, slots=True)
class ForwardRequest:
    """Send a request that reached somebody in chat to the Taskings Program (6-1.2); see `Original`."""

    text: str
    author: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LogTask:
    """Log a request that the Taskings Program received (6-1.1). `about` is hq, field or a component's code.

    `author` and `link` are of the message in chat that a task manager logs at once.
    """

    task_type: str
    subject: str
    text: str
    requestor: str
    about: str
    due_at: datetime
    origin: Origin = Origin.EXTERNAL
    manner: Manner = Manner.EMAIL
    priority: Priority = Priority.ROUTINE
    ses: bool = False
    author: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Locate:
    """Say which unit or facility a request is about, as long as nobody is assigned; as `LogTask.about`."""

    about: str


IntakeCommand: TypeAlias = ForwardRequest | LogTask | Locate


# Events


@dataclass(frozen=True, slots=True)
class RequestForwarded:
    """A request was received from somebody whom it had reached (6-1.2); `log_by` is when not logging it is late."""

    by: str
    at: datetime
    number: str
    original: Original
    note: str
    log_by: datetime


@dataclass(frozen=True, slots=True)
class TaskLogged:
    by: str
    at: datetime
    number: str
    request: Request


@dataclass(frozen=True, slots=True)
class TaskImported:
    """A task of another system, or what that says of it now, as long as nobody adopted it here by routing it."""

    by: str
    at: datetime
    number: str
    request: Request
    imported: Imported


@dataclass(frozen=True, slots=True)
class RequestLocated:
    by: str
    at: datetime
    scope: Scope
    component: str


IntakeEvent: TypeAlias = RequestForwarded | TaskLogged | TaskImported | RequestLocated
