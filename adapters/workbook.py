"""A report as an Excel workbook. What is text stays text: nothing that somebody entered becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.reporting.sheets import Cell as Value
from bot.reporting.sheets import Sheet

BOLD = Font(bold=True)
WIDEST = 60  # characters of a column
MOMENT = "yyyy-mm-dd hh:mm"


def draw_workbook(sheets: Iterable[Sheet]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for number, row in enumerate((sheet.header, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            _enter(page.cell(number, column), value, heads=number == 1)
    for column in range(len(sheet.header)):
        longest = max(len(str(row[column])) for row in (sheet.header, *sheet.rows))
        page.column_dimensions[get_column_letter(column + 1)].width = min(longest + 2, WIDEST)
    page.freeze_panes = "A2"


def _enter(cell: Cell, value: Value, heads: bool) -> None:
    """Moments go in as the agency reads them, since Excel knows no time zones."""
    if isinstance(value, datetime):
        cell.value, cell.number_format = value.replace(tzinfo=None), MOMENT
    elif isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
    if heads:
        cell.font = BOLD
