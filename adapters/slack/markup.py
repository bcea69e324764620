"""Slack's markup in what people write, read as plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
REFERENCE = re.compile(r"<([^|>]*)(?:\|([^>]*))?>")


def mentioned(text: str) -> tuple[str, ...]:
    """The user ids of the people a text mentions, each once."""
    return tuple(dict.fromkeys(MENTION.findall(text)))


def plain(text: str, people: Mapping[str, str]) -> str:
    """A text without Slack's markup; a mention becomes what `people` has for it, or nothing."""
    return " ".join(_read(text, people, _reference).split())


def whole(text: str, people: Mapping[str, str]) -> str:
    """The same for somebody else to read later: with its line breaks, and with the address behind each link."""
    return _read(text, people, _address).strip()


def _read(text: str, people: Mapping[str, str], reference: Callable[[re.Match[str]], str]) -> str:
    named = MENTION.sub(lambda match: people.get(match[1], ""), text)
    return unescape(REFERENCE.sub(reference, named)).replace("\0", "")


def _address(match: re.Match[str]) -> str:
    target, label = match[1], match[2] or ""
    linked = target.startswith("http") and label not in target
    return f"{label} ({target})" if linked else target if target.startswith("http") else _reference(match)


def _reference(match: re.Match[str]) -> str:
    target, label = match[1], match[2]
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or ""
    return label or target.removeprefix("mailto:")
