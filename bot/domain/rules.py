"""Who may do what, when: the tables that guard `decide` and from which every button comes.

Theory of operation: a command is about the whole task, one assignment, or one step of final clearance. It is
allowed when the task's status lists it, when the assignment's stage lists it, when the actor stands to the
task as `ACTORS` says, and when nothing is owed first (`bot.domain.preconditions`). `refusal` answers for one
command and says why not; `offers` lists what somebody may do now by asking the same question, so a card never
offers what is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from bot.domain.actors import ACTORS, manager
from bot.domain.assignment import Assignment, Stage
from bot.domain.context import About, Context
from bot.domain.copying import not_copied
from bot.domain.mailing import message_of, unready
from bot.domain.messages import (
    Acknowledge,
    AddComment,
    AssignAlso,
    AttachFile,
    CancelAssignment,
    Clear,
    ClearComponent,
    Close,
    Command,
    CompleteByEmail,
    ConfirmArrival,
    Consolidate,
    Correct,
    DeclineDeferral,
    DeclineExtension,
    Defer,
    Delegate,
    DetachFile,
    ForwardRequest,
    GrantExtension,
    HandBack,
    HoldRecord,
    Locate,
    LogByEmail,
    LogTask,
    MuteReminders,
    OpenEmailLane,
    Reassign,
    Recall,
    RecordResponse,
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
    SupplementRecord,
    Transmit,
    Withdraw,
)
from bot.domain.preconditions import changed, missing, wrong_part
from bot.domain.task import OPEN, Status, Task
from bot.domain.words import STAGE_WORDS, STATUS_WORDS
from bot.errors import IllegalTransition, NotAllowed, Rejected

#: What can be done to a task in any state before it is transmitted.
ANY_TIME: tuple[type[Command], ...] = (AddComment, MuteReminders, Correct, Withdraw)
#: Which commands each status accepts; None is the status of a task that is not there yet.
ALLOWED: dict[Status | None, tuple[type[Command], ...]] = {
    None: (LogTask, ForwardRequest),
    Status.RECEIVED: (LogTask, Withdraw, AddComment),
    Status.LOGGED: (RouteTask, Locate, OpenEmailLane, *ANY_TIME),
    Status.BY_EMAIL: (LogByEmail, CompleteByEmail, *ANY_TIME),
    Status.ASSIGNED: (
        Acknowledge,
        AttachFile,
        DetachFile,
        Respond,
        RecordResponse,
        RespondNegative,
        Defer,
        Delegate,
        HandBack,
        Recall,
        RequestExtension,
        GrantExtension,
        DeclineExtension,
        ClearComponent,
        ReturnComponent,
        Reassign,
        DeclineDeferral,
        ReturnResponse,
        AssignAlso,
        CancelAssignment,
        *ANY_TIME,
    ),
    Status.IN_REVIEW: (SendToClearance, Consolidate, ReturnResponse, AssignAlso, CancelAssignment, Close, *ANY_TIME),
    Status.IN_CLEARANCE: (Clear, Return, *ANY_TIME),
    Status.CLEARED: (Send, Transmit, ConfirmArrival, SendAgain, *ANY_TIME),
    Status.TRANSMITTED: (Close, AddComment),
    Status.CLOSED: (SupplementRecord, SendCopy, HoldRecord, ReleaseHold, Reopen),
    Status.WITHDRAWN: (Close, Reopen, AddComment),
}
#: Which commands about one assignment each of its stages accepts.
STAGES: dict[Stage, tuple[type[Command], ...]] = {
    Stage.ASSIGNED: (Acknowledge, RecordResponse, RespondNegative, Defer, CancelAssignment),
    Stage.ACKNOWLEDGED: (
        AttachFile,
        DetachFile,
        Respond,
        RecordResponse,
        RespondNegative,
        Defer,
        Delegate,
        HandBack,
        Recall,
        RequestExtension,
        GrantExtension,
        DeclineExtension,
        CancelAssignment,
    ),
    Stage.DEFERRED: (Reassign, DeclineDeferral, CancelAssignment),
    Stage.IN_DIVISION_CLEARANCE: (ClearComponent, ReturnComponent, CancelAssignment),
    Stage.SUBMITTED: (ReturnResponse, CancelAssignment),
    Stage.REASSIGNED: (),
    Stage.CANCELLED: (),
}
ON_PART = frozenset({Delegate, HandBack, Recall})
ON_ASSIGNMENT = frozenset(command for commands in STAGES.values() for command in commands)
ON_STEP: frozenset[type[Command]] = frozenset({Clear, Return})


def about(command: Command) -> About:
    named = {f.name: getattr(command, f.name) for f in fields(About) if hasattr(command, f.name)}
    return About(**named)


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that would be accepted now, and what it is about."""

    command: type[Command]
    about: About

    @property
    def args(self) -> tuple[tuple[str, str], ...]:
        """The fields that the card fixes, as a button carries them."""
        names = {f.name for f in fields(self.command)} & {f.name for f in fields(About)}
        return tuple((f.name, str(getattr(self.about, f.name))) for f in fields(About) if f.name in names)


