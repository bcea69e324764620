"""What each card of a task says: the facts to decide on, who did what and when, and what the viewer may do now.

A card is drawn for `ctx.actor`, or for a room, where it offers what any task manager may do. Buttons come from the
tables that guard `decide`; a card shows those that it is for.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.messages import (
    Acknowledge,
    AssignAlso,
    Clear,
    ClearComponent,
    Close,
    Command,
    Consolidate,
    DeclineDeferral,
    Defer,
    Reassign,
    Respond,
    RespondNegative,
    Return,
    ReturnComponent,
    ReturnResponse,
    RouteTask,
    SendToClearance,
    Transmit,
)
from bot.domain.organization import Post
from bot.domain.package import Package
from bot.domain.routing import propose
from bot.domain.rules import Context, managers_offers, offers
from bot.domain.task import Assignment, Note, Round, Stage, Status, Step, Task
from bot.domain.visibility import waiting_on
from bot.domain.words import STAGE_WORDS, STATUS_WORDS, moment
from cards.actions import buttons
from cards.model import Buttons, Card, Element, Facts, Quote, Text

FOR_OFFICERS = frozenset({Acknowledge, Respond, RespondNegative, Defer})
FOR_OFFICIALS = frozenset({Clear, Return, ClearComponent, ReturnComponent})
FOR_MANAGERS: dict[str, frozenset[type[Command]]] = {
    "task": frozenset({RouteTask, AssignAlso, Close}),
    "deferral": frozenset({Reassign, DeclineDeferral}),
    "review": frozenset({SendToClearance, Consolidate, ReturnResponse, Close}),
    "transmit": frozenset({Transmit, Close}),
}


def assignment_card(task: Task, assignment: Assignment, ctx: Context) -> Card:
    """For the action officer: what is asked, by when, and how far their answer is."""
    body = (
        *_asked(task, ctx),
        Text(_assignment_state(assignment, ctx), strong=True),
        *_note("Deferral declined", assignment.declined, ctx),
        *_note("Returned", assignment.returned, ctx),
        *_files_waiting(assignment),
        *_actions(task, FOR_OFFICERS, ctx, about=assignment.id),
    )
    return Card(_title(task, ctx), body, _notice(task, "is assigned to you", ctx))


def deferral_card(task: Task, assignment: Assignment, ctx: Context) -> Card:
    """For the task manager: who defers, why, and who should have it instead (5-3.2)."""
    suggested = ctx.organization.name_of(assignment.suggestion)
    outcome = () if assignment.stage is Stage.DEFERRED else (Text(_assignment_state(assignment, ctx), strong=True),)
    body = (
        *_asked(task, ctx),
        *_note("Deferred", assignment.deferral, ctx),
        *((Facts((("Suggests", suggested),)),) if suggested else ()),
        *outcome,
        *_note("Declined", assignment.declined, ctx),
        *_actions(task, FOR_MANAGERS["deferral"], ctx, about=assignment.id),
    )
    return Card(f"Deferral: {_title(task, ctx)}", body, _notice(task, "was deferred", ctx))


def task_card(task: Task, ctx: Context, room: bool = False) -> Card:
    """The state of the whole: in the taskings channel, and for the task manager."""
    wanted = frozenset().union(*FOR_MANAGERS.values()) if room else FOR_MANAGERS["task"]
    body = (
        *_asked(task, ctx, words=not room),
        Facts(tuple(_state(task, ctx))),
        *(Text(_line(a, ctx), muted=True) for a in task.active),
        *_proposal(task, ctx),
        *_actions(task, wanted, ctx, room=room),
    )
    return Card(_title(task, ctx), body, _notice(task, f"is {STATUS_WORDS[task.status]}", ctx))


def review_card(task: Task, ctx: Context) -> Card:
    """For the task manager: every answer, and what the last round of clearance said."""
    answers: list[Element] = []
    for a in task.active:
        answers += [Text(_line(a, ctx), strong=True), *_package(a.package)]
    if task.consolidated:
        answers += [Text("The one response", strong=True), *_package(task.consolidated)]
    body = (
        *_asked(task, ctx),
        *answers,
        *_round(task.round, ctx),
        *_actions(task, FOR_MANAGERS["review"], ctx),
    )
    return Card(f"Review: {_title(task, ctx)}", body, _notice(task, "is ready for review", ctx))


def clearance_card(task: Task, package: Package | None, ctx: Context) -> Card:
    """For a clearing official: the exact package, who cleared it before, and what pressing does."""
    body = (
        *_asked(task, ctx),
        Text(f"Response of {_writers(task, package, ctx)}", strong=True),
        *_package(package),
        *_round(task.round, ctx),
        *_actions(task, FOR_OFFICIALS, ctx),
    )
    return Card(f"Clearance: {_title(task, ctx)}", body, _notice(task, "waits for your clearance", ctx))


def transmit_card(task: Task, ctx: Context) -> Card:
    """For the task manager: what goes to whom, in the manner received (6-4)."""
    request = task.request
    rows = [("To", request.requestor), ("By", request.manner.value)]
    if task.transmission:
        rows.append(
            ("Sent", f"{ctx.organization.name_of(task.transmission.by)}, {moment(task.transmission.at, ctx.zone)}")
        )
    body = (
        *_asked(task, ctx, words=False),
        Facts(tuple(rows)),
        Text(f"Response of {_writers(task, task.package, ctx)}", strong=True),
        *_package(task.package),
        *_round(task.round, ctx),
        *_actions(task, FOR_MANAGERS["transmit"], ctx),
    )
    return Card(f"Transmit: {_title(task, ctx)}", body, _notice(task, "is cleared, to be transmitted", ctx))


# Parts


def _title(task: Task, ctx: Context) -> str:
    row = ctx.rubric.rows.get(task.request.task_type)
    return f"{task.number} · {row.name if row else task.request.task_type}"


def _notice(task: Task, what: str, ctx: Context) -> str:
    return f"{task.number} {what}. Due {moment(task.request.due_at, ctx.zone)}."


def _asked(task: Task, ctx: Context, words: bool = True) -> Iterator[Element]:
    request = task.request
    rows = [("Due", moment(request.due_at, ctx.zone)), ("Requestor", request.requestor)]
    if request.component:
        rows.append(("About", _component(request.component, ctx)))
    if request.ses:
        rows.append(("Clearance", "SES: the AD in person"))
    yield Text(request.subject, strong=True)
    yield Facts(tuple(rows))
    if words:
        yield Text("What is asked", strong=True)
        yield Quote(request.text)


def _writers(task: Task, package: Package | None, ctx: Context) -> str:
    """Whose response a package is: one component's, or everybody's whose words are in it."""
    parts = [a for a in task.active if a.package is not None and (package == a.package or package == task.package)]
    return " and ".join(_who(a, ctx) for a in parts) or "nobody yet"


def _component(code: str, ctx: Context) -> str:
    component = ctx.organization.components.get(code)
    return f"{component.name} ({code})" if component else code


def _state(task: Task, ctx: Context) -> Iterator[tuple[str, str]]:
    yield "Status", STATUS_WORDS[task.status].capitalize()
    if waiting := waiting_on(task):
        yield "Waiting on", ", ".join(_holder(who, ctx) for who in waiting)
    if task.changed_at:
        yield "Last change", ctx.last_change(task.changed_by, task.changed_at)
    if task.seal:
        yield "Record", f"sealed, {task.seal[:12]}"


def _holder(who: str | Post, ctx: Context) -> str:
    if isinstance(who, str):
        return ctx.organization.name_of(who)
    people = ctx.organization.holders(who, ctx.today)
    return f"{who.title} ({', '.join(p.name for p in people) or 'vacant'})"


def _proposal(task: Task, ctx: Context) -> Iterator[Element]:
    """What Appendix A gives, while nobody is assigned."""
    if task.status is not Status.LOGGED:
        return
    row = ctx.rubric.rows[task.request.task_type]
    proposal = propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    names = ", ".join(ctx.organization.name_of(email) for email in proposal.officers)
    yield Facts(
        (
            ("Answers", names or "you choose"),
            ("Because", f"Appendix A: {_cell(row.officers_text)}"),
            ("Clears", _cell(row.clearance_text)),
        )
    )


def _cell(text: str) -> str:
    """A cell of Appendix A on one line."""
    return "; ".join(text.splitlines())


def _who(a: Assignment, ctx: Context) -> str:
    return f"{ctx.organization.name_of(a.officer)}, {a.component}"


def _line(a: Assignment, ctx: Context) -> str:
    return f"{_who(a, ctx)}: {STAGE_WORDS[a.stage]}"


def _assignment_state(a: Assignment, ctx: Context) -> str:
    if a.stage is Stage.REASSIGNED:
        return f"Reassigned to {ctx.organization.name_of(a.passed_to)}; you need do nothing more."
    last = f" ({ctx.last_change(a.changed_by, a.changed_at)})" if a.changed_at else ""
    return f"{STAGE_WORDS[a.stage].capitalize()}{last}"


def _files_waiting(a: Assignment) -> Iterator[Element]:
    if a.files:
        yield Text(f"Goes with your response: {', '.join(file.name for file in a.files)}", muted=True)


def _note(label: str, note: Note | None, ctx: Context) -> Iterator[Element]:
    if note:
        yield Text(f"{label} by {ctx.last_change(note.by, note.at)}", strong=True)
        yield Quote(note.text)


def _package(package: Package | None) -> Iterator[Element]:
    if package is None:
        return
    if package.negative:
        yield Text("Negative response: no information to share.", strong=True)
    if package.text:
        yield Quote(package.text)
    for file in package.files:
        yield Text(f"{file.name}, {file.size:,} bytes, SHA-256 {file.sha256[:12]}", muted=True)
    yield Text(f"Package {package.sha256[:12]}", muted=True)


def _round(current: Round | None, ctx: Context) -> Iterator[Element]:
    for index, step in enumerate(current.steps if current else ()):
        yield Text(_step(step, index == (current.current if current else None), ctx), muted=True)
        yield from _note("Returned", step.returned, ctx)


def _step(step: Step, waits: bool, ctx: Context) -> str:
    posts = " or ".join(post.title for post in step.posts)
    if step.clearance:
        own = ", the drafter's own position as Appendix A names it" if step.clearance.own else ""
        return f"{posts}: cleared by {ctx.last_change(step.clearance.by, step.clearance.at)}{own}"
    return f"{posts}: {'waits now' if waits else 'returned' if step.returned else 'later'}"


def _actions(
    task: Task, wanted: frozenset[type[Command]], ctx: Context, room: bool = False, about: int | None = None
) -> Iterator[Element]:
    found = managers_offers(task, ctx) if room else offers(task, ctx)
    mine = [o for o in found if o.command in wanted and about in {None, o.about.assignment}]
    if items := buttons(task, mine, ctx):
        yield Buttons(items)
