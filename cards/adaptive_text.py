"""Text on a card for Teams, drawn as runs, never as a TextBlock or a FactSet.

Those read Markdown, clients disagree about its escapes (phones show the backslash) and about line breaks, while a run
is literal on all of them.
"""

from __future__ import annotations

import re

from microsoft_teams.cards.core import CardElement, ExecuteAction, RichTextBlock, Spacing, TextRun, TextSize, TextWeight

MAX_TITLE = 150
MAX_LABEL = 80  # of a choice, a field, a fact
#: Clients format `{{DATE(…)}}` even in a run; a run that ends between the braces stays literal.
BRACES = re.compile(r"(?<=\{)(?=\{)")


def block(inlines: list[CardElement], spacing: Spacing | None = None) -> CardElement:
    return RichTextBlock(inlines=inlines, spacing=spacing)


def runs(
    text: str,
    *,
    bold: bool = False,
    muted: bool = False,
    size: TextSize | None = None,
    link: ExecuteAction | None = None,
) -> list[CardElement]:
    weight: TextWeight | None = "Bolder" if bold else None
    subtle = muted or None
    return [
        TextRun(text=part, weight=weight, is_subtle=subtle, size=size, select_action=link)
        for part in BRACES.split(text)
    ]
