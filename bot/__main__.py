"""The command line, and the composition root: the only module that knows every other one."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from adapters.vault import new_key
from bot.compose import file_store, serve, until_stopped
from bot.conversation.answer import Answer, as_json
from bot.conversation.question import Order
from bot.demo.run import demo, new_folder
from bot.domain.context import Context
from bot.domain.organization_messages import OPERATOR
from bot.errors import ConfigurationError, NotAllowed, TaskingsError
from bot.recordkeeping import add_record_commands
from bot.report_command import add_report_command
from bot.rubric.loader import load
from bot.rubric_command import add_rubric_commands
from bot.services.ask import Place, ask
from bot.services.directory import read_directory
from bot.services.handle import Handler
from bot.services.history import Importer, Imports
from bot.settings import Settings, read_settings
from storage.database import Database
from storage.migrate import upgrade

#: Where the threads of the command line are, beside those of the platforms.
CLI = "command line"
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def now() -> datetime:
    return datetime.now(UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what is refused is one line on standard error and exit code 1."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except TaskingsError as error:
        print(error, file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="taskings", description="Official taskings under IHSC Directive 01-51.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("serve", help="answer Slack and Teams, and deliver").set_defaults(run=run_service)
    _add_demo(commands)
    add_rubric_commands(commands)
    _add_ask(commands)
    _add_imports(commands)
    _add_files_commands(commands)
    add_record_commands(commands)
    add_report_command(commands)
    database = commands.add_parser("db", help="the database").add_subparsers(required=True)
    database.add_parser("upgrade", help="bring its tables up to date").set_defaults(run=db_upgrade)
    return top


def _add_demo(commands: Commands) -> None:
    walks = commands.add_parser("demo", help="walk one task from receipt to record, then stay up for a story by hand")
    walks.add_argument("--once", action="store_true", help="stop after the walk; 1 when a card shows what is not so")
    walks.add_argument("--no-client", action="store_true", help="start no local Teams clients, only the service")
    walks.set_defaults(run=run_demo)


def _add_ask(commands: Commands) -> None:
    question = commands.add_parser("ask", help="a status question, answered as to that person in chat")
    question.add_argument("question", help='for example "open FOIA tasks"')
    question.add_argument(
        "--as", required=True, metavar="EMAIL", dest="actor", help="who asks: what they may see counts"
    )
    question.add_argument("--now", metavar="ISO", type=_moment, help="the time to answer for; now unless given")
    question.add_argument("--thread", metavar="ID", help="the thread of a follow-up, such as “show more”")
    question.add_argument("--json", action="store_true")
    question.set_defaults(run=ask_question)


def _add_imports(commands: Commands) -> None:
    directory = commands.add_parser("directory", help="the organization and its people").add_subparsers(required=True)
    read = directory.add_parser("import", help="from CSV files; again is an update")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE")
    read.set_defaults(run=directory_import)
    task = commands.add_parser("task", help="tasks of another system").add_subparsers(required=True)
    history = task.add_parser("import", help="from a CSV file: read only here until somebody routes them")
    history.add_argument("file", type=Path, metavar="FILE")
    history.set_defaults(run=task_import)


def _add_files_commands(commands: Commands) -> None:
    files = commands.add_parser("files", help="the files of responses").add_subparsers(required=True)
    files.add_parser("key", help="make a key for TASKINGS_FILES_KEYS").set_defaults(run=files_key)
    rotate = files.add_parser("rotate", help="encrypt every file under the newest key; 1 when one can't be read")
    rotate.set_defaults(run=files_rotate)


def run_service(options: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(until_stopped(serve(read_settings(), now), None))
    return 0


def run_demo(options: argparse.Namespace) -> int:
    """The sample agency in the database that is set, else in a new one below `.taskings/`."""
    settings, folder = read_settings(), new_folder()
    logging.basicConfig(level=logging.INFO, filename=folder / "service.log")
    say = partial(print, flush=True)
    complain = partial(print, file=sys.stderr, flush=True)
    work = demo(settings, folder, say, complain, once=options.once, client=not options.no_client)
    return asyncio.run(until_stopped(work, 0))


def ask_question(options: argparse.Namespace) -> int:
    """Exit code 3 when the question is asked back, 4 when it can't be answered."""
    place = Place((f"{CLI}:{options.thread}",)) if options.thread else Place()
    found = asyncio.run(_ask(read_settings(), options.question, options.actor, options.now or now(), place))
    told = json.dumps(as_json(found), ensure_ascii=False, default=datetime.isoformat) if options.json else found.text
    print("\n".join((told, *(() if options.json else found.numbers))))
    return 4 if found.declined else 3 if found.asks else 0


async def _ask(settings: Settings, question: str, actor: str, at: datetime, place: Place) -> Answer:
    database = Database(settings.database_url)
    try:
        await upgrade(database)
        organization = await database.read(lambda uow: uow.organization())
        ctx = Context(actor.lower(), at, organization, load(), settings.zone)
        if organization.person(actor) not in organization.serving(ctx.today):
            raise NotAllowed(f"{actor} is nobody in the directory; import them, or check the email.")
        return await ask(database, question, ctx, place, Order.DUE)
    finally:
        await database.close()


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=read_settings().zone)


def directory_import(options: argparse.Namespace) -> int:
    try:
        sources = [(path.name, path.read_text(encoding="utf-8-sig")) for path in options.files]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"A file can't be read as UTF-8 text: {error}.") from error
    changes = asyncio.run(_import(read_settings(), sources))
    print(f"{changes} changes." if changes != 1 else "1 change.")
    return 0


async def _import(settings: Settings, sources: Sequence[tuple[str, str]]) -> int:
    database = Database(settings.database_url)
    try:
        await upgrade(database)
        known = await database.read(lambda uow: uow.organization().components)
        handler = Handler(database, load(), now, settings.zone)
        return await handler.organize(read_directory(sources, known), OPERATOR, "command line")
    finally:
        await database.close()


def task_import(options: argparse.Namespace) -> int:
    try:
        done = asyncio.run(_import_tasks(read_settings(), options.file))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"A file can't be read as UTF-8 text: {error}.") from error
    print(f"{done.new} tasks imported, {done.changed} changed, {done.same} as they were.")
    return 0


async def _import_tasks(settings: Settings, path: Path) -> Imports:
    database = Database(settings.database_url)
    try:
        await upgrade(database)
        with path.open(encoding="utf-8-sig", newline="") as rows:
            done = await Importer(database, load(), now, settings.zone)(path.name, rows)
        await database.refresh()
        return done
    finally:
        await database.close()


def files_key(options: argparse.Namespace) -> int:
    print(new_key())
    return 0


def files_rotate(options: argparse.Namespace) -> int:
    done = asyncio.run(file_store(read_settings()).rotate())
    print(f"{done.sealed} files encrypted anew, {done.before} were under the newest key already.")
    print("".join(f"{fault}\n" for fault in done.faults), end="", file=sys.stderr)
    return 1 if done.faults else 0


def db_upgrade(options: argparse.Namespace) -> int:
    settings = read_settings()

    async def run() -> None:
        database = Database(settings.database_url)
        try:
            await upgrade(database)
        finally:
            await database.close()

    asyncio.run(run())
    print("The database is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
