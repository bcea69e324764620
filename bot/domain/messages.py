"""The vocabulary of a task: commands (imperative) and events (past tense). Data only.

Events are stored by class name and are never renamed. Every event says who did it and when; people are named by
email, assignments by their number within the task, packages by SHA-256.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from bot.domain.package import FileRef, Package
from bot.domain.positions import Post
from bot.domain.rubric import Origin, Reply, Scope, Steps

#: Final clearance as resolved: steps in order, any one of the posts of each.
Plan: TypeAlias = tuple[tuple[Post, ...], ...]


class Manner(StrEnum):
    """How a request came and is answered (4-5, 6-4)."""

    ITMS = "itms"
    EMAIL = "email"


class Priority(StrEnum):
    ROUTINE = "routine"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Original:
    """A message in chat that somebody sends to Taskings: its words, its author as shown there, and its address."""

    text: str
    author: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a request came from that reached somebody in chat: who sent it on, with what note, and the original."""

    by: str
    at: datetime
    original: Original
    note: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of IHSC. `component` is the unit or facility it is about, empty while not yet known.

    Until a request that was sent on is logged, `task_type` and `subject` are empty, and `due_at` is when to log it by.
    """

    task_type: str
    subject: str
    text: str
    requestor: str
    scope: Scope
    component: str
    origin: Origin
    manner: Manner
    priority: Priority
    ses: bool
    received_at: datetime
    due_at: datetime
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """How a task from another system stood there: its status in the words of the import, who answered it, and whose
    turn it was, as emails and posts in text.
    """

    status: str
    components: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    waiting_on: tuple[str, ...] = ()
    transmitted_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a clearance rests on when it is not the holder's own (4-7): an appointment to act, or a delegation.

    `giver` named the acting official or gave the delegation; `since` is when.
    """

    acting: bool
    id: int
    giver: str
    since: date


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a closed record is kept (section 10): under which schedule, and the first day it may be disposed of.

    Without an approved schedule nothing is said here, and the record is kept.
    """

    authority: str = ""
    years: int = 0
    until: date | None = None


# Commands


@dataclass(frozen=True, slots=True)
class ForwardRequest:
    """Send a request that reached somebody in chat to the Taskings Program (6-1.2); see `Original`."""

    text: str
    author: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LogTask:
    """Log a request that the Taskings Program received (6-1.1). `about` is hq, field or a component's code.

    `author` and `link` are of the message in chat that a task manager logs at once.
    """

    task_type: str
    subject: str
    text: str
    requestor: str
    about: str
    due_at: datetime
    origin: Origin = Origin.EXTERNAL
    manner: Manner = Manner.EMAIL
    priority: Priority = Priority.ROUTINE
    ses: bool = False
    author: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Locate:
    """Say which unit or facility a request is about, as long as nobody is assigned; as `LogTask.about`."""

    about: str


@dataclass(frozen=True, slots=True)
class RouteTask:
    """Confirm who answers (6-2); `authority` is owed when it is not whom Appendix A names.

    `officials` are posts that clear instead of those of Appendix A, each a step, which rests on authority too.
    `due_at` is when the responses are to be with the Taskings Program, as proposed unless given.
    """

    officers: tuple[str, ...]
    authority: str = ""
    officials: tuple[str, ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenEmailLane:
    """Coordinate the task by email, which only a request due in less than 24 hours of receipt allows (6-1.3)."""


@dataclass(frozen=True, slots=True)
class CompleteByEmail:
    """Say when a task in the email lane was completed: the log is owed within two business days (6-1.3)."""

    completed_at: datetime


@dataclass(frozen=True, slots=True)
class LogByEmail:
    """Log what was answered by email, attesting who cleared it, when and on what evidence (6-1.3, 4-7)."""

    cleared_by: str
    cleared_at: datetime
    evidence: str
    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignAlso:
    """Give the task to one more action officer (5-2.2.c); `authority` as for `RouteTask`."""

    officer: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    assignment: int


@dataclass(frozen=True, slots=True)
class Defer:
    """Say that somebody else should have it (5-3.2); `suggestion` is an email or empty."""

    assignment: int
    reason: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Reassign:
    """Give a deferred assignment to somebody else (5-3.2); `authority` as for `RouteTask`."""

    assignment: int
    officer: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class DeclineDeferral:
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """Hand a piece on to somebody who knows (5-3.3, 5-5.2); `part` is the piece passed on, 0 for the whole."""

    assignment: int
    to: str
    note: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class HandBack:
    """Give the piece back to whoever delegated it, with what was found (5-5.3)."""

    assignment: int
    part: int
    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Recall:
    """Take a delegated piece back without waiting for it."""

    assignment: int
    part: int


@dataclass(frozen=True, slots=True)
class RequestExtension:
    """Ask for more time for the response (5-4)."""

    assignment: int
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class GrantExtension:
    """Give more time, as much as was asked for or less."""

    assignment: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DeclineExtension:
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class CancelAssignment:
    """End an assignment that is not needed any more."""

    assignment: int
    reason: str


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Put a file with the response that is being prepared."""

    assignment: int
    file: FileRef


