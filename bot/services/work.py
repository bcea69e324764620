"""Find what waits for somebody, and what of theirs waits for others."""

from __future__ import annotations

from bot.conversation.question import Question
from bot.conversation.resolve import resolved
from bot.conversation.work import LATE, Work, waits_for_others, waits_on
from bot.domain.context import Context
from bot.domain.task import Task
from bot.domain.visibility import reach
from bot.ports.storage import Store, UnitOfWork

MINE, OTHERS = 10, 5  # tasks on the card


async def work_of(store: Store, ctx: Context) -> Work:
    """For the actor of the context."""
    mine, others = waits_on(ctx.actor), waits_for_others(ctx.actor)
    seen = reach(ctx.actor, ctx.organization, ctx.today)

    def some(uow: UnitOfWork, question: Question, limit: int) -> tuple[int, tuple[Task, ...]]:
        found = uow.find(resolved(question, ctx), seen, ctx.now, limit)
        return found.total, uow.tasks(found.numbers)

    def work(uow: UnitOfWork) -> Work:
        total, tasks = some(uow, mine, MINE)
        overdue, _ = some(uow, mine.also(LATE), 0)
        others_total, waited = some(uow, others, OTHERS)
        return Work(tasks, total, overdue, waited, others_total)

    return await store.read(work)
