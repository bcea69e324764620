"""What the local platforms show, held against what the state says they should."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.demo import slack_user, teams_user
from bot.demo.slack_api import blocks_of
from bot.demo.slack_world import SlackWorld
from bot.demo.teams_world import Json, TeamsWorld
from bot.ports.outbox import Surface
from cards import adaptive, blockkit
from cards.model import Card


@dataclass(frozen=True, slots=True)
class Look:
    """A card as a platform keeps it, and what a person reads of it: its lines, then its buttons."""

    drawn: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screens:
    """Both platforms as everybody sees them now."""

    slack: SlackWorld
    teams: TeamsWorld

    def differences(self, surface: Surface, card: Card) -> list[str]:
        """One sentence when the surface does not show the card, else nothing."""
        where = f"The {surface.placement.card} card of {surface.placement.task} for {surface.placement.recipient}"
        if not (surface.platform and surface.address and surface.message_id):
            return [f"{where} was never shown."]
        on = f"{where} on {surface.platform.capitalize()}"
        shown = self._look(surface.platform, surface.address, surface.message_id)
        if shown is None:
            return [f"{on} is gone."]
        wanted = _slack(_as_slack(card, self.slack)) if surface.platform == "slack" else _teams(_as_teams(card))
        return [f"{on} {_told(shown, wanted)}"] if shown.drawn != wanted.drawn else []

    def _look(self, platform: str, address: str, message_id: str) -> Look | None:
        if platform == "slack":
            channel = self.slack.channels.get(address)
            message = channel.message(message_id) if channel else None
            return _slack(message) if message else None
        room = self.teams.find(address.partition("#")[2])
        activity = room.messages.get(message_id) if room else None
        return _teams(activity) if activity else None


def _as_slack(card: Card, world: SlackWorld) -> Json:
    """With the files that hold its images, by what is in them: the first of equal ones stands for all."""
    held = {content: file for file, (_, content) in reversed(world.files.items())}
    files = {image: held[image.png] for image in card.images if image.png in held}
    return {"text": blockkit.fallback(card), "blocks": blocks_of({"blocks": blockkit.render(card, files)})}


def _as_teams(card: Card) -> Json:
    return {"attachments": [{"content": adaptive.render(card)}]}


def _slack(message: Json) -> Look:
    drawn = {name: message.get(name) for name in ("text", "blocks")}
    return _look(drawn, slack_user.text_of(message), slack_user.labels(message))


def _teams(activity: Json) -> Look:
    drawn = [attachment["content"] for attachment in activity.get("attachments") or ()]
    return _look(drawn, teams_user.card_text(activity), teams_user.buttons(activity))


def _look(drawn: object, text: str, buttons: list[str]) -> Look:
    lines = (*text.splitlines(), *(f"[{label}]" for label in buttons))
    return Look(json.dumps(drawn, sort_keys=True), lines)


def _told(shown: Look, wanted: Look) -> str:
    surplus = [line for line in shown.lines if line not in wanted.lines]
    missing = [line for line in wanted.lines if line not in shown.lines]
    if not (surplus or missing):
        return "says the right words, but is laid out otherwise or its buttons send something else."
    return f"shows {surplus}; it should show {missing}."
