"""The buttons of a task's cards: what each card is for of what is offered, what goes behind "More", what opens files.

What is offered comes from the tables that guard `decide`: to `ctx.actor`, or in a room to any task manager.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.context import Context
from bot.domain.messages import (
    Acknowledge,
    AddComment,
    AssignAlso,
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
from bot.domain.package import Package
from bot.domain.reading import readable
from bot.domain.rules import ON_PART, Offer, managers_offers, offers
from bot.domain.task import Task
from cards.actions import ACTIONS, COMMANDS, ask_button, buttons
from cards.model import Button, Buttons, Element

FOR_OFFICERS = frozenset({Acknowledge, Respond, DetachFile, RespondNegative, Defer, Delegate, RequestExtension, Recall})
FOR_HELPERS = frozenset({HandBack, Delegate, Recall})
FOR_LEADS = frozenset({ClearComponent, ReturnComponent})
FOR_OFFICIALS = frozenset({Clear, Return})
FOR_MANAGERS: dict[str, frozenset[type[Command]]] = {
    "task": frozenset({LogTask, RouteTask, Locate, OpenEmailLane, CompleteByEmail, LogByEmail, AssignAlso, Close})
    | {SupplementRecord, SendCopy},
    "deferral": frozenset({Reassign, DeclineDeferral}),
    "extension": frozenset({GrantExtension, DeclineExtension}),
    "review": frozenset({SendToClearance, Consolidate, ReturnResponse, Close}),
    "transmit": frozenset({Send, Transmit, ConfirmArrival, SendAgain, Close}),
}
#: What is seldom wanted has a card of its own, behind "More".
RARE = frozenset({AddComment, MuteReminders, Correct, Locate, RecordResponse, CancelAssignment, Withdraw, Reopen}) | {
    HoldRecord,
    ReleaseHold,
}
#: What there is on that card, and what it is for.
MORE: dict[type[Command], str] = {
    AddComment: "Add a comment to the record",
    MuteReminders: "Stop reminders about this task",
    Correct: "Correct what was logged",
    Locate: "Say which unit or facility it is about",
    RecordResponse: "Record a response that came by email",
    AssignAlso: "Ask one more action officer",
    ReturnResponse: "Send a response back to its officer",
    CancelAssignment: "End an assignment that is not needed",
    DetachFile: "Take a file back before you respond",
    Delegate: "Hand a piece on to somebody who knows",
    Recall: "Take a delegated piece back",
    RequestExtension: "Ask for more time",
    Withdraw: "End the task without a response",
    HoldRecord: "Keep the record for a legal matter",
    ReleaseHold: "End a legal hold",
    Reopen: "Open the record again",
}
#: Buttons on one card, "More" beside them.
SHOWN = 5


def actions_of(
    task: Task,
    wanted: frozenset[type[Command]],
    ctx: Context,
    room: bool = False,
    about: int | None = None,
    part: int | None = None,
    opens: tuple[Button, ...] = (),
) -> Iterator[Element]:
    """The buttons of what is offered of the wanted, with those that open files; the rest is behind "More"."""
    found = managers_offers(task, ctx) if room else offers(task, ctx)
    here = [o for o in found if about in {None, o.about.assignment} and _at(o, part)]
    rare = RARE if task.request.component else RARE - {Locate}  # who answers depends on it
    items = buttons(task, [o for o in here if o.command in wanted - rare], ctx)
    room_left = SHOWN - len(opens)
    beside = {COMMANDS[b.action] for b in items[:room_left]} & MORE.keys()
    more = len(items) > room_left or any(o.command in MORE.keys() - beside for o in found)
    shown = (*(items[:room_left] if more else items), *opens)
    if shown or more:
        yield Buttons((*shown, *((_more_button(task, beside),) if more else ())))


def _more_button(task: Task, beside: set[type[Command]]) -> Button:
    """It names the actions that are on its card already: "more T-1042 beside task.recall"."""
    names = " ".join(sorted(ACTIONS[command].id for command in beside))
    return ask_button("More", f"more {task.number} beside {names}" if names else f"more {task.number}")


def openers(task: Task, ctx: Context, read: Package | None = None) -> tuple[Button, ...]:
    """What sends the files of this response, or of all that are its reader's to open, with the text that was cut."""
    allowed = readable(task, ctx)
    if not allowed or (read and read not in allowed):
        return ()
    label = "Files" if any(package.files for package in ([read] if read else allowed)) else "Full text"
    return (ask_button(label, f"files {task.number} {read.sha256 if read else ''}".strip()),)


def _at(offer: Offer, part: int | None) -> bool:
    """Whether a button about pieces is about this one: what its holder does with it, or those passed on from it."""
    return part is None or offer.command not in ON_PART or offer.command is Recall or offer.about.part == part
