"""The state of one assignment: an action officer's share of a task, with the pieces that were passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.messages import Manner
from bot.domain.package import FileRef, Package
from bot.domain.positions import Post
from bot.domain.rounds import Clearance, Note


class Stage(StrEnum):
    """Where one assignment stands."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    DEFERRED = "deferred"
    IN_DIVISION_CLEARANCE = "in-division-clearance"
    SUBMITTED = "submitted"
    REASSIGNED = "reassigned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Part:
    """A delegated piece of an assignment; `parent` is the part it was passed on from, 0 for the officer's whole.

    It is `open` until it was handed back, recalled, or the officer answered without it.
    """

    id: int
    by: str
    to: str
    parent: int
    note: str
    at: datetime
    open: bool = True
    package: Package | None = None
    handed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A time by which a response was due, who set it, and why more was asked for."""

    at: datetime
    set_by: str
    set_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that was asked for and is not decided."""

    by: str
    at: datetime
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """One action officer's share. `files` wait for the response, `package` is the response once given.

    `draft` is a response that came back, for its officer to go on from. `dues` are all the times it was due by, the
    one that counts last. `manner` is how it was given and is to be answered, `otherwise` why it was answered in
    another. `voided` are clearances of the component that ended when its response was sent back.
    """

    id: int
    officer: str
    post: Post | None
    component: str
    lead: Post | None
    assigned_by: str
    assigned_at: datetime
    dues: tuple[Due, ...]
    manner: Manner = Manner.ITMS
    authority: str = ""
    stage: Stage = Stage.ASSIGNED
    changed_by: str = ""
    changed_at: datetime | None = None
    files: tuple[FileRef, ...] = ()
    package: Package | None = None
    draft: Package | None = None
    clearance: Clearance | None = None
    deferral: Note | None = None
    suggestion: str = ""
    declined: Note | None = None
    returned: Note | None = None
    passed_to: str = ""
    parts: tuple[Part, ...] = ()
    extension: Extension | None = None
    extension_declined: Note | None = None
    cancelled: Note | None = None
    otherwise: Note | None = None
    voided: tuple[Clearance, ...] = ()

    @property
    def active(self) -> bool:
        return self.stage not in {Stage.REASSIGNED, Stage.CANCELLED}

    @property
    def due_at(self) -> datetime:
        return self.dues[-1].at

    @property
    def drafters(self) -> frozenset[str]:
        """Everybody who wrote any of the response."""
        return frozenset((self.officer, *(p.to for p in self.parts if p.package))) if self.package else frozenset()

    def part(self, id: int) -> Part | None:
        return next((p for p in self.parts if p.id == id), None)

    def depth(self, id: int) -> int:
        """How many hands a part went through: 1 from the officer, 0 for the whole."""
        part = self.part(id)
        return 1 + self.depth(part.parent) if part else 0

    def delegator(self, part: Part) -> str:
        """Who waits for the part."""
        parent = self.part(part.parent)
        return parent.to if parent else self.officer
