"""What is written to the bot, in a room, in private and as a command, and where the answer appears."""

from __future__ import annotations

import pytest

from bot.demo.slack_user import text_of
from bot.demo.slack_world import Fault, SlackTrouble
from bot.errors import InvalidInput, Rejected
from bot.ports.chat import Message, Reply, Shown
from cards.model import Card, Text
from tests.adapters.slack.conftest import Bench, running

ANSWER = Card("3 tasks", (Text("T-1042, T-1043, T-1050"),), "3 tasks are open")


async def test_a_mention_is_answered_in_its_thread_for_everybody(bench: Bench) -> None:
    bench.desk.reply = Reply(card=ANSWER, text="As of 14:02.")
    asked = await bench.ana.mention(bench.room, "what is open?")
    await bench.slack.settle()
    answer = bench.ben.last(bench.room)
    assert answer["thread_ts"] == asked["ts"]
    assert "T-1043" in text_of(answer)
    assert "As of 14:02." in text_of(answer)
    [message] = bench.desk.messages
    thread = Shown("slack", bench.room, asked["ts"])
    assert message == Message(message.key, "slack", "ana@ihsc.test", "what is open?", bench.room, thread=thread)


async def test_a_private_answer_to_a_mention_goes_to_the_person_alone(bench: Bench) -> None:
    bench.desk.reply = Reply(card=ANSWER, private=True)
    asked = await bench.ana.mention(bench.room, "what is mine?")
    await bench.slack.settle()
    assert bench.ben.sees(bench.room) == [asked]
    assert "T-1043" in text_of(bench.ana.last(bench.ana.direct))


async def test_a_direct_message_is_answered_beside_it(bench: Bench) -> None:
    bench.desk.reply = Reply(text="Nothing <waits> for you.")
    await bench.ana.say(bench.ana.direct, "what is mine?")
    await bench.slack.settle()
    answer = bench.ana.last(bench.ana.direct)
    assert "thread_ts" not in answer
    assert answer["text"] == "Nothing &lt;waits&gt; for you."
    assert [message.room for message in bench.desk.messages] == [None]
    assert bench.desk.addresses == {f"{bench.world.team}:{bench.ana.id}": bench.ana.direct}


async def test_people_who_are_mentioned_are_named_by_email(bench: Bench) -> None:
    await bench.ana.mention(bench.room, f"what does <@{bench.ben.id}> owe?")
    assert [message.text for message in bench.desk.messages] == ["what does ben@ihsc.test owe?"]


async def test_a_command_is_answered_to_one_person_alone(bench: Bench) -> None:
    bench.desk.reply = Reply(card=ANSWER)
    await bench.ana.command("/task", "status of T-1042", bench.room)
    assert "T-1043" in text_of(bench.ana.last(bench.room))
    assert bench.ben.sees(bench.room) == []
    assert [(m.text, m.room) for m in bench.desk.messages] == [("status of T-1042", None)]


async def test_a_command_that_is_refused_says_why(bench: Bench) -> None:
    bench.desk.error = Rejected("There is no T-9.")
    await bench.ana.command("/task", "status of T-9", bench.room)
    assert text_of(bench.ana.last(bench.room)) == "There is no T-9."


async def test_a_command_with_nothing_to_say_shows_nothing(bench: Bench) -> None:
    await bench.ana.command("/task", "")
    assert bench.ana.sees(bench.ana.direct) == []


async def test_a_mention_that_is_refused_says_why_to_one_person_alone(bench: Bench) -> None:
    bench.desk.error = Rejected("There is no T-9.")
    asked = await bench.ana.mention(bench.room, "status of T-9")
    await bench.slack.settle()
    assert text_of(bench.ana.last(bench.room)) == "There is no T-9."
    assert bench.ben.sees(bench.room) == [asked]


async def test_the_bots_own_messages_are_not_answered(bench: Bench) -> None:
    bench.desk.reply = Reply(text="Hello.")
    event = {"type": "message", "channel_type": "im", "channel": bench.ana.direct, "ts": "1.1", "text": "Hello."}
    for own in ({"user": bench.world.bot_user}, {"user": bench.world.bot_user, "bot_id": bench.world.bot_id}):
        body = {"type": "event_callback", "team_id": bench.world.team, "event_id": "Ev1", "event": {**event, **own}}
        await bench.world.deliver("events_api", body)
    assert bench.desk.messages == []


