"""Images on cards: uploaded first, shown once Slack has looked at them, told in words where that can't be."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.slack_user import text_of
from bot.demo.slack_world import Fault
from bot.ports.chat import Reply
from cards.model import Card, Image, Text
from tests.adapters.slack.conftest import Bench

PNG = b"\x89PNG\r\n\x1a\n a chart"
CARD = Card("Report", (Text("23 received"), Image(PNG, "Received fell from 31 to 23.")), "The report is here.")


def images(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in message["blocks"] if block["type"] == "image"]


async def test_an_image_is_shown_with_its_words_for_who_cannot_see_it(bench: Bench) -> None:
    ts = await bench.slack.chat.post(bench.room, CARD, "k")
    [message] = bench.ben.sees(bench.room)
    assert message["ts"] == ts
    [image] = images(message)
    assert bench.world.files[image["slack_file"]["id"]][1] == PNG
    assert image["alt_text"] == "Received fell from 31 to 23."
    assert bench.world.count("files.info") == 2  # at first Slack had not looked at it yet
    assert [m for c in bench.world.channels.values() for m in c.messages] == [message]  # the file is shown nowhere else


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("files.getUploadURLExternal", Fault(error="missing_scope")),
        ("upload", Fault(status=500)),
        ("files.completeUploadExternal", Fault(cut=True)),
        ("files.info", Fault(error="file_not_found")),
        ("chat.postMessage", Fault(error="invalid_blocks")),
    ],
)
async def test_where_slack_takes_no_image_the_card_tells_it_in_words(bench: Bench, method: str, fault: Fault) -> None:
    bench.world.fail(method, fault)
    await bench.slack.chat.post(bench.room, CARD, "k")
    [message] = bench.ben.sees(bench.room)
    assert not images(message)
    assert "Received fell from 31 to 23." in text_of(message)


async def test_an_answer_shows_its_image_and_a_commands_answer_goes_where_images_can_be(bench: Bench) -> None:
    bench.desk.reply = Reply(card=CARD)
    await bench.ana.mention(bench.room, "report")
    await bench.slack.settle()
    assert images(bench.ben.last(bench.room))
    before = len(bench.ben.sees(bench.room))
    await bench.ana.command("/task", "report", bench.room)
    await bench.slack.settle()
    assert bench.ana.sees(bench.room)[-1]["text"] == "It is in our own conversation."
    assert images(bench.ana.last(bench.ana.direct))
    assert len(bench.ben.sees(bench.room)) == before
