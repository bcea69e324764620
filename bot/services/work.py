"""Find what waits for somebody, and what of theirs waits for others."""

from __future__ import annotations

from bot.conversation.question import Question
from bot.conversation.understand import understand
from bot.conversation.work import Work
from bot.domain.context import Context
from bot.domain.task import OPEN
from bot.domain.visibility import reach
from bot.ports import Store, UnitOfWork

MINE, OTHERS = 10, 5  # tasks on the card


async def work_of(store: Store, ctx: Context) -> Work:
    """For the actor of the context."""
    seen = reach(ctx.actor, ctx.organization, ctx.today)
    mine = understand("needs me", ctx).question
    late = understand("overdue tasks that need me", ctx).question
    others = Question(people=(ctx.actor,), statuses=tuple(OPEN))

    def work(uow: UnitOfWork) -> Work:
        total, numbers = uow.find(mine, seen, ctx.now, 1000)
        overdue, _ = uow.find(late, seen, ctx.now, 1)
        _, theirs = uow.find(others, seen, ctx.now, 1000)
        theirs = tuple(n for n in theirs if n not in numbers)
        tasks = [tuple(uow.task(n, for_update=False) for n in found) for found in (numbers[:MINE], theirs[:OTHERS])]
        return Work(tasks[0], total, overdue, tasks[1], len(theirs))

    return await store.read(work)
