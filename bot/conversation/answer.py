"""What a question is answered with, and the sentences for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from bot.conversation.deeds import NOT_YET, done
from bot.conversation.describe import ORDERS, again, describe
from bot.conversation.examples import examples
from bot.conversation.findings import Counted, Findings
from bot.conversation.measures import group_words, measure, measured, post_of
from bot.conversation.question import Deed, Moment, Question, Wants
from bot.conversation.stands import capital, state_line
from bot.conversation.understand import Understanding
from bot.domain.context import Context
from bot.domain.task import Task
from bot.domain.training import answered_for, lapsed
from bot.domain.visibility import officers, turn_of
from bot.domain.words import moment, stamp

#: Tasks on one card.
PAGE = 10
MOST_ASKS = 3
#: Groups that the sentence names; the card and the JSON have all.
NAMED = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What storage found, and the tasks of one page whole; where somebody did something, of all that was found.

    `who` are those asked for in any of them, as text: emails, posts, and names of requestors.
    """

    findings: Findings
    tasks: tuple[Task, ...] = ()
    page: int = 1
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` says it all in words, `head` what a card says above the table of its groups.

    `asks` are whole questions that may have been meant; nothing is answered then. `ignored` are words that were not
    used. `declined` means that nothing could be understood, or that no such task can be told of. `people` are emails,
    when people were asked for. `format` asks for a file of all of it.
    """

    text: str
    as_of: datetime
    question: Question | None = None
    total: int = 0
    numbers: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    page: int = 1
    groups: tuple[Counted, ...] = ()
    people: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    declined: bool = False
    format: str = ""
    head: str = ""

    @property
    def left(self) -> int:
        """How many tasks come after this page."""
        return max(self.total - self.page * PAGE, 0)


def unanswered(understood: Understanding, ctx: Context) -> Answer:
    """Asking back or declining: the question is not clear."""
    unknown, asks = understood.unknown, tuple(again(reading, ctx) for reading in understood.readings[:MOST_ASKS])
    if not asks:
        why = f"{_unknown(unknown)}" if unknown else "I can tell where tasks stand, and that was no question about it"
        text = f"{why}; ask me for example {_quoted(examples(ctx), 'or')}."
        return Answer(text, ctx.now, ignored=unknown, declined=True)
    if unknown:
        them = "it" if len(unknown) == 1 else "them"
        text = f"{_unknown(unknown)}; shall I leave {them} out and look for {_quoted(asks, 'or')}?"
    else:
        text = f"Do you mean {_quoted(asks, 'or')}?"
    return Answer(text, ctx.now, asks=asks, ignored=unknown)


def too_long(ctx: Context) -> Answer:
    text = f"That is too long for a question; ask for one thing at a time, for example {_quoted(examples(ctx), 'or')}."
    return Answer(text, ctx.now, declined=True)


def nothing_before(ctx: Context) -> Answer:
    text = f"There is no answer here to go on with; ask first, for example {_quoted(examples(ctx), 'or')}."
    return Answer(text, ctx.now, declined=True)


def training(question: Question, ctx: Context) -> Answer:
    """Who is overdue for training, of those the asker answers for (4-6.2)."""
    officers = answered_for(ctx.actor, ctx.organization, ctx.today)
    late = [person for person in officers if lapsed(person, ctx.today)]
    names = f": {', '.join(person.name for person in late)}" if late else ""
    text = f"{len(late)} of {len(officers)} action officers overdue for training, as of {_at(ctx)}{names}."
    return Answer(text, ctx.now, question, len(late), people=tuple(person.email for person in late))


def answer(question: Question, found: Found, ctx: Context, ignored: tuple[str, ...] = ()) -> Answer:
    """What was found, told to the actor of the context, who may see all of it."""
    findings, tasks = found.findings, found.tasks
    missing = tuple(number for number in question.numbers if number not in findings.numbers)
    if missing and found.page == 1:
        return Answer(_no_such(missing), ctx.now, question, declined=True)
    one = tasks[0] if len(question.numbers) == 1 and tasks else None
    said = _one(one, question, ctx) if one else " ".join(_several(question, found, ctx))
    each = (_grouped(question, findings.groups, ctx),) if findings.groups and findings.total else ()
    unused = (f"I did not use {_quoted(ignored, 'and')}.",) if ignored else ()
    return Answer(
        " ".join((said, *each, *unused)),
        ctx.now,
        question,
        findings.total,
        findings.numbers,
        tasks[:PAGE] if lists(question) else (),
        found.page,
        findings.groups,
        _told_of(question, found, ctx),
        ignored=ignored,
        head=" ".join((said, *unused)),
    )


def _told_of(question: Question, found: Found, ctx: Context) -> tuple[str, ...]:
    """The emails of those that were asked for; requestors have none."""
    who = () if question.wants is Wants.REQUESTOR else _people(found.who, ctx)
    return tuple(dict.fromkeys((*who, *_doers(found.tasks, question.deeds, ctx))))


def lists(question: Question) -> bool:
    """Whether the tasks themselves are part of the answer."""
    return question.wants not in {Wants.COUNT, Wants.ON_TIME, Wants.TURNAROUND} and not question.group


def _at(ctx: Context) -> str:
    return stamp(ctx.now, ctx.zone)


def _unknown(words: Sequence[str]) -> str:
    return f"I don't know what {_quoted(words, 'and')} {'means' if len(words) == 1 else 'mean'} here"


def _quoted(words: Sequence[str], link: str) -> str:
    """ "“a”, “b” or “c”"."""
    *first, last = (f"“{word}”" for word in words)
    return f"{', '.join(first)} {link} {last}" if first else last


def _one(task: Task, question: Question, ctx: Context) -> str:
    """Who did what was asked for, or when, and where it stands; whose turn it is once."""
    if question.wants is Wants.WHEN:
        return f"{_when(task, question.moment or Moment.DUE, ctx)}."
    if question.wants is Wants.OFFICER:
        return f"{task.number}, action officer {_names(officers(task), ctx)}: {state_line(task, ctx)}."
    if question.wants is Wants.REQUESTOR:
        return f"{task.number}, requested by {task.request.requestor}: {state_line(task, ctx)}."
    asked = question.wants is Wants.WHO and not question.deeds
    who = turn_of(task, ctx.organization, ctx.today) if asked else ""
    line = state_line(task, ctx, turn=not who)
    if not question.deeds:
        return f"{who} has {task.number}: {line}." if who else f"{task.number}: {line}."
    told = [words for deed in question.deeds for _, words in done(task, deed, ctx) or [("", NOT_YET[deed])]]
    return f"{task.number}: {'; '.join(told)}. {line}."


def _when(task: Task, asked: Moment, ctx: Context) -> str:
    """ "T-1042 was transmitted on Fri 4 Dec 2026, 17:00"."""
    sent = task.transmission.at if task.transmission else None
    times = {
        Moment.RECEIVED: ("was received on", task.request.received_at),
        Moment.DUE: ("is due on", task.request.due_at),
        Moment.TRANSMITTED: ("was transmitted on", sent),
        Moment.CLOSED: ("was closed on", task.closed_at),
    }
    words, at = times[asked]
    return f"{task.number} {words} {moment(at, ctx.zone)}" if at else f"{task.number} is not {asked.value} yet"


def _several(question: Question, found: Found, ctx: Context) -> Iterator[str]:
    words, total = describe(question, ctx), found.findings.total
    if not total:
        yield f"None found: {words}, as of {_at(ctx)}, among the tasks you may see."
        return
    if not found.findings.numbers and found.page > 1:
        yield f"That was all: {words}, as of {_at(ctx)}: {total:,}."
        return
    yield f"{_headline(question, found.findings, words, ctx)}."
    if question.wants is Wants.WHO:
        yield f"They wait on {_names(_people(found.who, ctx), ctx)}."
    if question.wants is Wants.OFFICER:
        yield f"Action officers: {_names(found.who, ctx)}."
    if question.wants is Wants.REQUESTOR:
        rest = f", and {len(found.who) - NAMED} more" if len(found.who) > NAMED else ""
        yield f"Requested by {', '.join(found.who[:NAMED])}{rest}."
    if question.wants is Wants.WHEN:
        yield f"{'; '.join(_when(t, question.moment or Moment.DUE, ctx) for t in found.tasks[:PAGE])}."
    for deed in question.deeds:
        yield f"{capital(deed.value)} by {_names(_doers(found.tasks, (deed,), ctx), ctx)}."


def _headline(question: Question, findings: Findings, words: str, ctx: Context) -> str:
    """ "Overdue tasks, as of 24 Nov 2026, 14:02: 160, urgent first"; a count alone is said as "160 overdue tasks"."""
    total = findings.total
    if question.wants is Wants.COUNT and len(question.any_of) == 1 and "tasks" in words:
        return f"{total:,} {words.replace('tasks', 'task', 1) if total == 1 else words}, as of {_at(ctx)}"
    ordered = f", {ORDERS[findings.order]}" if total > 1 and lists(question) and not question.numbers else ""
    return f"{capital(words)}, as of {_at(ctx)}: {measured(question, total, findings.value)}{ordered}"


def _grouped(question: Question, groups: Sequence[Counted], ctx: Context) -> str:
    assert question.group is not None
    named = [f"{group_words(question.group, g.key, ctx)} {measure(question.wants, g)}" for g in groups[:NAMED]]
    rest = f", and {len(groups) - NAMED} more" if len(groups) > NAMED else ""
    return f"{', '.join(named)}{rest}."


def _names(emails: Iterable[str], ctx: Context) -> str:
    return ", ".join(map(ctx.organization.name_of, dict.fromkeys(emails))) or "nobody yet"


def _doers(tasks: Iterable[Task], deeds: Iterable[Deed], ctx: Context) -> Iterator[str]:
    """The emails of those who did it."""
    return (email for task in tasks for deed in deeds for email, _ in done(task, deed, ctx))


def _people(named: Iterable[str], ctx: Context) -> Iterator[str]:
    """The emails of people, and of who holds a post that day."""
    for who in dict.fromkeys(named):
        post = post_of(who)
        yield from (person.email for person in ctx.organization.holders(post, ctx.today)) if post else (who,)


def _no_such(numbers: Iterable[str]) -> str:
    return f"There is no task {' or '.join(numbers)}; check the number."


def as_json(told: Answer) -> dict[str, object]:
    """The answer as `taskings ask --json` prints it; times are left to whoever writes it."""
    groups = [{"key": g.key, "count": g.count} | ({} if g.value is None else {"value": g.value}) for g in told.groups]
    return {
        "understood": _said(told.question) if told.question else {},
        "ignored": told.ignored,
        "as_of": told.as_of,
        "total": told.total,
        "tasks": told.numbers,
        "groups": groups,
        "people": told.people,
        "asks": told.asks,
        "text": told.text,
    }


def _said(question: Question) -> dict[str, object]:
    """What the question says beyond asking for all tasks."""
    values, plain = asdict(question), Question()
    return {f.name: values[f.name] for f in fields(question) if getattr(question, f.name) != getattr(plain, f.name)}
