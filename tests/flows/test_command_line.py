"""The commands as an operator types them."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from bot.__main__ import main

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


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TASKINGS_TIMEZONE", "Mars/Olympus")
    assert main(["db", "upgrade"]) == 1
    assert "TASKINGS_TIMEZONE" in capsys.readouterr().err
