"""What people ask of a history of 2,000 tasks, each question held against what plain rows say."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.__main__ import main
from bot.conversation.answer import as_json
from bot.domain.context import Context
from bot.domain.organization import Organization
from bot.domain.task import Task
from bot.domain.visibility import waiting_on
from bot.services.ask import ask
from bot.services.handle import Handler
from storage.database import Database
from tests.conversation import history, live, oracle
from tests.conversation.judge import Json, fault, table
from tests.conversation.oracle import Asked
from tests.world import RUBRIC, T0

SAMPLE = files("bot.sample")
ROLES = (
    "grace.mbeki@example.gov",
    "hannah.lindqvist@example.gov",
    "latoya.freeman@example.gov",
    "sofia.castellanos@example.gov",
    "andre.washington@example.gov",
    "nadia.rahman@example.gov",
    "william.hargrove@example.gov",
    "marcus.bell@example.gov",
)
PERSONAL = {"my", "me", "i"}


def moved_in(url: str, folder: Path) -> str:
    """A database with the sample agency, what was played and what was imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TASKINGS_DATABASE_URL", url)
        patch.setenv("TASKINGS_TIMEZONE", "America/New_York")
        (folder / "namesakes.csv").write_text(history.NAMESAKES, encoding="utf-8")
        (folder / "history.csv").write_text(history.text(), encoding="utf-8")
        sheets = [str(SAMPLE / name) for name in ("components.csv", "people.csv")]
        assert main(["directory", "import", *sheets, str(folder / "namesakes.csv")]) == 0
        asyncio.run(played(url))
        assert main(["task", "import", str(folder / "history.csv")]) == 0
    return url


async def played(url: str) -> None:
    database, clock = Database(url), live.Clock(T0)
    await live.play(Handler(database, RUBRIC, clock, history.ZONE), clock)
    await database.close()


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("corpus")
    return moved_in(f"sqlite+aiosqlite:///{folder}/taskings.db", folder)


async def organization_of(database: Database) -> Organization:
    return await database.read(lambda uow: uow.organization())


async def answered(database: Database, asked: Asked, organization: Organization) -> tuple[int, Json]:
    """The exit code and the JSON of `taskings ask --json`."""
    ctx = Context(asked.by, history.NOW, organization, RUBRIC, history.ZONE)
    found = await ask(database, asked.text, ctx)
    return 4 if found.declined else 3 if found.asks else 0, json.loads(json.dumps(as_json(found), default=str))


async def faults(url: str, questions: Sequence[Asked]) -> str:
    database = Database(url)
    organization = await organization_of(database)
    told = [fault(each, *await answered(database, each, organization)) for each in questions]
    await database.close()
    return table(told)


@pytest.mark.parametrize("kind", oracle.KINDS)
async def test_every_question_is_answered_as_the_rows_say(agency: str, kind: str) -> None:
    assert not (wrong := await faults(agency, oracle.questions()[kind])), wrong


def test_a_follow_up_means_what_was_said_before(
    agency: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASKINGS_DATABASE_URL", agency)
    monkeypatch.setenv("TASKINGS_TIMEZONE", "America/New_York")
    told: list[str] = []
    for number, thread in enumerate(oracle.threads()):
        for each in thread:
            said = ["ask", each.text, "--as", each.by, "--thread", f"thread-{number}"]
            code = main([*said, "--now", history.NOW.isoformat(), "--json"])
            told.append(fault(each, code, json.loads(capsys.readouterr().out)))
    assert not (wrong := table(told)), wrong


@pytest.mark.parametrize("role", ROLES)
async def test_nobody_learns_of_what_they_may_not_see_not_even_how_much(agency: str, role: str) -> None:
    assert not (wrong := await faults(agency, [*impersonal(role)])), wrong


def impersonal(role: str) -> Iterator[Asked]:
    """Every eighth question that means the same whoever asks; a word of what they see nothing of may be unknown."""
    plain = [
        each
        for each in oracle.questions()["manager"]
        if len(each.wants) == 1
        and each.codes == {0}
        and not {"number", "people"} & set(each.wants[0])
        and not PERSONAL & set(each.text.lower().split())
    ]
    for each in plain[::8]:
        seen = oracle.expected(each.wants[0], role).total
        yield Asked(each.text, role, each.wants, each.codes if seen else each.codes | {3})


def test_postgresql_answers_the_same(postgresql: str, tmp_path: Path) -> None:
    asyncio.run(emptied(postgresql))
    url = moved_in(postgresql, tmp_path)
    sample = [each for kind in ("manager", "officer", "leadership") for each in oracle.questions()[kind]][::11]
    assert not (wrong := asyncio.run(faults(url, sample))), wrong


async def emptied(url: str) -> None:
    database = Database(url)
    await database.run(lambda c: c.execute(text("DROP SCHEMA public CASCADE")))
    await database.run(lambda c: c.execute(text("CREATE SCHEMA public")))
    await database.close()


async def test_what_was_played_stands_as_it_was_told_by_hand(agency: str) -> None:
    database = Database(agency)
    for number, row in live.ROWS.items():
        task: Task = await database.read(lambda uow, n=number: uow.task(n, for_update=False))  # type: ignore[misc]
        assert (task.status, task.request.due_at, task.request.received_at) == (
            row["status"],
            row["due_at"],
            row["received_at"],
        )
        assert [str(who) for who in waiting_on(task)] == row["waiting_on"]
        assert [a.officer for a in task.active] == row["action_officers"]
    await database.close()
