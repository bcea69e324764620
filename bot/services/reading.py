"""What somebody may read of a task: its state, the files of a response, and the whole record as one file."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.of_record import WHOLE, record_said, require_recordkeeper
from bot.domain.context import Context
from bot.domain.package import FileRef
from bot.domain.reading import files_of, readable
from bot.domain.task import Task
from bot.domain.visibility import reach
from bot.errors import NotFound
from bot.ports.chat import OutgoingFile, Reply
from bot.ports.files import Files
from bot.ports.storage import Store
from bot.record.certificate import disposed_said
from bot.services.export import Exporter

CHANGED = "The response has changed since you saw it, or is not yours to read now; ask for the task's status."


@dataclass(frozen=True, slots=True)
class Reading:
    store: Store
    files: Files
    exporter: Exporter

    async def visible(self, number: str, ctx: Context) -> Task:
        """The task, for who may see it. Raises NotFound, which tells who sees all when it was disposed of."""
        may_see = reach(ctx.actor, ctx.organization, ctx.today)
        try:
            task = await self.store.read(lambda uow: uow.task(number, for_update=False))
        except NotFound as error:
            gone = await self.store.read(lambda uow: uow.disposed(number)) if may_see.everything else None
            if gone is None:
                raise
            raise NotFound(disposed_said(gone, ctx.zone)) from error
        if not may_see.covers(task):
            raise NotFound(f"There is no task {number}; check the number.")
        return task

    async def offer(self, number: str, package: str, ctx: Context) -> Reply:
        """The files of a response, or of all that this person may open; the bytes are sent after the answer."""
        task = await self.visible(number, ctx)
        found = [p for p in readable(task, ctx) if package in {"", p.sha256}]
        if not found:
            raise NotFound(CHANGED if package else f"There is nothing of {number} that you can open as a file.")
        files = tuple(OutgoingFile(number, p.sha256, file) for p in found for file in files_of(task, p))
        each = tuple({sent.file.sha256: sent for sent in reversed(files)}.values())[::-1]
        count = "1 file" if len(each) == 1 else f"{len(each)} files"
        return Reply(text=f"{count} of {number}, for you alone.", private=True, files=each)

    async def record(self, number: str, ctx: Context) -> Reply:
        require_recordkeeper(ctx)
        task = await self.visible(number, ctx)
        file, _ = await self.exporter.package(number)
        return Reply(text=record_said(task, ctx), private=True, files=(OutgoingFile(number, WHOLE, file),))

    async def fetch(self, number: str, package: str, sha256: str, ctx: Context) -> tuple[FileRef, bytes]:
        """A file that was offered, as `Desk.fetch`."""
        if package == WHOLE:
            return await self._packed(number, sha256, ctx)
        task = await self.visible(number, ctx)
        for read in (p for p in readable(task, ctx) if p.sha256 == package):
            for file in (f for f in files_of(task, read) if f.sha256 == sha256):
                return file, read.text.encode() if file not in read.files else await self.files.get(file)
        raise NotFound(CHANGED)

    async def _packed(self, number: str, sha256: str, ctx: Context) -> tuple[FileRef, bytes]:
        """The package that was offered, as long as nothing happened to the task since."""
        require_recordkeeper(ctx)
        await self.visible(number, ctx)
        file, content = await self.exporter.package(number)
        if file.sha256 != sha256:
            raise NotFound(f"The record of {number} has changed since; say “record {number}” again.")
        return file, content
