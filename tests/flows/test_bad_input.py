"""What people get wrong: one clear sentence for them alone, and nothing anywhere is changed by it."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.demo.slack_user import text_of
from bot.domain import messages as m
from bot.errors import NotFound
from tests.flows.house import House, OnSlack, OnTeams, Person
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, T0, ZONE
from tests.world import request as inquiry

STRANGER = "I don't know you; ask the Taskings Program to add your email to the directory."
NO_TASK = "There is no task T-9999; check the number."
TOO_LONG = "That is 40,000 characters and 3,000 fit here; send longer text as a file."
CHECKING = "Received 1 file; checking it."
WRONG_FILE = "beds.exe is not a PDF, Office, text, CSV, PNG, JPEG, EML or ZIP file, so it is not taken."
POINTER = "I answered in our own chat."


@dataclass(slots=True)
class Office:
    """The people of an assigned inquiry on one platform, a taskings channel there and another on the other platform."""

    house: House
    platform: str
    manager: Person
    chief: Person
    dad: Person
    room: str

    async def seat(self, email: str, name: str = "") -> Person:
        return await seated(self.house, self.platform, email, name)

    def in_room(self, *sentences: str) -> list[str]:
        """What somebody is told alone for what they did in the room."""
        return [*sentences, POINTER] if self.platform == "teams" else list(sentences)


async def seated(house: House, platform: str, email: str, name: str = "") -> Person:
    if platform == "teams":
        return await house.on_teams(email, name)
    person = await house.on_slack(email, name)
    for channel in house.slack.channels.values():
        if not channel.direct:
            channel.members.add(person.user.id)
    return person


@pytest.fixture(params=["slack", "teams"])
async def office(house: House, request: pytest.FixtureRequest) -> Office:
    here, elsewhere = request.param, "teams" if request.param == "slack" else "slack"
    rooms = {"slack": house.slack.add_channel("taskings"), "teams": house.teams.add_room("Taskings").id}
    manager, chief, dad = [await seated(house, here, email) for email in (MANAGER, HOU_CHIEF, DAD_CS)]
    await (await seated(house, elsewhere, MANAGER)).says("here", rooms[elsewhere])
    await manager.says("here", rooms[here])
    await house.do(MANAGER, inquiry(), number="")
    await house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    await house.do(HOU_CHIEF, m.Acknowledge(1))
    return Office(house, here, manager, chief, dad, rooms[here])


async def test_a_person_nobody_knows_is_told_whom_to_ask(office: Office) -> None:
    await office.house.do(HOU_CHIEF, m.Respond(1, "412 beds"))
    stranger = await office.seat("somebody@example.com", "Some Body")
    async with office.house.refusal(stranger) as told:
        await stranger.says("status of T-1001")
    assert told == [STRANGER]
    async with office.house.refusal(stranger) as told:
        await stranger.press("T-1001", "Send to clearance", office.room)
    assert told == office.in_room(STRANGER)


async def test_a_person_who_may_not_is_told_who_may(office: Office) -> None:
    async with office.house.refusal(office.chief) as told:
        await office.chief.says("here", office.room)
    assert told == ["Only a task manager can make this a taskings channel."]
    async with office.house.refusal(office.chief) as told:
        await office.chief.says("new")
    assert told == ["Only a task manager logs requests; use “Send to Taskings” on the message that holds yours."]


async def test_a_button_of_an_old_card_says_what_became_of_it(office: Office) -> None:
    await in_clearance(office)
    old = deepcopy(office.dad.cards("Clearance: T-1001")[-1])
    await office.dad.press("Clearance: T-1001", "Return", comment="Which facilities?")
    async with office.house.refusal(office.dad) as told:
        await office.dad.press_on(old, "Clear")
    assert told == ["Returned by Robert Nakamura, 24 Nov 2026, 09:00."]

    # Nor does it clear the next response, which waits for the same person at the same step.
    await office.house.do(MANAGER, m.ReturnResponse(1, "Which facilities?"))
    await office.house.do(HOU_CHIEF, m.Respond(1, "412 beds at three facilities"))
    await office.house.do(MANAGER, m.SendToClearance())
    async with office.house.refusal(office.dad) as told:
        await office.dad.press_on(old, "Clear")
    assert told == ["Returned by Robert Nakamura, 24 Nov 2026, 09:00."]


async def test_a_form_of_an_old_card_does_not_open(office: Office) -> None:
    old = deepcopy(office.chief.cards("T-1001")[-1])
    await office.house.do(HOU_CHIEF, m.Respond(1, "412 beds"))
    async with office.house.refusal(office.chief) as told:
        await office.chief.press_on(old, "Respond")
    assert told == ["This button is no longer valid; ask for the task's status to see where it stands."]


async def test_a_return_without_a_comment_is_asked_for_one(office: Office) -> None:
    await in_clearance(office)
    async with office.house.refusal(office.dad) as told:
        await office.dad.press("Clearance: T-1001", "Return", comment="  ")
    assert told == ["Say what has to change; this can't be empty."]


async def test_a_due_date_in_the_past_is_refused_at_intake(office: Office) -> None:
    await office.manager.starts()
    async with office.house.refusal(office.manager) as told:
        await office.manager.fill(**intake(office.manager, due=T0 - timedelta(days=4)))
    assert told == ["The due time, Fri 20 Nov 2026, 09:00, has already passed; enter a later one."]
    await office.manager.fill(**intake(office.manager, due=T0 + timedelta(days=4)))
    assert (await office.house.task("T-1002")).request.subject == "Bed capacity"


async def test_a_form_that_is_sent_again_logs_one_request(office: Office) -> None:
    """A slow network: the first answer is lost, and the form is still in front of its person."""
    manager, entries = office.manager, intake(office.manager, due=T0 + timedelta(days=4))
    await manager.starts()
    if isinstance(manager, OnTeams):
        form = deepcopy(manager.user.sees()[-1])
        await manager.press_on(form, "Log request", **entries)
        await manager.press_on(form, "Log request", **entries | {"subject": "Bed capacity again"})
    else:
        view = deepcopy(manager.user.view)
        await manager.fill(**entries)
        manager.user.world.views[manager.user.id] = view or {}
        await manager.fill(**entries | {"subject": "Bed capacity again"})
    assert (await office.house.task("T-1002")).request.subject == "Bed capacity"
    with pytest.raises(NotFound):
        await office.house.task("T-1003")


async def test_a_text_of_40000_characters_belongs_in_a_file(office: Office) -> None:
    await opens_response(office)
    async with office.house.refusal(office.chief) as told:
        await office.chief.fill(text="x" * 40_000)
    assert told == [TOO_LONG]


@pytest.mark.parametrize("words", ["x" * 40_000, "word " * 8_000, "9" * 40_000, "status of T-" + "9" * 40_000])
async def test_a_message_of_40000_characters_gets_one_short_answer(office: Office, words: str) -> None:
    async with office.house.refusal(office.chief) as told:
        await office.chief.says(words)
    assert [len(answer) < 10_000 for answer in told] == [True]


async def test_the_number_of_no_task_is_said_to_be_none(office: Office) -> None:
    async with office.house.refusal(office.chief) as told:
        await office.chief.says("status of T-9999")
    assert told == [NO_TASK]
    async with office.house.refusal(office.chief) as told:
        await office.chief.says("status of T-9999", office.room)
    assert told == [NO_TASK]


async def test_in_a_channel_nobody_else_reads_what_is_wrong_with_a_form(office: Office) -> None:
    await office.house.do(HOU_CHIEF, m.Respond(1, "412 beds"))
    async with office.house.refusal(office.manager) as told:
        await office.manager.press("T-1001", "Return", office.room, comment="  ")
    assert told == office.in_room("Say what has to change; this can't be empty.")


async def test_a_file_that_nothing_waits_for_is_not_taken(office: Office) -> None:
    async with office.house.refusal(office.dad) as told:
        await office.dad.sends("beds.pdf", b"%PDF-1.7")
    assert told == [CHECKING, "No task of yours waits for a file; acknowledge the task first."]


async def test_a_file_of_another_kind_is_not_taken(office: Office) -> None:
    async with office.house.refusal(office.chief) as told:
        await office.chief.sends("beds.exe", b"MZ\0")
    assert told == [CHECKING, WRONG_FILE]


async def test_of_several_files_none_is_taken_when_one_is_of_another_kind(house: House) -> None:
    chief = await acknowledged_on_slack(house)
    good, bad = ("beds.txt", b"412", "text/plain"), ("beds.exe", b"MZ\0", "text/plain")
    async with house.refusal(chief) as told:
        await chief.user.say(chief.user.direct, "", good, bad)
    assert told == ["Received 2 files; checking them.", WRONG_FILE]


async def test_a_file_of_another_kind_in_a_modal_costs_nobody_their_words(house: House) -> None:
    chief = await acknowledged_on_slack(house)
    await chief.press("T-1001", "Respond")
    async with house.refusal(chief) as told:
        await chief.fill(text="412 beds", files=[("beds.exe", b"MZ\0", "application/pdf")])
    assert told == []
    assert WRONG_FILE in text_of(chief.user.view)
    assert '"initial_value": "412 beds"' in json.dumps(chief.user.view)


async def test_a_command_typed_in_a_slack_channel_is_answered_to_one_person_alone(house: House) -> None:
    stranger, manager = await house.on_slack("somebody@example.com", "Some Body"), await house.on_slack(MANAGER)
    room = house.slack.add_channel("anywhere", stranger.user.id, manager.user.id)
    for person, words, sentence in ((stranger, "mine", STRANGER), (manager, "status of T-9999", NO_TASK)):
        async with house.refusal(person) as told:
            await person.user.command("/task", words, room)
        assert told == [sentence]


async def test_a_teams_channel_never_shows_what_cannot_be_told_in_private(house: House) -> None:
    """Who has not installed the app has no chat with it."""
    manager, room = await house.on_teams(MANAGER), house.teams.add_room("Taskings").id
    await manager.says("here", room)
    await house.do(MANAGER, inquiry(), number="")
    manager.user.chat.bot = False
    async with house.refusal(manager) as told:
        await manager.says("status of T-9999", room)
    assert told == []


async def acknowledged_on_slack(house: House) -> OnSlack:
    chief = await house.on_slack(HOU_CHIEF)
    await house.do(MANAGER, inquiry(), number="")
    await house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    await house.do(HOU_CHIEF, m.Acknowledge(1))
    return chief


async def in_clearance(office: Office) -> None:
    await office.house.do(HOU_CHIEF, m.Respond(1, "412 beds"))
    await office.house.do(MANAGER, m.SendToClearance())


async def opens_response(office: Office) -> None:
    """The response form in front of the chief, in a client that holds nobody to its limit of characters."""
    await office.chief.press("T-1001", "Respond")
    if isinstance(office.chief, OnSlack):
        for block in (office.chief.user.view or {})["blocks"]:
            if block.get("block_id") == "text":
                block["element"]["max_length"] = 50_000


def intake(manager: Person, due: datetime) -> dict[str, object]:
    """The intake form filled in; Teams asks for a date and for a time, in agency time."""
    local = due.astimezone(ZONE)
    split = {"due_at": f"{local:%Y-%m-%d}", "due_at.time": f"{local:%H:%M}"}
    return {
        "task_type": "congressional-inquiry",
        "subject": "Bed capacity",
        "text": "How many beds?",
        "requestor": "ICE OCR",
        "about": "HOU",
        **(split if isinstance(manager, OnTeams) else {"due_at": due}),
    }
