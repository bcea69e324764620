"""What reaches anybody is sent on to the Taskings Program (6-1.2), which logs it or turns it away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce

import pytest

from bot.domain import messages as m
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.messages import Command, ForwardRequest, Original, Source
from bot.domain.organization import Organization
from bot.domain.rules import ALLOWED, managers_offers, offers
from bot.domain.task import Status, Task
from bot.domain.visibility import reach, turn_of
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from cards.placement import Kind, placements
from storage.codec import decode_event, dump, load
from tests.world import COS, HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0, ZONE, History, context, holder, request

TPSU = holder("tpsu-chief")
MANAGERS = {p.email for p in SAMPLE.people.values() if any(post.key == "task-manager" for post in p.posts)}
LINK = "https://ihsc.slack.com/archives/C1/p1"
SENT = ForwardRequest("How many beds?", "Ana Ortiz", LINK, "She calls at noon.")
LATER = T0 + timedelta(days=2)


def received(command: ForwardRequest = SENT) -> History:
    return History(command, HOU_CHIEF)


def placed(task: Task, now: datetime = T0, organization: Organization = SAMPLE) -> set[tuple[str, str]]:
    return {(p.card, p.recipient) for p in placements(task, organization, now, ZONE)}


@pytest.mark.parametrize("person", [p.email for p in SAMPLE.serving(T0.date())])
def test_anybody_in_the_directory_sends_a_request_on(person: str) -> None:
    (event,) = decide(None, SENT, context(person), "T-1001")
    assert isinstance(event, m.RequestForwarded)
    assert (event.by, event.at, event.number) == (person, T0, "T-1001")
    assert (event.original, event.note) == (Original("How many beds?", "Ana Ortiz", LINK), "She calls at noon.")


def test_nobody_else_does() -> None:
    left = replace(SAMPLE.people[HOU_CHIEF], ended_on=T0.date())
    without = replace(SAMPLE, people={**SAMPLE.people, HOU_CHIEF: left})
    for ctx in (context("stranger@example.gov"), context(HOU_CHIEF, organization=without)):
        with pytest.raises(NotAllowed, match="not in the directory"):
            decide(None, SENT, ctx, "T-1001")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (ForwardRequest(" "), "text"),
        (ForwardRequest("x" * 3_001), "text"),
        (ForwardRequest("x", note="x" * 3_001), "note"),
    ],
)
def test_what_cannot_be_taken_is_refused_beside_its_field(command: ForwardRequest, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        decide(None, command, context(HOU_CHIEF), "T-1001")
    assert refused.value.field == field


def test_it_waits_for_a_task_manager_and_is_before_all_of_them_and_the_sender() -> None:
    task = received().task
    assert (task.status, task.logged) == (Status.RECEIVED, False)
    assert turn_of(task, SAMPLE, T0.date()) == "Task Manager (Tomás Álvarez, Priya Raman)"
    assert len(MANAGERS) == 2
    assert placed(task) == {(Kind.RECEIVED, email) for email in MANAGERS} | {(Kind.SENT, HOU_CHIEF)}
    assert reach(HOU_CHIEF, SAMPLE, T0.date()).covers(task)
    assert not reach(MQMU_CHIEF, SAMPLE, T0.date()).covers(task)


def test_without_a_task_manager_the_tpsu_chief_has_it() -> None:
    vacant = replace(SAMPLE, people={e: p for e, p in SAMPLE.people.items() if e not in MANAGERS})
    assert (Kind.RECEIVED, TPSU) in placed(received().task, organization=vacant)


def test_what_nobody_logged_within_a_business_day_is_told_to_everybody_who_may() -> None:
    task = received().task
    due = datetime(2026, 11, 25, 9, 1, tzinfo=ZONE)  # it came on Tuesday at 9:01
    assert task.request.due_at == due
    late = {(Kind.NOTICE, email) for email in (*MANAGERS, TPSU)}
    assert not late & placed(task, due - timedelta(seconds=1))
    assert late < placed(task, due)
    logged = received()
    logged.do(MANAGER, request())
    assert not late & placed(logged.task, due)


def test_logging_keeps_the_number_the_message_and_when_it_was_received() -> None:
    """The email lane's 24 hours run from receipt (6-1.3)."""
    history = received()
    at = history.now
    history.now += timedelta(hours=3)
    history.do(MANAGER, request(text="How many beds on 31 October?", due_at=at + timedelta(hours=23)))
    task, asked = history.task, history.task.request
    assert (task.number, task.status, task.manager) == ("T-1001", Status.LOGGED, MANAGER)
    assert (asked.text, asked.received_at, task.logged_at) == ("How many beds on 31 October?", at, history.now)
    assert asked.source == Source(HOU_CHIEF, at, Original("How many beds?", "Ana Ortiz", LINK), "She calls at noon.")
    assert placed(task) == {(Kind.TASK, MANAGER), (Kind.SENT, HOU_CHIEF)}
    history.do(MANAGER, m.OpenEmailLane())
    assert history.task.status is Status.BY_EMAIL


