"""My work: what waits for somebody, with what one press does right there, and whom they wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.describe import again
from bot.conversation.stands import state_line
from bot.conversation.work import Work, waits_on
from bot.domain.context import Context
from bot.domain.messages import Acknowledge, Close, Command
from bot.domain.rules import offers
from bot.domain.task import Task
from cards.actions import BACK, ask_button, buttons
from cards.model import Button, Buttons, Card, Element, Entries, Entry, Text
from cards.parts import title

#: What takes one press and no reading first: whoever clears opens the response before (4-7).
ONE_PRESS: frozenset[type[Command]] = frozenset({Acknowledge, Close})
#: The word that shows this card, and what a press on it brings back.
MINE = "mine"


def work_card(work: Work, ctx: Context) -> Card:
    return Card("My work", tuple(_body(work, ctx)), f"{_many(work.total)} for you.")


def _body(work: Work, ctx: Context) -> Iterator[Element]:
    if not work.total:
        yield Text("Nothing waits for you.", strong=True)
    else:
        overdue = f", {work.overdue:,} overdue" if work.overdue else ""
        yield Text(f"{_many(work.total)} for you{overdue}", strong=True)
        yield Entries(tuple(_mine(task, ctx) for task in work.mine))
        yield from _more(work.total - len(work.mine))
    if work.others_total:
        yield Text(f"You wait for others on {_tasks(work.others_total)}", strong=True)
        yield Entries(tuple(_entry(task, ctx, _open(task)) for task in work.others))
        yield from _more(work.others_total - len(work.others))
    if work.total > len(work.mine):
        yield Buttons((ask_button("Show all of mine", again(waits_on(ctx.actor), ctx)),))


def _mine(task: Task, ctx: Context) -> Entry:
    one = [offer for offer in offers(task, ctx) if offer.command in ONE_PRESS]
    first = next((button for button in buttons(task, one, ctx) if button.form is None), None)
    pressed = replace(first, args=(*first.args, (BACK, MINE))) if first else _open(task)
    return _entry(task, ctx, pressed, turn=False)


def _entry(task: Task, ctx: Context, pressed: Button, turn: bool = True) -> Entry:
    return Entry(title(task, ctx), f"{task.request.subject}\n{state_line(task, ctx, turn)}", pressed)


def _open(task: Task) -> Button:
    return ask_button("Open", f"status of {task.number}")


def _more(number: int) -> Iterator[Element]:
    if number > 0:
        yield Text(f"and {number:,} more", muted=True)


def _many(number: int) -> str:
    return f"{_tasks(number)} {'waits' if number == 1 else 'wait'}" if number else "Nothing waits"


def _tasks(number: int) -> str:
    return "1 task" if number == 1 else f"{number:,} tasks"
