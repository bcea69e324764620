"""What a question restricts, as conditions on task rows. None of them is ever unknown, so each can be turned round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    and_,
    false,
    literal,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.conversation.question import Field, Filter, Moment, Question, Span, Standing, Term
from bot.domain.assignment import Stage
from bot.domain.task import OPEN, Status
from bot.domain.wording import stem, words_in
from storage import tables as t
from storage.rows import LINE, entries

_task = t.tasks.c
MOMENTS: Mapping[Moment, ColumnElement[Any]] = {
    Moment.RECEIVED: _task.received_at,
    Moment.DUE: _task.due_at,
    Moment.TRANSMITTED: _task.transmitted_at,
    Moment.CLOSED: _task.closed_at,
}
COLUMNS: Mapping[Field, ColumnElement[Any]] = {
    Field.NUMBER: _task.number,
    Field.PRIORITY: _task.priority,
    Field.TYPE: _task.task_type,
    Field.SCOPE: _task.scope,
    Field.ORIGIN: _task.origin,
    Field.MANNER: _task.manner,
    Field.MANAGER: _task.manager,
}
#: What a request has once it is logged; before, the columns hold what is assumed.
ENTERED = frozenset({Field.PRIORITY, Field.SCOPE, Field.ORIGIN, Field.MANNER})
#: Kinds of links; for a place also who answers there, for a person also what waits for their posts.
KINDS: Mapping[Field, tuple[str, ...]] = {
    Field.COMPONENT: ("component",),
    Field.PLACE: ("place", "component"),
    Field.PERSON: ("person", "waiting"),
    Field.OFFICER: ("officer",),
    Field.WAITING: ("waiting",),
    Field.CLEARED: ("cleared",),
}
#: Kinds of links by the words of a text.
TEXTS: Mapping[Field, str] = {Field.REQUESTOR: "requestor", Field.ABOUT: "subject"}
STATUSES: Mapping[Standing, Status] = {Standing(status.value): status for status in Status}
STAGES: Mapping[Standing, Stage] = {
    Standing.UNACKNOWLEDGED: Stage.ASSIGNED,
    Standing.ACKNOWLEDGED: Stage.ACKNOWLEDGED,
    Standing.DEFERRED: Stage.DEFERRED,
    Standing.IN_DIVISION_CLEARANCE: Stage.IN_DIVISION_CLEARANCE,
}
STATES = frozenset({Standing.RETURNED, Standing.EXTENSION, Standing.DELEGATED})
#: Standings of tasks that are open, whichever it is.
OPEN_ONES = (
    frozenset(standing for standing, status in STATUSES.items() if status in OPEN)
    | frozenset(STAGES)
    | STATES
    | {Standing.OPEN, Standing.OVERDUE, Standing.UNOWNED}
)
#: As the indexes have it.
LIVE, MANAGED = _task.status != literal_column("'closed'"), _task.manager != literal_column("''")
#: The index of a type's tasks, and the one that has their links, too.
TYPED, TYPED_LINKED = "ix_tasks_type", "ix_tasks_type_received"
#: The indexes of tasks that are not closed.
NOT_DONE = frozenset({"ix_tasks_open", "ix_tasks_live"})
NOT_CLOSED = OPEN_ONES | {Standing.TRANSMITTED, Standing.WITHDRAWN}
#: What lies in a span of no more is few among many years.
YEAR = timedelta(days=366)
#: Behind every letter: what begins with a word lies between the word and the word with this.
LAST = "\U0010ffff"
#: Links as SQLite finds them for one task.
BY_TASK = "INDEXED BY sqlite_autoindex_links_1"
TRANSMITTED = _task.took.is_not(None)
ON_TIME = and_(TRANSMITTED, _task.transmitted_at <= _task.due_at)


class Within(FunctionElement[bool]):
    """Whether a text has another in it: soonest so on either database, and with no characters that stand for others."""

    type = Boolean()
    inherit_cache = True


@compiles(Within)
def _strpos(element: Within, compiler: SQLCompiler, **kw: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **kw)}) > 0"


@compiles(Within, "sqlite")
def _instr(element: Within, compiler: SQLCompiler, **kw: Any) -> str:
    return f"instr({compiler.process(element.clauses, **kw)}) > 0"


def only_open(question: Question) -> bool:
    """Whether nothing but open tasks can pass."""
    return all(any(_only_open(part) for part in filter_) for filter_ in question.any_of)


def not_closed(question: Question) -> bool:
    """Whether no closed task can pass."""
    return all(any(_not_closed(part) for part in filter_) for filter_ in question.any_of)


def index_for(question: Question) -> str | None:
    """The index by which few tasks are left to look at; None where the question goes through all years."""
    if only_open(question):
        return "ix_tasks_open"
    if not_closed(question):
        return "ix_tasks_live"
    typed = len(question.any_of) == 1 and _typed(question.any_of[0])
    if moment := spanned(question):
        among = "type_" if typed and moment is not Moment.DUE else ""
        return f"ix_tasks_{among}{moment}"
    if not typed:
        return None
    return TYPED_LINKED if _says(question.any_of[0], KINDS) else TYPED


def spanned(question: Question) -> Moment | None:
    """The moment of the spans that leave few tasks to look at."""
    if question.periods:
        return question.moment or Moment.RECEIVED
    if len(question.any_of) > 1:
        return None
    spans = (part for part in question.any_of[0] if isinstance(part, Span) and part.start and not part.without)
    return next((span.moment for span in spans), None)


def few_left(question: Question, at: datetime) -> bool:
    """Whether links are read beside each task: where its own words or times leave fewer tasks than a link would."""
    if index_for(question) in NOT_DONE or _short(question, at):
        return True
    return all(_typed(filter_) or (_says(filter_, TEXTS) and not spanned(question)) for filter_ in question.any_of)


def linked_by(question: Question) -> bool:
    """Whether a link leaves fewer tasks than who asks may see."""
    return all(_says(filter_, KINDS) for filter_ in question.any_of)


def _typed(filter_: Filter) -> bool:
    """Whether a type leaves fewer tasks than anything else that is said: fewer than a component does."""
    return _says(filter_, {Field.TYPE}) and not _says(filter_, {*KINDS, *TEXTS} - {Field.COMPONENT, Field.PLACE})


def _says(filter_: Filter, fields: Collection[Field]) -> bool:
    return any(isinstance(part, Term) and part.field in fields and not part.without for part in filter_)


def _short(question: Question, at: datetime) -> bool:
    """Whether what it asks of all years lies in one."""
    spans = question.periods or [part for part in question.any_of[0] if isinstance(part, Span) and not part.without]
    return any(span.start is not None and (span.end or at) - span.start <= YEAR for span in spans)


def by(index: str | None, query: Select[Any]) -> Select[Any]:
    """SQLite is told, as it knows nothing of how much a span holds; PostgreSQL finds it by its statistics."""
    return query.with_hint(t.tasks, f"INDEXED BY {index}", "sqlite") if index else query


def _only_open(part: Term | Span) -> bool:
    if isinstance(part, Span) or part.without:
        return False
    if part.field is Field.WAITING:
        return True
    return part.field is Field.STANDING and frozenset(map(Standing, part.values)) <= OPEN_ONES


def _not_closed(part: Term | Span) -> bool:
    if isinstance(part, Span) or part.field is not Field.STANDING:
        return _only_open(part)
    standings = frozenset(map(Standing, part.values))
    return Standing.CLOSED in standings if part.without else standings <= NOT_CLOSED


def asked(filter_: Filter, at: datetime, few: bool) -> Iterator[ColumnElement[bool]]:
    """The parts of a filter; `few` says that few tasks are left to look at, one by one."""
    few_words = any(map(_only_open, filter_))  # else a word leaves fewer tasks than a type or a span does
    for part in filter_:
        if isinstance(part, Span):
            meant = _spanned(part)
        elif part.field in TEXTS:
            meant = _worded(TEXTS[part.field], part.values, few_words)
        else:
            meant = _said(part, at, few)
            few = few or (part.field in KINDS and not part.without)  # one link leaves few for the next
        yield not_(meant) if part.without else meant


def between(moment: ColumnElement[Any], start: datetime | None, end: datetime | None) -> ColumnElement[bool]:
    within: list[ColumnElement[bool]] = [moment.is_not(None)]
    within += [moment >= start] if start else []
    within += [moment < end] if end else []
    return and_(*within)


def linked(links: Iterable[tuple[str, str]], few: bool) -> ColumnElement[bool]:
    """Whether a task has one of these links: read beside each task, or where tasks are many the other way round."""
    values: dict[str, list[str]] = defaultdict(list)
    for kind, value in sorted(links):
        values[kind].append(value)
    of_kinds = [(t.links.c.kind == kind) & t.links.c.value.in_(named) for kind, named in values.items()]
    if not few:
        return _among(*of_kinds) if of_kinds else false()
    told = (entry for kind, named in values.items() for value in named for entry in entries(kind, value))
    return _told(told, or_(false(), *of_kinds))


def _worded(kind: str, texts: Iterable[str], few: bool) -> ColumnElement[bool]:
    """Whether a task's text has all words of one of these: found by the longest of them."""
    likes = (words_like(kind, text) for text in texts)
    wordings = [[like[word] for word in sorted(like, key=len, reverse=True)] for like in likes if like]
    each = or_(false(), *(and_(*map(_has_link, words)) for words in wordings))
    if few or not wordings:
        return each
    found = _among(*(words[0] for words in wordings))
    return found if max(map(len, wordings)) == 1 else and_(found, each)