async def test_files_sent_in_private_are_received(bench: Bench) -> None:
    bench.desk.reply = Reply(text="Kept with T-1042.")
    await bench.ana.say(bench.ana.direct, "", ("a.txt", b"abc", "text/plain"), ("b.txt", b"de", "text/plain"))
    await bench.slack.settle()
    assert bench.desk.received == [("ana@ihsc.test", [("a.txt", b"abc"), ("b.txt", b"de")])]
    assert text_of(bench.ana.last(bench.ana.direct)) == "Kept with T-1042."


async def test_files_that_are_refused_say_why(bench: Bench) -> None:
    bench.desk.error = InvalidInput("No assignment of yours waits for a response.")
    await bench.ana.say(bench.ana.direct, "", ("a.txt", b"abc", "text/plain"))
    await bench.slack.settle()
    assert text_of(bench.ana.last(bench.ana.direct)) == "No assignment of yours waits for a response."


async def test_words_beside_a_file_are_said_not_to_be_read(bench: Bench) -> None:
    bench.desk.reply = Reply(text="a.txt goes with your response to T-1042.")
    await bench.ana.say(bench.ana.direct, "412 beds", ("a.txt", b"abc", "text/plain"))
    await bench.slack.settle()
    told = text_of(bench.ana.last(bench.ana.direct))
    assert told.startswith("a.txt goes with your response to T-1042. I did not read what you wrote beside it")
    assert bench.desk.messages == []


@pytest.mark.parametrize(("words", "answers"), [("", 0), ("status of T-1042", 1)])
async def test_a_file_in_a_room_is_sent_elsewhere_and_words_with_it_are_answered(
    bench: Bench, words: str, answers: int
) -> None:
    bench.desk.reply = Reply(card=ANSWER)
    await bench.ana.say(bench.room, f"<@{bench.world.bot_user}> {words}", ("a.txt", b"abc", "text/plain"))
    await bench.slack.settle()
    assert bench.desk.received == []
    assert len(bench.desk.messages) == answers
    assert len(bench.ben.sees(bench.room)) == 1 + answers
    (aside,) = bench.world.ephemerals[bench.ana.id]
    assert text_of(aside).startswith("I take no files here: send them to me in our own conversation")


async def test_a_slow_file_does_not_make_slack_send_the_event_again(bench: Bench) -> None:
    bench.world.patience = 0.5
    bench.world.fail("files", Fault(delay=0.8))
    async with running(bench.world, bench.desk, patience=0.05) as slack:
        await bench.ana.say(bench.ana.direct, "", ("a.txt", b"abc", "text/plain"))
        assert bench.desk.received == []
        await slack.settle()
    assert len(bench.desk.received) == 1


async def test_slack_is_told_nothing_of_failures_that_the_person_was_told(bench: Bench) -> None:
    bench.desk.error = ZeroDivisionError()
    await bench.ana.mention(bench.room, "what is open?")
    await bench.slack.settle()
    assert "report reference" in text_of(bench.ana.last(bench.room))
    assert len(bench.world.sent) == 1


async def test_a_workspace_that_cannot_be_asked_who_somebody_is_says_so(bench: Bench) -> None:
    bench.world.fail("users.info", Fault(503))
    await bench.ana.command("/task", "mine")
    assert "Slack did not answer in time" in text_of(bench.ana.last(bench.ana.direct))


async def test_an_answer_that_cannot_be_posted_is_logged_and_breaks_nothing(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.desk.reply = Reply(text="Hello.")
    bench.world.fail("chat.postMessage", Fault(error="is_archived"))
    await bench.ana.mention(bench.room, "hello")
    await bench.slack.settle()
    assert "SurfaceGone" in caplog.text


async def test_another_command_is_not_ours(bench: Bench) -> None:
    with pytest.raises(SlackTrouble):
        await bench.ana.command("/other", "x")
