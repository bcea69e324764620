"""What people do in Teams, and what they are shown for it."""

from __future__ import annotations

import logging

import pytest

from bot.demo.teams_user import TeamsUser, buttons, card_text
from bot.demo.teams_world import Fault, Json, TeamsTrouble
from bot.domain.messages import Acknowledge, Defer, Respond
from bot.errors import Conflict, IllegalTransition, InvalidInput, Retryable
from bot.ports.chat import Account, Reply, Shown
from cards.actions import ask_button
from cards.model import Button, Buttons, Card, Form, Text, TextField
from tests.adapters.teams.conftest import STRANGER, Stage

DEFER = Form("Defer T-1042", "Send deferral", (TextField("reason", "Why it is not yours", multiline=True),))
LONG = Form("Respond to T-1042", "Submit response", (TextField("text", "Response", multiline=True),), long=True)
ABOUT = (("assignment", "1"),)
RESPOND = Button("Respond", "task.respond", "T-1042", ABOUT, form=LONG)
CARD = Card(
    "T-1042",
    (
        Text("How many beds?"),
        Buttons(
            (
                Button("Acknowledge", "task.acknowledge", "T-1042", ABOUT, style="primary"),
                Button("Defer", "task.defer", "T-1042", ABOUT, form=DEFER),
                RESPOND,
            )
        ),
    ),
    "T-1042 is assigned to you, due 5 January",
)
LIST = Card("Overdue", (Buttons((ask_button("Open", "status of T-1042"),)),), "Your answer is here.")
FRESH = Card("T-1042", (Text("Acknowledged by Ann Lee"),), "T-1042 is acknowledged")


async def shown_card(stage: Stage, room: str = "") -> Json:
    """A message with CARD, as delivery would have posted it."""
    conversation = room or stage.ann.chat.id
    await stage.teams.chat.post(f"{stage.world.url.rstrip('/')}#{conversation}", CARD, "1")
    return stage.ann.card("How many beds?", room)


async def test_a_press_is_answered_with_the_fresh_card_in_place(stage: Stage) -> None:
    message = await shown_card(stage)
    stage.desk.reply = Reply(card=FRESH)
    await stage.ann.press(message, "Acknowledge")
    (click,) = stage.desk.clicks
    address = f"{stage.world.url.rstrip('/')}#{stage.ann.chat.id}"
    assert (click.actor, click.task, click.command) == ("ann@example.gov", "T-1042", Acknowledge(1))
    assert click.seen == Shown("teams", address, message["id"])
    assert [card_text(message) for message in stage.ann.sees()] == ["T-1042\nAcknowledged by Ann Lee"]


async def test_a_short_form_opens_in_the_card_and_sends_what_was_entered(stage: Stage) -> None:
    message = await shown_card(stage, stage.room.id)
    stage.desk.reply = Reply(card=FRESH)
    with pytest.raises(TeamsTrouble, match="Why it is not yours"):
        await stage.ann.press(message, "Send deferral", room=stage.room.id)
    await stage.ann.press(message, "Send deferral", {"reason": "Not ours."}, room=stage.room.id)
    assert stage.desk.clicks[0].command == Defer(1, "Not ours.")
    assert "Acknowledged" in card_text(stage.ann.sees(stage.room.id)[0])


@pytest.mark.parametrize("in_room", [False, True])
async def test_a_long_form_comes_as_a_message_of_its_own_in_their_chat(stage: Stage, in_room: bool) -> None:
    room = stage.room.id if in_room else ""
    message = await shown_card(stage, room)
    stage.desk.button = RESPOND
    await stage.ann.press(message, "Respond", room=room)
    await stage.teams.settle()
    form = stage.ann.sees()[-1]
    assert (buttons(form), form["summary"]) == (["Submit response"], "Respond to T-1042")
    assert stage.ann.lines == ["I answered in our own chat." if in_room else "It is below."]
    assert buttons(stage.ann.card("How many beds?", room)) == ["Acknowledge", "Defer", "Respond"]
    assert stage.desk.clicks == []


