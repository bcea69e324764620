"""The commands about records: whether they are whole, and the package of one."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.anchors import read_anchors
from adapters.pdf import draw_pdf
from bot.compose import file_store, opened
from bot.errors import ConfigurationError, NotFound
from bot.record.anchors import Anchored
from bot.record.chain import Fault
from bot.retaining import add_retention_commands
from bot.services.export import Exporter
from bot.services.verify import Verifier
from bot.settings import Settings, read_settings
from storage.archive import SqlArchive


def add_record_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    record = commands.add_parser("record", help="the records of tasks").add_subparsers(required=True, metavar="COMMAND")
    verify = record.add_parser("verify", help="whether records are whole; 1 when anything is wrong")
    verify.add_argument("number", nargs="?", metavar="T-1042", help="one task; all of them unless given")
    verify.add_argument(
        "--anchors", type=Path, metavar="FILE", help="what was anchored; TASKINGS_ANCHORS_FILE unless given"
    )
    verify.set_defaults(run=record_verify)
    export = record.add_parser("export", help="the record of a task as a ZIP that can be checked without this software")
    export.add_argument("number", metavar="T-1042")
    export.add_argument("--to", type=Path, metavar="FILE.zip", help="a new file; T-1042.zip here unless given")
    export.set_defaults(run=record_export)
    add_retention_commands(record)


@asynccontextmanager
async def _archive(settings: Settings) -> AsyncIterator[SqlArchive]:
    async with opened(settings) as database:
        yield SqlArchive(database)


def record_verify(options: argparse.Namespace) -> int:
    settings = read_settings()
    anchors = options.anchors or (Path(settings.anchors_file) if settings.anchors_file else None)
    anchored = read_anchors(anchors) if anchors else Anchored()
    found, remarks = asyncio.run(_verify(settings, options.number, anchored))
    print("\n".join((*(map(str, found) if found else ["Nothing wrong."]), *remarks)))
    return 1 if found else 0


async def _verify(settings: Settings, number: str | None, anchored: Anchored) -> tuple[list[Fault], list[str]]:
    async with _archive(settings) as archive:
        if number and number not in {*await archive.streams(), *anchored.by_stream}:
            raise NotFound(f"There is no task {number}; check the number.")
        verifier = Verifier(archive, file_store(settings), anchored)
        found = [fault async for fault in (verifier.one(number) if number else verifier.everything())]
        return found, verifier.remarks


def record_export(options: argparse.Namespace) -> int:
    target = options.to or Path(f"{options.number}.zip")
    asyncio.run(_export(read_settings(), options.number, target))
    print(f"The record of {options.number} is in {target}.")
    return 0


async def _export(settings: Settings, number: str, target: Path) -> None:
    """A package that fails halfway leaves nothing; one that is there already stays."""
    async with _archive(settings) as archive:
        with tempfile.TemporaryFile() as package:
            await Exporter(archive, file_store(settings), draw_pdf, settings.zone).write(number, package)
            package.seek(0)
            try:
                with target.open("xb") as file:
                    shutil.copyfileobj(package, file)
            except OSError as error:
                raise ConfigurationError(
                    f"{target} can't be written: {error.strerror}; name another with --to."
                ) from error
