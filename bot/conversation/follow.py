"""What continues the question before: "only the field ones", "and last month?", "which of those are overdue"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation import lexicon as x
from bot.conversation.comparing import MEASURED
from bot.conversation.draft import Draft
from bot.conversation.own_words import Spoken
from bot.conversation.pieces import At, By, First, Lead, Noun, Now, Piece, Quiet, Some, Unknown, Value, Want
from bot.conversation.question import Field, Filter, Moment, Question, Span, Standing, Term, Wants, ordered
from bot.conversation.words import OWNS, Phrase

#: Words for what was found before, wherever they stand.
ANAPHORA = frozenset({"those", "these", "them", "they", "ones"})


@dataclass(frozen=True, slots=True)
class Following:
    """The words without what leads them; `dangles` are words for something asked before, where nothing was.

    What was counted is to be listed where it `lists`.
    """

    words: Phrase
    lead: Lead | None = None
    dangles: Phrase = ()
    lists: bool = False


#: What may come before a lead without a meaning of its own.
_OPENINGS = frozenset(
    {"ok", "okay", "and", "so", "well", "great", "thanks", "please", "now", ",", "hmm", "alright", "then"}
)
_TAKEN_OUT, _AFRESH, _COUNTS = (x.FOLLOW[key] for key in ("without", "afresh", "count"))
#: What is asked of what was found, as a question by itself.
_WHOM: Mapping[str, Phrase] = {
    "about": ("tasks",),
    "officer": ("who", "is", "action", "officer"),
    "requestor": ("who", "is", "requestor"),
}
#: What a question of its own begins with.
_ASKING = frozenset(
    {",", "what", "how", "who", "show", "which", "are", "is", "any", "anything", "when", "where", "list", "give", "did"}
)
#: "That" behind one of these is what was found before.
_VERBS = frozenset(
    {"did", "does", "is", "was", "has", "had", "got", "get", "asked", "sent", "do", "for", "about", "on"}
)
#: Behind what is to be looked at as well: "the high ones too".
_TOO = frozenset({"too", "also", "back", "in", "again", "well", "as"})
#: One of those that were found, as a number.
_ONE = frozenset({"first", "top", "next"})
_OF = frozenset({"of", "from", "in", "out", "among", "within"})
SORTS = frozenset(phrase[:2] for phrase in x.SORTED)


def follow(words: Phrase, asked: bool) -> Following:
    """Whether the words continue something; with nothing asked before, words for it dangle."""
    start = 0
    while start < len(words) - 1 and words[start] in _OPENINGS:
        start += 1
    rest = words[start:]
    if not asked:
        return Following(words, dangles=tuple(_dangling(words)))
    if (length := led(rest, _AFRESH)) and _begins_anew(rest, length):
        return Following(tuple(word for word in rest[length:] if word not in ANAPHORA))
    if length:
        return Following(("without", *rest[length:]), Lead.NARROW)
    if length := led(rest, _TAKEN_OUT):
        return Following(("without", *rest[length:]), Lead.NARROW)
    if rest in x.FOLLOW["list"]:
        return Following(rest, Lead.NARROW, lists=True)
    if rest in _COUNTS:
        return Following(("how", "many"), Lead.NARROW)
    if whom := next((words for key, words in _WHOM.items() if rest in x.FOLLOW[key]), None):
        return Following(whom, Lead.NARROW)
    if "instead" in rest[1:-1] and rest[rest.index("instead") + 1] == "of":
        return Following(rest[: rest.index("instead")], Lead.SHIFT)
    if rest[:1] == ("put",) and "back" in rest[2:]:
        return Following(rest[1 : rest.index("back")], Lead.WIDEN)
    for phrase, lead in x.LEADS:
        if rest[: len(phrase)] == phrase and len(rest) > len(phrase):
            return Following(_meant(rest[len(phrase) :], lead), lead)
    if (numbered := _numbered(rest)) != rest:
        return Following(numbered, Lead.NARROW)
    if rest[:2] in SORTS or rest[:1] in {("by",), ("per",)} or rest[:2] in {("group", "by"), ("broken", "down")}:
        return Following(rest, Lead.NARROW)
    if start and words[0] == "and" and rest[-1] == "ones" and not {"those", "these", "them"} & set(rest):
        return Following(rest, Lead.SHIFT)
    if rest[-2:-1] and rest[-2] in _OF and rest[-1] == "that":
        return Following(rest[:-2], Lead.NARROW)
    if (
        ANAPHORA & set(rest)
        or _points_back(rest)
        or rest[:1] in {("not",), ("except",), ("without",), ("excluding",), ("minus",)}
        or (rest[-1:] == (OWNS,) and not start)
    ):
        return Following(rest, Lead.NARROW)
    if start and words[0] in {"and", "then"}:
        return Following(rest, Lead.SHIFT)
    if rest[-1:] == ("only",) and len(rest) > 1:
        return Following(rest[:-1], Lead.NARROW)
    return Following(words)


def _meant(words: Phrase, lead: Lead) -> Phrase:
    """ "HOU not MCMU", said for something else, means HOU; "the high ones too" are the high ones."""
    words = words[1:] if words[0] == "," and len(words) > 1 else words
    if lead is Lead.SHIFT and "not" in words[1:]:
        return words[: words.index("not")]
    while lead is Lead.WIDEN and len(words) > 1 and words[-1] in _TOO:
        words = words[:-1]
    return words


def _numbered(words: Phrase) -> Phrase:
    """ "The first one" as the top 1 of what was found."""
    pairs = zip(words, (*words[1:], ""), strict=True)
    at = next((i for i, (word, after) in enumerate(pairs) if word in _ONE and after == "one"), None)
    if at is None:
        return words
    rest = tuple(word for word in words[at + 2 :] if word != "about")
    return (*words[:at], "next" if words[at] == "next" else "top", "1", *rest)


def _begins_anew(words: Phrase, length: int) -> bool:
    """ "Never mind, how many are open" does, "never mind the FOIAs" leaves them out."""
    return words[length - 1] not in {"mind", "nevermind"} or words[length] in _ASKING


def led(words: Phrase, leads: Iterable[Phrase]) -> int:
    """How long the longest of the leads is that something is said behind."""
    return max((len(lead) for lead in leads if words[: len(lead)] == lead and len(words) > len(lead)), default=0)


def _dangling(words: Phrase) -> Iterator[str]:
    """ "Which of those are overdue" means some that were found; "those in flight" are said here."""
    for before, word, after in zip(("", *words), words, (*words[1:], ""), strict=False):
        ends = after in {"", "are", "were", "is", "have", "has", "do", "did", "should", "need", "only", "?"}
        if word in {"those", "these", "them"} and ends and before in {"", "of", "among", "from", "for", "about"}:
            yield word


def _points_back(words: Phrase) -> bool:
    """ "Who has it", "anything overdue there", "when did that come in"; "is there" and "does it take" point nowhere."""
    pairs = zip(("", *words), words, (*words[1:], ""), strict=False)
    return any(
        (word == "that" and (before in _VERBS or after == "one"))
        or (word == "there" and before not in {"is", "are", "was", "were"})
        or (word == "it" and after not in {"take", "took", "takes", "going"} and before not in {"does", "did"})
        for before, word, after in pairs
    )


def fragment(pieces: Sequence[Piece]) -> bool:
    """Whether the words ask for no tasks by themselves: "due this week", "at River Bend", "oldest first"."""
    return any(not isinstance(piece, Quiet) for piece in pieces) and all(map(_partial, pieces))


def regroups(spoken: Sequence[Spoken]) -> bool:
    """Whether the words only ask for groups or an order of what was found: "how many per unit", "who has the most"."""
    shaping = {one.words for one in spoken if isinstance(one.piece, By | First)}
    return bool(shaping) and all(one.words in shaping or _shapes(one.piece) for one in spoken)


def _shapes(piece: Piece) -> bool:
    match piece:
        case Want(wants):
            return wants in {Wants.COUNT, Wants.WHO, Wants.WHEN}
        case Noun(weak):
            return weak
        case At(moment):
            return moment is Moment.DUE
        case _:
            return isinstance(piece, Now | Quiet | Some)


def _partial(piece: Piece) -> bool:
    match piece:
        case Value(field):
            return field not in {Field.TYPE, Field.STANDING, Field.NUMBER}
        case Quiet(head):
            return not head
        case Noun(weak):
            return weak
        case Want() | By() | Now() | Unknown():
            return False
        case _:
            return True


def usual(before: Question) -> Moment | None:
    """The time that spans are of, if the question before says one."""
    spans = (term.moment for one in before.any_of for term in one if isinstance(term, Span))
    return next(spans, Moment.TRANSMITTED if before.wants in MEASURED else before.moment)


def listed(question: Question) -> Question:
    """The tasks themselves, of what was counted."""
    return replace(question, wants=Wants.TASKS, group=None, periods=())


def continued(before: Question, draft: Draft, lead: Lead) -> Question:
    """The question before, narrowed by what is said now, or with it in the place of what it said of the same."""
    said, shape = draft.question.any_of, draft.question
    question = replace(
        before,
        wants=shape.wants if shape.wants is not Wants.TASKS else before.wants,
        deeds=shape.deeds or before.deeds,
        group=shape.group or (before.group if not shape.order else None),
        order=shape.order or before.order,
        limit=shape.limit or (before.limit if lead is Lead.SHIFT or _same(draft) else None),
        periods=shape.periods or before.periods,
        moment=shape.moment or before.moment,
    )
    if lead is Lead.WIDEN:
        return replace(before, any_of=tuple(dict.fromkeys(_widened(before, said))))
    filters = (_possible(_joined(old, new, lead)) for old in before.any_of for new in said)
    return replace(question, any_of=tuple(dict.fromkeys(filters)))


def _widened(before: Question, said: Sequence[Filter]) -> Iterator[Filter]:
    """With more values of what was said, or no longer without them; anything else is looked for beside it."""
    for new in said:
        widened = [ordered(_with(old, new)) for old in before.any_of]
        yield from widened if widened != list(before.any_of) else [*before.any_of, new]


def _with(old: Filter, new: Filter) -> Iterator[Term | Span]:
    more = {(term.field, value) for term in new if isinstance(term, Term) for value in term.values}
    for term in old:
        if isinstance(term, Span):
            yield term
            continue
        values = {value for field, value in more if field is term.field}
        kept = set(term.values) - values if term.without else set(term.values) | values
        if kept:
            yield replace(term, values=tuple(sorted(kept)))


def _possible(filter_: Filter) -> Filter:
    """What is done is never overdue: asked of it, "late" means that it went out late."""
    done = any(_is_done(term) for term in filter_)
    overdue, late = (Term(Field.STANDING, (standing.value,)) for standing in (Standing.OVERDUE, Standing.LATE))
    return ordered(late if done and term == overdue else term for term in filter_)


def _is_done(term: Term | Span) -> bool:
    if term.without:
        return False
    if isinstance(term, Span):
        return term.moment in {Moment.TRANSMITTED, Moment.CLOSED}
    return term.field is Field.STANDING and set(term.values) <= {Standing.TRANSMITTED.value, Standing.CLOSED.value}


def _same(draft: Draft) -> bool:
    """Whether it is asked of the very tasks that were found: "who has it"."""
    return not (draft.terms or draft.question.group or draft.question.order)


def _joined(old: Filter, new: Filter, lead: Lead) -> Filter:
    if lead is Lead.NARROW:
        return ordered((*old, *new))
    if not old:
        return new
    replaced = {_about(t) for t in new}
    return ordered((*(t for t in old if _about(t) not in replaced), *new))


def _about(term: Term | Span) -> Field | Moment:
    return term.moment if isinstance(term, Span) else term.field
