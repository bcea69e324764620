"""Tasks as a file for a spreadsheet: the columns of the task import, and nothing in a cell that a program would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO

from bot.conversation.line import Line
from bot.domain.context import Context
from bot.domain.organization import Kind
from bot.domain.words import stamp
from bot.reporting.sheets import Sheet
from bot.services.workbook import STARTS, draw_workbook

COLUMNS = (
    "number", "task_type", "subject", "requestor", "origin", "scope", "facility", "manner", "priority", "ses",
    "received_at", "due_at", "status", "components", "action_officers", "waiting_on", "transmitted_at", "closed_at",
)  # fmt: skip
MOST = 10_000  # tasks in one file
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
    told = (("As of", stamp(ctx.now, ctx.zone)), ("Time zone", str(ctx.zone)))
    about = Sheet("About", ("Question", asked), (*told, ("Asked by", ctx.organization.name_of(ctx.actor))))
    return draw_workbook((about, Sheet("Tasks", COLUMNS, tuple(tuple(_cells(line, ctx)) for line in lines))))


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
