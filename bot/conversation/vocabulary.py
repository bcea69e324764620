"""Every phrase that an agency's questions are made of, and what each restricts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from bot.conversation import phrases as p
from bot.conversation.phrases import Phrase, rows, words_of
from bot.conversation.question import Question
from bot.domain.context import Context
from bot.domain.organization import Organization, Person
from bot.domain.positions import ALIASES, POSITIONS, Post
from bot.domain.rubric import Row


class Kind(IntEnum):
    """What a phrase says something about, in the order in which an answer repeats it."""

    NUMBER = 0
    STATUS = 1
    LATE = 2
    PRIORITY = 3
    SCOPE = 4
    TYPE = 5
    COMPONENT = 6
    PERSON = 7
    ASSIGNED = 8
    WAITING = 9
    WHO = 10
    DEED = 11
    TASKS = 12
    HEAD = 13
    REPORT = 14
    NEGATION = 15
    AND = 16
    OR = 17
    FILLER = 18


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means; `words` are how an answer says it, empty for a phrase that restricts nothing."""

    kind: Kind
    words: str
    question: Question


Vocabulary: TypeAlias = dict[Phrase, Meaning]


def _silent(kind: Kind) -> Meaning:
    return Meaning(kind, "", Question())


FILLER = _silent(Kind.FILLER)


def vocabulary(ctx: Context) -> Vocabulary:
    """Every phrase of this agency, as lower-case words, for whoever asks. No surname takes a word away."""
    organization = ctx.organization
    found = _people(ctx) | _plain() | _standing()
    found |= _types(ctx.rubric.rows.values()) | _components(organization)
    if asker := organization.person(ctx.actor):
        found |= _person(asker, p.ME) | _involving(asker, (("me",),), ctx)
        found |= dict.fromkeys(p.MY_TURN, _turn(asker, ctx))
    return found | _posts(organization)


def _plain() -> Vocabulary:
    """Phrases that restrict nothing."""
    found = dict.fromkeys(p.FILLERS, FILLER)
    tables = (
        (Kind.TASKS, p.TASKS),
        (Kind.HEAD, p.HEADS),
        (Kind.AND, p.ANDS),
        (Kind.OR, p.ORS),
        (Kind.REPORT, p.REPORTS),
        (Kind.NEGATION, p.NEGATIONS),
    )
    for kind, table in tables:
        found |= dict.fromkeys(table, _silent(kind))
    found |= dict.fromkeys(p.WHO, Meaning(Kind.WHO, "who has", Question(who=True)))
    for deed, verbs in p.DEEDS.items():
        meaning = Meaning(Kind.DEED, " ".join(("who", *verbs[0])), Question(deeds=(deed,)))
        found |= {(*asked, *verb): meaning for asked in p.DONE for verb in verbs}
    return found


def _standing() -> Vocabulary:
    """Where tasks stand, how late and how urgent they are, and whether they are the field's."""
    said: list[tuple[Kind, str, Question]] = [(Kind.LATE, p.LATE, Question(overdue=True))]
    said += [(Kind.STATUS, names, Question(statuses=statuses)) for names, statuses in p.STATUSES.items()]
    said += [(Kind.STATUS, names, Question(stages=(stage,))) for names, stage in p.STAGES.items()]
    said += [(Kind.PRIORITY, names, Question(priorities=(given,))) for names, given in p.PRIORITIES.items()]
    said += [(Kind.SCOPE, names, Question(scopes=(scope,))) for names, scope in p.SCOPES.items()]
    return {
        name: Meaning(kind, names.split(" | ")[0], question) for kind, names, question in said for name in rows(names)
    }


def _types(all_rows: Iterable[Row]) -> Vocabulary:
    named = {name: (row.key,) for row in all_rows for name in (row.key.replace("-", " "), row.label, row.name)}
    return {
        form: Meaning(Kind.TYPE, name, Question(task_types=values))
        for name, values in (named | p.TYPES).items()
        for form in _forms(words_of(name))
        if form not in p.NO_TYPES
    }


def _forms(phrase: Phrase) -> Iterator[Phrase]:
    """Singular and plural."""
    *first, last = phrase
    yield phrase
    yield (*first, f"{last[:-1]}ies" if last.endswith("y") else f"{last}s")


def _components(organization: Organization) -> Vocabulary:
    """A component means everything below it too."""
    below: dict[str, list[str]] = {}
    for code in organization.components:
        for above in organization.ancestry(code):
            below.setdefault(above.code, []).append(code)
    found: Vocabulary = {}
    for component in organization.components.values():
        codes = tuple(below[component.code])
        about = Meaning(Kind.COMPONENT, component.code, Question(components=codes))
        assigned = Meaning(Kind.ASSIGNED, component.code, Question(assigned=codes))
        for said in (words_of(component.code), words_of(component.name)):
            found[said] = about
            found |= {(*to, *said): assigned for to in p.ASSIGNED}
    return found


def _people(ctx: Context) -> Vocabulary:
    """By email and name, and by surname when nobody else has it."""
    people = ctx.organization.people.values()
    surnames = Counter(map(_surname, people))
    found: Vocabulary = {}
    for person in people:
        names = [words_of(person.email), words_of(person.name)]
        if surnames[_surname(person)] == 1:
            names.append(_surname(person))
        found |= _person(person, names) | _involving(person, names, ctx)
    return found


def _surname(person: Person) -> Phrase:
    return words_of(person.name)[-1:]


def _person(person: Person, names: Iterable[Phrase]) -> Vocabulary:
    return dict.fromkeys(names, Meaning(Kind.PERSON, person.name, Question(people=(person.email,))))


def _involving(person: Person, names: Iterable[Phrase], ctx: Context) -> Vocabulary:
    """ "Waiting for" somebody and "assigned to" somebody."""
    turn, assigned = _turn(person, ctx), Meaning(Kind.ASSIGNED, person.name, Question(assigned=(person.email,)))
    found: Vocabulary = {}
    for said in names:
        found |= {(*waits, *said): turn for waits in p.WAITING}
        found |= {(*to, *said): assigned for to in p.ASSIGNED}
    return found


def _turn(person: Person, ctx: Context) -> Meaning:
    """What waits for somebody, as an acting official or a delegate too."""
    posts = map(str, sorted(ctx.organization.clears_as(person.email, ctx.today)))
    return Meaning(Kind.WAITING, person.name, Question(waiting=(person.email, *posts)))


def _posts(organization: Organization) -> Vocabulary:
    """ "Waiting on the DAD" is any DAD, "on the DAD-CS" that one."""
    held = {post for person in organization.people.values() for post in person.posts}
    found: Vocabulary = {}
    for key in (*POSITIONS, *ALIASES):
        meant = {Post(*ALIASES[key])} if key in ALIASES else {post for post in held if post.key == key}
        name = key.upper() if len(key) < 4 or key in ALIASES else POSITIONS[key]
        turn = Meaning(Kind.WAITING, name, Question(waiting=tuple(sorted(map(str, meant)))))
        for said in {key, key.replace("-", " "), POSITIONS.get(key, key)}:
            found |= {(*waits, *words_of(said)): turn for waits in p.WAITING if meant}
    return found
