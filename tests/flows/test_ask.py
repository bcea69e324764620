"""Status questions over real databases: what is found, for whom, and what is asked back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.conversation.answer import PAGE, Answer
from bot.domain import messages as m
from bot.domain.organization_messages import OPERATOR
from bot.ports.chat import Click
from bot.services.ask import ask
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from storage.database import Database
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF, RUBRIC, SAMPLE, T0, ZONE, context, holder, request

LATER = T0 + timedelta(days=30)


@pytest.fixture
async def agency(database: Database) -> Database:
    """Tasks of several types in several states; T-1003 is due last and waits for the DAD-CS; T-1004 is urgent."""
    handle = Handler(database, RUBRIC, lambda: T0, ZONE)
    await handle.organize(sample_directory(), OPERATOR, "command line")
    await play(
        handle,
        "T-1001",
        [(MANAGER, request("root-cause-analysis", "MQMU", due_at=T0 + timedelta(days=2)))],
    )
    await play(
        handle,
        "T-1002",
        [
            (MANAGER, request("foia-medical-records", "HOU", due_at=T0 + timedelta(days=1))),
            (MANAGER, m.RouteTask((HOU_CHIEF,), "guidance")),
        ],
    )
    await play(
        handle,
        "T-1003",
        [
            (MANAGER, request("congressional-inquiry", "HOU", due_at=T0 + timedelta(days=60))),
            (MANAGER, m.RouteTask((HOU_CHIEF,))),
            (HOU_CHIEF, m.Acknowledge(1)),
            (HOU_CHIEF, m.Respond(1, "Forty.")),
            (MANAGER, m.SendToClearance()),
        ],
    )
    await play(
        handle,
        "T-1004",
        [
            (MANAGER, request("report", "HOU", due_at=T0 + timedelta(days=50), priority=m.Priority.URGENT)),
            (MANAGER, m.RouteTask((HOU_CHIEF,))),
            (HOU_CHIEF, m.Defer(1, "Not ours.")),
        ],
    )
    return database


async def play(handle: Handler, number: str, steps: Sequence[tuple[str, m.Command]]) -> None:
    for index, (actor, command) in enumerate(steps):
        await handle(Click(f"{number}:{index}", "slack", actor, number if index else "", command))


async def said(database: Database, text: str, actor: str = MANAGER) -> Answer:
    return await ask(database, text, context(actor, LATER))


async def test_the_answers_are_worth_asking_for(agency: Database) -> None:
    assert (await said(agency, "what's overdue")).numbers == ("T-1002", "T-1001")
    assert (await said(agency, "open FOIA tasks")).numbers == ("T-1002",)
    assert (await said(agency, "waiting on the DAD-CS")).numbers == ("T-1003",)
    assert (await said(agency, "tasks of MQMU")).numbers == ("T-1001",)


async def test_who_has_it_names_people(agency: Database) -> None:
    found = await said(agency, "who has 1003")
    assert found.people == (DAD_CS,)
    assert SAMPLE.name_of(DAD_CS) in found.text
    assert (await said(agency, "who has the FOIA tasks")).people == (HOU_CHIEF,)


async def test_a_list_says_how_it_was_understood_and_as_of_when(agency: Database) -> None:
    found = await said(agency, "which FOIA requests are open")
    assert found.text == "Open FOIA tasks, as of 24 Dec 2026, 09:00: 1."
    none = await said(agency, "closed FOIA tasks")
    assert (none.total, none.text) == (
        0,
        "None found: closed FOIA tasks, as of 24 Dec 2026, 09:00, among the tasks you may see.",
    )


async def test_a_task_out_of_reach_reads_as_if_it_were_not_there(agency: Database) -> None:
    hidden, missing = await said(agency, "status of 1003", MQMU_CHIEF), await said(agency, "status of 9999", MQMU_CHIEF)
    assert hidden.declined
    assert missing.declined
    assert hidden.text.replace("T-1003", "T-9999") == missing.text
    assert (hidden.total, hidden.numbers, hidden.tasks) == (0, (), ())


async def test_what_is_not_understood_is_asked_back_and_nothing_is_shown(agency: Database) -> None:
    found = await said(agency, "purple FOIA tasks that are open")
    assert "purple" in found.text
    assert (found.asks, found.ignored, found.total) == (("open FOIA tasks",), ("purple",), 0)


async def test_small_talk_is_declined_with_examples(agency: Database) -> None:
    found = await said(agency, "good morning")
    assert found.declined
    assert "what's overdue" in found.text


async def test_a_long_list_gives_every_number_and_a_page_of_tasks(agency: Database) -> None:
    handle = Handler(agency, RUBRIC, lambda: T0, ZONE)
    for index in range(PAGE):
        await play(handle, f"more-{index}", [(MANAGER, request("report", "HOU"))])
    found = await said(agency, "all tasks")
    assert (found.total, len(found.numbers), len(found.tasks)) == (PAGE + 4, PAGE + 4, PAGE)


async def test_who_did_it_counts_those_beyond_the_first_page(agency: Database) -> None:
    handle = Handler(agency, RUBRIC, lambda: T0, ZONE)
    chief = holder("tpsu-chief")
    for index, actor in enumerate((*[MANAGER] * PAGE, chief)):
        await play(handle, f"more-{index}", [(actor, request("report", "HOU", due_at=T0 + timedelta(days=70)))])
    assert (await said(agency, "who logged the reports")).people == (MANAGER, chief)


async def test_urgent_comes_first_then_soonest_due_and_high_priority_before_routine(agency: Database) -> None:
    """6-1.1: due date, urgency and leadership's guidance, which a task manager enters as the priority."""
    handle = Handler(agency, RUBRIC, lambda: T0, ZONE)
    at = T0 + timedelta(days=2)
    for number, priority in (("T-1005", m.Priority.HIGH), ("T-1006", m.Priority.ROUTINE)):
        await play(handle, number, [(MANAGER, request("root-cause-analysis", "MQMU", due_at=at, priority=priority))])
    found = await said(agency, "open tasks")
    assert found.numbers == ("T-1004", "T-1002", "T-1005", "T-1001", "T-1006", "T-1003")
    assert found.text.endswith(", urgent first, then soonest due.")
    await handle(Click("correct", "slack", MANAGER, "T-1003", m.Correct("priority", "urgent", "The AD called.")))
    assert (await said(agency, "open tasks")).numbers[:2] == ("T-1004", "T-1003")


