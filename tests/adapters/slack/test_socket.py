"""The same app over a connection that it opens itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.demo.slack_user import SlackUser, text_of
from bot.demo.slack_world import Fault, SlackWorld
from bot.errors import Rejected
from bot.ports.chat import Reply
from cards.model import Buttons, Card
from tests.adapters.slack.conftest import Bench, running
from tests.adapters.slack.fake_desk import RESPOND, FakeDesk


@pytest.fixture
async def bench(world: SlackWorld) -> AsyncIterator[Bench]:
    ana, ben = (SlackUser(world, world.add_user(f"{name}@ihsc.test", name)) for name in ("ana", "ben"))
    desk = FakeDesk()
    async with running(world, desk, app_token=world.app_token) as slack:
        await asyncio.wait_for(world.connected.wait(), 5)
        yield Bench(world, slack, desk, ana, ben, world.add_channel("taskings", ana.id, ben.id))
    assert world.socket is None


async def test_a_question_a_form_and_a_refusal(bench: Bench) -> None:
    bench.desk.reply = Reply(card=Card("T-1042", (Buttons((RESPOND,)),), "T-1042"))
    await bench.ana.command("/task", "mine")
    await bench.ana.press(bench.ana.last(bench.ana.direct), "Respond")
    bench.desk.error = Rejected("R. Diaz was faster.")
    assert await bench.ana.fill_and_submit({"Response": "x"}) == {"Response": "R. Diaz was faster."}
    bench.desk.reply = Reply(text="Submitted.")
    assert await bench.ana.fill_and_submit({"Response": "x"}) == {}
    await bench.slack.settle()
    assert text_of(bench.ana.last(bench.ana.direct)) == "Submitted."
    await bench.ana.mention(bench.room, "what is open?")
    assert [message.text for message in bench.desk.messages] == ["mine", "what is open?"]
    assert bench.world.sent == []


async def test_slack_being_away_at_first_keeps_nobody_from_starting(
    world: SlackWorld, caplog: pytest.LogCaptureFixture
) -> None:
    world.fail("auth.test", Fault(500))
    world.fail("apps.connections.open", Fault(500))
    ana = SlackUser(world, world.add_user("ana@ihsc.test", "ana"))
    desk = FakeDesk()
    async with running(world, desk, app_token=world.app_token):
        await ana.command("/task", "mine")  # by HTTP, which stays open
    assert [message.text for message in desk.messages] == ["mine"]
    assert "did not tell who the app is" in caplog.text
