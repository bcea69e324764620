"""Tables as an Excel workbook. What is text stays text: nothing that somebody entered becomes a formula."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.reporting.sheets import Cell, Sheet

#: What makes a spreadsheet read a cell as a formula (OWASP, CSV Injection).
STARTS = ("=", "+", "-", "@", "\t", "\r")
MAX_CELL = 32_767  # characters, as Excel has it
WIDEST = 60  # characters of a column
MOMENT = "yyyy-mm-dd hh:mm"


def draw_workbook(sheets: Iterable[Sheet]) -> bytes:
    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    for number, column in enumerate(zip(sheet.header, *sheet.rows, strict=True), start=1):
        longest = max(len(str(value)) for value in column)
        page.column_dimensions[get_column_letter(number)].width = min(longest + 2, WIDEST)
    page.freeze_panes = "A2"
    page.append([_heading(page, text) for text in sheet.header])
    for row in sheet.rows:
        page.append([_entered(page, value) for value in row])


def _heading(page: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _text(page, _legal(text))
    cell.font = Font(bold=True)
    return cell


def _entered(page: WriteOnlyWorksheet, value: Cell) -> WriteOnlyCell | Cell:
    """Plain texts are written as they are, since a cell of its own takes ten times as long; moments go in as the agency
    reads them, since Excel knows no time zones.
    """
    if isinstance(value, datetime):
        cell = WriteOnlyCell(page, value.replace(tzinfo=None))
        cell.number_format = MOMENT
        return cell
    if not isinstance(value, str):
        return value
    text = _legal(value)
    return _text(page, text) if text.startswith((*STARTS, "#")) else text


def _text(page: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """A text whatever it begins with, and also when somebody edits it."""
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _legal(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:MAX_CELL]
