"""Words -> question. Deterministic: the longest known phrase wins, and a word nobody knows is never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

from bot.conversation.question import Question, both
from bot.conversation.vocabulary import Kind, Meaning, Phrase, Vocabulary, vocabulary, words_of
from bot.domain.context import Context

NUMBER = re.compile(r"#?(?:t-?)?(\d{4,9})")
#: How an answer introduces the kinds that stand behind "tasks".
LINKS = {Kind.COMPONENT: "of", Kind.PERSON: "of", Kind.WAITING: "waiting for"}


@dataclass(frozen=True, slots=True)
class Understanding:
    """`meanings` in the order said; `unknown` are the words that nothing here stands for."""

    meanings: tuple[Meaning, ...]
    unknown: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        """A number says which task is meant, and what else is said of it is told with its state."""
        asked = reduce(both, (meaning.question for meaning in self.meanings), Question())
        return Question(numbers=asked.numbers, who=asked.who) if asked.numbers else asked

    @property
    def asks(self) -> bool:
        """Whether it is about tasks at all: some, or "all tasks"."""
        return self.question.restricts or any(meaning.kind is Kind.TASKS for meaning in self.meanings)

    @property
    def words(self) -> str:
        """The question as understood: "open FOIA tasks of HOU". Asked again it is understood as the same."""
        if numbers := self._said(Kind.NUMBER):
            return numbers
        before = filter(None, (self._said(kind) for kind in (Kind.STATUS, Kind.LATE, Kind.TYPE)))
        after = (f"{link} {said}" for kind, link in LINKS.items() if (said := self._said(kind)))
        return " ".join((*before, "tasks", *after))

    def _said(self, kind: Kind) -> str:
        return " or ".join(dict.fromkeys(meaning.words for meaning in self.meanings if meaning.kind is kind))


def understand(text: str, ctx: Context) -> Understanding:
    """What the actor of the context asks."""
    known = vocabulary(ctx)
    read = [(phrase, known.get(phrase) or _number(phrase)) for phrase in _phrases(words_of(text), known)]
    unknown = (" ".join(phrase[0] for phrase, _ in run) for nothing, run in groupby(read, _means_nothing) if nothing)
    return Understanding(tuple(meaning for _, meaning in read if meaning), tuple(unknown))


def _means_nothing(read: tuple[Phrase, Meaning | None]) -> bool:
    return read[1] is None


def _phrases(words: Phrase, known: Vocabulary) -> Iterator[Phrase]:
    """The text cut into the longest phrases that are known, and single words where none is."""
    longest, start = max(map(len, known)), 0
    while start < len(words):
        ends = range(min(start + longest, len(words)), start, -1)
        end = next((end for end in ends if words[start:end] in known), start + 1)
        yield words[start:end]
        start = end


def _number(phrase: Phrase) -> Meaning | None:
    found = NUMBER.fullmatch(" ".join(phrase))
    number = f"T-{found[1]}" if found else ""
    return Meaning(Kind.NUMBER, number, Question(numbers=(number,))) if found else None
