"""The state of a task: frozen data that `bot.domain.evolve` rebuilds from events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.assignment import Assignment
from bot.domain.messages import Imported, Manner, Plan, Request, Retention
from bot.domain.package import Package
from bot.domain.positions import ALIASES, Post
from bot.domain.rounds import Note, Round
from bot.domain.rubric import Reply, Steps


class Status(StrEnum):
    """Where a task stands; the words are those of the task import and of status questions."""

    RECEIVED = "received"
    LOGGED = "logged"
    ASSIGNED = "assigned"
    IN_REVIEW = "in-review"
    IN_CLEARANCE = "in-clearance"
    CLEARED = "cleared"
    TRANSMITTED = "transmitted"
    CLOSED = "closed"
    BY_EMAIL = "by-email"
    WITHDRAWN = "withdrawn"


#: Who is meant where Appendix A says Unit Chief and a discipline or a program answers.
CHIEF_AS = {"discipline-chief": "unit-chief", "program-lead": "unit-chief"}
#: "Open" in a question means neither transmitted, closed nor withdrawn.
OPEN = frozenset(Status) - {Status.TRANSMITTED, Status.CLOSED, Status.WITHDRAWN}


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
    officers: Steps


class Sending(StrEnum):
    """How far the sending of an email is; UNCONFIRMED is when nobody can tell whether it went out."""

    WAITING = "waiting"
    TRIED = "tried"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Mailing:
    """An email of the response that is under way or did not go, by whom it is sent and to which address.

    `tried_at` is when the one attempt began, `reason` why it failed or is not confirmed. A copy of the record is one
    too: `package` is its seal then, and it stays when it was sent, with the server's answer for a `reason`.
    """

    by: str
    at: datetime
    package: str
    to: str
    message_id: str
    state: Sending = Sending.WAITING
    tried_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Transmission:
    """`at` is when it was recorded, `sent_at` when it went. One that went by itself has `message_id` and `answer`,
    which is the mail server's.
    """

    by: str
    at: datetime
    package: str
    manner: Manner
    to: str
    note: str
    reason: str = ""
    sent_at: datetime | None = None
    message_id: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Attested:
    """What was answered by email, as a task manager attests it afterwards (6-1.3)."""

    by: str
    at: datetime
    package: Package
    cleared_by: str
    cleared_at: datetime
    evidence: str
    late: bool


@dataclass(frozen=True, slots=True)
class EmailLane:
    """A task coordinated by email; `log_by` is when its log is late, known once it is completed."""

    opened_by: str
    opened_at: datetime
    completed_at: datetime | None = None
    log_by: datetime | None = None
    attested: Attested | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a field of the request said before, as text, and why it was corrected."""

    field: str
    before: str
    why: Note


@dataclass(frozen=True, slots=True)
class Supplement:
    """What was added to a sealed record, and its own seal."""

    by: str
    at: datetime
    package: Package
    seal: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold: who wants the record kept, since when and why, and how it ended."""

    id: int
    by: str
    at: datetime
    reason: str
    released: Note | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """`manager` is who logged it; `version` counts events; `changed_by` and `changed_at` tell of the last one.

    Of a request that was sent on and is not logged, `manager` is who turned it away, and `logged_at` when it came; an
    imported task has no manager until somebody adopts it.
    """

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
    mailing: Mailing | None = None
    email: EmailLane | None = None
    seal: str = ""
    closed_by: str = ""
    closed_at: datetime | None = None
    retention: Retention | None = None
    comments: tuple[Note, ...] = ()
    corrections: tuple[Correction, ...] = ()
    muted: tuple[str, ...] = ()
    withdrawn: Note | None = None
    reopened: Note | None = None
    imported: Imported | None = None
    holds: tuple[Hold, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    copies: tuple[Mailing, ...] = ()
    changed_by: str = ""
    changed_at: datetime | None = None
    version: int = 0

    @property
    def logged(self) -> bool:
        """Whether a task manager logged it; before, it is a message that somebody sent on."""
        return bool(self.request.task_type)

    @property
    def as_imported(self) -> Imported | None:
        """What another system said of a task that nobody has adopted here by routing it, so that it is read only."""
        return self.imported if self.routing is None else None

    @property
    def active(self) -> tuple[Assignment, ...]:
        return tuple(a for a in self.assignments if a.active)

    @property
    def round(self) -> Round | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def waiting_posts(self) -> tuple[Post, ...]:
        """Any one of these clears the step of final clearance that waits now."""
        current = self.round
        return current.steps[current.current].posts if current and current.current is not None else ()

    @property
    def package(self) -> Package | None:
        """The response as it would go out: the consolidated one, or the only one there is."""
        if self.consolidated is not None:
            return self.consolidated
        return self.active[0].package if len(self.active) == 1 else None

    @property
    def informational(self) -> bool:
        return self.routing is not None and self.routing.reply is Reply.INFORMATIONAL

    @property
    def held(self) -> tuple[Hold, ...]:
        """The legal holds in force."""
        return tuple(hold for hold in self.holds if hold.released is None)

    def assignment(self, id: int) -> Assignment | None:
        return next((a for a in self.assignments if a.id == id), None)

    def drafters(self) -> frozenset[str]:
        """Everybody who wrote any of what is being cleared."""
        return frozenset().union(*(a.drafters for a in self.active), {self.consolidated_by} - {""})

    def own_position(self, email: str) -> bool:
        """Appendix A gives the waiting step to the drafter's own position and to nobody else (5-3.5.c)."""
        posts = self.waiting_posts
        answers = {_position(key) for keys in (self.routing.officers if self.routing else ()) for key in keys}
        # An official whom guidance named instead is stored as a post and so is none of these.
        clears = {_position(keys[0]) for keys in (self.routing.clearance if self.routing else ()) if len(keys) == 1}
        return (
            len(posts) == 1
            and bool(answers & clears & {posts[0], Post(CHIEF_AS.get(posts[0].key, posts[0].key))})
            and any(a.officer == email and a.post == posts[0] for a in self.active)
        )


def _position(key: str) -> Post:
    """A position key of Appendix A as the post it names, in no component where it names a position anywhere."""
    return Post(*ALIASES[key]) if key in ALIASES else Post(key)
