"""A Teams message is HTML: what it says as plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: Elements that begin a line of their own.
LINES = frozenset({"p", "div", "br", "li", "tr", "blockquote", "pre", "h1", "h2", "h3", "hr", "table", "ul", "ol"})
HIDDEN = frozenset({"script", "style"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        if tag in LINES:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("- ")
        if tag in {"td", "th"}:
            self.parts.append(" ")
        if tag in {"img", "emoji"}:  # an emoji is drawn as a picture; a pasted one often says only "image"
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN and self._hidden > 0
        if tag in LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def plain(content: str) -> str:
    """The words of an HTML body, a line for each paragraph, item and row."""
    words = _Words()
    words.feed(content.replace("\0", ""))
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return "\n".join(filter(None, lines))
