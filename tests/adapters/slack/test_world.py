"""The stand-in is as strict as Slack: what it lets pass would pass there."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.demo.slack_rules import message_complaints, view_complaints
from bot.demo.slack_world import SlackWorld

PLAIN = {"type": "plain_text", "text": "x"}
HEADER = {"type": "header", "text": PLAIN}
BUTTON = {"type": "button", "action_id": "a", "text": PLAIN, "value": "v"}
INPUT = {"type": "input", "label": PLAIN, "element": {"type": "plain_text_input", "action_id": "a"}}
VIEW = {"type": "modal", "title": PLAIN, "submit": PLAIN, "blocks": [INPUT]}


def plain(length: int) -> dict[str, str]:
    return {"type": "plain_text", "text": "x" * length}


def actions(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(buttons)}


def numbered(count: int) -> list[dict[str, Any]]:
    return [{**BUTTON, "action_id": f"a{number}"} for number in range(count)]


def test_good_blocks_and_views_pass() -> None:
    assert message_complaints([HEADER, actions(BUTTON)]) == []
    assert view_complaints(VIEW) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ([HEADER] * 50, [HEADER] * 51),
        ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}]),
        ([{"type": "section", "text": plain(3000)}], [{"type": "section", "text": plain(3001)}]),
        ([{"type": "section", "fields": [plain(2000)] * 10}], [{"type": "section", "fields": [plain(1)] * 11}]),
        ([{"type": "section", "fields": [plain(2000)]}], [{"type": "section", "fields": [plain(2001)]}]),
        ([{"type": "context", "elements": [PLAIN] * 10}], [{"type": "context", "elements": [PLAIN] * 11}]),
        ([actions(*numbered(25))], [actions(*numbered(26))]),
        ([actions({**BUTTON, "text": plain(75)})], [actions({**BUTTON, "text": plain(76)})]),
        ([actions({**BUTTON, "value": "x" * 2000})], [actions({**BUTTON, "value": "x" * 2001})]),
        ([actions(*numbered(2))], [actions(BUTTON, BUTTON)]),
        ([actions(BUTTON), actions(BUTTON)], [actions()]),
        ([{**HEADER, "block_id": "a"}, HEADER], [{**HEADER, "block_id": "a"}] * 2),
        ([HEADER], [INPUT]),
        ([HEADER], []),
        ([HEADER], [{**HEADER, "text": {"type": "mrkdwn", "text": "x"}}]),
        ([HEADER], [{**HEADER, "unknown": 1}]),
        ([HEADER], [{"type": "video"}]),
        ([actions(BUTTON)], [actions({**BUTTON, "style": "green"})]),
        ([HEADER], [{"type": "header", "text": plain(0)}]),
    ],
)
def test_messages_at_and_over_each_limit(good: list[dict[str, Any]], bad: list[dict[str, Any]]) -> None:
    assert message_complaints(good) == []
    assert message_complaints(bad)


def element(**fields: Any) -> dict[str, Any]:
    return {"blocks": [{**INPUT, "element": {"action_id": "a", **fields}}]}


def options(count: int, length: int = 1) -> list[dict[str, Any]]:
    return [{"text": plain(length), "value": str(number)} for number in range(count)]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ({"title": plain(24)}, {"title": plain(25)}),
        ({"submit": plain(24)}, {"submit": plain(25)}),
        ({"close": plain(24)}, {"close": plain(25)}),
        ({"private_metadata": "x" * 3000}, {"private_metadata": "x" * 3001}),
        ({"callback_id": "x" * 255}, {"callback_id": "x" * 256}),
        ({"blocks": [HEADER] * 100}, {"blocks": [HEADER] * 101}),
        ({}, {"unknown": 1}),
        ({}, {"type": "home"}),
        (
            element(type="static_select", options=options(100, 75)),
            element(type="static_select", options=options(101)),
        ),
        (
            element(type="static_select", option_groups=[{"label": PLAIN, "options": options(100)}] * 2),
            element(type="static_select", options=options(1, 76)),
        ),
        (element(type="checkboxes", options=options(10)), element(type="checkboxes", options=options(11))),
        (
            element(type="static_select", options=options(2), initial_option=options(2)[1]),
            element(type="static_select", options=options(1), initial_option=options(2)[1]),
        ),
        (
            element(type="plain_text_input", initial_value="x" * 3000),
            element(type="plain_text_input", max_length=3001),
        ),
        (
            element(type="datetimepicker", initial_date_time=1764000000),
            element(type="datetimepicker", initial_date_time=17640000000),
        ),
        (element(type="datepicker", initial_date="2026-01-09"), element(type="datepicker", initial_date="9 Jan 2026")),
        (element(type="file_input"), element(type="button", text=PLAIN)),
    ],
)
def test_views_at_and_over_each_limit(good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert view_complaints(VIEW | good) == []
    assert view_complaints(VIEW | bad)


def test_a_view_that_asks_something_needs_a_button_to_send_it() -> None:
    assert view_complaints({name: value for name, value in VIEW.items() if name != "submit"})


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.postMessage", {"channel": "C0", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "ROOM"}, "no_text"),
        ("chat.postMessage", {"channel": "ROOM", "text": "x", "blocks": [INPUT]}, "invalid_blocks"),
        ("chat.update", {"channel": "ROOM", "ts": "1.1", "text": "x"}, "message_not_found"),
        ("chat.postEphemeral", {"channel": "ROOM", "user": "U9", "text": "x"}, "user_not_in_channel"),
        ("views.open", {"trigger_id": "none", "view": VIEW}, "exchanged_trigger_id"),
        ("views.update", {"view_id": "V9", "view": VIEW}, "not_found"),
        ("users.info", {"user": "U9"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "x@y.z"}, "users_not_found"),
        ("no.method", {}, "unknown_method"),
    ],
)
async def test_the_web_api_refuses_as_slack_does(
    world: SlackWorld, method: str, args: dict[str, Any], error: str
) -> None:
    room = world.add_channel("room")
    sent = {name: room if value == "ROOM" else value for name, value in args.items()}
    assert (await called(world, method, sent, world.bot_token))["error"] == error
    assert (await called(world, method, sent, "another"))["error"] == "invalid_auth"


async def test_a_trigger_opens_one_view_within_three_seconds(world: SlackWorld) -> None:
    now = 1_764_000_000.0
    world.clock = lambda: now
    trigger, late = world.add_trigger("U1"), world.add_trigger("U1")
    assert (await called(world, "views.open", {"trigger_id": trigger, "view": VIEW}, world.bot_token))["ok"]
    again = await called(world, "views.open", {"trigger_id": trigger, "view": VIEW}, world.bot_token)
    assert again["error"] == "exchanged_trigger_id"
    now += 4
    expired = await called(world, "views.open", {"trigger_id": late, "view": VIEW}, world.bot_token)
    assert expired["error"] == "expired_trigger_id"


async def called(world: SlackWorld, method: str, args: dict[str, Any], token: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(world.api_url + method, json=args) as answer,
    ):
        told: dict[str, Any] = await answer.json()
        return told
