"""The vocabulary of a task: commands (imperative) and events (past tense), a module a subject. Data only.

Events are stored by class name and are never renamed. Every event says who did it and when; people are named by
email, assignments by their number within the task, packages by SHA-256.
"""

from __future__ import annotations

from typing import TypeAlias

# Each module's names are given on as they are, one import a module.
# isort: off
from bot.domain.messages.any_time import (
    AddComment as AddComment,
    AnyTimeCommand as AnyTimeCommand,
    AnyTimeEvent as AnyTimeEvent,
    CommentAdded as CommentAdded,
    Correct as Correct,
    FieldCorrected as FieldCorrected,
    MuteReminders as MuteReminders,
    RemindersMuted as RemindersMuted,
    TaskWithdrawn as TaskWithdrawn,
    Withdraw as Withdraw,
)
from bot.domain.messages.assignments import (
    Acknowledge as Acknowledge,
    AssignmentAcknowledged as AssignmentAcknowledged,
    AssignmentCancelled as AssignmentCancelled,
    AssignmentCommand as AssignmentCommand,
    AssignmentDeferred as AssignmentDeferred,
    AssignmentEvent as AssignmentEvent,
    AssignmentReassigned as AssignmentReassigned,
    CancelAssignment as CancelAssignment,
    DeclineDeferral as DeclineDeferral,
    DeclineExtension as DeclineExtension,
    Defer as Defer,
    DeferralDeclined as DeferralDeclined,
    Delegate as Delegate,
    ExtensionDeclined as ExtensionDeclined,
    ExtensionGranted as ExtensionGranted,
    ExtensionRequested as ExtensionRequested,
    GrantExtension as GrantExtension,
    HandBack as HandBack,
    PartDelegated as PartDelegated,
    PartHandedBack as PartHandedBack,
    PartRecalled as PartRecalled,
    Reassign as Reassign,
    Recall as Recall,
    RequestExtension as RequestExtension,
)
from bot.domain.messages.clearance import (
    Clear as Clear,
    ClearanceCommand as ClearanceCommand,
    ClearanceEvent as ClearanceEvent,
    ClearComponent as ClearComponent,
    ComponentCleared as ComponentCleared,
    ComponentReturned as ComponentReturned,
    Return as Return,
    ReturnComponent as ReturnComponent,
    SendToClearance as SendToClearance,
    SentToClearance as SentToClearance,
    StepCleared as StepCleared,
    StepReturned as StepReturned,
)
from bot.domain.messages.intake import (
    ForwardRequest as ForwardRequest,
    IntakeCommand as IntakeCommand,
    IntakeEvent as IntakeEvent,
    Locate as Locate,
    LogTask as LogTask,
    RequestForwarded as RequestForwarded,
    RequestLocated as RequestLocated,
    TaskImported as TaskImported,
    TaskLogged as TaskLogged,
)
from bot.domain.messages.record import (
    Close as Close,
    CopyBegun as CopyBegun,
    CopyFailed as CopyFailed,
    CopySent as CopySent,
    CopyTried as CopyTried,
    CopyUnconfirmed as CopyUnconfirmed,
    HoldRecord as HoldRecord,
    HoldReleased as HoldReleased,
    RecordCommand as RecordCommand,
    RecordEvent as RecordEvent,
    RecordHeld as RecordHeld,
    RecordSupplemented as RecordSupplemented,
    ReleaseHold as ReleaseHold,
    Reopen as Reopen,
    SendCopy as SendCopy,
    SupplementRecord as SupplementRecord,
    TaskClosed as TaskClosed,
    TaskReopened as TaskReopened,
)
from bot.domain.messages.responses import (
    AttachFile as AttachFile,
    Consolidate as Consolidate,
    DetachFile as DetachFile,
    FileAttached as FileAttached,
    FileDetached as FileDetached,
    RecordResponse as RecordResponse,
    Respond as Respond,
    RespondNegative as RespondNegative,
    ResponseCommand as ResponseCommand,
    ResponseConsolidated as ResponseConsolidated,
    ResponseEvent as ResponseEvent,
    ResponseGiven as ResponseGiven,
    ResponseReturned as ResponseReturned,
    ResponseSubmitted as ResponseSubmitted,
    ReturnResponse as ReturnResponse,
)
from bot.domain.messages.routing import (
    AssignAlso as AssignAlso,
    CompleteByEmail as CompleteByEmail,
    EmailLaneOpened as EmailLaneOpened,
    EmailTaskCompleted as EmailTaskCompleted,
    EmailTaskLogged as EmailTaskLogged,
    LogByEmail as LogByEmail,
    OpenEmailLane as OpenEmailLane,
    PlanRevised as PlanRevised,
    RouteTask as RouteTask,
    RoutingCommand as RoutingCommand,
    RoutingEvent as RoutingEvent,
    TaskAssigned as TaskAssigned,
    TaskRouted as TaskRouted,
)
from bot.domain.messages.sending import (
    ArrivalConfirmed as ArrivalConfirmed,
    ConfirmArrival as ConfirmArrival,
    ResponseTransmitted as ResponseTransmitted,
    Send as Send,
    SendAgain as SendAgain,
    SendingCommand as SendingCommand,
    SendingEvent as SendingEvent,
    TransmissionBegun as TransmissionBegun,
    TransmissionConfirmed as TransmissionConfirmed,
    TransmissionFailed as TransmissionFailed,
    TransmissionTried as TransmissionTried,
    TransmissionUnconfirmed as TransmissionUnconfirmed,
    Transmit as Transmit,
)
from bot.domain.messages.values import (
    Basis as Basis,
    Imported as Imported,
    Manner as Manner,
    Original as Original,
    Plan as Plan,
    Priority as Priority,
    Request as Request,
    Retention as Retention,
    Source as Source,
)
# isort: on

Command: TypeAlias = (
    IntakeCommand
    | RoutingCommand
    | AssignmentCommand
    | ResponseCommand
    | ClearanceCommand
    | SendingCommand
    | RecordCommand
    | AnyTimeCommand
)

Event: TypeAlias = (
    IntakeEvent
    | RoutingEvent
    | AssignmentEvent
    | ResponseEvent
    | ClearanceEvent
    | SendingEvent
    | RecordEvent
    | AnyTimeEvent
)
