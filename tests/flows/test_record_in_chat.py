"""“record T-1001” in chat: who may ask is told the seal and the way to the package, everybody else nothing."""

from __future__ import annotations

from bot.demo.slack_user import text_of
from bot.domain import messages as m
from tests.flows.house import OnTeams, Person
from tests.flows.staff import Staff
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, holder


def lately(person: Person) -> str:
    """The last sentence in their own conversation with the bot."""
    if isinstance(person, OnTeams):
        return person.user.texts()[-1]
    return [text_of(message) for message in person.user.sees(person.user.direct) if not message.get("blocks")][-1]


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


async def test_managers_the_tpsu_chief_and_leadership_are_told_the_seal_and_never_the_subject(staff: Staff) -> None:
    seal = await closed(staff)
    for person in await staff.seat(MANAGER, holder("tpsu-chief"), COS):
        await person.says("record T-1001")
        said = lately(person)
        assert f"The record of T-1001 is sealed (Tomás Álvarez, 24 Nov 2026, 09:00), SHA-256 {seal}." in said
        assert "taskings record export T-1001" in said
        assert "Embarrassing" not in said


async def test_an_open_task_has_no_seal_yet(staff: Staff) -> None:
    await staff.in_clearance()
    (manager,) = await staff.seat(MANAGER)
    await manager.says("Record of T-1001?")
    assert lately(manager).startswith("T-1001 is in clearance, so its record is not sealed yet.")
    await manager.says("record T-1999")
    assert lately(manager) == "There is no task T-1999; check the number."


async def test_nobody_else_is_told_anything_of_it(staff: Staff) -> None:
    seal = await closed(staff)
    (officer,) = await staff.seat(HOU_CHIEF)
    await officer.says("mine")
    async with staff.house.refusal(officer) as told:
        await officer.says("record T-1001")
    assert told == ["Records are for task managers, the TPSU chief and senior leadership; ask a task manager."]
    assert seal not in told[0]