@dataclass(frozen=True, slots=True)
class DetachFile:
    """Take a file back that waits for the response, named by its SHA-256."""

    assignment: int
    file: str


@dataclass(frozen=True, slots=True)
class Respond:
    """Answer with text and files; files attached before go with it (5-4.2)."""

    assignment: int
    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordResponse:
    """Enter an officer's response that came by email, and why it did not come as it was asked for (4-5, 6-3.5)."""

    assignment: int
    reason: str
    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class RespondNegative:
    """Say that there is no information to share (4-5)."""

    assignment: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ClearComponent:
    """The division lead clears one component's response before it is submitted (5-4.4)."""

    assignment: int
    package: str


@dataclass(frozen=True, slots=True)
class ReturnComponent:
    assignment: int
    package: str
    comment: str


@dataclass(frozen=True, slots=True)
class ReturnResponse:
    """The task manager sends a submitted response back to its officer."""

    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class Consolidate:
    """Make the one response that is cleared and transmitted (5-2.2.c, 6-4); the officers' files go with it."""

    text: str


@dataclass(frozen=True, slots=True)
class SendToClearance:
    """`official` names a post when Appendix A says "TBD"."""

    official: str = ""


@dataclass(frozen=True, slots=True)
class Clear:
    """Clear exactly this package at exactly this step and round (4-7)."""

    step: int
    round: int
    package: str


@dataclass(frozen=True, slots=True)
class Return:
    step: int
    round: int
    package: str
    comment: str


@dataclass(frozen=True, slots=True)
class Transmit:
    """Record that this package went to the requestor in the manner received (5-2.2.e, 6-4).

    Another `manner` needs its reason. It went now and to the requestor, unless `sent_at` and `to` say otherwise.
    """

    package: str
    note: str = ""
    manner: Manner | None = None
    reason: str = ""
    sent_at: datetime | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Send:
    """Send exactly this package by email to the address `to` (5-2.2.e, 6-4)."""

    package: str
    to: str


@dataclass(frozen=True, slots=True)
class SendAgain:
    """As `Send`, after nobody could tell whether the email with the Message-ID `message` had arrived."""

    package: str
    message: str
    to: str


@dataclass(frozen=True, slots=True)
class ConfirmArrival:
    """Say that an email arrived of which that was not known, by its Message-ID; `note` is what shows it."""

    package: str
    message: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """Seal the record (6-5)."""


@dataclass(frozen=True, slots=True)
class AddComment:
    """Annotate the task (5-4.5). It decides nothing, whatever it says."""

    text: str


@dataclass(frozen=True, slots=True)
class MuteReminders:
    """Be reminded of this task no more; what is late or stuck is told all the same."""


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct a field of the request as logged; `field` is one of `CORRECTABLE`, `value` its new value as text."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """End the task without a response, because the request was withdrawn or is no tasking."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reopen:
    reason: str


