"""The message action "Send to Taskings": what Teams tells of the message, and the dialog that opens."""

from __future__ import annotations

import pytest

from adapters.teams import dialogs
from adapters.teams.plain import plain
from bot.demo.teams_user import TeamsUser, card_text
from bot.demo.teams_world import Fault, Json, TeamsTrouble
from bot.domain.messages import ForwardRequest, Original
from bot.errors import Conflict, IllegalTransition, InvalidInput, Rejected
from bot.ports.chat import Account, Reply
from cards import adaptive
from cards.actions import forward
from cards.payload import Press
from tests.adapters.teams.conftest import ANN, STRANGER, Stage
from tests.adapters.teams.test_inbound import recorded
from tests.cards.checks import check_adaptive

LINK = "https://teams.microsoft.com/l/message/19:elsewhere@thread.v2/1611060744833"
MESSAGE: Json = {
    "linkToMessage": LINK,
    "body": {"contentType": "html", "content": "<p>How many beds?</p>"},
    "from": {"user": {"displayName": "Ana Ortiz"}},
}
HERE = Original("How many beds?", "Ana Ortiz", LINK)


def test_a_recorded_message_with_its_author_files_and_address() -> None:
    told = dialogs.original(recorded("invoke_dialog"))
    assert told.text == "Ann Lee the OCR asks:\n- beds & staff\n- by <Friday> 🙂\nFiles there: letter.pdf"
    assert (told.author, told.link) == ("Ana Ortiz", f"{LINK}?context=%7B%22contextType%22%3A%22chat%22%7D")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"body": {"contentType": "text", "content": "a <b>"}}, Original("a <b>")),
        ({"from": {"user": None, "application": {"displayName": "Forms"}}}, Original("", "Forms")),
        ({"linkToMessage": "javascript:alert(1)", "attachments": [None, {"name": None}]}, Original("")),
        ({"body": None, "from": None, "attachments": None}, Original("")),
        (None, Original("")),
    ],
)
def test_what_is_missing_or_odd_is_left_empty(message: object, expected: Original) -> None:
    value = {"commandId": "task.forward", "messagePayload": message}
    assert dialogs.original(recorded("invoke_dialog", value=value)) == expected


def test_a_recorded_submission() -> None:
    sent = dialogs.submitted(recorded("invoke_dialog_submit"))
    args = {"author": "Ana Ortiz", "link": "https://teams.microsoft.com/l/message/1"}
    assert sent.press == Press("task.forward", "", args, False)
    assert sent.inputs == {"text": "How many beds?", "note": "She calls at noon."}
    assert sent.once == dialogs.submitted(recorded("invoke_dialog_submit", id="f:another")).once


@pytest.mark.parametrize("data", [None, "x", {}, {"verb": 1, "task": "", "args": {}}, {"verb": "task.forward"}])
def test_a_submission_of_no_form_of_ours_is_refused(data: object) -> None:
    with pytest.raises(Rejected):
        dialogs.submitted(recorded("invoke_dialog_submit", value={"commandId": "task.forward", "data": data}))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain &amp; simple", "plain & simple"),
        ("<div>a<br>b<br/>c</div>", "a\nb\nc"),
        ("<p>a\n b</p>\n<p>&nbsp;</p>\n<p>c</p>", "a b\nc"),
        ("<table><tr><td>beds</td><td>412</td></tr><tr><td>staff</td><td>9</td></tr></table>", "beds 412\nstaff 9"),
        ("a<script>alert(1)</script><style>p{}</style>b", "ab"),
        ("<p>not <b>closed", "not closed"),
        ("a</style>b < c <", "ab < c <"),
        ("", ""),
    ],
)
def test_html_as_plain_text(html: str, text: str) -> None:
    assert plain(html) == text


def test_a_dialog_draws_a_submit_that_says_which_dialog_it_is() -> None:
    drawn = adaptive.render_dialog(forward(HERE), "once")
    check_adaptive(drawn)
    (action,) = drawn["actions"]
    assert action["type"] == "Action.Submit"
    assert action["data"]["once"] == "once"
    assert adaptive.inputs({**action["data"], "text": "x"}) == {"text": "x"}


async def chosen(stage: Stage, message: Json = MESSAGE) -> None:
    """Ann chooses the action on a message in a chat without the bot."""
    elsewhere = stage.world.add_room("elsewhere", "groupChat", bot=False)
    await stage.ann.choose("task.forward", message, elsewhere)


async def filled(stage: Stage, **inputs: object) -> None:
    await stage.ann.fill_dialog(inputs, stage.world.conversations["19:elsewhere@thread.tacv2"])


