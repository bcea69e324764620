"""What every card of a task says of it: its title, what is asked and what changed about that, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.conversation.deeds import cleared_by
from bot.domain.clearing import voided
from bot.domain.context import Context
from bot.domain.correcting import CORRECTABLE
from bot.domain.messages import Imported, Priority
from bot.domain.retention import retention_said
from bot.domain.rounds import Note
from bot.domain.task import OPEN, Correction, EmailLane, Status, Task
from bot.domain.visibility import owes_by, turn_of
from bot.domain.words import STATUS_WORDS, moment, stamp
from cards.model import Element, Facts, Quote, Text


def title(task: Task, ctx: Context) -> str:
    """ "T-1042 · Congressional inquires"."""
    if not task.logged:
        return f"{task.number} · Not logged"
    row = ctx.rubric.rows.get(task.request.task_type)
    return f"{task.number} · {row.label if row else task.request.task_type}"


def notice(task: Task, what: str, ctx: Context, due_at: datetime | None = None) -> str:
    at = moment(due_at or task.request.due_at, ctx.zone)
    if task.logged:
        return f"{task.number} {what}. Due {at}."
    return f"{task.number} {what}. Log it by {at}." if task.status is Status.RECEIVED else f"{task.number} {what}."


def asked(task: Task, ctx: Context, words: bool = True, due_at: datetime | None = None) -> Iterator[Element]:
    """What the request says; `due_at` is when its reader has to answer, where that is before the requestor's time."""
    request = task.request
    if not task.logged:
        yield from source_of(task, ctx, words)
        return
    rows = [("Due", moment(due_at or request.due_at, ctx.zone)), ("Requestor", request.requestor)]
    if request.priority is not Priority.ROUTINE:
        rows.insert(1, ("Priority", request.priority.value.capitalize()))
    if request.component:
        rows.append(("About", _component(request.component, ctx)))
    if request.ses:
        rows.append(("SES clearance", "by the AD in person"))
    yield Text(request.subject, strong=True)
    yield Facts(tuple(rows))
    if words and request.text:  # no import says it
        yield Text("What is asked", strong=True)
        yield Quote(request.text)
    yield from changes_of(task, ctx)


def source_of(task: Task, ctx: Context, words: bool = True) -> Iterator[Element]:
    """The message in chat that a request came from: who sent it on, whose it is and where."""
    if (source := task.request.source) is None:
        return
    original = source.original
    rows = [("Sent to Taskings", ctx.last_change(source.by, source.at))]
    rows += [("Message by", original.author)] if original.author else []
    rows += [("Message", original.link)] if original.link else []
    rows += [("Log by", moment(task.request.due_at, ctx.zone))] if task.status is Status.RECEIVED else []
    yield Facts(tuple(rows))
    if words and not (task.logged and original.text == task.request.text):
        yield Text("The message", strong=True)
        yield Quote(original.text)
    if words and source.note:
        yield Text(f"Note by {ctx.organization.name_of(source.by)}", strong=True)
        yield Quote(source.note)


def changes_of(task: Task, ctx: Context) -> Iterator[Element]:
    """What changed about the request, the response or the task, and why, the latest of each kind."""
    for field, correction in {c.field: c for c in task.corrections}.items():
        yield from note(f"{CORRECTABLE[field]} corrected", correction.why, ctx)
        if field != "text":
            yield Text(f"It said: {_before(correction, ctx)}", muted=True)
    for clearance, why in voided(task):
        told = f"{clearance.post.title}: {cleared_by(clearance, ctx)}, fingerprint {clearance.package[:12]}"
        yield Text(f"Void, as the response {why}. {told}", muted=True)
    yield from note("Withdrawn", task.withdrawn, ctx)
    yield from note("Reopened", task.reopened, ctx)


def _before(correction: Correction, ctx: Context) -> str:
    if correction.field == "due_at":
        return moment(datetime.fromisoformat(correction.before), ctx.zone)
    return correction.before


def _component(code: str, ctx: Context) -> str:
    component = ctx.organization.components.get(code)
    return f"{component.name} ({code})" if component else code


def state(task: Task, ctx: Context) -> Iterator[tuple[str, str]]:
    yield "Status", STATUS_WORDS[task.status].capitalize()
    if imported := task.as_imported:
        yield from _imported(imported, task, ctx)
        return
    if waiting := turn_of(task, ctx.organization, ctx.today):
        yield "Waiting on", waiting
    if task.changed_at:
        yield "Last change", ctx.last_change(task.changed_by, task.changed_at)
    if task.routing and task.routing.authority:
        yield "Routed on", task.routing.authority
    if lane := task.email:
        yield from _lane(lane, ctx)
    if task.seal:
        yield "Record", f"sealed, {task.seal[:12]}"
    if task.retention:
        yield "Kept", retention_said(task.retention)


def _imported(imported: Imported, task: Task, ctx: Context) -> Iterator[tuple[str, str]]:
    """What another system said of it, and until somebody adopts it nothing else."""
    name = ctx.organization.name_of
    yield "Imported", f"{stamp(task.changed_at or task.logged_at, ctx.zone)}, as {STATUS_WORDS[task.status]}"
    if answered := ", ".join((*map(name, imported.officers), *imported.components)):
        yield ("Answered by" if task.status not in OPEN else "Answers"), answered
    if waiting := turn_of(task, ctx.organization, ctx.today):
        yield "Waiting on", waiting
    if imported.transmitted_at:
        yield "Transmitted", moment(imported.transmitted_at, ctx.zone)
    if imported.closed_at:
        yield "Closed", moment(imported.closed_at, ctx.zone)


def own_due(task: Task, ctx: Context) -> Iterator[tuple[str, str]]:
    """When the reader's own response is due, which is before the requestor expects one."""
    if due_at := owes_by(task, ctx.actor):
        yield "Your response due", moment(due_at, ctx.zone)


def _lane(lane: EmailLane, ctx: Context) -> Iterator[tuple[str, str]]:
    if lane.completed_at and lane.log_by:
        yield "Completed by email", moment(lane.completed_at, ctx.zone)
        if lane.attested is None:
            yield "Log owed before", moment(lane.log_by, ctx.zone)
    if done := lane.attested:
        late = ", late" if done.late else ""
        yield "Logged", f"{ctx.organization.name_of(done.by)}, {moment(done.at, ctx.zone)}{late}"
        cleared = f"{ctx.organization.name_of(done.cleared_by)}, {moment(done.cleared_at, ctx.zone)}"
        yield "Cleared by email, attested", cleared
        yield "Evidence", done.evidence


def note(label: str, note: Note | None, ctx: Context) -> Iterator[Element]:
    if note:
        yield Text(f"{label} by {ctx.last_change(note.by, note.at)}", strong=True)
        yield Quote(note.text)
