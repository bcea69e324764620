"""Forms: opened by a button or a command, filled in, refused, corrected and sent, with files and without."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from bot.demo.slack_user import labels, text_of
from bot.demo.slack_world import Fault
from bot.domain.messages import LogTask, Respond
from bot.errors import InvalidInput, NotAllowed, Rejected
from bot.ports.chat import Reply, Shown
from cards.model import Buttons, Card, Text
from tests.adapters.slack.conftest import Bench
from tests.adapters.slack.fake_desk import LOG, RESPOND

CARD = Card("T-1042", (Text("Please respond"), Buttons((RESPOND,))), "T-1042: respond by Friday")
REQUEST = {
    "Type": "Media inquiry",
    "Subject": "Flu shots",
    "What is asked": "How many?",
    "Requestor": "Press office",
    "Unit or facility": "Field",
    "Due": datetime(2026, 11, 30, 17, tzinfo=UTC),
    "Needs SES clearance": True,
}


async def opened(bench: Bench) -> str:
    """Ana has the response form in front of her; returns the card's message id."""
    ts = await bench.slack.chat.post(bench.ana.direct, CARD, "key")
    await bench.ana.press(bench.ana.last(bench.ana.direct), "Respond")
    return ts


async def test_a_button_with_a_form_opens_it_and_the_form_brings_the_command(bench: Bench) -> None:
    ts = await opened(bench)
    assert bench.desk.clicks == []
    assert await bench.ana.fill_and_submit({"Response": "All done."}) == {}
    assert bench.ana.view is None
    [click] = bench.desk.clicks
    assert (click.command, click.task, click.actor) == (Respond(1, "All done."), "T-1042", "ana@ihsc.test")
    assert click.seen == Shown("slack", bench.ana.direct, ts)


async def test_a_refusal_stands_beside_the_input_at_fault_and_a_correction_goes_through(bench: Bench) -> None:
    await opened(bench)
    bench.desk.error = InvalidInput("Too long; send it as a file.", field="text")
    assert await bench.ana.fill_and_submit({"Response": "long"}) == {"Response": "Too long; send it as a file."}
    assert bench.ana.view is not None
    assert await bench.ana.fill_and_submit({"Response": "short"}) == {}
    assert [click.command for click in bench.desk.clicks] == [Respond(1, "short")]


async def test_a_refusal_of_no_input_in_particular_stands_beside_the_first(bench: Bench) -> None:
    await opened(bench)
    bench.desk.error = InvalidInput("Pick one.", field="nothing_shown")
    assert await bench.ana.fill_and_submit({"Response": "x"}) == {"Response": "Pick one."}
    bench.desk.error = Rejected("R. Diaz was faster.")
    assert await bench.ana.fill_and_submit({"Response": "x"}) == {"Response": "R. Diaz was faster."}


async def test_the_command_opens_a_form_and_every_kind_of_input_arrives(bench: Bench) -> None:
    bench.desk.reply = Reply(form=LOG)
    await bench.ana.command("/task", "new")
    bench.desk.reply = Reply(text="Logged as T-1043.")
    assert await bench.ana.fill_and_submit(REQUEST) == {}
    await bench.slack.settle()
    [click] = bench.desk.clicks
    due = datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert click.command == LogTask("media-inquiry", "Flu shots", "How many?", "Press office", "field", due, ses=True)
    assert (click.task, click.seen) == ("", None)
    assert text_of(bench.ana.last(bench.ana.direct)) == "Logged as T-1043."


async def test_an_answer_to_a_form_that_began_in_a_room_is_for_one_person_alone(bench: Bench) -> None:
    await bench.slack.chat.post(bench.room, CARD, "key")
    await bench.ana.press(bench.ana.last(bench.room), "Respond")
    bench.desk.reply = Reply(text="Submitted.")
    await bench.ana.fill_and_submit({"Response": "x"})
    await bench.slack.settle()
    assert text_of(bench.ana.last(bench.room)) == "Submitted."
    assert "Submitted." not in text_of(bench.ben.last(bench.room))


async def test_files_are_checked_after_the_answer_and_go_with_the_command(bench: Bench) -> None:
    await opened(bench)
    bench.desk.reply = Reply(text="Submitted for T-1042.")
    await bench.ana.fill_and_submit({"Response": "See file.", "Files": [("a.txt", b"abc", "text/plain")]})
    await bench.slack.settle()
    [click] = bench.desk.clicks
    assert isinstance(click.command, Respond)
    assert [(file.name, file.size) for file in click.command.files] == [("a.txt", 3)]
    assert "Submitted for T-1042." in text_of(bench.ana.view)


