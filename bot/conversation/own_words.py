"""Words of somebody's own: of a subject after "about", of a requestor's name after "from"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from bot.conversation.joining import PERSONAL, PLACED
from bot.conversation.pieces import At, Joint, Link, Piece, Quiet, Role, Some, Unknown, Value
from bot.conversation.question import Field, Question, Term
from bot.conversation.words import OWNS

TITLES = frozenset(
    [
        "senator",
        "sen",
        "rep",
        "representative",
        "congressman",
        "congresswoman",
        "mr",
        "mrs",
        "ms",
        "dr",
        "chairman",
        "chairwoman",
    ]
)
_OWN = {Role.ABOUT: Field.ABOUT, Role.FROM: Field.REQUESTOR}
#: What somebody has who asks: "Senator Ortega's district office".
OFFICES = frozenset({"office", "offices", "staff", "staffers", "people", "team", "desk", "request", "requests"})
#: Fields of somebody's own words.
OWN = (Field.ABOUT, Field.REQUESTOR)
#: What joins words that a subject has together.
TOGETHER = "+"
#: Words that end a name.
_BETWEEN = frozenset({OWNS, "in", "at", "on", "with", "for", "from", "by", "is", "are"})
#: Words that stand inside of a name or a subject.
_HOLDING = frozenset({("of",), ("to",), ("all",)})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece with the words that say it."""

    words: tuple[str, ...]
    piece: Piece


def is_value(piece: Piece | None, fields: frozenset[Field] | set[Field]) -> bool:
    return isinstance(piece, Value) and piece.field in fields


def instead(spoken: list[Spoken], index: int, piece: Piece) -> list[Spoken]:
    return [*spoken[:index], replace(spoken[index], piece=piece), *spoken[index + 1 :]]


def quoted(spoken: Sequence[Spoken]) -> Iterator[Spoken]:
    """Words of somebody's own after "about" and "from" as one value, up to the next word that restricts."""
    spoken, index = list(_runs(spoken)), 0
    while index < len(spoken):
        one = spoken[index]
        yield one
        index += 1
        if isinstance(one.piece, Link) and one.piece.role in _OWN and not one.piece.after:
            run = list(_own_words(spoken[index:], one.piece.role))
            if any(isinstance(said.piece, Unknown) for said in run):
                words = [word for said in run for word in said.words if word not in TITLES]
                yield from _together(words, _OWN[one.piece.role])
                index += len(run)
                index += _office(spoken[index:])
                if _another(spoken[index : index + 2], one.piece.role):
                    strange = spoken[index + 1]
                    spoken[index + 1] = replace(strange, piece=Unknown(" ".join(strange.words)))
                    spoken.insert(index + 1, one)


def _together(words: Sequence[str], field: Field) -> Iterator[Spoken]:
    """ "About heat + illness" has both in its subject, wherever they stand."""
    for held, run in groupby(words, lambda word: word != TOGETHER):
        if held and (said := tuple(run)):
            yield Spoken(said, Value(field, (" ".join(said),)))


def _runs(spoken: Sequence[Spoken]) -> Iterator[Spoken]:
    """Unknown words with one known word between them are one name: "Detention Watch Network"."""
    held: list[Spoken] = []
    for one in spoken:
        if isinstance(one.piece, Unknown) and held and isinstance(held[0].piece, Unknown):
            words = (*(word for each in held for word in each.words), *one.words)
            held = [Spoken(words, Unknown(" ".join(words), one.piece.like if len(words) == 1 else ()))]
        elif held and len(held) == 1 and _inside(one):
            held.append(one)
        else:
            yield from held
            held = [one]
    yield from held


def _another(spoken: Sequence[Spoken], role: Role) -> bool:
    """The "or Reuters" of "from CNN or Reuters", whoever here has the same name."""
    if len(spoken) < 2 or not isinstance(spoken[0].piece, Joint):
        return False
    other = spoken[1].piece
    namesake = role is Role.FROM and isinstance(other, Value) and other.field is Field.PERSON
    return isinstance(other, Unknown) or (namesake and "@" not in spoken[1].words[0])


def _inside(one: Spoken) -> bool:
    """Whether a word may stand in the middle of a name."""
    alone = isinstance(one.piece, Quiet) and not one.piece.head and len(one.words) == 1
    return alone and one.words[0] not in _BETWEEN


def _office(spoken: Sequence[Spoken]) -> int:
    """How much of "Senator Ortega's office" comes after the name."""
    if not spoken or spoken[0].words != (OWNS,):
        return 0
    rest = list(takewhile(lambda one: isinstance(one.piece, Unknown | Quiet), spoken[1:3]))
    return max((2 + i for i, one in enumerate(rest) if set(one.words) & OFFICES), default=1)


def proofs(question: Question) -> Iterator[Question]:
    """What has to be found for somebody's own words to be some of a task: each of them, also what is left out."""
    for terms in question.any_of:
        for term in terms:
            if isinstance(term, Term) and term.field in OWN:
                others = tuple(each for each in terms if each is not term)
                yield from (Question(((*others, Term(term.field, (value,))),)) for value in term.values)


def _own_words(spoken: Sequence[Spoken], role: Role) -> Iterator[Spoken]:
    """Everything up to the last word that nobody knows, before what restricts or asks by itself."""
    run: list[Spoken] = []
    last = 0
    for one in spoken:
        if _bounds(one, role):
            break
        run.append(one)
        last = len(run) if isinstance(one.piece, Unknown) else last
    yield from run[:last]


def _bounds(one: Spoken, role: Role) -> bool:
    match one.piece:
        case Value(field):
            return field not in PERSONAL | PLACED or role is Role.ABOUT
        case Unknown() | Some() | At():
            return False
        case Quiet(head):
            return head or one.words not in _HOLDING
        case _:
            return True
