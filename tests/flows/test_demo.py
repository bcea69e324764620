"""What `make demo` shows: the walk through both real adapters, the check of what it left, and the story by hand."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from subprocess import PIPE

import pytest
from sqlalchemy import text

from bot.__main__ import main
from bot.demo import teams_server
from bot.demo.agency import MANAGER, OFFICER, OFFICIAL, demo_settings, holder
from bot.demo.hand import STEPS
from bot.demo.run import demo
from bot.demo.slack_user import text_of
from bot.demo.slack_world import Fault
from bot.demo.teams_user import TeamsUser, buttons, card_text
from bot.demo.teams_world import Json, TeamsWorld
from bot.demo.walk import ANSWER, Walk, opened, story
from bot.settings import Settings
from storage.database import Database
from storage.migrate import upgrade

UP = re.compile(r"The service is up at (http://127\.0\.0\.1:\d+)/")


def ignored(_line: str) -> None:
    pass


def on(database: Database) -> Settings:
    return Settings(database_url=database.engine.url.render_as_string(hide_password=False))


async def test_the_walk_goes_from_receipt_to_sealed_record_and_says_who_did_what_where(
    database: Database, tmp_path: Path
) -> None:
    said: list[str] = []
    wrong: list[str] = []
    assert await demo(on(database), tmp_path, said.append, wrong.append, once=True, client=False) == 0
    assert wrong == []
    manager, chief, official = ("the task manager", "Slack"), ("the MQMU chief", "Teams"), ("the DAD-HCC", "Slack")
    told = [re.fullmatch(r".+, (the [^,]+), .+ on (Slack|Teams)", line) for line in said[:-1]]
    assert [step and step.groups() for step in told] == [
        *(manager, manager, chief, chief, chief, manager, official, manager, manager),
    ]
    assert said[-1].startswith("The record of T-1001 is sealed")


async def test_it_walks_again_beside_what_an_earlier_demo_left(database: Database, tmp_path: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        assert await demo(on(database), tmp_path, said.append, pytest.fail, once=True, client=False) == 0
    assert said[-1].startswith("The record of T-1002 is sealed")


@asynccontextmanager
async def walking(folder: Path) -> AsyncIterator[Walk]:
    async with opened(demo_settings(Settings(), folder), ignored) as walk:
        yield walk


async def test_what_is_changed_behind_the_bots_back_is_found_on_either_platform(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        await story(walk)
        assert await walk.differences() == []
        manager = walk.people[MANAGER]
        review = next(m for m in manager.sees(manager.direct) if "Review: T-1001" in text_of(m))
        review["blocks"] = review["blocks"][:-1]
        official = walk.people[OFFICIAL]
        walk.screens.slack.channels[official.direct].messages.clear()
        body = walk.officer.card("T-1001 · Root cause")["attachments"][0]["content"]["body"]
        body[0]["inlines"][0]["text"] = "T-9999"
        found = sorted(await walk.differences())
        assert [re.sub(r" for \S+", "", line).partition(";")[0] for line in found] == [
            "The assignment card of T-1001 on Teams shows ['T-9999']",
            "The clearance card of T-1001 on Slack is gone.",
            "The review card of T-1001 on Slack shows []",
        ]


async def test_an_update_that_a_platform_took_and_did_not_show_is_found_though_its_digest_is_right(
    tmp_path: Path,
) -> None:
    async with walking(tmp_path) as walk:
        number = await walk.log()
        walk.screens.slack.fail("response_url", *[Fault(error="lost")] * 5)
        await walk.press(MANAGER, number, "Assign", {})
        (found,) = await walk.differences()
        assert "The task card of T-1001" in found
        assert "[Assign]" in found
        assert "[Assign also]" in found


def test_a_difference_is_said_on_standard_error_and_makes_the_exit_code_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/taskings.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TASKINGS_DATABASE_URL", url)
    # The clearance card looks up to date as soon as it is sent, so that nobody updates it.
    forgetful = (
        "CREATE TRIGGER forgetful AFTER UPDATE OF message_id ON surfaces WHEN new.card = 'clearance' "
        "BEGIN UPDATE surfaces SET drawn_task = 1000 WHERE id = new.id; END"
    )
    asyncio.run(prepared(url, forgetful))
    assert main(["demo", "--once"]) == 1
    shown = capsys.readouterr()
    assert "is sealed" in shown.out
    assert re.fullmatch(r"The clearance card of T-1001 for \S+ on Slack shows .+\n", shown.err)


async def prepared(url: str, statement: str) -> None:
    database = Database(url)
    await upgrade(database)
    await database.run(lambda c: c.execute(text(statement)))
    await database.close()


def test_a_real_organization_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TASKINGS_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/taskings.db")
    (tmp_path / "components.csv").write_text("code,name,kind,parent,staffing\nIHSC,ICE Health Service Corps,agency,,\n")
    people = "email,name,component,positions,action_officer_for\nann@agency.example,Ann,IHSC,ad,\n"
    (tmp_path / "people.csv").write_text(people)
    assert main(["directory", "import", "components.csv", "people.csv"]) == 0
    assert main(["demo", "--once"]) == 1
    assert "ann@agency.example" in capsys.readouterr().err
    assert main(["directory", "import", "components.csv", "people.csv"]) == 0
    assert capsys.readouterr().out == "0 changes.\n"


@asynccontextmanager
async def staying(folder: Path, said: list[str]) -> AsyncIterator[str]:
    """The demo after its walk; gives where it is up."""
    up = asyncio.Event()

    def say(line: str) -> None:
        said.append(line)
        if UP.match(line):
            up.set()

    running = asyncio.create_task(demo(Settings(), folder, say, pytest.fail, once=False, client=False))
    try:
        await asyncio.wait([running, asyncio.create_task(up.wait())], return_when=asyncio.FIRST_COMPLETED)
        yield str(UP.match(said[-1])[1])  # type: ignore[index]
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@dataclass(slots=True)
class Seated:
    """Somebody in the local Teams, and every word that was in front of them, whether on a card or in its forms."""

    user: TeamsUser
    read: set[str] = field(default_factory=set)

    async def press(self, card: str, shown: str, pressed: str = "", inputs: Mapping[str, object] | None = None) -> None:
        """Wait for a card with a button, and press it or, when that opens a form, the one in it."""
        await self.user.world.until(lambda: bool(self._found(card, shown)))
        self.look()
        await self.user.press(self._found(card, shown)[-1], pressed or shown, inputs)

    def look(self) -> None:
        self.read |= set(words(self.user.sees()))

    def _found(self, card: str, shown: str) -> list[Json]:
        return [m for m in self.user.sees() if card_text(m).startswith(card) and shown in buttons(m)]


def words(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from words(item)
    elif isinstance(part, dict):
        yield from (part[name] for name in ("title", "text") if isinstance(part.get(name), str))
        if part.get("type") == "RichTextBlock":
            yield "".join(run["text"] for run in part["inlines"])
        yield from words(list(part.values()))


async def test_the_story_by_hand_goes_as_printed_though_everybody_opens_their_client_late(tmp_path: Path) -> None:
    async with staying(tmp_path, []) as origin, teams_server.serve(TeamsWorld()) as tenant:
        tenant.app_url = f"{origin}/api/messages"
        people = {}
        for post in (OFFICER, MANAGER, OFFICIAL):
            person = holder(post)
            people[post] = Seated(TeamsUser(tenant, tenant.add_person(person.name, person.email)))
        manager, chief, official = people[MANAGER], people[OFFICER], people[OFFICIAL]
        await manager.user.install()
        await manager.user.say("new")
        manager.read.add("new")
        await manager.press("Log a request", "Log request", inputs=asked())
        with looked_for() as sought:
            await manager.press("T-1002", "Assign")
            await asyncio.wait_for(sought.wait(), 5)
        await chief.user.install()
        await chief.press("T-1002", "Acknowledge")
        await chief.press("T-1002", "Respond")
        await chief.press("Respond to T-1002", "Submit response", inputs={"text": ANSWER})
        with looked_for() as sought:
            await manager.press("Review: T-1002", "Send to clearance")
            await asyncio.wait_for(sought.wait(), 5)
        await official.user.install()
        await official.press("Clearance: T-1002", "Clear")
        await manager.press("Transmit: T-1002", "Transmit", "Record transmission")
        await manager.press("Transmit: T-1002", "Close record")
        await tenant.until(
            lambda: all(
                set(buttons(m)) <= {"Add to the record", "More"}
                for m in manager.user.sees()
                if "T-1002" in card_text(m)
            )
        )
        manager.look()
    for post, what in STEPS:
        for quoted in re.findall("“(.+?)”", what):
            pattern = re.escape(quoted).replace("…", r"\d+") + "( ·.*|, .*)?"
            assert any(re.fullmatch(pattern, line) for line in people[post].read), f"{post} never reads “{quoted}”"


@contextmanager
def looked_for() -> Iterator[asyncio.Event]:
    """Set when the service tried to reach somebody and could not."""
    sought = asyncio.Event()

    def hear(record: logging.LogRecord) -> bool:
        if "tried again later" in record.getMessage():
            sought.set()
        return True

    delivery = logging.getLogger("bot.services.deliver")
    delivery.addFilter(hear)
    try:
        yield sought
    finally:
        delivery.removeFilter(hear)


def asked() -> dict[str, object]:
    due = datetime.now(UTC) + timedelta(days=7)
    moment = {"due_at": f"{due:%Y-%m-%d}", "due_at.time": "17:00"}
    about = {"task_type": "root-cause-analysis", "about": "MQMU"}
    return about | moment | {"subject": "Late results", "text": "Why were they late?", "requestor": "ICE OPLA"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_without_a_registry_it_says_so_goes_on_and_ends_cleanly_when_told(
    number: signal.Signals, tmp_path: Path
) -> None:
    # No configuration and no cache of the machine's own npm, and a registry that nobody answers at.
    nowhere = {"HOME": str(tmp_path), "npm_config_registry": "http://127.0.0.1:9/", "npm_config_fetch_retries": "0"}
    kept = {name: value for name, value in os.environ.items() if not name.lower().startswith(("npm_", "taskings_"))}
    command = [sys.executable, "-m", "bot", "demo"]
    running = subprocess.Popen(command, cwd=tmp_path, env=kept | nowhere, stdout=PIPE, stderr=PIPE, text=True)
    try:
        assert running.stdout
        said = list(takewhile(lambda line: not UP.match(line), running.stdout))
        running.send_signal(number)
        _, complaints = running.communicate(timeout=30)
    finally:
        running.kill()
    assert (running.returncode, complaints) == (0, "")
    assert any("npm could not install the local Teams client" in line for line in said)
