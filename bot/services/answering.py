"""A question in words, answered to whoever asked it where they asked it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversation.answer import Answer
from bot.conversation.question import Wants
from bot.domain.context import Context
from bot.domain.organization import Room
from bot.errors import NotFound
from bot.ports.chat import Message, Reply
from bot.ports.storage import Store
from bot.services.ask import Place, ask_at
from bot.services.listing import Listing
from cards.answer_card import answer_card, help_card
from cards.model import Text
from cards.organization_cards import training_card

REST = "The rest is for you alone."
#: How long the last question is still meant by what goes on in a chat without threads.
TALK = timedelta(hours=1)


async def answered(store: Store, message: Message, ctx: Context) -> Reply:
    """Where others can read, only a registered channel gets the answer; elsewhere it goes to who asked."""
    room = ctx.organization.room_at(message.platform, message.room) if message.room else None
    private = message.room is not None and room is None
    told = await ask_at(store, message.text, ctx, _place(message, room))
    answer = told.answer
    if answer.declined:
        return _declined(answer, ctx, private)
    if answer.format:
        return await Listing(store).offer(answer, ctx)
    if answer.question and answer.question.wants is Wants.TRAINING:
        return Reply(card=training_card(ctx), private=True)
    if told.shared is None:
        return Reply(card=answer_card(answer, ctx, room=room is not None), private=private)
    return _in_channel(answer, told.shared, ctx)


def _place(message: Message, room: Room | None) -> Place:
    """What is answered in private goes on there too; in a chat without threads the chat itself is one."""
    root = message.thread.message_id if message.thread else ""
    private = f"{message.platform}::"
    here = f"{message.platform}:{message.room or ''}:{root}"
    threads = (here, private) if message.room and room is None else (here,)
    return Place(threads, room.component if room else "", None if root else TALK)


def _declined(answer: Answer, ctx: Context, private: bool) -> Reply:
    """No such task is an error like any other; of what was not understood, the way to ask is shown."""
    if answer.question and answer.question.numbers:
        raise NotFound(answer.text)
    return Reply(card=help_card(ctx, answer.text), private=private)


def _in_channel(answer: Answer, shared: Answer, ctx: Context) -> Reply:
    """The channel is told its part, and whoever asked the whole in private; one without a part reads nothing."""
    if shared is answer:
        return Reply(card=answer_card(answer, ctx, room=True))
    whole = answer_card(answer, ctx)
    if shared.declined or not shared.total:
        return Reply(card=whole, private=True)
    part = answer_card(shared, ctx, room=True)
    return Reply(card=replace(part, body=(*part.body, Text(REST, muted=True))), alone=whole)
