"""From a committed change to both chats: placed, shown, kept up to date, retried, never twice."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.files import ObjectFiles
from adapters.pdf import draw_pdf
from adapters.vault import Keys
from bot.domain import messages as m
from bot.domain.messages import Command
from bot.domain.organization import Room
from bot.domain.organization_messages import OPERATOR, RegisterRoom
from bot.domain.task import Task
from bot.errors import Retryable, SurfaceGone
from bot.ports.chat import Account, Click, Shown
from bot.services.deliver import Deliverer, wait_after
from bot.services.desk import TaskDesk
from bot.services.directory import sample_directory
from bot.services.export import Exporter
from bot.services.handle import Handler
from cards.actions import ASK
from cards.model import Card
from storage.archive import SqlArchive
from storage.database import Database
from storage.surfaces import SqlOutbox
from tests.fakes import FakeChat, FakeClock
from tests.flows.reporting import reporter
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, RUBRIC, ZONE, request


@dataclass
class Office:
    """Officer on Teams, officials on Slack, and a taskings channel on Slack."""

    handle: Handler
    deliver: Deliverer
    outbox: SqlOutbox
    clock: FakeClock
    slack: FakeChat
    teams: FakeChat
    clicks: int = 0

    async def do(self, actor: str, command: Command, number: str = "T-1001") -> Task:
        self.clicks += 1
        task = await self.handle(Click(f"k{self.clicks}", "slack", actor, number, command))
        await self.settle()
        return task

    async def settle(self) -> None:
        while await self.deliver.run_once():
            pass


@pytest.fixture
async def office(database: Database) -> Office:
    clock = FakeClock()
    handle = Handler(database, RUBRIC, clock, ZONE)
    await handle.organize(sample_directory(), OPERATOR, "command line")
    await handle.organize(RegisterRoom(Room("slack", "C1", "taskings")), OPERATOR, "command line")
    slack = FakeChat({DAD_CS: "D-dad", COS: "D-cos"})
    teams = FakeChat()
    outbox = SqlOutbox(database, clock)
    await outbox.enrol(Account("slack", "U-manager", "D-manager"), MANAGER)
    await outbox.enrol(Account("teams", "29:officer", "a:officer"), HOU_CHIEF)
    deliver = Deliverer(outbox, {"slack": slack, "teams": teams}, reporter(database), RUBRIC, clock, ZONE)
    return Office(handle, deliver, outbox, clock, slack, teams)


def labels(card: Card) -> list[str]:
    """The buttons that decide something."""
    return [button.label for button in card.buttons if button.action != ASK]


def facts(card: Card) -> str:
    return str(card.body)


async def assigned(office: Office) -> None:
    await office.do(MANAGER, request(), number="")
    await office.do(MANAGER, m.RouteTask((HOU_CHIEF,)))


async def in_clearance(office: Office) -> Task:
    await assigned(office)
    await office.do(HOU_CHIEF, m.Acknowledge(1))
    await office.do(HOU_CHIEF, m.Respond(1, "412 beds"))
    return await office.do(MANAGER, m.SendToClearance())


async def test_after_each_click_every_surface_on_both_platforms_shows_the_new_state(office: Office) -> None:
    await assigned(office)
    assert labels(office.teams.shown("a:officer", "T-1001")) == ["Acknowledge", "No information", "Defer"]
    await office.do(HOU_CHIEF, m.Acknowledge(1))
    assert labels(office.teams.shown("a:officer", "T-1001")) == [
        "Respond",
        "No information",
        "Defer",
        "Delegate",
        "More time",
    ]
    assert "acknowledged" in facts(office.slack.shown("C1", "T-1001"))
    await office.do(HOU_CHIEF, m.Respond(1, "412 beds"))
    assert labels(office.teams.shown("a:officer", "T-1001")) == []
    task = await office.do(MANAGER, m.SendToClearance())
    assert labels(office.slack.shown("D-dad", "Clearance")) == ["Clear", "Return"]
    assert task.package is not None
    await office.do(DAD_CS, m.Clear(0, 1, task.package.sha256))
    assert labels(office.slack.shown("D-dad", "Clearance")) == []
    assert labels(office.slack.shown("D-cos", "Clearance")) == ["Clear", "Return"]
    await office.do(COS, m.Clear(1, 1, task.package.sha256))
    assert labels(office.slack.shown("D-manager", "Transmit")) == ["Transmit"]
    assert "cleared by" in facts(office.slack.shown("D-cos", "Clearance"))


async def test_somebody_asked_again_gets_a_new_message(office: Office) -> None:
    task = await in_clearance(office)
    assert task.package is not None
    await office.do(DAD_CS, m.Return(0, 1, task.package.sha256, "Which facility?"))
    await office.do(MANAGER, m.ReturnResponse(1, "See the DAD"))
    await office.do(HOU_CHIEF, m.Respond(1, "412 beds at one facility"))
    await office.do(MANAGER, m.SendToClearance())
    clearances = [v for m_, v in office.slack.messages.items() if m_.startswith("D-dad/")]
    assert len(clearances) == 2
    assert [labels(card[-1]) for card in clearances] == [[], ["Clear", "Return"]]


async def test_nothing_is_sent_when_nothing_changed(office: Office) -> None:
    await assigned(office)
    assert await office.deliver.run_once() == 0


async def test_five_changes_before_delivery_are_one_update(office: Office) -> None:
    await assigned(office)
    before = len(office.teams.messages["a:officer/1"])
    for key, command in (("a", m.Acknowledge(1)), ("b", m.Defer(1, "no"))):
        await office.handle(Click(key, "teams", HOU_CHIEF, "T-1001", command))
    await office.settle()
    assert len(office.teams.messages["a:officer/1"]) == before + 1


async def test_a_card_that_looks_the_same_is_not_sent_again(office: Office) -> None:
    await assigned(office)
    sent = {key: len(value) for key, value in office.slack.messages.items()}
    await office.handle.organize(RegisterRoom(Room("slack", "C2", "second")), OPERATOR, "command line")
    await office.settle()
    assert {key: len(office.slack.messages[key]) for key in sent} == sent
    assert office.slack.shown("C2", "T-1001")


async def test_a_rate_limited_surface_catches_up_after_the_time_it_was_told(office: Office) -> None:
    await office.do(MANAGER, request(), number="")
    office.teams.fail_next = Retryable("429", after=timedelta(seconds=30))
    await office.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    assert office.teams.messages == {}
    office.clock.advance(timedelta(seconds=29))
    await office.settle()
    assert office.teams.messages == {}
    office.clock.advance(timedelta(seconds=2))
    await office.settle()
    assert len(office.teams.messages) == 1


async def test_a_message_that_was_accepted_though_the_answer_was_lost_is_not_sent_twice(office: Office) -> None:
    await office.do(MANAGER, request(), number="")
    office.teams.accepts, office.teams.fail_next = True, Retryable("connection dropped")
    await office.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    office.clock.advance(timedelta(minutes=1))
    await office.settle()
    assert len(office.teams.messages) == 1


async def test_a_worker_that_died_with_a_lease_is_followed_by_another(office: Office) -> None:
    await office.handle(Click("log", "slack", MANAGER, "", request()))
    await office.deliver.run_once()
    await office.handle(Click("route", "slack", MANAGER, "T-1001", m.RouteTask((HOU_CHIEF,))))
    assert await office.outbox.claim("slack", 20)
    assert await office.outbox.claim("slack", 20) == ()
    office.clock.advance(timedelta(seconds=61))
    await office.settle()
    assert "With its action officers" in facts(office.slack.shown("C1", "T-1001"))


async def test_a_person_whose_chat_is_gone_is_told_on_the_other_platform(office: Office) -> None:
    await office.outbox.enrol(Account("slack", "U-officer", "D-officer"), HOU_CHIEF)
    office.clock.advance(timedelta(seconds=1))
    await office.outbox.enrol(Account("teams", "29:officer", None), HOU_CHIEF)
    office.teams.fail_next = SurfaceGone("BotNotInConversationRoster")
    await assigned(office)
    office.clock.advance(timedelta(seconds=5))
    await office.settle()
    assert office.slack.shown("D-officer", "T-1001")


async def test_a_person_nobody_can_reach_yet_gets_the_card_once_they_write(office: Office, database: Database) -> None:
    other = next(p.email for p in sample_directory().people if "unit-chief@MQMU" in {str(x) for x in p.posts})
    await assigned(office)
    await office.do(MANAGER, m.AssignAlso(other, "ERO guidance"))
    stuck = text("SELECT count(*) FROM surfaces WHERE message_id IS NULL")
    assert await database.run(lambda c: c.scalar(stuck)) == 1
    await office.outbox.enrol(Account("teams", "29:other", "a:other"), other)
    await office.settle()
    assert labels(office.teams.shown("a:other", "T-1001")) == ["Acknowledge", "No information", "Defer"]


async def test_who_writes_while_they_are_looked_for_gets_their_card_at_once(office: Office) -> None:
    other = next(p.email for p in sample_directory().people if "unit-chief@MQMU" in {str(x) for x in p.posts})
    await assigned(office)
    await office.handle(Click("also", "slack", MANAGER, "T-1001", m.AssignAlso(other, "ERO guidance")))
    place, *_ = office.deliver.rounds
    await place()
    (surface,) = await office.outbox.claim_homeless(("slack", "teams"), 20)
    await office.outbox.enrol(Account("teams", "29:other", "a:other"), other)
    await office.outbox.later(surface, timedelta(minutes=10), "not found")
    await office.settle()
    assert office.teams.shown("a:other", "T-1001")


@pytest.mark.parametrize(
    ("attempts", "asked", "wait"),
    [
        (0, None, timedelta(seconds=2)),
        (3, None, timedelta(seconds=16)),
        (99, None, timedelta(minutes=10)),
        (3, timedelta(seconds=1), timedelta(seconds=1)),
    ],
)
def test_waits_double_up_to_a_limit_unless_the_platform_says(
    attempts: int, asked: timedelta | None, wait: timedelta
) -> None:
    assert wait_after(attempts, asked) == wait


async def test_the_answer_to_a_click_is_the_card_that_was_clicked_as_it_is_now(
    office: Office, database: Database, tmp_path: Path
) -> None:
    files = ObjectFiles(f"file://{tmp_path}/files", Keys({"k": bytes(32)}))
    desk = TaskDesk(
        office.handle, files, office.deliver.reporter, Exporter(SqlArchive(database), files, draw_pdf, ZONE)
    )
    await assigned(office)
    seen = Shown("teams", "a:officer", "a:officer/1")
    reply = await desk.click(Click("ack", "teams", HOU_CHIEF, "T-1001", m.Acknowledge(1), seen))
    assert reply.card is not None
    assert labels(reply.card) == ["Respond", "No information", "Defer", "Delegate", "More time"]
    await office.settle()
    assert office.teams.shown("a:officer", "T-1001") == reply.card
    form = await desk.click(Click("answer", "teams", HOU_CHIEF, "T-1001", m.Respond(1, "412")))
    assert (form.card, form.text) == (None, "T-1001 is in review.")


async def test_a_platform_that_was_turned_off_holds_up_nobody_on_the_other(office: Office) -> None:
    await assigned(office)
    only_teams = replace(office.deliver, chats={"teams": office.teams})
    await office.handle(Click("ack", "teams", HOU_CHIEF, "T-1001", m.Acknowledge(1)))
    while await only_teams.run_once():
        pass
    assert labels(office.teams.shown("a:officer", "T-1001")) == [
        "Respond",
        "No information",
        "Defer",
        "Delegate",
        "More time",
    ]
    assert "not acknowledged" in facts(office.slack.shown("C1", "T-1001"))
    office.clock.advance(timedelta(minutes=10))
    await office.settle()
    assert "being answered" in facts(office.slack.shown("C1", "T-1001"))


async def test_a_channel_on_a_platform_that_is_off_is_never_taken_for_a_person(office: Office) -> None:
    only_teams = replace(office.deliver, chats={"teams": office.teams})
    await office.handle(Click("log", "slack", MANAGER, "", request()))
    while await only_teams.run_once():
        pass
    assert office.teams.asked == [MANAGER]


async def test_an_error_nobody_expected_at_one_card_stops_no_other_and_is_logged_without_words(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.do(MANAGER, request(), number="")
    office.slack.fail_next = ValueError("Bed capacity")
    await office.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    assert labels(office.teams.shown("a:officer", "T-1001")) == ["Acknowledge", "No information", "Defer"]
    assert "reference" in caplog.text
    assert "Bed capacity" not in caplog.text
    office.clock.advance(timedelta(seconds=2))
    await office.settle()
    assert "With its action officers" in facts(office.slack.shown("C1", "T-1001"))
    assert "With its action officers" in facts(office.slack.shown("D-manager", "T-1001"))


async def test_a_conversation_that_hangs_holds_up_no_other(office: Office) -> None:
    await assigned(office)
    office.slack.held["C1"] = asyncio.Event()
    office.slack.order.clear()
    office.slack.went.clear()
    await office.handle(Click("ack", "teams", HOU_CHIEF, "T-1001", m.Acknowledge(1)))
    place, find, *shows = office.deliver.rounds
    await place()
    await find()
    showing = [asyncio.ensure_future(show()) for show in shows]
    await asyncio.wait(showing, return_when=asyncio.FIRST_COMPLETED)
    await office.slack.went["D-manager"].wait()  # the other conversation of the platform that hangs
    assert labels(office.teams.shown("a:officer", "T-1001")) == [
        "Respond",
        "No information",
        "Defer",
        "Delegate",
        "More time",
    ]
    office.slack.held["C1"].set()
    await asyncio.gather(*showing)
    assert office.slack.order == ["D-manager", "C1"]


async def test_the_card_that_was_clicked_is_brought_up_to_date_first(office: Office) -> None:
    await assigned(office)
    await office.do(MANAGER, request(), number="")
    office.slack.order.clear()
    channel = [message for message in office.slack.messages if message.startswith("C1/")]
    for message, number in zip(channel, ("T-1001", "T-1002"), strict=True):
        assert office.slack.messages[message][-1].title.startswith(number)
    seen = Shown("slack", "C1", channel[1])
    route = m.RouteTask((HOU_CHIEF,))
    await office.handle(Click("first", "slack", MANAGER, "T-1001", m.AssignAlso(COS, "ERO guidance")))
    await office.handle(Click("second", "slack", MANAGER, "T-1002", route, seen))
    (_, task, _), *_ = await office.outbox.claim("slack", 1)
    assert task.number == "T-1002"


async def test_what_is_written_here_wakes_the_worker(office: Office, database: Database) -> None:
    written = database.next_write
    await office.handle(Click("log", "slack", MANAGER, "", request()))
    assert written.is_set()
    quiet = database.next_write
    await office.outbox.claim("slack", 20)
    assert not quiet.is_set()


async def test_a_reminder_comes_once_at_its_time_and_never_for_what_is_done(office: Office) -> None:
    await assigned(office)
    task = await office.handle.store.read(lambda uow: uow.task("T-1001"))
    due = task.active[0].due_at

    def reminders() -> list[Card]:
        return [v[-1] for v in office.teams.messages.values() if v[-1].title.startswith("Reminder")]

    office.clock.at = due - timedelta(days=2)
    await office.settle()
    assert reminders() == []
    office.clock.at = due
    for _ in range(3):
        await office.settle()
    assert len(reminders()) == 2  # before, and now that it is due
    assert [button.label for button in reminders()[-1].buttons] == ["Open", "Mute reminders"]
    await office.do(HOU_CHIEF, m.Acknowledge(1))
    await office.do(HOU_CHIEF, m.Respond(1, "412 beds"))
    office.clock.advance(timedelta(days=3))
    await office.settle()
    assert [card.buttons for card in reminders()] == [(), ()]
    assert not any(v[-1].title.startswith("Late") for v in office.slack.messages.values())


async def test_a_notice_that_could_not_be_sent_in_time_is_not_sent_when_the_work_is_done(office: Office) -> None:
    await assigned(office)
    task = await office.handle.store.read(lambda uow: uow.task("T-1001"))
    office.clock.at = task.active[0].due_at
    place, *_ = office.deliver.rounds
    await place()
    await office.handle(Click("ack", "teams", HOU_CHIEF, "T-1001", m.Acknowledge(1)))
    await office.handle(Click("answer", "teams", HOU_CHIEF, "T-1001", m.Respond(1, "412 beds")))
    await office.settle()
    assert not any(v[-1].title.startswith("Reminder") for v in office.teams.messages.values())