async def test_a_sent_form_that_is_answered_in_words_gives_way_to_them(stage: Stage) -> None:
    message = await shown_card(stage)
    stage.desk.button = RESPOND
    await stage.ann.press(message, "Respond")
    await stage.teams.settle()
    stage.desk.reply = Reply(text="T-1042 is in review.")
    await stage.ann.press(stage.ann.sees()[-1], "Submit response", {"text": "Forty."})
    assert stage.desk.clicks[0].seen is None
    assert card_text(stage.ann.sees()[1]) == "Done\nT-1042 is in review."
    assert buttons(stage.ann.sees()[1]) == []


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("in_room", [False, True])
async def test_a_button_that_asks_is_answered_with_a_message_of_its_own(
    stage: Stage, in_room: bool, private: bool
) -> None:
    room = stage.room.id if in_room else ""
    conversation = room or stage.ann.chat.id
    await stage.teams.chat.post(f"{stage.world.url.rstrip('/')}#{conversation}", LIST, "1")
    stage.desk.reply = Reply(card=FRESH, private=private)
    await stage.ann.press(stage.ann.card("Overdue", room), "Open", room=room)
    await stage.teams.settle()
    (asked,) = stage.desk.said
    assert (asked.text, asked.room is not None) == ("status of T-1042", in_room)
    assert "Acknowledged" in card_text(stage.ann.sees("" if private else room)[-1])
    assert buttons(stage.ann.card("Overdue", room)) == ["Open"]


async def test_a_sent_form_gives_way_to_what_came_of_it(stage: Stage) -> None:
    message = await shown_card(stage)
    stage.desk.button = RESPOND
    await stage.ann.press(message, "Respond")
    await stage.teams.settle()
    stage.desk.reply = Reply(card=FRESH, text="Thank you.")
    await stage.ann.press(stage.ann.sees()[-1], "Submit response", {"text": "Forty."})
    await stage.teams.settle()
    assert stage.desk.clicks[0].command == Respond(1, "Forty.")
    assert card_text(stage.ann.sees()[1]) == "T-1042\nAcknowledged by Ann Lee"
    assert stage.ann.texts() == ["Thank you."]


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (IllegalTransition("T-1042 is closed."), "T-1042 is closed."),
        (InvalidInput("Say why.", "reason"), "Say why."),
        (Conflict("version"), "Somebody else changed this at the same moment."),
        (Retryable("file store"), "Teams did not answer in time."),
    ],
)
@pytest.mark.parametrize("in_room", [False, True])
async def test_a_refusal_is_read_by_the_person_alone_and_leaves_the_card(
    stage: Stage, refusal: Exception, sentence: str, in_room: bool
) -> None:
    room = stage.room.id if in_room else ""
    message = await shown_card(stage, room)
    stage.desk.refusal = refusal
    await stage.ann.press(message, "Acknowledge", room=room)
    await stage.teams.settle()
    heard = stage.ann.texts() if in_room else stage.ann.lines
    assert heard[0].startswith(sentence)
    assert stage.ann.texts(stage.room.id) == []
    assert stage.ann.sees(room)[0] == message


async def test_a_private_answer_to_a_press_in_a_room_does_not_replace_the_rooms_card(stage: Stage) -> None:
    message = await shown_card(stage, stage.room.id)
    stage.desk.reply = Reply(card=FRESH, private=True)
    await stage.ann.press(message, "Acknowledge", room=stage.room.id)
    await stage.teams.settle()
    assert stage.ann.sees(stage.room.id) == [message]
    assert "Acknowledged" in card_text(stage.ann.sees()[0])


