"""Words that point into the question before, as what they point at: "the week after", "what does she have"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.calendar import Calendar, key
from bot.conversation.joining import PERSONAL
from bot.conversation.question import Question, Span, Term
from bot.conversation.words import Phrase, words_of

#: Words for somebody who was named.
SOMEBODY = frozenset({"he", "she", "him", "her", "his", "hers"})
_UNITS = ("day", "week", "month", "quarter", "year")
_SIDES = {"after": 1, "following": 1, "later": 1, "before": -1, "preceding": -1, "earlier": -1, "prior": -1}
#: What may stand behind: "the week after that".
_THAT = frozenset({"that", "this", "it"})


def pointed(words: Phrase, before: Question, cal: Calendar) -> Phrase:
    """The same with a time beside the one that was asked of, and with who was named."""
    return _named(_timed(_deputy(words, before), before, cal), before)


def _deputy(words: Phrase, before: Question) -> Phrase:
    """After the chief of staff, "the deputy" is the chief's own."""
    asked = any(isinstance(t, Term) and t.values == ("cos",) for f in before.any_of for t in f)
    return (*words[:-1], "dcos") if asked and words[-1:] == ("deputy",) else words


def nobody(words: Phrase, before: Question | None) -> Phrase:
    """Words for somebody where one person was not named."""
    return tuple(word for word in words if word in SOMEBODY) if before is None or not person_of(before) else ()


def _timed(words: Phrase, before: Question, cal: Calendar) -> Phrase:
    for start in range(len(words) - 1):
        pair = words[start : start + 2]
        unit, side = pair if pair[0] in _UNITS else (pair[1], pair[0])
        rest = words[start + 2 :]
        if unit in _UNITS and side in _SIDES and (not rest or rest[0] in _THAT):
            said = _beside(before, unit, _SIDES[side], cal)
            return (*words[:start], *said, *rest[1:]) if said else words
    return words


def _beside(before: Question, unit: str, step: int, cal: Calendar) -> Phrase:
    """The unit next to the span of the question before, as a word: "2026-w50"."""
    spans = [(t.start, t.end) for f in before.any_of for t in f if isinstance(t, Span) and not t.without]
    span = next(((start, end) for start, end in spans if end), None)
    if span is None or span[1] is None:
        return ()
    start, end = span
    if step < 0 and start is None:
        return ()
    ahead = Calendar(end, cal.zone).unit(unit, 0)
    if step < 0 and start is not None:
        ahead = Calendar(start, cal.zone).unit(unit, -1)
    return words_of(key(ahead, cal.zone))


def _named(words: Phrase, before: Question) -> Phrase:
    who = person_of(before)
    return tuple(part for word in words for part in (words_of(who) if who and word in SOMEBODY else (word,)))


def person_of(question: Question) -> str:
    """The one who was named, by email."""
    named = set(_people(question))
    return named.pop() if len(named) == 1 else ""


def _people(before: Question) -> Iterator[str]:
    terms = (t for f in before.any_of for t in f if isinstance(t, Term) and t.field in PERSONAL and not t.without)
    return (value for term in terms for value in term.values if "@" in value and "." in value.partition("@")[2])
