"""Talking back: what somebody is shown for what they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from adapters.slack.inbound import ANSWER, Origin
from adapters.slack.pictures import Pictures, Told, drawn
from adapters.slack.workspace import Workspace
from bot.errors import DeliveryError
from bot.ports.chat import Reply
from cards.model import Button, Buttons, Card, Text


class Talk:
    """Raises DeliveryError when Slack takes nothing on any way."""

    def __init__(self, workspace: Workspace, pictures: Pictures) -> None:
        self._workspace = workspace
        self._pictures = pictures

    async def tell(self, to: Origin, text: str) -> None:
        """A sentence for one person where they are looking, else in their own conversation with the bot."""
        told = sentence(text)
        ways = [way for known, way in ((to.url, self._respond), (to.channel, self._whisper)) if known]
        for way in ways:
            try:
                return await way(to, told)
            except DeliveryError:
                continue
        return await self._workspace.post(await self._workspace.direct(to.user), "", told)

    async def answer_click(self, to: Origin, url: str, reply: Reply) -> None:
        """What a click is answered with; a card takes the place of the one at `url`, else it is left to delivery."""
        if reply.card and url:
            await self._workspace.respond(url, {**answer(reply.card), "replace_original": True})
        if reply.text:
            await self.tell(to, reply.text)

    async def answer(self, to: Origin, room: bool, reply: Reply, alone: bool = False) -> None:
        """The answer to a message: in its thread, or in the person's own conversation when it is private.

        With `alone` it goes beside what only this person sees.
        """
        if reply.alone and room:
            await self._workspace.post(await self._workspace.direct(to.user), "", answer(reply.alone))
        told = shown(reply)
        if told is None:
            return None
        if alone:
            return await self._respond(to, told)
        aside = room and reply.private
        place, thread = (await self._workspace.direct(to.user), "") if aside else (to.channel, to.thread)
        if (card := _whole(reply)) and card.images:
            return await self._pictures.show(card, lambda told: self._workspace.post(place, thread, _marked(told)))
        return await self._workspace.post(place, thread, told)

    async def _respond(self, to: Origin, told: Mapping[str, Any]) -> None:
        thread = {"thread_ts": to.thread} if to.thread else {}
        alone = {"response_type": "ephemeral", "replace_original": False}
        await self._workspace.respond(to.url, {**told, **alone, **thread})

    async def _whisper(self, to: Origin, told: Mapping[str, Any]) -> None:
        await self._workspace.whisper(to.channel, to.user, to.thread, told)


def sentence(text: str) -> dict[str, Any]:
    """Plain words as a message: Slack reads its markup in everything that is not escaped."""
    return {"text": escape(text, quote=False), "mrkdwn": False}


def answer(card: Card) -> dict[str, Any]:
    """A card as a message that nobody keeps up to date, its images told in words."""
    return _marked(drawn(card))


def shown(reply: Reply) -> dict[str, Any] | None:
    """A reply as one message, None when there is nothing to say; images are told in words."""
    if card := _whole(reply):
        return answer(card)
    return sentence(reply.text) if reply.text else None


def _whole(reply: Reply) -> Card | None:
    """The card with the words above it; a form that cannot open waits behind its button."""
    card = reply.card or (_ask(reply.form) if reply.form else None)
    return replace(card, body=(Text(reply.text), *card.body)) if card and reply.text else card


def _marked(told: Told) -> Told:
    first, *rest = told["blocks"]
    return {**told, "blocks": [{**first, "block_id": ANSWER}, *rest]}


def _ask(button: Button) -> Card:
    return Card(button.label, (Buttons((button,)),), button.label)
