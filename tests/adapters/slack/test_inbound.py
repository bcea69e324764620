"""Recorded payloads of Slack and what is made of them."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import inbound, markup
from adapters.slack.inbound import Malformed, Origin, Said
from bot.errors import Rejected
from bot.ports.chat import Shown
from cards.payload import Press

PAYLOADS = Path(__file__).parent / "payloads"
TEAM, DIAZ = "T061EG9R6", "U061F7AUR"


def recorded(name: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text())
    return payload


def test_a_press_in_a_channel() -> None:
    pressed = inbound.pressed(recorded("block_actions_channel"))
    assert pressed.press == Press("task.clear", "T-1042", {"step": "0", "round": "1", "package": "9f86d081"}, False)
    assert pressed.seen == Shown("slack", "C0LAN2Q65", "1764000000.000100")
    assert pressed.key == f"slack:{TEAM}:{DIAZ}:1764000000.000100:task.clear#2:1764000060.123456"
    assert pressed.origin == Origin(
        TEAM,
        DIAZ,
        "C0LAN2Q65",
        "1763990000.000900",
        "https://hooks.slack.com/actions/T061EG9R6/123/abc",
        "12466734323.1395872398.abcdef0123456789",
    )
    assert not pressed.answer


def test_a_press_on_what_one_person_alone_is_shown_is_answered_there() -> None:
    pressed = inbound.pressed(recorded("block_actions_ephemeral"))
    assert pressed.press == Press("task.respond", "T-1042", {"assignment": "1"}, True)
    assert pressed.alone
    assert pressed.answer == pressed.origin.url


def test_a_press_on_an_answer_is_known_by_its_first_block() -> None:
    body = recorded("block_actions_channel")
    body["message"]["blocks"][0]["block_id"] = inbound.ANSWER
    assert inbound.pressed(body).answer


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"trigger_id": "another"}, True),
        ({"user": {"id": "U0OTHER"}}, False),
        ({"container": {"message_ts": "1.1", "channel_id": "C1"}}, False),
    ],
)
def test_the_key_of_a_press_is_who_where_what_and_when(change: dict[str, Any], same: bool) -> None:
    body = recorded("block_actions_channel")
    assert (inbound.pressed(body | change).key == inbound.pressed(body).key) is same


def test_a_second_press_of_the_same_button_is_another_delivery() -> None:
    body = recorded("block_actions_channel")
    again = copy.deepcopy(body)
    again["actions"][0]["action_ts"] = "1764000061.000001"
    assert inbound.pressed(again).key != inbound.pressed(body).key


@pytest.mark.parametrize("value", ["", "{", "[]", "null", '{"task": 7, "args": {}}', '{"task": "T-1"}', "9" * 5000])
def test_a_button_that_was_not_ours_is_refused(value: str) -> None:
    body = recorded("block_actions_channel")
    body["actions"][0]["value"] = value
    with pytest.raises(Rejected):
        inbound.pressed(body)


def test_a_submitted_modal() -> None:
    submitted = inbound.submitted(recorded("view_submission"))
    assert submitted.press == Press("task.respond", "T-1042", {"assignment": "1"}, False)
    assert submitted.seen == Shown("slack", "C0LAN2Q65", "1764000000.000100")
    assert (submitted.view, submitted.fields) == ("V09ABC", ("text", "task_type"))
    assert submitted.inputs == {
        "text": "Twelve & <more>",
        "task_type": "media-inquiry",
        "officers": ["ana@ihsc.test", "ben@ihsc.test"],
        "due_at": "2025-11-24T17:00:00+00:00",
        "first": "2026-11-24",
        "ses": "true",
        "urgent": "false",
    }
    assert [file["id"] for file in submitted.files["files"]] == ["F09XYZ"]
    assert submitted.files["annexes"] == ()
    assert submitted.origin == Origin(TEAM, DIAZ, "C0LAN2Q65", trigger="13574735434.1395872398.fedcba9876543210")


def test_a_modal_sent_again_is_the_same_wish_whatever_it_holds_by_then() -> None:
    body = recorded("view_submission")
    corrected = copy.deepcopy(body)
    corrected["view"]["state"]["values"]["text"]["text"]["value"] = "Thirteen"
    assert inbound.submitted(copy.deepcopy(body)).key == inbound.submitted(body).key
    assert inbound.submitted(corrected).key == inbound.submitted(body).key


def test_what_a_modal_carries_along_comes_back() -> None:
    by, seen = Origin(TEAM, DIAZ, "C1", "9.9"), Shown("slack", "C1", "1.1")
    body = recorded("view_submission")
    data = {"task": "T-7", "args": {"assignment": "2"}}
    body["view"]["private_metadata"] = inbound.metadata(data, by, seen, "https://hooks.slack.com/1")
    submitted = inbound.submitted(body)
    assert (submitted.press.task, submitted.press.args) == ("T-7", {"assignment": "2"})
    assert (submitted.origin.channel, submitted.origin.thread, submitted.seen) == ("C1", "9.9", seen)
    assert submitted.answer == "https://hooks.slack.com/1"


def test_a_command_is_answered_in_private_even_in_a_channel() -> None:
    url, trigger = "https://hooks.slack.com/commands/T061EG9R6/125/ghi", "13345224609.738474920.8088930838d88f008e0"
    by = Origin(TEAM, DIAZ, "C0LAN2Q65", url=url, trigger=trigger)
    assert inbound.commanded(recorded("slash_command")) == Said(f"slack:{trigger}", by, "status of T-1042")


def test_a_mention_is_answered_in_its_thread_or_begins_one() -> None:
    body = recorded("app_mention")
    said = inbound.said(body)
    assert said is not None
    assert (said.key, said.room, said.origin.thread) == ("slack:Ev0LAN670R", True, "1764000000.000016")
    body["event"]["thread_ts"] = "1763000000.000001"
    assert (again := inbound.said(body)) is not None
    assert again.origin.thread == "1763000000.000001"


def test_markup_of_slack_becomes_plain_words() -> None:
    text = recorded("app_mention")["event"]["text"]
    assert markup.mentioned(text) == ("U0LAN0Z89", "U0ANA")
    plain = markup.plain(text, {"U0ANA": "ana@ihsc.test"})
    assert plain == "what does ana@ihsc.test owe & when, see the page in #front-office"


def test_a_direct_message_and_files_in_one() -> None:
    said, sent = inbound.said(recorded("message_im")), inbound.said(recorded("message_im_files"))
    assert said == Said("slack:Ev0LAN671R", Origin(TEAM, DIAZ, "D024BE91L"), "what is mine?")
    assert sent is not None
    assert [file["name"] for file in sent.files] == ["numbers.csv"]


@pytest.mark.parametrize(
    "change",
    [
        {"bot_id": "B1"},
        {"edited": {"user": DIAZ, "ts": "1.1"}},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"user": None},
        {"channel_type": "channel"},
        {"type": "reaction_added"},
    ],
)
def test_what_nobody_says_to_the_bot_is_let_pass(change: dict[str, Any]) -> None:
    body = recorded("message_im")
    body["event"] |= change
    assert inbound.said(body) is None


def test_a_mention_by_a_bot_or_an_edit_is_let_pass() -> None:
    body = recorded("app_mention")
    body["event"]["edited"] = {"user": DIAZ, "ts": "1.1"}
    assert inbound.said(body) is None


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("block_actions_channel", "team"),
        ("block_actions_channel", "user"),
        ("block_actions_channel", "actions"),
        ("block_actions_channel", "container"),
        ("view_submission", "view"),
        ("slash_command", "trigger_id"),
        ("slash_command", "channel_id"),
        ("message_im", "event_id"),
        ("message_im", "team_id"),
    ],
)
@pytest.mark.parametrize("instead", [None, [], 7, "x", {}])
def test_payloads_that_slack_never_sends_are_malformed_and_nothing_else(
    name: str, missing: str, instead: object
) -> None:
    """Ids are opaque, so a text or a number in the place of one is let pass."""
    body = recorded(name)
    body.pop(missing)
    parse = {"block": inbound.pressed, "view_": inbound.submitted, "slash": inbound.commanded, "messa": inbound.said}
    with pytest.raises(Malformed):
        parse[name[:5]](body)
    if missing in {"team", "user", "actions", "container", "view"}:
        with pytest.raises(Malformed):
            parse[name[:5]](body | {missing: instead})
