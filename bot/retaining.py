"""The commands about how long records are kept: what is due for disposal, legal holds, and disposal."""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

from adapters.pdf import draw_pdf
from bot.compose import file_store, opened, rubric_of
from bot.domain.messages import Command, HoldRecord, ReleaseHold
from bot.domain.organization_messages import OPERATOR
from bot.domain.retention import NOT_SCHEDULED, kept_because, standing
from bot.domain.rubric import Rubric
from bot.domain.task import Task
from bot.domain.words import day
from bot.errors import ConfigurationError, InvalidInput
from bot.ports.chat import Click
from bot.record.certificate import Approval, Disposed, certificate_pages
from bot.services.dispose import Disposer
from bot.services.export import Exporter
from bot.services.handle import Handler
from bot.settings import Settings, read_settings
from storage.archive import SqlArchive
from storage.database import Database

SOURCE = "command line"


def add_retention_commands(record: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    due = record.add_parser("due", help="closed records that may be disposed of, and those that are kept back")
    due.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day to answer for; today unless given")
    due.add_argument("--json", action="store_true")
    due.set_defaults(run=record_due)
    hold = record.add_parser("hold", help="keep a closed record whatever its schedule says")
    hold.add_argument("number", metavar="T-1042")
    hold.add_argument("--reason", required=True, help="what it is kept for")
    hold.set_defaults(run=record_hold)
    release = record.add_parser("release", help="end a legal hold")
    release.add_argument("number", metavar="T-1042")
    release.add_argument("--reason", required=True, help="why it ends")
    release.add_argument("--hold", type=int, metavar="N", help="which, when there are several")
    release.set_defaults(run=record_release)

    dispose = record.add_parser("dispose", help="destroy a record that is due, and keep a certificate of it")
    dispose.add_argument("number", metavar="T-1042")
    dispose.add_argument("--approved-by", required=True, metavar="NAME", type=_text, help="who approved its disposal")
    dispose.add_argument("--authority", required=True, metavar="TEXT", type=_text, help="on which authority")
    dispose.add_argument("--certificate", type=Path, metavar="FILE.json", help="where to; a PDF goes beside it")
    dispose.set_defaults(run=record_dispose)


def _text(value: str) -> str:
    if not value.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return value.strip()


def record_due(options: argparse.Namespace) -> int:
    settings = read_settings()
    rubric, on = rubric_of(settings), options.on or datetime.now(settings.zone).date()
    closed = asyncio.run(_closed(settings))
    why = {task.number: kept_because(task, on, rubric, settings.zone) for task in closed}
    due = [_row(task, rubric, settings.zone) for task in closed if not why[task.number]]
    back = [task for task in closed if task.held or NOT_SCHEDULED in why[task.number]]  # a date alone says for itself
    kept = [_row(task, rubric, settings.zone) | {"kept": list(why[task.number])} for task in back]
    print(json.dumps({"on": on.isoformat(), "due": due, "kept": kept}) if options.json else _said(on, due, kept))
    return 0


def _row(task: Task, rubric: Rubric, zone: tzinfo) -> dict[str, Any]:
    now = standing(task, rubric, zone)
    assert task.closed_at is not None
    return {
        "number": task.number,
        "task_type": task.request.task_type,
        "closed_on": task.closed_at.astimezone(zone).date().isoformat(),
        "disposition_on": now.until.isoformat() if now.until else None,
        "authority": now.authority,
        "years": now.years,
    }


def _said(on: date, due: Sequence[dict[str, Any]], kept: Sequence[dict[str, Any]]) -> str:
    lines = [f"{len(due)} due for disposal on {day(on)}, {len(kept)} kept back."]
    lines += [f"{d['number']}  {d['task_type']}, due since {d['disposition_on']} under {d['authority']}" for d in due]
    lines += [f"{k['number']}  {k['task_type']}, kept back: {'; '.join(k['kept'])}" for k in kept]
    return "\n".join(lines)


async def _closed(settings: Settings) -> tuple[Task, ...]:
    async with opened(settings) as database:
        return await database.read(lambda uow: uow.closed())


def record_hold(options: argparse.Namespace) -> int:
    asyncio.run(_hold(read_settings(), options.number, options.reason))
    print(f"{options.number} is on legal hold.")
    return 0


async def _hold(settings: Settings, number: str, reason: str) -> None:
    async with opened(settings) as database:
        await _do(database, settings, number, HoldRecord(reason))


def record_release(options: argparse.Namespace) -> int:
    task = asyncio.run(_release(read_settings(), options.number, options.hold, options.reason))
    left = "; ".join(f"{hold.id}: {hold.reason}" for hold in task.held)
    print(f"Released; {task.number} stays on hold {left}." if left else f"Released; {task.number} is on no legal hold.")
    return 0


async def _release(settings: Settings, number: str, hold: int | None, reason: str) -> Task:
    """The one hold there is, unless it is named."""
    async with opened(settings) as database:
        task = await database.read(lambda uow: uow.task(number, for_update=False))
        if hold is None and len(task.held) > 1:
            which = "; ".join(f"{hold.id}: {hold.reason}" for hold in task.held)
            raise InvalidInput(f"{number} has several holds; say which with --hold ({which}).")
        one = task.held[0].id if task.held and hold is None else hold or 0
        return await _do(database, settings, number, ReleaseHold(one, reason))


async def _do(database: Database, settings: Settings, number: str, command: Command) -> Task:
    handler = Handler(database, rubric_of(settings), _now, settings.zone)
    return await handler(Click(f"{SOURCE} {secrets.token_hex(8)}", SOURCE, OPERATOR, number, command))


def record_dispose(options: argparse.Namespace) -> int:
    """The certificate is written as JSON and as a PDF beside it, and printed whatever becomes of the files."""
    settings, given = read_settings(), Approval(options.approved_by, options.authority)
    done = asyncio.run(_dispose(settings, options.number, given))
    print(json.dumps(done.said, ensure_ascii=False, indent=1))
    target = options.certificate or Path(f"{options.number}-disposed.json")
    drawn = draw_pdf(f"Certificate of disposition of {done.number}", certificate_pages(done, settings.zone))
    try:
        target.write_text(done.text, "utf-8")
        target.with_suffix(".pdf").write_bytes(drawn)
    except OSError as error:
        raise ConfigurationError(f"{target} can't be written: {error.strerror}; dispose again to get it.") from error
    return 0


async def _dispose(settings: Settings, number: str, given: Approval) -> Disposed:
    async with opened(settings) as database:
        exporter = Exporter(SqlArchive(database), file_store(settings), draw_pdf, settings.zone)
        return await Disposer(database, exporter, rubric_of(settings), _now).dispose(number, given)


def _now() -> datetime:
    return datetime.now(UTC)
