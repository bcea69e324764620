"""What is said of a task in its thread or with its number: a comment (5-4.5), or what sounds like a decision."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMMENT = re.compile(r"comment\s+(?:on\s+)?t-(\d{4,9})[:,]?\s+(.+)", re.IGNORECASE | re.DOTALL)
#: Words that decide nothing: whoever says them is shown the card that does (4-7).
DECISION = re.compile(
    r"(?:(?:i|we)\s+)?"
    r"(?:approved?|clear(?:ed)?|concur(?:red)?|agreed?|ok(?:ay)?|lgtm|looks? good(?: to me)?|go ahead|no objections?"
    r"|sign(?:ed)? off|reject(?:ed)?|return(?:ed)?|denied)"
    r"(?:\s+(?:it|this|that))?(?:[\s,]+t-(\d{4,9}))?[\s.!]*",
    re.IGNORECASE,
)
#: How a question begins or ends; the rest of what is said in a task's thread is a comment.
QUESTION = re.compile(
    r"(?:who|whose|what|whats|what's|where|when|which|how|is|are|has|have|do|show|list|status|state|more|mine|new|here|help)\b.*"
    r"|.*\?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """`text` is the comment, empty for words that sound like a decision."""

    number: str
    text: str = ""


def remark(text: str, thread: str) -> Remark | None:
    """The remark in what was said; `thread` is the number of the task whose thread it is, empty outside of one."""
    text = text.strip()
    if said := COMMENT.fullmatch(text):
        return Remark(f"T-{said[1]}", said[2])
    decision = DECISION.fullmatch(text)
    if decision and (decision[1] or thread):
        return Remark(f"T-{decision[1]}" if decision[1] else thread)
    if not thread or not text or QUESTION.fullmatch(text):
        return None
    return Remark(thread, text)
