"""What of the closed records is due for disposal, and what is kept back, as an operator asks for it."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.domain import messages as m
from bot.domain.words import day
from bot.rubric.loader import RETENTION
from tests.flows.test_history import DONE, sheet
from tests.record.conftest import Records
from tests.world import MANAGER, ZONE, request

OIG = '[rows.oig-audit]\nauthority = "DAA-2, item 1"\nyears = 3\napproved = true\n'


@pytest.fixture
def retaining(records: Records, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The agency's schedules, in which congressional inquiries are not approved and OIG audits are."""
    records.settings(monkeypatch)
    path = records.folder / "retention.toml"
    path.write_text(RETENTION.read_text("utf-8").replace("[rows.oig-audit]\napproved = false\n", OIG), "utf-8")
    monkeypatch.setenv("TASKINGS_RETENTION_FILE", str(path))
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def held_today() -> str:
    return f"legal hold of {day(datetime.now(ZONE).date())}: Doe v. ICE"


async def run(*arguments: str) -> int:
    return await asyncio.to_thread(main, arguments)


async def due(capsys: pytest.CaptureFixture[str], on: str) -> Any:
    capsys.readouterr()
    assert await run("record", "due", "--on", on, "--json") == 0
    return json.loads(capsys.readouterr().out)


async def test_what_another_system_closed_is_its_own_to_keep(
    records: Records, retaining: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its schedule is approved and over, and still it is neither due here nor disposed of."""
    times = {"received_at": "2014-01-06T09:00:00Z", "due_at": "2014-02-03T22:00:00Z"}
    times |= {"transmitted_at": "2014-02-03T12:00:00Z", "closed_at": "2014-02-04T12:00:00Z"}
    path = records.folder / "history.csv"
    path.write_text("".join(sheet(DONE | {"number": "T-900", "task_type": "oig-audit"} | times)), "utf-8")
    assert await run("task", "import", str(path)) == 0
    assert await due(capsys, "2030-01-01") == {"on": "2030-01-01", "due": [], "kept": []}
    assert await run("record", "dispose", "T-900", "--approved-by", "R. Diaz", "--authority", "DAA-2") == 1
    assert "closed in another system" in capsys.readouterr().err


async def withdrawn(records: Records, task_type: str) -> str:
    task = await records.do(MANAGER, request(task_type), number="")
    await records.do(MANAGER, m.Withdraw("Sent twice."), task.number)
    await records.do(MANAGER, m.Close(), task.number)
    return task.number


async def test_what_is_due_and_what_is_kept_back_is_told_with_its_reason(
    records: Records, retaining: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for task_type in ("oig-audit", "congressional-inquiry", "oig-audit"):
        await withdrawn(records, task_type)
    await records.do(MANAGER, request("oig-audit"), number="")  # an open task is no record yet
    assert await run("record", "hold", "T-1003", "--reason", "Doe v. ICE") == 0
    before = await due(capsys, "2029-11-23")
    assert (before["due"], [k["number"] for k in before["kept"]]) == ([], ["T-1002", "T-1003"])
    found = await due(capsys, "2029-11-24")
    audit = {"task_type": "oig-audit", "closed_on": "2026-11-24", "disposition_on": "2029-11-24", "years": 3}
    audit["authority"] = "DAA-2, item 1"
    assert found["due"] == [{"number": "T-1001", **audit}]
    assert [(k["number"], k["kept"]) for k in found["kept"]] == [
        ("T-1002", ["no approved schedule"]),
        ("T-1003", [held_today()]),
    ]
    assert await run("record", "verify") == 0
    assert re.fullmatch(r"Nothing wrong.\nT-1003: legal hold since .{10}: Doe v. ICE\n", capsys.readouterr().out)
    assert await run("record", "due", "--on", "2029-11-24") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        "1 due for disposal on 24 Nov 2029, 2 kept back.",
        "T-1001  oig-audit, due since 2029-11-24 under DAA-2, item 1",
    ]


async def test_a_hold_is_released_by_its_number_where_there_are_several(
    records: Records, retaining: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await withdrawn(records, "oig-audit")
    for reason in ("Doe v. ICE", "GAO audit"):
        assert await run("record", "hold", "T-1001", "--reason", reason) == 0
    assert await run("record", "release", "T-1001", "--reason", "Settled") == 1
    assert "has several holds; say which with --hold (1: Doe v. ICE; 2: GAO audit)" in capsys.readouterr().err
    assert await run("record", "release", "T-1001", "--reason", "Settled", "--hold", "1") == 0
    assert capsys.readouterr().out == "Released; T-1001 stays on hold 2: GAO audit.\n"
    assert await run("record", "release", "T-1001", "--reason", "Done") == 0
    assert [d["number"] for d in (await due(capsys, "2030-01-01"))["due"]] == ["T-1001"]
    assert await run("record", "release", "T-1001", "--reason", "Done too") == 1
    assert capsys.readouterr().err == "No legal hold is on the record of T-1001.\n"


async def test_a_schedule_that_is_not_approved_any_more_keeps_what_was_closed_under_it(
    records: Records, retaining: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records.schedule("oig-audit", 3)
    await withdrawn(records, "oig-audit")
    assert len((await due(capsys, "2030-01-01"))["due"]) == 1
    edit(retaining, "years = 3", "years = 2")
    assert (await due(capsys, "2029-01-01"))["due"] == []  # the date of its closing stands where it is later
    edit(retaining, "approved = true", "approved = false")
    found = await due(capsys, "2030-01-01")
    assert (found["due"], [k["kept"] for k in found["kept"]]) == ([], [["no approved schedule"]])
