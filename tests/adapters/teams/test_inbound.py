"""Recorded activities, and what the desk is told for each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from botbuilder.schema import Activity

from adapters.teams import inbound
from bot.domain.messages import Acknowledge, Defer, LogTask, RouteTask
from bot.errors import Rejected
from bot.ports.chat import Account, Message, Shown
from tests.adapters.teams.conftest import ANN, ZONE

PAYLOADS = Path(__file__).parent / "payloads"
SERVICE = "https://smba.trafficmanager.net/amer"
ANN_ID = "00000000-0000-0000-0000-000000000020"


def recorded(name: str, **changes: object) -> Any:
    return Activity().deserialize(json.loads((PAYLOADS / f"{name}.json").read_text()) | changes)


async def nothing(url: str) -> AsyncIterator[bytes]:
    yield url.encode()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("message_personal", Message("teams:a:1personal:1795502494867", "teams", ANN, "what is due this week?")),
        (
            "message_channel",
            Message(
                "teams:19:ops@thread.tacv2;messageid=1795502676925:1795502676925",
                "teams",
                ANN,
                "status of Bo Chan",
                f"{SERVICE}#19:ops@thread.tacv2",
                "Taskings",
                Shown("teams", f"{SERVICE}#19:ops@thread.tacv2", "1795502676925"),
            ),
        ),
        (
            "message_group",
            Message(
                "teams:19:group@thread.v2:1795502696162",
                "teams",
                ANN,
                "overdue",
                f"{SERVICE}#19:group@thread.v2",
                "Audit group",
            ),
        ),
    ],
)
def test_what_was_written_reaches_the_desk_without_the_mention(name: str, expected: Message) -> None:
    assert inbound.message(recorded(name), ANN) == expected


def test_a_person_is_known_by_the_directory_and_their_private_address_by_a_private_message() -> None:
    assert inbound.account(recorded("message_personal")) == Account("teams", ANN_ID, f"{SERVICE}#a:1personal")
    assert inbound.account(recorded("message_channel")) == Account("teams", ANN_ID, None)


def test_a_person_without_a_directory_id_is_known_by_their_own() -> None:
    assert inbound.account(recorded("message_personal", **{"from": {"id": "user-1"}})).id == "user-1"


def test_an_answer_in_a_channel_goes_to_the_thread_and_a_card_to_the_channel() -> None:
    assert inbound.origin(recorded("message_channel")).endswith("19:ops@thread.tacv2;messageid=1795502676925")
    assert inbound.message(recorded("message_channel"), ANN).room == f"{SERVICE}#19:ops@thread.tacv2"


def test_people_are_asked_about_at_their_team() -> None:
    assert inbound.roster(recorded("message_channel")) == f"{SERVICE}#19:team@thread.tacv2"
    assert inbound.roster(recorded("message_group")) == f"{SERVICE}#19:group@thread.v2"


def test_a_pressed_form_is_its_command_seen_where_the_card_is() -> None:
    activity = recorded("invoke_form")
    click = inbound.click(activity, inbound.pressed(activity), ANN, ZONE)
    assert click.command == Defer(1, "Ours is the other unit.", "")
    assert click.seen == Shown("teams", f"{SERVICE}#19:ops@thread.tacv2", "1795502636768")
    assert (click.key, click.task) == ("teams:19:ops@thread.tacv2;messageid=1795502676925:f:457465c3", "T-1042")


def test_a_date_and_its_time_are_one_moment_in_agency_time() -> None:
    activity = recorded("invoke_intake")
    command = inbound.click(activity, inbound.pressed(activity), ANN, ZONE).command
    assert isinstance(command, LogTask)
    assert command.due_at == datetime(2027, 1, 5, 17, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("entered", "joined"),
    [
        ({"due": "2027-01-05", "due.time": "17:00"}, {"due": "2027-01-05T17:00"}),
        ({"due": "2027-01-05", "due.time": ""}, {"due": "2027-01-05"}),
        ({"due": "", "due.time": "17:00"}, {"due": ""}),
        ({"due.time": "17:00"}, {}),
        ({"reason": "busy"}, {"reason": "busy"}),
    ],
)
def test_moments_are_joined(entered: dict[str, object], joined: dict[str, object]) -> None:
    assert inbound.moments(entered) == joined


@pytest.mark.parametrize(
    ("sent", "officers"),
    [
        ("ann@example.gov,bo@example.gov", ("ann@example.gov", "bo@example.gov")),
        ("ann@example.gov", ("ann@example.gov",)),
        ("", ()),
    ],
)
def test_several_choices_are_a_list_for_the_command_and_commas_in_words_stay(
    sent: str, officers: tuple[str, ...]
) -> None:
    data = {"task": "T-1042", "args": {}, "officers": sent, "authority": "AD, by phone"}
    activity = recorded("invoke_form", value={"action": {"verb": "task.route", "data": data}})
    command = inbound.click(activity, inbound.pressed(activity), ANN, ZONE).command
    assert command == RouteTask(officers, "AD, by phone")


def test_a_client_without_execute_presses_the_same_button() -> None:
    activity = recorded("submit")
    assert inbound.is_press(activity)
    assert inbound.click(activity, inbound.pressed(activity), ANN, ZONE).command == Acknowledge(1)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "task.clear",
        ["task.clear"],
        {},
        {"action": None},
        {"action": "task.clear"},
        {"action": {"verb": 7, "data": {"task": "T-1", "args": {}}}},
        {"action": {"verb": "task.clear", "data": None}},
        {"action": {"verb": "task.clear", "data": {"task": "T-1"}}},
        {"action": {"verb": "task.clear", "data": {"task": "T-1", "args": {"step": 1}}}},
        {"verb": None},
        {"verb": "task.unheard_of", "task": "T-1", "args": {}},
    ],
)
def test_a_press_that_is_none_of_ours_is_refused_in_words(value: object) -> None:
    activity = recorded("invoke_form", value=value)
    with pytest.raises(Rejected):
        inbound.click(activity, inbound.pressed(activity), ANN, ZONE)


async def test_a_file_is_fetched_by_its_own_link() -> None:
    (file,) = inbound.files(recorded("message_file"), nothing)
    assert file.name == "beds.pdf"
    assert [chunk async for chunk in file.open()] == [
        b"https://example-my.sharepoint.com/download.aspx?UniqueId=1&tempauth=x"
    ]


def test_a_picture_is_no_file_that_can_be_fetched() -> None:
    assert inbound.files(recorded("message_picture"), nothing) == ()
    assert inbound.has_picture(recorded("message_picture"))
    assert not inbound.has_picture(recorded("message_file"))


def test_text_in_angle_brackets_stays() -> None:
    assert (
        inbound.words(recorded("message_personal", text="due < Friday & <attached>?")) == "due < Friday & <attached>?"
    )
