"""What officials say of a response: comments, clearances, and the rounds of final clearance, step by step (4-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Basis
from bot.domain.package import Package
from bot.domain.positions import Post


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
