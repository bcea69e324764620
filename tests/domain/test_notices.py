"""Reminders and escalations: when each is due, to whom, and what stops it (6-1.1, 5-2.1.a)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import messages as m
from bot.domain import organization_messages as om
from bot.domain.notices import Reason, notices
from bot.domain.organization import Organization
from bot.domain.positions import Post
from bot.domain.task import Task
from cards.placement import Kind, next_change, placements
from tests.cards import ways
from tests.domain.test_authority import after
from tests.world import AD, DAD_CS, MANAGER, SAMPLE, T0, ZONE, History, holder, request

TPSU = holder("tpsu-chief", "")


def due(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def told(task: Task, at: datetime, organization: Organization = SAMPLE) -> dict[str, set[str]]:
    """Who has been told what by then."""
    found: dict[str, set[str]] = {}
    for p in placements(task, organization, at, ZONE):
        if p.card is Kind.NOTICE:
            found.setdefault(p.occasion.partition(" ")[0], set()).add(p.recipient)
    return found


def assigned() -> History:
    """Asked for on Thursday 3 December 2026 at 17:00, a business day before it is due on the Friday."""
    history = History(request("oig-audit", "MCMU", due_at=due("2026-12-04T17:00")))
    history.do(MANAGER, m.RouteTask((DEPUTY,)))
    assert history.task.active[0].due_at == due("2026-12-03T17:00")
    return history


MCMU_CHIEF = holder("unit-chief", "MCMU")
DEPUTY = next(p.email for p in SAMPLE.people.values() if "MCMU" in p.action_officer_for)


def test_an_officer_is_reminded_before_and_at_the_time_and_then_the_chiefs_hear_of_it() -> None:
    task = assigned().task
    assert told(task, due("2026-12-03T12:59")) == {}
    assert told(task, due("2026-12-03T13:00")) == {"before": {DEPUTY}}
    assert told(task, due("2026-12-03T17:00")) == {"before": {DEPUTY}, "due": {DEPUTY}}
    assert "late" not in told(task, due("2026-12-04T10:59"))
    assert told(task, due("2026-12-04T11:00"))["late"] == {MCMU_CHIEF}
    assert told(task, due("2026-12-04T17:00"))["late"] == {MCMU_CHIEF, TPSU}


def test_what_is_done_reminds_nobody_any_more() -> None:
    history = assigned()
    history.do(DEPUTY, m.Acknowledge(1))
    assert told(history.task, due("2026-12-03T17:00"))
    history.do(DEPUTY, m.Respond(1, "Forty."))
    assert not told(history.task, due("2026-12-04T18:00")).keys() & {"before", "due", "late"}


def test_more_time_is_another_reminder() -> None:
    history = assigned()
    history.do(DEPUTY, m.Acknowledge(1))
    history.do(DEPUTY, m.RequestExtension(1, "A lot", due("2026-12-04T12:00")))
    history.do(MANAGER, m.GrantExtension(1, due("2026-12-04T12:00")))
    assert told(history.task, due("2026-12-03T18:00")) == {"before": {DEPUTY}}
    keys = {n.occasion for n in notices(history.task, SAMPLE, T0, ZONE) if n.reason is Reason.DUE}
    assert keys == {"due 2026-12-04T12:00-05:00"}


def test_a_reminder_can_be_muted_and_an_escalation_cannot() -> None:
    history = assigned()
    history.do(DEPUTY, m.MuteReminders())
    late = told(history.task, due("2026-12-04T17:00"))
    assert late == {"late": {MCMU_CHIEF, TPSU}}
    history.do(MCMU_CHIEF, m.MuteReminders())
    assert told(history.task, due("2026-12-04T17:00")) == late


def test_a_clearance_that_waits_reminds_its_officials_by_business_hours() -> None:
    task = ways.in_clearance().task
    assert task.round is not None
    sent = task.round.sent_at.astimezone(ZONE)
    assert sent.hour == 9
    assert "clearance" not in told(task, sent + timedelta(hours=7))
    assert told(task, sent + timedelta(hours=24))["clearance"] == {DAD_CS}  # the next day: eight business hours


def test_a_vacant_post_is_told_at_once_and_an_absent_official_after_a_set_time() -> None:
    """The step never stalls silently."""
    task = ways.in_clearance().task
    assert task.round is not None
    sent, today = task.round.sent_at, T0.date()
    away = after((DAD_CS, om.SetAway(DAD_CS, today, today + timedelta(days=9))))
    assert "unattended" not in told(task, sent + timedelta(hours=3), away)
    assert told(task, sent + timedelta(hours=4), away)["unattended"] == {MANAGER}
    helped = after((DAD_CS, om.DelegateClearance(Post("dad", "CS"), AD, today, today)), organization=away)
    assert "unattended" not in told(task, sent + timedelta(hours=4), helped)
    gone = {**SAMPLE.people, DAD_CS: SAMPLE.people[DAD_CS].__class__(**_ended(DAD_CS))}
    vacant = Organization(SAMPLE.components, gone, version=1)
    assert told(task, sent, vacant)["unattended"] == {MANAGER}


def _ended(email: str) -> dict[str, object]:
    person = SAMPLE.people[email]
    return {name: getattr(person, name) for name in person.__slots__} | {"ended_on": T0.date()}


def test_the_cards_are_worked_out_again_at_the_next_notice_and_at_midnight() -> None:
    history = assigned()
    assert next_change(history.task, SAMPLE, due("2026-12-03T12:00"), ZONE) == due("2026-12-03T13:00")
    assert next_change(history.task, SAMPLE, due("2026-12-01T12:00"), ZONE) == due("2026-12-02T00:00")
    assert next_change(ways.closed().task, SAMPLE, T0, ZONE) is None


def test_what_is_reopened_waits_for_review_and_asks_no_official_to_clear() -> None:
    history = ways.in_clearance(ways.responded())
    history.do(MANAGER, m.Withdraw("OCR took it back."))
    history.do(MANAGER, m.Reopen("OCR asks again."))
    assert [n.reason for n in notices(history.task, SAMPLE, history.now, ZONE)].count(Reason.CLEARANCE) == 0


def test_the_requestors_time_is_told_wherever_a_task_waits_and_its_officers_owe_nothing() -> None:
    """Not assigned, deferred, in review, in clearance, cleared, by email: none of them goes by without a word."""
    at, short = T0 + timedelta(days=10), T0 + timedelta(hours=5)
    lane = History(request(due_at=short))
    lane.do(MANAGER, m.OpenEmailLane())
    for history in (History(request()), ways.deferred(), ways.responded(), ways.in_clearance(), ways.cleared()):
        task = history.task
        assert "task-before" not in told(task, due("2026-12-03T12:59"))
        assert told(task, due("2026-12-03T13:00"))["task-before"] == {MANAGER}
        assert told(task, at)["task-due"] == {MANAGER}
        assert "task-late" not in told(task, at + timedelta(minutes=119))
        assert told(task, at + timedelta(hours=2))["task-late"] == {TPSU}
        history.do(MANAGER, m.MuteReminders())
        assert told(history.task, at + timedelta(hours=2)).get("task-due", set()) == set()
        assert told(history.task, at + timedelta(hours=2))["task-late"] == {TPSU}
    assert told(lane.task, short)["task-due"] == {MANAGER}
    lane.do(MANAGER, m.CompleteByEmail(lane.now))
    done = (ways.acknowledged().task, lane.task, ways.transmitted().task)
    assert not any(reason.startswith("task-") for task in done for reason in told(task, at + timedelta(days=4)))
