"""Rows of columns say what the states say."""

from __future__ import annotations

from bot.conversation.line import Line
from bot.domain import messages as m
from bot.domain.organization_messages import OPERATOR
from bot.domain.visibility import waiting_on
from bot.ports.chat import Click
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from storage.database import Database
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, RUBRIC, T0, ZONE, request


async def test_a_row_is_what_the_state_says_in_the_order_asked_for(database: Database) -> None:
    handle = Handler(database, RUBRIC, lambda: T0, ZONE)
    await handle.organize(sample_directory(), OPERATOR, "command line")
    steps = (request(), m.RouteTask((HOU_CHIEF,)), m.Acknowledge(1), m.Respond(1, "412"), m.SendToClearance())
    for index, command in enumerate(steps):
        actor = HOU_CHIEF if index in {2, 3} else MANAGER
        await handle(Click(f"a{index}", "slack", actor, "T-1001" if index else "", command))
    await handle(Click("b", "slack", MANAGER, "", request("report", "MQMU")))
    second, first = await database.read(lambda uow: uow.lines(("T-1002", "T-9999", "T-1001")))
    task = await database.read(lambda uow: uow.task("T-1001", for_update=False))
    asked = task.request
    assert first == Line(
        "T-1001", asked.task_type, asked.subject, asked.requestor, "external",
        asked.scope.value, ("HOU",), asked.manner.value,
        "routine", False, asked.received_at, asked.due_at, "in-clearance", ("HOU",), (HOU_CHIEF,),
        tuple(map(str, waiting_on(task))),
    )  # fmt: skip
    assert (second.number, second.waiting_on, second.action_officers) == ("T-1002", (MANAGER,), ())
    assert DAD_CS not in first.waiting_on
