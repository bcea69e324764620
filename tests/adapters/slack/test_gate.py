"""Requests that Slack did not send, or not like this."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import logging
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.slack import gate
from adapters.slack.app import build
from bot.errors import ConfigurationError
from bot.ports.chat import Reply
from tests.adapters.slack.conftest import SECRET, ZONE, Bench, running
from tests.adapters.slack.fake_desk import FakeDesk
from tests.adapters.slack.test_inbound import recorded

NOW = 1_764_000_000.0
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


async def post(bench: Bench, body: bytes, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(bench.world.app_url, data=io.BytesIO(body), headers={"Content-Type": JSON, **headers}) as answer,
    ):
        return answer.status


def an_event(bench: Bench) -> bytes:
    body = recorded("message_im")
    body["team_id"], body["event"]["user"], body["event"]["channel"] = bench.world.team, bench.ana.id, bench.ana.direct
    return json.dumps(body).encode()


def test_slacks_own_example_of_a_signature_is_good() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert gate.is_signed(SECRET, "1531420618", signature, body, 1531420618.0)
    assert not gate.is_signed(SECRET, "1531420618", signature, body + b" ", 1531420618.0)


@pytest.mark.parametrize(("age", "good"), [(0, True), (300, True), (301, False), (-300, True), (-301, False)])
def test_a_signature_is_good_for_five_minutes(bench: Bench, age: int, good: bool) -> None:
    headers = bench.world.sign(b"{}", NOW - age)
    stamp, signature = headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"]
    assert gate.is_signed(SECRET, stamp, signature, b"{}", NOW) is good


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "v0=Ã©ÿ"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "now"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "١٧٦٤٠٠٠٠٠٠"},
        {"X-Slack-Request-Timestamp": "0"},
    ],
)
async def test_what_slack_did_not_sign_is_unauthorised(bench: Bench, headers: dict[str, str]) -> None:
    body = an_event(bench)
    signed = bench.world.sign(body)
    missing = {} if not headers else signed
    assert await post(bench, body, {**missing, **headers}) == 401
    assert bench.desk.messages == []


async def test_another_secret_is_unauthorised(bench: Bench) -> None:
    body = an_event(bench)
    headers = bench.world.sign(body)
    bench.world.signing_secret = "another"
    assert await post(bench, body, bench.world.sign(body)) == 401
    assert await post(bench, body, headers) == 200


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe{}", JSON),
        (b"", JSON),
        (b"{}trailing", JSON),
        (b'{"a": 1}{"b": 2}', JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b"7", JSON),
        (b"[" * 100_000, JSON),
        (b'{"a": ' * 50_000, JSON),
        (b'{"type": "event_callback", "team_id": "T", "a": "\\ud800"}', JSON),
        (b'{"a": ' + b"9" * 5_000 + b"}", JSON),
        (b"payload=%ff%fe", FORM),
        (b"payload=", FORM),
        (b"payload=[]", FORM),
        (b"payload={}x", FORM),
        (b'{"type": "block_actions", "user": 7, "team": [], "container": {}, "actions": []}', JSON),
        (b'{"type": "view_submission", "user": {"id": "U"}, "team": {"id": "T"}, "view": {"callback_id": 1}}', JSON),
        (b'{"type": "event_callback", "event": {"type": "app_mention", "user": "U"}}', JSON),
        (b'{"type": "event_callback", "filler": "' + b"x" * gate.MAX_BODY + b'"}', JSON),
    ],
    ids=lambda value: str(value[:24]),
)
async def test_what_is_signed_but_broken_is_a_bad_request(bench: Bench, body: bytes, content_type: str) -> None:
    assert await post(bench, body, {**bench.world.sign(body), "Content-Type": content_type}) == 400


async def test_a_body_that_is_not_compressed_as_it_says_is_a_bad_request(bench: Bench) -> None:
    body = an_event(bench)
    headers = {**bench.world.sign(body), "Content-Encoding": "gzip"}
    assert await post(bench, body, headers) == 400


async def test_a_bomb_is_a_bad_request(bench: Bench) -> None:
    body = gzip.compress(b" " * 50 * gate.MAX_BODY)
    assert await post(bench, body, {**bench.world.sign(body), "Content-Encoding": "gzip"}) == 400


async def test_types_of_requests_that_are_not_expected_are_no_server_error(bench: Bench) -> None:
    for payload in ({"type": "view_closed"}, {"type": "shortcut", "callback_id": "x"}, {"type": "zzz"}, {}):
        body = urlencode({"payload": json.dumps(payload)}).encode()
        assert await post(bench, body, {**bench.world.sign(body), "Content-Type": FORM}) < 500


async def test_slack_may_check_the_address(bench: Bench) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"}).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            bench.world.app_url, data=body, headers={"Content-Type": JSON, **bench.world.sign(body)}
        ) as answer,
    ):
        assert (answer.status, (await answer.json())["challenge"]) == (200, "3eZbrw1a")


async def test_any_other_event_is_acknowledged_so_that_slack_does_not_send_it_again(bench: Bench) -> None:
    for event in ({"type": "reaction_added"}, {"type": "message", "subtype": "message_changed", "hidden": True}):
        await bench.world.deliver("events_api", {"type": "event_callback", "team_id": bench.world.team, "event": event})
    assert len(bench.world.sent) == 2


async def test_a_replay_acts_once(bench: Bench) -> None:
    await bench.ana.say(bench.ana.direct, "what is mine?")
    [delivery] = bench.world.sent
    for attempt in range(3):
        assert (await bench.world.resend(delivery, attempt))[0] == 200
    assert len({message.key for message in bench.desk.messages}) == 1


async def test_somebody_from_another_workspace_is_refused(bench: Bench) -> None:
    body = recorded("slash_command")
    answer = await bench.world.deliver("slash_commands", body | {"team_id": "T0OTHER"})
    assert json.loads(answer)["text"] == "This app serves another workspace."
    assert bench.desk.people == {}


async def test_nothing_that_people_write_reaches_the_logs(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """Not even where everything is logged from the start."""
    caplog.set_level(logging.DEBUG)
    async with running(bench.world, bench.desk) as slack:
        bench.desk.reply = Reply(text="private words")
        body = an_event(bench).replace(b"what is mine?", b"private words")
        own = body.replace(bench.ana.id.encode(), bench.world.bot_user.encode())
        unknown = {"type": "view_closed", "view": {"callback_id": "x", "state": "private words"}}
        for sent in (body, own, json.dumps(unknown).encode()):
            await post(bench, sent, {})
            await post(bench, sent, bench.world.sign(sent))
        bench.desk.error = ValueError("private words")
        await post(bench, body, bench.world.sign(body))
        await slack.settle()
    ours = [r for r in caplog.records if r.name.partition(".")[0] in {"adapters", "bot", "slack_bolt", "slack_sdk"}]
    assert not any("private" in record.getMessage() or "@ihsc" in record.getMessage() for record in ours)
    assert any("reference" in record.getMessage() for record in ours)


@pytest.mark.parametrize(("token", "secret"), [("", "s"), ("t", "")])
def test_without_a_token_or_a_secret_there_is_no_slack_side(token: str, secret: str) -> None:
    with pytest.raises(ConfigurationError):
        build(bot_token=token, signing_secret=secret, desk=FakeDesk(), zone=ZONE)


async def test_first_requests_at_once_ask_slack_once_who_the_app_is(bench: Bench) -> None:
    await asyncio.gather(*(bench.ana.command("/task", "mine") for _ in range(8)))
    assert bench.world.count("auth.test") == 1