@dataclass(frozen=True, slots=True)
class SupplementRecord:
    """Add text and files to a sealed record (6-5); what was sealed stays as it is."""

    text: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class SendCopy:
    """Send the copy of a record to the Taskings mailbox again, after the one with this Message-ID did not arrive."""

    message: str


@dataclass(frozen=True, slots=True)
class HoldRecord:
    """Keep a closed record whatever its schedule says, for litigation, an audit or the like (section 10)."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """End one legal hold of a record, named by its number within the task."""

    hold: int
    reason: str


Command: TypeAlias = (
    ForwardRequest
    | LogTask
    | Locate
    | RouteTask
    | OpenEmailLane
    | CompleteByEmail
    | LogByEmail
    | AssignAlso
    | Acknowledge
    | Defer
    | Reassign
    | DeclineDeferral
    | Delegate
    | HandBack
    | Recall
    | RequestExtension
    | GrantExtension
    | DeclineExtension
    | CancelAssignment
    | AttachFile
    | DetachFile
    | Respond
    | RecordResponse
    | RespondNegative
    | ClearComponent
    | ReturnComponent
    | ReturnResponse
    | Consolidate
    | SendToClearance
    | Clear
    | Return
    | Transmit
    | Send
    | SendAgain
    | ConfirmArrival
    | Close
    | AddComment
    | MuteReminders
    | Correct
    | Withdraw
    | Reopen
    | SupplementRecord
    | SendCopy
    | HoldRecord
    | ReleaseHold
)


# Events


@dataclass(frozen=True, slots=True)
class RequestForwarded:
    """A request was received from somebody whom it had reached (6-1.2); `log_by` is when not logging it is late."""

    by: str
    at: datetime
    number: str
    original: Original
    note: str
    log_by: datetime


@dataclass(frozen=True, slots=True)
class TaskLogged:
    by: str
    at: datetime
    number: str
    request: Request


@dataclass(frozen=True, slots=True)
class TaskImported:
    """A task of another system, or what that says of it now, as long as nobody adopted it here by routing it."""

    by: str
    at: datetime
    number: str
    request: Request
    imported: Imported


@dataclass(frozen=True, slots=True)
class RequestLocated:
    by: str
    at: datetime
    scope: Scope
    component: str


@dataclass(frozen=True, slots=True)
class TaskRouted:
    """The plan as resolved that day, from `clearance`, the position keys of the row or posts that an override names.

    `officers` are the position keys that the row gives to those who answer.
    `rubric` is the version cited, `authority` what an override rests on; `official_open` means that Appendix A
    says "TBD", or leaves it to a facility that is not known, and the task manager names an official before clearance.
    """

    by: str
    at: datetime
    rubric: str
    reply: Reply
    awareness: tuple[Post, ...]
    clearance: Steps
    plan: Plan
    official_open: bool
    authority: str
    officers: Steps


@dataclass(frozen=True, slots=True)
class EmailLaneOpened:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EmailTaskCompleted:
    """`log_by` is when the log of it is late."""

    by: str
    at: datetime
    completed_at: datetime
    log_by: datetime


@dataclass(frozen=True, slots=True)
class EmailTaskLogged:
    """`by` attests that `cleared_by` cleared the package; `late` is whether the log came after it was owed."""

    by: str
    at: datetime
    package: Package
    cleared_by: str
    cleared_at: datetime
    evidence: str
    late: bool


@dataclass(frozen=True, slots=True)
class TaskAssigned:
    """`post` is what the officer answers as; `lead` clears the component's response, None when nobody must.

    `due_at` is when the response is to be with the Taskings Program, `manner` how (4-5). `authority` is what the
    choice of this officer rests on, where Appendix A names others and the task was routed before.
    """

    by: str
    at: datetime
    assignment: int
    officer: str
    post: Post | None
    component: str
    lead: Post | None
    due_at: datetime
    manner: Manner
    authority: str = ""


@dataclass(frozen=True, slots=True)
class PlanRevised:
    """Who answers changed, and with it who clears: the plan, and the lead of each assignment."""

    by: str
    at: datetime
    plan: Plan
    leads: tuple[tuple[int, Post | None], ...]


@dataclass(frozen=True, slots=True)
class AssignmentAcknowledged:
    by: str
    at: datetime
    assignment: int


@dataclass(frozen=True, slots=True)
class AssignmentDeferred:
    by: str
    at: datetime
    assignment: int
    reason: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class AssignmentReassigned:
    """The assignment ended; a `TaskAssigned` for `officer` follows."""

    by: str
    at: datetime
    assignment: int
    officer: str


@dataclass(frozen=True, slots=True)
class DeferralDeclined:
    by: str
    at: datetime
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class PartDelegated:
    """`parent` is the part it was passed on from, 0 for the officer's whole."""

    by: str
    at: datetime
    assignment: int
    part: int
    to: str
    parent: int
    note: str


