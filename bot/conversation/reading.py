"""The words of a question cut into phrases, each with what it says; a word that nobody knows stays one."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.conversation.calendar import Calendar, Range
from bot.conversation.lexicon import GROUPING, grouped
from bot.conversation.pieces import At, First, Meaning, Quiet, Some, Unknown, Value, Vocabulary, When
from bot.conversation.points import WORDS
from bot.conversation.question import Field, Moment, Order
from bot.conversation.spans import spans
from bot.conversation.words import Phrase

NUMBER = re.compile(r"#?(?:t-?)?([0-9]{4,9})")
YEAR = re.compile(r"19[0-9]{2}|20[0-9]{2}|2100")
#: After these a year is a task's number.
NAMES_A_NUMBER = frozenset({"task", "tasking", "number", "no", "request", "tasker", "item", "ticket"})
#: With these a number says how many of something each task must have, which nobody can ask for.
_AT_LEAST = frozenset({("or", "more"), ("or", "fewer"), ("or", "less"), ("or", "several")})
_MORE_THAN = frozenset({("more", "than"), ("fewer", "than"), ("less", "than"), ("at", "least"), ("at", "most")})
#: Letters that a word must have to be mended, for each letter that may be wrong.
LETTERS = 4
MOST = 3


@dataclass(frozen=True, slots=True)
class Said:
    """One phrase and what it may say, one way when that is clear."""

    words: Phrase
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases that are known, their single words, and those of them that a misspelt word may be mended to."""

    known: MutableMapping[Phrase, tuple[Meaning, ...]]
    words: frozenset[str]
    mended: tuple[str, ...]
    longest: int

    def beside(self, own: Vocabulary) -> Lexicon:
        """With the few phrases of whoever asks, which win; the many are not copied."""
        added = lexicon(own)
        mended = {word for word in added.mended if not _only_quiet(self.known.get((word,)))}
        return Lexicon(
            ChainMap(own, self.known),
            self.words | added.words,
            tuple(sorted(mended.union(self.mended))),
            max(self.longest, added.longest),
        )


@dataclass(frozen=True, slots=True)
class Reader:
    lexicon: Lexicon
    calendar: Calendar

    def read(self, words: Phrase) -> tuple[Said, ...]:
        """The longest known phrases in the order said, and single words where nothing is known."""
        written = tuple(part for word in words for part in self._parts(word))
        said, start, words = list[Said](), 0, self._mended(written)
        while start < len(words):
            end, found = self._next(words, start, said)
            said.append(self._as_written(found, written[start]))
            start = end
        return tuple(said)

    def _as_written(self, found: Said, word: str) -> Said:
        """A word that was mended to what alone says nothing is somebody's own: "dril" is no "drill"."""
        strange = isinstance(found.meanings[0][0], Unknown) and len(found.words) == 1 and found.words != (word,)
        return Said((word,), ((Unknown(word, self._like(word)),),)) if strange else found

    def _next(self, words: Phrase, start: int, said: list[Said]) -> tuple[int, Said]:
        if numbered := self._number(words, start, said):
            return start + 1, numbered
        if following := self._following(words, start):
            return following
        until, whens = spans(words, start, self.calendar)
        if not whens and _each_has(words[start : start + 3]):
            return start + 3, Said(words[start : start + 3], ((Unknown(" ".join(words[start : start + 3])),),))
        for end in range(min(start + self.lexicon.longest, len(words)), start, -1):
            if end - start > 1 and self._begins_another(words, start, end - 1):
                continue
            if end > until and (meanings := grouped(words[start:end]) or self.lexicon.known.get(words[start:end])):
                return end, Said(words[start:end], meanings)
        if whens:
            return until, Said(words[start:until], tuple((when,) for when in whens))
        if words[start].isdecimal() and len(words[start]) < 4:
            return start + 1, Said(words[start : start + 1], ((Some(int(words[start])),),))
        return start + 1, Said(words[start : start + 1], ((Unknown(words[start], self._like(words[start])),),))

    def _begins_another(self, words: Phrase, start: int, last: int) -> bool:
        """Whether the last word of a phrase leads something else: in "received from 1 Nov" nobody sent anything."""
        if words[last] == "by" and any(grouped(words[last:end]) for end in range(last + 2, len(words) + 1)):
            return True
        if words[last] == "not" and any(words[last:end] in self.lexicon.known for end in range(last + 2, last + 5)):
            return True
        says = self.lexicon.known.get(words[start:last], ())
        placing = words[last] in _PLACING and any(not isinstance(piece, Quiet) for way in says for piece in way)
        return (words[last] in _LEADING or placing) and bool(spans(words, last, self.calendar)[1])

    def _number(self, words: Phrase, start: int, said: list[Said]) -> Said | None:
        """A task's number, unless it may well be a year."""
        found = NUMBER.fullmatch(words[start])
        after = words[start + 1 : start + 2]
        if found and words[start].isdecimal() and after and self._counts(after[0]):
            return None
        if found is None or (YEAR.fullmatch(words[start]) and not _names_a_number(words, start, said)):
            return None
        return Said(words[start : start + 1], ((Value(Field.NUMBER, (f"T-{found[1]}",)),),))

    def _counts(self, after: str) -> bool:
        """Whether a number stands before something that is counted, which no task's number does: "5000 dollars"."""
        return after.isalpha() and after not in self.lexicon.words and after not in WORDS

    def _following(self, words: Phrase, start: int) -> tuple[int, Said] | None:
        """ "Next five": the first that are due and not past it; "last five", "top 10", "first 3"."""
        if words[start] not in {"next", "last", "top", "first", "latest"} or spans(words, start, self.calendar)[1]:
            return None
        later = Range(self.calendar.now, None)
        ahead = (At(Moment.DUE), When(later, later))
        if not words[start + 1 : start + 2] or not words[start + 1].isdecimal():
            found: Meaning = (First(Order.DUE), *ahead)
            return (start + 1, Said(words[start : start + 1], (found,))) if words[start] == "next" else None
        count, end = Some(int(words[start + 1])), start + 2
        meaning: dict[str, Meaning] = {
            "next": (First(Order.DUE), count, *ahead),
            "last": (First(Order.NEWEST, open=False), count),
            "latest": (First(Order.NEWEST, open=False), count),
        }
        return end, Said(words[start:end], (meaning.get(words[start], (count,)),))

    def _parts(self, word: str) -> Phrase:
        """ "Non-FOIA" as "non" and "FOIA", "HOU/ICU" as "HOU or ICU", where the whole is no word."""
        for mark, between in (("-", ()), ("/", ("or",))):
            parts = tuple(part for part in word.split(mark) if part)
            known = all(part in self.lexicon.words or part in WORDS for part in parts)
            if len(parts) > 1 and known and word not in self.lexicon.words and (mark == "-" or parts[0].isalpha()):
                return tuple(each for part in parts for each in (*between, part))[len(between) :]
        return (word,)

    # Spelling

    def _mended(self, words: Phrase) -> Phrase:
        """Words with the one known word that they are clearly meant to be in their place."""
        named = {i for i, word in enumerate(words) if _NAMED.intersection(words[max(0, i - 2) : i])}
        return tuple(word if i in named else self._meant(word) for i, word in enumerate(words))

    def _meant(self, word: str) -> str:
        if not self._strange(word):
            return word
        near = [(OSA.distance(word, known), known) for known in self._near(word)]
        least = min((distance for distance, _ in near), default=0)
        nearest = [known for distance, known in near if distance == least and slip(word, known)]
        fingers = [known for known in nearest if _finger(word, known)] or nearest
        return fingers[0] if len(fingers) == 1 else word

    def _like(self, word: str) -> tuple[str, ...]:
        return tuple(self._near(word))[:MOST] if self._strange(word) else ()

    def _strange(self, word: str) -> bool:
        return word.isalpha() and len(word) >= LETTERS and word not in self.lexicon.words and word not in WORDS

    def _near(self, word: str) -> Iterator[str]:
        """Known words within a letter or, in long words, two; a transposition is one."""
        most = 1 if len(word) <= 2 * LETTERS else 2
        found = process.extract(word, self.lexicon.mended, scorer=OSA.distance, score_cutoff=most, limit=2 * MOST)
        return (known for known, _, _ in found)


