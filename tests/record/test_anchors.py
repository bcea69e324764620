"""What was anchored outside of the database is what a restored or rewritten one is found out by."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from adapters.anchors import FIRST, AnchorFile, AnchorPost, read_anchors
from bot.domain import messages as m
from bot.errors import ConfigurationError
from bot.record.chain import Stored, link
from bot.services.anchor import Anchorer
from bot.settings import read_settings
from tests.record.conftest import Records
from tests.world import COS, MANAGER, T0, request


async def told(records: Records) -> list[str]:
    return [str(fault) for fault in await records.faults()]


def lines(path: Path) -> list[dict[str, dict[str, object]]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


async def stored_of(records: Records, stream: str = "T-1001") -> Stored:
    stored = await records.archive.stored(stream)
    assert stored is not None
    return stored


async def put_back(records: Records, backup: Stored) -> None:
    """The stream as a backup has it, with everything that belongs together."""
    old = {"version": backup.version, "head": backup.head, "state": backup.state, "stream": backup.stream}
    state = text("UPDATE streams SET version = :version, head = :head, state = :state WHERE id = :stream")
    await records.database.run(lambda c: c.execute(state, old))
    cut = text("DELETE FROM events WHERE stream = :stream AND version > :version")
    await records.database.run(lambda c: c.execute(cut, old))


async def test_only_the_heads_that_changed_are_written_down_each_minute(records: Records) -> None:
    await records.closed()
    await records.do(MANAGER, request(), number="")
    anchorer = Anchorer(records.archive, AnchorFile(records.anchors), records.clock)
    assert await anchorer() == 3
    await records.do(COS, m.AddComment("Thank you."), "T-1002")
    records.clock.advance(timedelta(seconds=-1))
    assert await anchorer() == 0  # within the minute
    records.clock.advance(timedelta(seconds=1))
    assert await anchorer() == 1
    records.clock.advance(timedelta(minutes=1))
    assert await anchorer() == 0
    assert [set(line["heads"]) for line in lines(records.anchors)] == [{"T-1001", "T-1002", "organization"}, {"T-1002"}]
    assert await told(records) == []


async def test_another_service_goes_on_in_the_same_file(records: Records) -> None:
    await records.closed()
    assert await records.anchor() == 2
    assert await records.anchor() == 0
    first, second = AnchorFile(records.anchors), AnchorFile(records.anchors)
    assert first.add({"T-1": (1, "a")}, T0) == 1
    assert second.add({"T-1": (1, "a"), "T-2": (1, "b")}, T0) == 1
    assert first.add({"T-1": (1, "a"), "T-2": (1, "b"), "T-3": (1, "c")}, T0) == 1
    assert read_anchors(records.anchors).faults == []


async def test_an_older_backup_is_found_though_nothing_in_it_is_wrong(records: Records) -> None:
    await records.do(MANAGER, request(), number="")
    backup = await stored_of(records)
    await records.do(COS, m.AddComment("Thank you."))
    await records.anchor()
    assert await told(records) == []
    await put_back(records, backup)
    end = "its history ends at event 1, and at 2026-11-24T14:03:00+00:00 it was anchored with event 2"
    assert await told(records) == [f"T-1001: {end}: this is an older backup, or it was cut off"]
    await records.do(COS, m.AddComment("Something else."))
    await records.anchor()
    assert await told(records) == ["T-1001, event 2: it is not the one that was anchored at 2026-11-24T14:03:00+00:00"]


async def test_a_history_that_was_chained_anew_is_found(records: Records) -> None:
    await records.do(MANAGER, request(), number="")
    await records.anchor()
    (entry,) = (await stored_of(records)).entries
    data = entry.data.replace("Bed capacity", "Bed numbers")
    head = link("", entry.stream, 1, entry.type, data, entry.platform, entry.at)
    await records.database.run(
        lambda c: c.execute(
            text("UPDATE events SET data = :d, hash = :h WHERE stream = 'T-1001'"), {"d": data, "h": head}
        )
    )
    change = "UPDATE streams SET head = :h, state = replace(state, 'Bed capacity', 'Bed numbers') WHERE id = 'T-1001'"
    await records.database.run(lambda c: c.execute(text(change), {"h": head}))
    assert await told(records) == ["T-1001, event 1: it is not the one that was anchored at 2026-11-24T14:02:00+00:00"]


async def test_a_task_that_the_database_never_heard_of_is_named(records: Records) -> None:
    AnchorFile(records.anchors).add({"T-1007": (4, "f")}, T0)
    assert await told(records) == [
        "T-1007: nothing of it is there, and at 2026-11-24T14:00:00+00:00 it was anchored with event 4: "
        "this is an older backup, or it was cut off",
        "T-1007: its record is missing",
    ]


@pytest.mark.parametrize("line", [0, 1])
async def test_anchors_that_were_edited_are_found_by_their_own_chain(records: Records, line: int) -> None:
    file = AnchorFile(records.anchors)
    for number in range(3):
        file.add({"T-1": (number, "a")}, T0)
    written = records.anchors.read_text("utf-8").splitlines()
    written[line] = written[line].replace('"a"', '"b"')
    records.anchors.write_text("\n".join(written) + "\n", "utf-8")
    assert str(read_anchors(records.anchors).faults[0]) == f"anchors: line {line + 2} was edited, or the line before it"


async def test_a_line_that_a_crash_cut_short_is_ended_and_gone_on_from(records: Records) -> None:
    AnchorFile(records.anchors).add({"T-1": (1, "a")}, T0)
    with records.anchors.open("ab") as file:
        file.write(b'{"at":"2026-11')
    assert AnchorFile(records.anchors).add({"T-1": (1, "a"), "T-2": (1, "b")}, T0) == 1
    found = read_anchors(records.anchors)
    assert (found.faults, sorted(found.by_stream), found.lines) == ([], ["T-1", "T-2"], 3)


def test_without_the_anchors_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be read: No such file"):
        read_anchors(tmp_path / "anchors.jsonl")


@dataclass(slots=True)
class Endpoint:
    """Takes lines while it answers 204."""

    status: int = 204
    lines: list[bytes] = field(default_factory=list)
    asked: int = 0

    async def take(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.status == 204:
            self.lines += (await request.read()).splitlines()
        return web.Response(status=self.status)


async def test_each_line_goes_on_to_an_endpoint_once_and_waits_for_it_while_it_is_down(records: Records) -> None:
    endpoint, app = Endpoint(), web.Application()
    app.router.add_post("/anchors", endpoint.take)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:

        def post() -> AnchorPost:
            return AnchorPost(records.anchors, str(server.make_url("/anchors")), session, records.clock)

        sending = post()
        assert await sending() == 0  # there is no file yet
        await records.do(MANAGER, request(), number="")
        await records.anchor()
        assert (await sending(), await sending()) == (1, 0)
        endpoint.status = 503
        await records.do(MANAGER, request(), number="")
        await records.anchor()
        assert (await sending(), await sending(), endpoint.asked) == (0, 0, 2)  # not again at once
        endpoint.status = 302
        records.clock.advance(FIRST)
        assert (await sending(), endpoint.asked) == (0, 3)
        endpoint.status = 204
        records.clock.advance(2 * FIRST)
        assert (await sending(), await post()()) == (1, 0)  # a process that begins knows what was taken
    assert endpoint.lines == records.anchors.read_bytes().splitlines()


@pytest.mark.parametrize(
    ("url", "file"), [("http://example.gov/anchors", "a.jsonl"), ("https://example.gov/anchors", "")]
)
def test_an_endpoint_is_safe_and_gets_what_the_file_has(url: str, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKINGS_ANCHORS_URL", url)
    monkeypatch.setenv("TASKINGS_ANCHORS_FILE", file)
    with pytest.raises(ConfigurationError, match="ANCHORS_URL"):
        read_settings()