@dataclass(frozen=True, slots=True)
class PartHandedBack:
    by: str
    at: datetime
    assignment: int
    part: int
    package: Package


@dataclass(frozen=True, slots=True)
class PartRecalled:
    by: str
    at: datetime
    assignment: int
    part: int


@dataclass(frozen=True, slots=True)
class ExtensionRequested:
    by: str
    at: datetime
    assignment: int
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionGranted:
    by: str
    at: datetime
    assignment: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionDeclined:
    by: str
    at: datetime
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class AssignmentCancelled:
    by: str
    at: datetime
    assignment: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileAttached:
    """It takes the place of a file of the same name that waits already."""

    by: str
    at: datetime
    assignment: int
    file: FileRef


@dataclass(frozen=True, slots=True)
class FileDetached:
    by: str
    at: datetime
    assignment: int
    file: FileRef


@dataclass(frozen=True, slots=True)
class ResponseGiven:
    """`reason` says why it came in another manner than it was asked for, and `by` who recorded it then."""

    by: str
    at: datetime
    assignment: int
    package: Package
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ComponentCleared:
    by: str
    at: datetime
    assignment: int
    post: Post
    package: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class ComponentReturned:
    by: str
    at: datetime
    assignment: int
    post: Post
    package: str
    comment: str


@dataclass(frozen=True, slots=True)
class ResponseSubmitted:
    """The response reached the Taskings Program (6-3.4)."""

    by: str
    at: datetime
    assignment: int
    package: str


@dataclass(frozen=True, slots=True)
class ResponseReturned:
    by: str
    at: datetime
    assignment: int
    comment: str


@dataclass(frozen=True, slots=True)
class ResponseConsolidated:
    by: str
    at: datetime
    package: Package


@dataclass(frozen=True, slots=True)
class SentToClearance:
    by: str
    at: datetime
    round: int
    package: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class StepCleared:
    """`own` records the exception: Appendix A names the drafter's own position and no other for the step."""

    by: str
    at: datetime
    step: int
    round: int
    post: Post
    package: str
    own: bool
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class StepReturned:
    by: str
    at: datetime
    step: int
    round: int
    post: Post
    package: str
    comment: str


@dataclass(frozen=True, slots=True)
class ResponseTransmitted:
    """A task manager says that it went; `sent_at` is when, None for a history in which that was not asked."""

    by: str
    at: datetime
    package: str
    manner: Manner
    to: str
    note: str
    reason: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TransmissionBegun:
    """A task manager had the package sent by email; nothing was handed to a server yet."""

    by: str
    at: datetime
    package: str
    to: str
    message_id: str


@dataclass(frozen=True, slots=True)
class TransmissionTried:
    """The one attempt is made from here on: whatever comes in between, it is not made again by itself."""

    by: str
    at: datetime
    message_id: str