def test_received_more_than_a_day_before_it_is_due_keeps_the_email_lane_shut() -> None:
    history = received()
    history.now += timedelta(hours=2)
    history.do(MANAGER, request(due_at=history.now + timedelta(hours=23)))
    with pytest.raises(IllegalTransition, match="less than 24 hours after receipt"):
        history.do(MANAGER, m.OpenEmailLane())


def test_a_request_is_logged_once() -> None:
    history = received()
    history.do(MANAGER, request())
    assert history.do(MANAGER, request()) == ()  # sent once more
    with pytest.raises(IllegalTransition, match="logged, not assigned yet"):
        history.do(next(iter(MANAGERS - {MANAGER})), request())


def test_a_task_manager_logs_a_message_in_one_step() -> None:
    history = History(request(author="Ana Ortiz", link=LINK))
    text = history.task.request.text
    assert history.task.request.source == Source(MANAGER, history.now, Original(text, "Ana Ortiz", LINK))
    assert placed(history.task) == {(Kind.TASK, MANAGER)}
    assert History().task.request.source is None


def test_what_is_no_tasking_is_turned_away_with_a_reason_and_can_come_back() -> None:
    history = received()
    with pytest.raises(InvalidInput):
        history.do(MANAGER, m.Withdraw(" "))
    history.do(MANAGER, m.Withdraw("Between units (4-1)."))
    assert history.task.status is Status.WITHDRAWN
    assert placed(history.task) == {(Kind.TASK, MANAGER), (Kind.SENT, HOU_CHIEF)}
    history.do(MANAGER, m.Reopen("It is the OCR's after all."))
    assert history.task.status is Status.RECEIVED
    assert {(Kind.RECEIVED, email) for email in MANAGERS} < placed(history.task)
    history.do(MANAGER, m.Withdraw("It is not."))
    history.do(MANAGER, m.Close())
    assert history.task.status is Status.CLOSED


REFUSED: tuple[tuple[str, Command, type[Exception]], ...] = (
    (HOU_CHIEF, request(), NotAllowed),
    (COS, m.Withdraw("no"), NotAllowed),
    (MQMU_CHIEF, m.AddComment("?"), NotAllowed),
    (MANAGER, SENT, IllegalTransition),
    (MANAGER, m.RouteTask((HOU_CHIEF,)), IllegalTransition),
    (MANAGER, m.Correct("subject", "Beds", "a typing error"), IllegalTransition),
    (MANAGER, request(due_at=T0), InvalidInput),
)


@pytest.mark.parametrize(("actor", "command", "error"), REFUSED)
def test_what_may_not_be_done_with_it_is_refused_and_changes_nothing(
    actor: str, command: Command, error: type[Exception]
) -> None:
    history = received()
    before = history.task
    with pytest.raises(error):
        history.do(actor, command)
    assert history.task == before


def test_only_those_who_may_log_it_are_offered_to() -> None:
    task = received().task
    assert ALLOWED[Status.RECEIVED] == (m.LogTask, m.Withdraw, m.AddComment)
    for actor in (MANAGER, TPSU):
        assert {o.command for o in offers(task, context(actor))} == {m.LogTask, m.Withdraw, m.AddComment}
    assert {o.command for o in offers(task, context(HOU_CHIEF))} == {m.AddComment}
    assert {o.command for o in managers_offers(task, context(HOU_CHIEF))} == {m.LogTask, m.Withdraw}


def test_its_state_is_what_its_events_say() -> None:
    history = received()
    history.do(MANAGER, m.Withdraw("no"))
    history.do(MANAGER, m.Reopen("yes"))
    history.do(MANAGER, request())
    stored = [decode_event(type(e).__name__, dump(e)) for e in history.events]
    assert reduce(evolve, stored, None) == history.task == load(Task, dump(history.task))
    assert history.task.version == 4
