"""Copy sealed records to the Taskings mailbox (6-5), as `bot.services.mail` sends responses: once."""

from __future__ import annotations

import logging
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from bot.domain.copying import CopyOutcome, copy_ended, copy_tried
from bot.domain.messages import CopyFailed, CopySent, CopyTried, CopyUnconfirmed
from bot.domain.package import FileRef
from bot.domain.task import Task
from bot.errors import NotFound, NotKnown, NotSent, Rejected
from bot.ports.mail import Letter, Mail
from bot.services.export import Exporter
from bot.services.handle import Handler

log = logging.getLogger(__name__)

SOURCE = "mail"
#: Bytes up to which the whole package goes; mail servers take little more.
LARGEST = 20 * 1024 * 1024
ALONE = ("record.pdf", "MANIFEST.sha256")
TYPES = {"pdf": "application/pdf", "sha256": "text/plain", "zip": "application/zip"}


@dataclass(frozen=True, slots=True)
class Copier:
    """The worker; `mail` is None where no server is set up."""

    handle: Handler
    exporter: Exporter
    mail: Mail | None
    largest: int = LARGEST

    async def run_once(self) -> int:
        """A round; returns how much happened."""
        numbers = await self.handle.store.read(lambda uow: uow.copies())
        return sum([await self._one(number) for number in numbers])

    async def _one(self, number: str) -> int:
        task, events = await self.handle.happened(number, copy_tried, SOURCE)
        for event in events:
            if isinstance(event, CopyTried):
                await self._attempt(task, event.message_id)
        return len(events)

    async def _attempt(self, task: Task, message_id: str) -> None:
        """Whatever ends it in between leaves it tried, which is not tried again."""
        kind, said = await self._sent(task, message_id)
        await self.handle.happened(
            task.number, lambda now_task, now: copy_ended(now_task, kind, message_id, said, now), SOURCE
        )
        log.info("copy of %s: %s", task.number, kind.__name__)

    async def _sent(self, task: Task, message_id: str) -> tuple[type[CopyOutcome], str]:
        if self.mail is None:
            return CopyFailed, "No mail server is set up any more."
        try:
            return CopySent, await self.mail.send(await self._letter(task, message_id))
        except (NotSent, NotFound, Rejected) as error:
            return CopyFailed, str(error)
        except NotKnown as error:
            return CopyUnconfirmed, str(error)

    async def _letter(self, task: Task, message_id: str) -> Letter:
        """The package as it is now, or what there is room for of it. Raises as `Exporter.write` does."""
        (copy,) = (mail for mail in task.copies if mail.message_id == message_id)
        with tempfile.TemporaryFile() as target:
            await self.exporter.write(task.number, target)
            whole = target.seek(0, 2) <= self.largest
            files = tuple(_attached([(f"{task.number}.zip", _all(target))] if whole else _parts(target)))
        kept = f"Its files are too large for mail: taskings record export {task.number} gives them."
        text = f"The record of {task.number}, sealed under SHA-256 {copy.package}.\n{'' if whole else kept}"
        return Letter(copy.to, f"Record of {task.number}", text, files, message_id, copy.package)


def _all(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _parts(package: IO[bytes]) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(package) as opened:
        return [(name, opened.read(name)) for name in ALONE]


def _attached(files: Iterable[tuple[str, bytes]]) -> Iterable[tuple[FileRef, bytes]]:
    for name, content in files:
        kind = TYPES[name.rpartition(".")[2]]
        yield FileRef(name, len(content), sha256(content).hexdigest(), kind), content