async def test_who_did_it_is_told_for_one_task_and_for_a_list(agency: Database) -> None:
    one = await said(agency, "who logged 1003")
    assert (one.people, one.numbers) == ((MANAGER,), ("T-1003",))
    assert one.text.startswith("T-1003: logged by Tomás Álvarez, 24 Nov 2026, 09:00. In clearance, waits on ")
    several = await said(agency, "who assigned FOIA tasks or reports")
    assert several.people == (MANAGER,)
    assert several.text.endswith("urgent first, then soonest due. Assigned by Tomás Álvarez.")
    assert (await said(agency, "who cleared FOIA tasks")).text.endswith("Cleared by nobody yet.")


async def test_a_stage_is_found_while_it_lasts(agency: Database) -> None:
    assert (await said(agency, "deferred tasks")).numbers == ("T-1004",)
    handle = Handler(agency, RUBRIC, lambda: T0, ZONE)
    await handle(Click("decline", "slack", MANAGER, "T-1004", m.DeclineDeferral(1, "It is yours.")))
    assert (await said(agency, "deferred tasks")).numbers == ()
    assert (await said(agency, "acknowledged tasks")).numbers == ("T-1004",)
    await handle(Click("withdraw", "slack", MANAGER, "T-1004", m.Withdraw("Not needed.")))
    assert (await said(agency, "acknowledged tasks")).numbers == ()
    assert (await said(agency, "withdrawn tasks")).numbers == ("T-1004",)


async def test_what_is_not_logged_has_no_priority_and_no_scope(agency: Database) -> None:
    handle = Handler(agency, RUBRIC, lambda: T0, ZONE)
    before = [(await said(agency, text)).total for text in ("routine tasks", "HQ or field tasks")]
    await handle(Click("forward", "slack", HOU_CHIEF, "", m.ForwardRequest("How many beds?", "Ana Ortiz")))
    assert [(await said(agency, text)).total for text in ("routine tasks", "HQ or field tasks")] == before
    assert (await said(agency, "requests that are not logged yet")).numbers == ("T-1005",)


async def test_what_is_left_out_and_what_may_be_either_are_found(agency: Database) -> None:
    assert (await said(agency, "overdue or urgent tasks")).numbers == ("T-1004", "T-1002", "T-1001")
    assert (await said(agency, "open tasks except FOIA")).numbers == ("T-1004", "T-1001", "T-1003")
