"""Every answer of `taskings rubric route` is held against the directive's Appendix A as copied out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import product
from typing import TypeVar

import pytest

from bot.__main__ import main
from bot.domain.organization import Staffing
from bot.domain.rubric import TASK_TYPES, Origin, Rubric, Scope, Situation, route
from bot.rubric.loader import load
from bot.rubric_command import route_as_json
from tests.domain.appendix_a import TABLE, Clears, Officers, Row

SAMPLE = files("bot.sample")


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request may change the answer; `facility` is "none", "ihsc" or "contract"."""

    scope: str
    origin: str
    facility: str
    ses: bool

    def __str__(self) -> str:
        return f"{self.scope} {self.origin} {self.facility} {'ses' if self.ses else 'no-ses'}"

    def situation(self) -> Situation:
        staffing = None if self.facility == "none" else Staffing(self.facility)
        return Situation(Scope(self.scope), Origin(self.origin), staffing, self.ses)

    def options(self) -> list[str]:
        facility = [] if self.facility == "none" else ["--facility", code(self.facility)]
        return ["--scope", self.scope, "--origin", self.origin, *facility, *["--ses"] * self.ses]


def code(staffing: str) -> str:
    """A facility of the sample agency."""
    rows = (SAMPLE / "components.csv").read_text(encoding="utf-8").splitlines()
    return next(row.split(",")[0] for row in rows if row.endswith(f",{staffing}"))


C = TypeVar("C", Officers, Clears)


def the_one(cases: tuple[C, ...], asked: Asked) -> C:
    """A table with a hole or an overlap has none or two, and fails here."""
    (found,) = (case for case in cases if set(case.when.split()) <= {asked.scope, asked.origin, asked.facility})
    return found


def listed(text: str, between: str) -> list[list[str]]:
    return [part.split(" | ") for part in text.split(between)] if text else []


def expected(row: Row, asked: Asked) -> dict[str, object]:
    officers, clears = the_one(row.officers, asked), the_one(row.clearance, asked)
    still_open = {*officers.still_open.split(), *clears.still_open.split()}
    return {
        "task_type": row.key,
        "reply": row.reply,
        "action_officers": listed(officers.who, " + "),
        "awareness": row.awareness.split(),
        "clearance": listed(clears.ses if asked.ses else clears.steps, " > "),
        "open": [name for name in ("action_officers", "clearance", "facility") if name in still_open],
    }


ALL = [
    Asked(*each)
    for each in product(("hq", "field"), ("internal", "external"), ("none", "ihsc", "contract"), (False, True))
]
#: Every option of the command at least once, for every type: a command takes too long to run for all of `ALL`.
SOME = [
    Asked("hq", "internal", "none", ses=False),
    Asked("hq", "external", "contract", ses=True),
    Asked("field", "internal", "none", ses=True),
    Asked("field", "external", "ihsc", ses=False),
]
by_row = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.key)


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load()


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The sample agency's directory in a database of its own, where the command looks for facilities."""
    folder = tmp_path_factory.mktemp("agency")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("TASKINGS_DATABASE_URL", f"sqlite+aiosqlite:///{folder}/taskings.db")
        assert main(["directory", "import", str(SAMPLE / "components.csv"), str(SAMPLE / "people.csv")]) == 0
        yield


def test_the_table_has_every_task_type_in_order() -> None:
    assert tuple(row.key for row in TABLE) == TASK_TYPES


@by_row
def test_a_row_of_the_rubric_quotes_the_directive(rubric: Rubric, row: Row) -> None:
    kept = rubric.rows[row.key]
    for quoted, cell in (
        (kept.name, row.task_type),
        (kept.officers_text, row.action_officer),
        (kept.clearance_text, row.clearing_official),
    ):
        assert "".join(quoted.split()) == "".join(cell.split())  # where lines break is the page's affair


@pytest.mark.parametrize("asked", ALL, ids=str)
@by_row
def test_a_request_is_routed_as_the_directive_says(rubric: Rubric, row: Row, asked: Asked) -> None:
    found = route(rubric, row.key, asked.situation())
    assert json.loads(json.dumps(route_as_json(found))) == expected(row, asked)


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("asked", SOME, ids=str)
@by_row
def test_the_command_prints_what_the_directive_says(row: Row, asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "route", "--type", row.key, *asked.options(), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == expected(row, asked)
