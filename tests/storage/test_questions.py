"""Questions asked of SQL, held against the same read off the tasks themselves, for whoever asks, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.conversation.findings import above
from bot.conversation.question import Field, Group, Moment, Order, Period, Question, Span, Standing, Term, Wants
from bot.domain import messages as m
from bot.domain.organization_messages import OPERATOR
from bot.domain.task import Task
from bot.domain.visibility import reach
from bot.services.directory import sample_directory
from bot.services.handle import Handler
from bot.services.history import Importer
from storage import tables as t
from storage.database import Database
from storage.uow import SqlUnitOfWork
from tests.bench.history import lines
from tests.storage.read_off import expected, rounded
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF, RUBRIC, SAMPLE, T0, ZONE, History, request

ROUTED, TAKEN = (MANAGER, m.RouteTask((HOU_CHIEF,), "guidance")), (HOU_CHIEF, m.Acknowledge(1))
#: So many that the text of a task's links is too long for an index.
MANY = tuple(email for email in SAMPLE.people if email != MANAGER)[:20]
#: What is worked here, by what was done to it.
LIVE: tuple[list[tuple[str, m.Command]], ...] = (
    [ROUTED],
    [ROUTED, TAKEN, (HOU_CHIEF, m.Delegate(1, MQMU_CHIEF))],
    [ROUTED, (HOU_CHIEF, m.Defer(1, "Not ours"))],
    [ROUTED, TAKEN, (HOU_CHIEF, m.Respond(1, "Forty.")), (MANAGER, m.ReturnResponse(1, "Where?"))],
    [(MANAGER, m.Withdraw("Not needed"))],
    [(MANAGER, m.RouteTask((HOU_CHIEF, *MANY), "guidance"))],
    [],
)
EMAILS = (HOU_CHIEF, MQMU_CHIEF, MANAGER, COS, DAD_CS)
VALUES: dict[Field, Sequence[str]] = {
    Field.NUMBER: ("T-1", "T-3", "T-100100", "T-100540"),
    Field.STANDING: tuple(Standing),
    Field.PRIORITY: tuple(m.Priority),
    Field.TYPE: tuple(RUBRIC.rows),
    Field.SCOPE: ("hq", "field"),
    Field.ORIGIN: ("internal", "external"),
    Field.MANNER: ("itms", "email"),
    Field.SES: ("yes",),
    Field.COMPONENT: tuple(SAMPLE.components),
    Field.PLACE: tuple(SAMPLE.components),
    Field.PERSON: EMAILS,
    Field.OFFICER: EMAILS,
    Field.WAITING: (*EMAILS, "dad@CS", "task-manager", "cos"),
    Field.MANAGER: EMAILS,
    Field.CLEARED: EMAILS,
    Field.REQUESTOR: ("senator", "ocr", "100%", "counsel 1"),
    Field.ABOUT: ("measles", "bed", "access", "reviews", "_", "5"),
}
WHEN = st.none() | st.integers(-3000, 60).map(lambda days: T0 + timedelta(days=days))


def several(of: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(of), min_size=1, max_size=3).map(tuple)


terms = st.sampled_from(list(Field)).flatmap(
    lambda field: st.builds(Term, st.just(field), several(VALUES[field]), st.booleans())
)
spans = st.builds(Span, st.sampled_from(Moment), WHEN, WHEN, st.booleans())
filters = st.lists(terms | spans, max_size=3).map(tuple)
UNOWNED, OF_HOU = Term(Field.STANDING, (Standing.UNOWNED,), True), Term(Field.COMPONENT, ("HOU", "LKP"))
URGENT = Term(Field.PRIORITY, ("urgent",))
PERIODS = (Period("a", T0 - timedelta(days=3000), T0 - timedelta(days=20)), Period("b", T0 - timedelta(days=30), T0))
APART = (PERIODS[1], Period("c", T0 - timedelta(days=60), T0 - timedelta(days=30)))
questions = st.builds(
    Question,
    any_of=st.lists(filters, min_size=1, max_size=2).map(tuple),
    wants=st.sampled_from([Wants.TASKS, Wants.COUNT, Wants.ON_TIME, Wants.TURNAROUND]),
    group=st.none() | st.sampled_from(list(Group)),
    moment=st.sampled_from(Moment),
    periods=st.sampled_from(((), PERIODS)),
    order=st.none() | st.sampled_from(list(Order)),
    limit=st.none() | st.integers(1, 40),
)


#: What chance would seldom draw: every standing said and denied, every order, every group counted and measured.
EACH = (
    *(Question(((Term(Field.STANDING, (standing,), without),),)) for standing in Standing for without in (False, True)),
    *(Question(((Span(moment, T0, None, True),),)) for moment in Moment),
    *(Question(order=order) for order in Order),
    *(Question(moment=moment, periods=PERIODS[:1], order=order) for moment in Moment for order in Order),
    *(Question(group=Group.PERIOD, moment=moment, periods=APART) for moment in Moment),
    *(
        Question(((UNOWNED, OF_HOU), (URGENT,)), group=group, moment=moment, periods=PERIODS)
        for group in Group
        for moment in Moment
    ),
    *(
        Question(group=group, wants=wants)
        for group in Group
        for wants in (Wants.COUNT, Wants.ON_TIME, Wants.TURNAROUND)
    ),
)


class Stock:
    """Sixty that were imported done, sixty that were imported open, and some that are worked here."""

    def __init__(self, database: Database, tasks: tuple[Task, ...]) -> None:
        self.database, self.tasks = database, tasks

    async def agrees(self, question: Question, actor: str = MANAGER, offset: int = 0) -> None:
        mine, over = reach(actor, SAMPLE, T0.date()), above(question.group, SAMPLE)
        seen = [task for task in self.tasks if mine.covers(task)]
        found = await self.database.read(lambda uow: uow.find(question, mine, T0, 30, offset, over))
        assert rounded(found) == rounded(expected(question, seen, 30, offset)), question
        some = await self.database.read(lambda uow: uow.finds(question, mine, T0))
        assert offset or some is bool(found.total), question


@pytest.fixture
async def stock(database: Database) -> Stock:
    await Handler(database, RUBRIC, lambda: T0, ZONE).organize(sample_directory(), OPERATOR, "command line")
    header, *rows = lines(600)
    rows = [*rows[:60], *rows[-60:]]
    await Importer(database, RUBRIC, lambda: T0, ZONE)("history.csv", [header, *rows])
    for index, steps in enumerate(LIVE):
        subject, priority = f"100% of measles {index}", list(m.Priority)[index % 3]
        history = History(request("report", "HOU", subject=subject, priority=priority), number=f"T-{index}")
        for actor, command in steps:
            history.do(actor, command)
        record = partial(SqlUnitOfWork.record, before=None, after=history.task, events=history.events, platform="slack")
        await database.write(record)
    numbers = (*(f"T-{index}" for index in range(len(LIVE))), *(row.split(",")[0] for row in rows))
    tasks = [await database.read(lambda uow, n=n: uow.task(n, for_update=False)) for n in numbers]  # type: ignore[misc]
    return Stock(database, tuple(tasks))


async def test_a_task_of_very_many_is_found_like_any_other(stock: Stock) -> None:
    """An index on PostgreSQL takes no long text, so theirs are looked up."""
    texts = await stock.database.run(lambda c: c.execute(select(t.tasks.c.number, t.tasks.c.linked)).all())
    assert [row.number for row in texts if not row.linked] == ["T-5"]
    owned = (Term(Field.STANDING, (Standing.OPEN,)), Term(Field.STANDING, (Standing.UNOWNED,), True))
    for email in (*MANY[:3], MQMU_CHIEF):
        for field in (Field.PERSON, Field.OFFICER):
            await stock.agrees(Question(((*owned, Term(field, (email,))),)))
            await stock.agrees(Question(((*owned, Term(field, (email,), True)),)))


async def test_every_standing_order_and_group_is_what_the_tasks_have(stock: Stock) -> None:
    for index, question in enumerate(EACH):
        await stock.agrees(question, (MANAGER, HOU_CHIEF)[index % 2])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions, st.sampled_from((MANAGER, DAD_CS, HOU_CHIEF, MQMU_CHIEF)), st.sampled_from((0, 0, 5)))
async def test_whatever_is_asked_is_found_as_the_tasks_have_it(
    stock: Stock, question: Question, actor: str, offset: int
) -> None:
    await stock.agrees(question, actor, offset)
