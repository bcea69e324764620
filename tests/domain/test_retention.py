"""How long a closed record is kept: by the agency's approved schedule, and for good without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain import messages as m
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.messages import Retention, TaskClosed
from bot.domain.retention import kept
from bot.domain.rubric import TASK_TYPES, Schedule
from bot.domain.sealing import seal_of
from bot.errors import ConfigurationError
from bot.rubric.loader import RETENTION, load_retention
from cards.task_cards import status_card
from storage.codec import decode_event
from tests.cards import ways
from tests.world import MANAGER, RUBRIC, context

SEVEN = Schedule("DAA-1, item 2", 7, approved=True)
APPROVED = replace(RUBRIC, retention={"congressional-inquiry": SEVEN})


def test_the_shipped_file_approves_no_schedule() -> None:
    shipped = load_retention()
    assert tuple(shipped) == TASK_TYPES
    assert not any(schedule.approved for schedule in shipped.values())


def test_a_record_is_kept_until_its_schedule_ends_and_for_good_without_an_approved_one() -> None:
    assert kept("congressional-inquiry", date(2026, 11, 24), APPROVED) == Retention(
        "DAA-1, item 2", 7, date(2033, 11, 24)
    )
    assert kept("congressional-inquiry", date(2028, 2, 29), APPROVED).until == date(2035, 3, 1)
    unapproved = replace(RUBRIC, retention={"congressional-inquiry": replace(SEVEN, approved=False)})
    for task_type, rubric in (("congressional-inquiry", unapproved), ("oig-audit", APPROVED), ("", APPROVED)):
        assert kept(task_type, date(2026, 11, 24), rubric) == Retention()


def test_the_closing_says_how_long_and_its_seal_is_the_same_with_any_schedule() -> None:
    history = ways.transmitted()
    before = history.task
    ctx = replace(context(MANAGER, history.now), rubric=APPROVED)
    (closed,) = decide(before, m.Close(), ctx)
    assert isinstance(closed, TaskClosed)
    assert (closed.retention, closed.seal) == (
        Retention("DAA-1, item 2", 7, date(2033, 11, 24)),
        seal_of(before),
    )
    after = evolve(before, closed)
    assert "until 24 Nov 2033, under DAA-1, item 2" in str(status_card(after, ctx))
    assert "no approved schedule, so it is kept" in str(status_card(ways.closed().task, ctx))


def test_a_closing_from_before_schedules_still_reads() -> None:
    text = '{"by":"a@example.gov","at":"2026-11-24T14:00:00Z","seal":"' + "f" * 64 + '"}'
    old = decode_event("TaskClosed", text)
    task = evolve(ways.transmitted().task, old)
    assert (old.retention, task.retention) == (None, None)


ROW = "[rows.oig-audit]\napproved = false\n"
WRONG = {
    "row oig-audit is missing": "",
    "row oig-audit: an approved schedule has an authority": "[rows.oig-audit]\napproved = true\nyears = 7\n",
    "row oig-audit, years: ": '[rows.oig-audit]\napproved = true\nauthority = "DAA-1"\nyears = "seven"\n',
    "row oig-audit: “keep” is not a field here": "[rows.oig-audit]\napproved = false\nkeep = 1\n",
    "row oig-audit: “approved” is missing": "[rows.oig-audit]\n",
    "row oig: this is not a task type": ROW + "[rows.oig]\napproved = false\n",
    "it is not TOML": "[rows.oig-audit\n",
}


@pytest.mark.parametrize(("reason", "row"), WRONG.items(), ids=list(WRONG))
def test_a_wrong_schedule_is_refused_with_its_row_and_reason(tmp_path: Path, reason: str, row: str) -> None:
    text = RETENTION.read_text("utf-8")
    assert ROW in text
    path = tmp_path / "retention.toml"
    path.write_text(text.replace(ROW, row), "utf-8")
    with pytest.raises(ConfigurationError, match="The retention file") as caught:
        load_retention(path)
    assert reason in str(caught.value)


def test_every_wrong_row_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "retention.toml"
    path.write_text(RETENTION.read_text("utf-8").replace("approved = false\n\n[", "approved = 1\n\n["), "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_retention(path)
    assert str(caught.value).count("\n- row ") == len(TASK_TYPES) - 1
