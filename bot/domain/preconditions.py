"""What has to be so before a command is accepted, beside the tables of `bot.domain.rules`: the task's own facts."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.assignment import Assignment
from bot.domain.context import About
from bot.domain.messages import (
    AttachFile,
    CancelAssignment,
    Clear,
    ClearComponent,
    Close,
    Command,
    CompleteByEmail,
    ConfirmArrival,
    Consolidate,
    DeclineExtension,
    Delegate,
    DetachFile,
    GrantExtension,
    HandBack,
    LogByEmail,
    OpenEmailLane,
    RecordResponse,
    ReleaseHold,
    RequestExtension,
    Respond,
    Return,
    ReturnComponent,
    Send,
    SendAgain,
    SendToClearance,
    Transmit,
)
from bot.domain.task import Status, Task
from bot.errors import IllegalTransition, Rejected

#: A request with less time than this may be coordinated by email (6-1.3).
EMAIL_LANE = timedelta(hours=24)
#: A piece goes from the officer to somebody, and from there one hand further (5-3.3, 5-5).
HANDS = 2
#: The acknowledgement, or a negative, is the answer to an informational task; nothing is written or cleared.
NOT_INFORMATIONAL = frozenset(
    {AttachFile, DetachFile, Respond, RecordResponse, Consolidate, SendToClearance, Delegate, RequestExtension}
)


def wrong_part(a: Assignment, kind: type[Command], id: int) -> Rejected | None:
    part = a.part(id)
    if part is None:
        return None if kind is Delegate and id == 0 else IllegalTransition("There is no such piece.")
    if not part.open:
        return IllegalTransition("This piece was handed back or recalled already.")
    if kind is Delegate and a.depth(id) >= HANDS:
        return IllegalTransition("This was passed on once already; answer it, or hand it back.")
    if kind is HandBack and any(p.open and p.parent == id for p in a.parts):
        return IllegalTransition("Somebody still works on what you passed on; wait for it, or recall it first.")
    return None


def missing(task: Task, kind: type[Command], on: About) -> Rejected | None:
    """What must be there first."""
    assignment = task.assignment(on.assignment)
    asked = assignment is not None and assignment.extension is not None
    if kind is RequestExtension and asked:
        return IllegalTransition("You asked for more time already; wait for the task manager's answer.")
    if kind is DetachFile and not (assignment and assignment.files):
        return IllegalTransition("No file waits for this response any more.")
    if kind in {GrantExtension, DeclineExtension} and not asked:
        return IllegalTransition("Nobody asks for more time here.")
    if task.informational and kind in NOT_INFORMATIONAL:
        return IllegalTransition(f"{task.number} is informational: acknowledging it is the whole answer.")
    if kind is SendToClearance and task.package is None:
        return IllegalTransition("Several officers answered; consolidate their responses into one first.")
    if kind is OpenEmailLane and not in_short_time(task):
        return IllegalTransition(
            "Only a task due less than 24 hours after receipt may be coordinated by email (6-1.3)."
        )
    if kind is CompleteByEmail and task.email and task.email.completed_at:
        return IllegalTransition("When it was completed is entered already; log the response now.")
    if kind is LogByEmail and task.email and task.email.completed_at is None:
        return IllegalTransition("Enter first when the task was completed.")
    if kind is CancelAssignment and len(task.active) == 1:
        return IllegalTransition("This is the only assignment; reassign it, or withdraw the task.")
    if kind is ReleaseHold and not task.held:
        return IllegalTransition(f"No legal hold is on the record of {task.number}.")
    if kind is Close and task.status is Status.IN_REVIEW and not task.informational:
        return IllegalTransition(f"{task.number} has to be cleared and transmitted before it is closed.")
    return None


def in_short_time(task: Task) -> bool:
    """Whether the request allows the email lane (6-1.3)."""
    return task.request.due_at - task.request.received_at < EMAIL_LANE


def changed(task: Task, kind: type[Command], on: About) -> Rejected | None:
    """Commands that mean "this exact package" are held against the one there is now."""
    if kind in {ClearComponent, ReturnComponent}:
        assignment = task.assignment(on.assignment)
        current = assignment.package if assignment else None
    elif kind in {Clear, Return, Transmit, Send, SendAgain, ConfirmArrival}:
        current = task.package
    else:
        return None
    if current is None or current.sha256 != on.package:
        return IllegalTransition("The response has changed since you saw it; read it again before you decide.")
    return None
