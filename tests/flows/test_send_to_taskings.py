"""Somebody sends a request that reached them to Taskings, on either platform, and hears what becomes of it (6-1.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Original
from bot.domain.task import Status
from tests.flows.house import House, OnSlack, Person
from tests.world import HOU_CHIEF, MANAGER, SAMPLE, T0, holder

WORDS = "How many beds <were> in use & where?\nThe hearing is on Friday."
OTHER = next(p.email for p in SAMPLE.people.values() if p.email != MANAGER and "task-manager" in map(str, p.posts))
LINK = {"slack": "/archives/C", "teams": "https://teams.microsoft.com/l/message/19:elsewhere@thread.v2/"}
REST = {"task_type": "congressional-inquiry", "subject": "Bed capacity", "about": "HOU"}


async def person(house: House, platform: str, email: str) -> Person:
    return await (house.on_slack(email) if platform == "slack" else house.on_teams(email))


def logged(platform: str) -> dict[str, object]:
    """What a task manager adds, as each platform takes a moment."""
    due = T0 + timedelta(days=10)
    when = {"due_at": due} if platform == "slack" else {"due_at": "2026-12-04", "due_at.time": "17:00"}
    return {**REST, **when}


@pytest.mark.parametrize(("platform", "other"), [("slack", "teams"), ("teams", "slack")])
async def test_a_request_that_reached_somebody_is_logged_by_a_task_manager(
    house: House, platform: str, other: str
) -> None:
    chief, manager, second = [
        await person(house, where, email)
        for where, email in ((platform, HOU_CHIEF), (other, MANAGER), (platform, OTHER))
    ]
    at_slack = manager if isinstance(manager, OnSlack) else second
    assert isinstance(at_slack, OnSlack)
    room = house.slack.add_channel("taskings", at_slack.user.id)
    await at_slack.says("here", room)
    await chief.forwards(WORDS, "Ana Ortiz")
    assert "A message by Ana Ortiz." in chief.opened
    assert "How many beds <were> in use & where?" in chief.opened
    await chief.fill(note="She calls at noon.")

    task = await house.task()
    source = task.request.source
    assert source is not None
    assert (task.status, source.by, source.note) == (Status.RECEIVED, HOU_CHIEF, "She calls at noon.")
    assert source.original.author == "Ana Ortiz"
    assert LINK[platform] in source.original.link
    assert "logs it next" in chief.reads("Sent: T-1001")
    for reader in (manager, second):
        assert "Sent to Taskings: LaToya Freeman" in reader.reads("Received: T-1001")
        assert "where? The hearing is on Friday. Note by LaToya Freeman She calls at noon." in reader.reads(
            "Received: T-1001"
        )
        assert reader.offered("Received: T-1001") == ["Log", "Withdraw"]
        await reader.says("mine")
        assert "T-1001" in reader.reads("My work")
    in_room = at_slack.reads("T-1001", room)
    assert "Received, not logged yet" in in_room
    assert "beds" not in in_room

    await manager.press("Received: T-1001", "Log")
    await manager.fill(**logged(other))
    task = await house.task()
    assert (task.number, task.status, task.manager) == ("T-1001", Status.LOGGED, MANAGER)
    assert (task.request.requestor, task.request.source) == ("Ana Ortiz", source)
    assert manager.offered("T-1001") == ["Assign"]
    assert "The Taskings Program logged it. Status: Logged, not assigned yet" in chief.reads("Sent: T-1001")
    for reader in (manager, second):
        assert reader.offered("Received: T-1001") == []
    assert await house.differences() == []


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_what_is_no_tasking_is_turned_away_with_a_reason_that_the_sender_reads(
    house: House, platform: str
) -> None:
    chief, manager, _ = [await person(house, platform, email) for email in (HOU_CHIEF, MANAGER, OTHER)]
    await chief.forwards(WORDS, "Ana Ortiz", note="")
    await manager.press("Received: T-1001", "Withdraw", reason="A question between units (4-1).")
    assert (await house.task()).status is Status.WITHDRAWN
    assert "closed it without a response" in chief.reads("Sent: T-1001")
    assert "A question between units (4-1)." in chief.reads("Sent: T-1001")
    assert await house.differences() == []


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_task_manager_logs_a_message_in_one_step(house: House, platform: str) -> None:
    manager = await person(house, platform, MANAGER)
    await manager.forwards(WORDS, "Ana Ortiz")
    assert "Log a request" in manager.opened
    assert "The hearing is on Friday." in manager.opened
    await manager.fill(**logged(platform))
    task = await house.task()
    source = task.request.source
    assert source is not None
    assert (task.status, task.request.requestor, source.by) == (Status.LOGGED, "Ana Ortiz", MANAGER)
    assert source.original == Original(WORDS, "Ana Ortiz", source.original.link)
    assert source.original.link in manager.reads("T-1001")
    assert manager.cards("Sent") == manager.cards("Received") == []


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_message_longer_than_the_form_begins_there_and_says_so(house: House, platform: str) -> None:
    chief = await person(house, platform, HOU_CHIEF)
    await chief.forwards("beds " * 8_000, "Ana Ortiz")
    assert "with the link to it. Its first 3,000 of 39,999 characters are here." in chief.opened
    await chief.fill(note="")
    assert len((await house.task()).request.text) == 2_999  # the last of 3,000 is a space


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_bad_input_is_told_in_the_form_and_a_correction_counts_once(house: House, platform: str) -> None:
    manager = await person(house, platform, MANAGER)
    await manager.forwards(WORDS, "Ana Ortiz")
    late = (
        {"due_at": T0 - timedelta(days=1)} if platform == "slack" else {"due_at": "2026-11-23", "due_at.time": "09:00"}
    )
    async with house.refusal(manager) as told:
        await manager.fill(**REST, **late)
    assert "has already passed" in " ".join(told)
    assert "The hearing is on Friday." in manager.opened
    await manager.fill(**logged(platform))
    assert (await house.task()).request.subject == "Bed capacity"


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_stranger_is_refused_and_told_why(house: House, platform: str) -> None:
    email = "stranger@example.gov"
    stranger = await (house.on_slack(email, "S. Ranger") if platform == "slack" else house.on_teams(email, "S. Ranger"))
    async with house.refusal(stranger) as told:
        await stranger.forwards(WORDS, "Ana Ortiz")
    assert "I don't know you; ask the Taskings Program to add your email to the directory." in " ".join(told)


async def test_what_is_sent_twice_makes_one_task(house: House) -> None:
    on_slack, on_teams = await house.on_slack(HOU_CHIEF), await house.on_teams(holder("unit-chief", "MQMU"))
    await on_slack.forwards(WORDS, "Ana Ortiz", note="")
    await house.slack.resend(house.slack.sent[-1])
    await on_teams.forwards(WORDS, "Ana Ortiz", note="")
    again = {**house.teams.sent[-1], "id": "f:sent-again"}
    await house.teams.deliver(again)
    await house.settle()
    assert [(await house.task(number)).request.source.by for number in ("T-1001", "T-1002")] == [  # type: ignore[union-attr]
        HOU_CHIEF,
        holder("unit-chief", "MQMU"),
    ]
    count = await house.database.run(lambda c: c.exec_driver_sql("SELECT count(*) FROM tasks").scalar())
    assert count == 2


async def test_somebody_new_in_teams_is_known_by_their_own_chat_and_gets_their_card_there(house: House) -> None:
    """The bot is not in the conversation that the message is in, and nobody wrote to it before."""
    email = HOU_CHIEF
    chief = await house.on_teams(email)
    await house.database.run(lambda c: c.exec_driver_sql("DELETE FROM accounts"))
    await chief.forwards(WORDS, "Ana Ortiz", note="")
    assert "logs it next" in chief.reads("Sent: T-1001")
    assert house.elsewhere.messages == {}