async def test_while_files_are_checked_the_modal_says_so(bench: Bench) -> None:
    await opened(bench)
    answer = json.loads(await bench.world.deliver("interactive", _submission(bench, "a.txt")))
    assert answer["response_action"] == "update"
    assert "Checking your files" in text_of(answer["view"])
    await bench.slack.settle()
    assert "Done." in text_of(bench.ana.view)


async def test_a_refused_file_costs_nobody_their_words(bench: Bench) -> None:
    await opened(bench)
    bench.desk.error = InvalidInput("bad.exe is a program; it cannot be taken.")
    await bench.ana.fill_and_submit({"Response": "My words.", "Files": [("bad.exe", b"MZ", "text/plain")]})
    await bench.slack.settle()
    assert bench.desk.clicks == []
    assert "bad.exe is a program" in text_of(bench.ana.view)
    await bench.ana.fill_and_submit({})
    assert [click.command for click in bench.desk.clicks] == [Respond(1, "My words.")]


async def test_when_the_modal_was_closed_the_outcome_of_its_files_is_told_in_chat(bench: Bench) -> None:
    await opened(bench)
    bench.desk.error = InvalidInput("bad.exe is a program; it cannot be taken.")
    await bench.world.deliver("interactive", _submission(bench, "bad.exe"))
    bench.ana.close()
    await bench.slack.settle()
    assert text_of(bench.ana.last(bench.ana.direct)) == "bad.exe is a program; it cannot be taken."


async def test_an_unexpected_failure_while_checking_files_shows_a_reference(bench: Bench) -> None:
    await opened(bench)
    bench.desk.error = ZeroDivisionError("secret words")
    await bench.ana.fill_and_submit({"Files": [("a.txt", b"abc", "text/plain")]})
    await bench.slack.settle()
    assert "report reference" in text_of(bench.ana.view)
    assert "secret" not in text_of(bench.ana.view)


async def test_a_form_that_is_refused_is_not_opened(bench: Bench) -> None:
    bench.desk.error = NotAllowed("T-1042 is not yours any more.")
    await opened(bench)
    await bench.slack.settle()
    assert bench.ana.view is None
    assert text_of(bench.ana.last(bench.ana.direct)) == "T-1042 is not yours any more."


async def test_a_form_that_has_nothing_left_to_ask_acts_at_once(bench: Bench) -> None:
    bench.desk.button = replace(RESPOND, action="task.acknowledge", form=None)
    await opened(bench)
    assert bench.ana.view is None
    assert [click.task for click in bench.desk.clicks] == ["T-1042"]


async def test_a_command_whose_form_cannot_open_shows_its_button_instead(bench: Bench) -> None:
    bench.desk.reply = Reply(form=LOG)
    bench.world.fail("views.open", Fault(error="expired_trigger_id"))
    await bench.ana.command("/task", "new")
    assert bench.ana.view is None
    assert labels(bench.ana.last(bench.ana.direct)) == ["Log a request"]
    bench.desk.button = LOG
    await bench.ana.press(bench.ana.last(bench.ana.direct), "Log a request")
    assert bench.ana.view is not None


async def test_what_was_said_in_a_message_that_wants_a_form_is_answered_with_its_button(bench: Bench) -> None:
    bench.desk.reply = Reply(text="Fill this in.", form=LOG)
    await bench.ana.say(bench.ana.direct, "new request")
    await bench.slack.settle()
    assert labels(bench.ana.last(bench.ana.direct)) == ["Log a request"]
    assert "Fill this in." in text_of(bench.ana.last(bench.ana.direct))


def _submission(bench: Bench, name: str) -> dict[str, object]:
    """The submission of Ana's form with one file, as Slack sends it."""
    view = bench.ana.view
    assert view is not None
    file = bench.world.add_file(bench.ana.id, name, b"abc", "text/plain")
    values = {
        "text": {"text": {"type": "plain_text_input", "value": "words"}},
        "files": {"files": {"type": "file_input", "files": [file]}},
    }
    return {
        "type": "view_submission",
        "team": {"id": bench.world.team, "domain": "local"},
        "user": {"id": bench.ana.id, "team_id": bench.world.team},
        "trigger_id": bench.world.add_trigger(bench.ana.id),
        "view": {**view, "state": {"values": values}},
    }
