"""The sample agency at a fixed time, and short ways to act in it: shared by the suites."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from bot.domain.context import Context
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.messages import Command, Event, ForwardRequest, LogTask
from bot.domain.organization import Organization
from bot.domain.organization_messages import OPERATOR
from bot.domain.organized import evolve_organization
from bot.domain.organizing import decide_organization
from bot.domain.task import Task
from bot.rubric.loader import load
from bot.services.directory import sample_directory

T0 = datetime(2026, 11, 24, 14, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
RUBRIC = load()
SAMPLE: Organization = reduce(
    evolve_organization,
    decide_organization(Organization(), sample_directory(), OPERATOR, T0, T0.date()),
    Organization(),
)


def holder(key: str, component: str = "") -> str:
    """The email of whoever holds a position in the sample agency."""
    return next(
        person.email
        for person in SAMPLE.people.values()
        for post in person.posts
        if (post.key, post.component) == (key, component)
    )


MANAGER = holder("task-manager")
AD, COS, DAD_CS, DAD_HCC = holder("ad"), holder("cos"), holder("dad", "CS"), holder("dad", "HCC")
HOU_CHIEF, MQMU_CHIEF = holder("unit-chief", "HOU"), holder("unit-chief", "MQMU")


def context(actor: str, now: datetime = T0, organization: Organization = SAMPLE, mail_domain: str = "") -> Context:
    return Context(actor, now, organization, RUBRIC, ZONE, mail_domain)


def request(task_type: str = "congressional-inquiry", about: str = "HOU", **fields: object) -> LogTask:
    values: dict[str, object] = {
        "subject": "Bed capacity",
        "text": "How many beds were in use in October?",
        "requestor": "ICE OCR",
        "due_at": T0 + timedelta(days=10),
    }
    return LogTask(task_type=task_type, about=about, **(values | fields))  # type: ignore[arg-type]


class History:
    """One task acted on command by command; `events` is what happened, oldest first."""

    mail_domain = ""

    def __init__(
        self, command: LogTask | ForwardRequest | None = None, actor: str = MANAGER, number: str = "T-1001"
    ) -> None:
        self.now, self.number = T0, number
        self.events: list[Event] = []
        self.state: Task | None = None
        self.do(actor, command or request())

    @property
    def task(self) -> Task:
        assert self.state is not None
        return self.state

    def do(self, actor: str, command: Command) -> tuple[Event, ...]:
        self.now += timedelta(minutes=1)
        events = decide(self.state, command, context(actor, self.now, mail_domain=self.mail_domain), self.number)
        self.events += events
        for event in events:
            self.state = evolve(self.state, event)
        return events
