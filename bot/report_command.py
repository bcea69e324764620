"""The command that prints a report or writes it to a file, for whoever runs the service."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from adapters.chart import draw_trend
from adapters.pdf import draw_pdf
from bot.domain.context import Context
from bot.domain.organization_messages import OPERATOR
from bot.errors import ConfigurationError, InvalidInput
from bot.reporting.figures import Report
from bot.reporting.periods import Period, days, period_of, week_before
from bot.reporting.said import Wanted
from bot.reporting.words import headlines, standing, where_time_goes
from bot.rubric.loader import load
from bot.services.report import Reporter
from bot.services.workbook import draw_workbook
from bot.settings import read_settings
from storage.database import Database
from storage.migrate import upgrade


def add_report_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    report = commands.add_parser("report", help="the report of a week or other days: received, transmitted, open, late")
    when = report.add_mutually_exclusive_group()
    when.add_argument("--week", metavar="2026-W47", help="the last week that is over unless given")
    when.add_argument("--from", metavar="DAY", dest="first", type=date.fromisoformat, help="with --to")
    report.add_argument("--to", metavar="DAY", dest="last", type=date.fromisoformat, help="the last day, included")
    how = report.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true")
    how.add_argument("--pdf", type=Path, metavar="FILE")
    how.add_argument("--xlsx", type=Path, metavar="FILE")
    report.set_defaults(run=make_report)


def make_report(options: argparse.Namespace) -> int:
    return asyncio.run(_make(options))


async def _make(options: argparse.Namespace) -> int:
    settings, now = read_settings(), datetime.now(UTC)
    database = Database(settings.database_url)
    try:
        await upgrade(database)
        organization = await database.read(lambda uow: uow.organization())
        ctx = Context(OPERATOR, now, organization, load(), settings.zone)
        period = _period(options, ctx.today)
        reporter = Reporter(database, draw_trend, draw_pdf, draw_workbook)
        target = options.pdf or options.xlsx
        if target:
            kind = "pdf" if options.pdf else "xlsx"
            _, content = await reporter.file(Wanted(period, file=kind), ctx)
            _write(target, content)
        else:
            told = await reporter.figures(period, ctx)
            print(json.dumps(report_as_json(told)) if options.json else _as_text(told))
    finally:
        await database.close()
    return 0


def _period(options: argparse.Namespace, today: date) -> Period:
    if (options.first is None) != (options.last is None):
        raise InvalidInput("Give both --from and --to, the first and the last day.")
    if options.first:
        return days(options.first, options.last)
    return period_of(options.week.upper()) if options.week else week_before(today)


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise ConfigurationError(f"{target} can't be written: {error.strerror}.") from error


def report_as_json(told: Report) -> dict[str, object]:
    """Its figures; moments in ISO 8601, spans in seconds."""
    values: dict[str, object] = json.loads(json.dumps(asdict(told), default=_plain))
    return values


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else getattr(value, "total_seconds", lambda: str(value))()


def _as_text(told: Report) -> str:
    rows = (*headlines(told), *where_time_goes(told))
    return "\n".join((standing(told), *(f"{label}: {text}" for label, text in rows)))
