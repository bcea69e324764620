"""Words that come with a file or a picture are not read, and whoever wrote them is told so."""

from __future__ import annotations

from bot.ports.chat import Reply
from tests.adapters.teams.conftest import Stage

UNREAD = "I did not read what you wrote beside it: send words on their own, or write them into your response."


async def test_words_beside_a_file_are_said_not_to_be_read(stage: Stage) -> None:
    stage.desk.reply = Reply(text="beds.pdf goes with your response to T-1042.")
    await stage.ann.send_file("beds.pdf", b"%PDF-1.7", text="412 beds")
    await stage.teams.settle()
    checking = "Received 1 file; checking it."
    assert stage.ann.texts() == [checking, f"beds.pdf goes with your response to T-1042. {UNREAD}"]
    assert stage.desk.said == []


async def test_words_beside_a_picture_are_said_not_to_be_read(stage: Stage) -> None:
    picture = {"contentType": "image/png", "contentUrl": f"{stage.world.url}v3/attachments/1/views/original"}
    sent = stage.world.activity(stage.ann.person, stage.ann.chat, type="message", text="Look", attachments=[picture])
    await stage.world.deliver(sent)
    await stage.teams.settle()
    assert stage.ann.texts() == [f"I can't read a pasted picture. Attach it as a file with the paperclip. {UNREAD}"]
