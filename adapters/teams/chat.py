"""Cards to Teams: what each kind of message is on the wire, and the `Chat` port."""

from __future__ import annotations

from typing import Any

from adapters.teams.connector import Connector
from bot.ports.chat import Account
from cards import adaptive
from cards.model import Button, Card

ADAPTIVE = "application/vnd.microsoft.card.adaptive"


def card_activity(card: Card) -> dict[str, Any]:
    """One card and nothing beside it: with text or a second card Teams makes several messages and tells no id."""
    return _message(adaptive.render(card), card.notice)


def form_activity(button: Button) -> dict[str, Any]:
    """A button's form as a message of its own, which no update touches while somebody types."""
    return _message(adaptive.render_form(button), button.form.title if button.form else button.label)


def text_activity(text: str) -> dict[str, Any]:
    return {"type": "message", "text": text, "textFormat": "plain"}


def _message(content: dict[str, Any], summary: str) -> dict[str, Any]:
    attachment = {"contentType": ADAPTIVE, "content": content}
    return {"type": "message", "summary": summary, "attachments": [attachment]}


class TeamsChat:
    """Teams as a `Chat`. It cannot read a conversation back or find a person who has not installed the app."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def post(self, address: str, card: Card, key: str) -> str:
        return await self._connector.send(address, card_activity(card))

    async def update(self, address: str, message_id: str, card: Card) -> None:
        await self._connector.replace(address, message_id, card_activity(card))

    async def find(self, address: str, key: str) -> str | None:
        """None: bots may not read history, so a create that was cut off is sent again."""
        return None

    async def reach(self, email: str) -> Account | None:
        """None: a bot learns a person's address when they install it or write to it."""
        return None
