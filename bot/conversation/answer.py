"""What a question is answered with, and the sentences for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.conversation.choices import MOST
from bot.conversation.deeds import NOT_YET, done
from bot.conversation.question import Deed, Question
from bot.conversation.understand import Understanding
from bot.domain.context import Context
from bot.domain.messages import Priority
from bot.domain.task import OPEN, Task
from bot.domain.visibility import owes_by, turn_of, waiting_on
from bot.domain.words import PRIORITY_WORDS, STATUS_WORDS, moment, stamp

#: Tasks on one card.
PAGE = 10
#: How every list is ordered (6-1.1).
ORDER = "urgent first, then soonest due"
EXAMPLES = ("status of T-1042", "what's overdue", "open FOIA tasks")


@dataclass(frozen=True, slots=True)
class Found:
    """Tasks that a question finds: how many, the first numbers, and the first of them whole, in `ORDER`."""

    total: int
    numbers: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` says it all in words. `asks` are questions that may have been meant; nothing is answered then.

    `ignored` are words that nothing here stands for. `declined` means that nothing in the question could be
    understood, or that no such task can be told of. `people` are emails, when people were asked for.
    """

    question: Question
    text: str
    as_of: datetime
    total: int = 0
    numbers: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    people: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    declined: bool = False


def unanswered(understood: Understanding, ctx: Context) -> Answer | None:
    """Asking back or declining, before anything is looked up; None when the question is clear."""
    unknown, again = understood.unknown, understood.again
    if not understood.asks and not understood.years:
        text = f"I can tell where tasks stand; ask me for example {_quoted(EXAMPLES, 'or')}."
        return Answer(understood.question, text, ctx.now, declined=True)
    if understood.negated:
        text = f"I can't leave anything out yet; ask for what you want to see, for example {_quoted(EXAMPLES, 'or')}."
        return Answer(understood.question, text, ctx.now, ignored=(*understood.negated, *unknown), declined=True)
    if len(understood.readings) > MOST:
        text = f"That is too much at once; ask for one thing at a time, for example {_quoted(EXAMPLES, 'or')}."
        return Answer(understood.readings[0].question, text, ctx.now, ignored=unknown, declined=True)
    if not understood.asks:
        again = tuple(f"status of T-{year}" for year in understood.years)
        text = f"{_unknown(unknown)}; do you mean {_quoted(again, 'or')}?"
    elif unknown:
        them = "it" if len(unknown) == 1 else "them"
        text = f"{_unknown(unknown)}; shall I leave {them} out and look for {_quoted(again, 'or')}?"
    elif len(again) > 1:
        text = f"Do you mean {_quoted(again, 'or')}? I look for one at a time."
    else:
        return None
    return Answer(understood.question, text, ctx.now, asks=again, ignored=unknown)


def _unknown(words: Sequence[str]) -> str:
    return f"I don't know what {_quoted(words, 'and')} {'means' if len(words) == 1 else 'mean'} here"


def _quoted(words: Sequence[str], link: str) -> str:
    """ "“a”, “b” or “c”"."""
    *first, last = (f"“{word}”" for word in words)
    return f"{', '.join(first)} {link} {last}" if first else last


def answer(understood: Understanding, found: Found, ctx: Context) -> Answer:
    """What was found, told to the actor of the context, who may see all of it."""
    question = understood.question
    missing = tuple(number for number in question.numbers if number not in found.numbers)
    if missing:
        return Answer(question, _no_such(missing), ctx.now, declined=True)
    one = found.tasks[0] if len(question.numbers) == 1 else None
    text = _one(one, question, ctx) if one else _several(understood, found, ctx)
    people = (*(_turns(found.tasks, ctx) if question.who else ()), *_doers(found.tasks, question.deeds, ctx))
    return Answer(question, text, ctx.now, found.total, found.numbers, found.tasks, tuple(dict.fromkeys(people)))


def overdue(task: Task, now: datetime) -> bool:
    return task.status in OPEN and task.request.due_at < now


def state_line(task: Task, ctx: Context, turn: bool = True) -> str:
    """ "Urgent, in clearance, waits on R. Diaz; due Fri 4 Dec 2026, 17:00", without the turn where it was said.

    Whoever owes a response to it is told when that is due.
    """
    who = turn_of(task, ctx.organization, ctx.today) if turn else ""
    priority = task.request.priority
    urgency = () if priority is Priority.ROUTINE else (PRIORITY_WORDS[priority],)
    line = ", ".join((*urgency, STATUS_WORDS[task.status], *((f"waits on {who}",) if who else ())))
    due = "overdue since" if overdue(task, ctx.now) else "due"
    own = owes_by(task, ctx.actor)
    mine = f", your response {moment(own, ctx.zone)}" if own else ""
    return f"{line[0].upper()}{line[1:]}; {due} {moment(task.request.due_at, ctx.zone)}{mine}"


def _one(task: Task, question: Question, ctx: Context) -> str:
    """Who did what was asked for, and where it stands; whose turn it is once."""
    who = turn_of(task, ctx.organization, ctx.today) if question.who and not question.deeds else ""
    line = state_line(task, ctx, turn=not who)
    if not question.deeds:
        return f"{who} has {task.number}: {line}." if who else f"{task.number}: {line}."
    told = [words for deed in question.deeds for _, words in done(task, deed, ctx) or [("", NOT_YET[deed])]]
    return f"{task.number}: {'; '.join(told)}. {line}."


def _several(understood: Understanding, found: Found, ctx: Context) -> str:
    words, at = understood.words, stamp(ctx.now, ctx.zone)
    if not found.total:
        return f"None found: {words}, as of {at}, among the tasks you may see."
    order = f", {ORDER}" if found.total > 1 else ""
    doers = (f"{deed.capitalize()} by {_names(found.tasks, deed, ctx)}." for deed in understood.question.deeds)
    return " ".join((f"{found.total:,} found: {words}, as of {at}{order}.", *doers))


def _names(tasks: Iterable[Task], deed: Deed, ctx: Context) -> str:
    return ", ".join(map(ctx.organization.name_of, _doers(tasks, (deed,), ctx))) or "nobody yet"


def _doers(tasks: Iterable[Task], deeds: Iterable[Deed], ctx: Context) -> tuple[str, ...]:
    """The emails of those who did it."""
    return tuple(dict.fromkeys(email for task in tasks for deed in deeds for email, _ in done(task, deed, ctx)))


def _no_such(numbers: Iterable[str]) -> str:
    return f"There is no task {' or '.join(numbers)}; check the number."


def _turns(tasks: Iterable[Task], ctx: Context) -> tuple[str, ...]:
    """The emails of those whose turn it is."""
    turns = (who for task in tasks for who in waiting_on(task))
    found = (
        [who] if isinstance(who, str) else [p.email for p in ctx.organization.holders(who, ctx.today)] for who in turns
    )
    return tuple(dict.fromkeys(email for emails in found for email in emails))


def as_json(told: Answer) -> dict[str, object]:
    """The answer as `taskings ask --json` prints it."""
    understood = {name: value for name, value in asdict(told.question).items() if value}
    return {
        "understood": understood,
        "ignored": told.ignored,
        "as_of": told.as_of.isoformat(),
        "total": told.total,
        "tasks": told.numbers,
        "groups": [],
        "people": told.people,
        "asks": told.asks,
        "text": told.text,
    }
