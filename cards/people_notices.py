"""What people are told of themselves: authority passed on to them, and training before and when it lapses."""

from __future__ import annotations

from bot.domain.context import Context
from bot.domain.training import Reason, Reminder, action_officers, expires
from bot.domain.words import day, span
from cards.actions import ask_button
from cards.model import Buttons, Card, Entries, Entry, Text
from cards.organization_cards import scope_of

QUESTION = "who is overdue for training"


def passed_on_card(number: int, ctx: Context) -> Card:
    """Somebody clears for another from now on or from a day on, or acts; and that it was taken back, if so."""
    delegation = next((d for d in ctx.organization.delegations if d.id == number), None)
    acting = next((a for a in ctx.organization.acting if a.id == number), None)
    sentence = "An authority that was passed on to you was taken back."
    if delegation:
        giver = ctx.organization.name_of(delegation.giver)
        sentence = f"You clear for {giver} as {delegation.post.title} {scope_of(delegation, ctx)}."
    if acting:
        sentence = f"You act as {acting.post.title} {span(acting.first, acting.last)}."
    body = (Text(sentence, strong=True), Buttons((ask_button("My authority", "authority"),)))
    return Card("Authority passed on", body, sentence)


def training_notice_card(told: Reminder, ctx: Context) -> Card:
    """Before it lapses and when it did (4-6.2). It says so once the training was recorded, and keeps what it told."""
    if told.reason is Reason.LAPSED_OF_OTHERS:
        return _of_others(told, ctx)
    person = ctx.organization.people[told.recipient]
    last = expires(person)
    now = "lapsed after" if told.reason is Reason.LAPSED else "is good until"
    sentence = f"Your annual training as an action officer {now} {day(told.last)}."
    since = last is not None and last > told.last and person.trained_on
    more = f"Recorded since: {day(since)}." if since else "Ask the Taskings Program for the next session."
    title = "Training lapsed" if told.reason is Reason.LAPSED else "Training due"
    return Card(title, (Text(sentence, strong=True), Text(more)), sentence)


def _of_others(told: Reminder, ctx: Context) -> Card:
    people = [p for p in action_officers(ctx.organization, ctx.today) if expires(p) == told.last]
    sentence = f"The annual training of action officers lapsed after {day(told.last)}."
    entries = tuple(Entry(f"{p.name}, {', '.join(p.action_officer_for) or p.component}") for p in people)
    rest = Entries(entries) if entries else Text("None of them is overdue any more.")
    body = (Text(sentence, strong=True), rest, Buttons((ask_button("Who is overdue", QUESTION),)))
    return Card("Training lapsed", body, sentence)
