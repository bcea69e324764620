"""Text for Slack, drawn as rich text or plain text, never as mrkdwn, which has no way to write its own characters."""

from __future__ import annotations

from typing import Any, TypeAlias

from cards.room import Room, cut, excerpt

MAX_HEADER = 150
MAX_SECTION = 3_000
MAX_LABEL = 150  # of an input and of its hint, where Slack would take 2,000

Json: TypeAlias = dict[str, Any]


def header(title: str) -> Json:
    return {"type": "header", "text": plain(title, MAX_HEADER)}


def context(text: str, room: Room) -> Json:
    return {"type": "context", "elements": [prose(text, min(room.text, MAX_SECTION))]}


def rich(kind: str, runs: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": runs}]}


def run(text: str, *, bold: bool = False) -> Json:
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def plain(text: str, limit: int) -> Json:
    """One line."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def prose(text: str, limit: int) -> Json:
    """With its line breaks."""
    return {"type": "plain_text", "text": excerpt(text, limit), "emoji": False}