def _each_has(words: Phrase) -> bool:
    """Whether a number says how many of something each task must have: "two or more", "more than one"."""
    if words[:1] in {("over",), ("above",), ("exceeding",)} and words[-1:] and _counted(words[-1]):
        return words[1].isdecimal()
    number = words[-1] if words[:2] in _MORE_THAN else words[0] if words[1:] in _AT_LEAST else ""
    return number == "one" or number.isdecimal()


def _counted(word: str) -> bool:
    return word in {"tasks", "taskings", "items", "requests", "things", "open", "overdue"}


def slip(word: str, known: str) -> bool:
    """Whether a word can only be a slip of the finger: a letter too few or too many, or two that changed places.

    Another letter makes another word, so it is asked for: "easy" is not "east", nor "disputed" "disposed".
    """
    if word[0] != known[0]:
        return False
    return _finger(word, known) or len(word) > 2 * LETTERS


def _finger(word: str, known: str) -> bool:
    return len(word) != len(known) or sorted(word) == sorted(known)


def lexicon(known: Vocabulary) -> Lexicon:
    """With words to mend to: the longer ones of phrases that say something, and shorter ones that restrict alone.

    None that only holds sentences together is among them: "small" would be "shall", and nothing would be asked back.
    """
    words = GROUPING | {word for phrase in known for word in phrase}
    short = {phrase[0] for phrase, ways in known.items() if len(phrase) == 1 and isinstance(ways[0][0], Value)}
    quiet = {phrase for phrase, ways in known.items() if _only_quiet(ways)}
    mended = {
        word for phrase in known.keys() - quiet for word in phrase if len(word) > LETTERS and (word,) not in quiet
    }
    mended |= {word for word in GROUPING if len(word) > LETTERS}
    mended |= {word for word in short if len(word) == LETTERS} | {word for word in WORDS if len(word) >= LETTERS}
    return Lexicon(known, words, tuple(sorted(filter(str.isalpha, mended))), max(map(len, known)))


def _only_quiet(ways: tuple[Meaning, ...] | None) -> bool:
    return ways is not None and all(isinstance(piece, Quiet) for piece in ways[0])


def _names_a_number(words: Phrase, start: int, said: list[Said]) -> bool:
    before = words[start - 1] if start else ""
    return before in NAMES_A_NUMBER or (start + 1 == len(words) and before in _ASKS_FOR_ONE)


#: After these come names and subjects, which are written as they are.
_NAMED = frozenset({"from", "about", "regarding", "senator", "sen", "rep", "representative", "requestor"})
_LEADING, _PLACING = frozenset({"from", "by"}), frozenset({"in", "on", "for", "at", "before", "after", "since"})
#: The last words of what asks for one task: "status of 2026".
_ASKS_FOR_ONE = frozenset({"of", "is", "has", "cleared", "logged", "transmitted", "closed", "on", "with", "approved"})
