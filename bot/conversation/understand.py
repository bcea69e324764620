"""Words -> question. Deterministic: the longest known phrase wins, and a word nobody knows is never dropped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from bot.conversation.choices import ASKING, choices
from bot.conversation.question import Question, both
from bot.conversation.reading import YEAR, about_reports, negated, read, unknown_of
from bot.conversation.vocabulary import Kind, Meaning, vocabulary
from bot.domain.context import Context

#: How an answer introduces the kinds that stand behind "tasks".
LINKS = {Kind.COMPONENT: "of", Kind.PERSON: "of", Kind.ASSIGNED: "assigned to", Kind.WAITING: "waiting for"}
BEFORE = (Kind.LATE, Kind.PRIORITY, Kind.SCOPE, Kind.TYPE)
#: Where tasks stand is said behind "tasks" when it begins like this: "tasks in review".
PLACED = ("in ", "coordinated ")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question, as what its phrases mean."""

    meanings: tuple[Meaning, ...]

    @property
    def question(self) -> Question:
        return reduce(both, (meaning.question for meaning in self.meanings), Question())

    @property
    def words(self) -> str:
        """The tasks it is about: "open FOIA tasks of HOU". Asked again it is understood as the same."""
        if numbers := self._said(Kind.NUMBER):
            return numbers
        status = self._said(Kind.STATUS)
        placed = any(meaning.words.startswith(PLACED) for meaning in self.meanings if meaning.kind is Kind.STATUS)
        before = filter(None, ("" if placed else status, *map(self._said, BEFORE)))
        after = (f"{link} {said}" for kind, link in LINKS.items() if (said := self._said(kind)))
        return " ".join((*before, "tasks", *((status,) if placed else ()), *after))

    @property
    def again(self) -> str:
        """The whole question in words, as a button asks it: "who cleared T-1042"."""
        asking = dict.fromkeys(meaning.words for meaning in self.meanings if meaning.kind in ASKING)
        return " ".join((*filter(None, (" and ".join(asking),)), self.words))

    def _said(self, kind: Kind) -> str:
        return " or ".join(dict.fromkeys(meaning.words for meaning in self.meanings if meaning.kind is kind))


@dataclass(frozen=True, slots=True)
class Understanding:
    """`readings` are what may be meant, one when it is clear; `unknown` are the words that nothing here stands for.

    `negated` are words that leave something out, which no reading does.
    """

    readings: tuple[Reading, ...]
    unknown: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        """Empty when several may be meant."""
        return self.readings[0].question if len(self.readings) == 1 else Question()

    @property
    def words(self) -> str:
        return self.readings[0].words

    @property
    def again(self) -> tuple[str, ...]:
        """Every reading in words."""
        return tuple(dict.fromkeys(reading.again for reading in self.readings))

    @property
    def asks(self) -> bool:
        """Whether it is about tasks at all: some, or "all tasks"."""
        meanings = (meaning for reading in self.readings for meaning in reading.meanings)
        return any(meaning.question.restricts or meaning.kind is Kind.TASKS for meaning in meanings)

    @property
    def years(self) -> tuple[str, ...]:
        """Unknown words that may be a year or a task's number."""
        return tuple(word for word in self.unknown if YEAR.fullmatch(word))


def understand(text: str, ctx: Context) -> Understanding:
    """What the actor of the context asks."""
    known = vocabulary(ctx)
    said = read(text, known)
    lists = (choices(one.meaning for one in way if one.meaning) for way in about_reports(said, known))
    readings = tuple(dict.fromkeys(Reading(found) for found_ in lists for found in found_))
    return Understanding(readings, unknown_of(said), negated(said))
