"""The email lane: who may open it, what the log holds, and when it is late (6-1.3, 4-7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce

import pytest

from bot.domain import messages as m
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.messages import Command
from bot.domain.notices import Reason, notices
from bot.domain.task import Status, Task
from bot.errors import IllegalTransition, InvalidInput
from cards.task_cards import task_card
from tests.world import AD, COS, HOU_CHIEF, MANAGER, SAMPLE, T0, ZONE, context, holder, request

TPSU = holder("tpsu-chief", "")


def done(task: Task | None, command: Command, at: datetime) -> Task:
    after = reduce(evolve, decide(task, command, context(MANAGER, at), "T-1001"), task)
    assert after is not None
    return after


def logged(hours: float) -> Task:
    return done(None, request(due_at=T0 + timedelta(hours=hours)), T0)


def completed(at: datetime) -> Task:
    task = done(logged(6), m.OpenEmailLane(), T0)
    return done(task, m.CompleteByEmail(at), at)


def log(at: datetime, **fields: object) -> m.LogByEmail:
    values: dict[str, object] = {
        "text": "412 beds.",
        "cleared_by": COS,
        "cleared_at": at,
        "evidence": "Email of the CoS, 15:02",
    }
    return m.LogByEmail(**(values | fields))  # type: ignore[arg-type]


def test_due_exactly_24_hours_after_receipt_is_refused_the_email_lane() -> None:
    with pytest.raises(IllegalTransition, match="24 hours"):
        done(logged(24), m.OpenEmailLane(), T0)


def test_due_a_second_sooner_is_accepted() -> None:
    assert done(logged(24 - 1 / 3600), m.OpenEmailLane(), T0).status is Status.BY_EMAIL


def test_the_log_names_who_cleared_when_and_on_what_evidence_and_is_attested() -> None:
    """4-7 has no exception for the lane."""
    at = T0 + timedelta(hours=2)
    task = done(completed(at), log(at), at + timedelta(hours=1))
    assert task.status is Status.TRANSMITTED
    assert task.email is not None
    attested = task.email.attested
    assert attested is not None
    assert (attested.by, attested.cleared_by, attested.cleared_at, attested.late) == (MANAGER, COS, at, False)
    assert done(task, m.Close(), at + timedelta(hours=2)).status is Status.CLOSED


@pytest.mark.parametrize("somebody", [HOU_CHIEF, MANAGER, "marcus.bell@example.gov"])
def test_the_log_names_an_official_who_may_clear(somebody: str) -> None:
    at = T0 + timedelta(hours=2)
    with pytest.raises(InvalidInput, match="can't clear this") as refused:
        done(completed(at), log(at, cleared_by=somebody), at + timedelta(hours=1))
    assert refused.value.field == "cleared_by"


def test_the_clock_runs_from_the_completion_entered_over_thanksgiving() -> None:
    """Completed on Tuesday 24 November 2026, owed by Friday 27."""
    task = completed(T0 + timedelta(hours=2))
    assert task.email is not None
    assert task.email.log_by == datetime(2026, 11, 28, tzinfo=ZONE)
    last = datetime(2026, 11, 27, 23, 59, 59, tzinfo=ZONE)
    for at, late in ((last, False), (last + timedelta(seconds=1), True)):
        lane = done(task, log(T0 + timedelta(hours=2)), at).email
        assert lane is not None
        assert lane.attested is not None
        assert lane.attested.late is late


def test_a_log_that_is_owed_is_reminded_and_a_late_one_told_to_the_tpsu_chief() -> None:
    task = completed(T0 + timedelta(hours=2))
    found = {(n.reason, n.recipient) for n in notices(task, SAMPLE, T0, ZONE)}
    assert found == {(Reason.LOG, MANAGER), (Reason.LOG_LATE, MANAGER), (Reason.LOG_LATE, TPSU)}
    at = T0 + timedelta(hours=3)
    assert notices(done(task, log(T0 + timedelta(hours=2)), at), SAMPLE, T0, ZONE) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"evidence": " "},
        {"cleared_by": "nobody@example.gov"},
        {"cleared_at": T0 - timedelta(days=1)},
        {"cleared_at": T0 + timedelta(days=9)},
    ],
)
def test_a_log_that_lacks_something_is_refused(fields: dict[str, object]) -> None:
    at = T0 + timedelta(hours=2)
    with pytest.raises(InvalidInput):
        done(completed(at), log(at, **fields), at)


def test_nothing_is_logged_before_it_is_completed_and_nothing_completed_in_the_future() -> None:
    task = done(logged(6), m.OpenEmailLane(), T0)
    with pytest.raises(IllegalTransition, match="completed"):
        done(task, log(T0), T0)
    with pytest.raises(InvalidInput):
        done(task, m.CompleteByEmail(T0 + timedelta(hours=1)), T0)


def test_withdrawing_and_reopening_gives_no_more_time_for_the_log() -> None:
    at = T0 + timedelta(hours=2)
    owed = completed(at)
    again = done(done(owed, m.Withdraw("Sent twice."), at), m.Reopen("It was not."), at + timedelta(days=1))
    assert again.status is Status.BY_EMAIL
    assert again.email == owed.email


def test_what_was_logged_and_is_reopened_is_answered_anew_and_shows_no_response() -> None:
    at = T0 + timedelta(hours=2)
    closed = done(done(completed(at), log(at), at), m.Close(), at)
    again = done(closed, m.Reopen("The figure was wrong."), at)
    assert (again.status, again.email) == (Status.LOGGED, None)
    assert "412 beds." not in str(task_card(again, context(MANAGER, at)))


def test_ses_clearance_by_email_is_the_ads_in_person() -> None:
    at = T0 + timedelta(hours=2)
    task = done(None, request(due_at=T0 + timedelta(hours=6), ses=True), T0)
    task = done(done(task, m.OpenEmailLane(), T0), m.CompleteByEmail(at), at)
    with pytest.raises(InvalidInput, match="SES clearance") as refused:
        done(task, log(at), at)
    assert refused.value.field == "cleared_by"
    assert done(task, log(at, cleared_by=AD), at).status is Status.TRANSMITTED
