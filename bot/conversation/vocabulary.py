"""Every phrase that an agency's questions are made of, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.conversation import lexicon as x
from bot.conversation.pieces import (
    Link,
    Meaning,
    Quiet,
    Role,
    Value,
    Vocabulary,
)
from bot.conversation.question import Field, Group
from bot.conversation.reading import Lexicon, lexicon
from bot.conversation.words import Phrase, rows, words_of
from bot.domain.context import Context
from bot.domain.organization import Component, Kind, Organization, Person
from bot.domain.positions import ALIASES, LEADERSHIP, MANAGERS, POSITIONS
from bot.domain.rubric import Row, Rubric

PLACES = frozenset({Kind.REGION, Kind.FACILITY})
#: What is no name of a type by itself: "what other tasks" asks for no type, and a report may be a list.
NO_TYPES = frozenset(rows("other | others"))
LEADERS = rows("leadership | senior leadership | front office | ihsc leadership | executives")
#: What a name is said without: "Lakepoint" is the Lakepoint Processing Center.
SUFFIXES = frozenset(
    [
        "unit",
        "office",
        "division",
        "program",
        "processing",
        "center",
        "detention",
        "facility",
        "region",
        "discipline",
        "services",
        "health",
    ]
)


def lexicon_of(ctx: Context) -> Lexicon:
    """Every phrase of this agency for whoever asks. No surname takes a word away."""
    return _lexicon(*_named(ctx.organization, ctx.rubric), ctx.organization.person(ctx.actor))


def learn(organization: Organization, rubric: Rubric) -> None:
    """Work out an agency's phrases ahead, so that who asks first need not wait a second for it."""
    _agency(*_named(organization, rubric))


def _named(
    organization: Organization, rubric: Rubric
) -> tuple[tuple[Component, ...], tuple[Person, ...], tuple[Row, ...]]:
    return tuple(organization.components.values()), tuple(organization.people.values()), tuple(rubric.rows.values())


@lru_cache(maxsize=256)
def _lexicon(
    components: tuple[Component, ...], people: tuple[Person, ...], types: tuple[Row, ...], asker: Person | None
) -> Lexicon:
    agency = _agency(components, people, types)
    return agency.beside(_asker(asker, {each.code: each for each in components}, people)) if asker else agency


@lru_cache(maxsize=4)
def _agency(components: tuple[Component, ...], people: tuple[Person, ...], types: tuple[Row, ...]) -> Lexicon:
    """Later phrases win: words of the language over names."""
    named = _people(people) | _posts(people, components) | _components(components) | _types(types)
    return lexicon(named | x.spoken())


def _types(types: Iterable[Row]) -> Vocabulary:
    named: dict[str, tuple[str, ...]] = {
        name: (row.key,) for row in types for name in (row.key.replace("-", " "), row.label, row.name)
    }
    phrases = {words_of(name): keys for name, keys in named.items()}
    phrases |= {name: tuple(keys.split()) for keys in x.TYPE for name in x.names("type", keys)}
    return {
        form: ((Value(Field.TYPE, keys),),)
        for phrase, keys in phrases.items()
        for form in _forms(phrase)
        if form not in NO_TYPES
    }


def _forms(phrase: Phrase) -> Iterator[Phrase]:
    """Singular and plural."""
    *first, last = phrase
    yield from (phrase, (*first, f"{last[:-1]}ies" if last.endswith("y") else f"{last}s"))


def _components(components: Iterable[Component]) -> Vocabulary:
    """By code, by name, and by what of the name is left without "unit" and the like, if nothing else is called so."""
    found: Vocabulary = {}
    short: dict[Phrase, list[Component]] = {}
    for component in components:
        for name in dict.fromkeys(_short(words_of(component.name))) if component.parent else ():
            short.setdefault(name, []).append(component)
    found |= {name: ((_value(several[0]),),) for name, several in short.items() if len(several) == 1}
    for component in components:
        for said in (words_of(component.code), words_of(component.name)):
            found[said] = ((_value(component),),)
    return found | {
        who: found[name] for trade in x.TRADE if (name := words_of(trade)) in found for who in x.names("trade", trade)
    }


def _value(component: Component) -> Value:
    code = component.code
    group = {Kind.REGION: Group.REGION, Kind.DIVISION: Group.DIVISION}.get(component.kind)
    if component.kind in PLACES:
        return Value(Field.PLACE, (code,), group=group)
    return Value(Field.COMPONENT, (code,), code.lower() if code.lower() in POSITIONS else "", group)


