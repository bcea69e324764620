"""What answers say about a task: who did what, whose turn it is, how urgent it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.answer import Found, answer, as_json, training, unanswered
from bot.conversation.deeds import done
from bot.conversation.findings import Counted, Findings
from bot.conversation.question import Deed, Field, Group, Moment, Question, Standing, Term, Wants
from bot.conversation.stands import state_line
from bot.conversation.understand import Understanding
from bot.domain import messages as m
from tests.cards import ways
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, History, context


def one(wants: Wants, *deeds: Deed, moment: Moment | None = None) -> Question:
    return Question(((Term(Field.NUMBER, ("T-1001",)),),), wants, deeds, moment=moment)


def told(question: Question, history: History) -> str:
    ctx = context(MANAGER, history.now)
    return answer(question, Found(Findings(1, ("T-1001",)), (history.task,)), ctx).text


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
    assert told(one(Wants.DEEDS, Deed.LOGGED), history).startswith(
        "T-1001: not logged yet. Received, not logged yet, waits on "
    )
    assert doers(ways.closed(), Deed.FORWARDED) == []


def test_a_clearance_is_told_with_when_and_as_what() -> None:
    text = told(one(Wants.DEEDS, Deed.CLEARED), ways.clear(ways.in_clearance(), DAD_CS))
    assert text == (
        "T-1001: cleared by Robert Nakamura, 24 Nov 2026, 09:06 (Deputy Assistant Director, CS). "
        "In clearance, waits on Chief of Staff (Daniel Reyes); due Fri 4 Dec 2026, 09:00."
    )


def test_what_nobody_did_yet_is_said() -> None:
    text = told(one(Wants.DEEDS, Deed.LOGGED, Deed.CLOSED), ways.acknowledged())
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
    text = told(one(Wants.WHO), ways.acknowledged())
    assert text == f"{name} has T-1001: With its action officers; due Fri 4 Dec 2026, 09:00."
    assert told(one(Wants.WHO, Deed.LOGGED), ways.acknowledged()).count(name) == 1


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


OPEN = Question(((Term(Field.STANDING, (Standing.OPEN.value,)),),))
CTX = context(MANAGER)
HOU, MQMU = (f"{SAMPLE.components[code].name} ({code})" for code in ("HOU", "MQMU"))


def several(question: Question, findings: Findings) -> str:
    return answer(question, Found(findings), CTX).text


def test_a_rate_says_what_it_rests_on() -> None:
    on_time, slow = replace(OPEN, wants=Wants.ON_TIME), replace(OPEN, wants=Wants.TURNAROUND)
    assert several(on_time, Findings(212, value=93.9)).endswith(": 94% of 212 on time.")
    assert several(slow, Findings(212, value=6.5 * 86_400)).endswith(": median 6.5 days over 212.")
    assert several(slow, Findings(1, value=86_400.0)).endswith(": median 1 day over 1.")


def test_a_count_reads_as_one_says_it() -> None:
    count = replace(OPEN, wants=Wants.COUNT)
    assert several(count, Findings(1_160)) == "1,160 open tasks, as of 24 Nov 2026, 09:00."
    assert several(count, Findings(1)) == "1 open task, as of 24 Nov 2026, 09:00."
    numbers = replace(count, any_of=((Term(Field.NUMBER, ("T-1001", "T-1002")), *OPEN.any_of[0]),))
    assert several(numbers, Findings(2)) == "T-1001 or T-1002, as of 24 Nov 2026, 09:00: 2."
    either = replace(count, any_of=(*OPEN.any_of, (Term(Field.COMPONENT, ("HOU",)),)))
    assert several(either, Findings(9)) == "Open tasks; or tasks of HOU, as of 24 Nov 2026, 09:00: 9."


def test_groups_are_named_in_words() -> None:
    counted = (Counted("HOU", 12), Counted("none", 2))
    by_unit = replace(OPEN, wants=Wants.COUNT, group=Group.COMPONENT)
    assert several(by_unit, Findings(14, groups=counted)) == (
        f"14 open tasks, as of 24 Nov 2026, 09:00. {SAMPLE.components['HOU'].name} (HOU) 12, None 2."
    )
    by_manager = replace(by_unit, group=Group.WAITING)
    told = several(by_manager, Findings(2, groups=(Counted(MANAGER, 1), Counted("dad@CS", 1))))
    assert told.endswith(f"{SAMPLE.name_of(MANAGER)} 1, Deputy Assistant Director, CS 1.")
    rates = replace(by_unit, wants=Wants.ON_TIME)
    found = Findings(3, groups=(Counted("HOU", 3, 66.7), Counted("MQMU", 0)), value=66.7)
    assert several(rates, found).endswith(
        f"{SAMPLE.components['HOU'].name} (HOU) 67%, {SAMPLE.components['MQMU'].name} (MQMU) —."
    )


def test_when_it_is_due_and_what_did_not_happen_yet() -> None:
    history = ways.acknowledged()
    assert told(one(Wants.WHEN, moment=Moment.DUE), history) == "T-1001 is due on Fri 4 Dec 2026, 09:00."
    assert told(one(Wants.WHEN, moment=Moment.CLOSED), history) == "T-1001 is not closed yet."


def test_nothing_found_says_what_was_searched() -> None:
    assert several(OPEN, Findings(0)).endswith(", as of 24 Nov 2026, 09:00, among the tasks you may see.")


def test_words_that_were_not_used_are_named() -> None:
    assert answer(OPEN, Found(Findings(2)), CTX, ("kindly",)).text.endswith(" I did not use “kindly”.")


def test_a_word_that_nobody_knows_is_asked_back_with_whole_questions() -> None:
    back = unanswered(Understanding(None, readings=(OPEN,), unknown=("narnia",)), CTX)
    assert (len(back.asks), back.ignored, back.declined) == (1, ("narnia",), False)
    assert back.text.startswith("I don't know what “narnia” means here; shall I leave it out and look for “")


@pytest.mark.parametrize(
    ("actor", "example"),
    [(MANAGER, "open tasks by unit"), (HOU_CHIEF, "open tasks of HOU"), (COS, "open tasks by unit")],
)
def test_examples_fit_whoever_is_declined(actor: str, example: str) -> None:
    declined = unanswered(Understanding(None), context(actor))
    assert declined.declined
    assert f"“{example}”" in declined.text


def test_training_names_those_whom_the_asker_answers_for() -> None:
    question = Question(wants=Wants.TRAINING)
    everybody, own = training(question, CTX), training(question, context(HOU_CHIEF))
    assert set(own.people) < set(everybody.people)
    assert everybody.total == len(everybody.people)


def test_the_json_has_what_was_asked_and_every_group() -> None:
    by_unit = replace(OPEN, wants=Wants.COUNT, group=Group.COMPONENT)
    told = as_json(answer(by_unit, Found(Findings(2, groups=(Counted("HOU", 2),))), CTX))
    assert told["groups"] == [{"key": "HOU", "count": 2}]
    assert told["understood"] == {
        "any_of": (({"field": "standing", "values": ("open",), "without": False},),),
        "wants": "count",
        "group": "component",
    }
