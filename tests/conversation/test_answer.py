"""What answers say about a task: who did what, whose turn it is, how urgent it is."""

from __future__ import annotations

import pytest

from bot.conversation.answer import Found, answer, state_line
from bot.conversation.deeds import done
from bot.conversation.question import Deed
from bot.conversation.understand import understand
from bot.domain import messages as m
from tests.cards import ways
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, History, context


def told(text: str, history: History) -> str:
    ctx = context(MANAGER, history.now)
    return answer(understand(text, ctx), Found(1, ("T-1001",), (history.task,)), ctx).text


def doers(history: History, deed: Deed) -> list[str]:
    return [email for email, _ in done(history.task, deed, context(MANAGER, history.now))]


def test_who_logged_assigned_cleared_transmitted_and_closed_it() -> None:
    history = ways.closed()
    assert doers(history, Deed.LOGGED) == [MANAGER]
    assert doers(history, Deed.ASSIGNED) == [MANAGER]
    assert doers(history, Deed.CLEARED) == [DAD_CS, COS]
    assert doers(history, Deed.TRANSMITTED) == [MANAGER]
    assert doers(history, Deed.CLOSED) == [MANAGER]
    assert doers(history, Deed.WITHDRAWN) == []


def test_what_was_sent_on_and_not_logged_names_who_sent_it() -> None:
    history = ways.received()
    assert (doers(history, Deed.FORWARDED), doers(history, Deed.LOGGED)) == ([HOU_CHIEF], [])
    assert told("who logged T-1001", history).startswith("T-1001: not logged yet. Received, not logged yet, waits on ")
    assert doers(ways.closed(), Deed.FORWARDED) == []


def test_a_clearance_is_told_with_when_and_as_what() -> None:
    text = told("who cleared T-1001", ways.clear(ways.in_clearance(), DAD_CS))
    assert text == (
        "T-1001: cleared by Robert Nakamura, 24 Nov 2026, 09:06 (Deputy Assistant Director, CS). "
        "In clearance, waits on Chief of Staff (Daniel Reyes); due Fri 4 Dec 2026, 09:00."
    )


def test_what_nobody_did_yet_is_said() -> None:
    text = told("who logged and closed T-1001", ways.acknowledged())
    assert text.startswith(
        "T-1001: logged by Tomás Álvarez, 24 Nov 2026, 09:01; not closed yet. With its action officers"
    )


def test_a_clearance_that_was_undone_is_not_told() -> None:
    assert doers(ways.returned(), Deed.CLEARED) == []
    history = ways.closed()
    history.do(MANAGER, m.Reopen("A page was missing."))
    assert [doers(history, deed) for deed in (Deed.CLEARED, Deed.TRANSMITTED, Deed.CLOSED)] == [[], [], []]


def test_what_was_deferred_or_withdrawn_names_who_did_it() -> None:
    history = ways.deferred()
    history.do(MANAGER, m.Withdraw("Not needed."))
    assert (doers(history, Deed.DEFERRED), doers(history, Deed.WITHDRAWN)) == ([HOU_CHIEF], [MANAGER])


def test_whose_turn_it_is_is_said_once() -> None:
    name = SAMPLE.name_of(HOU_CHIEF)
    text = told("who has T-1001", ways.acknowledged())
    assert text == f"{name} has T-1001: With its action officers; due Fri 4 Dec 2026, 09:00."
    assert told("who has and who logged T-1001", ways.acknowledged()).count(name) == 1


@pytest.mark.parametrize(
    ("priority", "line"),
    [
        (m.Priority.ROUTINE, "Logged, not assigned yet, waits on Tomás Álvarez; due Fri 4 Dec 2026, 09:00"),
        (m.Priority.HIGH, "High priority, logged, not assigned yet, waits on Tomás Álvarez; due Fri 4 Dec 2026, 09:00"),
        (m.Priority.URGENT, "Urgent, logged, not assigned yet, waits on Tomás Álvarez; due Fri 4 Dec 2026, 09:00"),
    ],
)
def test_a_priority_shows_when_it_is_not_routine(priority: m.Priority, line: str) -> None:
    history = ways.request(priority=priority)
    assert state_line(History(history).task, context(MANAGER)) == line
