"""The state of a task: frozen data that `bot.domain.evolve` rebuilds from events."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.messages import Basis, Manner, Plan, Request
from bot.domain.package import FileRef, Package
from bot.domain.positions import Post
from bot.domain.rubric import Reply, Steps


class Status(StrEnum):
    """Where a task stands; the words are those of the task import and of status questions."""

    LOGGED = "logged"
    ASSIGNED = "assigned"
    IN_REVIEW = "in-review"
    IN_CLEARANCE = "in-clearance"
    CLEARED = "cleared"
    TRANSMITTED = "transmitted"
    CLOSED = "closed"


#: "Open" in a question means neither transmitted nor closed.
OPEN = frozenset(Status) - {Status.TRANSMITTED, Status.CLOSED}


class Stage(StrEnum):
    """Where one assignment stands."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    DEFERRED = "deferred"
    IN_DIVISION_CLEARANCE = "in-division-clearance"
    SUBMITTED = "submitted"
    REASSIGNED = "reassigned"


@dataclass(frozen=True, slots=True)
class Note:
    """Somebody's comment on what they did: a deferral's reason, a return."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who cleared which package as what, and when."""

    by: str
    at: datetime
    post: Post
    package: str
    own: bool = False
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One action officer's part. `files` wait for the response, `package` is the response once given.

    `draft` is a response that came back, for its officer to go on from.
    """

    id: int
    officer: str
    post: Post | None
    component: str
    lead: Post | None
    assigned_by: str
    assigned_at: datetime
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

    @property
    def active(self) -> bool:
        return self.stage is not Stage.REASSIGNED


@dataclass(frozen=True, slots=True)
class Step:
    """One step of final clearance: any one of `posts` clears it."""

    posts: tuple[Post, ...]
    clearance: Clearance | None = None
    returned: Note | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One pass of final clearance over one package; a return ends it."""

    number: int
    package: Package
    steps: tuple[Step, ...]
    sent_by: str
    sent_at: datetime

    @property
    def current(self) -> int | None:
        """The index of the step that waits; None when all are cleared or one was returned."""
        if any(step.returned for step in self.steps):
            return None
        return next((i for i, step in enumerate(self.steps) if step.clearance is None), None)

    @property
    def cleared(self) -> bool:
        return all(step.clearance for step in self.steps)


@dataclass(frozen=True, slots=True)
class Routing:
    """Who clears, as resolved when the task was routed; see `TaskRouted`."""

    rubric: str
    reply: Reply
    awareness: tuple[Post, ...]
    clearance: Steps
    plan: Plan
    official_open: bool
    authority: str


@dataclass(frozen=True, slots=True)
class Transmission:
    by: str
    at: datetime
    package: str
    manner: Manner
    to: str
    note: str


@dataclass(frozen=True, slots=True)
class Task:
    """`manager` is who logged it; `version` counts events; `changed_by` and `changed_at` tell of the last one."""

    number: str
    request: Request
    manager: str
    logged_at: datetime
    status: Status = Status.LOGGED
    routing: Routing | None = None
    assignments: tuple[Assignment, ...] = ()
    consolidated: Package | None = None
    consolidated_by: str = ""
    rounds: tuple[Round, ...] = ()
    transmission: Transmission | None = None
    seal: str = ""
    closed_at: datetime | None = None
    changed_by: str = ""
    changed_at: datetime | None = None
    version: int = 0

    @property
    def active(self) -> tuple[Assignment, ...]:
        return tuple(a for a in self.assignments if a.active)

    @property
    def round(self) -> Round | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def package(self) -> Package | None:
        """The response as it would go out: the consolidated one, or the only one there is."""
        if self.consolidated is not None:
            return self.consolidated
        return self.active[0].package if len(self.active) == 1 else None

    @property
    def informational(self) -> bool:
        return self.routing is not None and self.routing.reply is Reply.INFORMATIONAL

    def assignment(self, id: int) -> Assignment | None:
        return next((a for a in self.assignments if a.id == id), None)

    def drafters(self) -> frozenset[str]:
        """Everybody who wrote any of what is being cleared."""
        writers = {a.officer for a in self.active if a.package}
        return frozenset(writers | ({self.consolidated_by} - {""}))


def seal_of(task: Task) -> str:
    """SHA-256, in hex, of the task's state in canonical JSON."""
    canonical = json.dumps(asdict(task), default=str, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