async def test_a_resent_press_has_the_same_key_and_a_new_attempt_the_same_wish(stage: Stage) -> None:
    """Teams resends after 15 seconds with the same id, and after about 30 with a new one."""
    message = await shown_card(stage)
    stage.desk.reply = Reply(card=FRESH)
    await stage.ann.press(message, "Acknowledge")
    again = stage.world.sent[-1]
    assert await stage.world.deliver(again) == await stage.world.deliver(again | {"id": "f:another"})
    first, second, third = stage.desk.clicks
    assert first.key == second.key != third.key
    assert first.command == second.command == third.command


async def test_an_answer_to_a_message_is_one_card_with_its_notice(stage: Stage) -> None:
    stage.desk.reply = Reply(card=CARD)
    await stage.ann.say("T-1042")
    await stage.teams.settle()
    (answer,) = stage.ann.sees()
    assert answer["summary"] == CARD.notice
    assert "text" not in answer
    assert len(answer["attachments"]) == 1


async def test_a_card_and_a_sentence_are_two_messages(stage: Stage) -> None:
    stage.desk.reply = Reply(card=CARD, text="Two more are due later.")
    await stage.ann.say("what is due?")
    await stage.teams.settle()
    assert [bool(message.get("attachments")) for message in stage.ann.sees()] == [True, False]


async def test_a_mention_is_answered_in_its_thread(stage: Stage) -> None:
    stage.desk.reply = Reply(text="Three are open.")
    await stage.ann.say("how many are open?", stage.room.id, thread="1795000000001")
    await stage.teams.settle()
    assert stage.desk.said[0].text == "how many are open?"
    assert stage.desk.said[0].room == f"{stage.world.url.rstrip('/')}#{stage.room.id}"
    (answer,) = stage.ann.sees(stage.room.id)
    assert (answer["text"], answer["thread"]) == ("Three are open.", "1795000000001")


async def test_a_mention_in_a_group_chat_is_answered_there(stage: Stage) -> None:
    group = stage.world.add_room("Audit group", "groupChat")
    stage.desk.reply = Reply(card=CARD)
    await stage.ann.say("T-1042", group.id)
    await stage.teams.settle()
    assert buttons(stage.ann.sees(group.id)[0]) == ["Acknowledge", "Defer", "Respond"]


@pytest.mark.parametrize("reply", [Reply(text="For you.", private=True), Reply(form=RESPOND)])
async def test_what_is_private_leaves_no_trace_in_the_room(stage: Stage, reply: Reply) -> None:
    stage.desk.reply = reply
    await stage.ann.say("my work", stage.room.id)
    await stage.teams.settle()
    assert len(stage.ann.sees()) == 1
    assert stage.ann.sees(stage.room.id) == []


async def test_installing_the_app_says_hello_once_and_remembers_the_address(stage: Stage) -> None:
    stage.desk.reply = Reply(text="I run the taskings.")
    await stage.ann.install()
    await stage.teams.settle()
    assert [said.text for said in stage.desk.said] == ["help"]
    assert stage.ann.texts() == ["I run the taskings."]
    address = f"{stage.world.url.rstrip('/')}#{stage.ann.chat.id}"
    assert list(stage.desk.accounts.values()) == [Account("teams", stage.ann.person.object_id, address)]


async def test_somebody_met_in_a_room_can_be_sent_cards_from_then_on(stage: Stage) -> None:
    await stage.ann.say("how many are open?", stage.room.id)
    await stage.teams.settle()
    (account,) = stage.desk.accounts.values()
    assert account.address is not None
    await stage.teams.chat.post(account.address, CARD, "1")
    assert buttons(stage.ann.card("How many beds?")) == ["Acknowledge", "Defer", "Respond"]


async def test_adding_the_app_to_a_room_says_nothing(stage: Stage) -> None:
    for kind in ("installationUpdate", "conversationUpdate"):
        added = [{"id": stage.world.bot_id}]
        activity = stage.world.activity(stage.ann.person, stage.room, type=kind, action="add", membersAdded=added)
        await stage.world.deliver(activity)
    assert stage.desk.said == []