@dataclass(frozen=True, slots=True)
class TransmissionConfirmed:
    """The mail server took the message; `answer` is what it said."""

    by: str
    at: datetime
    message_id: str
    answer: str


@dataclass(frozen=True, slots=True)
class TransmissionFailed:
    """The message certainly did not go out."""

    by: str
    at: datetime
    message_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class TransmissionUnconfirmed:
    """Whether the message went out is not known."""

    by: str
    at: datetime
    message_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArrivalConfirmed:
    """A task manager found out that the message arrived."""

    by: str
    at: datetime
    message_id: str
    note: str


@dataclass(frozen=True, slots=True)
class TaskClosed:
    """`seal` is the SHA-256 of the task's canonical state as it was closed.

    `retention` is None in a history in which that was not worked out.
    """

    by: str
    at: datetime
    seal: str
    retention: Retention | None = None


@dataclass(frozen=True, slots=True)
class CommentAdded:
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class RemindersMuted:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FieldCorrected:
    """`before` and `after` as text."""

    by: str
    at: datetime
    field: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class TaskWithdrawn:
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class TaskReopened:
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class RecordSupplemented:
    """`seal` is the SHA-256 of what was added, with the seal of the record and that of the supplement before it."""

    by: str
    at: datetime
    package: Package
    seal: str


@dataclass(frozen=True, slots=True)
class CopyBegun:
    """A copy of the record goes to the Taskings mailbox (6-5); `seal` is of what was closed or added."""

    by: str
    at: datetime
    seal: str
    to: str
    message_id: str


@dataclass(frozen=True, slots=True)
class CopyTried:
    """The one attempt is made from here on, as of `TransmissionTried`."""

    by: str
    at: datetime
    message_id: str


@dataclass(frozen=True, slots=True)
class CopySent:
    """The mail server took it; `said` is what it answered."""

    by: str
    at: datetime
    message_id: str
    said: str


@dataclass(frozen=True, slots=True)
class CopyFailed:
    """It certainly did not go out, for the reason `said`."""

    by: str
    at: datetime
    message_id: str
    said: str


@dataclass(frozen=True, slots=True)
class CopyUnconfirmed:
    """Whether it went out is not known."""

    by: str
    at: datetime
    message_id: str
    said: str


@dataclass(frozen=True, slots=True)
class RecordHeld:
    """The record may not be disposed of until this hold, and every other, is released."""

    by: str
    at: datetime
    hold: int
    reason: str


@dataclass(frozen=True, slots=True)
class HoldReleased:
    by: str
    at: datetime
    hold: int
    reason: str


Event: TypeAlias = (
    RequestForwarded
    | TaskLogged
    | TaskImported
    | RequestLocated
    | TaskRouted
    | EmailLaneOpened
    | EmailTaskCompleted
    | EmailTaskLogged
    | TaskAssigned
    | PlanRevised
    | AssignmentAcknowledged
    | AssignmentDeferred
    | AssignmentReassigned
    | DeferralDeclined
    | PartDelegated
    | PartHandedBack
    | PartRecalled
    | ExtensionRequested
    | ExtensionGranted
    | ExtensionDeclined
    | AssignmentCancelled
    | FileAttached
    | FileDetached
    | ResponseGiven
    | ComponentCleared
    | ComponentReturned
    | ResponseSubmitted
    | ResponseReturned
    | ResponseConsolidated
    | SentToClearance
    | StepCleared
    | StepReturned
    | ResponseTransmitted
    | TransmissionBegun
    | TransmissionTried
    | TransmissionConfirmed
    | TransmissionFailed
    | TransmissionUnconfirmed
    | ArrivalConfirmed
    | TaskClosed
    | CommentAdded
    | RemindersMuted
    | FieldCorrected
    | TaskWithdrawn
    | TaskReopened
    | RecordSupplemented
    | CopyBegun
    | CopyTried
    | CopySent
    | CopyFailed
    | CopyUnconfirmed
    | RecordHeld
    | HoldReleased
)
