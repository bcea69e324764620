"""What the bot shows for what people say: the answer to a status question, what waits for somebody, help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.answer import EXAMPLES, PAGE, Answer, state_line
from bot.domain.context import Context
from bot.domain.task import Task
from cards.actions import ask_button
from cards.model import Buttons, Card, Entries, Entry, Text
from cards.parts import title
from cards.task_cards import status_card

HELP = (
    ("new", "log a request (task managers)"),
    ("mine", "what waits for you, and what you wait for"),
    ("here", "keep the state of every task in this channel (task managers)"),
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
RECORDS = (("record T-1042", "its seal, and how to come by its package (task managers, leadership)"),)


def answer_card(answer: Answer, ctx: Context, room: bool = False) -> Card:
    """One task whole, with what its reader may do; several as a list, each with the way to its card."""
    if answer.question.numbers and len(answer.tasks) == 1:
        card = status_card(answer.tasks[0], ctx, room)
        return replace(card, body=(Text(answer.text), *card.body)) if answer.question.deeds else card
    more = answer.total - len(answer.tasks[:PAGE])
    body = (
        Text(answer.text),
        _list(answer.tasks[:PAGE], ctx),
        *((Text(f"and {more:,} more", muted=True),) if more > 0 else ()),
        Buttons(tuple(ask_button(meant, meant) for meant in answer.asks)),
    )
    return Card("Status", body, "Your answer is here.")


def help_card() -> Card:
    commands = tuple(Entry(f"“{words}”", what) for words, what in HELP + ABOUT_PEOPLE + RECORDS)
    examples = Buttons(tuple(ask_button(example, example) for example in EXAMPLES[1:]))
    told = Text("Or ask where tasks stand, in your own words: “status of T-1042”, “who cleared T-1042”.")
    return Card("What I can do", (Entries(commands), told, examples), "What I can do")


def _list(tasks: Iterable[Task], ctx: Context) -> Entries:
    return Entries(tuple(_entry(task, ctx) for task in tasks))


def _entry(task: Task, ctx: Context) -> Entry:
    detail = f"{task.request.subject}\n{state_line(task, ctx)}"
    return Entry(title(task, ctx), detail, ask_button("Open", f"status of {task.number}"))
