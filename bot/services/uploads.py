"""Files sent to the bot: checked, stored, and attached to the assignment that waits for them, or to the one chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.assignment import Assignment, Stage
from bot.domain.context import Context
from bot.domain.messages import AttachFile
from bot.domain.package import FileRef, distinct
from bot.domain.task import Task
from bot.errors import NotFound, Rejected
from bot.ports.chat import Click, IncomingFile, Reply, Shown
from bot.ports.files import Files
from bot.ports.storage import UnitOfWork
from bot.services.handle import Handler
from cards.upload_card import choice_card

Waiting: TypeAlias = tuple[Task, Assignment]

NOT_YOURS = "That file is not here any more, or is not yours; send it again."


@dataclass(frozen=True, slots=True)
class Uploads:
    """What is not attached at once is kept by its SHA-256 under an id, with who sent it: nobody else can name it."""

    handle: Handler
    files: Files

    async def receive(
        self, key: str, platform: str, ctx: Context, files: Sequence[IncomingFile], thread: Shown | None
    ) -> Reply:
        """Attach to the one assignment that waits, the thread's where that is a card's; with several, ask which."""
        waiting = await self._waiting(ctx.actor, thread)
        stored = distinct([await self.files.put(file.name, file.open()) for file in files])  # all, before any attached
        if len(waiting) == 1:
            return await self._attach(key, platform, ctx.actor, waiting[0], stored)
        id = hashlib.sha256(f"{ctx.actor} {key}".encode()).hexdigest()[:20]
        await self.handle.store.write(lambda uow: uow.keep_upload(id, ctx.actor, stored, ctx.now))
        return Reply(card=choice_card(id, stored, waiting, ctx), private=True)

    async def attach(self, key: str, platform: str, actor: str, number: str, assignment: int, upload: str) -> Reply:
        """What was sent before, to the assignment chosen for it."""
        stored = await self.handle.store.read(lambda uow: uow.upload(upload, actor))
        if not stored:
            raise NotFound(NOT_YOURS)
        chosen = [(t, a) for t, a in await self._waiting(actor, None) if (t.number, a.id) == (number, assignment)]
        if not chosen:
            raise Rejected(_closed(number))
        return await self._attach(key, platform, actor, chosen[0], stored)

    async def _waiting(self, actor: str, thread: Shown | None) -> list[Waiting]:
        """Every assignment that a file could go with now, or those of the thread's task. Raises Rejected for none."""

        def work(uow: UnitOfWork) -> tuple[str, tuple[Task, ...]]:
            placement = uow.placement_at(thread) if thread else None
            return placement.task if placement else "", uow.waiting_for(actor)

        number, tasks = await self.handle.store.read(work)
        found = list(_open(tasks, actor))
        here = [(task, a) for task, a in found if number in {"", task.number}]
        if not here and number:
            raise Rejected(_closed(number))
        if not here:
            raise Rejected("No task of yours waits for a file; acknowledge the task first.")
        return here

    async def _attach(
        self, key: str, platform: str, actor: str, waiting: Waiting, stored: tuple[FileRef, ...]
    ) -> Reply:
        task, assignment = waiting
        for index, file in enumerate(stored):
            await self.handle(Click(f"{key}:{index}", platform, actor, task.number, AttachFile(assignment.id, file)))
        # Named on the card alone: this sentence is the notification, and names of files tell what they are about.
        go = "Your file goes" if len(stored) == 1 else f"Your {len(stored)} files go"
        again = {file.name for file in assignment.files} & {file.name for file in stored}
        instead = " What you sent before under the same name is replaced." if again else ""
        return Reply(text=f"Received and checked. {go} with your response to {task.number}.{instead}")


def _open(tasks: Iterable[Task], actor: str) -> Iterable[Waiting]:
    for task in tasks:
        if not task.informational:
            yield from ((task, a) for a in task.active if a.officer == actor and a.stage is Stage.ACKNOWLEDGED)


def _closed(number: str) -> str:
    return f"{number} waits for no file of yours, so none was attached; acknowledge it first, or see where it stands."
