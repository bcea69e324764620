"""Both levels of clearance: a component's by its lead before submission (5-4.4), the final one step by step (4-7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.messages.values import Basis, Plan
from bot.domain.positions import Post

# Commands


@dataclass(frozen=True, slots=True)
class ClearComponent:
    """The division lead clears one component's response before it is submitted (5-4.4)."""

    assignment: int
    package: str


@dataclass(frozen=True, slots=True)
class ReturnComponent:
    assignment: int
    package: str
    comment: str


@dataclass(frozen=True, slots=True)
class SendToClearance:
    """`official` names a post when Appendix A says "TBD"."""

    official: str = ""


@dataclass(frozen=True, slots=True)
class Clear:
    """Clear exactly this package at exactly this step and round (4-7)."""

    step: int
    round: int
    package: str


@dataclass(frozen=True, slots=True)
class Return:
    step: int
    round: int
    package: str
    comment: str


ClearanceCommand: TypeAlias = ClearComponent | ReturnComponent | SendToClearance | Clear | Return


# Events


@dataclass(frozen=True, slots=True)
class ComponentCleared:
    by: str
    at: datetime
    assignment: int
    post: Post
    package: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class ComponentReturned:
    by: str
    at: datetime
    assignment: int
    post: Post
    package: str
    comment: str


@dataclass(frozen=True, slots=True)
class SentToClearance:
    by: str
    at: datetime
    round: int
    package: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class StepCleared:
    """`own` records the exception: Appendix A names the drafter's own position and no other for the step."""

    by: str
    at: datetime
    step: int
    round: int
    post: Post
    package: str
    own: bool
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class StepReturned:
    by: str
    at: datetime
    step: int
    round: int
    post: Post
    package: str
    comment: str


ClearanceEvent: TypeAlias = ComponentCleared | ComponentReturned | SentToClearance | StepCleared | StepReturned
