"""Files sent in chat reach the assignment that they are meant for, are replaced and taken back (4-4, 5-4.2)."""

from __future__ import annotations

import pytest

from bot.domain import messages as m
from bot.domain.package import FileRef, with_files
from bot.errors import NotFound, Rejected
from bot.ports.chat import Message
from tests.flows.house import House, OnSlack, Person
from tests.flows.staff import Staff, act, all_buttons
from tests.world import HOU_CHIEF, MANAGER, MQMU_CHIEF, request

OLD, NEW = b"%PDF-1.7 the first count", b"%PDF-1.7 the second count, corrected"
CHOICE = "Which task is this for?"


async def two_waiting(staff: Staff) -> Person:
    """Two tasks of the same officer, both acknowledged."""
    chief, _ = await staff.seat(HOU_CHIEF, MANAGER)
    for number in ("T-1001", "T-1002"):
        await staff.house.do(MANAGER, request(), number="")
        await staff.house.do(MANAGER, m.RouteTask((HOU_CHIEF,)), number)
        await staff.house.do(HOU_CHIEF, m.Acknowledge(1), number)
    return chief


async def waiting(house: House, number: str = "T-1001") -> dict[str, bytes]:
    task = await house.task(number)
    (assignment,) = task.active
    return {file.name: await house.running.desk.files.get(file) for file in assignment.files}


async def test_with_several_tasks_waiting_the_sender_chooses_the_one_a_file_goes_with(staff: Staff) -> None:
    chief = await two_waiting(staff)
    await chief.sends("beds.pdf", OLD)
    assert "Received 1 file; checking it." in _sentences(chief)
    assert "Received and checked: beds.pdf, 24 bytes, SHA-256" in chief.reads(CHOICE)
    assert all_buttons(chief.cards(CHOICE)[-1]) == ["Attach to T-1001", "Attach to T-1002"]
    assert (await waiting(staff.house), await waiting(staff.house, "T-1002")) == ({}, {})
    await act(chief, CHOICE, "Attach to T-1002")
    assert (await waiting(staff.house), await waiting(staff.house, "T-1002")) == ({}, {"beds.pdf": OLD})
    assert "Goes with your response: beds.pdf, 24 bytes" in chief.reads("T-1002")
    assert "Received and checked. Your file goes with your response to T-1002." in _sentences(chief)
    before = await staff.house.task("T-1002")
    await act(chief, CHOICE, "Attach to T-1002")
    assert await staff.house.task("T-1002") == before


async def test_a_choice_comes_too_late_once_the_response_was_given(staff: Staff) -> None:
    chief = await two_waiting(staff)
    await chief.sends("beds.pdf", OLD)
    await staff.house.do(HOU_CHIEF, m.Respond(1, "412"))
    async with staff.house.refusal(chief) as told:
        await act(chief, CHOICE, "Attach to T-1001")
    assert told == [
        "T-1001 waits for no file of yours, so none was attached; acknowledge it first, or see where it stands."
    ]


async def test_what_somebody_else_sent_cannot_be_attached(staff: Staff) -> None:
    """The button carries an id alone; under it are only files of whoever presses."""
    chief = await two_waiting(staff)
    await chief.sends("beds.pdf", OLD)
    (id,) = await staff.house.database.run(lambda c: list(c.exec_driver_sql("SELECT id FROM uploads").scalars()))
    await staff.house.do(MANAGER, m.AssignAlso(MQMU_CHIEF, "guidance"))
    await staff.house.do(MQMU_CHIEF, m.Acknowledge(2))
    desk = staff.house.running.desk
    with pytest.raises(NotFound, match="is not yours"):
        await desk.say(Message("k", "slack", MQMU_CHIEF, f"attach T-1001 2 {id}"))
    with pytest.raises(Rejected, match="no file of yours"):
        await desk.say(Message("k", "slack", HOU_CHIEF, f"attach T-1001 2 {id}"))
    assert (await desk.say(Message("k", "slack", HOU_CHIEF, f"attach T-1001 1 {id}"))).text.startswith("Received")


