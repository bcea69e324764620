"""What the desk does with words about reports: show one, send it as a file, or say who gets it each week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.domain.context import Context
from bot.domain.organization import Room
from bot.domain.organization_messages import OrganizationCommand, ScheduleReport, StopReport
from bot.domain.package import FileRef
from bot.errors import NotAllowed, NotFound
from bot.ports.chat import Message, OutgoingFile, Reply
from bot.reporting.said import NoMore, Schedules, Wanted, Weekly, report_said
from bot.services.handle import Handler
from bot.services.report import Reporter, require_reader
from cards.organization_cards import said
from cards.report_card import schedules_card

#: Begins the words that ask for a report, which stand for the package of its file.
REPORT = "report "


@dataclass(frozen=True, slots=True)
class ReportDesk:
    handle: Handler
    reporter: Reporter

    async def answer(self, asked: Wanted | Weekly | NoMore | Schedules, message: Message, ctx: Context) -> Reply:
        match asked:
            case Wanted():
                return await self._report(asked, message, ctx)
            case Weekly(email=email, weekday=weekday, hour=hour):
                to = email or _here(message)
                return await self._change(ScheduleReport(to, weekday, hour), message, ctx)
            case NoMore(email=email):
                return await self._change(StopReport(email or _here(message)), message, ctx)
            case Schedules():
                if not ctx.manages:
                    raise NotAllowed("Only a task manager says who gets the report.")
                return Reply(card=schedules_card(ctx), private=True)
            case _:
                assert_never(asked)

    async def fetch(self, words: str, ctx: Context) -> tuple[FileRef, bytes]:
        """The file that was offered, made anew. Raises NotFound, NotAllowed."""
        asked = report_said(words.lower(), ctx.today, ctx.organization)
        if not isinstance(asked, Wanted) or not asked.file:
            raise NotFound("There is no such report; ask for it again.")
        require_reader(asked.component, ctx)
        return await self.reporter.file(asked, ctx)

    async def _report(self, wanted: Wanted, message: Message, ctx: Context) -> Reply:
        """A taskings channel reads what all may; a component's report is for who asked."""
        require_reader(wanted.component, ctx)
        if wanted.file:
            file, _ = await self.reporter.file(wanted, ctx)
            sent = OutgoingFile("", wanted.words, file)
            return Reply(text="The report as a file, for you alone.", private=True, files=(sent,))
        room = ctx.organization.room_at(message.platform, message.room) if message.room else None
        here = room is not None and not room.component
        private = message.room is not None and (bool(wanted.component) or not here)
        return Reply(card=await self.reporter.card(wanted.period, ctx, wanted.component), private=private)

    async def _change(self, command: OrganizationCommand, message: Message, ctx: Context) -> Reply:
        await self.handle.organize(command, message.actor, message.platform, message.key)
        return Reply(text=said(command, ctx))


def is_report(package: str) -> bool:
    """Whether that is what the file of a report was offered under."""
    return package.startswith(REPORT)


def _here(message: Message) -> str:
    """Where it was said, as what a report goes to: the room, or the person alone."""
    return Room(message.platform, message.room, message.room_name).recipient if message.room else message.actor
