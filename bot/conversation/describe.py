"""A question in words that mean the same when they are asked: how an answer says what it understood."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from bot.conversation import lexicon as x
from bot.conversation.calendar import Range
from bot.conversation.own_words import TOGETHER
from bot.conversation.question import (
    Deed,
    Field,
    Filter,
    Group,
    Order,
    Question,
    Span,
    Standing,
    Term,
    Wants,
)
from bot.domain.context import Context
from bot.domain.positions import ALIASES, POSITIONS, Post

STANDINGS: dict[Standing, str] = {
    Standing.RECEIVED: "not logged",
    Standing.LOGGED: "logged",
    Standing.ASSIGNED: "with action officers",
    Standing.CLEARED: "ready to transmit",
    Standing.BY_EMAIL: "coordinated by email",
    Standing.EXTENSION: "with extension requests",
    Standing.LATE: "transmitted late",
    Standing.ON_TIME: "transmitted on time",
    Standing.UNOWNED: "without action officers",
}
#: Values that are not written as they are asked for.
FLAGS = {"high": "high priority", "hq": "HQ", "itms": "ITMS", "yes": "SES"}
#: Standings that read well before "tasks"; the rest stand behind.
BEFORE = frozenset({Standing.OPEN, Standing.OVERDUE, Standing.CLOSED, Standing.DEFERRED, Standing.RETURNED})
#: How a list is ordered; by urgency unless another order is asked for (6-1.1).
ORDERS: dict[Order, str] = {
    Order.URGENCY: "urgent first, then soonest due",
    Order.DUE: "soonest due first",
    Order.DUE_LAST: "last due first",
    Order.OLDEST: "oldest first",
    Order.NEWEST: "newest first",
    Order.PRIORITY: "by priority",
    Order.NUMBER: "by number",
    Order.CLOSED_LAST: "last closed first",
    Order.TRANSMITTED_LAST: "last transmitted first",
    Order.SLOWEST: "slowest first",
    Order.FASTEST: "fastest first",
}
LINKS: dict[Field, str] = {
    Field.COMPONENT: "of",
    Field.PLACE: "at",
    Field.PERSON: "of",
    Field.OFFICER: "assigned to",
    Field.WAITING: "waiting on",
    Field.MANAGER: "logged by",
    Field.CLEARED: "cleared by",
    Field.REQUESTOR: "from",
    Field.ABOUT: "about",
}
#: The kinds in the order in which an answer says them, before "tasks" and behind.
FRONT = (Field.PRIORITY, Field.ORIGIN, Field.SCOPE, Field.MANNER, Field.SES, Field.TYPE)
WANTED: dict[Wants, str] = {
    Wants.COUNT: "how many",
    Wants.WHO: "who has",
    Wants.OFFICER: "action officers of",
    Wants.REQUESTOR: "requestors of",
    Wants.WHEN: "when",
    Wants.ON_TIME: "on-time rate of",
    Wants.TURNAROUND: "turnaround of",
    Wants.TRAINING: "training",
}


def describe(question: Question, ctx: Context) -> str:
    """ "open FOIA tasks of HOU, due by 4 Dec 2026", without what of them is asked."""
    return "; or ".join(_filter(one, ctx) for one in question.any_of)


def again(question: Question, ctx: Context) -> str:
    """The whole question in words, as a button asks it: "who cleared T-1042"."""
    if question.wants is Wants.TRAINING:
        return WANTED[Wants.TRAINING]
    lead = " and ".join(_deed(deed) for deed in question.deeds) or WANTED.get(question.wants, "")
    group = f"by {grouped(question.group)}" if question.group and question.group is not Group.PERIOD else ""
    order = f"sorted by {_sort(question.order)}" if question.order else ""
    first = f"first {question.limit}" if question.limit else ""
    moment = question.moment.value if question.moment and question.wants is Wants.WHEN else ""
    periods = f"{question.moment} {' versus '.join(p.key for p in question.periods)}" if question.periods else ""
    return " ".join(filter(None, (lead, first, describe(question, ctx), moment, periods, group, order)))


def grouped(group: Group) -> str:
    """How a group is called: "unit", "task type"."""
    return group.value if group is Group.PERIOD else " ".join(x.names("group", group.value)[0])


def _sort(order: Order) -> str:
    return " ".join(x.names("sort", order.value)[0])


def _deed(deed: Deed) -> str:
    return " ".join(x.names("deed", deed.value)[0])


def _filter(terms: Filter, ctx: Context) -> str:
    numbers = [t for t in terms if isinstance(t, Term) and t.field is Field.NUMBER and not t.without]
    if numbers:
        return " or ".join(numbers[0].values)
    plain = [t for t in terms if isinstance(t, Term) and not t.without]
    front = [_standings(t) for t in plain if t.field is Field.STANDING and set(map(Standing, t.values)) <= BEFORE]
    behind = [_standings(t) for t in plain if t.field is Field.STANDING and not set(map(Standing, t.values)) <= BEFORE]
    front += [_values(t, ctx) for kind in FRONT for t in plain if t.field is kind]
    linked = [
        f"{LINKS[t.field]} {_values(t, ctx)}" for kind in LINKS for t in plain if t.field is kind is not Field.ABOUT
    ]
    about = f" {TOGETHER} ".join(_values(t, ctx) for t in plain if t.field is Field.ABOUT)
    linked += [f"{LINKS[Field.ABOUT]} {about}"] * bool(about)
    left_out = [f"not {_left_out(t, ctx)}" for t in terms if isinstance(t, Term) and t.without]
    spans = [_span(t, ctx.zone) for t in terms if isinstance(t, Span)]
    return ", ".join((" ".join((*front, "tasks", *behind, *linked)), *left_out, *spans))


def _left_out(term: Term, ctx: Context) -> str:
    if term.field is Field.STANDING:
        return _standings(term)
    link = f"{LINKS[term.field]} " if term.field in LINKS else ""
    return f"{link}{_values(term, ctx)}"


def _standings(term: Term) -> str:
    if set(term.values) == {Standing.CLOSED.value, Standing.TRANSMITTED.value}:
        return "completed"
    return " or ".join(STANDINGS.get(Standing(v), v.replace("-", " ")) for v in term.values)


def _values(term: Term, ctx: Context) -> str:
    if term.field is Field.TYPE:
        return _types(term.values, ctx)
    return " or ".join(_value(term.field, value, ctx) for value in term.values)


def _value(field: Field, value: str, ctx: Context) -> str:
    if field in {Field.PRIORITY, Field.SCOPE, Field.ORIGIN, Field.MANNER, Field.SES}:
        return FLAGS.get(value) or " ".join(x.names("flag", f"{field.value} {value}")[0])
    person = ctx.organization.person(value)
    if person:
        return person.name
    if value in ALIASES:
        return value.upper()
    key, _, where = value.partition("@")
    if key in POSITIONS and (where or field in {Field.WAITING, Field.CLEARED, Field.OFFICER, Field.MANAGER}):
        return f"{where} {Post(key).title}".strip() if where else Post(key).title
    return value


def _types(keys: tuple[str, ...], ctx: Context) -> str:
    """The name that several types have together, else each by its own."""
    left, said = set(keys), list[str]()
    for known in sorted(x.TYPE, key=lambda known: -len(known.split())):
        if set(known.split()) <= left:
            said.append(x.TYPE[known].split("|")[0].strip())
            left -= set(known.split())
    return " or ".join((*said, *(ctx.rubric.rows[key].label.lower() for key in sorted(left & set(ctx.rubric.rows)))))


def _span(span: Span, zone: tzinfo) -> str:
    lead = f"{'not ' if span.without else ''}{span.moment.value}"
    return f"{lead} {_range(Range(span.start, span.end), zone)}"


def _range(span: Range, zone: tzinfo) -> str:
    """ "by 4 Dec 2026", "on 24 Nov 2026", "from 23 Nov 2026 to 29 Nov 2026", "since 1 Nov 2026"."""
    last = _last(span.end, zone) if span.end else ""
    if span.start is None:
        return f"by {last}" if span.end else "at any time"
    first = _first(span.start, zone)
    if span.end is None:
        return f"since {first}"
    return f"on {first}" if first == last else f"from {first} to {last}"


def _first(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    day = f"{local.day} {local:%b %Y}"
    return day if (local.hour, local.minute) == (0, 0) else f"{day}, {local:%H:%M}"


def _last(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return _first(at - timedelta(days=1), zone) if (local.hour, local.minute) == (0, 0) else _first(at, zone)
