"""What a question is answered with, and the sentences for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.conversation.question import Question
from bot.conversation.understand import Understanding
from bot.domain.context import Context
from bot.domain.task import OPEN, Task
from bot.domain.visibility import turn_of, waiting_on
from bot.domain.words import STATUS_WORDS, moment, stamp

#: Tasks on one card.
PAGE = 10
EXAMPLES = ("status of T-1042", "what's overdue", "open FOIA tasks")


@dataclass(frozen=True, slots=True)
class Found:
    """Tasks that a question finds: how many, the first numbers, and the first of them whole, soonest due first."""

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
    question = understood.question
    if not understood.asks:
        examples = ", ".join(f"“{example}”" for example in EXAMPLES)
        return Answer(question, f"I can tell where tasks stand; ask me for example {examples}.", ctx.now, declined=True)
    if understood.unknown:
        words = " and ".join(f"“{word}”" for word in understood.unknown)
        text = f"I don't know what {words} means here; shall I leave it out and look for “{understood.words}”?"
        return Answer(question, text, ctx.now, asks=(understood.words,), ignored=understood.unknown)
    return None


def answer(understood: Understanding, found: Found, ctx: Context) -> Answer:
    """What was found, told to the actor of the context, who may see all of it."""
    question = understood.question
    missing = tuple(number for number in question.numbers if number not in found.numbers)
    if missing:
        return Answer(question, _no_such(missing), ctx.now, declined=True)
    one = found.tasks[0] if len(question.numbers) == 1 else None
    text = _one(one, question.who, ctx) if one else _several(understood, found, ctx)
    people = _people(found.tasks, ctx) if question.who else ()
    return Answer(question, text, ctx.now, found.total, found.numbers, found.tasks, people)


def overdue(task: Task, now: datetime) -> bool:
    return task.status in OPEN and task.request.due_at < now


def state_line(task: Task, ctx: Context) -> str:
    """ "In clearance, waits on R. Diaz; due Fri 4 Dec 2026, 17:00"."""
    turn = turn_of(task, ctx.organization, ctx.today)
    waits = f", waits on {turn}" if turn else ""
    due = "overdue since" if overdue(task, ctx.now) else "due"
    return f"{STATUS_WORDS[task.status].capitalize()}{waits}; {due} {moment(task.request.due_at, ctx.zone)}"


def _one(task: Task, who: bool, ctx: Context) -> str:
    line = state_line(task, ctx)
    turn = turn_of(task, ctx.organization, ctx.today) if who else ""
    return f"{turn} has {task.number}: {line}." if turn else f"{task.number}: {line}."


def _several(understood: Understanding, found: Found, ctx: Context) -> str:
    words, at = understood.words, stamp(ctx.now, ctx.zone)
    if not found.total:
        return f"None found: {words}, as of {at}, among the tasks you may see."
    order = ", soonest due first" if found.total > 1 else ""
    return f"{found.total:,} found: {words}, as of {at}{order}."


def _no_such(numbers: Iterable[str]) -> str:
    return f"There is no task {' or '.join(numbers)}; check the number."


def _people(tasks: Iterable[Task], ctx: Context) -> tuple[str, ...]:
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
