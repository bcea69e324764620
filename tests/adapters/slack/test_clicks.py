"""Buttons without a form, from the press to what the person and everybody else see."""

from __future__ import annotations

import logging
import re

import pytest

from bot.demo.slack_user import buttons, labels, text_of
from bot.demo.slack_world import Fault
from bot.domain.messages import Acknowledge, Clear
from bot.errors import Conflict, NotAllowed
from bot.ports.chat import Reply, Shown
from cards.actions import ask_button
from cards.model import Button, Buttons, Card, Text
from tests.adapters.slack.conftest import Bench
from tests.adapters.slack.fake_desk import RESPOND

CLEAR = Button("Clear", "task.clear", "T-1042", (("step", "0"), ("round", "1"), ("package", "9f86")), "primary")
OTHER = Button("Clear other", "task.clear", "T-1043", (("step", "0"), ("round", "1"), ("package", "abcd")))
CARD = Card("T-1042", (Text("Waits for you"), Buttons((CLEAR, OTHER))), "T-1042: clear by Friday")
LIST = Card("Status", (Text("Overdue"), Buttons((ask_button("Open", "status of T-1042"),))), "Your answer is here.")
ASKING = Card("T-1042", (Text("In your hands"), Buttons((RESPOND,))), "T-1042 is with its action officers")
DONE = Card("T-1042", (Text("Cleared by Ana & Co."),), "T-1042: cleared")


async def pressed(bench: Bench, channel: str, label: str = "Clear") -> str:
    ts = await bench.slack.chat.post(channel, CARD, "key")
    await bench.ana.press(bench.ana.last(channel), label)
    await bench.slack.settle()
    return ts


async def test_a_press_becomes_the_command_of_exactly_that_button(bench: Bench) -> None:
    ts = await pressed(bench, bench.room, "Clear other")
    [click] = bench.desk.clicks
    assert (click.command, click.task, click.actor) == (Clear(0, 1, "abcd"), "T-1043", "ana@ihsc.test")
    assert click.seen == Shown("slack", bench.room, ts)


async def test_the_clicked_card_is_brought_up_to_date_without_the_scarce_method(bench: Bench) -> None:
    ts = await pressed(bench, bench.room)
    await bench.slack.chat.update(bench.room, ts, DONE)
    assert "Cleared by Ana & Co." in text_of(bench.ben.last(bench.room))
    assert labels(bench.ben.last(bench.room)) == []
    assert bench.world.count("chat.update") == 0


async def test_a_refusal_is_shown_to_the_presser_alone(bench: Bench) -> None:
    bench.desk.error = NotAllowed("Only <the> AD & a delegate clear this.")
    await pressed(bench, bench.room)
    assert bench.ana.last(bench.room)["is_ephemeral"]
    assert bench.ana.last(bench.room)["text"] == "Only &lt;the&gt; AD &amp; a delegate clear this."
    assert "T-1042" in text_of(bench.ben.last(bench.room))


async def test_a_refusal_within_a_thread_stays_in_the_thread(bench: Bench) -> None:
    await bench.slack.chat.post(bench.room, CARD, "key")
    message = bench.ana.last(bench.room)
    message["thread_ts"] = "1763990000.000900"
    bench.desk.error = NotAllowed("No.")
    await bench.ana.press(message, "Clear")
    await bench.slack.settle()
    assert bench.world.ephemerals[bench.ana.id][-1]["thread_ts"] == "1763990000.000900"


@pytest.mark.parametrize("ways", [("response_url",), ("response_url", "chat.postEphemeral")])
async def test_a_refusal_finds_another_way_when_one_fails(bench: Bench, ways: tuple[str, ...]) -> None:
    for way in ways:
        bench.world.fail(way, Fault(500))
    bench.desk.error = NotAllowed("No.")
    await pressed(bench, bench.room)
    shown = bench.ana.last(bench.room if len(ways) == 1 else bench.ana.direct)
    assert shown["text"] == "No."


async def test_a_race_that_was_lost_is_told_in_words(bench: Bench) -> None:
    bench.desk.error = Conflict()
    await pressed(bench, bench.ana.direct)
    assert "Somebody else changed this" in text_of(bench.ana.last(bench.ana.direct))


