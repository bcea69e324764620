"""Words -> question. Deterministic: the longest known phrase wins, and a word nobody knows is never dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice, product

from bot.conversation import lexicon as x
from bot.conversation.assemble import assemble
from bot.conversation.beside import related
from bot.conversation.calendar import Calendar
from bot.conversation.comparing import MEASURED
from bot.conversation.continuing import continued, listed, usual
from bot.conversation.draft import Draft
from bot.conversation.follow import SORTS, Following, follow, fragment, led, regroups
from bot.conversation.idioms import CAN
from bot.conversation.own_words import OWN, Spoken, is_value, quoted
from bot.conversation.pieces import Lead, Meaning, Quiet, Unknown
from bot.conversation.pointing import nobody, person_of, pointed
from bot.conversation.question import Field, Moment, Question, Span, Standing, Term, Wants
from bot.conversation.reading import Reader, Said, slip
from bot.conversation.vocabulary import lexicon_of
from bot.conversation.words import Phrase, rows, tokens
from bot.domain.context import Context

#: Readings to choose from; with more nobody can say what is meant.
MOST = 3
#: Runs of words that nobody knows, and letters of a word that says too little to be looked for.
RUNS, SHORT = 2, 2


class Act(StrEnum):
    """Whether something is asked, or the last answer is to go on or to be had as a file."""

    ASK = "ask"
    MORE = "more"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Understanding:
    """`question` when it is clear; else `readings` are what may be meant, and `unknown` the words nobody knows.

    `perhaps` are readings that take them for a subject's or a requestor's words, which only the tasks can tell.
    `ignored` are words that were not used. `format` is of an export, "xlsx" or "csv". It `narrows` where it keeps all
    that the question before said.
    """

    question: Question | None
    readings: tuple[Question, ...] = ()
    unknown: tuple[str, ...] = ()
    perhaps: tuple[Question, ...] = ()
    ignored: tuple[str, ...] = ()
    act: Act = Act.ASK
    format: str = ""
    narrows: bool = False


_MORE, _EXPORT, _COMMANDS, _POLITE = (frozenset(rows(x.ACT[key])) for key in ("more", "export", "command", "polite"))
_FILE, _FOR_A_FILE = ({word for phrase in rows(x.ACT[key]) for word in phrase} for key in ("file", "for-a-file"))
NOTHING = Understanding(None)


def understand(text: str, ctx: Context, before: Question | None = None, whole: Question | None = None) -> Understanding:
    """What the actor of the context asks, who asked `before` in the same thread, narrowed from `whole` if it was."""
    words = tokens(text)
    if before is not None and words in x.FOLLOW["whole"]:
        return Understanding(whole or before)
    if before is not None and (act := _goes_on(words, before)):
        return act
    if not words or (_commands(words) and not _goes_on_by(words, before)):
        return NOTHING
    reader, nobody_named = Reader(lexicon_of(ctx), Calendar(ctx.now, ctx.zone)), nobody(words, before)
    words = pointed(words, before, reader.calendar) if before is not None else words
    following = follow(words, before is not None)
    if following.dangles:
        return Understanding(None, unknown=following.dangles)
    if following.lists and before is not None:
        return Understanding(listed(before), narrows=True)
    understood = _understood(following, reader, before, ctx)
    if nobody_named and (whose := understood.question) and not (whose.numbers or person_of(whose)):
        return Understanding(None, (whose,), nobody_named)
    return (_misspelt(following, reader, before, ctx) if len(understood.unknown) == 1 else None) or understood


def _goes_on(words: Phrase, before: Question) -> Understanding | None:
    said = tuple(word for word in words if word not in {"please", "thanks", ",", "you", "can", "could"})
    if said in _MORE:
        return Understanding(before, act=Act.MORE)
    if said in _EXPORT or (_FILE & set(said) and set(said) <= _FILE | _FOR_A_FILE):
        return Understanding(before, act=Act.EXPORT, format="csv" if "csv" in words else "xlsx")
    return None


def _understood(following: Following, reader: Reader, before: Question | None, ctx: Context) -> Understanding:
    ways, calendar = _ways(reader.read(following.words), ctx), reader.calendar
    lead = following.lead or (_lead(ways[0], before) if before else None)
    drafts = [assemble(spoken, calendar, usual(before) if before and lead else None) for spoken in ways]
    if any(draft.timeless for draft in drafts):
        drafts = [assemble(spoken, calendar, moment) for spoken in ways for moment in (Moment.RECEIVED, Moment.DUE)]
    if before is not None and lead:
        found = _clear([continued(before, draft, lead) for draft in drafts], drafts, calendar, lead)
        return replace(found, narrows=lead is Lead.NARROW)
    return _clear([draft.question for draft in drafts], drafts, calendar)


def _goes_on_by(words: Phrase, before: Question | None) -> bool:
    """ "Make that 10" goes on from several tasks; of a single one it would be a command."""
    return before is not None and not before.numbers and follow(words, True).lead is not None


def _lead(spoken: Sequence[Spoken], before: Question) -> Lead | None:
    """How words go on that no lead introduces."""
    says = [one.piece for one in spoken if not isinstance(one.piece, Quiet)]
    if before.wants in MEASURED and says and all(is_value(piece, {Field.TYPE}) for piece in says):
        return Lead.SHIFT
    if regroups(spoken):
        return Lead.NARROW
    return Lead.SHIFT if fragment([one.piece for one in spoken]) else None


def _misspelt(following: Following, reader: Reader, before: Question | None, ctx: Context) -> Understanding | None:
    """With the known words that the one unknown word may have been meant for; asked back where they differ."""
    said = (piece for one in reader.read(following.words) for meaning in one.meanings for piece in meaning)
    strange = next((piece for piece in said if isinstance(piece, Unknown)), None)
    if strange is None:
        return None
    tried = (tuple(like if word == strange.word else word for word in following.words) for like in strange.like)
    read = (_understood(replace(following, words=words), reader, before, ctx).question for words in tried)
    meant = tuple(dict.fromkeys(question for question in read if question))
    sure = len(meant) == 1 and all(slip(strange.word, like) for like in strange.like)
    return Understanding(meant[0]) if sure else Understanding(None, meant) if meant else None


def _commands(words: Phrase) -> bool:
    """ "Delete T-3001": words decide nothing, so this is no question. Nor can what will be be told."""
    words = words[led(words, _POLITE) :]
    if words[:2] in SORTS:
        return False
    told = any(words[: len(phrase)] == phrase and len(words) > len(phrase) for phrase in _COMMANDS)
    return words[:1] == ("will",) or (told and words[1] not in {"me", "us"} and not _asks(words))


def _asks(words: Phrase) -> bool:
    return bool({"which", "what", "how", "who", "tasks", "list"} & set(words[1:3]))


def _ways(said: tuple[Said, ...], ctx: Context) -> list[tuple[Spoken, ...]]:
    """Each way to read the phrases that may mean several things."""
    ways = islice(product(*(one.meanings for one in said)), MOST + 1)
    each = (related(list(quoted(_spoken(said, meanings))), ctx.organization, ctx.actor) for meanings in ways)
    return [tuple(one) for one in each] or [()]


def _spoken(said: tuple[Said, ...], meanings: tuple[Meaning, ...]) -> list[Spoken]:
    return [Spoken(one.words, replace(piece)) for one, meaning in zip(said, meanings, strict=True) for piece in meaning]


def _clear(
    questions: list[Question], drafts: list[Draft], calendar: Calendar, lead: Lead | None = None
) -> Understanding:
    """One question that says it all, or what has to be asked back."""
    draft, readings, follows = drafts[0], tuple(dict.fromkeys(questions)), lead is not None
    unknown = tuple(draft.unknown)
    if unknown and readings[0].numbers:
        return Understanding(readings[0], ignored=unknown)
    if unknown:
        says = (
            follows
            or draft.pronoun
            or draft.linked
            or draft.shaped
            or (draft.now and draft.question.wants is not Wants.TASKS)
        )
        says = says or any(not _mine(term) for term in draft.terms)
        return Understanding(
            None, readings[:MOST] if says else (), unknown, _perhaps(readings[0], draft, lead is Lead.SHIFT)
        )
    asks_when = follows and draft.question.wants is Wants.WHEN
    if draft.weak and not (draft.items or draft.shaped or draft.noun or asks_when):
        return Understanding(None, _soon(readings[0], Moment.RECEIVED, calendar))
    if draft.moments and _unplaced(readings[0], draft):
        return Understanding(None, _soon(readings[0], draft.moments[0], calendar))
    if not (draft.says or follows):
        return NOTHING
    if _bare_post(draft) and not follows:
        return Understanding(None, readings[:MOST])
    if draft.unclear_rate:
        return Understanding(None)
    if draft.conflict:
        return Understanding(None, tuple(_only(readings[0], term, draft.conflict) for term in draft.conflict))
    if draft.unclear:
        return Understanding(None)
    if len(readings) > 1:
        return Understanding(None, readings[:MOST])
    return Understanding(readings[0])


def _unplaced(question: Question, draft: Draft) -> bool:
    """Whether a word for a time says nothing, because no span is said and nothing else asks for it."""
    said = any(isinstance(term, Span) or term.field is Field.REQUESTOR for term in draft.terms)
    return not (said or question.order or question.numbers or question.wants in {*MEASURED, Wants.WHEN})


def _bare_post(draft: Draft) -> bool:
    """Whether nothing but a position is said: "the DAD"."""
    asked = draft.noun or draft.linked or draft.now or draft.question.group
    return len(draft.items) == 1 and not asked and draft.items[0].about is Field.WAITING


def _mine(term: Term | Span) -> bool:
    return isinstance(term, Term) and term.field is Field.PERSON


def _perhaps(question: Question, draft: Draft, instead: bool) -> tuple[Question, ...]:
    """Every unknown word taken for one of a subject, or of a requestor's name; each has to be there.

    They are said `instead` of others of the kind: "and Whitcomb", after what Senator Ortega asked for.
    """
    runs = [_telling(run.split()) for run in draft.unknown]
    if not all(runs):
        return ()
    question = _named(question) if draft.whether else question
    if draft.alike:
        values = tuple(" ".join(run) for run in runs)
        return tuple(question.also(Term(field, values, draft.refused)) for field in OWN)
    if len(runs) > RUNS:
        return ()
    ways = product(OWN, repeat=len(runs))
    return tuple(
        (_other_than(question, fields) if instead else question).also(*_each_word(runs, fields, draft.refused))
        for fields in ways
    )


def _other_than(question: Question, fields: tuple[Field, ...]) -> Question:
    filters = (tuple(t for t in f if not (isinstance(t, Term) and t.field in fields)) for f in question.any_of)
    return replace(question, any_of=tuple(filters))


def _named(question: Question) -> Question:
    """Without how it has to stand: that is what is asked."""
    filters = (
        tuple(t for t in f if not (isinstance(t, Term) and t.field in {Field.STANDING, Field.WAITING}))
        for f in question.any_of
    )
    return replace(question, any_of=tuple(filters))


def _telling(words: list[str]) -> list[str]:
    """The words of a run that can be looked for; "head of parking" is one name, "2 or more" none."""
    if (any(word.isdecimal() for word in words) and len(words) > 1) or (words[0],) in CAN or words == ["not"]:
        return []
    if "of" in words:
        return [" ".join(words)]
    return [word for word in words if len(word) > SHORT] or words[: len(words) == 1]


def _each_word(runs: list[list[str]], fields: tuple[Field, ...], without: bool) -> Iterator[Term]:
    for run, field in zip(runs, fields, strict=True):
        yield from (Term(field, (word,), without) for word in run)


def _soon(question: Question, moment: Moment, calendar: Calendar) -> tuple[Question, ...]:
    """What may be meant by a time that is not said: today, this week."""
    today, week = (calendar.unit(unit, 0) for unit in ("day", "week"))
    spans = [question.also(Span(moment, span.start, span.end), *_open(moment)) for span in (today, week)]
    overdue = (question.also(Term(Field.STANDING, (Standing.OVERDUE.value,))),) if moment is Moment.DUE else ()
    return (*spans, *overdue)


def _open(moment: Moment) -> tuple[Term, ...]:
    return (Term(Field.STANDING, (Standing.OPEN.value,)),) if moment is Moment.DUE else ()


def _only(question: Question, term: Term, conflict: tuple[Term, Term]) -> Question:
    gone = set(conflict) - {term}
    return replace(question, any_of=tuple(tuple(t for t in f if t not in gone) for f in question.any_of))
