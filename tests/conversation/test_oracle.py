"""The oracle held against counts made by hand, because nothing else is checked against it but the service."""

from __future__ import annotations

from tests.conversation import history
from tests.conversation.oracle import AD, MANAGER, expected, found
from tests.conversation.plain import below, holders, posts, rows, sees

OFFICER, OUTSIDER, HSA = "sofia.castellanos@example.gov", "marcus.bell@example.gov", "nadia.rahman@example.gov"
LINES = history.text().splitlines()[1:]


def numbers(want: dict[str, object], email: str = MANAGER) -> set[str]:
    return {row["number"] for row in found(want, email)}


def test_the_history_is_the_same_every_time() -> None:
    assert history.text() == history.text()
    assert len(LINES) == len({line[:6] for line in LINES}) == 2_000
    assert len(rows()) == 2_012


def test_open_is_what_is_neither_transmitted_closed_nor_withdrawn() -> None:
    done = sum(any(f",{word}," in line for word in ("transmitted", "closed", "withdrawn")) for line in LINES)
    assert expected({"open": True}, MANAGER).total == 2_000 - done + 11


def test_what_is_due_exactly_now_is_not_overdue_and_a_minute_ago_is() -> None:
    overdue = numbers({"overdue": True})
    assert {"T-4450", "T-1003"} <= overdue
    assert not {"T-4457", "T-1010"} & overdue


def test_a_span_has_its_first_moment_and_not_its_last() -> None:
    week = numbers({"due": ["2026-11-23", "2026-11-30"]})
    assert "T-4498" in week
    assert "T-4501" not in week
    assert "T-4501" in numbers({"due": ["2026-11-30", "2026-12-07"]})


def test_the_fiscal_year_begins_on_the_first_of_october() -> None:
    assert "T-3711" in numbers({"received": ["2024-10-01", "2025-10-01"]})
    assert "T-3716" in numbers({"received": ["2025-10-01", "2026-10-01"]})


def test_a_component_means_everything_below_it() -> None:
    assert below("EAST") == {"EAST", "LKP", "RVB"}
    assert below("HSS") == {"HSS", "HITU", "HPMU", "RIM"}
    assert "T-1007" in numbers({"component": ["HSS"]})
    assert "T-1007" not in numbers({"component": ["CS"]})


def test_a_task_of_several_components_counts_in_each() -> None:
    sheet = [line for line in LINES if "medical-care-expenditures" in line and "RMU;HITU;HPMU" in line]
    want = {"type": ["medical-care-expenditures"], "groups": "component"}
    assert expected(want, MANAGER).groups == dict.fromkeys(("RMU", "HITU", "HPMU"), len(sheet))


def test_a_position_waits_for_who_holds_it() -> None:
    assert posts("daniel.reyes@example.gov") == {"cos"}
    assert holders("unit-chief@HOU") == ["latoya.freeman@example.gov"]
    assert holders("dad@HSS") == ["oluwaseun.adeyemi@example.gov"]
    assert "T-1007" in numbers({"waiting": ["dad"]}) & numbers({"waiting": ["oluwaseun.adeyemi@example.gov"]})


def test_who_sees_what() -> None:
    seen = {email: {n for n in live_numbers() if sees(email, rows()[n])} for email in (AD, OFFICER, OUTSIDER, HSA)}
    assert seen == {AD: live_numbers(), OFFICER: set(), OUTSIDER: {"T-1005", "T-1011"}, HSA: set()}


def live_numbers() -> set[str]:
    return {f"T-{number}" for number in range(1001, 1013)}


def test_the_live_tasks_by_hand() -> None:
    assert numbers({"state": ["returned"]}) == {"T-1002", "T-1003"}
    assert numbers({"logged_by": [MANAGER]}) == {"T-1001", "T-1002", "T-1004", "T-1006", "T-1008", "T-1012"}
    live = {"number": sorted(live_numbers())}
    assert numbers(live | {"unowned": True}) == {"T-1008", "T-1009", "T-1011"}
    assert numbers(live | {"any": [{"priority": ["urgent"]}, {"overdue": True}]}) == {"T-1003", "T-1006", "T-1008"}
    assert numbers(live | {"open": True, "not": {"component": ["HOU"]}}) == {
        *(f"T-{n}" for n in (1004, 1007, 1008, 1009, 1011, 1012))
    }
    assert expected(live | {"open": True, "order": "due", "limit": 2}, MANAGER).total == 2