async def test_what_nobody_expected_shows_a_reference_that_is_logged(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.desk.error = ZeroDivisionError("Ana's secret")
    await pressed(bench, bench.ana.direct)
    told = re.search(r"reference ([0-9a-f]{8})", text_of(bench.ana.last(bench.ana.direct)))
    assert told
    [record] = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert told[1] in record.getMessage()
    assert "ZeroDivisionError" in record.getMessage()
    assert "fake_desk.py" in record.getMessage()
    assert "secret" not in record.getMessage()


async def test_a_press_on_an_answer_replaces_the_answer(bench: Bench) -> None:
    bench.desk.reply = Reply(card=CARD)
    await bench.ana.say(bench.ana.direct, "what is mine?")
    await bench.slack.settle()
    bench.desk.reply = Reply(card=DONE)
    await bench.ana.press(bench.ana.last(bench.ana.direct), "Clear")
    await bench.slack.settle()
    assert "Cleared by Ana & Co." in text_of(bench.ana.last(bench.ana.direct))


async def test_a_press_on_what_a_command_showed_replaces_it(bench: Bench) -> None:
    bench.desk.reply = Reply(card=CARD)
    await bench.ana.command("/task", "mine", bench.room)
    bench.desk.reply = Reply(card=DONE, text="Cleared.")
    await bench.ana.press(bench.ana.last(bench.room), "Clear")
    await bench.slack.settle()
    replaced, told = bench.ana.sees(bench.room)
    assert "Cleared by Ana & Co." in text_of(replaced)
    assert text_of(told) == "Cleared."
    assert bench.ben.sees(bench.room) == []


async def test_a_button_that_asks_is_answered_beside_what_the_person_alone_sees(bench: Bench) -> None:
    bench.desk.reply = Reply(card=LIST, private=True)
    await bench.ana.command("/task", "mine", bench.room)
    bench.desk.reply = Reply(card=DONE, private=True)
    await bench.ana.press(bench.ana.last(bench.room), "Open")
    await bench.slack.settle()
    listed, told = bench.ana.sees(bench.room)
    assert [button["text"]["text"] for button, _ in buttons(listed)] == ["Open"]
    assert "Cleared by Ana & Co." in text_of(told)
    asked = bench.desk.messages[-1]
    assert (asked.text, asked.room, asked.actor) == ("status of T-1042", bench.room, bench.desk.messages[0].actor)
    assert bench.ben.sees(bench.room) == []


async def test_a_button_that_asks_in_private_is_answered_below(bench: Bench) -> None:
    bench.desk.reply = Reply(card=LIST)
    await bench.ana.say(bench.ana.direct, "what's overdue")
    await bench.slack.settle()
    bench.desk.reply = Reply(card=DONE)
    await bench.ana.press(bench.ana.last(bench.ana.direct), "Open")
    await bench.slack.settle()
    assert "Cleared by Ana & Co." in text_of(bench.ana.last(bench.ana.direct))
    assert (bench.desk.messages[-1].text, bench.desk.messages[-1].room) == ("status of T-1042", None)


async def test_a_form_opened_from_an_answer_replaces_it_when_it_is_sent(bench: Bench) -> None:
    bench.desk.reply = Reply(card=ASKING)
    await bench.ana.command("/task", "status of T-1042", bench.room)
    bench.desk.button = RESPOND
    await bench.ana.press(bench.ana.last(bench.room), "Respond")
    bench.desk.reply = Reply(card=DONE)
    await bench.ana.fill_and_submit({"Response": "Twelve."})
    await bench.slack.settle()
    (replaced,) = bench.ana.sees(bench.room)
    assert "Cleared by Ana & Co." in text_of(replaced)


async def test_a_card_that_is_kept_up_to_date_is_left_to_delivery(bench: Bench) -> None:
    bench.desk.reply = Reply(card=DONE)
    await pressed(bench, bench.room)
    assert "Waits for you" in text_of(bench.ana.last(bench.room))
    assert bench.world.count("response_url") == 0


async def test_a_press_sent_twice_acts_once(bench: Bench) -> None:
    await pressed(bench, bench.room)
    assert (await bench.world.resend(bench.world.sent[-1]))[0] == 200
    assert len(bench.desk.clicks) == 1


async def test_an_unknown_button_is_refused_in_words(bench: Bench) -> None:
    old = Button("Approve", "case.approve", "T-1")
    await bench.slack.chat.post(bench.room, Card("Old", (Buttons((old,)),), "Old"), "key")
    await bench.ana.press(bench.ana.last(bench.room), "Approve")
    await bench.slack.settle()
    assert "no longer valid" in text_of(bench.ana.last(bench.room))


async def test_answers_come_before_slow_calls_of_slack(bench: Bench) -> None:
    """Slack waits three seconds; the ephemeral that takes longer must not keep it waiting."""
    bench.world.patience = 1.0
    bench.world.fail("response_url", Fault(delay=1.5))
    bench.desk.reply = Reply(text="Cleared.")
    await pressed(bench, bench.room)
    assert text_of(bench.ana.last(bench.room)) == "Cleared."


@pytest.mark.parametrize(
    "flags",
    [
        {"is_email_confirmed": False},
        {"is_bot": True},
        {"deleted": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"team_id": "T0OTHER"},
        {"profile": {}},
    ],
)
async def test_an_account_that_the_workspace_does_not_vouch_for_is_nobodys(
    bench: Bench, flags: dict[str, object]
) -> None:
    bench.world.users[bench.ana.id] |= flags
    await pressed(bench, bench.room)
    assert bench.desk.clicks == []
    assert "not in the directory" in text_of(bench.ana.last(bench.room))


async def test_a_member_of_one_workspace_of_a_grid_is_known_in_it(bench: Bench) -> None:
    bench.world.users[bench.ana.id] |= {"team_id": "E0GRID", "enterprise_user": {"teams": [bench.world.team]}}
    await pressed(bench, bench.room)
    assert [click.actor for click in bench.desk.clicks] == ["ana@ihsc.test"]


async def test_a_known_account_is_not_asked_for_again_and_where_to_reach_it_is_found_out(bench: Bench) -> None:
    await pressed(bench, bench.room)
    await pressed(bench, bench.room)
    assert bench.world.count("users.info") == 1
    assert bench.desk.addresses == {f"{bench.world.team}:{bench.ana.id}": bench.ana.direct}


async def test_a_press_in_the_conversation_with_the_bot_tells_where_to_reach_the_person(bench: Bench) -> None:
    button = Button("Acknowledge", "task.acknowledge", "T-1042", (("assignment", "1"),))
    await bench.slack.chat.post(bench.ben.direct, Card("T-1042", (Buttons((button,)),), "T-1042"), "key")
    await bench.ben.press(bench.ben.last(bench.ben.direct), "Acknowledge")
    await bench.slack.settle()
    assert [click.command for click in bench.desk.clicks] == [Acknowledge(1)]
    assert bench.desk.addresses == {f"{bench.world.team}:{bench.ben.id}": bench.ben.direct}
    assert bench.world.count("conversations.open") == 0
