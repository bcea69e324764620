"""Answer a status question: understand it, find what it means among what the asker may see, and say so."""

from __future__ import annotations

from bot.conversation.answer import PAGE, Answer, Found, answer, unanswered
from bot.conversation.understand import understand
from bot.domain.context import Context
from bot.domain.visibility import reach
from bot.ports import Store, UnitOfWork

#: Numbers that an answer lists at most.
LISTED = 1_000


async def ask(store: Store, text: str, ctx: Context) -> Answer:
    """The answer for the actor of the context; what they may not see reads as if it were not there."""
    understood = understand(text, ctx)
    if instead := unanswered(understood, ctx):
        return instead
    question, mine = understood.question, reach(ctx.actor, ctx.organization, ctx.today)

    def work(uow: UnitOfWork) -> Found:
        total, numbers = uow.find(question, mine, ctx.now, LISTED)
        shown = numbers if question.who or question.deeds else numbers[:PAGE]
        return Found(total, numbers, tuple(uow.task(number, for_update=False) for number in shown))

    return answer(understood, await store.read(work), ctx)
