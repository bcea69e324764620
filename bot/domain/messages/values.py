"""What commands and events are made of: the request, how it came, what a clearance and a retention rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.positions import Post
from bot.domain.rubric import Origin, Scope

#: Final clearance as resolved: steps in order, any one of the posts of each.
Plan: TypeAlias = tuple[tuple[Post, ...], ...]


class Manner(StrEnum):
    """How a request came and is answered (4-5, 6-4)."""

    ITMS = "itms"
    EMAIL = "email"


class Priority(StrEnum):
    ROUTINE = "routine"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Original:
    """A message in chat that somebody sends to Taskings: its words, its author as shown there, and its address."""

    text: str
    author: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a request came from that reached somebody in chat: who sent it on, with what note, and the original."""

    by: str
    at: datetime
    original: Original
    note: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of IHSC. `component` is the unit or facility it is about, empty while not yet known.

    Until a request that was sent on is logged, `task_type` and `subject` are empty, and `due_at` is when to log it by.
    """

    task_type: str
    subject: str
    text: str
    requestor: str
    scope: Scope
    component: str
    origin: Origin
    manner: Manner
    priority: Priority
    ses: bool
    received_at: datetime
    due_at: datetime
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """How a task from another system stood there: its status in the words of the import, who answered it, and whose
    turn it was, as emails and posts in text.
    """

    status: str
    components: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    waiting_on: tuple[str, ...] = ()
    transmitted_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a clearance rests on when it is not the holder's own (4-7): an appointment to act, or a delegation.

    `giver` named the acting official or gave the delegation; `since` is when.
    """

    acting: bool
    id: int
    giver: str
    since: date


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a closed record is kept (section 10): under which schedule, and the first day it may be disposed of.

    Without an approved schedule nothing is said here, and the record is kept.
    """

    authority: str = ""
    years: int = 0
    until: date | None = None
