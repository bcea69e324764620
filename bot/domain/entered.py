"""What people entered, checked before it becomes an event: each refusal names the field and says what to do."""

from __future__ import annotations

from datetime import date

from bot.domain.context import Context
from bot.domain.messages import LogTask, Original, Request, Source
from bot.domain.organization import Kind, Organization, Person
from bot.domain.positions import LEADERSHIP, POSITIONS, Post
from bot.domain.rubric import Origin, Scope
from bot.domain.words import moment
from bot.errors import InvalidInput

#: Slack's limit for an input; longer text comes as a file on both platforms.
TEXT_LIMIT = 3000
#: What is asked of whoever sends a response back.
WHY_RETURN = "Say what has to change"


def request_of(command: LogTask, before: Request | None, ctx: Context) -> Request:
    """The request as logged now (6-1.1), received when it was sent on, if it was. Raises InvalidInput."""
    if command.task_type not in ctx.rubric.rows:
        raise InvalidInput("Choose a task type of Appendix A.", field="task_type")
    if command.due_at <= ctx.now:
        due = moment(command.due_at, ctx.zone)
        raise InvalidInput(f"The due time, {due}, has already passed; enter a later one.", field="due_at")
    scope, component = place_of(command.about, ctx)
    text = text_of(command.text, "text", "Enter what was asked")
    return Request(
        command.task_type,
        text_of(command.subject, "subject", "Give the request a subject"),
        text,
        requestor_of(command.requestor, command.origin, ctx),
        scope,
        component,
        command.origin,
        command.manner,
        command.priority,
        command.ses,
        received_at=before.received_at if before else ctx.now,
        due_at=command.due_at,
        source=before.source if before else _source(command, text, ctx),
    )


def _source(command: LogTask, text: str, ctx: Context) -> Source | None:
    """The message in chat that a task manager logs at once."""
    author, link = limited(command.author, "requestor"), limited(command.link, "text")
    return Source(ctx.actor, ctx.now, Original(text, author, link)) if author or link else None


def place_of(where: str, ctx: Context) -> tuple[Scope, str]:
    """Scope and component of "hq", "field" or a component's code. Raises InvalidInput."""
    if where in set(Scope):
        return Scope(where), ""
    component = ctx.organization.components.get(where)
    if component is None:
        raise InvalidInput(f"“{where}” is not a component; choose one from the list.", field="about")
    field = component.kind in {Kind.REGION, Kind.FACILITY}
    return (Scope.FIELD if field else Scope.HQ), component.code


def requestor_of(text: str, origin: Origin, ctx: Context) -> str:
    """Who asks. Raises InvalidInput for what is no tasking: units ask each other directly (4-1)."""
    text = text_of(text, "requestor", "Say who asks")
    asker = _insider(text, ctx)
    if asker is None and origin is Origin.INTERNAL:
        raise InvalidInput(
            "An internal request is senior leadership's (4-1); name the AD, CoS, DCoS or DAD who asks.",
            field="requestor",
        )
    if asker is not None and not asker & LEADERSHIP:
        raise InvalidInput(
            f"{text} is within IHSC, and a request between its units is no tasking (4-1); ask the unit directly.",
            field="requestor",
        )
    return text


def _insider(text: str, ctx: Context) -> frozenset[str] | None:
    """The position keys of whoever in IHSC a requestor's name means, none of a unit; None for somebody outside."""
    said, organization = text.casefold(), ctx.organization
    for person in organization.serving(ctx.today):
        if said in {person.email, person.name.casefold()}:
            return frozenset(post.key for post in organization.posts_of(person.email, ctx.today))
    title = said.removeprefix("the ").removeprefix("ihsc ")
    if position := _positions(organization).get(title):  # before components: the CoS leads the office COS
        return position
    units = (c for c in organization.components.values() if c.kind is not Kind.AGENCY)
    return frozenset() if any(said in {c.code.casefold(), c.name.casefold()} for c in units) else None


def _positions(organization: Organization) -> dict[str, frozenset[str]]:
    """Every post that is held, in the ways that people write it."""
    posts = {post for person in organization.people.values() for post in person.posts}
    named = {name.casefold(): post.key for post in posts for name in (post.title, *_written(post))}
    return {name: frozenset({key}) for name, key in named.items()}


def _written(post: Post) -> tuple[str, ...]:
    """ "DAD", "DAD-CS", "HOU chief"."""
    if post.key in LEADERSHIP:
        return (post.key, f"{post.key}-{post.component}", f"{post.key} {post.component}", POSITIONS[post.key])
    return (f"{post.component} chief", f"chief of {post.component}") if post.key.endswith("chief") else ()


def text_of(text: str, field: str, ask: str) -> str:
    """The text, stripped, which can't be empty; `ask` says what to enter. Raises InvalidInput."""
    if not text.replace("\0", "").strip():
        raise InvalidInput(f"{ask}; this can't be empty.", field=field)
    return limited(text, field)


def limited(text: str, field: str) -> str:
    """The text, stripped, of at most `TEXT_LIMIT` characters. Raises InvalidInput."""
    text = text.replace("\0", "").strip()  # PostgreSQL stores no NUL, and nobody sees one
    if len(text) > TEXT_LIMIT:
        raise InvalidInput(
            f"That is {len(text):,} characters and {TEXT_LIMIT:,} fit here; send longer text as a file.", field=field
        )
    return text


def serving(organization: Organization, email: str, today: date, field: str = "email") -> Person:
    """Somebody of the directory who serves that day. Raises InvalidInput."""
    person = organization.person(email)
    if person is None or person not in organization.serving(today):
        raise InvalidInput(f"{email} is not in the directory; choose somebody who is.", field=field)
    return person


def days_of(first: date, last: date, today: date) -> tuple[date, date]:
    """From one day to another, both to come. Raises InvalidInput."""
    if last < first:
        raise InvalidInput("The last day is before the first; enter them the other way round.", field="last")
    if last < today:
        raise InvalidInput("Those days have passed; enter days to come.", field="last")
    return first, last
