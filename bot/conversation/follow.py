"""What continues the question before: "only the field ones", "and last month?", "which of those are overdue"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation import lexicon as x
from bot.conversation.own_words import Spoken
from bot.conversation.pieces import At, By, First, Lead, Noun, Now, Piece, Quiet, Some, Unknown, Value, Want
from bot.conversation.question import Field, Moment, Wants
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
_TAKEN_OUT, _AFRESH = x.FOLLOW["without"], x.FOLLOW["afresh"]
#: What stands for more than it says, as a question by itself.
_OF_THE_SAME: Mapping[str, Phrase] = {
    "count": ("how", "many"),
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
_LEAVES_OUT = frozenset({"not", "except", "without", "excluding", "minus"})
_OF = frozenset({"of", "from", "in", "out", "among", "within"})
SORTS = frozenset(phrase[:2] for phrase in x.SORTED)


@dataclass(frozen=True, slots=True)
class _Said:
    """All the words, those behind what may stand before without a meaning of its own, and whether that was "and"."""

    words: Phrase
    rest: Phrase
    opened: bool
    joined: bool

    @classmethod
    def of(cls, words: Phrase) -> _Said:
        start = 0
        while start < len(words) - 1 and words[start] in _OPENINGS:
            start += 1
        return cls(words, words[start:], start > 0, start > 0 and words[0] in {"and", "then"})


def follow(words: Phrase, asked: bool) -> Following:
    """Whether the words continue something; with nothing asked before, words for it dangle."""
    if not asked:
        return Following(words, dangles=tuple(_dangling(words)))
    said = _Said.of(words)
    return next((found for rule in _RULES if (found := rule(said))), Following(words))


def _afresh(said: _Said) -> Following | None:
    """ "Never mind, how many are open" begins anew, "never mind the FOIAs" leaves them out."""
    length = led(said.rest, _AFRESH)
    if not length:
        return None
    rest = said.rest[length:]
    if said.rest[length - 1] in {"mind", "nevermind"} and rest[0] not in _ASKING:
        return Following(("without", *rest), Lead.NARROW)
    return Following(tuple(word for word in rest if word not in ANAPHORA))


def _taken_out(said: _Said) -> Following | None:
    length = led(said.rest, _TAKEN_OUT)
    return Following(("without", *said.rest[length:]), Lead.NARROW) if length else None


def _of_the_same(said: _Said) -> Following | None:
    """What is asked of what was found, as a question by itself."""
    if said.rest in x.FOLLOW["list"]:
        return Following(said.rest, Lead.NARROW, lists=True)
    asked = next((words for key, words in _OF_THE_SAME.items() if said.rest in x.FOLLOW[key]), None)
    return Following(asked, Lead.NARROW) if asked else None


def _instead(said: _Said) -> Following | None:
    """ "Nakai instead of Hale"."""
    at = next((i for i in range(1, len(said.rest) - 1) if said.rest[i : i + 2] == ("instead", "of")), None)
    return Following(said.rest[:at], Lead.SHIFT) if at else None


def _put_back(said: _Said) -> Following | None:
    """ "Put HOU back in"."""
    if said.rest[:1] != ("put",) or "back" not in said.rest[2:]:
        return None
    return Following(said.rest[1 : said.rest.index("back")], Lead.WIDEN)


def _led(said: _Said) -> Following | None:
    rest = said.rest
    found = next(((phrase, lead) for phrase, lead in x.LEADS if rest[: len(phrase)] == phrase != rest), None)
    return Following(_meant(rest[len(found[0]) :], found[1]), found[1]) if found else None


def _one_of_them(said: _Said) -> Following | None:
    """ "The first one" is the top 1 of what was found."""
    rest = said.rest
    at = next((i for i in range(len(rest) - 1) if rest[i] in _ONE and rest[i + 1] == "one"), None)
    if at is None:
        return None
    behind = (word for word in rest[at + 2 :] if word != "about")
    return Following((*rest[:at], "next" if rest[at] == "next" else "top", "1", *behind), Lead.NARROW)


def _in_order(said: _Said) -> Following | None:
    """ "Sort by due date", "by unit"."""
    shapes = said.rest[:2] in SORTS | {("group", "by"), ("broken", "down")} or said.rest[0] in {"by", "per"}
    return Following(said.rest, Lead.NARROW) if shapes else None


def _ones(said: _Said) -> Following | None:
    """ "And the high ones" are others."""
    others = said.joined and said.rest[-1] == "ones" and not {"those", "these", "them"} & set(said.rest)
    return Following(said.rest, Lead.SHIFT) if others else None


def _of_that(said: _Said) -> Following | None:
    """ "Anything still open from that", "complaints only"."""
    if len(said.rest) > 2 and said.rest[-2] in _OF and said.rest[-1] == "that":
        return Following(said.rest[:-2], Lead.NARROW)
    only = said.rest[-1] == "only" and len(said.rest) > 1 and not said.joined
    return Following(said.rest[:-1], Lead.NARROW) if only else None


def _pointing(said: _Said) -> Following | None:
    rest, whose = said.rest, said.rest[-1] == OWNS and not said.opened
    points = ANAPHORA & set(rest) or _points_back(rest) or rest[0] in _LEAVES_OUT or whose
    return Following(rest, Lead.NARROW) if points else None


def _joined(said: _Said) -> Following | None:
    return Following(said.rest, Lead.SHIFT) if said.joined else None


#: Ways to go on, the first of which holds.
_RULES: tuple[Callable[[_Said], Following | None], ...] = (
    _afresh,
    _taken_out,
    _of_the_same,
    _instead,
    _put_back,
    _led,
    _one_of_them,
    _in_order,
    _ones,
    _of_that,
    _pointing,
    _joined,
)


def _meant(words: Phrase, lead: Lead) -> Phrase:
    """ "HOU not MCMU", said for something else, means HOU; "the high ones too" are the high ones."""
    words = words[1:] if words[0] == "," and len(words) > 1 else words
    if lead is Lead.SHIFT and "not" in words[1:]:
        return words[: words.index("not")]
    while lead is Lead.WIDEN and len(words) > 1 and words[-1] in _TOO:
        words = words[:-1]
    return words


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
