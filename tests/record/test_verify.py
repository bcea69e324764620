"""What happened to a record behind the service's back is found, and where."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import text

from bot.domain import messages as m
from bot.record.chain import link
from tests.record.conftest import Records
from tests.world import HOU_CHIEF, MANAGER, request


async def sql(records: Records, *statements: str) -> None:
    for statement in statements:
        await records.database.run(lambda c, s=statement: c.execute(text(s)))  # type: ignore[misc]


async def told(records: Records, stream: str = "") -> list[str]:
    return [str(fault) for fault in await records.faults(stream)]


async def test_nothing_is_wrong_with_what_the_service_wrote(records: Records) -> None:
    await records.closed()
    await records.do(MANAGER, request(), number="")
    assert await told(records) == []


async def test_a_record_reopened_and_closed_again_has_two_seals_that_hold(records: Records) -> None:
    first = await records.closed()
    await records.do(MANAGER, m.Reopen("One more question."))
    task = await records.do(MANAGER, m.SendToClearance())
    assert task.package is not None
    await records.do(MANAGER, m.Transmit(task.package.sha256))
    second = await records.do(MANAGER, m.Close())
    assert first.seal != second.seal
    assert await told(records) == []


EDITED = "it was edited, or the event before it"
SWAP = (
    "UPDATE events SET version = -5 WHERE stream = 'T-1001' AND version = 5",
    "UPDATE events SET version = 5 WHERE stream = 'T-1001' AND version = 6",
    "UPDATE events SET version = 6 WHERE stream = 'T-1001' AND version = -5",
)


@pytest.mark.parametrize(
    ("statements", "faults"),
    [
        (
            ["UPDATE events SET data = replace(data, '400', '500') WHERE stream = 'T-1001' AND data LIKE '%400%'"],
            [f"T-1001, event 5: {EDITED}"],
        ),
        (["UPDATE events SET platform = 'x' WHERE stream = 'T-1001' AND version = 2"], [f"T-1001, event 2: {EDITED}"]),
        (
            ["UPDATE events SET at = '2020-01-01 00:00:00.000000+00' WHERE stream = 'T-1001' AND version = 2"],
            [f"T-1001, event 2: {EDITED}"],
        ),
        (["DELETE FROM events WHERE stream = 'T-1001' AND version = 5"], ["T-1001, event 5: it is missing"]),
        (
            ["DELETE FROM events WHERE stream = 'T-1001' AND version IN (1, 2)"],
            ["T-1001, event 1: it and 1 more are missing"],
        ),
        (
            ["DELETE FROM events WHERE stream = 'T-1001' AND version > 8"],
            ["T-1001, event 9: it and 7 more are missing, the last of its history"],
        ),
        (
            ["DELETE FROM events WHERE stream = 'T-1001'"],
            ["T-1001, event 1: it and 15 more are missing, the last of its history"],
        ),
        (
            SWAP,
            [
                "T-1001, event 5: it stands out of order, it was event 6",
                "T-1001, event 6: it stands out of order, it was event 5",
            ],
        ),
        (
            ["UPDATE streams SET head = 'f' WHERE id = 'T-1001'"],
            ["T-1001, event 16: it is not the event that the state was stored with"],
        ),
        (
            ["UPDATE streams SET version = 3 WHERE id = 'T-1001'"],
            ["T-1001, event 16: it is not the event that the state was stored with"],
        ),
        (
            ["UPDATE streams SET state = replace(state, 'sent at noon', 'never sent') WHERE id = 'T-1001'"],
            ["T-1001, event 16: the state is not what the events add up to"],
        ),
        (["UPDATE streams SET state = '{' WHERE id = 'T-1001'"], ["T-1001: the state can't be read"]),
        (
            ["UPDATE streams SET state = replace(state, 'Chief', 'Cook') WHERE id = 'organization'"],
            ["organization, event {organization}: the state is not what the events add up to"],
        ),
    ],
    ids=str,
)
async def test_what_was_done_to_it_is_named_with_its_place(
    records: Records, statements: Sequence[str], faults: list[str]
) -> None:
    await records.closed()
    organization = (await records.archive.heads())["organization"][0]
    await sql(records, *statements)
    assert await told(records) == [fault.format(organization=organization) for fault in faults]


async def test_a_task_that_was_deleted_as_a_whole_leaves_a_gap_in_the_numbers(records: Records) -> None:
    await records.closed()
    await records.do(MANAGER, request(), number="")
    tables = ("links", "surfaces", "tasks", "events")
    ours = {"events": "stream", "tasks": "number"}
    gone = [f"DELETE FROM {table} WHERE {ours.get(table, 'task')} = 'T-1001'" for table in tables]
    await sql(records, *gone, "DELETE FROM streams WHERE id = 'T-1001'")
    assert await told(records) == ["T-1001: its record is missing"]


async def test_a_seal_that_was_forged_with_its_chain_is_found(records: Records) -> None:
    """Who can hash can chain anew; the seal then says otherwise."""
    await records.closed()
    stored = await records.archive.stored("T-1001")
    assert stored is not None
    head, rows = "", list[dict[str, object]]()
    for e in stored.entries:
        data = e.data.replace("412 beds &", "413 beds &")
        head = link(head, e.stream, e.version, e.type, data, e.platform, e.at)
        rows.append({"version": e.version, "data": data, "hash": head})
    state = stored.state.replace("412 beds &", "413 beds &")
    change = text("UPDATE events SET data = :data, hash = :hash WHERE stream = 'T-1001' AND version = :version")
    await records.database.run(lambda c: c.execute(change, rows))
    whole = text("UPDATE streams SET state = :state, head = :head WHERE id = 'T-1001'")
    await records.database.run(lambda c: c.execute(whole, {"state": state, "head": head}))
    assert await told(records) == ["T-1001, event 16: the seal is not that of the record as it was closed"]


async def test_files_that_are_missing_or_altered_are_named(records: Records) -> None:
    """Those of an answer that came back too: every version is part of the record."""
    task = await records.closed()
    assert task.package is not None
    beds, notes = task.package.files
    (records.folder / "files" / beds.sha256).unlink()
    (records.folder / "files" / notes.sha256).write_bytes(b"day,beds\n1,500\n")
    assert await told(records) == [
        "T-1001: beds.txt is missing from the file store",
        "T-1001: notes.csv is not what it was when it was stored",
    ]


async def test_one_record_is_looked_at_alone(records: Records) -> None:
    await records.closed()
    await records.do(MANAGER, request(), number="")
    await sql(records, "UPDATE events SET platform = 'x' WHERE stream = 'T-1002'")
    assert await told(records, "T-1001") == []
    assert await told(records, "T-1002") == [f"T-1002, event 1: {EDITED}"]


async def test_a_file_in_an_open_response_is_looked_for_too(records: Records) -> None:
    await records.do(MANAGER, request(), number="")
    await records.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    await records.do(HOU_CHIEF, m.Acknowledge(1))
    file = await records.file("draft.txt", b"draft")
    await records.do(HOU_CHIEF, m.AttachFile(1, file))
    (records.folder / "files" / file.sha256).unlink()
    assert await told(records) == ["T-1001: draft.txt is missing from the file store"]
