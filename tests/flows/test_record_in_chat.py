"""“record T-1001” in chat: who may ask is told the seal and sent the package, everybody else nothing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from bot.conversation.of_record import WHOLE
from bot.demo.slack_user import text_of
from bot.domain import messages as m
from bot.errors import NotAllowed, NotFound, Rejected
from tests.flows.house import OnTeams, Person
from tests.flows.staff import Staff
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, holder


def told(person: Person) -> list[str]:
    """Every sentence in their own conversation with the bot."""
    if isinstance(person, OnTeams):
        return person.user.texts()
    return [text_of(message) for message in person.user.sees(person.user.direct) if not message.get("blocks")]


async def closed(staff: Staff) -> str:
    await staff.in_clearance(subject="Embarrassing beds")
    task = await staff.house.task()
    assert task.package is not None
    sha = task.package.sha256
    for actor, command in (
        (DAD_CS, m.Clear(0, 1, sha)),
        (COS, m.Clear(1, 1, sha)),
        (MANAGER, m.Transmit(sha)),
        (MANAGER, m.Close()),
    ):
        task = await staff.house.do(actor, command)
    return task.seal


async def test_managers_the_tpsu_chief_and_leadership_get_the_package_and_read_no_subject(staff: Staff) -> None:
    seal = await closed(staff)
    packed, content = await staff.house.running.desk.exporter.package("T-1001")
    for person in await staff.seat(MANAGER, holder("tpsu-chief"), COS):
        await person.says("record T-1001")
        said = f"The record of T-1001 is sealed (Tomás Álvarez, 24 Nov 2026, 09:00), SHA-256 {seal}."
        assert [words for words in told(person) if words.startswith(said)]
        assert "Embarrassing" not in " ".join(told(person))
        assert await person.opened_files() == {packed.name: content}
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"record.pdf", "record.json", "events.jsonl", "sealed.json", "MANIFEST.sha256"} <= {*names}


async def test_an_open_task_has_no_seal_yet(staff: Staff) -> None:
    await staff.in_clearance()
    (manager,) = await staff.seat(MANAGER)
    await manager.says("Record of T-1001?")
    assert [words for words in told(manager) if "T-1001 is in clearance, so its record is not sealed yet." in words]
    await manager.says("record T-1999")
    assert told(manager)[-1] == "There is no task T-1999; check the number."


async def test_a_package_that_was_offered_is_not_given_once_the_record_changed(staff: Staff) -> None:
    await closed(staff)
    desk = staff.house.running.desk
    packed, _ = await desk.exporter.package("T-1001")
    with pytest.raises(Rejected, match="too large to be sent; whoever runs Taskings exports it"):
        await replace(desk.exporter, largest=-1).package("T-1001")
    await staff.house.do(MANAGER, m.SupplementRecord("A call"))
    with pytest.raises(NotFound, match="has changed since"):
        await desk.fetch(MANAGER, "T-1001", WHOLE, packed.sha256)
    again, content = await desk.exporter.package("T-1001")
    assert await desk.fetch(MANAGER, "T-1001", WHOLE, again.sha256) == (again, content)
    with pytest.raises(NotAllowed):
        await desk.fetch(HOU_CHIEF, "T-1001", WHOLE, again.sha256)


async def test_nobody_else_is_told_anything_of_it(staff: Staff) -> None:
    seal = await closed(staff)
    (officer,) = await staff.seat(HOU_CHIEF)
    await officer.says("mine")
    async with staff.house.refusal(officer) as said:
        await officer.says("record T-1001")
    assert said == ["Records are for task managers, the TPSU chief and senior leadership; ask a task manager."]
    assert seal not in said[0]
