"""Every phrase that an agency's questions are made of, and what each says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.conversation import lexicon as x
from bot.conversation import quiet as q
from bot.conversation.pieces import (
    By,
    First,
    Join,
    Joint,
    Link,
    Noun,
    Now,
    Past,
    Previous,
    Quiet,
    Role,
    Value,
    Vocabulary,
    Want,
    Without,
)
from bot.conversation.question import Field, Group, Wants
from bot.conversation.reading import Lexicon, lexicon
from bot.conversation.words import Phrase, rows, words_of
from bot.domain.context import Context
from bot.domain.messages import Manner, Priority
from bot.domain.organization import Component, Kind, Person
from bot.domain.positions import ALIASES, LEADERSHIP, MANAGERS, POSITIONS
from bot.domain.rubric import Origin, Row, Scope

PLACES = frozenset({Kind.REGION, Kind.FACILITY})
#: The names of task types beside their keys; one name may mean several.
TYPES: dict[str, str] = {
    "FOIA | FOIA case | freedom of information": "foia-medical-records foia-data-request foia-complex",
    "audit": "odo-audit-medical odo-audit-non-medical oig-audit gao-audit",
    "ODO | ODO audit | ODO inspection | inspection | ICE ODO": "odo-audit-medical odo-audit-non-medical",
    "ODO audit with medical findings | ODO audits with medical findings | medical ODO | medical ODO audit | ODO audit medical | ODO medical | ODO with medical findings":
        "odo-audit-medical",
    "ODO audit without medical findings | ODO audits without medical findings | non-medical ODO | non-medical ODO audit | ODO audit non-medical | ODO nonmedical"
    " | ODO non-medical | nonmedical ODO | nonmedical ODO audit | ODO without medical findings": "odo-audit-non-medical",
    "OIG | OIG audit | ICE OIG | DHS OIG | inspector general | OIG inspection": "oig-audit",
    "GAO | GAO inquiry | GAO investigation | GAO engagement": "gao-audit",
    "congressional | congressional inquiry | congressional letter | hill inquiry | hill request | congress | hill"
    " | congressional correspondence | member inquiry | letter from congress": "congressional-inquiry",
    "media | media inquiry | press | press inquiry | reporter inquiry | media query | media call | press call": "media-inquiry",
    "complaint | medical complaint | patient complaint": "medical-complaint",
    "RCA | root cause | root cause analysis | root-cause analysis | root cause analyses | root-cause": "root-cause-analysis",
    "leadership | leadership request | senior leadership request | leadership ask": "leadership-request",
    "expenditure | medical expenditure | care expenditure | budget formulation | spending | MCE": "medical-care-expenditures",
    "FOIA medical records | medical records FOIA | medical record FOIA | medical records | medical records request"
    " | FOIA medical record": "foia-medical-records",
    "FOIA data | FOIA data request | data FOIA | data request": "foia-data-request",
    "complex FOIA | FOIA complex": "foia-complex",
    "report task | routine report | ad-hoc report | ad hoc report | recurring report": "report",
    "SME | SME statement | expert statement | subject matter expert statement": "sme-statement",
    "QFR | question for record | questions for record | questions for the record": "qfr",
    "medpar | med par": "medpar",
    "declaration | affidavit | declarations": "declaration",
}  # fmt: skip
#: What is no name of a type by itself: "what other tasks" asks for no type, and a report may be a list.
NO_TYPES = frozenset(rows("other | others"))
FLAGS: tuple[tuple[str, Field, str], ...] = (
    ("urgent | urgent priority | emergency | rush | hot", Field.PRIORITY, Priority.URGENT),
    ("high priority | high-priority | high | important | priority high", Field.PRIORITY, Priority.HIGH),
    (
        "routine | routine priority | normal priority | priority routine",
        Field.PRIORITY,
        Priority.ROUTINE,
    ),
    ("field | field scope | in field", Field.SCOPE, Scope.FIELD),
    ("HQ | headquarters | HQ scope | at HQ | main office", Field.SCOPE, Scope.HQ),
    ("internal | from inside | in-house | internal requests", Field.ORIGIN, Origin.INTERNAL),
    ("external | from outside | outside | from outside agency", Field.ORIGIN, Origin.EXTERNAL),
    ("email | by email | via email | over email | through email | e-mail | emailed", Field.MANNER, Manner.EMAIL),
    ("ITMS | via ITMS | by ITMS | in ITMS | through ITMS", Field.MANNER, Manner.ITMS),
    (
        "SES | SES clearance | needs SES clearance | SES-level | needing SES clearance | requiring SES clearance",
        Field.SES,
        "yes",
    ),
)
POST_NAMES: dict[str, str] = {
    "ad": "assistant director",
    "cos": "chief of staff",
    "dcos": "deputy chief of staff | deputy cos",
    "dad": "dads | deputy assistant director | deputy assistant directors | deputy | division lead | division leads",
    "unit-chief": "unit chief | unit chiefs | uc",
    "discipline-chief": "discipline chief | discipline chiefs",
    "program-lead": "program lead | program leads",
    "rim": "records and information management",
    "rhsa": "regional hsa | regional hsas | rhsas | regional health services administrator",
    "hsa": "hsas | health services administrator",
    "rfmc": "regional fmc | rfmcs | regional field medical coordinator",
    "fmc": "fmcs | field medical coordinator",
    "hcc-consultant": "hcc consultant | health care compliance consultant | compliance consultant",
    "fod": "field office director | field office directors | fods",
    "afod": "assistant field office director | afods",
    "task-manager": "task manager | task managers | taskings office",
    "tpsu-chief": "tpsu chief",
}
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
    organization = ctx.organization
    components, people = tuple(organization.components.values()), tuple(organization.people.values())
    return _lexicon(components, people, tuple(ctx.rubric.rows.values()), organization.person(ctx.actor))


@lru_cache(maxsize=256)
def _lexicon(
    components: tuple[Component, ...], people: tuple[Person, ...], types: tuple[Row, ...], asker: Person | None
) -> Lexicon:
    found = _agency(components, people, types)
    return lexicon(found | _asker(asker, {each.code: each for each in components}) if asker else found)


@lru_cache(maxsize=4)
def _agency(components: tuple[Component, ...], people: tuple[Person, ...], types: tuple[Row, ...]) -> Vocabulary:
    """Later phrases win: words of the language over names."""
    return _people(people) | _posts(people, components) | _components(components) | _types(types) | _static()


def _each(table: str, *meaning: object) -> Vocabulary:
    return dict.fromkeys(rows(table), (meaning,))  # type: ignore[arg-type]


def _static() -> Vocabulary:
    found = _each(q.FILLERS, Quiet())
    found |= (
        _each(q.BACKLOG, Noun(), Now())
        | _each(q.PRONOUNS, Noun(weak=True))
        | _each(q.NOUNS, Noun())
        | _each(q.HEADS, Quiet(head=True))
    )
    found |= _each(q.ANDS, Joint(Join.AND)) | _each(q.ORS, Joint(Join.OR)) | _each(q.VERSUS, Joint(Join.VERSUS))
    found |= {("; or",): ((Joint(Join.ELSE),),), (";", "or"): ((Joint(Join.ELSE),),), (",",): ((Joint(Join.AND),),)}
    found |= _each(q.NEGATIONS, Without()) | _each(q.PAST, Past()) | _each(q.PREVIOUS, Previous())
    for table in (x.LINKS, x.STANDINGS, x.WANTS, x.ORDERS):
        for phrases, meaning in table:
            found |= _each(phrases, *meaning)
    for phrases, at in x.MOMENTS:
        found |= _each(phrases, at)
    for phrases, field, value in FLAGS:
        found |= _each(phrases, Value(field, (value,)))
    found |= _each(x.WORKLOAD, Now(), By(Group.OFFICER, "workload"))
    report = Value(Field.TYPE, ("report",))
    found |= {("report",): ((report,), (Quiet(head=True),)), ("'s",): ((Quiet(),),)}
    found |= _each("compare", Joint(Join.VERSUS))
    for deed, phrases in x.DEEDS.items():
        found |= _each(phrases, Want(Wants.DEEDS, (deed,)))
    return found | _grouping() | _sorting()


def _grouping() -> Vocabulary:
    by, which = (rows(table) for table in x.GROUPED)
    found: Vocabulary = {}
    for names, group in x.GROUPS:
        for name in rows(names):
            found |= {(*lead, *name): ((By(group),),) for lead in (*by, *which)}
    for names, unit in x.UNITS:
        for name in rows(names):
            found |= {(*lead, *name): ((By(Group.PERIOD, unit),),) for lead in by}
    return found


def _sorting() -> Vocabulary:
    return {
        (*lead, *name): ((First(order, open=False),),)
        for lead in rows(x.SORTED)
        for names, order in x.SORTS
        for name in rows(names)
    }


def _types(types: Iterable[Row]) -> Vocabulary:
    named = {name: (row.key,) for row in types for name in (row.key.replace("-", " "), row.label, row.name)}
    named |= {name: tuple(keys.split()) for names, keys in TYPES.items() for name in names.split(" | ")}
    return {
        form: ((Value(Field.TYPE, keys),),)
        for name, keys in named.items()
        for form in _forms(words_of(name))
        if form not in NO_TYPES
    } | _each("report tasks | routine reports | reports due", Value(Field.TYPE, ("report",)))


def _forms(phrase: Phrase) -> Iterator[Phrase]:
    """Singular and plural, and with "task" or "request" behind."""
    *first, last = phrase
    for form in (phrase, (*first, f"{last[:-1]}ies" if last.endswith("y") else f"{last}s")):
        yield form


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
    return found


def _value(component: Component) -> Value:
    code = component.code
    if component.kind in PLACES:
        return Value(Field.PLACE, (code,))
    return Value(Field.COMPONENT, (code,), code.lower() if code.lower() in POSITIONS else "")


def _short(name: Phrase) -> Iterator[Phrase]:
    for length in range(1, len(name)):
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
    words = rows(POST_NAMES.get(key, key.replace("-", " ")))
    return tuple(dict.fromkeys((words_of(key), words_of(key.replace("-", " ")), *words)))


def _of_component(name: Phrase) -> tuple[Phrase, ...]:
    """What a component is called where one of its positions is named."""
    return tuple(dict.fromkeys((name, tuple(w for w in name if w not in SUFFIXES) or name, name[:1]))) if name else ()


def _asker(person: Person, components: dict[str, Component]) -> Vocabulary:
    me = Value(Field.PERSON, (person.email,))
    asker_manages = any(post.key in MANAGERS | LEADERSHIP for post in person.posts)
    found = _each(x.MINE, me, Now()) | _each(x.MY_TURN, Link(Role.WAITING), me)
    found |= _each("me | i am | did i | did i close | i closed | i sent | i transmitted | i answered | i did", me)
    found |= _each("what did i | which did i | what have i", Quiet(head=True), me)
    found |= _each("did i clear | i cleared | i approved", Link(Role.CLEARED), me) | _each(
        "did i log | i logged", Link(Role.MANAGER), me
    )
    found |= _each(x.AM_LATE, *x.STANDINGS[1][1], me)
    found |= _each(x.WAITING_FOR_OTHERS, me, Now(), Without(), Link(Role.WAITING), me)
    component = components.get(person.component)
    if asker_manages or component is None or not component.parent:
        found |= _each("our | ours | us", Quiet())
    else:
        found |= _each(x.OURS, _value(component))
    return found


def words_known(known: Vocabulary) -> frozenset[str]:
    """Every single word of the phrases."""
    return frozenset(word for phrase in known for word in phrase)
