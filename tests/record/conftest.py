"""A closed record on each database, with everything in it that a record can hold."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.anchors import AnchorFile, read_anchors
from adapters.files import ObjectFiles
from adapters.vault import keys_for
from bot.domain import messages as m
from bot.domain.organization_messages import OPERATOR, DelegateClearance
from bot.domain.package import FileRef
from bot.domain.positions import Post
from bot.domain.rubric import Rubric, Schedule
from bot.domain.task import Task
from bot.ports.chat import Click
from bot.record.anchors import Anchored
from bot.record.chain import Fault
from bot.services.anchor import Anchorer
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from bot.services.verify import Verifier
from storage.archive import SqlArchive
from storage.database import Database
from tests.fakes import FakeClock
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, RUBRIC, T0, ZONE, holder, request

DCOS = holder("dcos")


@dataclass
class Records:
    """Tasks worked on by command, and the stores they end up in."""

    database: Database
    files: ObjectFiles
    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    rubric: Rubric = RUBRIC
    clicks: int = 0

    @property
    def handler(self) -> Handler:
        return Handler(self.database, self.rubric, self.clock, ZONE)

    def schedule(self, task_type: str, years: int, approved: bool = True) -> None:
        """From now on, records of this type are kept so long."""
        self.rubric = replace(self.rubric, retention={task_type: Schedule("DAA-1, item 2", years, approved)})

    @property
    def archive(self) -> SqlArchive:
        return SqlArchive(self.database)

    async def do(self, actor: str, command: m.Command, number: str = "T-1001") -> Task:
        self.clicks += 1
        self.clock.advance(timedelta(minutes=1))
        return await self.handler(Click(str(self.clicks), "slack", actor, number, command))

    async def file(self, name: str, content: bytes) -> FileRef:
        async def chunks() -> AsyncIterator[bytes]:
            yield content

        return await self.files.put(name, chunks())

    def settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What a command reads: this database and these files."""
        monkeypatch.chdir(self.folder)
        monkeypatch.setenv("TASKINGS_DATABASE_URL", self.database.engine.url.render_as_string(hide_password=False))
        monkeypatch.setenv("TASKINGS_FILES_URL", (self.folder / "files").as_uri())

    @property
    def anchors(self) -> Path:
        return self.folder / "anchors.jsonl"

    async def anchor(self) -> int:
        """A service's first round, a minute after whatever happened last; how many heads it wrote down."""
        self.clock.advance(timedelta(minutes=1))
        return await Anchorer(self.archive, AnchorFile(self.anchors), self.clock)()

    async def faults(self, stream: str = "") -> list[Fault]:
        anchored = read_anchors(self.anchors) if self.anchors.exists() else Anchored()
        verifier = Verifier(self.archive, self.files, anchored)
        return [fault async for fault in (verifier.one(stream) if stream else verifier.everything())]

    async def closed(self) -> Task:
        """A congressional inquiry: answered twice, returned once, cleared by the DAD-CS and for the CoS, closed."""
        passed_on = DelegateClearance(Post("cos"), DCOS, T0.date(), T0.date())
        await self.handler.organize(passed_on, COS, "slack")
        beds, notes = await self.file("beds.txt", b"412 beds\n"), await self.file("notes.csv", b"day,beds\n1,412\n")
        subject = "Bed capacity — Zoë’s inquiry, Łódź"
        task = await self.do(MANAGER, request(subject=subject), number="")
        for actor, command in (
            (MANAGER, m.RouteTask((HOU_CHIEF,))),
            (HOU_CHIEF, m.Acknowledge(1)),
            (HOU_CHIEF, m.Respond(1, "400 beds", (beds,))),
            (MANAGER, m.ReturnResponse(1, "Count October alone.")),
            (HOU_CHIEF, m.AttachFile(1, notes)),
            (HOU_CHIEF, m.Respond(1, "412 beds & <counted> in October\n\nBy day in the file.")),
            (MANAGER, m.SendToClearance()),
        ):
            task = await self.do(actor, command, task.number)
        assert task.package is not None
        sha = task.package.sha256
        for actor, command in (
            (DAD_CS, m.Clear(0, 1, sha)),
            (DCOS, m.Clear(1, 1, sha)),
            (COS, m.AddComment("Thank you.")),
            (MANAGER, m.Transmit(sha, "sent at noon")),
            (MANAGER, m.Close()),
        ):
            task = await self.do(actor, command, task.number)
        return task


@pytest.fixture
async def records(database: Database, tmp_path: Path) -> Records:
    url = (tmp_path / "files").as_uri()
    records = Records(database, ObjectFiles(url, keys_for(url, {})), tmp_path)
    await records.handler.organize(sample_directory(), OPERATOR, "command line")
    return records
