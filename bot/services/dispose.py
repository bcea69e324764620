"""Dispose of a closed record: its content goes for good, a certificate stays (section 10). Never by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.retention import kept_because, standing
from bot.domain.rubric import Rubric
from bot.errors import Rejected
from bot.ports.storage import Store, UnitOfWork
from bot.record.certificate import Approval, Disposed, certified
from bot.record.chain import Stored
from bot.services.export import Exporter


@dataclass(frozen=True, slots=True)
class Disposer:
    """`exporter` says what there is of a record, once it is known to be whole."""

    store: Store
    exporter: Exporter
    rubric: Rubric
    clock: Callable[[], datetime]

    async def dispose(self, number: str, given: Approval) -> Disposed:
        """The certificate; of a record disposed of before, the one there is, its files looked for once more.

        Raises NotFound, and Rejected with every reason why it may not be disposed of.
        """
        done = await self.store.read(lambda uow: uow.disposed(number))
        if done is None:
            stored, sums = await self.exporter.sums(number)
            done = await self.store.write(lambda uow: self._once(uow, stored, sums, given))
        files = _files(done)
        for sha256 in await self.store.read(lambda uow: [sha for sha in files if not uow.uses(sha)]):
            await self.exporter.files.remove(sha256)
        return done

    def _once(self, uow: UnitOfWork, stored: Stored, sums: Mapping[str, str], given: Approval) -> Disposed:
        task, now = uow.task(stored.stream), self.clock()
        zone = self.exporter.zone
        if why := kept_because(task, now.astimezone(zone).date(), self.rubric, zone):
            raise Rejected(f"{task.number} is not disposed of: {'; '.join(why)}.")
        if task.version != stored.version:
            raise Rejected(f"{task.number} changed meanwhile; look at it again first.")
        shared = {what for what, sha in sums.items() if what.startswith(FILES) and uow.uses(sha, task.number)}
        gone = {what: sha for what, sha in sums.items() if what not in shared}
        done = certified(task, stored.head, standing(task, self.rubric, zone), given, gone, now)
        uow.dispose(done)
        return done


#: What a destroyed file is called in a certificate, with the beginning of its SHA-256: its name may tell too much.
FILES = "files/"


def _files(done: Disposed) -> list[str]:
    return [each["sha256"] for each in done.said["destroyed"] if each["what"].startswith(FILES)]
