"""The phrases that questions are made of, and what each restricts.

Meanings are data: a new word is a row here, and nothing else changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from bot.conversation.question import Question
from bot.domain.context import Context
from bot.domain.organization import Organization, Person
from bot.domain.positions import ALIASES, POSITIONS, Post
from bot.domain.rubric import Row
from bot.domain.task import OPEN, Status


class Kind(IntEnum):
    """What a phrase says something about, in the order in which an answer repeats it."""

    NUMBER = 0
    STATUS = 1
    LATE = 2
    TYPE = 3
    COMPONENT = 4
    PERSON = 5
    WAITING = 6
    WHO = 7
    TASKS = 8
    FILLER = 9


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means; `words` are how an answer says it, empty for a phrase that restricts nothing."""

    kind: Kind
    words: str
    question: Question


Phrase: TypeAlias = tuple[str, ...]
Vocabulary: TypeAlias = dict[Phrase, Meaning]

FILLER = Meaning(Kind.FILLER, "", Question())
#: Words that ask without restricting.
FILLERS = """
    status of | status | state of | state | where is | where are | where | what is | what are | what | which | show me
    show | list | tell me | give me | how many | how is | is | are | has | have | please | now | currently | right now
    there | any | all | of | for | in | at | by | with | on | and | or | do we have | do i have | do you have | we | i
    hi | hello | number | about
"""
TASKS = ("task", "tasks", "tasking", "taskings", "request", "requests")
STATUSES: dict[str, tuple[Status, ...]] = {
    "open": tuple(s for s in Status if s in OPEN),
    "received": (Status.RECEIVED,),
    "not logged": (Status.RECEIVED,),
    "logged": (Status.LOGGED,),
    "unassigned": (Status.LOGGED,),
    "not assigned": (Status.LOGGED,),
    "assigned": (Status.ASSIGNED,),
    "in review": (Status.IN_REVIEW,),
    "in clearance": (Status.IN_CLEARANCE,),
    "cleared": (Status.CLEARED,),
    "transmitted": (Status.TRANSMITTED,),
    "closed": (Status.CLOSED,),
}
#: The names of task types beside their keys; one name may mean several.
TYPES: dict[str, tuple[str, ...]] = {
    "FOIA": ("foia-medical-records", "foia-data-request", "foia-complex"),
    "audit": ("odo-audit-medical", "odo-audit-non-medical", "oig-audit", "gao-audit"),
    "ODO": ("odo-audit-medical", "odo-audit-non-medical"),
    "ODO audit": ("odo-audit-medical", "odo-audit-non-medical"),
    "OIG": ("oig-audit",),
    "GAO": ("gao-audit",),
    "GAO inquiry": ("gao-audit",),
    "congressional": ("congressional-inquiry",),
    "media": ("media-inquiry",),
    "complaint": ("medical-complaint",),
    "RCA": ("root-cause-analysis",),
    "root cause analyses": ("root-cause-analysis",),
    "leadership": ("leadership-request",),
    "expenditures": ("medical-care-expenditures",),
    "FOIA medical records": ("foia-medical-records",),
    "FOIA data": ("foia-data-request",),
    "complex FOIA": ("foia-complex",),
    "SME": ("sme-statement",),
}
WAITING: tuple[Phrase, ...] = (
    ("waiting", "for"),
    ("waiting", "on"),
    ("waits", "for"),
    ("waits", "on"),
    ("with",),
    ("needs",),
)


def vocabulary(ctx: Context) -> Vocabulary:
    """Every phrase of this agency, as lower-case words, for whoever asks."""
    organization = ctx.organization
    found = dict.fromkeys((words_of(filler) for filler in re.split(r"[|\n]", FILLERS.strip())), FILLER)
    found |= dict.fromkeys(((word,) for word in TASKS), Meaning(Kind.TASKS, "", Question()))
    for name, statuses in STATUSES.items():
        found[words_of(name)] = Meaning(Kind.STATUS, name, Question(statuses=statuses))
    for name in ("overdue", "late", "past due"):
        found[words_of(name)] = Meaning(Kind.LATE, "overdue", Question(overdue=True))
    for name in ("who", "who has", "whose turn is"):
        found[words_of(name)] = Meaning(Kind.WHO, "", Question(who=True))
    found |= _types(ctx.rubric.rows.values())
    found |= _components(organization)
    surnames = Counter(map(_surname, organization.people.values()))
    for person in organization.people.values():
        found |= _person(person, _names(person, surnames), ctx)
    if asker := organization.person(ctx.actor):
        found |= _person(asker, ("my", "me", "mine", "i have"), ctx)
    return found | _posts(organization)


def words_of(text: str) -> Phrase:
    """The words of a text in lower case, without punctuation, articles and “'s”."""
    plain = re.sub(r"['’](s|re)\b", r" \1", text.lower()).replace(" s ", " is ").replace(" re ", " are ")
    words = (word.strip(".-/") for word in re.findall(r"[^\s,;:!?()“”\"]+", plain))
    return tuple(word for word in words if word and word not in {"the", "a", "an"})


def _types(rows: Iterable[Row]) -> Vocabulary:
    named = {name: (row.key,) for row in rows for name in (row.key.replace("-", " "), row.label, row.name)} | TYPES
    return {
        form: Meaning(Kind.TYPE, name, Question(task_types=values))
        for name, values in named.items()
        for form in _forms(words_of(name))
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
        meaning = Meaning(Kind.COMPONENT, component.code, Question(components=tuple(below[component.code])))
        found[words_of(component.code)] = found[words_of(component.name)] = meaning
    return found


def _names(person: Person, surnames: Counter[str]) -> Iterator[str]:
    """Email and name, and the surname when nobody else has it."""
    yield person.email
    yield person.name
    if surnames[_surname(person)] == 1:
        yield _surname(person)


def _surname(person: Person) -> str:
    return person.name.split()[-1]


def _person(person: Person, names: Iterable[str], ctx: Context) -> Vocabulary:
    posts = map(str, sorted(ctx.organization.clears_as(person.email, ctx.today)))
    mine = Meaning(Kind.PERSON, person.name, Question(people=(person.email,)))
    turn = Meaning(Kind.WAITING, person.name, Question(waiting=(person.email, *posts)))
    found: Vocabulary = {}
    for name in names:
        said = words_of(name)
        found[said] = mine
        found |= {(*waits, *said): turn for waits in WAITING}
    return found


def _posts(organization: Organization) -> Vocabulary:
    """ "Waiting on the DAD" is any DAD, "on the DAD-CS" that one."""
    held = {post for person in organization.people.values() for post in person.posts}
    found: Vocabulary = {}
    for key in (*POSITIONS, *ALIASES):
        meant = {Post(*ALIASES[key])} if key in ALIASES else {post for post in held if post.key == key}
        name = key.upper() if len(key) < 4 or key in ALIASES else POSITIONS[key]
        turn = Meaning(Kind.WAITING, name, Question(waiting=tuple(sorted(map(str, meant)))))
        for said in {key, key.replace("-", " "), POSITIONS.get(key, key)}:
            found |= {(*waits, *words_of(said)): turn for waits in WAITING if meant}
    return found
