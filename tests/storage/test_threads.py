"""What was asked in a thread is there after a restart, for its person alone and for a month."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.question import Field, Moment, Question, Span, Standing, Term, Wants
from bot.conversation.thread import Asked
from storage.database import Database
from tests.world import COS, MANAGER, T0

QUESTION = Question(
    ((Term(Field.STANDING, (Standing.OPEN.value,)), Span(Moment.DUE, T0, None)), (Term(Field.ABOUT, ("beds",), True),)),
    Wants.COUNT,
    limit=5,
)


async def keep(database: Database, place: str, last: Asked, days: int = 0) -> None:
    await database.write(lambda uow: uow.keep_asked(MANAGER, place, last, T0 + timedelta(days=days)))


async def asked(database: Database, place: str, person: str = MANAGER) -> Asked | None:
    return await database.read(lambda uow: uow.asked(person, place))


async def test_a_question_comes_back_as_it_was_meant_and_only_the_last_one(database: Database) -> None:
    await keep(database, "slack:C1:1.1", Asked(Question()))
    await keep(database, "slack:C1:1.1", Asked(QUESTION, 2, Question()))
    assert await asked(database, "slack:C1:1.1") == Asked(QUESTION, 2, Question())
    assert await asked(database, "slack:C1:2.2") is None
    assert await asked(database, "slack:C1:1.1", COS) is None


async def test_what_is_older_than_a_month_is_forgotten_when_something_is_asked(database: Database) -> None:
    await keep(database, "old", Asked(QUESTION))
    await keep(database, "young", Asked(QUESTION), 2)
    await keep(database, "new", Asked(QUESTION), 31)
    assert await asked(database, "old") is None
    assert await asked(database, "young") == Asked(QUESTION)
