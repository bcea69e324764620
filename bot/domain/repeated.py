"""Whether what is refused is so already, by the same person's wish: a double click, a delivery under a new id."""

from __future__ import annotations

from bot.domain.assignment import Assignment, Stage
from bot.domain.messages import (
    Acknowledge,
    Clear,
    ClearComponent,
    Close,
    Command,
    ConfirmArrival,
    DeclineDeferral,
    DeclineExtension,
    Defer,
    DetachFile,
    GrantExtension,
    HandBack,
    LogTask,
    MuteReminders,
    ReleaseHold,
    Reopen,
    RequestExtension,
    Respond,
    RespondNegative,
    Return,
    ReturnComponent,
    ReturnResponse,
    RouteTask,
    Send,
    SendAgain,
    SendCopy,
    SendToClearance,
    Transmit,
    Withdraw,
)
from bot.domain.package import Package
from bot.domain.rounds import Note, Step
from bot.domain.task import Status, Task


def already(task: Task, command: Command, actor: str) -> bool:
    """Whether the actor made the task what the command wants it to be."""
    match command:
        case (
            Acknowledge(assignment=id)
            | Defer(assignment=id)
            | DetachFile(assignment=id)
            | Respond(assignment=id)
            | RespondNegative(assignment=id)
            | HandBack(assignment=id)
            | RequestExtension(assignment=id)
            | GrantExtension(assignment=id)
            | DeclineExtension(assignment=id)
            | DeclineDeferral(assignment=id)
            | ReturnResponse(assignment=id)
            | ReturnComponent(assignment=id)
            | ClearComponent(assignment=id)
        ):
            a = task.assignment(id)
            return a is not None and _on_assignment(a, command, actor)
        case Clear(step=step, round=number, package=sha):
            given = found.clearance if (found := _step(task, number, step)) else None
            return given is not None and (given.by, given.package) == (actor, sha)
        case Return(step=step, round=number, comment=comment):
            return _said(found.returned if (found := _step(task, number, step)) else None, actor, comment)
        case _:
            return _on_task(task, command, actor)


def _on_task(task: Task, command: Command, actor: str) -> bool:
    match command:
        case LogTask(subject=subject):
            return (task.manager, task.request.subject) == (actor, subject.strip())
        case RouteTask(officers=officers):
            routed = {(a.assigned_by, a.officer) for a in task.active}
            return task.routing is not None and routed == {(actor, email.lower()) for email in officers}
        case SendToClearance():
            sent = task.round
            return sent is not None and sent.sent_by == actor and task.status in {Status.IN_CLEARANCE, Status.CLEARED}
        case Transmit(package=sha):
            went = task.transmission
            return went is not None and (went.by, went.package) == (actor, sha)
        case Send(package=sha, to=to) | SendAgain(package=sha, to=to):
            mail = task.transmission or task.mailing
            return mail is not None and (mail.by, mail.package, mail.to) == (actor, sha, to.strip())
        case ConfirmArrival(package=sha):
            went = task.transmission
            return went is not None and bool(went.message_id) and (went.by, went.package) == (actor, sha)
        case MuteReminders():
            return actor in task.muted
        case Withdraw(reason=reason):
            return _said(task.withdrawn, actor, reason)
        case Reopen(reason=reason):
            return _said(task.reopened, actor, reason)
        case ReleaseHold(hold=id, reason=reason):
            return any(hold.id == id and _said(hold.released, actor, reason) for hold in task.holds)
        case SendCopy(message=message):
            ids = [mail.message_id for mail in task.copies]
            return message in ids[:-1] and task.copies[-1].by == actor
        case Close():
            return bool(task.seal) and task.changed_by == actor
        case _:
            return False


def _on_assignment(a: Assignment, command: Command, actor: str) -> bool:
    mine = a.officer == actor
    match command:
        case Acknowledge():
            return mine and a.stage not in {Stage.ASSIGNED, Stage.DEFERRED, Stage.REASSIGNED, Stage.CANCELLED}
        case Defer(reason=reason):
            return a.stage is Stage.DEFERRED and _said(a.deferral, actor, reason)
        case DetachFile(file=sha):
            return mine and a.stage is Stage.ACKNOWLEDGED and all(file.sha256 != sha for file in a.files)
        case Respond(text=text):
            return mine and a.package is not None and not a.package.negative and a.package.text == text.strip()
        case RespondNegative(comment=comment):
            return mine and a.package == Package(comment.strip(), negative=True)
        case HandBack(part=id, text=text):
            part = a.part(id)
            return bool(part and part.to == actor and part.package and part.package.text == text.strip())
        case RequestExtension(reason=reason, due_at=due_at):
            wish = a.extension
            return wish is not None and (wish.by, wish.reason, wish.due_at) == (actor, reason.strip(), due_at)
        case GrantExtension(due_at=due_at):
            return a.extension is None and (a.dues[-1].set_by, a.due_at) == (actor, due_at)
        case DeclineExtension(comment=comment):
            return a.extension is None and _said(a.extension_declined, actor, comment)
        case DeclineDeferral(comment=comment):
            return a.stage is not Stage.DEFERRED and _said(a.declined, actor, comment)
        case ReturnResponse(comment=comment) | ReturnComponent(comment=comment):
            return a.package is None and _said(a.returned, actor, comment)
        case ClearComponent(package=sha):
            return bool(a.clearance and (a.clearance.by, a.clearance.package) == (actor, sha))
        case _:
            return False


def _step(task: Task, number: int, step: int) -> Step | None:
    current = next((r for r in task.rounds if r.number == number), None)
    return current.steps[step] if current and 0 <= step < len(current.steps) else None


def _said(note: Note | None, actor: str, text: str) -> bool:
    return note is not None and (note.by, note.text) == (actor, text.strip())
