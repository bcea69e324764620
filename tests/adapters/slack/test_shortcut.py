"""The message shortcut "Send to Taskings": what Slack tells of the message, and the form that opens."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack import inbound, markup
from adapters.slack.inbound import Forwarded, Malformed, Origin
from bot.demo.slack_rules import Json
from bot.demo.slack_user import SlackUser, text_of
from bot.demo.slack_world import Fault, SlackTrouble
from bot.domain.messages import ForwardRequest, Original
from bot.errors import NotAllowed, Rejected
from bot.ports.chat import Reply
from cards.actions import forward
from tests.adapters.slack.conftest import Bench
from tests.adapters.slack.test_inbound import recorded

PATH = "archives/C0LAN2Q65/p1764000000000100?thread_ts=1763990000.000900&cid=C0LAN2Q65"


def test_a_message_in_a_thread_with_its_author_files_and_address() -> None:
    sent = inbound.forwarded(recorded("message_action"))
    by = Origin(
        "T061EG9R6",
        "U061F7AUR",
        "C0LAN2Q65",
        "1763990000.000900",
        "https://hooks.slack.com/app/T061EG9R6/456/def",
        "13345224609.1395872398.0123456789abcdef",
    )
    assert sent == Forwarded(by, sent.text, "U0ORTIZ11", "", PATH)
    assert markup.whole(sent.text, {"U0AAA1111": "@Ben"}) == (
        "@Ben asked for *beds* & staff:\n- see the letter (https://ocr.example.gov/q?a=1&b=2)\n- by <Friday>"
        "\nHow many beds?\nFiles there: letter.pdf"
    )


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"bot_id": "B1", "user": "U9", "username": "OCR mailbox"}, "OCR mailbox"),
        ({"bot_id": "B1", "bot_profile": {"name": "Forms"}}, "Forms"),
        ({"bot_id": "B1"}, ""),
    ],
)
def test_a_bots_message_has_the_name_that_it_gives_itself(told: Json, name: str) -> None:
    body = recorded("message_action")
    body["message"] = {"type": "message", "text": "How many?", "ts": "1764000000.000100", **told}
    sent = inbound.forwarded(body)
    assert (sent.author, sent.name, sent.path) == ("", name, "archives/C0LAN2Q65/p1764000000000100")


def test_a_shortcut_that_is_none_of_ours_is_refused_and_what_slack_never_sends_is_malformed() -> None:
    with pytest.raises(Rejected):
        inbound.forwarded(recorded("message_action") | {"callback_id": "other"})
    broken: tuple[dict[str, Any], ...] = (
        {"message": None},
        {"channel": {}},
        {"message": {"text": "x"}},
        {"user": None},
    )
    for change in broken:
        with pytest.raises(Malformed):
            inbound.forwarded(recorded("message_action") | change)


async def chosen(bench: Bench, text: str = "How many beds?", callback: str = "task.forward") -> Json:
    """Ana chooses the shortcut on what Ben wrote in a channel without the bot."""
    private = bench.world.add_channel("elsewhere", bench.ana.id, bench.ben.id, bot=False)
    message = await bench.ben.say(private, text)
    bench.desk.button = forward(Original(text, "ben"))
    await bench.ana.shortcut(message, callback)
    return message


async def test_the_form_opens_with_the_message_and_brings_the_command(bench: Bench) -> None:
    message = await chosen(bench, f"<@{bench.ana.id}> how many beds &amp; where?")
    link = f"{bench.world.url}/archives/{message['channel']}/p{message['ts'].replace('.', '')}"
    assert bench.desk.sent_on == [("ana@ihsc.test", Original("@ana how many beds & where?", "ben", link))]
    bench.desk.reply = Reply(text="Done: T-1042 is received.")
    await bench.ana.fill_and_submit({"What is asked": "How many?", "What the Taskings Program should know": "Urgent."})
    await bench.slack.settle()
    assert [click.command for click in bench.desk.clicks] == [ForwardRequest("How many?", "ben", "", "Urgent.")]
    assert text_of(bench.ana.last(bench.ana.direct)) == "Done: T-1042 is received."


async def test_a_form_that_is_sent_again_counts_once(bench: Bench) -> None:
    await chosen(bench)
    await bench.ana.fill_and_submit({})
    await bench.world.resend(bench.world.sent[-1])
    assert len(bench.desk.keys) == 2
    assert len(set(bench.desk.keys)) == len(bench.desk.clicks) == 1


async def test_an_author_whom_slack_does_not_tell_keeps_nobody_from_sending_it(bench: Bench) -> None:
    await bench.ana.command("/task", "help")  # somebody known, who is not looked up again
    bench.world.fail("users.info", Fault(error="user_not_found"))
    await chosen(bench)
    assert [original.author for _, original in bench.desk.sent_on] == [""]
    assert bench.ana.view is not None


@pytest.mark.parametrize("refused", [NotAllowed("I don't know you."), None])
async def test_what_does_not_open_is_told_where_the_person_is(bench: Bench, refused: Exception | None) -> None:
    bench.desk.error = refused
    if refused is None:
        bench.world.fail("views.open", Fault(error="expired_trigger_id"))
    message = await chosen(bench)
    await bench.slack.settle()
    assert bench.ana.view is None
    told = text_of(bench.ana.last(message["channel"]))
    assert told == (str(refused) if refused else told)
    assert bench.ana.last(message["channel"])["is_ephemeral"]


async def test_a_shortcut_of_an_older_manifest_is_refused_in_words(bench: Bench) -> None:
    message = await chosen(bench, callback="task.other")
    await bench.slack.settle()
    assert "no longer valid" in text_of(bench.ana.last(message["channel"]))


async def test_a_stranger_and_a_guest_of_another_workspace_get_no_form(bench: Bench) -> None:
    stranger = SlackUser(bench.world, bench.world.add_user("guest@elsewhere.test", "guest", is_restricted=True))
    place = bench.world.add_channel("elsewhere", stranger.id, bench.ben.id, bot=False)
    await stranger.shortcut(await bench.ben.say(place, "How many beds?"), "task.forward")
    await bench.slack.settle()
    assert stranger.view is None
    assert "not in the directory" in text_of(stranger.last(place))


async def test_a_malformed_shortcut_is_answered_400(bench: Bench) -> None:
    with pytest.raises(SlackTrouble, match="400"):
        await bench.world.deliver("interactive", {"type": "message_action", "callback_id": "task.forward"})
