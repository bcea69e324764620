"""What an officer is told before their training lapses, and when it did; and the task managers then (4-6.2)."""

from __future__ import annotations

from bot.domain.context import Context
from bot.domain.training import Reason, Reminder, action_officers, expires
from bot.domain.words import day
from cards.actions import ask_button
from cards.model import Buttons, Card, Entries, Entry, Text

QUESTION = "who is overdue for training"


def training_notice_card(told: Reminder, ctx: Context) -> Card:
    """It says so once the training was recorded, and keeps what it told."""
    if told.reason is Reason.LAPSED_OF_OTHERS:
        return _of_others(told, ctx)
    person = ctx.organization.people[told.recipient]
    last = expires(person)
    now = "lapsed after" if told.reason is Reason.LAPSED else "is good until"
    sentence = f"Your annual training as an action officer {now} {day(told.last)}."
    since = last is not None and last > told.last and person.trained_on
    more = f"Recorded since: {day(since)}." if since else "A task manager tells you of the next session."
    title = "Training lapsed" if told.reason is Reason.LAPSED else "Training due"
    return Card(title, (Text(sentence, strong=True), Text(more)), sentence)


def _of_others(told: Reminder, ctx: Context) -> Card:
    people = [p for p in action_officers(ctx.organization, ctx.today) if expires(p) == told.last]
    sentence = f"The annual training of action officers lapsed after {day(told.last)}."
    entries = tuple(Entry(f"{p.name}, {', '.join(p.action_officer_for) or p.component}") for p in people)
    rest = Entries(entries) if entries else Text("All of them were trained since.")
    body = (Text(sentence, strong=True), rest, Buttons((ask_button("Who is overdue", QUESTION),)))
    return Card("Training lapsed", body, sentence)
