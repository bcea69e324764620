"""What the chat adapters call: who is this, what did they press, what did they say, what did they send."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.conversation.of_record import RECORD
from bot.conversation.remark import Remark, remark
from bot.domain.context import Context
from bot.domain.messages import AddComment, Original
from bot.domain.organization import Room
from bot.domain.organization_messages import (
    OrganizationCommand,
    RecordTraining,
    RegisterRoom,
    ScheduleReport,
    StopReport,
)
from bot.domain.package import FileRef
from bot.domain.rules import offers
from bot.domain.words import STATUS_WORDS
from bot.errors import NotAllowed, Rejected
from bot.ports.chat import Account, Click, IncomingFile, Message, Reply, Shown
from bot.ports.files import Files
from bot.ports.storage import UnitOfWork
from bot.reporting.said import report_said
from bot.services.answering import answered
from bot.services.export import Exporter
from bot.services.handle import Handler
from bot.services.listing import Listing
from bot.services.reading import Reading
from bot.services.report import Reporter
from bot.services.report_desk import ReportDesk, is_report
from bot.services.uploads import Uploads
from bot.services.work import work_of
from cards.actions import buttons, forward, intake
from cards.commands import NO_LONGER
from cards.model import Button, Card
from cards.organization_cards import authority_card, said, training_card
from cards.organization_forms import ASKING
from cards.payload import Press
from cards.placement import draw
from cards.report_card import schedules_card
from cards.task_cards import more_card, status_card
from cards.work_card import MINE, work_card

#: What else asks for my work.
MY_WORK = {MINE, "my work", "what needs me", "what needs me?"}
NOT_BY_WORDS = "Words decide nothing; what is yours to decide has its buttons on this card."
#: "More", and the actions that are on the card beside it.
MORE = re.compile(r"more (t-\d{4,9})(?: beside ((?:task\.[a-z_]+ ?)+))?")
#: "here" makes a taskings channel, "here for HOU" a component's.
HERE = re.compile(r"here(?: for ([a-z0-9-]{1,32}))?")
FILES = re.compile(r"files (?:of )?t-(\d{4,9})(?: ([0-9a-f]{64}))?")
ATTACH = re.compile(r"attach t-(\d{4,9}) (\d{1,4}) ([0-9a-f]{20})")
#: The words that open a form about people, by action.
FORMS = {
    "delegate": "organization.delegate",
    "acting": "organization.name_acting",
    "away": "organization.set_away",
    "appoint": "organization.appoint",
    "training": "organization.record_training",
}


@dataclass(frozen=True, slots=True)
class TaskDesk:
    """`Desk` over the handler and the file store."""

    handle: Handler
    files: Files
    reporter: Reporter
    exporter: Exporter

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
        if isinstance(click.command, OrganizationCommand):
            return await self._organized(click, click.command)
        task = await self.handle(click)
        seen = click.seen
        if click.back == MINE:
            return await self._mine(await self._context(click.actor))
        if seen is None:
            return Reply(text=f"{task.number} is {STATUS_WORDS[task.status]}.")
        placement = await self.handle.store.read(lambda uow: uow.placement_at(seen))
        if placement is None:
            ctx = await self._context(click.actor)
            return Reply(card=status_card(task, ctx, room=_shared(ctx, seen.platform, seen.address)))
        return Reply(card=draw(placement, task, await self._context(placement.recipient)))

    async def form(self, actor: str, press: Press) -> Button:
        ctx = await self._context(actor)
        if press.action == "task.log" and not press.task:
            return self._intake(ctx)
        if press.action in ASKING:
            return ASKING[press.action](ctx)
        task = await self.handle.store.read(lambda uow: uow.task(press.task, for_update=False))
        mine = [o for o in offers(task, ctx) if set(press.args.items()) <= set(o.args)]
        for button in buttons(task, mine, ctx):
            if button.action == press.action:
                return button
        raise Rejected(NO_LONGER)

    async def forward(self, actor: str, original: Original) -> Button:
        ctx = await self._context(actor)
        return intake(ctx, original) if ctx.manages else forward(original)

    async def say(self, message: Message) -> Reply:
        words = message.text.strip().lower()
        ctx = await self._context(message.actor)
        if words in {"new", "log", "log a request"}:
            return Reply(form=self._intake(ctx), private=True)
        if words in MY_WORK:
            return await self._mine(ctx)
        if here := HERE.fullmatch(words):
            return await self._here(message, (here[1] or "").upper())
        if reply := _about_people(words, ctx):
            return reply
        if about := report_said(words, ctx.today, ctx.organization):
            return await self._reports.answer(about, message, ctx)
        if asked := RECORD.fullmatch(words.strip("?. ")):
            return await self._reading.record(asked[1].upper(), ctx)
        if more := MORE.fullmatch(words):
            beside = frozenset((more[2] or "").split())
            return Reply(card=more_card(await self._reading.visible(more[1].upper(), ctx), ctx, beside), private=True)
        if wanted := FILES.fullmatch(words):
            return await self._reading.offer(f"T-{wanted[1]}", wanted[2] or "", ctx)
        if chosen := ATTACH.fullmatch(words):
            number, assignment, upload = f"T-{chosen[1]}", int(chosen[2]), chosen[3]
            return await self._uploads.attach(message.key, message.platform, message.actor, number, assignment, upload)
        if said := remark(message.text, await self.task_at(message.thread)):
            return await self._remark(said, message, ctx)
        return await answered(self.handle.store, message, ctx)

    async def task_at(self, shown: Shown | None) -> str:
        placement = await self.handle.store.read(lambda uow: uow.placement_at(shown)) if shown else None
        return placement.task if placement else ""

    async def fetch(self, actor: str, task: str, package: str, sha256: str) -> tuple[FileRef, bytes]:
        ctx = await self._context(actor)
        if not task and is_report(package):
            return await self._reports.fetch(package, ctx)
        if not task:
            return await self._listing.fetch(package, ctx)
        return await self._reading.fetch(task, package, sha256, ctx)

    async def store(self, file: IncomingFile) -> FileRef:
        return await self.files.put(file.name, file.open())

    async def receive(
        self, key: str, platform: str, actor: str, files: Sequence[IncomingFile], thread: Shown | None = None
    ) -> Reply:
        return await self._uploads.receive(key, platform, await self._context(actor), files, thread)

    @property
    def _listing(self) -> Listing:
        return Listing(self.handle.store)

    @property
    def _reading(self) -> Reading:
        return Reading(self.handle.store, self.files, self.exporter)

    @property
    def _uploads(self) -> Uploads:
        return Uploads(self.handle, self.files)

    @property
    def _reports(self) -> ReportDesk:
        return ReportDesk(self.handle, self.reporter)

    async def _organized(self, click: Click, command: OrganizationCommand) -> Reply:
        """What is so now: as the card it was pressed on, or in words for a form that was sent by itself."""
        await self.handle.organize(command, click.actor, click.platform, click.key)
        ctx = await self._context(click.actor)
        if click.seen is None or isinstance(command, ScheduleReport):
            return Reply(text=said(command, ctx))
        return Reply(card=_changed(command, ctx), private=True)

    async def _context(self, actor: str) -> Context:
        organization = await self.handle.store.read(lambda uow: uow.organization())
        return Context(
            actor, self.handle.clock(), organization, self.handle.rubric, self.handle.zone, self.handle.mail_domain
        )

    def _intake(self, ctx: Context) -> Button:
        if not ctx.manages:
            raise NotAllowed(
                "Only a task manager logs requests; use “Send to Taskings” on the message that holds yours."
            )
        return intake(ctx)

    async def _remark(self, said: Remark, message: Message, ctx: Context) -> Reply:
        """A comment for the record (5-4.5); words never decide, the card they are answered with does (4-7)."""
        task = await self._reading.visible(said.number, ctx)
        if not said.text:
            return Reply(card=status_card(task, ctx), text=NOT_BY_WORDS, private=True)
        comment = AddComment(said.text)
        await self.handle(Click(message.key, message.platform, message.actor, task.number, comment))
        return Reply(text=f"Added to the record of {task.number}.")

    async def _mine(self, ctx: Context) -> Reply:
        return Reply(card=work_card(await work_of(self.handle.store, ctx), ctx), private=True)

    async def _here(self, message: Message, component: str) -> Reply:
        if message.room is None:
            raise Rejected("Say this in the channel that is meant.")
        room = Room(message.platform, message.room, message.room_name, component)
        made = await self.handle.organize(RegisterRoom(room), message.actor, message.platform)
        if component:
            whose = f"the tasks of {component} and what is below it"
            return Reply(text=f"Questions about {whose} are answered in this channel{' now' if made else ' already'}.")
        done = "The state of every task is kept in this channel now." if made else "This is a taskings channel already."
        return Reply(text=done)


def _changed(command: OrganizationCommand, ctx: Context) -> Card:
    match command:
        case RecordTraining():
            return training_card(ctx)
        case StopReport():
            return schedules_card(ctx)
        case _:
            return authority_card(ctx)


def _about_people(words: str, ctx: Context) -> Reply | None:
    """Who clears, acts, is away, was appointed and trained: always for the person alone."""
    asked = words.strip("?. ").replace("'", "").replace("’", "")
    if asked in FORMS and (asked != "training" or ctx.manages):
        return Reply(form=ASKING[FORMS[asked]](ctx), private=True)
    if asked == "authority":
        return Reply(card=authority_card(ctx), private=True)
    return None


def _shared(ctx: Context, platform: str, address: str) -> bool:
    """Whether the place is a taskings channel, where the state of every task is kept anyway."""
    room = ctx.organization.room_at(platform, address)
    return room is not None and not room.component
