"""Reports over a database, drawn for real."""

from __future__ import annotations

from adapters.chart import draw_trend
from adapters.pdf import draw_pdf
from bot.services.report import Reporter
from bot.services.workbook import draw_workbook
from storage.database import Database


def reporter(database: Database) -> Reporter:
    return Reporter(database, draw_trend, draw_pdf, draw_workbook)
