"""A record as a package that is read and checked without this software."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import text

from adapters.pdf import draw_pdf
from bot.domain import messages as m
from bot.domain.organization_messages import OPERATOR, ImportDirectory
from bot.domain.task import Task
from bot.errors import NotFound, Rejected
from bot.record.pages import Facts, Grid, Pages, Section, Words
from bot.services.directory import sample_directory
from bot.services.export import Exporter
from tests.record.conftest import DCOS, Records
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, ZONE, request

CHECK = Path(__file__).with_name("check_package.py")


async def exported(records: Records, number: str = "T-1001") -> bytes:
    package = io.BytesIO()
    await Exporter(records.archive, records.files, draw_pdf, ZONE).write(number, package)
    return package.getvalue()


async def unpacked(records: Records, number: str = "T-1001") -> Path:
    folder = records.folder / f"package-{number}"
    zipfile.ZipFile(io.BytesIO(await exported(records, number))).extractall(folder)
    return folder


def checked(folder: Path) -> str:
    """What the script says that has nothing of this software."""
    run = subprocess.run([sys.executable, "-I", CHECK, folder], capture_output=True, text=True, check=False)
    return run.stdout.strip() + run.stderr


def sums_of(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["sha256sum", "--strict", "-c", "MANIFEST.sha256"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def record_in(folder: Path) -> Any:
    record = json.loads((folder / "record.json").read_text("utf-8"))
    schema = json.loads((folder / "record.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(record)
    return record


async def test_a_package_is_checked_by_sha256sum_and_by_the_standard_library(records: Records) -> None:
    await records.closed()
    folder = await unpacked(records)
    run = sums_of(folder)
    assert run.returncode == 0, run.stderr
    assert "record.pdf: OK" in run.stdout
    assert checked(folder) == "T-1001: 16 events, nothing wrong"


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        ("record.json", "400 beds", "500 beds", "record.json is not what the manifest says"),
        ("events.jsonl", "400 beds", "500 beds", "event 5 breaks the chain"),
        ("sealed.json", "412 beds", "413 beds", "the sealed state is not what was sealed"),
    ],
)
async def test_a_package_that_was_edited_is_found_out(
    records: Records, name: str, old: str, new: str, wrong: str
) -> None:
    await records.closed()
    folder = await unpacked(records)
    whole = (folder / name).read_text("utf-8")
    assert old in whole
    (folder / name).write_text(whole.replace(old, new), "utf-8")
    assert wrong in checked(folder).splitlines()


async def test_the_record_says_everything_that_it_is_kept_for(records: Records) -> None:
    task = await records.closed()
    folder = await unpacked(records)
    record = record_in(folder)
    assert record["seal"]["sha256"] == task.seal
    assert record["request"]["subject"] == "Bed capacity — Zoë’s inquiry, Łódź"
    assert record["routing"]["rests_on"].startswith("Appendix A, ")
    assert record["routing"]["plan"] == [["dad@CS"], ["cos"]]
    assert [a["officer"] for a in record["assignments"]] == [HOU_CHIEF]
    assert [(r["text"][:8], [f["name"] for f in r["files"]]) for r in record["responses"]] == [
        ("400 beds", ["beds.txt"]),
        ("412 beds", ["beds.txt", "notes.csv"]),
    ]
    assert [r["comment"] for r in record["returns"]] == ["Count October alone."]
    assert [(t["note"], t["package"]) for t in record["transmissions"]] == [
        ("sent at noon", record["responses"][1]["sha256"])
    ]
    assert [c["text"] for c in record["comments"]] == ["Thank you."]
    assert [(folder / f["path"]).read_bytes() for f in record["files"]] == [b"412 beds\n", b"day,beds\n1,412\n"]
    assert [e["type"] for e in record["history"]][-1] == "TaskClosed"
    assert record["people"][HOU_CHIEF] == SAMPLE.people[HOU_CHIEF].name


async def test_each_clearance_says_what_authority_it_rested_on(records: Records) -> None:
    await records.closed()
    own, passed_on = record_in(await unpacked(records))["clearances"]
    assert (own["by"], own["post"], own["held"], own["passed_on"]) == (DAD_CS, "dad@CS", "own", None)
    assert own["rests_on"].startswith("holds the position Deputy Assistant Director, CS, which Appendix A, ")
    assert (passed_on["by"], passed_on["post"], passed_on["held"]) == (DCOS, "cos", "delegated")
    assert passed_on["passed_on"]["giver"] == COS
    assert passed_on["passed_on"]["as_given"]["receiver"] == DCOS
    assert passed_on["rests_on"].startswith("by delegation of clearance authority as Chief of Staff, given by ")


async def test_the_event_log_is_exactly_what_is_stored(records: Records) -> None:
    await records.closed()
    lines = (await unpacked(records) / "events.jsonl").read_text("utf-8").splitlines()
    query = text("SELECT version, data, hash FROM events WHERE stream = 'T-1001' ORDER BY version")
    rows = await records.database.run(lambda c: [tuple(row) for row in c.execute(query)])
    assert [(e["version"], e["data"], e["hash"]) for e in map(json.loads, lines)] == rows


async def test_two_exports_are_equal_though_the_directory_changed_between_them(records: Records) -> None:
    await records.closed()
    first = await exported(records)
    records.clock.advance(timedelta(minutes=1))
    people = [replace(p, name="Somebody Else") for p in sample_directory().people if p.email == HOU_CHIEF]
    assert await records.handler.organize(ImportDirectory(people=tuple(people)), OPERATOR, "command line") == 1
    assert await exported(records) == first


async def test_an_open_task_and_one_done_by_email_are_exported_too(records: Records) -> None:
    await records.do(MANAGER, request(), number="")
    assert record_in(await unpacked(records))["seal"] is None
    due = records.clock().replace(hour=23)
    await records.do(MANAGER, request(due_at=due), number="")
    await records.do(MANAGER, m.OpenEmailLane(), "T-1002")
    cleared = records.clock()
    await records.do(MANAGER, m.CompleteByEmail(cleared), "T-1002")
    await records.do(MANAGER, m.LogByEmail(COS, cleared, "Email of 09:00", "412 beds"), "T-1002")
    await records.do(MANAGER, m.Close(), "T-1002")
    folder = await unpacked(records, "T-1002")
    (clearance,) = record_in(folder)["clearances"]
    assert (clearance["level"], clearance["by"]) == ("attested", COS)
    assert "Email of 09:00" in clearance["rests_on"]
    assert checked(folder).endswith("nothing wrong")


async def test_a_record_that_is_not_whole_is_not_exported(records: Records) -> None:
    task = await records.closed()
    assert task.package is not None
    (records.folder / "files" / task.package.files[0].sha256).unlink()
    with pytest.raises(Rejected, match=r"nor disposed of\.\nT-1001: beds\.txt is missing"):
        await exported(records)
    for number in ("T-9999", "organization"):
        with pytest.raises(NotFound, match="There is no task"):
            await exported(records, number)


def words(pages: Pages) -> str:
    """All that the document says, a line a piece."""
    found: list[str] = []
    for section in pages.sections():
        found.append(section.title)
        for block in section.blocks:
            match block:
                case Facts(rows) | Grid(rows=rows):
                    found += [" | ".join(row) for row in rows]
                case Words(text=said):
                    found.append(said)
    return "\n".join(found)


async def test_the_document_for_people_reads_as_the_record(records: Records) -> None:
    task: Task = await records.closed()
    folder = await unpacked(records)
    assert (folder / "record.pdf").read_bytes().startswith(b"%PDF-")
    said = words(Pages(record_in(folder), ZONE))
    assert f"Seal, SHA-256 | {task.seal}" in said
    assert "Clearance, in order | Deputy Assistant Director, CS; then Chief of Staff" in said
    for piece in ("400 beds", "412 beds & <counted>", "Count October alone.", "Thank you.", "sent at noon"):
        assert piece in said
    assert f"given by {SAMPLE.people[COS].name} on 2026-11-24" in said
    assert f"Final clearance, round 1, step 2 | {SAMPLE.people[DCOS].name} ({DCOS}), 24 Nov 2026, 09:10" in said


def test_the_package_for_the_wheel_has_its_schema() -> None:
    assert json.loads((files("bot.record") / "record.schema.json").read_text("utf-8"))["$defs"]


def test_a_long_record_is_drawn_over_many_pages_and_the_same_way_each_time() -> None:
    long = "A sentence that is <said> & said again. " * 500
    sections = [Section("Łódź", (Words(f"{long}\n\n{long}"), Facts(((long[:40], long),))))]
    drawn = draw_pdf("Record of T-1001", sections)
    assert drawn.count(b"/Type /Page\n") >= 10
    assert draw_pdf("Record of T-1001", sections) == drawn


async def test_the_record_says_how_long_it_is_kept(records: Records) -> None:
    records.schedule("congressional-inquiry", 7)
    await records.closed()
    folder = await unpacked(records)
    kept = {"authority": "DAA-1, item 2", "years": 7, "until": "2033-11-24"}
    assert record_in(folder)["retention"] == kept
    assert "Kept | until 24 Nov 2033, under DAA-1, item 2" in words(Pages(record_in(folder), ZONE))
