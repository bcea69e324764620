"""The words of `phrases.toml` as what each of them says."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TypeAlias

from bot.conversation.pieces import (
    At,
    By,
    First,
    Join,
    Joint,
    Lead,
    Link,
    Meaning,
    More,
    Noun,
    Now,
    Past,
    Piece,
    Previous,
    Quiet,
    Role,
    Value,
    Vocabulary,
    Want,
    Without,
)
from bot.conversation.question import Deed, Field, Group, Moment, Order, Standing, Wants
from bot.conversation.words import Phrase, rows

Section: TypeAlias = dict[str, str]
_FILE: dict[str, Section] = tomllib.loads(
    resources.files("bot.conversation").joinpath("phrases.toml").read_text(encoding="utf-8")
)
ACT, TYPE, POST, TRADE = (_FILE[name] for name in ("act", "type", "post", "trade"))
#: What introduces how the question before goes on, the longest first.
LEADS: tuple[tuple[Phrase, Lead], ...] = tuple(
    sorted(
        ((phrase, lead) for lead in Lead for phrase in rows(_FILE["follow"][lead.value])),
        key=lambda one: -len(one[0]),
    )
)
FOLLOW = {key: frozenset(rows(table)) for key, table in _FILE["follow"].items()}
SORTED = rows(_FILE["follow"]["sorted"])
#: Nouns for a place behind the name of somebody who belongs there, and verbs behind a name, by what they make of it.
WHOSE = {phrase: kind for kind, table in _FILE["whose"].items() for phrase in rows(table)}
DOES = {Role(role): frozenset(rows(table)) for role, table in _FILE["does"].items()}


#: What introduces a noun that tasks are grouped by, and those nouns.
_BY, _WHICH, _MOST = (frozenset(rows(_FILE["grouping"][key])) for key in ("by", "which", "most"))
NOUNS = {name: By(Group(key)) for key, table in _FILE["group"].items() for name in rows(table)} | {
    name: By(Group.PERIOD, unit) for unit, table in _FILE["unit"].items() for name in rows(table)
}
#: Words for those who do the work.
PEOPLE = frozenset(name for name, by in NOUNS.items() if by.group is Group.OFFICER) | {
    name for table in TRADE.values() for name in rows(table)
}
_FULLEST = frozenset(rows("[/what is /which is /our ][busiest/heaviest/slowest]"))
_SPEED = {("slowest",): Order.SLOWEST, ("fastest",): Order.FASTEST}
GROUPING = frozenset(word for phrase in (*_BY, *_WHICH, *_MOST, *NOUNS) for word in phrase)


def names(section: str, key: str) -> tuple[Phrase, ...]:
    """The phrases of one entry, what answers say first."""
    return rows(_FILE[section][key])


def each(table: str, *meaning: Piece) -> Vocabulary:
    return dict.fromkeys(rows(table), (meaning,))


def spoken() -> Vocabulary:
    """Every phrase of the language; where one says two things, the later section has it."""
    found: Vocabulary = {("; or",): ((Joint(Join.ELSE),),), (";", "or"): ((Joint(Join.ELSE),),)}
    found |= {(",",): ((Joint(Join.AND),),), ("'s",): ((Quiet(),),)}
    for section, read in _READ:
        for key, table in _FILE[section].items():
            found |= each(table, *read(key))
    report = Value(Field.TYPE, ("report",))
    found |= {("report",): ((report,), (Quiet(head=True),)), ("compare",): ((Joint(Join.VERSUS),),)}
    return found | _grouping() | _sorting()


def asking(asker: str) -> Vocabulary:
    """The phrases for whoever asks, an email; those for their component are not among them."""
    me, turn, words = Value(Field.PERSON, (asker,)), Link(Role.WAITING), _FILE["asker"]
    found = each(words["me"], me) | each(words["what-i"], Quiet(head=True), me)
    found |= each(words["mine"], me, Now()) | each(words["turn"], turn, me)
    found |= each(words["received"], me, At(Moment.RECEIVED, weak=True))
    found |= each(words["waits"], me, Now(), Without(), turn, me) | each(words["others"], Now(), Without(), turn, me)
    found |= each(words["cleared"], Link(Role.CLEARED), me) | each(words["logged"], Link(Role.MANAGER), me)
    clearance = _standing("in-clearance+in-division-clearance")
    found |= each(words["to-clear"], turn, me, Quiet(head=True), *clearance)
    return found | each(words["late"], *_standing(Standing.OVERDUE.value), me)


def ours(*meaning: Piece) -> Vocabulary:
    """ "Our tasks": those of the asker's component, or for who manages all, all."""
    return each(_FILE["asker"]["ours"], *meaning)


