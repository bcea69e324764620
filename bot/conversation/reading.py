"""The text of a question cut into phrases, each with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.conversation import phrases as p
from bot.conversation.phrases import Phrase, tokens
from bot.conversation.question import Question
from bot.conversation.vocabulary import FILLER, Kind, Meaning, Vocabulary

NUMBER = re.compile(r"#?(?:t-?)?([0-9]{4,9})")
YEAR = re.compile(r"19[0-9]{2}|20[0-9]{2}|2100")
#: After these a year is a task's number; after a question for one task too, where nothing else is asked of it.
NAMES_A_NUMBER = frozenset({"task", "tasking", "number", "no"})
ASKS_FOR_ONE = frozenset(p.rows("status of | state of | where is | who has | whose turn is"))
CONNECTORS = frozenset({Kind.AND, Kind.OR})
SILENT = frozenset({Kind.FILLER, Kind.HEAD, *CONNECTORS})
#: How many words away something still belongs to a phrase.
NEAR = 6
#: Kinds whose first words serve for what is joined to them: "waiting for R. Diaz or the DAD".
INTRODUCED = {Kind.WAITING: p.WAITING, Kind.ASSIGNED: p.ASSIGNED, Kind.DEED: p.DONE}


@dataclass(frozen=True, slots=True)
class Said:
    """One phrase; no meaning when nobody knows it."""

    phrase: Phrase
    meaning: Meaning | None

    @property
    def kind(self) -> Kind | None:
        return self.meaning.kind if self.meaning else None


def read(text: str, known: Vocabulary) -> tuple[Said, ...]:
    """The longest known phrases in the order said, and single words where nothing is known."""
    words, said, start = _in_the_past(tokens(text)), list[Said](), 0
    longest = 2 * max(map(len, known))  # with commas inside
    while start < len(words):
        end, found = _next(words, start, longest, said, known)
        if said and found.kind in CONNECTORS and said[-1].kind in CONNECTORS:
            said.pop()  # ", or" joins once
        said.append(found)
        start = end
    return tuple(_in_their_place(said))


def _in_the_past(words: Phrase) -> Phrase:
    """ "Who has cleared T-1042" asks who cleared it; "who has cleared tasks" asks whose turn it is."""
    verbs = {verb for several in p.DEEDS.values() for verb in several}
    asked = {
        i for i in range(1, len(words)) if words[i - 1 : i + 1] == ("who", "has") and words[i + 1 : i + 2] in verbs
    }
    numbered = any(map(NUMBER.fullmatch, words))
    return tuple(word for i, word in enumerate(words) if not numbered or i not in asked)


def _next(words: Phrase, start: int, longest: int, said: Sequence[Said], known: Vocabulary) -> tuple[int, Said]:
    carried = _carried(said)
    for end in range(min(start + longest, len(words)), start, -1):
        phrase = _phrase(words[start:end])
        for whole in ((*carried, *phrase), phrase) if carried else (phrase,):
            if meaning := known.get(whole):
                return end, Said(whole, meaning)
    return start + 1, Said(words[start : start + 1], _number(words, start, said, known))


def _phrase(words: Phrase) -> Phrase:
    """Words as a phrase that may be known: commas inside count for nothing."""
    inside = tuple(word for word in words if word != ",")
    return words if "," in (words[0], words[-1]) else inside


def _carried(said: Sequence[Said]) -> Phrase:
    """What introduced the phrase before "or": "waiting for", "who"."""
    before = [one for one in said[-NEAR:] if one.kind is not Kind.FILLER]
    if len(before) < 2 or before[-1].kind not in CONNECTORS:
        return ()
    phrase, starts = before[-2].phrase, INTRODUCED.get(before[-2].kind or Kind.FILLER, ())
    return next((start for start in starts if phrase[: len(start)] == start and phrase != start), ())


def _number(words: Phrase, start: int, said: Sequence[Said], known: Vocabulary) -> Meaning | None:
    """A number, unless it may well be a year."""
    found = NUMBER.fullmatch(words[start])
    if found is None or (YEAR.fullmatch(words[start]) and not _names_a_number(words, start, said, known)):
        return None
    number = f"T-{found[1]}"
    return Meaning(Kind.NUMBER, number, Question(numbers=(number,)))


def _names_a_number(words: Phrase, start: int, said: Sequence[Said], known: Vocabulary) -> bool:
    before = next((one for one in reversed(said) if one.kind not in CONNECTORS), None)
    if before is None:
        return False
    if before.phrase[-1] in NAMES_A_NUMBER:
        return True
    if before.phrase not in ASKS_FOR_ONE and before.kind not in {Kind.DEED, Kind.NUMBER}:
        return False
    after = [(word, known.get((word,))) for word in words[start + 1 : start + 1 + NEAR]]
    alone = all(word.isdigit() or (meaning and meaning.kind in SILENT) for word, meaning in after)
    return alone and len(words) <= start + 1 + NEAR


def _in_their_place(said: Sequence[Said]) -> Iterator[Said]:
    """What a phrase means where it stands.

    "Who acknowledged T-1001" asks for a past that no answer here tells, not for whose turn it is. "No 1042" is a
    number.
    """
    for index, one in enumerate(said):
        before = said[index - 1].phrase if index else ()
        after = said[index + 1].kind if index + 1 < len(said) else None
        if one.kind is Kind.STATUS and before == ("who",):
            yield replace(one, meaning=None)
        elif one.phrase == ("no",) and after is Kind.NUMBER:
            yield replace(one, meaning=FILLER)
        else:
            yield one


def unknown_of(said: Iterable[Said]) -> tuple[str, ...]:
    """The words nobody knows, as they were said together."""
    runs: list[list[str]] = [[]]
    for one in said:
        if one.meaning is None and not one.phrase[0].startswith("non-"):
            runs[-1].extend(one.phrase)
        else:
            runs.append([])
    return tuple(" ".join(run) for run in runs if run)


def negated(said: Iterable[Said]) -> tuple[str, ...]:
    """The words that leave something out."""
    out = (one for one in said if one.kind is Kind.NEGATION or one.phrase[0].startswith("non-"))
    return tuple(" ".join(one.phrase) for one in out)


def about_reports(said: tuple[Said, ...], known: Vocabulary) -> tuple[tuple[Said, ...], ...]:
    """What "report" may mean: a list, where it comes first, or a type of task. One reading when that is clear."""
    first = next((i for i, one in enumerate(said) if one.meaning and one.kind not in SILENT), None)
    as_type = tuple(_as_type(one, known) for one in said)
    if first is None or said[first].phrase[0] not in {"report", "reports"}:
        return (as_type,)
    lead, rest = said[first], said[first + 1 :]
    asked = [one.kind for one in rest if one.kind not in SILENT - CONNECTORS]
    after = asked[0] if asked else None
    tasks = any(one.kind is Kind.TASKS for one in rest)
    as_list = (*said[:first], *(_as_type(one, known) for one in rest))
    if lead.kind is Kind.REPORT:
        whose = lead.phrase[1] in {"of", "for"} and after in {Kind.COMPONENT, Kind.PERSON} and not tasks
        return (as_list,) if not whose else (as_type,) if lead.phrase[0] == "reports" else (as_list, as_type)
    if lead.phrase != ("report",) or after in {Kind.TASKS, *CONNECTORS}:
        return (as_type,)
    lists = (as_list,) if asked else (read("open tasks", known), read("overdue tasks", known))
    return (*lists, as_type)


def _as_type(one: Said, known: Vocabulary) -> Said:
    return replace(one, meaning=known.get(one.phrase[:1])) if one.kind is Kind.REPORT else one
