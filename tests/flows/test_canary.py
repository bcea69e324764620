"""What must stay inside: a subject never in a notification, and nothing about people or requests in the log."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.demo import slack_world, teams_world
from bot.domain import messages as m
from bot.domain.task import Status
from bot.ports.chat import Click
from storage.database import Database
from tests.flows.house import House, OnSlack, OnTeams
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, T0, request

CANARY = "zyzzyva"
OURS = ("adapters", "bot", "cards", "storage")
SPOKEN = ("chat.postMessage", "chat.update", "chat.postEphemeral", "response_url")


async def test_a_subject_is_on_cards_and_never_in_a_notification(house: House) -> None:
    await story(house)
    slack = [body for method, body in house.slack.calls if method in SPOKEN]
    teams = [body for operation, _, body in house.teams.calls if operation in {"send", "update"}]
    for shown in (
        [body.get("blocks") for body in slack],
        [body.get("attachments") for body in teams],
    ):
        assert CANARY in json.dumps(shown)
    assert all(notified(house))
    assert [words for words in notified(house) if CANARY in words.lower()] == []


async def test_a_message_that_was_sent_to_taskings_is_in_no_notification_either(
    house: House, log: pytest.LogCaptureFixture
) -> None:
    manager, officer = await house.on_slack(MANAGER), await house.on_teams(HOU_CHIEF)
    channel = house.slack.add_channel("taskings", manager.user.id)
    await manager.says("here", channel)
    await officer.forwards(f"How many of {CANARY} were there?", f"A. {CANARY}", note=f"The {CANARY}!")
    await manager.press("T-1001", "More", channel)
    await manager.press("Received", "Withdraw", reason=f"No {CANARY} here.")
    await manager.forwards(f"How many of {CANARY} are there?", f"B. {CANARY}")
    await manager.fill(task_type="declaration", subject=f"The {CANARY}", about="HOU", due_at=T0 + timedelta(days=9))
    assert (await house.task("T-1002")).status is Status.LOGGED
    assert CANARY in officer.reads("Sent: T-1001")
    assert [words for words in notified(house) if CANARY in words.lower()] == []
    assert CANARY in manager.reads("T-1002")
    assert "How many of" not in manager.reads("T-1001", channel)
    assert [word for word in private_in(log.text) if word != "priya.raman@example.gov"] == []


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that we write; of the libraries what `serve` keeps."""
    caplog.set_level(logging.INFO)
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


async def test_the_log_of_a_story_and_of_what_fails_in_it_names_nobody_and_no_request(
    house: House, log: pytest.LogCaptureFixture
) -> None:
    await goes_wrong(house, await story(house))
    for expected in (
        "is tried again later",
        "is gone",
        "Slack refused",
        "answer_lost",
        "answering failed unexpectedly",
    ):
        assert expected in log.text
    assert private_in(log.text) == []


async def test_the_log_of_a_worker_that_fails_names_nobody_and_no_request(
    house: House, log: pytest.LogCaptureFixture
) -> None:
    await worker_stumbles(house)
    assert "storage/surfaces.py" in log.text
    assert private_in(log.text) == []


async def test_a_statement_that_fails_is_told_without_its_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as failure:
        await database.run(wrong)
    assert "nowhere" in str(failure.value)
    assert CANARY not in str(failure.value)


async def test_a_transaction_that_fails_once_nobody_waits_for_it_is_not_logged(
    database: Database, log: pytest.LogCaptureFixture
) -> None:
    begun = asyncio.Event()

    def work(connection: Connection) -> None:
        begun.set()
        wrong(connection)

    waiting = asyncio.create_task(database.run(work))
    await begun.wait()
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    del waiting
    await database.run(lambda connection: None)  # turns of the loop, after which nothing holds the failed task
    gc.collect()  # which is when asyncio would log an error that nobody asked for
    assert log.text == ""


def wrong(connection: Connection) -> None:
    connection.execute(text("SELECT * FROM nowhere WHERE subject = :subject"), {"subject": CANARY})


def private_in(log: str) -> list[str]:
    """What a log may not hold: the canary, and whoever is in the directory."""
    private = {CANARY, *(word for p in SAMPLE.people.values() for word in (p.name, p.email))}
    return [word for word in private if word.lower() in log.lower()]


