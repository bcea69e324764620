"""What the cards of a task are made of: facts, notes, packages and the steps of clearance, each as elements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from bot.conversation.deeds import cleared_by
from bot.domain.assignment import Assignment, Part, Stage
from bot.domain.clearing import voided
from bot.domain.context import Context
from bot.domain.correcting import CORRECTABLE
from bot.domain.messages import Imported, Priority
from bot.domain.package import FileRef, Package
from bot.domain.retention import retention_said
from bot.domain.rounds import Note, Round, Step
from bot.domain.task import OPEN, Correction, EmailLane, Status, Task
from bot.domain.visibility import clearers, owes_by, turn_of
from bot.domain.words import STAGE_WORDS, STATUS_WORDS, moment, stamp
from cards.model import Element, Facts, Quote, Text

#: How a step of clearance stands for whoever is to clear it.
YOUR_TURN = "your turn"


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


def writers(task: Task, ctx: Context) -> str:
    """Whose response the package is: everybody's whose words are in it."""
    return " and ".join(who(a, ctx) for a in task.active if a.package) or "nobody yet"


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


def who(a: Assignment, ctx: Context) -> str:
    return f"{ctx.organization.name_of(a.officer)}, {a.component}"


def answer_line(a: Assignment, ctx: Context) -> str:
    rests = f"; on {a.authority}" if a.authority else ""
    return f"{who(a, ctx)}: {STAGE_WORDS[a.stage]}{rests}"


def assignment_state(a: Assignment, ctx: Context) -> str:
    if a.stage is Stage.REASSIGNED:
        return f"Reassigned to {ctx.organization.name_of(a.passed_to)}; you need do nothing more."
    if a.stage is Stage.CANCELLED:
        return "Cancelled; you need do nothing more."
    # What others did meanwhile is told beside it.
    back = a.stage is Stage.ACKNOWLEDGED and (a.returned or a.declined or a.changed_by != a.officer)
    last = f" ({ctx.last_change(a.changed_by, a.changed_at)})" if a.changed_at and not back else ""
    return f"{STAGE_WORDS[a.stage].capitalize()}{last}"


def division(a: Assignment, asked: bool, ctx: Context) -> Text:
    """How the clearance of one component's response stands; `asked` when it is the reader's turn."""
    if a.clearance:
        return Text(f"{a.clearance.post.title}: {cleared_by(a.clearance, ctx)}", muted=True)
    if asked and a.lead:
        return Text(f"{a.lead.title}: {YOUR_TURN}", strong=True)
    return Text(assignment_state(a, ctx), muted=True)


def files_waiting(a: Assignment) -> Iterator[Element]:
    for file in a.files:
        yield Text(f"Goes with your response: {file_line(file)}", muted=True)


def note(label: str, note: Note | None, ctx: Context) -> Iterator[Element]:
    if note:
        yield Text(f"{label} by {ctx.last_change(note.by, note.at)}", strong=True)
        yield Quote(note.text)


def package_of(package: Package | None) -> Iterator[Element]:
    if package is None:
        return
    yield from _words_of(package)
    yield Text(f"Fingerprint {package.sha256[:12]}", muted=True)


def attested_of(task: Task) -> Iterator[Element]:
    """What was answered by email, as it was logged."""
    if task.email and task.email.attested:
        yield Text("Response", strong=True)
        yield from package_of(task.email.attested.package)


def _words_of(package: Package | None) -> Iterator[Element]:
    if package is None:
        return
    if package.negative:
        yield Text("Negative response: no information to share.", strong=True)
    if package.text:
        yield Quote(package.text)
    for file in package.files:
        yield Text(file_line(file), muted=True)


def file_line(file: FileRef) -> str:
    """ "beds.csv, 48 KB, SHA-256 8ec9e7101757": what its reader holds the file they open against."""
    return f"{file.name}, {_size(file.size)}, SHA-256 {file.sha256[:12]}"


def _size(size: int) -> str:
    """ "48 KB", as file managers say it."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{round(size / 1_000)} KB"


def hands_of(a: Assignment, part: Part, ctx: Context) -> str:
    """The chain a piece came through: "B. Chan, for A. Lee"."""
    names = [ctx.organization.name_of(part.by)]
    while above := a.part(part.parent):
        part = above
        names.append(ctx.organization.name_of(part.by))
    return ", for ".join(names)


def parts_of(a: Assignment, below: int | None, ctx: Context) -> Iterator[Element]:
    """Where delegated pieces stand, all or those below one, and what was found; one passed on names who did."""
    for part in (p for p in a.parts if below in {None, p.parent}):
        yield Text(_where(part, "" if part.by in {ctx.actor, a.officer} else ctx.organization.name_of(part.by), ctx))
        yield from _words_of(part.package)


def _where(part: Part, between: str, ctx: Context) -> str:
    name, at = ctx.organization.name_of(part.to), stamp(part.handed_at or part.at, ctx.zone)
    if part.package:
        return f"Handed back by {name}{f' to {between}' if between else ''}, {at}"
    if part.open:
        return f"Delegated {f'by {between} ' if between else ''}to {name}, {at}"
    return f"{name} is not waited for any more."


def own_part(part: Part, ctx: Context) -> Iterator[Element]:
    """How the piece ended, for whoever had it."""
    if part.package:
        yield Text(f"You handed this back, {stamp(part.handed_at or part.at, ctx.zone)}", strong=True)
        yield from _words_of(part.package)
    elif not part.open:
        yield Text("This is not waited for any more; you need do nothing.", strong=True)


def time_of(a: Assignment, ctx: Context) -> Iterator[Element]:
    """When it was due before, and the time that is asked for and not decided."""
    for before, due in pairwise(a.dues):
        changed = f"changed by {ctx.last_change(due.set_by, due.set_at)}"
        yield Text(f"Was due {moment(before.at, ctx.zone)}; {changed}", muted=True)
        yield from (Quote(due.reason),) if due.reason else ()
    if wish := a.extension:
        yield from note("More time asked for", Note(wish.by, wish.at, wish.reason), ctx)
        yield Facts((("Wanted until", moment(wish.due_at, ctx.zone)),))


def draft_of(a: Assignment) -> Iterator[Element]:
    """What the officer had answered before it came back to them."""
    if a.draft and a.draft.text:
        yield Text("Your response so far", strong=True)
        yield Quote(a.draft.text)


def steps_of(task: Task, current: Round | None, ctx: Context) -> Iterator[Element]:
    waits = current.current if current and current == task.round and task.status is Status.IN_CLEARANCE else None
    for index, step in enumerate(current.steps if current else ()):
        mine = index == waits and ctx.actor in clearers(task, step.posts, ctx.organization, ctx.today)
        told = YOUR_TURN if mine else _step(step, index - waits if waits is not None else None, ctx)
        yield Text(f"{' or '.join(post.title for post in step.posts)}: {told}", muted=not mine, strong=mine)
        if step.returned:
            yield Quote(step.returned.text)


def _step(step: Step, ahead: int | None, ctx: Context) -> str:
    """How a step stands, so many ahead of the one that waits; None when the round is over."""
    if step.clearance:
        return cleared_by(step.clearance, ctx)
    if step.returned:
        return f"returned by {ctx.last_change(step.returned.by, step.returned.at)}"
    if ahead is None:
        return "not asked"
    return "later" if ahead else "waits now"
