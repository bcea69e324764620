"""What reports are counted from, as the tasks were really handled, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.domain import messages as m
from bot.domain.messages import Command
from bot.domain.organization_messages import OPERATOR
from bot.domain.task import Status, Task
from bot.ports.chat import Click
from bot.reporting.figures import Line
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from storage import tables as t
from storage.database import Database
from tests.fakes import FakeClock
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF, RUBRIC, T0, ZONE, request

DAY = timedelta(days=1)


async def test_a_report_is_counted_from_every_task_that_may_count_and_no_other(database: Database) -> None:
    clock = FakeClock()
    handle = Handler(database, RUBRIC, clock, ZONE)
    await handle.organize(sample_directory(), OPERATOR, "command line")

    async def do(number: str, *steps: tuple[str, Command]) -> Task:
        for actor, command in steps:
            clock.advance(timedelta(hours=1))
            task = await handle(Click(f"{clock.at}", "slack", actor, number, command))
        return task

    for number in range(1, 5):
        await do("", (MANAGER, request()))
        await do(f"T-100{number}", (MANAGER, m.RouteTask((HOU_CHIEF,))))
    await do("T-1001", (MANAGER, m.AssignAlso(MQMU_CHIEF, "guidance")))
    steps = ((HOU_CHIEF, m.Acknowledge(1)), (HOU_CHIEF, m.Respond(1, "412 beds")), (MANAGER, m.SendToClearance()))
    package = (await do("T-1002", *steps)).package
    assert package
    sha = package.sha256
    clear = ((DAD_CS, m.Clear(0, 1, sha)), (COS, m.Clear(1, 1, sha)))
    sent_at = clock.at + timedelta(minutes=150)
    sent = await do("T-1002", *clear, (MANAGER, m.Transmit(sha, sent_at=sent_at)), (MANAGER, m.Close()))
    clock.at = T0 + 20 * DAY
    twice = (m.Withdraw("taken back"), m.Reopen("again"), m.Withdraw("taken back again"))
    gone = await do("T-1003", *((MANAGER, command) for command in twice))
    # As another system may tell it: closed, and nobody knows when.
    unknown = update(t.tasks).where(t.tasks.c.number == "T-1004").values(open=False, status=Status.CLOSED.value)
    await database.run(lambda c: c.execute(unknown))

    found = await database.read(lambda uow: uow.material(T0, T0, T0 + DAY))
    lines = {line.number: line for line in found.lines}
    assert lines.keys() == {"T-1001", "T-1002", "T-1003", "T-1004"}
    assert lines["T-1001"].components == ("HOU", "MQMU")
    asked = sent.request
    assert lines["T-1002"] == Line(
        "T-1002", asked.task_type, asked.received_at, asked.due_at, sent_at, sent.closed_at, components=("HOU",)
    )
    assert gone.withdrawn
    assert lines["T-1003"].withdrawn_at == gone.withdrawn.at
    assert not lines["T-1004"].open(T0 + 100 * DAY)
    assert {number: len(events) for number, events in found.events.items()} == {"T-1002": sent.version}

    later = await database.read(lambda uow: uow.material(T0 + 15 * DAY, T0 + 15 * DAY, T0 + 30 * DAY))
    assert [line.number for line in later.lines] == ["T-1001", "T-1003"]
    assert not later.events
    early = await database.read(lambda uow: uow.material(T0, T0, T0 + timedelta(hours=2)))
    assert [line.number for line in early.lines] == ["T-1001"]
