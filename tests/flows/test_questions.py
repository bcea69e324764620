"""Questions and what follows them, on both platforms: pages, threads, channels and files."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from bot.domain import messages as m
from bot.errors import NotFound
from bot.ports.chat import Click, Message
from bot.services.sheets import COLUMNS
from tests.flows.house import House, OnTeams, Person
from tests.flows.staff import Staff
from tests.world import HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0, request


async def logged(house: House, number: int, about: str = "HOU") -> None:
    for index in range(number):
        due = T0 + timedelta(days=10 + index)
        await house.running.desk.handle(
            Click(
                f"{about} {index}", "slack", MANAGER, "", request("report", about, due_at=due, subject=f"Beds {index}")
            )
        )
    await house.settle()


async def assigned(house: House, number: str, officer: str) -> None:
    await house.do(MANAGER, m.RouteTask((officer,), "guidance"), number)


def room_of(house: House, person: Person) -> str:
    """A channel on the person's platform, with them in it."""
    if isinstance(person, OnTeams):
        return house.teams.add_room("Questions").id
    return house.slack.add_channel("questions", person.user.id)


async def test_a_long_answer_is_a_table_with_the_next_page_behind_a_button_and_behind_words(
    house: House, staff: Staff
) -> None:
    await logged(house, 23)
    (manager,) = await staff.seat(MANAGER)
    await manager.says("open tasks")
    assert "Open tasks, as of 24 Nov 2026, 09:00: 23, urgent first, then soonest due." in manager.reads("Status")
    assert "1 to 10 of 23" in manager.reads("Status")
    await manager.press("Status", "More")
    assert "11 to 20 of 23" in manager.reads("Status")
    await manager.says("export")
    await manager.says("show more")
    assert "21 to 23 of 23" in manager.reads("Status")
    assert "More" not in manager.offered("Status")
    await manager.says("show more")
    assert "That was all: open tasks" in manager.reads("Status")
    await manager.press("Status", "Only urgent")
    assert "None found" in manager.reads("Status")


async def test_a_row_opens_the_card_of_its_task(house: House, staff: Staff) -> None:
    await logged(house, 2)
    (manager,) = await staff.seat(MANAGER)
    await manager.says("open tasks")
    await manager.press("Status", "T-1002")
    assert "Assign" in manager.offered("T-1002")


async def test_a_thread_goes_on_where_it_was_and_another_knows_nothing_of_it(house: House, staff: Staff) -> None:
    await logged(house, 12)
    (manager,) = await staff.seat(MANAGER)
    room = room_of(house, manager)
    await manager.says("here", room)
    await manager.says("open tasks", room)
    await manager.says("show more", room, under="Status")
    assert "11 to 12 of 12" in manager.reads("Status", room)
    await manager.says("show more", room)
    assert "There is no answer here to go on with" in manager.reads("What I can do", room)


async def test_a_chat_without_threads_goes_on_for_an_hour(house: House, staff: Staff) -> None:
    await logged(house, 12)
    (manager,) = await staff.seat(MANAGER)
    await manager.says("open tasks")
    house.clock.advance(timedelta(minutes=50))
    await manager.says("show more")
    assert "11 to 12 of 12" in manager.reads("Status")
    house.clock.advance(timedelta(minutes=61))
    await manager.says("show more")
    assert "There is no answer here to go on with" in manager.reads("What I can do")


async def test_a_components_channel_is_told_its_part_and_the_asker_the_rest_alone(house: House, staff: Staff) -> None:
    await logged(house, 1)
    await logged(house, 1, "MQMU")
    await assigned(house, "T-1001", HOU_CHIEF)
    await assigned(house, "T-1002", MQMU_CHIEF)
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    room = room_of(house, manager)
    await manager.says("here for HOU", room)
    await manager.says("open tasks", room)
    shared = manager.reads("Status", room)
    assert "T-1001" in shared
    assert "T-1002" not in shared
    assert ": 1." in shared
    assert "The rest is for you alone." in shared
    assert "T-1002" in manager.reads("Status")
    before = len(manager.cards("Status"))
    await manager.says("open tasks of HOU", room)
    assert "for you alone" not in manager.reads("Status", room)
    assert len(manager.cards("Status")) == before
    assert chief.cards("Status") == []


async def test_a_channel_that_has_no_part_in_an_answer_is_told_nothing(house: House, staff: Staff) -> None:
    await logged(house, 1, "MQMU")
    await assigned(house, "T-1001", MQMU_CHIEF)
    (manager,) = await staff.seat(MANAGER)
    room = room_of(house, manager)
    await manager.says("here for HOU", room)
    await manager.says("open tasks", room)
    await manager.says("status of T-1001", room)
    assert manager.cards("Status", room) == manager.cards("T-1001", room) == []
    assert "T-1001" in manager.reads("Status")
    assert manager.cards("T-1001 ·")


async def test_all_of_an_answer_comes_as_a_file_to_whoever_asked_alone(house: House, staff: Staff) -> None:
    await logged(house, 12)
    (manager,) = await staff.seat(MANAGER)
    room = room_of(house, manager)
    await manager.says("here", room)
    await manager.says("open tasks", room)
    await manager.says("export as csv", room, under="Status")
    (name, content), *_ = (await manager.opened_files()).items()
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert name == "Tasks 2026-11-24 0900.csv"
    assert tuple(rows[0]) == COLUMNS
    assert [row["number"] for row in rows] == [f"T-{number}" for number in range(1001, 1013)]
    await manager.says("open tasks")
    await manager.press("Status", "Export")
    content = (await manager.opened_files())["Tasks 2026-11-24 0900.xlsx"]
    book = load_workbook(BytesIO(content))
    assert book["About"]["B1"].value == "open tasks"
    assert len(list(book["Tasks"])) == 13


async def test_a_file_that_was_made_for_one_person_is_nobody_elses(house: House, staff: Staff) -> None:
    await logged(house, 1)
    desk = house.running.desk
    (made,) = (await desk.say(Message("k", staff.platform, MANAGER, "export open tasks as csv"))).files
    file, content = await desk.fetch(MANAGER, made.task, made.package, made.file.sha256)
    assert (file.name, content.decode("utf-8-sig").count("T-1001")) == ("Tasks 2026-11-24 0900.csv", 1)
    with pytest.raises(NotFound, match="offered no longer"):
        await desk.fetch(HOU_CHIEF, made.task, made.package, made.file.sha256)


async def test_counts_come_as_a_table(house: House, staff: Staff) -> None:
    await logged(house, 2)
    (manager,) = await staff.seat(MANAGER)
    await manager.says("how many open tasks by unit")
    assert f"{SAMPLE.components['HOU'].name} (HOU) 2" in manager.reads("Status")


async def test_who_is_not_understood_gets_examples_that_fit_them(house: House, staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    for person, example in ((manager, "open tasks by unit"), (chief, "open tasks of HOU")):
        await person.says("lovely weather")
        assert example in person.reads("What I can do")