def _short(name: Phrase) -> Iterator[Phrase]:
    for length in range(1, len(name)):
        if name[:length] in {(suffix,) for suffix in SUFFIXES}:
            continue
        if (
            name[length - 1] not in {"of", "and", "for"}
            and name[:length] != ("medical",)
            and name[:length] != ("health",)
        ):
            yield name[:length]
    if name and name[-1] == "region":
        yield (name[0].removesuffix("ern"), "region")
        yield ("region", name[0].removesuffix("ern"))
    kept = tuple(word for word in name if word not in SUFFIXES)
    if kept and kept != name and kept not in {("medical",), ("information",), ("of",)}:
        yield kept


def _people(people: Iterable[Person]) -> Vocabulary:
    """By email and name, and by first name or surname; one that several have may mean any of them."""
    named: dict[Phrase, list[Person]] = {}
    for person in people:
        words = words_of(person.name)
        for name in dict.fromkeys((words_of(person.email), words, words[-1:], words[:1], (words[0][:1], *words[1:]))):
            named.setdefault(name, []).append(person)
    return {name: tuple((Value(Field.PERSON, (one.email,)),) for one in several) for name, several in named.items()}


def _posts(people: Iterable[Person], components: Iterable[Component]) -> Vocabulary:
    """ "The DAD" is any DAD, "the DAD-CS", "CS DAD" or "DAD of CS" that one."""
    names = {each.code: words_of(each.name) for each in components}
    posts = {post for person in people for post in person.posts if post.component}
    found: Vocabulary = {}
    for key in (*POSITIONS, *ALIASES):
        for name in _post_names(key):
            found[name] = ((Value(Field.WAITING, (key,)),),)
    for post in posts:
        chief = rows("chief | lead | head") if post.key.endswith(("chief", "lead")) else ()
        places = (words_of(post.component), *_of_component(names.get(post.component, ())))
        for name in (*_post_names(post.key), *chief):
            for place in places:
                for said in (
                    (*name, *place),
                    (*place, *name),
                    (*name, "of", *place),
                    (*name, "for", *place),
                    (*name, "at", *place),
                ):
                    found[said] = ((Value(Field.WAITING, (str(post),)),),)
    leaders = Value(Field.WAITING, ("ad", "cos", "dcos", "dad"))
    return found | {
        (*lead, *name): ((Link(Role.WAITING), leaders),)
        for lead in rows("waiting on | waiting for | with")
        for name in LEADERS
    }


def _post_names(key: str) -> tuple[Phrase, ...]:
    words = x.names("post", key) if key in x.POST else ()
    return tuple(dict.fromkeys((words_of(key), words_of(key.replace("-", " ")), *words)))


def _of_component(name: Phrase) -> tuple[Phrase, ...]:
    """What a component is called where one of its positions is named."""
    return tuple(dict.fromkeys((name, tuple(w for w in name if w not in SUFFIXES) or name, name[:1]))) if name else ()


def _asker(person: Person, components: dict[str, Component], people: Iterable[Person]) -> Vocabulary:
    component = components.get(person.component)
    manages = any(post.key in MANAGERS | LEADERSHIP and not post.component for post in person.posts)
    own = Quiet() if manages or component is None or not component.parent else _value(component)
    return _chiefs(person, components, people) | x.asking(person.email) | x.ours(own)


def _chiefs(person: Person, components: dict[str, Component], people: Iterable[Person]) -> Vocabulary:
    """ "The chief" and "my DAD" are those above whoever asks, the nearest of each."""
    above, code = list[str](), person.component
    while code in components and code not in above:
        above.append(code)
        code = components[code].parent
    posts = {post for one in people for post in one.posts if post.component in above}
    found: Vocabulary = {}
    for post in sorted(posts, key=lambda post: -above.index(post.component)):
        chief = rows("chief | boss") if post.key.endswith("chief") else ()
        meaning: tuple[Meaning, ...] = ((Value(Field.WAITING, (str(post),)),),)
        found |= {(lead, *name): meaning for name in (*_post_names(post.key), *chief) for lead in ("my", "our")}
        found |= dict.fromkeys(rows("chief") if chief else (), meaning)
    return found