# What the keys of each section say


def _standing(key: str) -> Meaning:
    if key.startswith("not "):
        return (Without(), *_standing(key.removeprefix("not ")))
    return (Value(Field.STANDING, tuple(Standing(value).value for value in key.split("+"))),)


def _moment(key: str) -> Meaning:
    moment, _, standing = key.partition(" ")
    if standing == "weak":
        return (At(Moment(moment), weak=True),)
    return (At(Moment(moment), tuple(map(Standing, standing.split("+") if standing else ()))),)


def _link(key: str) -> Meaning:
    if key == "now":
        return (Now(),)
    if key.startswith("after"):
        return (Link(Role(key.partition(" ")[2] or Role.WAITING), after=True),)
    if key == "received from":
        return At(Moment.RECEIVED, weak=True), Link(Role.FROM)
    *standing, role = key.split(" ")
    return (*(piece for one in standing for piece in _standing(one)), Link(Role(role)))


def _want(key: str) -> Meaning:
    if key == "standing":
        return Now(), Quiet(head=True)
    return (Want(Wants(key)), Now()) if key in {"who", "officer", "requestor"} else (Want(Wants(key)),)


def _deed(key: str) -> Meaning:
    return (Want(Wants.DEEDS, (Deed(key),)),)


def _order(key: str) -> Meaning:
    *standing, order = key.removesuffix(" any").split(" ")
    return (*(p for one in standing for p in _standing(one)), First(Order(order), open=not key.endswith(" any")))


def _flag(key: str) -> Meaning:
    field, value = key.split(" ")
    return (Value(Field(field), (value,)),)


_JOINS: dict[str, Piece] = {
    "and": Joint(Join.AND),
    "or": Joint(Join.OR),
    "versus": Joint(Join.VERSUS),
    "without": Without(),
}
_QUIET: dict[str, Meaning] = {
    "filler": (Quiet(),),
    "pronoun": (Noun(weak=True),),
    "noun": (Noun(),),
    "backlog": (Noun(), Now()),
    "head": (Quiet(head=True),),
    "past": (Past(),),
    "previous": (Previous(),),
    "more": (More(),),
}
_READ = (
    ("quiet", _QUIET.__getitem__),
    ("join", lambda key: (_JOINS[key],)),
    ("link", _link),
    ("standing", _standing),
    ("want", _want),
    ("order", _order),
    ("moment", _moment),
    ("flag", _flag),
    ("requestor", lambda key: (Value(Field.REQUESTOR, (key,)),)),
    ("deed", _deed),
)


def _grouping() -> Vocabulary:
    words = _FILE["grouping"]
    trends = {(unit, how, unit): ((By(Group.PERIOD, unit),),) for unit in _FILE["unit"] for how in ("over", "by", "on")}
    return (
        trends
        | each(words["turns"], Now(), By(Group.WAITING))
        | each(words["requestors"], By(Group.REQUESTOR))
        | each(words["workload"], Now(), By(Group.OFFICER, "workload"))
    )


def grouped(phrase: Phrase) -> tuple[Meaning, ...]:
    """What "by unit" says: too many leads and nouns to know each pair of them."""
    for length in range(len(phrase) - 1, 0, -1):
        lead, noun = phrase[:length], phrase[length:]
        if noun in _MOST and lead in NOUNS and NOUNS[lead].group is not Group.PERIOD:
            return ((NOUNS[lead],),)
        if noun in NOUNS and (lead in _BY or (lead in _WHICH and _ranked(lead, noun))):
            speed = (First(_SPEED[lead], open=False),) if lead in _SPEED else ()
            return ((NOUNS[noun], *speed),)
    return ()


def _ranked(lead: Phrase, noun: Phrase) -> bool:
    """ "Which unit" asks for one of them, but "which month" for a time."""
    return NOUNS[noun].group is not Group.PERIOD or lead in _FULLEST


def _sorting() -> Vocabulary:
    return {
        (*lead, *name): ((First(Order(order), open=False),),)
        for order, table in _FILE["sort"].items()
        for name in rows(table)
        for lead in SORTED
    }
