"""The commands about Appendix A: whether it can be used, and a dry run of whom it names."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import asdict
from pathlib import Path

from bot.compose import rubric_of
from bot.domain.organization import Kind, Organization, Staffing
from bot.domain.rubric import Origin, Route, Scope, Situation, route
from bot.errors import InvalidInput
from bot.rubric.loader import load
from bot.settings import Settings, read_settings
from storage.database import Database
from storage.migrate import upgrade


def add_rubric_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rubric = commands.add_parser("rubric", help="Appendix A: who answers and who clears").add_subparsers(required=True)
    check = rubric.add_parser("check", help="read the rubric and say whether it can be used")
    check.add_argument("file", nargs="?", type=Path, help="a file other than the one that is installed")
    check.set_defaults(run=rubric_check)
    dry = rubric.add_parser("route", help="a dry run: whom Appendix A names in one situation")
    dry.add_argument("--type", required=True, metavar="KEY", dest="task_type")
    dry.add_argument("--scope", required=True, choices=list(Scope), type=Scope)
    dry.add_argument("--facility", metavar="CODE", help="a facility of the directory that was imported")
    dry.add_argument("--origin", choices=list(Origin), type=Origin, default=Origin.EXTERNAL)
    dry.add_argument("--ses", action="store_true", help="the task needs SES clearance")
    dry.add_argument("--json", action="store_true")
    dry.set_defaults(run=rubric_route)


def rubric_check(options: argparse.Namespace) -> int:
    rubric = load(options.file)
    print(f"Appendix A, {rubric.version}: {len(rubric.rows)} task types, nothing wrong.")
    schedules = rubric_of(read_settings()).retention.values()
    print(f"Retention: {sum(s.approved for s in schedules)} of {len(schedules)} schedules approved, nothing wrong.")
    return 0


def rubric_route(options: argparse.Namespace) -> int:
    organization = asyncio.run(_organization(read_settings())) if options.facility else Organization()
    staffing = _staffing(organization, options.facility) if options.facility else None
    found = route(load(), options.task_type, Situation(options.scope, options.origin, staffing, options.ses))
    print(json.dumps(route_as_json(found)) if options.json else _as_text(found))
    return 0


def _staffing(organization: Organization, code: str) -> Staffing | None:
    component = organization.components.get(code)
    if component is None or component.kind is not Kind.FACILITY:
        raise InvalidInput(f"There is no facility {code}; import the directory, or check the code.")
    return component.staffing


def route_as_json(found: Route) -> dict[str, object]:
    values = asdict(found)
    del values["varies"]
    return values


def _as_text(found: Route) -> str:
    lines = {
        "Reply": found.reply,
        "Action officers": _steps(found.action_officers),
        "Awareness": ", ".join(found.awareness),
        "Clearance": _steps(found.clearance),
        "Still to settle": ", ".join(found.open),
    }
    return "\n".join(f"{label}: {text or '-'}" for label, text in lines.items())


def _steps(steps: tuple[tuple[str, ...], ...]) -> str:
    return "; ".join(" or ".join(keys) for keys in steps)


async def _organization(settings: Settings) -> Organization:
    database = Database(settings.database_url)
    try:
        await upgrade(database)
        return await database.read(lambda uow: uow.organization())
    finally:
        await database.close()