async def test_the_dialog_opens_with_the_message_and_brings_the_command(stage: Stage) -> None:
    await chosen(stage)
    assert stage.desk.sent_on == [HERE]
    assert "A message by Ana Ortiz." in stage.ann.dialogs[-1]
    stage.desk.reply = Reply(text="Done: T-1042 is received.")
    await filled(stage, note="She calls at noon.")
    (click,) = stage.desk.clicks
    assert (click.actor, click.task, click.seen) == (ANN, "", None)
    assert click.command == ForwardRequest("How many beds?", "Ana Ortiz", LINK, "She calls at noon.")
    assert stage.ann.dialogs[-1] == "Send to Taskings\nSend to Taskings\nDone: T-1042 is received."
    assert all(room.messages == {} for room in stage.world.conversations.values())


async def test_a_dialog_that_is_sent_again_is_one_delivery_and_another_dialog_another(stage: Stage) -> None:
    await chosen(stage)
    await filled(stage)
    await stage.world.deliver({**stage.world.sent[-1], "id": "f:sent-again"})
    await stage.ann.choose("task.forward", MESSAGE, stage.room)
    await stage.ann.fill_dialog({}, stage.room)
    first, again, other = [click.key for click in stage.desk.clicks]
    assert first == again != other


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [(InvalidInput("Enter what was asked.", "text"), "Enter what was asked."), (IllegalTransition("No."), "No.")],
)
async def test_a_refusal_is_told_in_the_dialog_which_keeps_what_was_entered(
    stage: Stage, refusal: Exception, sentence: str
) -> None:
    await chosen(stage)
    stage.desk.refusal = refusal
    await filled(stage, text="My words.", note="Mine too.")
    assert sentence in stage.ann.dialogs[-1]
    stage.desk.refusal = None
    await filled(stage)
    first, second = stage.desk.clicks
    assert first == second
    assert second.command == ForwardRequest("My words.", "Ana Ortiz", LINK, "Mine too.")


async def test_what_went_wrong_is_told_in_the_dialog(stage: Stage) -> None:
    await chosen(stage)
    stage.desk.refusal = Conflict("version")
    await filled(stage)
    assert "Somebody else changed this at the same moment." in stage.ann.dialogs[-1]


async def test_an_unexpected_failure_shows_a_reference_and_nothing_of_what_it_was(stage: Stage) -> None:
    await chosen(stage)
    stage.desk.refusal = ZeroDivisionError("secret words")
    await filled_anew(stage)
    assert "report reference" in stage.ann.dialogs[-1]
    assert "secret" not in stage.ann.dialogs[-1]


async def filled_anew(stage: Stage) -> None:
    await filled(stage, note="x")


async def test_an_action_that_is_none_of_ours_is_refused_in_words(stage: Stage) -> None:
    await stage.ann.choose("task.other", MESSAGE, stage.room)
    assert "no longer valid" in stage.ann.dialogs[-1]
    with pytest.raises(TeamsTrouble):
        await stage.world.deliver(
            stage.world.activity(stage.ann.person, stage.room, type="invoke", name="composeExtension/query", value={})
        )


async def test_who_is_new_is_found_by_their_own_chat_which_is_where_their_cards_go(stage: Stage) -> None:
    """The conversation of the message is never taken for theirs, though Teams calls a chat of two personal too."""
    pair = stage.world.add_room("pair", "personal", bot=False)
    await stage.ann.choose("task.forward", MESSAGE, pair)
    own = f"{stage.world.url.rstrip('/')}#{stage.ann.chat.id}"
    assert stage.desk.accounts == {stage.ann.person.object_id: Account("teams", stage.ann.person.object_id, own)}
    await stage.ann.choose("task.forward", MESSAGE, pair)
    assert stage.desk.accounts[stage.ann.person.object_id].address == own
    assert (stage.desk.asked, len(stage.desk.sent_on)) == (1, 2)


async def test_who_cannot_be_found_is_told_what_to_do(stage: Stage) -> None:
    stage.ann.chat.bot = False
    await chosen(stage)
    assert "open Taskings in Teams, say hello to it, and try again" in stage.ann.dialogs[-1]
    stage.ann.chat.bot = True
    stage.world.fail("create", Fault(503))
    await stage.ann.choose("task.forward", MESSAGE, stage.room)
    assert "Teams did not answer in time." in stage.ann.dialogs[-1]


async def test_a_stranger_is_refused(stage: Stage) -> None:
    bob = TeamsUser(stage.world, stage.world.add_person("Bob Ray", "bob@example.gov"))
    bob.chat.bot = True
    await bob.choose("task.forward", MESSAGE, stage.room)
    assert STRANGER in bob.dialogs[-1]
    assert stage.desk.sent_on == []
    assert [card_text(message) for message in bob.sees()] == []
