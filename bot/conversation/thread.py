"""What somebody asked last in a thread, so that "show more" and "only FOIA" mean something there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.question import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it was meant, and the last page of its answer that was shown; pages count from 1.

    `whole` is what it was narrowed from, to go back to.
    """

    question: Question
    page: int = 1
    whole: Question | None = None