def refusal(task: Task | None, kind: type[Command], on: About, ctx: Context) -> Rejected | None:
    """Why the actor may not do this now, as the error to raise; None when they may."""
    return _wrong_time(task, kind, on, ctx) or _wrong_actor(task, kind, on, ctx)


def offers(task: Task, ctx: Context) -> tuple[Offer, ...]:
    """Everything the actor may do now, in the order of the tables."""
    return tuple(offer for offer in _possible(task) if refusal(task, offer.command, offer.about, ctx) is None)


def managers_offers(task: Task, ctx: Context) -> tuple[Offer, ...]:
    """What any task manager may do now: for a card in a room, whoever looks at it."""
    return tuple(
        offer
        for offer in _possible(task)
        if ACTORS[offer.command] is manager and _wrong_time(task, offer.command, offer.about, ctx) is None
    )


def _possible(task: Task) -> Iterator[Offer]:
    if task.as_imported:
        yield Offer(RouteTask, About())
        return
    for kind in ALLOWED[task.status]:
        if kind in ON_ASSIGNMENT:
            for a in task.active:
                for part in (0, *(p.id for p in a.parts if p.open)) if kind in ON_PART else (0,):
                    yield Offer(kind, About(a.id, part, package=a.package.sha256 if a.package else ""))
        elif kind in ON_STEP:
            current = task.round
            if current and current.current is not None:
                yield Offer(kind, About(step=current.current, round=current.number, package=current.package.sha256))
        else:
            yield Offer(kind, About(package=task.package.sha256 if task.package else "", message=message_of(task)))


def _wrong_time(task: Task | None, kind: type[Command], on: About, ctx: Context) -> Rejected | None:
    if task is None:
        return None if kind in ALLOWED[None] else IllegalTransition("There is no such task.")
    if task.as_imported:
        return _read_only(task, kind)
    if kind not in ALLOWED[task.status]:
        return IllegalTransition(_passed(task, kind, on, ctx))
    if task.status is Status.CLEARED and (sentence := unready(task, kind, on, ctx)):
        return IllegalTransition(sentence)
    if kind is SendCopy and (sentence := not_copied(task, on, ctx)):
        return IllegalTransition(sentence)
    return _wrong_target(task, kind, on, ctx) or missing(task, kind, on) or changed(task, kind, on)


def _read_only(task: Task, kind: type[Command]) -> Rejected | None:
    """An imported task is adopted by routing it, while it is open, and changed in no other way before."""
    if task.status not in OPEN:
        return IllegalTransition(f"{task.number} was imported, {STATUS_WORDS[task.status]}; it is not changed here.")
    if kind is RouteTask:
        return None
    return IllegalTransition(f"{task.number} was imported; a task manager has to route it before it is worked here.")


def _passed(task: Task, kind: type[Command], on: About, ctx: Context) -> str:
    if task.status is Status.CLOSED:
        return f"{task.number} is closed and its record is sealed."
    if kind in ON_STEP:
        return step_outcome(task, on, ctx)
    assignment = task.assignment(on.assignment)
    if assignment and kind in ON_ASSIGNMENT and kind not in STAGES[assignment.stage]:
        return _moved(task, assignment, ctx)
    last = f" ({ctx.last_change(task.changed_by, task.changed_at)})" if task.changed_at else ""
    return f"{task.number} is {STATUS_WORDS[task.status]}{last}, so this can't be done now."


def _wrong_target(task: Task, kind: type[Command], on: About, ctx: Context) -> Rejected | None:
    """The assignment or step that the command names, held against where that stands."""
    if kind in ON_STEP:
        current = task.round
        if current is None or on.round != current.number or on.step != current.current:
            return IllegalTransition(step_outcome(task, on, ctx))
    if kind in ON_ASSIGNMENT:
        assignment = task.assignment(on.assignment)
        if assignment is None:
            return IllegalTransition(f"{task.number} has no such assignment.")
        if kind not in STAGES[assignment.stage]:
            return IllegalTransition(_moved(task, assignment, ctx))
        if kind in ON_PART:
            return wrong_part(assignment, kind, on.part)
    return None


def step_outcome(task: Task, on: About, ctx: Context) -> str:
    """What became of a step that no longer waits: "Cleared by R. Diaz, 24 Nov 2026, 14:02."."""
    meant = next((r for r in task.rounds if r.number == on.round), None)
    if meant is not None and 0 <= on.step < len(meant.steps):
        step = meant.steps[on.step]
        if step.clearance:
            return f"Cleared by {ctx.last_change(step.clearance.by, step.clearance.at)}."
        if step.returned:
            return f"Returned by {ctx.last_change(step.returned.by, step.returned.at)}."
    return "This is not the step that waits now; ask for the task's status to see where it stands."


def _moved(task: Task, assignment: Assignment, ctx: Context) -> str:
    if assignment.stage is Stage.ASSIGNED:
        return f"Acknowledge {task.number} first."
    last = f" ({ctx.last_change(assignment.changed_by, assignment.changed_at)})" if assignment.changed_at else ""
    return f"This assignment is {STAGE_WORDS[assignment.stage]}{last}, so this can't be done now."


def _wrong_actor(task: Task | None, kind: type[Command], on: About, ctx: Context) -> Rejected | None:
    sentence = ACTORS[kind](task, on, ctx)
    return NotAllowed(sentence) if sentence else None
