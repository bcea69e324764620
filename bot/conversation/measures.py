"""Counts and rates in words: what groups are called, and how a share and a median read."""

from __future__ import annotations

from bot.conversation.findings import Counted
from bot.conversation.question import Group, Question, Wants
from bot.conversation.stands import capital
from bot.domain.context import Context
from bot.domain.messages import Priority
from bot.domain.positions import Post, parse_post
from bot.domain.task import Status
from bot.domain.words import PRIORITY_WORDS, STATUS_WORDS
from bot.errors import InvalidInput

COMPONENTS = frozenset({Group.COMPONENT, Group.DIVISION, Group.REGION, Group.FACILITY})
DAY = 86_400  # seconds
#: What no group stands for, as storage gives it.
NONE = "none"
GROUPS: dict[Group, str] = {
    Group.TYPE: "Type",
    Group.COMPONENT: "Component",
    Group.DIVISION: "Division",
    Group.REGION: "Region",
    Group.FACILITY: "Facility",
    Group.STATUS: "Status",
    Group.PRIORITY: "Priority",
    Group.SCOPE: "HQ or field",
    Group.ORIGIN: "Origin",
    Group.MANNER: "Manner",
    Group.OFFICER: "Action officer",
    Group.MANAGER: "Task manager",
    Group.WAITING: "Waiting on",
    Group.REQUESTOR: "Requestor",
    Group.PERIOD: "Period",
}


def group_words(group: Group, key: str, ctx: Context) -> str:
    """How a key reads: "Health Operations Unit (HOU)", "In clearance", a name."""
    if key == NONE:
        return "None"
    if group in COMPONENTS:
        component = ctx.organization.components.get(key)
        return f"{component.name} ({key})" if component else key
    match group:
        case Group.TYPE:
            row = ctx.rubric.rows.get(key)
            return row.label if row else key
        case Group.STATUS:
            return capital(STATUS_WORDS[Status(key)]) if key in set(Status) else key
        case Group.PRIORITY:
            return capital(PRIORITY_WORDS[Priority(key)]) if key in set(Priority) else key
        case Group.OFFICER | Group.MANAGER | Group.WAITING:
            return _who(key, ctx)
        case _:
            return key


def _who(key: str, ctx: Context) -> str:
    post = post_of(key)
    return post.title if post else ctx.organization.name_of(key)


def post_of(text: str) -> Post | None:
    """The post that a text stands for; None where it is an email."""
    try:
        return parse_post(text)
    except InvalidInput:
        return None


def measure(wants: Wants, counted: Counted) -> str:
    """A count, "94%" or "6.5 days"; a dash where it rests on nothing."""
    if wants not in {Wants.ON_TIME, Wants.TURNAROUND}:
        return f"{counted.count:,}"
    if counted.value is None:
        return "—"
    return f"{counted.value:.0f}%" if wants is Wants.ON_TIME else days(counted.value)


def days(seconds: float) -> str:
    """ "6.5 days", "1 day"."""
    number = f"{seconds / DAY:.1f}".removesuffix(".0")
    return f"{number} {'day' if number == '1' else 'days'}"


def measured(question: Question, total: int, value: float | None) -> str:
    """ "23", "94% of 212 on time", "median 6.5 days over 212"."""
    if value is None or question.wants not in {Wants.ON_TIME, Wants.TURNAROUND}:
        return f"{total:,}"
    if question.wants is Wants.ON_TIME:
        return f"{value:.0f}% of {total:,} on time"
    return f"median {days(value)} over {total:,}"
