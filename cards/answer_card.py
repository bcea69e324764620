"""What the bot shows for what people say: the answer to a status question, and help."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from bot.conversation.answer import PAGE, Answer
from bot.conversation.describe import again
from bot.conversation.examples import EXAMPLE, examples
from bot.conversation.measures import GROUPS, group_words, measure
from bot.conversation.question import WHOM, Field, Question, Standing, Term, Wants
from bot.conversation.stands import due_lines, standing
from bot.domain.context import Context
from bot.domain.task import Task
from bot.domain.words import moment
from cards.actions import ask_button
from cards.model import Button, Buttons, Card, Element, Entries, Entry, Row, Table, Text
from cards.task_cards import status_card

HELP = (
    ("new", "log a request (task managers)"),
    ("mine", "what waits for you, and what you wait for"),
    ("here", "keep the state of every task in this channel (task managers)"),
    ("here for HOU", "answer in this channel about the tasks of HOU (task managers, its chief)"),
)
#: What is for one person alone to say and to read, so that channels do not list it.
ABOUT_PEOPLE = (
    ("authority", "what you hold and passed on, who acts, who is away, whom you appointed"),
    ("delegate", "pass clearance authority on for some days (whoever holds it)"),
    ("acting", "name who acts for you or somebody below you"),
    ("away", "say when you are away"),
    ("appoint", "appoint an action officer (chiefs and leads)"),
    ("training", "record a training (task managers); who is overdue for it"),
)
REPORTS = (
    (
        "report",
        "the last week, or “report for October”, “report week 47”, “report for HOU” (leadership, chiefs their own)",
    ),
    ("report here weekly", "send it to this channel every Monday, “report to NAME weekly” to somebody (task managers)"),
)
RECORDS = (("record T-1042", "its seal, and how to come by its package (task managers, leadership)"),)
TASKS = ("Task", "What and where it stands", "Due")
WIDTHS = (4, 8, 4)
#: Characters of JSON that a button's question may have; a longer one is asked by what its thread remembers.
MAX_ASKED = 480
#: Characters of a button's label that both platforms show.
MOST_ON_A_BUTTON = 40
ONLY_OVERDUE = "Only overdue"
#: What can be looked at closer; a share on time or a turnaround is of what was transmitted.
REFINED = WHOM | {Wants.TASKS, Wants.COUNT}
#: What would restrict a question further, in the order offered.
REFINEMENTS: tuple[tuple[str, Term], ...] = (
    (ONLY_OVERDUE, Term(Field.STANDING, (Standing.OVERDUE.value,))),
    ("Only open", Term(Field.STANDING, (Standing.OPEN.value,))),
    ("Only urgent", Term(Field.PRIORITY, ("urgent",))),
)


def answer_card(answer: Answer, ctx: Context, room: bool = False) -> Card:
    """One task whole, with what its reader may do; several as a table, each with the way to its card."""
    question = answer.question
    if question and question.numbers and len(answer.tasks) == 1:
        card = status_card(answer.tasks[0], ctx, room)
        plain = question.wants in {Wants.TASKS, Wants.WHO}
        return card if plain else replace(card, body=(Text(answer.text), *card.body))
    return Card("Status", tuple(_body(answer, ctx)), _notice(answer, ctx))


def help_card(ctx: Context, told: str = "") -> Card:
    """`told` is what there was to say first."""
    commands = tuple(Entry(f"“{words}”", what) for words, what in HELP + ABOUT_PEOPLE + REPORTS + RECORDS)
    buttons = Buttons(tuple(ask_button(example, example) for example in examples(ctx) if example != EXAMPLE))
    ask = Text("Or ask where tasks stand, in your own words: “status of T-1042”, “who cleared T-1042”.")
    return Card("What I can do", (Text(told), Entries(commands), ask, buttons), "What I can do")


def _body(answer: Answer, ctx: Context) -> Iterator[Element]:
    yield Text(answer.head or answer.text)
    if answer.tasks:
        yield Table(TASKS, tuple(_row(task, ctx) for task in answer.tasks), WIDTHS)
    if answer.groups and answer.question:
        yield _groups(answer, answer.question, ctx)
    if answer.tasks and answer.total > PAGE:
        first = (answer.page - 1) * PAGE + 1
        yield Text(f"{first:,} to {first + len(answer.tasks) - 1:,} of {answer.total:,}", muted=True)
    yield Buttons(tuple(_buttons(answer, ctx)))


def _row(task: Task, ctx: Context) -> Row:
    what = f"{task.request.subject}\n{standing(task, ctx)}"
    return Row((task.number, what, due_lines(task, ctx)), ask_button(task.number, f"status of {task.number}"))


def _groups(answer: Answer, question: Question, ctx: Context) -> Table:
    assert question.group is not None
    rated = {Wants.ON_TIME: "On time", Wants.TURNAROUND: "Median"}.get(question.wants)
    rows = []
    for counted in answer.groups:
        cells = (group_words(question.group, counted.key, ctx), measure(question.wants, counted))
        rows.append(Row((*cells, f"{counted.count:,}") if rated else cells))
    header = (GROUPS[question.group], rated, "Tasks") if rated else (GROUPS[question.group], "Tasks")
    return Table(header, tuple(rows), (6, 2, 2)[: len(header)])


def _buttons(answer: Answer, ctx: Context) -> Iterator[Button]:
    yield from map(ask_button, _labels(answer.asks), answer.asks)
    question = answer.question
    if question is None or answer.declined or not answer.total or question.wants is Wants.TRAINING:
        return
    words = again(question, ctx)
    if answer.tasks and answer.left:
        yield ask_button("More", _asked(f"page {answer.page + 1} of {words}", "show more"))
    if answer.total > 1:
        yield from list(_refinements(question, ctx))[:2] if question.wants in REFINED else ()
        yield ask_button("Export", _asked(f"export xlsx of {words}", "export"))


def _labels(meant: Sequence[str]) -> Sequence[str]:
    """Where a button would not show a reading whole, what all begin with is left to the sentence above."""
    if all(len(each) <= MOST_ON_A_BUTTON for each in meant):
        return meant
    words = [each.split() for each in meant]
    alike = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False)))
    labels = [" ".join(each[alike:]) for each in words]
    return [label[0].upper() + label[1:] for label in labels] if all(labels) else meant


def _asked(words: str, thread: str) -> str:
    return words if len(json.dumps(words)) <= MAX_ASKED else thread


def _refinements(question: Question, ctx: Context) -> Iterator[Button]:
    """What restricts it further and is not said already."""
    terms = [term for filter_ in question.any_of for term in filter_ if isinstance(term, Term)]
    said = {(term.field, value) for term in terms for value in term.values}
    for label, term in REFINEMENTS:
        within = {(Field.STANDING, Standing.OPEN.value)} if label == ONLY_OVERDUE else set()
        words = again(question.also(term), ctx)
        if not any(field is term.field for field, _ in said - within) and len(json.dumps(words)) <= MAX_ASKED:
            yield ask_button(label, words)


def _notice(answer: Answer, ctx: Context) -> str:
    """What is read aloud and on a lock screen: numbers and dates, never a subject."""
    if answer.asks or answer.declined or not answer.total:
        return "Your answer is here."
    many = "1 task found." if answer.total == 1 else f"{answer.total:,} tasks found."
    each = [f"{task.number}, due {moment(task.request.due_at, ctx.zone)}." for task in answer.tasks]
    return " ".join((many, *each))