async def test_a_person_is_looked_up_once(stage: Stage) -> None:
    for _ in range(3):
        await stage.ann.say("hello")
    assert stage.desk.asked == 1
    assert [operation for operation, _, _ in stage.world.calls].count("member") == 1


@pytest.mark.parametrize("in_room", [False, True])
async def test_a_stranger_is_told_so_alone(stage: Stage, in_room: bool) -> None:
    bo = TeamsUser(stage.world, stage.world.add_person("Bo Chan", "bo@elsewhere.example"))
    bo.chat.bot = True
    await bo.say("hello", stage.room.id if in_room else "")
    await stage.teams.settle()
    assert (bo.texts(), stage.ann.sees(stage.room.id)) == ([STRANGER], [])
    assert stage.desk.said == []


async def test_a_stranger_who_installs_the_app_is_told_once(stage: Stage) -> None:
    bo = TeamsUser(stage.world, stage.world.add_person("Bo Chan", "bo@elsewhere.example"))
    await bo.install()
    await stage.teams.settle()
    assert bo.texts() == [STRANGER]


async def test_not_knowing_who_speaks_is_told_and_not_guessed(stage: Stage) -> None:
    stage.world.fail("member", Fault(503))
    await stage.ann.say("hello")
    await stage.teams.settle()
    assert stage.desk.said == []
    assert stage.ann.texts() == ["Teams did not answer in time. Try again in a moment."]


async def test_a_file_in_their_chat_is_received_without_showing_its_host_the_token(stage: Stage) -> None:
    stage.desk.reply = Reply(text="beds.pdf goes with your response to T-1042.")
    await stage.ann.send_file("beds.pdf", b"%PDF-1.7")
    await stage.teams.settle()
    assert stage.desk.received == {"beds.pdf": b"%PDF-1.7"}
    checking = "Received 1 file; checking it."
    assert stage.ann.texts() == [checking, "beds.pdf goes with your response to T-1042."]


async def test_a_pasted_picture_is_asked_for_as_a_file(stage: Stage) -> None:
    picture = {"contentType": "image/png", "contentUrl": f"{stage.world.url}v3/attachments/1/views/original"}
    await stage.world.deliver(
        stage.world.activity(stage.ann.person, stage.ann.chat, type="message", attachments=[picture])
    )
    await stage.teams.settle()
    assert stage.ann.texts() == ["I can't read a pasted picture. Attach it as a file with the paperclip."]


async def test_a_client_without_execute_sees_the_card_change_and_refusals_in_chat(stage: Stage) -> None:
    message = await shown_card(stage)
    stage.desk.reply = Reply(card=FRESH)
    await stage.ann.submit(message, "Acknowledge")
    await stage.teams.settle()
    assert stage.desk.clicks[0].command == Acknowledge(1)
    assert card_text(stage.ann.sees()[0]) == "T-1042\nAcknowledged by Ann Lee"
    stage.desk.refusal = IllegalTransition("T-1042 is closed.")
    await stage.ann.submit(message, "Acknowledge")
    await stage.teams.settle()
    assert stage.ann.texts() == ["T-1042 is closed."]


