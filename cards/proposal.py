"""What is proposed before a task is assigned: who answers and why, who clears, and what to know of them first."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import training
from bot.domain.context import Context
from bot.domain.organization import Kind, Person
from bot.domain.positions import Post
from bot.domain.routing import Proposal, Seat, officer, plan_for, propose, words
from bot.domain.rubric import Scope, Situation, sections
from bot.domain.task import Status, Task
from bot.domain.visibility import named
from cards.model import Element, Facts, Text

#: How a line of a cell begins that is about headquarters or the field alone.
SCOPES = {Scope.HQ: "HQ", Scope.FIELD: "Field"}


def proposal(task: Task, ctx: Context) -> Iterator[Element]:
    """Appendix A applied, while nobody is assigned (6-2)."""
    if task.status is not Status.LOGGED:
        return
    found = propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    answers = "; ".join(_answers(seat, ctx) for seat in found.seats)
    clears = ", then ".join(_clears(task, posts, ctx) for posts in _plan(task, found, ctx))
    cell = f"Appendix A says “{_applying(ctx.rubric.rows[task.request.task_type].clearance_text, task)}”"
    yield Facts(
        (
            ("Answers", answers or "you choose"),
            ("Because", because(task, ctx)),
            ("Clears", f"{clears}; {cell}" if clears else cell),
        )
    )
    for warning in warnings(found, ctx):
        yield Text(warning, muted=True)


def because(task: Task, ctx: Context) -> str:
    """The section that decides who answers, and what of the row's cell applies: "Appendix A says “HQ: Unit Chief”"."""
    row = ctx.rubric.rows[task.request.task_type]
    facility = ctx.organization.nearest(task.request.component, Kind.FACILITY)
    situation = Situation(task.request.scope, task.request.origin, facility.staffing if facility else None)
    found = sections(row, situation)
    return f"{found} {'say' if ' and ' in found else 'says'} “{_applying(row.officers_text, task)}”"


def warnings(found: Proposal, ctx: Context) -> Iterator[str]:
    """A vacant position, somebody away, a lapsed training: a sentence each."""
    for seat in found.seats:
        if not seat.officers:
            where = (
                f"{_titles(seat)} is vacant" if seat.posts else f"Where the {words(seat.keys)} is meant is not known"
            )
            yield f"{where}; choose who answers."
        for email in seat.officers[:1]:
            yield from (f"{note}." for note in notes(ctx.organization.people[email], ctx))
            if others := [ctx.organization.name_of(other) for other in seat.officers[1:]]:
                yield f"{', '.join(others)} can answer too."


def notes(person: Person, ctx: Context) -> Iterator[str]:
    """What a task manager should know of somebody before they assign them."""
    if away := ctx.organization.absence(person.email, ctx.today):
        yield f"{person.name} is away until {away.last.day} {away.last:%b}"
    if person in training.overdue(ctx.organization, ctx.today):
        last = training.expires(person)
        yield f"{person.name}'s training " + (f"lapsed on {last.day} {last:%b %Y}" if last else "was never recorded")


def _answers(seat: Seat, ctx: Context) -> str:
    name = ctx.organization.name_of(seat.officers[0]) if seat.officers else "you choose"
    return f"{name} ({_titles(seat)})"


def _titles(seat: Seat) -> str:
    return " or ".join(post.title for post in seat.posts) or words(seat.keys)


def _clears(task: Task, posts: tuple[Post, ...], ctx: Context) -> str:
    return " or ".join(named(task, post, ctx.organization, ctx.today) for post in posts)


def _plan(task: Task, found: Proposal, ctx: Context) -> tuple[tuple[Post, ...], ...]:
    chosen = [officer(email, found, ctx.organization, ctx.today) for email in found.officers]
    about = task.request.component
    return plan_for(found.route.clearance, [o.component for o in chosen], about, ctx.organization, ctx.today)


def _applying(text: str, task: Task) -> str:
    """The line of a cell of Appendix A that is about the task's scope; a cell without such a line whole, as one."""
    lines = text.splitlines()
    about = [line for line in lines if line.startswith(SCOPES[task.request.scope])]
    return "; ".join(about or lines).removesuffix(".")
