"""History of another system: what an import makes of it, and what may be done with it here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from adapters.files import ObjectFiles
from bot.domain import messages as m
from bot.domain.evolve import evolve
from bot.domain.organization_messages import OPERATOR
from bot.domain.rules import offers
from bot.domain.task import Status, Task
from bot.domain.visibility import links, managers, reach, turn_of
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from bot.ports.chat import Click
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from bot.services.history import Importer, Imports
from bot.services.verify import Verifier
from cards.placement import next_change, placements
from cards.task_cards import status_card
from storage.archive import SqlArchive
from storage.database import Database
from storage.surfaces import SqlOutbox
from tests.bench.history import COLUMNS
from tests.world import HOU_CHIEF, MANAGER, MQMU_CHIEF, RUBRIC, SAMPLE, T0, ZONE, context, request

#: One that is done and one that waits.
DONE = {
    "number": "T-101", "task_type": "foia-data-request", "subject": '"Beds, by month"', "requestor": "Senator Hale",
    "origin": "external", "scope": "field", "facility": "LKP", "manner": "email", "priority": "high", "ses": "false",
    "received_at": "2025-03-03T09:00", "due_at": "2025-03-10T17:00-05:00", "status": "closed",
    "components": "HOU;MQMU", "action_officers": HOU_CHIEF, "waiting_on": "",
    "transmitted_at": "2025-03-10T16:00-05:00", "closed_at": "2025-03-11T10:00-05:00",
}  # fmt: skip
OPEN = DONE | {
    "number": "T-1002", "status": "in-clearance", "components": "HOU", "waiting_on": "dad", "transmitted_at": "",
    "closed_at": "", "due_at": "2026-12-10T17:00-05:00", "scope": "hq", "facility": "",
}  # fmt: skip


def sheet(*rows: dict[str, str], columns: Sequence[str] = COLUMNS) -> list[str]:
    return [",".join(columns) + "\n", *(",".join(row[c] for c in columns) + "\n" for row in rows)]


@pytest.fixture
async def handle(database: Database) -> Handler:
    handler = Handler(database, RUBRIC, lambda: T0, ZONE)
    await handler.organize(sample_directory(), OPERATOR, "command line")
    return handler


async def imported(database: Database, *rows: dict[str, str]) -> Imports:
    return await Importer(database, RUBRIC, lambda: T0, ZONE)("history.csv", sheet(*rows))


async def task(database: Database, number: str) -> Task:
    return await database.read(lambda uow: uow.task(number, for_update=False))


async def test_what_is_imported_is_told_as_it_was_and_shown_to_nobody_unasked(
    database: Database, handle: Handler
) -> None:
    assert await imported(database, DONE, OPEN) == Imports(new=2)
    done, waits = await task(database, "T-101"), await task(database, "T-1002")
    assert (done.status, waits.status) == (Status.CLOSED, Status.IN_CLEARANCE)
    assert {("component", "MQMU"), ("place", "LKP"), ("officer", HOU_CHIEF), ("person", HOU_CHIEF)} <= links(done)
    assert ("waiting", "dad@CS") in links(waits)
    assert "Deputy Assistant Director, CS" in turn_of(waits, SAMPLE, T0.date())
    assert (managers(waits, SAMPLE, T0.date()), placements(waits, SAMPLE, T0, ZONE)) == ((), ())
    assert next_change(waits, SAMPLE, T0, ZONE) is None
    assert reach(MQMU_CHIEF, SAMPLE, T0.date()).covers(done)
    card = repr(status_card(done, context(MANAGER)))
    assert "24 Nov 2026, 09:00, as closed" in card
    assert f"{SAMPLE.name_of(HOU_CHIEF)}, HOU, MQMU" in card


async def test_the_outbox_has_nothing_to_do_for_what_is_done(database: Database, handle: Handler) -> None:
    await imported(database, DONE)
    assert [t for t, _ in await SqlOutbox(database, lambda: T0).unplaced(9) if t] == []


async def test_a_task_manager_adopts_an_open_one_by_routing_it_and_nobody_does_anything_else(
    database: Database, handle: Handler
) -> None:
    await imported(database, DONE, OPEN)
    waits = await task(database, "T-1002")
    assert [offer.command for offer in offers(waits, context(MANAGER))] == [m.RouteTask]
    assert offers(await task(database, "T-101"), context(MANAGER)) == ()

    async def act(number: str, command: m.Command, actor: str = MANAGER) -> Task:
        return await handle(Click(f"{number} {command} {actor}", "slack", actor, number, command))

    with pytest.raises(IllegalTransition, match="route it"):
        await act("T-1002", m.AddComment("Hello"))
    with pytest.raises(NotAllowed):
        await act("T-1002", m.RouteTask((HOU_CHIEF,)), HOU_CHIEF)
    with pytest.raises(IllegalTransition, match="closed"):
        await act("T-101", m.Reopen("Again"))
    adopted = await act("T-1002", m.RouteTask((HOU_CHIEF,), "guidance"))
    assert (adopted.status, adopted.manager, adopted.as_imported) == (Status.ASSIGNED, MANAGER, None)
    assert placements(adopted, SAMPLE, T0, ZONE)
    await act("T-1002", m.Acknowledge(1), HOU_CHIEF)
    assert await imported(database, DONE, OPEN) == Imports(same=2)
    with pytest.raises(InvalidInput, match="line 2: T-1002 was adopted"):
        await imported(database, OPEN | {"status": "cleared"})


async def test_again_is_an_update_and_the_record_holds_both(
    database: Database, handle: Handler, tmp_path: Path
) -> None:
    await imported(database, DONE, OPEN)
    assert await imported(database, DONE, OPEN | {"status": "cleared"}) == Imports(changed=1, same=1)
    assert (await task(database, "T-1002")).status is Status.CLEARED
    history = await database.read(lambda uow: uow.history("T-1002"))
    assert [type(event) for event in history] == [m.TaskImported, m.TaskImported]
    assert evolve(evolve(None, history[0]), history[1]) == await task(database, "T-1002")
    verifier = Verifier(SqlArchive(database), ObjectFiles(f"file://{tmp_path}", None))
    assert [fault async for fault in verifier.everything()] == []


async def test_a_number_that_was_imported_is_never_given(database: Database, handle: Handler) -> None:
    await imported(database, OPEN, OPEN | {"number": "T-1003"})
    made = [await handle(Click(f"new {n}", "slack", MANAGER, "", request())) for n in range(2)]
    assert [one.number for one in made] == ["T-1001", "T-1004"]
    with pytest.raises(InvalidInput, match="T-1001 was given"):
        await imported(database, OPEN | {"number": "T-1001"})


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"number": "1042"}, "a number is like T-1042"),
        ({"number": "T-1002"}, "T-1002 is in the file already"),
        ({"task_type": "foia"}, "not a task type"),
        ({"components": "HOU;NOWHERE"}, "no component “NOWHERE”"),
        ({"status": "by-email"}, "not coordinated by email"),
        ({"received_at": "yesterday"}, "write the time like"),
        ({"due_at": "2025-03-01T10:00"}, "due_at is before received_at"),
        ({"closed_at": "2026-03-01T10:00"}, "has no closed_at"),
        ({"waiting_on": "king"}, "not a position"),
        ({"ses": "perhaps"}, "this is true or false"),
        ({"subject": ""}, "can't be empty"),
    ],
)
async def test_a_bad_row_is_refused_with_its_line_and_nothing_is_half_done(
    database: Database, handle: Handler, wrong: dict[str, str], why: str
) -> None:
    with pytest.raises(InvalidInput, match=f"history.csv line 4: .*{why}"):
        await imported(database, DONE, OPEN, OPEN | {"number": "T-7"} | wrong)
    assert await imported(database, DONE, OPEN) == Imports(new=2)


async def test_columns_that_are_not_known_or_missing_are_told(database: Database, handle: Handler) -> None:
    with pytest.raises(InvalidInput, match="line 1: “colour” is not a column"):
        await Importer(database, RUBRIC, lambda: T0, ZONE)("h.csv", ["colour,number\n", "red,T-1\n"])
    few = [column for column in COLUMNS if column not in COLUMNS[-5:]]
    text = sheet(OPEN | {"status": "logged"}, columns=few)
    assert await Importer(database, RUBRIC, lambda: T0, ZONE)("h.csv", text) == Imports(new=1)
