"""Tasks as a file for a spreadsheet: the columns of the task import, and nothing in a cell that a program would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.conversation.line import Line
from bot.domain.context import Context
from bot.domain.organization import Kind
from bot.domain.words import stamp

COLUMNS = (
    "number", "task_type", "subject", "requestor", "origin", "scope", "facility", "manner", "priority", "ses",
    "received_at", "due_at", "status", "components", "action_officers", "waiting_on", "transmitted_at", "closed_at",
)  # fmt: skip
#: What makes a spreadsheet read a cell as a formula (OWASP, CSV Injection).
STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST = 10_000  # tasks in one file
MAX_CELL = 32_767  # characters, as Excel has it
Cell = str | bool | datetime | None


def as_csv(lines: Iterable[Line], ctx: Context) -> bytes:
    """UTF-8 with the mark that Excel looks for; every cell quoted, and a formula begun with an apostrophe."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_as_text(cell) for cell in _cells(line, ctx)] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[Line], asked: str, ctx: Context) -> bytes:
    """A sheet with the tasks, and in front of it one that says what was asked, by whom and as of when."""
    book = Workbook(write_only=True)
    head, sheet = book.create_sheet("About"), book.create_sheet("Tasks")
    about = (("Question", asked), ("As of", stamp(ctx.now, ctx.zone)), ("Time zone", str(ctx.zone)))
    for row in (*about, ("Asked by", ctx.organization.name_of(ctx.actor))):
        head.append([_as_cell(head, text) for text in row])
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, name) for name in COLUMNS])
    for line in lines:
        sheet.append([_as_cell(sheet, cell) for cell in _cells(line, ctx)])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _cells(line: Line, ctx: Context) -> Iterator[Cell]:
    """In the order of `COLUMNS`, times in agency time."""
    facilities = [code for code in line.places if _is_facility(code, ctx)]
    yield from (line.number, line.task_type, line.subject, line.requestor, line.origin, line.scope)
    yield from (";".join(facilities), line.manner, line.priority, line.ses)
    yield from (line.received_at.astimezone(ctx.zone), line.due_at.astimezone(ctx.zone), line.status)
    yield from (";".join(line.components), ";".join(line.action_officers), ";".join(line.waiting_on))
    yield from (at.astimezone(ctx.zone) if at else None for at in (line.transmitted_at, line.closed_at))


def _is_facility(code: str, ctx: Context) -> bool:
    component = ctx.organization.components.get(code)
    return component is not None and component.kind in {Kind.FACILITY, Kind.REGION}


def _as_text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"'{cell}" if cell and cell.startswith(STARTS) else cell or ""


def _as_cell(sheet: WriteOnlyWorksheet, value: Cell) -> WriteOnlyCell | str | bool | None:
    """A text stays one, whatever it begins with, and also when somebody edits it; plain ones are written as they are,
    since a cell of its own takes ten times as long.
    """
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value.replace(tzinfo=None))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:MAX_CELL]
    if not text.startswith((*STARTS, "#")):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _heading(sheet: WriteOnlyWorksheet, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, name)
    cell.font = Font(bold=True)
    return cell
