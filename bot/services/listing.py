"""Everything that a question finds as a file, for whoever asked and for nobody else.

It is written when it is sent, since a long one takes longer than a platform waits for an answer, and is kept nowhere:
what is remembered is the question.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass

from bot.conversation.answer import Answer
from bot.conversation.describe import describe
from bot.conversation.line import Line
from bot.conversation.question import Question
from bot.conversation.resolve import resolved
from bot.conversation.thread import Asked
from bot.domain.context import Context
from bot.domain.package import FileRef
from bot.domain.visibility import reach
from bot.domain.words import stamp
from bot.errors import NotFound
from bot.ports.chat import OutgoingFile, Reply
from bot.ports.storage import Store, UnitOfWork
from bot.services.sheets import MOST, as_csv, as_xlsx

#: Begins the name under which the question is remembered; the format follows.
MADE = "made:"
GONE = "This file is offered no longer; ask for it again."
#: Bytes of a file and of each of its rows, about: what Teams tells before there is a file.
SIZES = {"csv": (200, 220), "xlsx": (8_000, 70)}
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True, slots=True)
class Listing:
    store: Store

    async def offer(self, told: Answer, ctx: Context) -> Reply:
        """The file for the actor of the context, to be fetched when it is sent."""
        question = told.question
        if question is None or not told.total:
            return Reply(text=told.text, private=True)
        digest = hashlib.sha256(f"{ctx.actor} {question}".encode()).hexdigest()[:24]
        id = f"{MADE}{told.format}:{digest}"
        await self.store.write(lambda uow: uow.keep_asked(ctx.actor, id, Asked(question), ctx.now))
        rows, (base, each) = min(told.total, MOST), SIZES[told.format]
        file = FileRef(_name(told.format, ctx), base + each * rows, "", TYPES[told.format])
        return Reply(text=_said(told.total, rows, ctx), private=True, files=(OutgoingFile("", id, file),))

    async def fetch(self, id: str, ctx: Context) -> tuple[FileRef, bytes]:
        """The file as of now. Raises NotFound when the actor of the context asked for none of that name."""
        asked = await self.store.read(lambda uow: uow.asked(ctx.actor, id)) if id.startswith(MADE) else None
        if asked is None:
            raise NotFound(GONE)
        format = id.removeprefix(MADE).partition(":")[0]
        lines = await self.store.read(lambda uow: _lines(uow, asked.question, ctx))
        content = await asyncio.to_thread(_written, lines, asked.question, format, ctx)
        digest = hashlib.sha256(content).hexdigest()
        return FileRef(_name(format, ctx), len(content), digest, TYPES[format]), content


def _lines(uow: UnitOfWork, question: Question, ctx: Context) -> tuple[Line, ...]:
    seen = reach(ctx.actor, ctx.organization, ctx.today)
    return uow.lines(uow.find(resolved(question, ctx), seen, ctx.now, MOST).numbers)


def _written(lines: tuple[Line, ...], question: Question, format: str, ctx: Context) -> bytes:
    return as_csv(lines, ctx) if format == "csv" else as_xlsx(lines, describe(question, ctx), ctx)


def _name(format: str, ctx: Context) -> str:
    return f"Tasks {ctx.now.astimezone(ctx.zone):%Y-%m-%d %H%M}.{format}"


def _said(total: int, rows: int, ctx: Context) -> str:
    of = f"The first {rows:,} of {total:,} tasks" if total > rows else "1 task" if total == 1 else f"{total:,} tasks"
    return f"{of}, as of {stamp(ctx.now, ctx.zone)}, for you alone."
