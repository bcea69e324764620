"""The commands as an operator types them."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
import zipfile
from collections.abc import AsyncIterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from adapters.vault import new_key
from bot.__main__ import main
from bot.compose import file_store
from bot.errors import InvalidInput
from bot.ports.chat import Click
from bot.services.handle import Handler
from bot.settings import read_settings
from storage.database import Database
from tests.bench.history import lines
from tests.world import MANAGER, RUBRIC, T0, ZONE, holder, request

SAMPLE = files("bot.sample")


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TASKINGS_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/taskings.db")


def test_the_installed_rubric_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "check"]) == 0
    assert "19 task types" in capsys.readouterr().out


def test_a_wrong_rubric_is_refused_with_the_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (files("bot.rubric") / "appendix_a.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace('"mqmu-chief"', '"mqmu-boss"'), encoding="utf-8")
    assert main(["rubric", "check", str(wrong)]) == 1
    message = capsys.readouterr().err
    assert "root-cause-analysis" in message
    assert "mqmu-boss" in message


def test_a_dry_run_is_json_of_position_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubric", "route", "--type", "foia-medical-records", "--scope", "field", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "task_type": "foia-medical-records",
        "reply": "required",
        "action_officers": [["hsa"]],
        "awareness": ["rim"],
        "clearance": [["hsa"]],
        "open": ["facility"],
    }


def test_a_facility_is_looked_up_in_the_imported_directory(capsys: pytest.CaptureFixture[str]) -> None:
    sources = [str(SAMPLE / name) for name in ("components.csv", "people.csv")]
    assert main(["directory", "import", *sources]) == 0
    assert main(["directory", "import", *sources]) == 0
    assert capsys.readouterr().out.endswith("0 changes.\n")
    rows = (SAMPLE / "components.csv").read_text(encoding="utf-8").splitlines()
    code = next(row.split(",")[0] for row in rows if row.endswith(",contract"))
    assert main(["rubric", "route", "--type", "other", "--scope", "field", "--facility", code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["action_officers"] == [["rfmc"], ["mcmu-chief"]]
    assert main(["rubric", "route", "--type", "other", "--scope", "field", "--facility", "NOWHERE"]) == 1


def test_a_bad_row_imports_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "people.csv"
    bad.write_text(
        "email,name,component,positions,action_officer_for\nann@example.gov,Ann,NOWHERE,dad,\n", encoding="utf-8"
    )
    assert main(["directory", "import", str(bad)]) == 1
    assert "NOWHERE" in capsys.readouterr().err


def test_history_is_imported_once_and_a_bad_row_by_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directory", "import", *(str(SAMPLE / name) for name in ("components.csv", "people.csv"))]) == 0
    history = tmp_path / "history.csv"
    history.write_text("".join(lines(20)), encoding="utf-8-sig")
    assert main(["task", "import", str(history)]) == 0
    assert main(["task", "import", str(history)]) == 0
    said = capsys.readouterr().out.splitlines()[-2:]
    assert said == ["20 tasks imported, 0 changed, 0 as they were.", "0 tasks imported, 0 changed, 20 as they were."]
    history.write_text("".join([*lines(20), "T-7,report\n"]), encoding="utf-8")
    assert main(["task", "import", str(history)]) == 1
    assert "history.csv line 22" in capsys.readouterr().err


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TASKINGS_TIMEZONE", "Mars/Olympus")
    assert main(["db", "upgrade"]) == 1
    assert "TASKINGS_TIMEZONE" in capsys.readouterr().err


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = main(["ask", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_question_is_answered_asked_back_or_declined_by_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    main(["directory", "import", *(str(SAMPLE / name) for name in ("components.csv", "people.csv"))])
    capsys.readouterr()
    code, found = asked(capsys, "open FOIA tasks", "--as", MANAGER, "--now", "2026-11-24T09:00")
    assert (code, found["total"], found["tasks"], found["as_of"]) == (0, 0, [], "2026-11-24T09:00:00-05:00")
    assert found["understood"] == {
        "any_of": [
            [
                {"field": "standing", "values": ["open"], "without": False},
                {
                    "field": "type",
                    "values": ["foia-complex", "foia-data-request", "foia-medical-records"],
                    "without": False,
                },
            ]
        ]
    }
    code, back = asked(capsys, "open tasks of Narnia", "--as", MANAGER)
    assert (code, back["asks"], back["ignored"]) == (3, ["open tasks"], ["narnia"])
    code, wrong = asked(capsys, "status of T-9999", "--as", MANAGER)
    assert (code, wrong["text"]) == (4, "There is no task T-9999; check the number.")


def test_a_thread_carries_a_question_to_the_next_command(capsys: pytest.CaptureFixture[str]) -> None:
    main(["directory", "import", *(str(SAMPLE / name) for name in ("components.csv", "people.csv"))])
    capsys.readouterr()
    assert asked(capsys, "show more", "--as", MANAGER, "--thread", "a")[0] == 4
    _, first = asked(capsys, "open tasks", "--as", MANAGER, "--thread", "a")
    code, more = asked(capsys, "show more", "--as", MANAGER, "--thread", "a")
    assert (code, more["understood"]) == (0, first["understood"])
    assert asked(capsys, "show more", "--as", MANAGER, "--thread", "b")[0] == 4
    assert asked(capsys, "show more", "--as", holder("cos"), "--thread", "a")[0] == 4


def test_who_is_due_for_training_is_told_as_people(capsys: pytest.CaptureFixture[str]) -> None:
    main(["directory", "import", *(str(SAMPLE / name) for name in ("components.csv", "people.csv"))])
    capsys.readouterr()
    code, found = asked(capsys, "who is overdue for training", "--as", MANAGER)
    assert code == 0
    assert found["total"] == len(found["people"])  # type: ignore[arg-type]


def test_nobody_asks_who_is_not_in_the_directory(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "open tasks", "--as", "stranger@example.com"]) == 1
    assert "stranger@example.com is nobody in the directory" in capsys.readouterr().err


def test_a_time_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ask", "open tasks", "--as", MANAGER, "--now", "tomorrow"])
    assert "--now" in capsys.readouterr().err


def test_records_are_verified_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", "verify"]) == 1
    assert "`taskings db upgrade`" in capsys.readouterr().err
    main(["directory", "import", *(str(SAMPLE / name) for name in ("components.csv", "people.csv"))])
    assert main(["record", "verify", "T-1042"]) == 1
    assert capsys.readouterr().err == "There is no task T-1042; check the number.\n"
    assert main(["record", "verify"]) == 0
    assert capsys.readouterr().out == "Nothing wrong.\n"
    with closing(sqlite3.connect(tmp_path / "taskings.db")) as connection, connection:
        connection.execute("DELETE FROM events WHERE version = 2")
    assert main(["record", "verify"]) == 1
    assert capsys.readouterr().out == "organization, event 2: it is missing\n"


def test_a_report_is_printed_or_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["directory", "import", *(str(SAMPLE / name) for name in ("components.csv", "people.csv"))])
    asyncio.run(logged(f"sqlite+aiosqlite:///{tmp_path}/taskings.db"))
    capsys.readouterr()
    assert main(["report", "--week", "2026-W48", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["period"]["key"], told["flow"]["received"], told["before"]["received"]) == ("2026-W48", 1, 0)
    assert main(["report", "--from", "2026-11-16", "--to", "2026-11-22"]) == 0
    assert "Received: 0 (the 7 days before 0)" in capsys.readouterr().out
    assert main(["report", "--week", "2026-W48", "--pdf", "report.pdf"]) == 0
    assert main(["report", "--week", "2026-W48", "--xlsx", "report.xlsx"]) == 0
    assert Path("report.pdf").read_bytes().startswith(b"%PDF-")
    assert Path("report.xlsx").read_bytes().startswith(b"PK")
    assert main(["report", "--from", "2026-11-16"]) == 1
    assert main(["report", "--week", "2026-W54"]) == 1
    assert main(["report", "--pdf", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3


async def logged(url: str) -> None:
    database = Database(url)
    handler = Handler(database, RUBRIC, lambda: T0, ZONE)
    await handler(Click("log", "slack", MANAGER, "", request()))
    await database.close()


def test_a_record_is_exported_to_a_new_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["directory", "import", *(str(SAMPLE / name) for name in ("components.csv", "people.csv"))])
    asyncio.run(logged(f"sqlite+aiosqlite:///{tmp_path}/taskings.db"))
    capsys.readouterr()
    assert main(["record", "export", "T-1001"]) == 0
    assert capsys.readouterr().out == "The record of T-1001 is in T-1001.zip.\n"
    assert main(["record", "export", "T-1001", "--to", "again.zip"]) == 0
    assert Path("again.zip").read_bytes() == Path("T-1001.zip").read_bytes()
    capsys.readouterr()
    assert main(["record", "export", "T-1001"]) == 1
    assert capsys.readouterr().err == "T-1001.zip can't be written: File exists; name another with --to.\n"
    assert main(["record", "export", "T-1002"]) == 1
    assert not Path("T-1002.zip").exists()


def test_files_are_encrypted_under_the_newest_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASKINGS_FILES_URL", (tmp_path / "files").as_uri())
    keys = {"2026": new_key(), "2027": new_key()}
    monkeypatch.setenv("TASKINGS_FILES_KEYS", json.dumps({"2026": keys["2026"]}))

    async def chunks() -> AsyncIterator[bytes]:
        yield b"412 beds"

    asyncio.run(file_store(read_settings()).put("beds.txt", chunks()))
    monkeypatch.setenv("TASKINGS_FILES_KEYS", json.dumps(keys))
    assert main(["files", "rotate"]) == 0
    assert capsys.readouterr().out == "1 files encrypted anew, 0 were under the newest key already.\n"
    monkeypatch.setenv("TASKINGS_FILES_KEYS", json.dumps({"2026": keys["2026"]}))
    assert main(["files", "rotate"]) == 1
    assert "is not what it was" in capsys.readouterr().err


def test_the_limits_of_archives_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKINGS_FILES_URL", (tmp_path / "files").as_uri())
    monkeypatch.setenv("TASKINGS_FILES_ARCHIVE_ENTRIES", "1")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, "412 beds")

    async def chunks() -> AsyncIterator[bytes]:
        yield packed.getvalue()

    with pytest.raises(InvalidInput, match="unpacks to more than is taken"):
        asyncio.run(file_store(read_settings()).put("beds.zip", chunks()))