async def test_a_file_in_the_thread_of_a_card_goes_with_that_task(house: House) -> None:
    staff = Staff(house, "slack")
    chief = await two_waiting(staff)
    assert isinstance(chief, OnSlack)
    await chief.sends("beds.pdf", OLD, under="T-1002")
    assert (await waiting(house), await waiting(house, "T-1002")) == ({}, {"beds.pdf": OLD})
    await house.do(HOU_CHIEF, m.Respond(1, "412"))
    async with house.refusal(chief) as told:
        await chief.sends("more.pdf", OLD, under="T-1001")
    assert told == [
        "Received 1 file; checking it.",
        "T-1001 waits for no file of yours, so none was attached; acknowledge it first, or see where it stands.",
    ]


async def test_in_a_taskings_channel_a_file_is_taken_in_a_cards_thread_alone(house: House) -> None:
    staff = Staff(house, "slack")
    chief, manager = await staff.seat(HOU_CHIEF, MANAGER)
    assert isinstance(chief, OnSlack)
    room = house.slack.add_channel("taskings", chief.user.id, manager.user.id)
    await manager.says("here", room)
    await staff.acknowledged()
    upload = ("beds.pdf", OLD, "application/pdf")
    words = f"<@{house.slack.bot_user}>"
    await chief.user.say(room, words, upload)
    await house.settle()
    assert await waiting(house) == {}
    assert "I take no files here" in str(chief.asides())
    root = chief.cards("T-1001", room)[-1]["ts"]
    await chief.user.say(room, words, upload, thread=root)
    await house.settle()
    assert await waiting(house) == {"beds.pdf": OLD}


async def test_a_file_of_the_same_name_replaces_the_one_that_waits_and_history_keeps_both(staff: Staff) -> None:
    (chief,) = await staff.seat(HOU_CHIEF)
    await staff.acknowledged()
    await chief.sends("beds.pdf", OLD)
    await chief.sends("beds.pdf", NEW)
    assert await waiting(staff.house) == {"beds.pdf": NEW}
    assert "What you sent before under the same name is replaced." in _sentences(chief)
    history = await staff.house.running.desk.handle.store.read(lambda uow: uow.history("T-1001"))
    versions = [event.file for event in history if isinstance(event, m.FileAttached)]
    assert [await staff.house.running.desk.files.get(file) for file in versions] == [OLD, NEW]


async def test_a_file_that_waits_is_taken_back_before_the_response(staff: Staff) -> None:
    (chief,) = await staff.seat(HOU_CHIEF)
    await staff.acknowledged()
    assert "Remove file" not in all_buttons(chief.cards("T-1001")[-1])
    await chief.sends("beds.pdf", OLD)
    await chief.sends("wards.pdf", NEW)
    name = next(f.sha256 for f in (await staff.house.task()).active[0].files if f.name == "beds.pdf")
    await act(chief, "T-1001", "Remove file", file=name)
    assert await waiting(staff.house) == {"wards.pdf": NEW}
    assert "beds.pdf" not in chief.reads("T-1001")
    await staff.house.do(HOU_CHIEF, m.DetachFile(1, name))  # pressed twice
    await act(chief, "T-1001", "Respond", text="412")
    package = (await staff.house.task()).package
    assert package is not None
    assert [file.name for file in package.files] == ["wards.pdf"]
    with pytest.raises(Rejected):
        await staff.house.do(HOU_CHIEF, m.DetachFile(1, package.files[0].sha256))


async def test_a_file_that_is_refused_is_told_with_the_reason_and_attaches_nothing(staff: Staff) -> None:
    chief = await two_waiting(staff)
    async with staff.house.refusal(chief) as told:
        await chief.sends("virus.pdf", b"MZ\x90\x00\x03")
    checking, refused = told
    assert checking == "Received 1 file; checking it."
    assert "virus.pdf is not a PDF" in refused


def test_pictures_that_came_together_under_one_name_are_all_kept() -> None:
    def picture(digit: str, name: str = "image.jpg") -> FileRef:
        return FileRef(name, 1, digit * 64, "image/jpeg")

    kept = with_files((picture("0"), picture("9", "a.pdf")), (picture("1"), picture("2"), picture("1")))
    assert [(f.name, f.sha256[0]) for f in kept] == [("image.jpg", "1"), ("a.pdf", "9"), ("image (2).jpg", "2")]


def _sentences(person: Person) -> str:
    if isinstance(person, OnSlack):
        return " ".join(m["text"] for m in person.user.sees(person.user.direct))
    return " ".join(person.user.texts())
