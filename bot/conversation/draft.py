"""A question while it is put together: what its words have said so far, and what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.conversation.joining import Item
from bot.conversation.pieces import Join, Role
from bot.conversation.question import WHOM, Group, Moment, Question, Span, Term, Wants


@dataclass(slots=True)
class Draft:
    """A question while its pieces are read one after the other; `unknown` are words that nobody knows."""

    items: list[Item] = field(default_factory=list)
    question: Question = field(default_factory=Question)
    unknown: list[str] = field(default_factory=list)
    strange: bool = False
    #: Whether they are alternatives of one kind, all left out, or name what is asked how it stands.
    alike: bool = False
    refused: bool = False
    whether: bool = False
    noun: bool = False
    now: bool = False
    unclear: bool = False
    timeless: bool = False
    weak: bool = False
    workload: bool = False
    compared: Group | None = None
    pronoun: bool = False
    versus: bool = False
    more: bool = False
    linked: bool = False
    unclear_rate: bool = False
    conflict: tuple[Term, Term] | None = None
    role: Role | None = None
    without: bool = False
    join: Join | None = None
    moments: list[Moment] = field(default_factory=list)

    @property
    def shaped(self) -> bool:
        """Whether it asks for something that only tasks have: a rate, groups, an order."""
        q = self.question
        return bool(q.wants not in {Wants.TASKS, Wants.COUNT, Wants.WHEN, *WHOM} or q.group or q.order or self.moments)

    @property
    def says(self) -> bool:
        """Whether anything in it is about tasks."""
        return bool(self.items or self.noun or self.shaped)

    @property
    def terms(self) -> tuple[Term | Span, ...]:
        return tuple(item.term for item in self.items)
