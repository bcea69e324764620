"""A report as a picture, a workbook and pages: what is in them, and what never is."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from PIL import Image

from adapters.chart import draw_trend
from adapters.pdf import draw_pdf
from bot.record.pages import Facts, Grid, Picture, Section, Words
from bot.reporting.figures import Flow, Group, Material, Overdue, report
from bot.reporting.sheets import ON_PAPER, sections, sheets
from bot.reporting.words import picture_words
from bot.services.workbook import draw_workbook
from cards import adaptive
from cards.report_card import report_card
from tests.cards.report_examples import WEEK, told
from tests.world import MANAGER, RUBRIC, SAMPLE, T0, ZONE, context

LIMIT = 11_500  # bytes: as text on a card of 25,000 with everything else


def hard(weeks: tuple[Group, ...]) -> tuple[Group, ...]:
    """The most that a chart may have to draw: lines that cross everywhere."""
    flows = [(n * 7919 % 997, n * 104729 % 991) for n in range(len(weeks))]
    return tuple(
        Group(week.key, replace(week.flow, received=received, transmitted=sent, on_time=sent * received // 997))
        for week, (received, sent) in zip(weeks, flows, strict=True)
    )


@pytest.mark.parametrize("draw", ["usual", "hard", "nothing"])
def test_the_chart_is_a_small_png_of_few_colours_and_the_same_every_time(draw: str) -> None:
    nothing = report(Material((), {}), WEEK, T0, ZONE, SAMPLE).trend
    weeks = {"usual": told().trend, "hard": hard(told().trend), "nothing": nothing}[draw]
    png = draw_trend(weeks)
    assert len(png) <= LIMIT
    assert draw_trend(weeks) == png
    with Image.open(io.BytesIO(png)) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "P", (780, 520))
        inks = {tuple(colour) for _, colour in image.convert("RGB").getcolors() or ()}
    assert len(inks) <= 10
    assert {(0, 114, 178), (213, 94, 0)} <= inks


def test_the_card_has_room_for_the_largest_chart() -> None:
    """With more around it than an agency has: every type open, and a division a component."""
    flow = replace(told().flow, open=1_234, overdue=999)
    types = tuple(Group(key, flow) for key in RUBRIC.rows)
    crowded = replace(told(), types=types, divisions=tuple(Group(f"DIVISION{n}", flow) for n in range(9)))
    drawn = adaptive.render(report_card(crowded, bytes(LIMIT), context(MANAGER)))
    assert [part["type"] for part in drawn["body"]].count("Image") == 1


def test_the_words_of_the_chart_say_what_it_shows() -> None:
    assert picture_words(told()) == (
        "12 weeks, from 31 Aug 2026 to 22 Nov 2026. Received per week stayed at 21. "
        "Transmitted per week rose from 14 to 19, between 14 and 21. On time fell from 64% to 37%, between 37% and 67%."
    )
    assert "On time" not in picture_words(report(Material((), {}), WEEK, T0, ZONE, SAMPLE))


def test_the_workbook_holds_the_figures_as_numbers() -> None:
    found = told()
    book = openpyxl.load_workbook(io.BytesIO(draw_workbook(sheets(found, RUBRIC))))
    assert book.sheetnames == ["Summary", "By type", "By division", "Overdue", "Trend"]
    by_type = {row[0]: row[1:] for row in book["By type"].iter_rows(min_row=2, values_only=True)}
    assert sum(row[5] for row in by_type.values()) == found.flow.open
    assert len(list(book["Overdue"].iter_rows(min_row=2))) == found.flow.overdue
    first = next(book["Overdue"].iter_rows(min_row=2, values_only=True))
    assert (first[0], first[2], first[3]) == (
        found.overdue[0].number,
        found.overdue[0].due_at.astimezone(ZONE).replace(tzinfo=None),
        found.overdue[0].days,
    )
    assert [row[2] for row in book["Trend"].iter_rows(min_row=2, values_only=True)] == [21] * 12


@pytest.mark.parametrize("number", ["=1+1", "+1", "@SUM(A1)", '=HYPERLINK("http://x")', "T-1\x07"])
def test_what_somebody_entered_never_becomes_a_formula(number: str) -> None:
    late = replace(told(), overdue=(Overdue(number, "qfr", T0, 1),))
    book = openpyxl.load_workbook(io.BytesIO(draw_workbook(sheets(late, RUBRIC))))
    cell = book["Overdue"]["A2"]
    assert (cell.data_type, cell.value) == ("s", number.replace("\x07", ""))


def test_the_pages_say_the_figures_and_are_two() -> None:
    found = told()
    pages = tuple(sections(found, draw_trend(found.trend), RUBRIC))
    said = words_of(pages)
    flow = found.flow
    for words in (
        f"Received {flow.received} (the week before {found.before.received})",
        f"On time {flow.rate}% ({found.before.rate}%)",
        f"Open {flow.open} ({found.before.open}), {flow.overdue} of them overdue",
        "In final clearance 1.5 days",
        picture_words(found),
        f"{found.overdue[0].number} ",
    ):
        assert words in said
    drawn = draw_pdf("Report", pages)
    assert drawn == draw_pdf("Report", pages)
    assert len(re.findall(rb"/Type /Page\b", drawn)) <= 2


def test_a_long_list_of_the_overdue_is_cut_on_paper_and_whole_in_the_workbook() -> None:
    many = replace(told(), overdue=tuple(Overdue(f"T-{n}", "qfr", T0, 1) for n in range(ON_PAPER + 7)))
    assert "and 7 more" in words_of(tuple(sections(many, b"", RUBRIC)))
    assert len(sheets(many, RUBRIC)[3].rows) == ON_PAPER + 7


def words_of(pages: tuple[Section, ...]) -> str:
    found: list[str] = []
    for block in (block for page in pages for block in page.blocks):
        match block:
            case Facts(rows):
                found += [f"{label} {text}" for label, text in rows]
            case Grid(header, _, rows):
                found += [" ".join(row) for row in (header, *rows)]
            case Words(text) | Picture(_, text):
                found.append(text)
    return "\n".join(found)


def test_a_rate_of_nothing_is_none() -> None:
    assert Flow(0, 0, 0, 0, 0, 0, 0, None).rate is None
