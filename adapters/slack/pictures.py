"""Cards with images: Slack shows a file that the app uploaded before, once it has looked at what was uploaded."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from adapters.slack.files import SlackFiles
from bot.errors import DeliveryError, InvalidInput
from cards import blockkit
from cards.model import Card, Image

log = logging.getLogger(__name__)
T = TypeVar("T")

#: Seconds between asking whether Slack has looked at a file; then it is told in words.
PAUSES = (0.1, 0.3, 0.6, 1.0, 2.0)
REFUSED = "invalid_blocks"

Told: TypeAlias = dict[str, Any]


class Pictures:
    def __init__(self, files: SlackFiles) -> None:
        self._files = files

    async def show(self, card: Card, send: Callable[[Told], Awaitable[T]]) -> T:
        """Send the card with its images, or with their words when Slack won't show them. Raises DeliveryError."""
        files = await self._uploaded(card)
        if files:
            try:
                return await send(drawn(card, files))
            except DeliveryError as error:
                if str(error) != REFUSED:
                    raise
        return await send(drawn(card))

    async def _uploaded(self, card: Card) -> dict[Image, str]:
        """The ids of the images that Slack took; a report without its picture is better than none."""
        found = dict[Image, str]()
        for number, image in enumerate(card.images, start=1):
            try:
                found[image] = await self._ready(await self._files.keep(f"picture-{number}.png", image.png))
            except (DeliveryError, InvalidInput) as error:
                log.warning("an image is told in words: %s", error)
        return found

    async def _ready(self, file: str) -> str:
        """A file can be shown once its type is known. Raises DeliveryError when that takes too long."""
        for pause in PAUSES:
            if await self._files.type_of(file):
                return file
            await asyncio.sleep(pause)
        raise DeliveryError("Slack did not say in time what the file is.")


def drawn(card: Card, files: Mapping[Image, str] | None = None) -> Told:
    """A card as `text` and `blocks` of a message; of images without a file the words."""
    return {"text": blockkit.fallback(card), "blocks": blockkit.render(card, files)}
