"""What the chat adapters call: who is this, what did they press, what did they say, what did they send."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.domain.messages import AttachFile
from bot.domain.organization import RegisterRoom, Room
from bot.domain.package import FileRef
from bot.domain.rules import Context, offers
from bot.domain.task import Stage
from bot.domain.visibility import reach
from bot.domain.words import STATUS_WORDS
from bot.errors import NotAllowed, NotFound, Rejected
from bot.ports import Account, Click, Files, IncomingFile, Message, Reply, UnitOfWork
from bot.services.handle import Handler
from cards.actions import NO_LONGER, buttons, intake
from cards.model import Button, Card, Entries, Entry, Text
from cards.payload import Press
from cards.placement import draw
from cards.task_cards import task_card

NUMBER = re.compile(r"\b(?:t-?)?(\d{4,})\b", re.IGNORECASE)
HELP = (
    ("new", "log a request (task managers)"),
    ("mine", "what waits for you"),
    ("status of T-1042", "where a task stands"),
    ("here", "keep the state of every task in this channel (task managers)"),
)


@dataclass(frozen=True, slots=True)
class TaskDesk:
    """`Desk` over the handler and the file store."""

    handle: Handler
    files: Files

    async def identify(self, account: Account, email: Callable[[], Awaitable[str | None]]) -> str:
        known = await self.handle.store.read(lambda uow: uow.email_of(account))
        found = (known or await email() or "").lower()
        now = self.handle.clock()

        def work(uow: UnitOfWork) -> str:
            organization = uow.organization()
            person = organization.person(found)
            if person is None or person not in organization.serving(now.astimezone(self.handle.zone).date()):
                raise NotAllowed("I don't know you; ask the Taskings Program to add your email to the directory.")
            uow.enrol(account, person.email, now)
            return person.email

        return await self.handle.store.write(work)

    async def click(self, click: Click) -> Reply:
        """The card that was clicked as it is now; a form or a typed command is answered in words."""
        task = await self.handle(click)
        seen = click.seen
        placement = await self.handle.store.read(lambda uow: uow.placement_at(seen)) if seen else None
        if placement is None:
            done = f"{task.number} is {STATUS_WORDS[task.status]}."
            return Reply(card=Card("Done", (Text(done),), done)) if seen else Reply(text=f"Done: {done}")
        return Reply(card=draw(placement, task, await self._context(placement.recipient)))

    async def form(self, actor: str, press: Press) -> Button:
        ctx = await self._context(actor)
        if press.action == "task.log":
            return self._intake(ctx)
        task = await self.handle.store.read(lambda uow: uow.task(press.task, for_update=False))
        mine = [o for o in offers(task, ctx) if set(press.args.items()) <= set(o.args)]
        for button in buttons(task, mine, ctx):
            if button.action == press.action:
                return button
        raise Rejected(NO_LONGER)

    async def say(self, message: Message) -> Reply:
        words = message.text.strip().lower()
        ctx = await self._context(message.actor)
        if words in {"new", "log", "log a request"}:
            return Reply(form=self._intake(ctx), private=True)
        if words in {"mine", "my tasks"}:
            return Reply(card=await self._mine(ctx), private=True)
        if words == "here":
            return await self._here(message)
        if number := NUMBER.search(words):
            return await self._status(f"T-{number[1]}", message, ctx)
        return Reply(card=help_card(), private=message.room is not None)

    async def store(self, file: IncomingFile) -> FileRef:
        return await self.files.put(file.name, file.open())

    async def receive(self, key: str, platform: str, actor: str, files: Sequence[IncomingFile]) -> Reply:
        """Attach to the one assignment that waits for a response; with several, which is meant is asked."""
        tasks = await self.handle.store.read(lambda uow: uow.waiting_for(actor))
        open_ = [(t, a) for t in tasks for a in t.active if a.officer == actor and a.stage is Stage.ACKNOWLEDGED]
        if len(open_) != 1:
            numbers = ", ".join(task.number for task, _ in open_)
            several = f"Several tasks wait for you ({numbers}); attach the file in the form of the one you mean."
            raise Rejected(several if open_ else "No task of yours waits for a file; acknowledge the task first.")
        ((task, assignment),) = open_
        names = []
        for index, file in enumerate(files):
            stored = await self.store(file)
            await self.handle(Click(f"{key}:{index}", platform, actor, task.number, AttachFile(assignment.id, stored)))
            names.append(stored.name)
        return Reply(text=f"{', '.join(names)} goes with your response to {task.number}.")

    async def _context(self, actor: str) -> Context:
        organization = await self.handle.store.read(lambda uow: uow.organization())
        return Context(actor, self.handle.clock(), organization, self.handle.rubric, self.handle.zone)

    def _intake(self, ctx: Context) -> Button:
        if not ctx.manages:
            raise NotAllowed("Only a task manager logs requests; forward yours to the Taskings Program.")
        return intake(ctx)

    async def _mine(self, ctx: Context) -> Card:
        tasks = await self.handle.store.read(lambda uow: uow.waiting_for(ctx.actor))
        items = tuple(Entry(task_card(task, ctx).title, task.request.subject) for task in tasks)
        body = (Entries(items),) if items else (Text("Nothing waits for you."),)
        return Card("What waits for you", body, f"{len(items)} tasks wait for you.")

    async def _here(self, message: Message) -> Reply:
        if message.room is None:
            raise Rejected("Say this in the channel that should become a taskings channel.")
        room = Room(message.platform, message.room, message.room_name)
        made = await self.handle.organize(RegisterRoom(room), message.actor, message.platform)
        done = "The state of every task is kept in this channel now." if made else "This is a taskings channel already."
        return Reply(text=done)

    async def _status(self, number: str, message: Message, ctx: Context) -> Reply:
        """The state of one task; what the asker may not see reads as if it were not there."""
        task = await self.handle.store.read(lambda uow: uow.task(number, for_update=False))
        if not reach(ctx.actor, ctx.organization, ctx.today).covers(task):
            raise NotFound(f"There is no task {number}; check the number.")
        shared = any((r.platform, r.address) == (message.platform, message.room) for r in ctx.organization.rooms)
        card = task_card(task, ctx, room=shared)
        return Reply(card=card, private=message.room is not None and not shared)


def help_card() -> Card:
    entries = tuple(Entry(f"“{words}”", what) for words, what in HELP)
    return Card("What I can do", (Entries(entries),), "What I can do")