def words_like(kind: str, text: str) -> Mapping[str, ColumnElement[bool]]:
    """The words of a text, each with the links that are to it; of the last, also to what begins with it."""
    of_kind, words = t.links.c.kind == kind, words_in(text)
    like: dict[str, ColumnElement[bool]] = {word: of_kind & (t.links.c.value == word) for word in words}
    return like | {word: of_kind & t.links.c.value.between(stem(word), stem(word) + LAST) for word in words[-1:]}


def _among(*any_of: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a task is one of those that have a link like one of these."""
    return _task.number.in_(union_all(*(select(t.links.c.task).where(one).correlate(None) for one in any_of)))


def _told(some: Iterable[str], like: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the text of a task's links has one of these; where they are too many for it, they are sought."""
    told = (Within(_task.linked, literal(entry)) for entry in some)
    return or_(false(), *told, and_(_task.linked == "", _has_link(like)))


def _has_link(like: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of the task alone: a query may look at links of its own."""
    own = select(t.links.c.task).where(t.links.c.task == _task.number, like).correlate(t.tasks)
    return own.with_hint(t.links, BY_TASK, "sqlite").exists()


def _spanned(span: Span) -> ColumnElement[bool]:
    return between(MOMENTS[span.moment], span.start, span.end)


def _said(term: Term, at: datetime, few: bool) -> ColumnElement[bool]:
    field = term.field
    if field in COLUMNS:
        named = COLUMNS[field].in_(term.values)
        if field is Field.MANAGER:
            return and_(MANAGED, named)
        return and_(named, _task.task_type != "") if field in ENTERED else named
    if field in KINDS:
        found = linked(((kind, value) for kind in KINDS[field] for value in term.values), few)
        return and_(_task.open, found) if field is Field.WAITING else found
    if field is Field.SES:
        return _task.ses
    return _standing(frozenset(map(Standing, term.values)), at, few)


def _standing(standings: frozenset[Standing], at: datetime, few: bool) -> ColumnElement[bool]:
    statuses = sorted(STATUSES[standing].value for standing in standings if standing in STATUSES)
    links = [("stage", STAGES[standing].value) for standing in standings if standing in STAGES]
    links += [("state", standing.value) for standing in standings & STATES]
    found: list[ColumnElement[bool]] = [_task.status.in_(statuses)] if statuses else []
    found += [linked(links, few)] if links else []
    found += [condition for standing, condition in _worked_out(at) if standing in standings]
    return or_(false(), *found)


def _worked_out(at: datetime) -> Iterator[tuple[Standing, ColumnElement[bool]]]:
    owned = _told([f"{LINE}officer:"], t.links.c.kind == "officer")
    yield Standing.OPEN, _task.open
    yield Standing.OVERDUE, and_(_task.open, _task.due_at < at)
    yield Standing.UNOWNED, and_(_task.open, not_(owned))
    yield Standing.ON_TIME, ON_TIME
    yield Standing.LATE, and_(TRANSMITTED, _task.transmitted_at > _task.due_at)
