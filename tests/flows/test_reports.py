"""Reports in chat: asked for, as a file, by schedule exactly once, and told to nobody who may not see all."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from bot.domain import messages as m
from bot.domain import organization_messages as om
from bot.domain.organization import Room
from bot.domain.organization_messages import OPERATOR, ScheduleReport, StopReport
from bot.errors import Retryable
from bot.ports.chat import Account, Click
from bot.reporting.periods import period_of
from bot.services.deliver import Deliverer
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from storage.database import Database
from storage.surfaces import SqlOutbox
from tests.fakes import FakeChat, FakeClock
from tests.flows.house import OnSlack, Person
from tests.flows.reporting import reporter
from tests.flows.staff import Staff, act, told
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF, RUBRIC, T0, ZONE, context, request

#: T0 is a Tuesday of week 48.
NEXT_MONDAY = datetime(2026, 11, 30, 13, tzinfo=UTC)  # 08:00 in the agency
WEEK = timedelta(days=7)


async def week_of_work(staff: Staff) -> None:
    """One task answered in two days, one that will be late, one withdrawn."""
    await staff.in_clearance(subject="Embarrassing beds")
    task = await staff.house.task()
    assert task.package is not None
    await staff.later(timedelta(days=2))
    for actor, command in (
        (DAD_CS, m.Clear(0, 1, task.package.sha256)),
        (COS, m.Clear(1, 1, task.package.sha256)),
        (MANAGER, m.Transmit(task.package.sha256)),
    ):
        await staff.house.do(actor, command)
    await staff.house.do(MANAGER, request("declaration", due_at=T0 + timedelta(days=4)), number="")
    await staff.house.do(MANAGER, m.RouteTask((HOU_CHIEF,), "guidance"), "T-1002")
    await staff.house.do(MANAGER, request("report"), number="")
    await staff.house.do(MANAGER, m.Withdraw("taken back"), "T-1003")
    await staff.until(NEXT_MONDAY)


async def test_who_sees_all_reads_what_happened_and_takes_it_as_a_file(staff: Staff) -> None:
    (chief,) = await staff.seat(COS)
    await week_of_work(staff)
    await chief.says("report for last week")
    shown = chief.reads("Report, week 48")
    for words in (
        "Week 48, from 23 Nov to 29 Nov 2026.",
        "Received: 3 (the week before 0)",
        "Transmitted: 1 (0)",
        "On time: 100% (nothing sent)",
        "Median turnaround: 2.0 days (none)",
        "Withdrawn: 1 (0)",
        "Open: 1 (0), 1 of them overdue (0)",
        "In final clearance: 2.0 days",
        "Open by division: CS 1 (1 overdue)",
        "T-1002, 2 days overdue",
    ):
        assert words in shown
    assert "Embarrassing" not in shown
    assert [png for png in pictures(staff, chief) if png.startswith(b"\x89PNG")]

    await chief.press("Report, week 48", "Excel")
    await chief.press("Report, week 48", "PDF")
    files = await chief.opened_files()
    assert files["report-2026-W48.pdf"].startswith(b"%PDF-")
    book = openpyxl.load_workbook(io.BytesIO(files["report-2026-W48.xlsx"]))
    assert book.sheetnames == ["Summary", "By type", "By division", "Overdue", "Trend"]
    summary = {row[0]: row[1:] for row in book["Summary"].iter_rows(values_only=True)}
    assert (summary["Received"], summary["On time"], summary["Open"]) == ((3, 0), (1, 0), (1, 0))
    assert [row[0] for row in book["Overdue"].iter_rows(values_only=True)] == ["Task", "T-1002"]

    await staff.later(timedelta(days=3))
    await staff.house.do(MANAGER, m.Withdraw("taken back"), "T-1002")
    await chief.says("Report week 48?")
    assert chief.reads("Report, week 48") == shown  # what came later is of a later report

    await chief.press("Report, week 48", "Open")
    assert chief.reads("T-1002")


def pictures(staff: Staff, person: Person) -> list[bytes]:
    """The images on the newest report in front of them."""
    card = person.cards("Report")[-1]
    if isinstance(person, OnSlack):
        ids = [block["slack_file"]["id"] for block in card["blocks"] if block["type"] == "image"]
        return [staff.house.slack.files[file][1] for file in ids]
    body = card["attachments"][0]["content"]["body"]
    shown = [part["url"] for part in body if part["type"] == "Image" and part["altText"].startswith("12 weeks, from ")]
    return [b"\x89PNG" for url in shown if url.startswith("data:image/png;base64,iVBORw0KGgo")]


async def test_who_may_not_see_all_reads_the_report_of_their_component_and_no_other(staff: Staff) -> None:
    (chief,) = await staff.seat(HOU_CHIEF)
    await week_of_work(staff)
    await chief.says("mine")
    refused = "Reports are for task managers, the TPSU chief and senior leadership; ask a task manager."
    for words, why in (
        ("report", refused),
        ("report 2026-W48 xlsx", refused),
        ("report for MQMU", "The report for MQMU is for those who lead it or answer for it."),
        ("report here weekly", "Only a task manager can say who gets the report."),
        ("who gets the report", "Only a task manager says who gets the report."),
    ):
        async with staff.house.refusal(chief) as said:
            await chief.says(words)
        assert said == [why]
    await staff.house.do(MANAGER, request("medpar", due_at=NEXT_MONDAY + WEEK), number="")
    await staff.house.do(MANAGER, m.RouteTask((MQMU_CHIEF,), "guidance"), "T-1004")
    await staff.later(timedelta(minutes=1))
    await chief.says("report for HOU for this week")
    assert "Received: 0 (the week before 3)" in chief.reads("Report for HOU, week 49")
    assert "Open: 1 (1)" in chief.reads("Report for HOU, week 49")
    await chief.press("Report for HOU", "Excel")
    assert "report-HOU-2026-W49.xlsx" in await chief.opened_files()


async def test_a_manager_sets_in_chat_who_gets_it_and_ends_it(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, COS)
    await manager.says("report")
    await act(manager, "Report", "Send it weekly", recipient=COS, weekday="0", hour="8")
    assert lately_or_told(manager).endswith("Daniel Reyes gets the report every Monday at 08:00.")
    await staff.until(NEXT_MONDAY - timedelta(minutes=1))
    assert not chief.cards("Report")
    await staff.until(NEXT_MONDAY)
    assert len(chief.cards("Report, week 48")) == 1
    await manager.says("who gets the report")
    assert "Daniel Reyes Every Monday at 08:00" in manager.reads("Weekly report")
    await act(manager, "Weekly report", "Stop")
    assert "Nobody gets the report by itself." in manager.reads("Weekly report")
    await staff.later(WEEK)
    assert len(chief.cards("Report")) == 1


def lately_or_told(person: Person) -> str:
    return told(person) if isinstance(person, OnSlack) else person.reads("Done")


async def test_a_taskings_channel_gets_it_by_word_and_any_other_channel_does_not(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    if isinstance(manager, OnSlack):
        room = staff.house.slack.add_channel("taskings", manager.user.id)
    else:
        room = staff.house.teams.add_room("Taskings").id
    async with staff.house.refusal(manager) as said:
        await manager.says("report here every Monday 08:00", room)
    assert said == [
        "The report tells of every task: it goes to task managers, senior leadership and taskings channels. "
        "Say “here” first where it should go to a channel."
    ]
    await manager.says("here", room)
    await manager.says("report here every Monday 08:00", room)
    await staff.until(NEXT_MONDAY)
    assert len(manager.cards("Report, week 48", room)) == 1
    assert manager.offered("Report", room) == ["Excel", "PDF"]
    assert not await staff.differences()
    await manager.press("Report", "PDF", room)
    assert "report-2026-W48.pdf" in await manager.opened_files()
    await manager.says("report", room)
    assert len(manager.cards("Report, week 48", room)) == 2
    await manager.says("stop the report here", room)
    await staff.later(WEEK)
    assert len(manager.cards("Report", room)) == 2


# Exactly one report a period, on each database


class Office:
    """Two deliverers over one database, as two replicas are, and a chat of each person's."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock, self.chat = database, FakeClock(), FakeChat()
        self.handle = Handler(database, RUBRIC, self.clock, ZONE)
        self.replicas = [self.started(), self.started()]

    def started(self) -> Deliverer:
        outbox = SqlOutbox(self.database, self.clock)
        return Deliverer(outbox, {"slack": self.chat}, reporter(self.database), RUBRIC, self.clock, ZONE)

    async def settle(self) -> None:
        while sum([await replica.run_once() for replica in self.replicas]):
            pass

    def reports(self, address: str) -> list[str]:
        """The titles of every report that went there."""
        return [cards[0].title for where, cards in self.chat.messages.items() if where.startswith(f"{address}/")]


