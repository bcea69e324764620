"""Who may speak: forged, malformed and misdirected requests, and how often the signing keys are fetched."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import jwt
import pytest

from adapters.fetch import Fetcher
from adapters.teams.app import build
from adapters.teams.gate import Keys, require_loopback
from bot.demo.teams_issuer import Issuer
from bot.demo.teams_server import serve
from bot.demo.teams_user import TeamsUser
from bot.demo.teams_world import TeamsWorld
from bot.errors import ConfigurationError
from tests.adapters.teams.conftest import ANN, ZONE, FakeDesk, Stage, fetch, mounted

Forge = Callable[[Stage], str]


def message(stage: Stage, **changes: Any) -> dict[str, Any]:
    return stage.world.activity(stage.ann.person, stage.ann.chat, type="message", text="hello") | changes


async def post(stage: Stage, body: object, token: str | None = None, **headers: str) -> int:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", **headers} | ({"Authorization": token} if token is not None else {})
    async with aiohttp.ClientSession() as session, session.post(stage.world.app_url, data=raw, headers=sent) as answer:
        return answer.status


def issuer(stage: Stage) -> Issuer:
    assert stage.world.issuer is not None
    return stage.world.issuer


def bearer(stage: Stage, **claims: object) -> str:
    return f"Bearer {issuer(stage).token(stage.world.url, **claims)}"


def resigned(stage: Stage, algorithm: str, key: Any, **headers: object) -> str:
    claims = jwt.decode(issuer(stage).token(stage.world.url), options={"verify_signature": False})
    return f"Bearer {jwt.encode(claims, key, algorithm=algorithm, headers={'kid': issuer(stage).kid, **headers})}"


def unendorsed(stage: Stage) -> str:
    issuer(stage).endorsed = ("webchat",)
    issuer(stage).rotate()
    return bearer(stage)


def deep_header(stage: Stage) -> str:
    head = base64.urlsafe_b64encode(b"[" * 5000).rstrip(b"=").decode()
    return f"Bearer {head}.e30.e30"


FORGED: dict[str, Forge] = {
    "no token": lambda stage: "",
    "another scheme": lambda stage: "Basic YW5uOmFubg==",
    "no words": lambda stage: "Bearer",
    "garbage": lambda stage: "Bearer a.b.c",
    "not ASCII": lambda stage: "Bearer ü.ü.ü",
    "deep header": deep_header,
    "expired": lambda stage: bearer(stage, exp=int(time.time()) - 301),
    "without expiry": lambda stage: bearer(stage, exp=None),
    "expiry in words": lambda stage: bearer(stage, exp="tomorrow"),
    "not yet valid": lambda stage: bearer(stage, nbf=int(time.time()) + 400),
    "for another app": lambda stage: bearer(stage, aud="app-2"),
    "for no app": lambda stage: bearer(stage, aud=None),
    "for an empty app": lambda stage: bearer(stage, aud=""),
    "another issuer": lambda stage: bearer(stage, iss="https://api.botframework.com/"),
    "the emulator's issuer": lambda stage: bearer(stage, iss="https://sts.windows.net/f8cdef31/", ver="1.0", appid="a"),
    "no issuer": lambda stage: bearer(stage, iss=None),
    "another key": lambda stage: resigned(stage, "RS256", Issuer("app-1", "").keys["key-1"][0]),
    "an unknown key": lambda stage: resigned(stage, "RS256", issuer(stage).keys["key-1"][0], kid="key-9"),
    "a key without a name": lambda stage: resigned(stage, "RS256", issuer(stage).keys["key-1"][0], kid=""),
    "a shared secret": lambda stage: resigned(stage, "HS256", "x" * 32),
    "no signature": lambda stage: resigned(stage, "none", None),
    "another algorithm": lambda stage: resigned(stage, "RS512", issuer(stage).keys["key-1"][0]),
    "a key not endorsed for Teams": unendorsed,
}
MISDIRECTED: dict[str, Forge] = {
    "no service URL": lambda stage: bearer(stage, serviceurl=None),
    "another service URL": lambda stage: bearer(stage, serviceurl="https://smba.trafficmanager.net/emea/"),
}
ELSEWHERE: dict[str, dict[str, Any]] = {
    "another tenant": {"channelData": {"tenant": {"id": "other"}}},
    "no tenant": {"channelData": {}, "conversation": {"id": "a:1"}},
    "two tenants": {"conversation": {"id": "a:1", "tenantId": "other"}},
    "another channel": {"channelId": "webchat"},
    "the emulator": {"channelId": "emulator"},
}
NO_ACTIVITY: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "more than JSON": b'{"type":"message"} x',
    "not UTF-8": b'{"type":"\xff"}',
    "a list": b"[]",
    "deep": b'{"value":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "empty": b"{}",
}
WRONG_PARTS: dict[str, dict[str, Any]] = {
    "no service URL": {"serviceUrl": ""},
    "service URL of another type": {"serviceUrl": 5},
    "no sender": {"from": {}},
    "sender of another type": {"from": "ann"},
    "no conversation": {"conversation": None},
    "text of another type": {"text": {"a": 1}},
    "no time": {"timestamp": "yesterday"},
    "attachments of another type": {"attachments": "file"},
    "members of another type": {"membersAdded": "ann"},
    "channel data of another type": {"channelData": "x"},
}

signed = pytest.mark.parametrize("stage", ["signed"], indirect=True)
local = pytest.mark.parametrize("stage", ["local"], indirect=True)


@signed
@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_token_is_401(stage: Stage, name: str) -> None:
    assert await post(stage, message(stage), FORGED[name](stage)) == 401
    assert stage.desk.said == []


@signed
@pytest.mark.parametrize("name", MISDIRECTED)
async def test_a_token_for_another_service_is_403(stage: Stage, name: str) -> None:
    assert await post(stage, message(stage), MISDIRECTED[name](stage)) == 403
    assert stage.desk.said == []


@signed
@pytest.mark.parametrize("name", ELSEWHERE)
async def test_an_activity_from_elsewhere_is_403(stage: Stage, name: str) -> None:
    assert await post(stage, message(stage, **ELSEWHERE[name]), bearer(stage)) == 403
    assert stage.desk.said == []


@signed
@pytest.mark.parametrize(
    "url", ["https://smba.evil.example/amer/", "http://smba.trafficmanager.net/", "ftp://127.0.0.1/"]
)
async def test_a_signed_service_url_on_another_host_is_403(stage: Stage, url: str) -> None:
    token = f"Bearer {issuer(stage).token(url)}"
    assert await post(stage, message(stage, serviceUrl=url), token) == 403


@pytest.mark.parametrize("name", NO_ACTIVITY)
async def test_a_body_that_is_no_activity_is_400(stage: Stage, name: str) -> None:
    token = bearer(stage) if stage.world.issuer else None
    assert await post(stage, NO_ACTIVITY[name], token) == 400


@pytest.mark.parametrize("name", WRONG_PARTS)
async def test_an_activity_with_a_wrong_part_is_400(stage: Stage, name: str) -> None:
    token = bearer(stage) if stage.world.issuer else None
    assert await post(stage, message(stage, **WRONG_PARTS[name]), token) == 400


async def test_a_good_one_passes(stage: Stage) -> None:
    token = bearer(stage, exp=int(time.time()) - 60) if stage.world.issuer else None  # clocks differ a little
    assert await post(stage, message(stage), token) == 200
    assert [said.text for said in stage.desk.said] == ["hello"]


@local
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Forwarded-For": "10.0.0.7"},
        {"Forwarded": "for=10.0.0.7"},
    ],
)
async def test_the_local_gate_refuses_what_did_not_come_straight_from_this_machine(
    stage: Stage, headers: dict[str, str]
) -> None:
    assert await post(stage, message(stage), **headers) == 403
    assert stage.desk.said == []


@local
async def test_a_web_page_cannot_pose_as_the_local_client(stage: Stage) -> None:
    assert await post(stage, message(stage), **{"Content-Type": "text/plain"}) == 400


@local
async def test_the_local_client_cannot_send_answers_to_another_machine(stage: Stage) -> None:
    assert await post(stage, message(stage, serviceUrl="https://smba.trafficmanager.net/amer/")) == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "taskings.example.gov", ""])
def test_no_authentication_means_no_other_address_than_this_machine(host: str) -> None:
    with pytest.raises(ConfigurationError, match="TASKINGS_HTTP_HOST"):
        require_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_is_allowed(host: str) -> None:
    try:
        require_loopback(host)
    except ConfigurationError as error:
        pytest.fail(str(error))


@pytest.mark.parametrize("missing", ["app_id", "app_password", "tenant_ids"])
async def test_missing_credentials_are_an_error_and_not_an_open_door(missing: str) -> None:
    settings: dict[str, Any] = {"app_id": "a", "app_password": "b", "tenant_ids": ["c"], missing: ""}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ConfigurationError, match=missing.upper()):
            build(session=session, desk=FakeDesk(), fetch=fetch, upload=Fetcher(()).send, zone=ZONE, **settings)


@signed
async def test_a_key_that_rotates_twice_in_a_minute_is_refused_and_no_error(stage: Stage) -> None:
    await stage.ann.say("one")
    issuer(stage).rotate()
    assert await post(stage, message(stage), bearer(stage)) == 401
    assert issuer(stage).fetches == 1


@pytest.fixture
async def world() -> AsyncIterator[TeamsWorld]:
    async with serve(TeamsWorld(Issuer("app-1", "secret"))) as running:
        yield running


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def keys(world: TeamsWorld) -> AsyncIterator[tuple[Keys, Issuer, Clock]]:
    async with aiohttp.ClientSession() as session:
        clock = Clock()
        assert world.issuer
        yield Keys(session, world.url.replace("teams/", "openid/configuration"), clock), world.issuer, clock


async def test_keys_are_fetched_once_a_day_and_once_for_many_who_wait(keys: tuple[Keys, Issuer, Clock]) -> None:
    found, source, clock = keys
    assert all(await asyncio.gather(*(found.find("key-1") for _ in range(20))))
    clock.now += 23.9 * 3600
    assert await found.find("key-1")
    assert source.fetches == 1
    clock.now += 0.2 * 3600
    assert await found.find("key-1")
    assert source.fetches == 2


async def test_who_comes_while_keys_are_fetched_waits_for_them(keys: tuple[Keys, Issuer, Clock]) -> None:
    found, source, _ = keys
    first = asyncio.create_task(found.find("key-1"))
    for _ in range(3):
        await asyncio.sleep(0)  # now the fetch is under way
    assert source.fetches == 0
    assert await found.find("key-1")
    assert await first
    assert source.fetches == 1


async def test_an_unknown_key_is_looked_for_at_most_once_a_minute(keys: tuple[Keys, Issuer, Clock]) -> None:
    found, source, clock = keys
    assert await found.find("key-1")
    source.rotate()
    assert await found.find("key-2") is None
    clock.now += 61
    assert await found.find("key-2")
    assert [await found.find("key-3") for _ in range(5)] == [None] * 5
    assert source.fetches == 2


async def test_known_keys_hold_while_the_issuer_is_away(keys: tuple[Keys, Issuer, Clock], world: TeamsWorld) -> None:
    found, _, clock = keys
    assert await found.find("key-1")
    world.issuer, clock.now = None, clock.now + 25 * 3600
    assert await found.find("key-1")


async def test_a_key_that_cannot_be_read_spoils_no_other(keys: tuple[Keys, Issuer, Clock]) -> None:
    found, source, _ = keys
    source.others = [{"kty": "RSA", "kid": "bad", "n": "", "e": "AQAB"}, {"kty": "EC", "kid": "curve"}, {}]
    assert await found.find("key-1")
    assert await found.find("bad") is None


@signed
async def test_people_of_the_tenant_are_known_whatever_the_case_of_its_id(stage: Stage) -> None:
    stage.world.tenant = stage.world.tenant.upper()
    await TeamsUser(stage.world, stage.ann.person).say("hello")
    assert stage.desk.said[0].actor == ANN


async def test_nothing_is_answered_with_500_while_the_issuer_is_away() -> None:
    async with serve(TeamsWorld(Issuer("app-1", "secret"))) as world:
        ann, signer = TeamsUser(world, world.add_person("Ann Lee", ANN)), world.issuer
        async with mounted(world, FakeDesk()) as teams:
            stage = Stage(world, FakeDesk(), teams, ann, ann.chat)
            token, world.issuer = bearer(stage), None
            assert signer is not None
            assert await post(stage, message(stage), token) == 401
