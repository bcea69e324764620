"""Cards to Slack: posted once, changed in place, found again, and every failure sorted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.slack.api import LONG, PAUSE, web_client
from adapters.slack.chat import MAX_REMEMBERED, URL_USES, SlackChat
from adapters.slack.files import SlackFiles, fetcher
from adapters.slack.pictures import Pictures
from adapters.slack.workspace import Workspace
from bot.demo.slack_user import text_of
from bot.demo.slack_world import Fault, SlackWorld
from bot.errors import Retryable, SurfaceGone
from bot.ports.chat import Account, Chat
from cards.model import Card, Text

CARD = Card("T-1042", (Text("Please respond"),), "T-1042: respond by Friday & sign")
FRESH = Card("T-1042", (Text("Answered"),), "T-1042: answered")


class Clock:
    def __init__(self) -> None:
        self.now = 1_764_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(world: SlackWorld) -> Clock:
    clock = Clock()
    world.clock = clock
    return clock


@pytest.fixture
async def chat(world: SlackWorld, clock: Clock) -> AsyncIterator[SlackChat]:
    workspace = Workspace(web_client(world.bot_token, world.api_url, 0.5), 0.5)
    workspace.open()
    files = SlackFiles(workspace, fetcher(world.api_url, {world.url}), world.bot_token)
    yield SlackChat(workspace, Pictures(files), clock)
    await workspace.close()


@pytest.fixture
def room(world: SlackWorld) -> str:
    return world.add_channel("taskings")


async def test_a_card_is_posted_with_its_key_and_without_previews(
    chat: SlackChat, world: SlackWorld, room: str
) -> None:
    port: Chat = chat
    ts = await port.post(room, CARD, "T-1042/task")
    [message] = world.channels[room].messages
    assert message["ts"] == ts
    assert message["metadata"] == {"event_type": "taskings_surface", "event_payload": {"key": "T-1042/task"}}
    assert message["text"] == "T-1042: respond by Friday &amp; sign"
    [(_, sent)] = world.calls
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)


async def test_a_card_is_changed_in_place(chat: SlackChat, world: SlackWorld, room: str) -> None:
    ts = await chat.post(room, CARD, "k")
    await chat.update(room, ts, FRESH)
    [message] = world.channels[room].messages
    assert "Answered" in text_of(message)
    assert message["metadata"]["event_payload"] == {"key": "k"}


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (Fault(429, retry_after=7), timedelta(seconds=7)),
        (Fault(429), PAUSE),
        (Fault(error="ratelimited"), PAUSE),
        (Fault(500), None),
        (Fault(503), None),
        (Fault(error="internal_error"), None),
        (Fault(cut=True), None),
        (Fault(delay=0.8), None),
        (Fault(error="missing_scope"), LONG),
        (Fault(error="invalid_blocks"), LONG),
        (Fault(error="token_revoked"), LONG),
    ],
)
async def test_what_may_go_better_later_says_when(
    chat: SlackChat, world: SlackWorld, room: str, fault: Fault, wait: timedelta | None
) -> None:
    world.fail("chat.postMessage", fault)
    with pytest.raises(Retryable) as caught:
        await chat.post(room, CARD, "k")
    assert caught.value.after == wait
    assert world.count("chat.postMessage") == 1


@pytest.mark.parametrize(
    "code",
    ["message_not_found", "channel_not_found", "is_archived", "not_in_channel", "cant_update_message", "user_disabled"],
)
async def test_what_is_gone_stays_gone(chat: SlackChat, world: SlackWorld, room: str, code: str) -> None:
    world.fail("chat.update", Fault(error=code))
    with pytest.raises(SurfaceGone):
        await chat.update(room, "1.1", CARD)


async def test_the_workspace_says_the_same_of_real_places(chat: SlackChat, world: SlackWorld, room: str) -> None:
    elsewhere = world.add_channel("elsewhere", bot=False)
    world.channels[room].archived = True
    for address in ("C0NOWHERE", elsewhere, room):
        with pytest.raises(SurfaceGone):
            await chat.post(address, CARD, "k")


@pytest.mark.parametrize("fault", [Fault(done=True, cut=True), Fault(500, done=True), Fault(done=True, delay=0.8)])
async def test_a_create_whose_answer_was_lost_is_posted_once_and_found_again(
    chat: SlackChat, world: SlackWorld, room: str, fault: Fault
) -> None:
    world.fail("chat.postMessage", fault)
    with pytest.raises(Retryable):
        await chat.post(room, CARD, "lost")
    found = await chat.find(room, "lost")
    assert [message["ts"] for message in world.channels[room].messages] == [found]


async def test_a_create_that_never_arrived_is_not_found(chat: SlackChat, world: SlackWorld, room: str) -> None:
    world.fail("chat.postMessage", Fault(cut=True))
    with pytest.raises(Retryable):
        await chat.post(room, CARD, "lost")
    await chat.post(room, CARD, "another")
    assert await chat.find(room, "lost") is None


async def test_a_message_is_found_behind_many_others(chat: SlackChat, world: SlackWorld, room: str) -> None:
    ts = await chat.post(room, CARD, "first")
    for _ in range(250):
        world.channels[room].messages.append({"type": "message", "ts": world.new_ts(), "text": "chatter"})
    assert await chat.find(room, "first") == ts
    assert world.count("conversations.history") == 2


async def test_the_response_url_of_a_click_is_used_five_times_and_then_the_usual_way(
    chat: SlackChat, world: SlackWorld, room: str
) -> None:
    ts = await chat.post(room, CARD, "k")
    chat.remember(room, ts, world.add_hook("U1", room, message=world.channels[room].message(ts)))
    for _ in range(URL_USES + 1):
        await chat.update(room, ts, FRESH)
    assert (world.count("response_url"), world.count("chat.update")) == (URL_USES, 1)


async def test_a_response_url_is_good_for_half_an_hour(
    chat: SlackChat, world: SlackWorld, room: str, clock: Clock
) -> None:
    ts = await chat.post(room, CARD, "k")
    chat.remember(room, ts, world.add_hook("U1", room, message=world.channels[room].message(ts)))
    clock.now += 1801
    await chat.update(room, ts, FRESH)
    assert (world.count("response_url"), world.count("chat.update")) == (0, 1)


@pytest.mark.parametrize("fault", [Fault(500), Fault(cut=True), Fault(delay=0.8), Fault(429, retry_after=1)])
async def test_a_response_url_that_fails_gives_way_to_the_usual_way(
    chat: SlackChat, world: SlackWorld, room: str, fault: Fault
) -> None:
    ts = await chat.post(room, CARD, "k")
    chat.remember(room, ts, world.add_hook("U1", room, message=world.channels[room].message(ts)))
    world.fail("response_url", fault)
    await chat.update(room, ts, FRESH)
    assert "Answered" in text_of(world.channels[room].messages[0])
    assert world.count("chat.update") == 1


async def test_what_is_remembered_of_clicks_is_bounded(chat: SlackChat) -> None:
    for number in range(MAX_REMEMBERED + 1):
        chat.remember("C1", str(number), "http://example.test")
    assert chat.way_back("C1", "0") is None
    assert chat.way_back("C1", "1") == "http://example.test"


async def test_a_person_is_reached_by_email_in_their_own_conversation(chat: SlackChat, world: SlackWorld) -> None:
    user = world.add_user("Ana@ihsc.test", "ana")
    account = await chat.reach("ana@ihsc.test")
    assert account == Account("slack", f"{world.team}:{user}", world.direct(user).id)


@pytest.mark.parametrize("flags", [{"is_email_confirmed": False}, {"is_stranger": True}, {"deleted": True}])
async def test_nobody_is_reached_whom_the_workspace_does_not_vouch_for(
    chat: SlackChat, world: SlackWorld, flags: dict[str, object]
) -> None:
    world.add_user("ana@ihsc.test", "ana", **flags)
    assert await chat.reach("ana@ihsc.test") is None
    assert await chat.reach("nobody@ihsc.test") is None


@pytest.mark.parametrize("method", ["auth.test", "users.lookupByEmail", "conversations.open"])
async def test_reaching_somebody_fails_as_a_delivery_does(chat: SlackChat, world: SlackWorld, method: str) -> None:
    world.add_user("ana@ihsc.test", "ana")
    world.fail(method, Fault(500))
    with pytest.raises(Retryable):
        await chat.reach("ana@ihsc.test")
    assert await chat.reach("ana@ihsc.test") is not None