@pytest.fixture
async def office(database: Database) -> Office:
    office = Office(database)
    await office.handle.organize(sample_directory(), OPERATOR, "command line")
    await office.handle.organize(om.RegisterRoom(Room("slack", "C1", "taskings")), OPERATOR, "command line")
    await office.replicas[0].outbox.enrol(Account("slack", "U-cos", "D-cos"), COS)
    for recipient in (COS, "room:slack:C1"):
        await office.handle.organize(ScheduleReport(recipient, 0, 8), MANAGER, "slack")
    await office.settle()
    return office


async def test_each_gets_one_report_a_week_whatever_starts_stops_and_changes(office: Office) -> None:
    assert office.reports("D-cos") == []  # none of the Monday before it was set
    office.clock.at = NEXT_MONDAY
    await asyncio.gather(*(replica.run_once() for replica in office.replicas for _ in range(3)))
    office.replicas = [office.started(), office.started()]
    await office.settle()
    assert office.reports("D-cos") == office.reports("C1") == ["Report, week 48"]

    await office.handle.organize(om.SetAway(COS, T0.date(), NEXT_MONDAY.date()), COS, "slack")
    await office.handle.organize(StopReport(COS), MANAGER, "slack")
    await office.handle.organize(ScheduleReport(COS, 0, 9), MANAGER, "slack")
    for _ in range(3):
        office.clock.advance(timedelta(hours=1))
        await office.settle()
    assert office.reports("D-cos") == ["Report, week 48"]
    assert all(len(versions) == 1 for versions in office.chat.messages.values())

    office.replicas = []  # down over a Monday and its Tuesday, and once for weeks
    office.clock.at = NEXT_MONDAY + WEEK + timedelta(days=1)
    office.replicas = [office.started()]
    await office.settle()
    assert office.reports("D-cos") == office.reports("C1") == ["Report, week 48", "Report, week 49"]
    office.clock.at = NEXT_MONDAY + WEEK * 4 + timedelta(days=2)
    office.replicas = [office.started(), office.started()]
    await office.settle()
    assert office.reports("D-cos") == ["Report, week 48", "Report, week 49", "Report, week 52"]