async def test_an_unexpected_error_gives_a_reference_that_is_logged_without_what_was_written(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    message = await shown_card(stage)
    stage.desk.refusal = RuntimeError("secret subject")
    await stage.ann.press(message, "Acknowledge")
    (line,) = stage.ann.lines
    reference = line.split()[-1].rstrip(".")
    (record,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert len(reference) == 8
    assert reference in record.getMessage()
    assert "RuntimeError" in record.getMessage()
    assert "secret subject" not in caplog.text


async def test_an_unexpected_error_in_a_room_is_told_in_their_chat(stage: Stage) -> None:
    stage.desk.refusal = RuntimeError()
    await stage.ann.say("hello", stage.room.id)
    await stage.teams.settle()
    assert stage.ann.sees(stage.room.id) == []
    assert "report reference" in stage.ann.texts()[0]


async def test_an_answer_is_sent_again_when_teams_said_when(stage: Stage) -> None:
    stage.desk.reply = Reply(text="Three are open.")
    stage.world.fail("send", Fault(429, "TooManyRequests", retry_after="0"), times=2)
    await stage.ann.say("how many are open?")
    await stage.teams.settle()
    assert stage.ann.texts() == ["Three are open."]


async def test_an_answer_that_may_have_arrived_is_not_sent_again(stage: Stage) -> None:
    stage.desk.reply = Reply(text="Three are open.")
    stage.world.fail("send", Fault(502, done=True))
    await stage.ann.say("how many are open?")
    await stage.teams.settle()
    assert stage.ann.texts() == ["Three are open."]


async def test_a_slow_connector_keeps_teams_from_nothing(stage: Stage) -> None:
    stage.desk.reply = Reply(text="Three are open.")
    stage.world.fail("send", Fault(delay=0.2))
    await stage.ann.say("how many are open?")
    assert stage.ann.sees() == []
    await stage.world.until(lambda: stage.ann.texts() == ["Three are open."])


@pytest.mark.parametrize("name", ["task/fetch", "composeExtension/query", None])
async def test_an_invoke_that_is_none_of_ours_is_501(stage: Stage, name: str | None) -> None:
    with pytest.raises(TeamsTrouble, match="501"):
        await stage.world.deliver(stage.world.activity(stage.ann.person, stage.ann.chat, type="invoke", name=name))


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"action": "accept"},
        {"action": "accept", "context": {"task": 1}, "uploadInfo": {}},
        {"action": "accept", "context": {"task": "T-1", "package": "p", "sha256": "s"}, "uploadInfo": {"uploadUrl": 7}},
    ],
)
async def test_an_answer_to_no_offer_of_ours_is_told_so(stage: Stage, value: object) -> None:
    parts = {"type": "invoke", "name": "fileConsent/invoke", "value": value}
    assert await stage.world.deliver(stage.world.activity(stage.ann.person, stage.ann.chat, **parts)) == {}
    await stage.teams.settle()
    assert stage.ann.texts() == ["This file is offered no longer; ask for the files again."]


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "messageUpdate", "endOfConversation", "unheard_of"])
async def test_what_needs_no_answer_gets_none(stage: Stage, kind: str) -> None:
    assert await stage.world.deliver(stage.world.activity(stage.ann.person, stage.ann.chat, type=kind)) == {}
    assert stage.desk.said == []


@pytest.mark.parametrize("stage", ["signed"], indirect=True)
async def test_the_bots_token_is_fetched_once_and_again_when_it_is_refused(stage: Stage) -> None:
    assert stage.world.issuer
    for _ in range(3):
        await shown_card(stage)
    assert len(stage.world.issuer.given) == 1
    stage.world.issuer.given[0] = "revoked"
    address = f"{stage.world.url.rstrip('/')}#{stage.ann.chat.id}"
    with pytest.raises(Retryable, match="401"):
        await stage.teams.chat.post(address, CARD, "1")
    assert await stage.teams.chat.post(address, CARD, "1")


async def test_no_message_of_the_bot_is_one_that_teams_would_split(stage: Stage) -> None:
    stage.desk.reply = Reply(card=CARD, text="And this.", form=RESPOND)
    await stage.ann.say("everything")
    await stage.teams.settle()
    assert len(stage.ann.sees()) == 3
    for message in stage.ann.sees():
        assert bool(message.get("text")) + len(message.get("attachments") or ()) == 1


async def test_the_patience_for_an_answer_has_an_end(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.desk.reply = Reply(text="Three are open.")
    stage.world.fail("send", Fault(429, retry_after="3600"))
    await stage.ann.say("how many are open?")
    await stage.teams.settle()
    assert "teams.answer_lost" in caplog.text
    assert stage.ann.texts() == []
