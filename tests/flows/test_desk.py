"""What adapters call, over real databases and a real file store: people, words, forms and files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from adapters.files import ObjectFiles
from adapters.pdf import draw_pdf
from adapters.vault import Keys
from bot.domain import messages as m
from bot.domain.messages import Command
from bot.domain.organization_messages import OPERATOR
from bot.errors import InvalidInput, NotAllowed, NotFound, Rejected
from bot.ports.chat import Account, Click, IncomingFile, Message, Shown
from bot.services.desk import TaskDesk
from bot.services.directory import sample_directory
from bot.services.export import Exporter
from bot.services.handle import Handler
from cards.payload import Press
from storage.archive import SqlArchive
from storage.database import Database
from tests.flows.reporting import reporter
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF, RUBRIC, T0, ZONE, request

PDF = b"%PDF-1.7 the answer"


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> TaskDesk:
    handle = Handler(database, RUBRIC, lambda: T0, ZONE)
    await handle.organize(sample_directory(), OPERATOR, "command line")
    files = ObjectFiles(f"file://{tmp_path}/files", Keys({"k": bytes(32)}), max_bytes=1000)
    return TaskDesk(handle, files, reporter(database), Exporter(SqlArchive(database), files, draw_pdf, ZONE))


def file(name: str, content: bytes) -> IncomingFile:
    async def chunks() -> AsyncIterator[bytes]:
        for i in range(0, len(content), 7):
            yield content[i : i + 7]

    return IncomingFile(name, chunks)


async def do(desk: TaskDesk, key: str, actor: str, command: Command, number: str = "T-1001") -> None:
    await desk.click(Click(key, "slack", actor, number, command))


async def acknowledged(desk: TaskDesk) -> None:
    await do(desk, "log", MANAGER, request(), "")
    await do(desk, "route", MANAGER, m.RouteTask((HOU_CHIEF,)))
    await do(desk, "ack", HOU_CHIEF, m.Acknowledge(1))


def said(actor: str, text: str, room: str | None = None) -> Message:
    return Message("key", "slack", actor, text, room, "general")


def looked_up(email: str | None, calls: list[str] | None = None) -> Callable[[], object]:
    async def look() -> str | None:
        if calls is not None:
            calls.append("asked")
        return email

    return look


async def test_a_person_is_matched_by_email_once_and_known_from_then_on(desk: TaskDesk) -> None:
    calls: list[str] = []
    account = Account("slack", "T1:U1", "D1")
    assert await desk.identify(account, looked_up(COS.upper(), calls)) == COS  # type: ignore[arg-type]
    assert await desk.identify(account, looked_up(COS, calls)) == COS  # type: ignore[arg-type]
    assert calls == ["asked"]


@pytest.mark.parametrize("email", [None, "stranger@example.com"])
async def test_a_stranger_is_refused(desk: TaskDesk, email: str | None) -> None:
    with pytest.raises(NotAllowed, match="don't know you"):
        await desk.identify(Account("slack", "T1:U9"), looked_up(email))  # type: ignore[arg-type]


async def test_a_file_sent_in_private_goes_with_the_response_that_waits(desk: TaskDesk) -> None:
    await acknowledged(desk)
    reply = await desk.receive("f", "teams", HOU_CHIEF, [file("../answer.pdf", PDF)])
    assert "Your file goes with your response to T-1001" in reply.text
    await desk.receive("f", "teams", HOU_CHIEF, [file("../answer.pdf", PDF)])  # the same delivery again
    await do(desk, "respond", HOU_CHIEF, m.Respond(1))
    task = await desk.handle.store.read(lambda uow: uow.task("T-1001", for_update=False))
    assert task.package is not None
    (stored,) = task.package.files
    assert (stored.name, stored.media_type) == ("answer.pdf", "application/pdf")
    assert await desk.files.get(stored) == PDF


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("big.pdf", PDF + b"x" * 1000, "larger"),
        ("virus.pdf", b"MZ\x90\x00\x03", "not a PDF"),
        ("empty.txt", b"", "not a PDF"),
    ],
)
async def test_a_file_that_is_not_taken_is_refused_by_name(
    desk: TaskDesk, name: str, content: bytes, words: str
) -> None:
    await acknowledged(desk)
    with pytest.raises(InvalidInput, match=f"{name} is {words}"):
        await desk.receive("f", "teams", HOU_CHIEF, [file(name, content)])


async def test_a_file_nobody_waits_for_is_refused(desk: TaskDesk) -> None:
    with pytest.raises(Rejected, match="No task of yours"):
        await desk.receive("f", "teams", HOU_CHIEF, [file("a.pdf", PDF)])


async def test_an_altered_or_missing_file_is_never_served(desk: TaskDesk, tmp_path: Path) -> None:
    stored = await desk.store(file("a.pdf", PDF))
    path = tmp_path / "files" / stored.sha256
    path.write_bytes(b"%PDF-forged")
    with pytest.raises(NotFound, match=r"a\.pdf is not what it was"):
        await desk.files.get(stored)
    path.unlink()
    with pytest.raises(NotFound, match=r"a\.pdf is missing"):
        await desk.files.get(stored)


async def test_the_intake_form_opens_for_task_managers_alone(desk: TaskDesk) -> None:
    reply = await desk.say(said(MANAGER, "new"))
    assert reply.form is not None
    assert reply.form.action == "task.log"
    with pytest.raises(NotAllowed):
        await desk.say(said(HOU_CHIEF, "new"))


async def test_a_pressed_button_gets_the_form_of_now_or_a_refusal(desk: TaskDesk) -> None:
    await acknowledged(desk)
    press = Press("task.defer", "T-1001", {"assignment": "1"}, opens=True)
    assert (await desk.form(HOU_CHIEF, press)).form is not None
    with pytest.raises(Rejected):
        await desk.form(COS, press)
    await do(desk, "respond", HOU_CHIEF, m.Respond(1, "Done"))
    with pytest.raises(Rejected):
        await desk.form(HOU_CHIEF, press)


async def test_status_is_told_to_those_who_may_see_the_task_and_nobody_else(desk: TaskDesk) -> None:
    await acknowledged(desk)
    for person in (MANAGER, COS, HOU_CHIEF):
        assert (await desk.say(said(person, "where is t-1001?"))).card is not None
    for person, number in ((MQMU_CHIEF, "1001"), (MANAGER, "9999")):
        with pytest.raises(NotFound, match=f"There is no task T-{number}"):
            await desk.say(said(person, f"status of {number}"))


async def test_a_status_in_a_channel_is_private_unless_it_is_a_taskings_channel(desk: TaskDesk) -> None:
    await acknowledged(desk)
    assert (await desk.say(said(MANAGER, "status of T-1001", "C1"))).private
    with pytest.raises(NotAllowed):
        await desk.say(said(HOU_CHIEF, "here", "C1"))
    await desk.say(said(MANAGER, "here", "C1"))
    assert not (await desk.say(said(MANAGER, "status of T-1001", "C1"))).private


async def test_an_answer_offers_what_its_reader_may_do_and_a_click_brings_it_up_to_date(desk: TaskDesk) -> None:
    await acknowledged(desk)
    card = (await desk.say(said(HOU_CHIEF, "status of T-1001"))).card
    assert card is not None
    assert "Respond" in [button.label for button in card.buttons]
    answered = await desk.click(
        Click("r", "slack", HOU_CHIEF, "T-1001", m.Respond(1, "Done"), Shown("slack", "D1", "9.9"))
    )
    assert answered.card is not None
    assert "in review" in str(answered.card.body).lower()
    assert "Respond" not in [button.label for button in answered.card.buttons]


async def test_an_official_who_asks_reads_the_response_that_their_button_clears(desk: TaskDesk) -> None:
    await acknowledged(desk)
    await do(desk, "respond", HOU_CHIEF, m.Respond(1, "Four hundred beds."))
    await do(desk, "send", MANAGER, m.SendToClearance())
    for official, offered in ((DAD_CS, ["Clear", "Return", "More"]), (COS, ["More"])):
        card = (await desk.say(said(official, "status of T-1001"))).card
        assert card is not None
        assert [button.label for button in card.buttons] == offered
        assert ("Four hundred beds." in str(card.body)) == ("Clear" in offered)


async def test_a_taskings_channels_answer_stays_the_channels_after_a_click(desk: TaskDesk) -> None:
    await do(desk, "log", MANAGER, request(), "")
    await desk.say(said(MANAGER, "here", "C1"))
    route = Click("r", "slack", MANAGER, "T-1001", m.RouteTask((HOU_CHIEF,)), Shown("slack", "C1", "9.9"))
    shared = (await desk.click(route)).card
    assert shared is not None
    assert "How many beds" not in str(shared.body)


async def test_mine_lists_what_waits_for_me_by_name_and_by_post_with_the_way_to_each(desk: TaskDesk) -> None:
    await acknowledged(desk)
    card = (await desk.say(said(HOU_CHIEF, "mine"))).card
    assert card is not None
    assert "T-1001" in str(card)
    (open_it,) = card.buttons
    opened = (await desk.say(said(HOU_CHIEF, dict(open_it.args)["text"]))).card
    assert opened is not None
    assert opened.title.startswith("T-1001")
    assert "Nothing waits" in str((await desk.say(said(COS, "mine"))).card)
    await do(desk, "respond", HOU_CHIEF, m.Respond(1, "Done"))
    await do(desk, "send", MANAGER, m.SendToClearance())
    assert "T-1001" in str((await desk.say(said(DAD_CS, "mine"))).card)


async def test_other_words_get_help(desk: TaskDesk) -> None:
    assert "log a request" in str((await desk.say(said(COS, "hello"))).card)


async def test_a_list_says_what_was_found_and_opens_each(desk: TaskDesk) -> None:
    await acknowledged(desk)
    card = (await desk.say(said(MANAGER, "open congressional tasks"))).card
    assert card is not None
    assert "as of 24 Nov 2026, 09:00: 1." in str(card.body)
    assert [button.label for button in card.buttons] == ["T-1001"]
    assert "Bed capacity" not in card.notice


async def test_who_did_it_is_said_above_the_task(desk: TaskDesk) -> None:
    await acknowledged(desk)
    card = (await desk.say(said(HOU_CHIEF, "who logged T-1001"))).card
    assert card is not None
    assert "T-1001: logged by Tomás Álvarez, 24 Nov 2026, 09:00." in str(card.body[0])
    assert "Respond" in [button.label for button in card.buttons]


async def test_what_is_not_understood_is_asked_back_with_a_button(desk: TaskDesk) -> None:
    card = (await desk.say(said(MANAGER, "open tasks of Narnia"))).card
    assert card is not None
    assert "“narnia”" in str(card.body)
    assert [dict(button.args)["text"] for button in card.buttons] == ["open tasks"]


@pytest.mark.parametrize(
    "words",
    [
        "Who is overdue for training?",
        "who's overdue for training",
        "overdue training",
        "training due",
        "which action officers need training",
    ],
)
async def test_who_is_due_for_training_is_answered_however_it_is_asked(desk: TaskDesk, words: str) -> None:
    for person in (MANAGER, COS, HOU_CHIEF):
        card = (await desk.say(said(person, words, "C1"))).card
        assert card is not None
        assert card.title == "Training"


async def test_other_questions_about_what_is_overdue_are_about_tasks(desk: TaskDesk) -> None:
    for words in ("who is overdue", "what's overdue", "overdue tasks"):
        card = (await desk.say(said(MANAGER, words))).card
        assert card is not None
        assert card.title != "Training"