async def test_what_is_recorded_afterwards_changes_no_report_that_was_sent(office: Office) -> None:
    await office.handle(Click("log", "slack", MANAGER, "", request(due_at=T0 + timedelta(days=4))))
    office.clock.at = NEXT_MONDAY
    await office.settle()
    more = m.Correct("due_at", "2026-12-24T12:00", "a call")
    await office.handle(Click("more", "slack", MANAGER, "T-1001", more))
    await office.handle.organize(om.SetAway(COS, T0.date(), NEXT_MONDAY.date()), COS, "slack")
    await office.settle()
    [sent] = [cards for where, cards in office.chat.messages.items() if where.startswith("D-cos/")]
    assert "1 (0), 1 of them overdue" in str(sent[-1].body)
    assert len(sent) == 1
    again = await office.replicas[0].reporter.card(period_of("2026-W48"), context(COS, office.clock()))
    assert "1 (0), 0 of them overdue" in str(again.body)


async def test_who_does_not_see_all_any_more_gets_none(office: Office) -> None:
    people = replace(sample_directory(), components=())
    left = tuple(replace(p, ended_on=T0.date()) for p in people.people if p.email == COS)
    await office.handle.organize(om.ImportDirectory((), left), OPERATOR, "command line")
    office.clock.at = NEXT_MONDAY
    await office.settle()
    assert office.reports("D-cos") == []
    assert office.reports("C1") == ["Report, week 48"]


async def test_a_report_that_was_cut_off_while_it_was_sent_is_found_again(office: Office) -> None:
    office.clock.at = NEXT_MONDAY
    office.chat.fail_next, office.chat.accepts = Retryable("cut off"), True
    await office.settle()
    office.clock.advance(timedelta(minutes=20))
    await office.settle()
    assert office.reports("D-cos") == office.reports("C1") == ["Report, week 48"]
