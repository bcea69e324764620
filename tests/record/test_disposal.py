"""A record is destroyed only when its approved schedule, and nobody's hold, allows it; a certificate stays."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from adapters.pdf import draw_pdf
from bot.__main__ import main
from bot.domain import messages as m
from bot.domain.context import Context
from bot.errors import NotFound, Rejected
from bot.record.certificate import NAME, SOURCE, Approval, Disposed
from bot.record.chain import Stored, link
from bot.rubric.loader import RETENTION
from bot.services.ask import ask
from bot.services.desk import TaskDesk
from bot.services.dispose import Disposer
from bot.services.export import Exporter
from storage.archive import SqlArchive
from tests.flows.reporting import reporter
from tests.record.conftest import Records
from tests.record.test_verify import sql, told
from tests.world import COS, HOU_CHIEF, MANAGER, SAMPLE, ZONE, request

APPROVED = Approval("R. Smith, Records Liaison", "ICE Form 500 of 1 Dec 2033")


def disposer(records: Records) -> Disposer:
    exporter = Exporter(records.archive, records.files, draw_pdf, ZONE)
    return Disposer(records.database, exporter, records.rubric, records.clock)


async def dispose(records: Records, number: str = "T-1001") -> Disposed:
    return await disposer(records).dispose(number, APPROVED)


async def left(records: Records) -> str:
    """Every row of every table, as text."""

    def rows(connection: Any) -> str:
        names = sorted({*inspect(connection).get_table_names()} - {"dispositions"})
        return "\n".join(str(row) for name in names for row in connection.execute(text(f"SELECT * FROM {name}")))

    return await records.database.run(rows)


@pytest.fixture
async def due(records: Records) -> Records:
    """T-1001 is closed, its date has come, and what happened to it is anchored."""
    records.schedule("congressional-inquiry", 7)
    await records.closed()
    await records.anchor()
    records.clock.advance(datetime(2033, 11, 24, 14, tzinfo=records.clock().tzinfo) - records.clock())
    return records


async def test_what_is_disposed_of_is_gone_and_its_certificate_says_what_it_was(due: Records) -> None:
    task = await due.database.read(lambda uow: uow.task("T-1001", for_update=False))
    stored = await due.archive.stored("T-1001")
    assert stored is not None
    _, sums = await disposer(due).exporter.sums("T-1001")
    assert "412 beds" in await left(due)
    said = (await dispose(due)).said
    schedule = {"authority": "DAA-1, item 2", "years": 7, "disposition_on": "2033-11-24"}
    assert (said["task"], said["task_type"], said["schedule"]) == ("T-1001", "congressional-inquiry", schedule)
    assert (said["approved_by"], said["authority"]) == (APPROVED.by, APPROVED.authority)
    assert (said["seal"], said["events"], said["head"]) == (task.seal, 16, stored.head)
    assert {each["what"]: each["sha256"] for each in said["destroyed"]} == sums
    assert {"record.json", "events.jsonl", "sealed.json"} <= sums.keys()
    remains = await left(due)
    on_disk = pages(due.folder / "taskings.db") if await checkpointed(due) else b""
    for word in ("beds.txt", "412 beds", "Count October alone", "Łódź", "Thank you."):
        assert word not in remains
        assert word not in json.dumps(said, ensure_ascii=False)
        assert word.encode() not in on_disk
    assert [path.name for path in (due.folder / "files").iterdir() if path.is_file()] == []
    assert await told(due) == []
    assert await due.anchor() == 1
    assert await told(due) == []


async def checkpointed(records: Records) -> bool:
    """On SQLite, once the database file has all that was written."""
    if records.database.engine.dialect.name != "sqlite":
        return False
    async with records.database.engine.connect() as connection:
        await connection.commit()
        raw = await connection.get_raw_connection()
        await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    return True


def pages(path: Path) -> bytes:
    return path.read_bytes()


async def refused(records: Records, reason: str) -> None:
    before = await left(records)
    with pytest.raises(Rejected, match=reason):
        await dispose(records)
    assert await left(records) == before
    assert len(list((records.folder / "files").iterdir())) == 2


async def test_it_is_refused_before_the_date(due: Records) -> None:
    due.clock.advance(timedelta(days=-1))
    await refused(due, "not disposed of: until 24 Nov 2033, under DAA-1, item 2")


async def test_it_is_refused_without_an_approved_schedule(due: Records) -> None:
    due.schedule("congressional-inquiry", 7, approved=False)
    await refused(due, "not disposed of: no approved schedule")


async def test_it_is_refused_under_a_hold(due: Records) -> None:
    await due.do(MANAGER, m.HoldRecord("Doe v. ICE"))
    await refused(due, "not disposed of: legal hold of 24 Nov 2033: Doe v. ICE")


async def test_it_is_refused_for_a_task_that_is_not_closed(due: Records) -> None:
    await due.do(MANAGER, m.Reopen("One more question."))
    await refused(due, "only closed records are disposed of")


async def test_it_is_refused_for_a_record_that_is_not_whole(due: Records) -> None:
    await sql(due, "UPDATE events SET platform = 'x' WHERE stream = 'T-1001' AND version = 2")
    await refused(due, "nor disposed of")


@dataclass(frozen=True)
class Overtaken(SqlArchive):
    """Somebody changes the record after it was looked at."""

    records: Records

    async def stored(self, stream: str) -> Stored | None:
        found = await SqlArchive.stored(self, stream)
        if found and found.version == 16:
            await self.records.do(MANAGER, m.HoldRecord("Doe v. ICE"))
            await self.records.do(MANAGER, m.ReleaseHold(1, "Settled"))
        return found


async def test_it_is_refused_when_the_record_changed_after_it_was_looked_at(due: Records) -> None:
    late = replace(disposer(due), exporter=Exporter(Overtaken(due.database, due), due.files, draw_pdf, ZONE))
    with pytest.raises(Rejected, match="changed meanwhile"):
        await late.dispose("T-1001", APPROVED)
    assert await told(due) == []


async def test_a_file_that_another_task_uses_stays(due: Records) -> None:
    await due.do(MANAGER, request(due_at=due.clock() + timedelta(days=10)), number="")
    await due.do(MANAGER, m.RouteTask((HOU_CHIEF,)), "T-1002")
    await due.do(HOU_CHIEF, m.Acknowledge(1), "T-1002")
    beds = await due.file("beds.txt", b"412 beds\n")
    await due.do(HOU_CHIEF, m.AttachFile(1, beds), "T-1002")
    said = (await dispose(due)).said
    assert beds.sha256 not in {each["sha256"] for each in said["destroyed"]}
    assert [path.name for path in (due.folder / "files").iterdir()] == [beds.sha256]
    assert await told(due) == []


async def test_a_file_that_a_crash_left_goes_when_it_is_disposed_of_again(due: Records) -> None:
    """The certificate is the first one, whoever asks."""
    first = await dispose(due)
    beds = await due.file("beds.txt", b"412 beds\n")
    again = await disposer(due).dispose("T-1001", replace(APPROVED, by="somebody else"))
    assert again == first
    assert not (due.folder / "files" / beds.sha256).exists()


async def test_a_record_without_its_certificate_is_missing(due: Records) -> None:
    await dispose(due)
    await due.anchor()
    await sql(due, "DELETE FROM dispositions")
    (missing, *others) = await told(due)
    assert "nothing of it is there" in missing
    assert others == ["T-1001: its record is missing"]


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        ("UPDATE dispositions SET text = replace(text, 'Smith', 'Jones')", "its certificate of disposition was edited"),
        ("UPDATE dispositions SET text = '{'", "its certificate of disposition was edited"),
        ("UPDATE dispositions SET hash = 'f'", "its certificate of disposition was edited"),
    ],
)
async def test_a_certificate_that_was_edited_is_found(due: Records, edit: str, fault: str) -> None:
    await dispose(due)
    await sql(due, edit)
    assert await told(due, "T-1001") == [f"T-1001: {fault}"]


async def test_a_certificate_for_another_history_than_was_anchored_is_found(due: Records) -> None:
    """Who can write to the database could make one up in the place of what they deleted."""
    real = await dispose(due)
    forged = replace(real, text=real.text.replace(real.said["head"], "e" * 64))
    forged = replace(forged, hash=link("e" * 64, "T-1001", forged.version, NAME, forged.text, SOURCE, forged.at))
    change = text("UPDATE dispositions SET text = :text, hash = :hash")
    await due.database.run(lambda c: c.execute(change, {"text": forged.text, "hash": forged.hash}))
    (fault,) = await told(due, "T-1001")
    assert "T-1001, event 16: it is not the one that was anchored" in fault


async def test_a_record_that_is_there_again_is_found(due: Records) -> None:
    """As from a backup of before."""

    def rows(connection: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(text("SELECT * FROM streams WHERE id = 'T-1001'")).mappings()]

    (row,) = await due.database.run(rows)
    await dispose(due)
    again = text("INSERT INTO streams (id, version, state, head) VALUES (:id, :version, :state, :head)")
    await due.database.run(lambda c: c.execute(again, row))
    assert await told(due, "T-1001") == ["T-1001: it was disposed of, and something of it is there again"]


async def test_who_could_see_it_is_told_that_it_was_disposed_of_and_nobody_else(due: Records) -> None:
    await dispose(due)
    said = "T-1001 was disposed of on 24 Nov 2033 under DAA-1, item 2."

    async def asked(actor: str, words: str) -> tuple[str, bool]:
        found = await ask(due.database, words, Context(actor, due.clock(), SAMPLE, due.rubric, ZONE))
        return found.text, found.declined

    for actor in (MANAGER, COS):
        assert await asked(actor, "status of T-1001") == (said, False)
        with pytest.raises(NotFound, match=said):
            await TaskDesk(due.handler, due.files, reporter(due.database), disposer(due).exporter).fetch(
                actor, "T-1001", "", ""
            )
    assert await asked(HOU_CHIEF, "status of T-1001") == ("There is no task T-1001; check the number.", True)
    assert (await asked(MANAGER, "open tasks"))[1] is False
    assert (await due.do(MANAGER, request(due_at=due.clock() + timedelta(days=10)), number="")).number == "T-1002"


async def test_an_operator_disposes_and_keeps_the_certificate(
    due: Records, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    due.settings(monkeypatch)
    approved = '[rows.congressional-inquiry]\nauthority = "DAA-1, item 2"\nyears = 7\napproved = true\n'
    write(due.folder / "retention.toml", approved)
    monkeypatch.setenv("TASKINGS_RETENTION_FILE", str(due.folder / "retention.toml"))
    command = ["record", "dispose", "T-1001", "--approved-by", "R. Smith", "--authority", "Form 500"]
    if await asyncio.to_thread(main, command):  # the clock of whoever runs this is not there yet
        assert "until 24 Nov 2033" in capsys.readouterr().err
        await dispose(due)
        assert await asyncio.to_thread(main, command) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["format"], printed["task"]) == ("taskings-disposition-1", "T-1001")
    assert json.loads(read(due.folder / "T-1001-disposed.json")) == printed
    assert read(due.folder / "T-1001-disposed.pdf").startswith(b"%PDF")
    assert await asyncio.to_thread(main, ["record", "verify"]) == 0
    assert capsys.readouterr().out.startswith("Nothing wrong.\nT-1001: disposed of on 20")
    with pytest.raises(SystemExit):
        main([*command[:-1], " "])


def write(path: Path, row: str) -> None:
    text = RETENTION.read_text("utf-8")
    path.write_text(text.replace("[rows.congressional-inquiry]\napproved = false\n", row), "utf-8")


def read(path: Path) -> bytes:
    return path.read_bytes()
