"""The way out: what each answer of the connector means, and what is never sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector, address_of, room_of, translate
from adapters.teams.credentials import GOVERNMENT, PUBLIC, Tokens, cloud_of
from adapters.teams.hosts import SERVICE_HOSTS, is_service
from bot.demo.teams_issuer import Issuer
from bot.demo.teams_server import serve
from bot.demo.teams_user import TeamsUser, card_text
from bot.demo.teams_world import Fault, TeamsWorld
from bot.errors import DeliveryError, Retryable, SurfaceGone
from cards.model import Card, Text

CARD = Card("T-1042", (Text("How many beds?"),), "T-1042 is due")


@pytest.fixture
async def world() -> AsyncIterator[TeamsWorld]:
    async with serve(TeamsWorld(Issuer("app-1", "secret"))) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as open_session:
        yield open_session


@pytest.fixture
def ann(world: TeamsWorld) -> TeamsUser:
    user = TeamsUser(world, world.add_person("Ann Lee", "ann@example.gov"))
    user.chat.bot = True
    return user


@pytest.fixture
def tokens(world: TeamsWorld, session: aiohttp.ClientSession) -> Tokens:
    return Tokens(session, world.url.replace("teams/", "token"), "app-1", "secret", PUBLIC.scope)


@pytest.fixture
def chat(session: aiohttp.ClientSession, tokens: Tokens) -> TeamsChat:
    return TeamsChat(Connector(session, ["127.0.0.1"], tokens, timeout=0.5))


async def test_a_card_is_posted_and_changed_in_place(chat: TeamsChat, ann: TeamsUser) -> None:
    address = address_of(ann.world.url, ann.chat.id)
    message_id = await chat.post(address, CARD, "1")
    await chat.update(address, message_id, Card("T-1042", (Text("Closed"),), "T-1042 is closed"))
    (message,) = ann.sees()
    assert (message["id"], message["summary"]) == (message_id, "T-1042 is closed")
    assert card_text(message) == "T-1042\nClosed"


async def test_a_card_for_a_channel_starts_a_thread_of_its_own(chat: TeamsChat, ann: TeamsUser) -> None:
    room = ann.world.add_room("Taskings")
    await chat.post(room_of(address_of(ann.world.url, f"{room.id};messageid=17")), CARD, "1")
    assert ann.sees(room.id)[0]["thread"] == ""


async def test_teams_cannot_be_read_back_or_searched(chat: TeamsChat, ann: TeamsUser) -> None:
    assert await chat.find(address_of(ann.world.url, ann.chat.id), "1") is None
    assert await chat.reach("ann@example.gov") is None


@pytest.mark.parametrize("operation", ["send", "update"])
@pytest.mark.parametrize(
    ("fault", "expected", "after"),
    [
        (Fault(412), Retryable, None),
        (Fault(429, retry_after="7"), Retryable, 7),
        (Fault(429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), Retryable, None),
        (Fault(429, retry_after="-1"), Retryable, 0),
        (Fault(500), Retryable, None),
        (Fault(502), Retryable, None),
        (Fault(503, retry_after="1.5"), Retryable, 1.5),
        (Fault(504), Retryable, None),
        (Fault(cut=True), Retryable, None),
        (Fault(delay=0.8), Retryable, None),
        (Fault(403, "BotNotInConversationRoster"), SurfaceGone, None),
        (Fault(403, "MessageWritesBlocked"), SurfaceGone, None),
        (Fault(404, "ConversationNotFound"), SurfaceGone, None),
        (Fault(400, "BadSyntax"), SurfaceGone, None),
        (Fault(413, "MessageSizeTooBig"), SurfaceGone, None),
        (Fault(302), SurfaceGone, None),
    ],
)
async def test_what_an_answer_means(
    chat: TeamsChat, ann: TeamsUser, operation: str, fault: Fault, expected: type[DeliveryError], after: float | None
) -> None:
    address = address_of(ann.world.url, ann.chat.id)
    message_id = await chat.post(address, CARD, "1")
    # aiohttp itself repeats a PUT, never a POST, when a connection that it reused turns out to be closed.
    ann.world.fail("send" if operation == "send" else "update", fault, times=2 if fault.cut else 1)
    with pytest.raises(expected) as caught:
        await (chat.post(address, CARD, "2") if operation == "send" else chat.update(address, message_id, CARD))
    told = caught.value.after if isinstance(caught.value, Retryable) else None
    assert told == (None if after is None else timedelta(seconds=after))


async def test_nothing_is_retried(chat: TeamsChat, ann: TeamsUser) -> None:
    ann.world.fail("send", Fault(500, done=True))
    with pytest.raises(Retryable):
        await chat.post(address_of(ann.world.url, ann.chat.id), CARD, "1")
    assert len(ann.sees()) == 1


async def test_a_message_or_conversation_that_is_gone_is_said_so(chat: TeamsChat, ann: TeamsUser) -> None:
    address = address_of(ann.world.url, ann.chat.id)
    with pytest.raises(SurfaceGone, match="ActivityNotFound"):
        await chat.update(address, "17", CARD)
    with pytest.raises(SurfaceGone, match="ConversationNotFound"):
        await chat.post(address_of(ann.world.url, "a:nobody"), CARD, "1")
    ann.chat.bot = False
    with pytest.raises(SurfaceGone, match="BotNotInConversationRoster"):
        await chat.post(address, CARD, "1")


@pytest.mark.parametrize("status", [400, 405, 413])
def test_a_refusal_that_is_ours_to_mend_is_logged(status: int, caplog: pytest.LogCaptureFixture) -> None:
    translate(status, "BadSyntax")
    assert f"teams.refused_message {status} BadSyntax" in caplog.text


def test_a_place_that_is_gone_is_no_error_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    translate(403, "BotNotInConversationRoster")
    assert caplog.text == ""


@pytest.mark.parametrize("address", ["https://evil.example/#a:1", "http://10.0.0.7/#a:1", "a:1", "#a:1", ""])
async def test_the_token_goes_to_no_other_host(chat: TeamsChat, address: str) -> None:
    with pytest.raises(SurfaceGone, match="not of an allowed Teams host"):
        await chat.post(address, CARD, "1")


async def test_a_token_that_cannot_be_had_is_tried_again_later(
    world: TeamsWorld, session: aiohttp.ClientSession
) -> None:
    wrong = Tokens(session, world.url.replace("teams/", "token"), "app-1", "old secret", PUBLIC.scope)
    with pytest.raises(Retryable, match="no token"):
        await TeamsChat(Connector(session, ["127.0.0.1"], wrong)).post(address_of(world.url, "a:1"), CARD, "1")


async def test_a_token_is_renewed_before_it_expires(world: TeamsWorld, session: aiohttp.ClientSession) -> None:
    now = 0.0
    tokens = Tokens(session, world.url.replace("teams/", "token"), "app-1", "secret", PUBLIC.scope, lambda: now)
    assert [await tokens.get() for _ in range(2)] == ["bot-token-1"] * 2
    now = 3600 - 299
    assert await tokens.get() == "bot-token-2"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://smba.trafficmanager.net/amer/", True),
        ("https://webchat.botframework.com/", True),
        ("https://smba.infra.gcc.teams.microsoft.com/gcc", True),
        ("https://smba.infra.gov.teams.microsoft.us/gcch", True),
        ("https://smba.infra.dod.teams.microsoft.us/dod", True),
        ("https://botframework.com/", False),
        ("https://evilbotframework.com/", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://smba.trafficmanager.net@evil.example/", False),
        ("https://ann@smba.trafficmanager.net/", False),
        ("http://smba.trafficmanager.net/", False),
        ("https://[::1", False),
        ("javascript:alert(1)", False),
    ],
)
def test_which_hosts_are_teams(url: str, allowed: bool) -> None:
    assert is_service(url, SERVICE_HOSTS) is allowed


def test_the_cloud_follows_from_where_the_keys_are() -> None:
    assert cloud_of(PUBLIC.metadata_url) is PUBLIC
    assert cloud_of(GOVERNMENT.metadata_url) is GOVERNMENT


def test_a_bot_for_one_tenant_logs_in_there() -> None:
    assert PUBLIC.token_url(("t-1",)) == "https://login.microsoftonline.com/t-1/oauth2/v2.0/token"
    assert "botframework.com/oauth2" in PUBLIC.token_url(("t-1", "t-2"))