def notified(house: House) -> Iterator[str]:
    """What a phone shows of each message without opening it, and reads aloud."""
    yield from (str(body["text"]) for method, body in house.slack.calls if method in SPOKEN)
    for operation, _, body in house.teams.calls:
        if operation in {"send", "update"}:
            yield body.get("summary") or body["text"]
            yield from (attachment["content"]["speak"] for attachment in body.get("attachments") or ())


async def story(house: House) -> OnSlack:
    """An inquiry from receipt to sealed record: its manager and the DAD on Slack, the officer and the CoS on Teams."""
    manager, dad = [await house.on_slack(email) for email in (MANAGER, DAD_CS)]
    officer, cos = [await house.on_teams(email) for email in (HOU_CHIEF, COS)]
    channel = house.slack.add_channel("taskings", manager.user.id, dad.user.id)
    await manager.says("here", channel)
    await logs(house, manager)
    await manager.press("T-1001", "Assign")
    await manager.fill()
    await officer.press("T-1001", "Acknowledge")
    await officer.press("T-1001", "Defer", reason=f"Is the {CANARY} mine?")
    await manager.press("T-1001", "Decline", channel, comment=f"The {CANARY} is yours.")
    await answers(officer, 3)
    await manager.press("Review", "Send to clearance")
    await dad.press("Clearance", "Clear")
    await cos.press("Clearance", "Return", comment=f"Which {CANARY}?")
    await manager.press("Review", "Return", comment=f"Say which {CANARY}.")
    await answers(officer, 4)
    for person in (manager, officer):
        await person.says("mine")
        await person.says("status of T-1001")
        await person.says("open tasks")
        await person.says(f"what became of the {CANARY}?")
    await manager.press("Review", "Send to clearance")
    await dad.press("Clearance", "Clear")
    await cos.press("Clearance", "Clear")
    await manager.press("Transmit", "Transmit", note=f"About the {CANARY}")
    await manager.press("Transmit", "Close record")
    assert (await house.task()).status is Status.CLOSED
    return manager


async def logs(house: House, manager: OnSlack) -> None:
    await manager.starts()
    await manager.fill(
        task_type="Congressional inquiry",
        subject=f"The {CANARY}",
        text=f"How many of {CANARY} were there?",
        requestor="ICE OCR",
        about="HOU",
        due_at=T0 + timedelta(days=10),
    )


async def answers(officer: OnTeams, number: int) -> None:
    await officer.sends(f"{CANARY} {number}.txt", b"about it")
    await officer.press("T-1001", "Respond")
    await officer.fill(text=f"There were {number} of {CANARY}.")


async def goes_wrong(house: House, manager: OnSlack) -> None:
    """Both platforms fail, somebody is gone, and then a column is, which nobody expects."""
    house.slack.fail("chat.postMessage", slack_world.Fault(503), slack_world.Fault(error="invalid_blocks"))
    house.teams.fail("send", teams_world.Fault(403, "BotNotInConversationRoster"))
    await logs(house, manager)
    await house.do(MANAGER, m.RouteTask((HOU_CHIEF,)), "T-1002")
    house.teams.fail("send", teams_world.Fault(500, "ServiceError"))
    await house.seated[-1].says("status of T-1002")
    await house.database.run(lambda c: c.execute(text("ALTER TABLE links RENAME COLUMN value TO lost")))
    await logs(house, manager)
    await house.seated[-1].says("mine")


async def worker_stumbles(house: House) -> None:
    """The worker over a database without surfaces, until it says that it failed."""
    await house.database.run(lambda c: c.execute(text("DROP TABLE surfaces")))
    await house.running.desk.handle(Click("last", "slack", MANAGER, "", request(subject=CANARY)))
    said = Heard("delivery failed")
    logging.getLogger("bot.compose").addHandler(said)
    working = asyncio.create_task(house.running.work())
    try:
        await asyncio.wait_for(said.heard.wait(), 10)
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        logging.getLogger("bot.compose").removeHandler(said)


class Heard(logging.Handler):
    """Sets `heard` once these words are logged."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words, self.heard = words, asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if self.words in record.getMessage():
            self.heard.set()
