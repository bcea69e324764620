"""What a spreadsheet gets: the columns of the import, as text that stays text."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from bot.conversation.line import Line
from bot.services.sheets import COLUMNS, as_csv, as_xlsx
from tests.world import MANAGER, T0, ZONE, context

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://x.test","Click")']
CTX = context(MANAGER, T0)


def line(subject: str = "Beds", requestor: str = "ICE OCR") -> Line:
    at = datetime(2026, 12, 4, 22, tzinfo=UTC)
    return Line(
        "T-1042", "report", subject, requestor, "external", "hq", ("LKP", "HOU"), "itms", "high", True,
        T0, at, "assigned", ("HOU", "CS"), ("a@ihsc.example",), ("dad@CS",),
    )  # fmt: skip


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_quoted_in_csv(text: str) -> None:
    (row,) = read_csv(as_csv([line(text, text)], CTX))
    assert (row["subject"], row["requestor"]) == (f"'{text}", f"'{text}")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_a_text_in_a_workbook(text: str) -> None:
    book = load_workbook(BytesIO(as_xlsx([line(text)], text, CTX)))
    for cell in (book["Tasks"]["C2"], book["About"]["B1"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
        assert str(cell.value).strip() == text.strip()


def test_both_have_the_columns_of_the_task_import_and_agency_time() -> None:
    (row,) = read_csv(as_csv([line()], CTX))
    assert tuple(row) == COLUMNS
    assert row["facility"] == "LKP"
    assert (row["components"], row["ses"], row["closed_at"]) == ("HOU;CS", "true", "")
    assert row["due_at"] == "2026-12-04T17:00:00-05:00"
    sheet = load_workbook(BytesIO(as_xlsx([line()], "open tasks", CTX)))["Tasks"]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert sheet["L2"].value == datetime(2026, 12, 4, 17)  # noqa: DTZ001 - a workbook has no time zones
    assert sheet["R2"].value is None


def test_a_workbook_says_what_was_asked_by_whom_and_as_of_when() -> None:
    about = load_workbook(BytesIO(as_xlsx([line()], "open tasks of HOU", CTX)))["About"]
    assert [tuple(cell.value for cell in row) for row in about] == [
        ("Question", "open tasks of HOU"),
        ("As of", "24 Nov 2026, 09:00"),
        ("Time zone", str(ZONE)),
        ("Asked by", CTX.organization.name_of(MANAGER)),
    ]


def test_what_no_workbook_takes_is_left_out_of_a_cell() -> None:
    book = load_workbook(BytesIO(as_xlsx([line("Be\x0bds" + "x" * 40_000)], "all", CTX)))
    assert str(book["Tasks"]["C2"].value).startswith("Beds")
