"""Reports as the desk and the deliverer need them: figures from the store, drawn as a card or a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.domain.context import Context
from bot.domain.package import FileRef
from bot.domain.scheduling import sees_all
from bot.domain.visibility import reach
from bot.errors import NotAllowed
from bot.ports.storage import Store, UnitOfWork
from bot.record.pages import Section
from bot.reporting.figures import Group, Material, Report, first_needed, report
from bot.reporting.periods import Period
from bot.reporting.said import Wanted
from bot.reporting.sheets import Sheet, sections, sheets
from bot.reporting.words import title
from cards.model import Card
from cards.report_card import report_card

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Reporter:
    """`chart` makes a PNG of the weeks of a trend, `pdf` a document of its sections, `workbook` one of its sheets.

    All three take their time and run in a thread.
    """

    store: Store
    chart: Callable[[Sequence[Group]], bytes]
    pdf: Callable[[str, Iterable[Section]], bytes]
    workbook: Callable[[Iterable[Sheet]], bytes]

    async def figures(self, period: Period, ctx: Context, component: str = "") -> Report:
        since, start = first_needed(period, ctx.now, ctx.zone), period.start(ctx.zone)
        end = min(period.end(ctx.zone), ctx.now)

        def work(uow: UnitOfWork) -> Material:
            return uow.material(since, start, end)

        known = await self.store.read(work)
        return await asyncio.to_thread(report, known, period, ctx.now, ctx.zone, ctx.organization, component)

    async def card(self, period: Period, ctx: Context, component: str = "") -> Card:
        told = await self.figures(period, ctx, component)
        return report_card(told, await asyncio.to_thread(self.chart, told.trend), ctx)

    async def file(self, wanted: Wanted, ctx: Context) -> tuple[FileRef, bytes]:
        """The report as a file, named for what it is about."""
        told = await self.figures(wanted.period, ctx, wanted.component)
        content = await asyncio.to_thread(self._drawn, told, wanted.file, ctx)
        name = "-".join(filter(None, ("report", wanted.component, wanted.period.key))) + f".{wanted.file}"
        return FileRef(name, len(content), sha256(content).hexdigest(), MEDIA_TYPES[wanted.file]), content

    def _drawn(self, told: Report, kind: str, ctx: Context) -> bytes:
        if kind == "xlsx":
            return self.workbook(sheets(told, ctx.rubric))
        pages = sections(told, self.chart(told.trend), ctx.rubric)
        return self.pdf(title(told), pages)


def require_reader(component: str, ctx: Context) -> None:
    """Totals tell of tasks that somebody may not see. Raises NotAllowed."""
    if sees_all(ctx.organization, ctx.actor, ctx.today):
        return
    if not component:
        raise NotAllowed("Reports are for task managers, the TPSU chief and senior leadership; ask a task manager.")
    if ("component", component) not in reach(ctx.actor, ctx.organization, ctx.today).links:
        raise NotAllowed(f"The report for {component} is for those who lead it or answer for it.")
