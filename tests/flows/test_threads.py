"""What people say in the thread of a task's card: comments are kept, and words clear nothing (5-4.5, 4-7)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.domain import messages as m
from bot.domain.task import Status
from tests.flows.house import House, OnSlack, Person
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF
from tests.world import request as inquiry


@dataclass(slots=True)
class Room:
    """A taskings channel with the card of an inquiry that waits for the DAD-CS, who is in it."""

    house: House
    id: str
    manager: Person
    dad: Person


@pytest.fixture(params=["slack", "teams"])
async def room(house: House, request: pytest.FixtureRequest) -> Room:
    on_slack = request.param == "slack"
    id = house.slack.add_channel("taskings") if on_slack else house.teams.add_room("Taskings").id
    manager, dad = [await seated(house, id, email, on_slack) for email in (MANAGER, DAD_CS)]
    await manager.says("here", id)
    await house.do(MANAGER, inquiry(), number="")
    await house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    await house.do(HOU_CHIEF, m.Acknowledge(1))
    await house.do(HOU_CHIEF, m.Respond(1, "412 beds"))
    await house.do(MANAGER, m.SendToClearance())
    return Room(house, id, manager, dad)


async def seated(house: House, room: str, email: str, on_slack: bool) -> Person:
    if not on_slack:
        return await house.on_teams(email)
    person = await house.on_slack(email)
    house.slack.channels[room].members.add(person.user.id)
    return person


async def test_an_approval_typed_in_a_thread_is_answered_with_the_card_and_never_counts(room: Room) -> None:
    before = await room.house.task()
    await room.dad.says("Approved.", room.id, under="T-1001")
    assert await room.house.task() == before
    assert "Clear" in room.dad.offered("T-1001")
    assert "412 beds" in room.dad.reads("T-1001")
    await room.dad.press("T-1001", "Clear")
    assert [step.clearance is not None for step in (await room.house.task()).rounds[0].steps] == [True, False]


async def test_what_is_written_in_a_thread_becomes_part_of_the_record(room: Room) -> None:
    await room.dad.says("The OCR called: Monday is enough.", room.id, under="T-1001")
    (comment,) = (await room.house.task()).comments
    assert (comment.by, comment.text) == (DAD_CS, "The OCR called: Monday is enough.")
    assert "The OCR called: Monday is enough." in room.manager.reads("T-1001")


async def test_a_question_in_a_thread_is_answered_and_not_kept(room: Room) -> None:
    await room.dad.says("who has T-1001", room.id, under="T-1001")
    assert (await room.house.task()).comments == ()


async def test_a_comment_by_command_is_kept_and_of_a_closed_task_refused(room: Room) -> None:
    await room.manager.says("comment T-1001: The OCR called.")
    assert [comment.text for comment in (await room.house.task()).comments] == ["The OCR called."]
    await room.house.do(MANAGER, m.Withdraw("Taken back"))
    closed = await room.house.do(MANAGER, m.Close())
    assert closed.status is Status.CLOSED
    async with room.house.refusal(room.manager) as told:
        await room.manager.says("comment T-1001: Once more.")
    assert told == ["T-1001 is closed and its record is sealed."]


async def test_a_task_that_somebody_may_not_see_takes_no_comment_of_theirs(room: Room) -> None:
    person = await seated(room.house, room.id, MQMU_CHIEF, isinstance(room.dad, OnSlack))
    async with room.house.refusal(person) as told:
        await person.says("comment T-1001: Hello.")
    assert told == ["There is no task T-1001; check the number."]


async def test_a_reply_under_a_card_in_ones_own_conversation_is_a_comment(house: House) -> None:
    """On Slack, where that is a thread; in a Teams chat there are none."""
    chief = await house.on_slack(HOU_CHIEF)
    await house.do(MANAGER, inquiry(), number="")
    await house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    await chief.says("Pharmacy has the numbers.", under="T-1001")
    assert [comment.text for comment in (await house.task()).comments] == ["Pharmacy has the numbers."]
