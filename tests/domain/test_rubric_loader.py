"""An agency edits Appendix A in a file; a wrong edit is refused with its row and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.rubric import TASK_TYPES
from bot.errors import ConfigurationError
from bot.rubric.loader import APPENDIX_A, load

TEXT = APPENDIX_A.read_text("utf-8")
OIG = TEXT[TEXT.index("[rows.oig-audit]") : TEXT.index("[rows.gao-audit]")]


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The shipped file with each text replaced in the row for OIG audits."""
    row = OIG
    for old, new in changes:
        assert old in row
        row = row.replace(old, new)
    path = tmp_path / "rubric.toml"
    path.write_text(TEXT.replace(OIG, row), "utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(path)
    return str(caught.value)


def test_the_shipped_file_holds_the_directive_of_2021() -> None:
    rubric = load()
    assert rubric.version == "01-51/2021-07-19"
    assert tuple(rubric.rows) == TASK_TYPES
    assert all(key == row.key for key, row in rubric.rows.items())


def test_a_row_keeps_the_words_of_the_directive() -> None:
    row = load().rows["medical-complaint"]
    assert (row.name, row.authority) == ("Medical complaints", "Varies")
    assert row.requestors == ("Civil Rights and Civil Liberties (CRCL)", "Joint Intake Center (JIC)", "OCR", "DRIL")


def test_a_good_edit_is_read(tmp_path: Path) -> None:
    path = edited(tmp_path, ('[["dad-cs"], ["cos"], ["ad"]]', '[["dad-hcc"], ["ad"]]'))
    assert load(path).rows["oig-audit"].clearance[0].steps == (("dad-hcc",), ("ad",))


def test_rows_come_in_the_directives_order_wherever_the_file_has_them(tmp_path: Path) -> None:
    path = tmp_path / "rubric.toml"
    path.write_text(TEXT.replace(OIG, "") + OIG, "utf-8")
    assert tuple(load(path).rows) == TASK_TYPES


OFFICERS = '{ scope = "hq", steps = [["unit-chief"]] }'
CLEARANCE = '{ steps = [["dad-cs"], ["cos"], ["ad"]] }'
WRONG = {
    "an unknown position": ('"unit-chief"', '"unit-cheif"', "officers, case 1, steps: “unit-cheif” is not a position"),
    "an unknown position to be told": (
        "officers = [",
        'awareness = ["rimm"]\nofficers = [',
        "awareness: “rimm” is not a position",
    ),
    "a position twice in a step": (
        '"unit-chief"',
        '"rim", "rim"',
        "officers, case 1, steps: a list names something twice: rim, rim",
    ),
    "an empty step": ('["unit-chief"]', "[]", "officers, case 1, steps: a list is empty"),
    "an unknown field": ('authority = "', 'color = "red"\nauthority = "', "“color” is not a field here"),
    "an unknown condition": ('{ scope = "hq"', '{ where = "hq"', "officers, case 1: “where” is not a field here"),
    "an unknown value": (
        '{ scope = "hq"',
        '{ scope = "here"',
        "officers, case 1, scope: Input should be 'hq' or 'field'",
    ),
    "a missing field": ('clearance_text = "DAD-CS, CoS, AD"\n', "", "“clearance_text” is missing"),
    "an empty text": ('"DAD-CS, CoS, AD"', '""', "clearance_text: String should have at least 1 character"),
    "no requestor": ('["ICE OIG"]', "[]", "requestors: a list is empty"),
    "officers that are to be determined": (
        'gives = "varies"',
        'gives = "tbd"',
        "officers, case 2, gives: Input should be 'varies'",
    ),
    "a clearance that varies": (
        CLEARANCE,
        '{ gives = "varies" }',
        "clearance, case 1, gives: Input should be 'tbd', 'informational' or 'facility'",
    ),
    "a case that gives nothing": (OFFICERS, '{ scope = "hq" }', "officers, case 1: a case has either steps or gives"),
    "a case that gives both": (
        CLEARANCE,
        '{ steps = [["ad"]], gives = "tbd" }',
        "clearance, case 1: a case has either steps or gives, and not both",
    ),
    "a situation without a case": (
        '    { scope = "field", gives = "varies" },\n',
        "",
        "officers: no case for scope field, origin internal, no facility known; "
        "no case for scope field, origin internal, staffing ihsc",
    ),
    "a case that can never count": (
        OFFICERS,
        '{ steps = [["unit-chief"]] }',
        "officers: case 2 can never count, those before it always hold first",
    ),
    "a wait for a facility that is known": (
        CLEARANCE,
        '{ gives = "facility" }',
        "case 1 waits for the facility in scope field, origin internal, staffing ihsc",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_row_is_refused_by_its_name_and_reason(tmp_path: Path, wrong: str) -> None:
    old, new, reason = WRONG[wrong]
    message = refusal(edited(tmp_path, (old, new)))
    assert "rubric.toml is wrong:\n- row oig-audit" in message
    assert reason in message


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = (
        TEXT.replace("[rows.qfr]", "[rows.qfrs]").replace('["mqmu-chief"]', '["mqmu"]').replace('version = "', 'v = "')
    )
    path = tmp_path / "rubric.toml"
    path.write_text(text.replace('name = "Declarations"\n', ""), "utf-8")
    head, *reasons = refusal(path).splitlines()
    assert head.endswith("is wrong:")
    assert {reason.split(";")[0] for reason in reasons} == {
        "- row declaration: “name” is missing.",
        "- row qfr is missing.",
        "- row qfrs: this is not a task type.",
        "- row root-cause-analysis, officers, case 1, steps: “mqmu” is not a position",
        "- “v” is not a field here.",
        "- “version” is missing.",
    }


def test_a_missing_task_type_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rubric.toml"
    path.write_text(TEXT.replace(OIG, ""), "utf-8")
    assert refusal(path).endswith("rubric.toml is wrong:\n- row oig-audit is missing.")


def test_an_extra_task_type_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rubric.toml"
    path.write_text(TEXT + OIG.replace("oig-audit", "oig-review"), "utf-8")
    assert refusal(path).endswith("rubric.toml is wrong:\n- row oig-review: this is not a task type.")


@pytest.mark.parametrize("content", [b"version = ", b'version = "\xff"', b'version = "1"\nversion = "2"'])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rubric.toml"
    path.write_bytes(content)
    assert "it is not TOML in UTF-8" in refusal(path)


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rubric.toml"
    path.write_text('version = "1"\nrows = 3\n', "utf-8")
    assert "rows: Input should be a valid dictionary" in refusal(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "can't be read: No such file or directory" in refusal(tmp_path / "none.toml")
