"""The record as a PDF: the sections of `bot.record.pages`, drawn by reportlab the same way every time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, assert_never

from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from bot.record.pages import Block, Facts, Grid, Picture, Section, Words

MARGIN = 2 * cm
WIDTH = LETTER[0] - 2 * MARGIN
LABEL = 0.26 * WIDTH
SHARE = 0.62  # of the page, a picture
FAINT = colors.HexColor("#c8c8c8")
#: Vera comes with reportlab; what it has no glyph for is written as its code point, so that nothing is lost unseen.
FACES = {name: TTFont(name, f"{name}.ttf") for name in ("Vera", "VeraBd")}
BODY = ParagraphStyle("body", fontName="Vera", fontSize=8.5, leading=11.5, splitLongWords=1)
LABELS = ParagraphStyle("label", BODY, fontName="VeraBd", fontSize=8)
SMALL = ParagraphStyle("small", BODY, fontSize=7, leading=9)
TITLES = {
    False: ParagraphStyle("title", BODY, fontName="VeraBd", fontSize=13, leading=17, spaceBefore=14, spaceAfter=4),
    True: ParagraphStyle("under", BODY, fontName="VeraBd", fontSize=10, leading=13, spaceBefore=8, spaceAfter=3),
}


def draw_pdf(title: str, sections: Iterable[Section]) -> bytes:
    """The document, its bytes the same for the same sections."""
    for face in FACES.values():
        pdfmetrics.registerFont(face)
    drawn = io.BytesIO()
    margins = {f"{side}Margin": MARGIN for side in ("left", "right", "top", "bottom")}
    document = SimpleDocTemplate(
        drawn, pagesize=LETTER, title=title, author="Taskings", lang="en-US", invariant=1, **margins
    )
    document.build([part for section in sections for part in _section(section)], *(2 * [_foot(title)]))
    return drawn.getvalue()


def _section(section: Section) -> Iterator[Flowable]:
    heading = ParagraphStyle("kept", TITLES[section.under], keepWithNext=1)
    yield Paragraph(_drawn(section.title), heading)
    if not section.blocks and not section.under:
        return
    for block in section.blocks:
        yield from _block(block)
        yield Spacer(1, 4)


def _block(block: Block) -> Iterator[Flowable]:
    match block:
        case Facts(rows):
            cells = [[Paragraph(_drawn(label), LABELS), Paragraph(_drawn(text), BODY)] for label, text in rows]
            yield _table(cells, [LABEL, WIDTH - LABEL])
        case Words(text):
            for paragraph in text.split("\n"):
                yield Paragraph(_drawn(paragraph), BODY) if paragraph.strip() else Spacer(1, 6)
        case Grid(header, widths, rows):
            cells = [[Paragraph(_drawn(text), LABELS) for text in header]]
            cells += [[Paragraph(_drawn(text), SMALL) for text in row] for row in rows]
            yield _table(cells, [share * WIDTH for share in widths], heads=1)
        case Picture(png, text):
            image = Image(io.BytesIO(png))
            scale = WIDTH * SHARE / image.drawWidth
            image.drawWidth, image.drawHeight, image.hAlign = scale * image.drawWidth, scale * image.drawHeight, "LEFT"
            yield KeepTogether([image, Paragraph(_drawn(text), SMALL)])
        case _:
            assert_never(block)


def _table(cells: list[list[Flowable]], widths: list[float], heads: int = 0) -> Table:
    """A row longer than a page goes on over the next."""
    lines = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, FAINT)]
    tight = [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    return Table(cells, widths, style=[*lines, *tight], repeatRows=heads, splitByRow=1, splitInRow=1, hAlign="LEFT")


def _foot(title: str) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont("Vera", 7)
        canvas.drawString(MARGIN, MARGIN / 2, title)
        canvas.drawRightString(LETTER[0] - MARGIN, MARGIN / 2, f"Page {document.page}")

    return draw


def _drawn(text: str) -> str:
    """As reportlab's markup, every character one that the font has."""
    return "<br/>".join(escape("".join(map(_glyph, line)), quote=False) for line in text.split("\n"))


def _glyph(character: str) -> str:
    if character in "\t\r":
        return " "
    return character if ord(character) in FACES["Vera"].face.charToGlyph else f"[U+{ord(character):04X}]"
