"""What each card of a task says: the facts to decide on, who did what and when, and what the viewer may do now.

A card is drawn for `ctx.actor`, or for a room, where it offers what any task manager may do. Buttons come from the
tables that guard `decide`; a card shows those that it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.assignment import Assignment, Part, Stage
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
from bot.domain.rounds import Round
from bot.domain.rules import ON_PART, Offer, managers_offers, offers
from bot.domain.task import Status, Task
from bot.domain.words import MANNER_WORDS, STATUS_WORDS, moment
from cards.actions import ACTIONS, COMMANDS, ask_button, buttons
from cards.model import Button, Buttons, Card, Element, Entries, Entry, Facts, Quote, Text
from cards.parts import (
    answer_line,
    asked,
    assignment_state,
    attested_of,
    division,
    draft_of,
    files_waiting,
    hands_of,
    note,
    notice,
    own_due,
    own_part,
    package_of,
    parts_of,
    source_of,
    state,
    steps_of,
    time_of,
    title,
    who,
    writers,
)
from cards.proposal import proposal
from cards.record_parts import copy_of, holds_of, supplements_of
from cards.sent_parts import mailing_of, sent_rows

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
#: Buttons on one card, "More" beside them; and comments, the latest.
SHOWN, COMMENTS = 5, 3


def assignment_card(task: Task, assignment: Assignment, ctx: Context) -> Card:
    """For the action officer: what is asked, by when, and how far their answer is."""
    owed = assignment.stage in {Stage.ASSIGNED, Stage.ACKNOWLEDGED}
    body = (
        *asked(task, ctx, due_at=assignment.due_at),
        *(() if task.withdrawn else (Text(assignment_state(assignment, ctx), strong=True),)),
        *note("Cancelled", assignment.cancelled, ctx),
        *note("Deferral declined", assignment.declined, ctx),
        *time_of(assignment, ctx),
        *note("More time declined", assignment.extension_declined, ctx),
        *note("Returned", assignment.returned, ctx),
        *note("Came by email, recorded", assignment.otherwise, ctx),
        *draft_of(assignment),
        *parts_of(assignment, None, ctx),
        *files_waiting(assignment),
        *_actions(task, FOR_OFFICERS, ctx, about=assignment.id, part=0, opens=_opens(task, ctx)),
    )
    what = "is assigned to you" if owed else _is(task)
    return Card(title(task, ctx), body, notice(task, what, ctx, assignment.due_at if owed else None))


def part_card(task: Task, assignment: Assignment, part: Part, ctx: Context) -> Card:
    """For whoever a piece was delegated to: what is wanted, through whose hands it came, and how to hand it back."""
    body = (
        *asked(task, ctx, due_at=assignment.due_at),
        Text(f"Delegated to you by {hands_of(assignment, part, ctx)}", strong=True),
        *((Quote(part.note),) if part.note else ()),
        *parts_of(assignment, part.id, ctx),
        *own_part(part, ctx),
        *_actions(task, FOR_HELPERS, ctx, about=assignment.id, part=part.id),
    )
    return Card(f"Delegated: {title(task, ctx)}", body, notice(task, "was delegated to you", ctx, assignment.due_at))


def extension_card(task: Task, assignment: Assignment, ctx: Context) -> Card:
    """For the task manager: who needs more time, why and until when, and what became of it."""
    body = (
        *asked(task, ctx),
        Facts((("Response due", moment(assignment.due_at, ctx.zone)),)),
        *time_of(assignment, ctx),
        *note("Declined", assignment.extension_declined, ctx),
        *_actions(task, FOR_MANAGERS["extension"], ctx, about=assignment.id),
    )
    return Card(f"More time: {title(task, ctx)}", body, notice(task, "needs more time", ctx))


def awareness_card(task: Task, ctx: Context) -> Card:
    """For those whom Appendix A tells and asks nothing."""
    body = (
        *asked(task, ctx),
        Text("For your awareness; you need do nothing.", strong=True),
        Facts(tuple(state(task, ctx))),
    )
    return Card(f"For awareness: {title(task, ctx)}", body, notice(task, "is for your awareness", ctx))


def more_card(task: Task, ctx: Context, beside: frozenset[str] = frozenset()) -> Card:
    """What else somebody may do with a task, a line each; not the actions `beside` the "More" that was pressed."""
    found = buttons(
        task, [o for o in offers(task, ctx) if o.command in MORE and ACTIONS[o.command].id not in beside], ctx
    )
    entries = tuple(Entry(MORE[COMMANDS[b.action]], "", b) for b in found)
    body = (Entries(entries),) if entries else (Text("There is nothing more that you can do with it now."),)
    return Card(f"More: {title(task, ctx)}", body, notice(task, _is(task), ctx))


def deferral_card(task: Task, assignment: Assignment, ctx: Context) -> Card:
    """For the task manager: who defers, why, and who should have it instead (5-3.2)."""
    suggested = ctx.organization.name_of(assignment.suggestion)
    heir = ctx.organization.name_of(assignment.passed_to)
    outcome = (Text(f"Reassigned to {heir}", strong=True),) if heir else ()
    body = (
        *asked(task, ctx),
        *note("Deferred", assignment.deferral, ctx),
        *((Facts((("Suggests", suggested),)),) if suggested else ()),
        *outcome,
        *note("Declined", assignment.declined, ctx),
        *note("Cancelled", assignment.cancelled, ctx),
        *_actions(task, FOR_MANAGERS["deferral"], ctx, about=assignment.id),
    )
    return Card(f"Deferral: {title(task, ctx)}", body, notice(task, "was deferred", ctx))


def task_card(task: Task, ctx: Context, room: bool = False) -> Card:
    """The state of the whole: in the taskings channel, and for the task manager."""
    if room:
        return _whole(task, frozenset().union(*FOR_MANAGERS.values()), ctx, room)
    early = {ReturnResponse} if task.status is Status.ASSIGNED else set()  # the review card comes with the last answer
    return _whole(task, FOR_MANAGERS["task"] | early, ctx, room)


def status_card(task: Task, ctx: Context, room: bool = False) -> Card:
    """For whoever asks: the state of the whole, and what they may do; whoever is to clear reads the response first.

    Where several responses wait for one lead, each has its own card to be cleared on.
    """
    everything = frozenset(ACTIONS)
    clears = [] if room else [o for o in offers(task, ctx) if o.command in {Clear, ClearComponent}]
    if len(clears) != 1:
        return _whole(task, everything - FOR_LEADS - FOR_OFFICIALS, ctx, room)
    part = task.assignment(clears[0].about.assignment)
    return _whole(task, everything, ctx, room, part.package if part else task.package)


def review_card(task: Task, ctx: Context) -> Card:
    """For the task manager: every answer, and what the last round of clearance said."""
    answers: list[Element] = []
    for a in task.active:
        answers += [Text(answer_line(a, ctx), strong=True), *package_of(a.package)]
        answers += [*note("Came by email, recorded", a.otherwise, ctx), *note("Returned", a.returned, ctx)]
    if task.consolidated:
        answers += [Text("The final response", strong=True), *package_of(task.consolidated)]
    elif task.package is None and not task.informational:
        answers.append(Text("Write the final response first; it alone goes to clearance."))
    body = (
        *asked(task, ctx),
        *answers,
        *steps_of(task, task.round, ctx),
        *_actions(task, FOR_MANAGERS["review"], ctx, opens=_opens(task, ctx)),
    )
    return Card(f"Review: {title(task, ctx)}", body, notice(task, "is ready for review", ctx))


def component_clearance_card(task: Task, assignment: Assignment, package: str, ctx: Context) -> Card:
    """For a division lead: one component's response, of that SHA-256, and what became of it (5-4.4)."""
    shown = next((p for p in (assignment.package, assignment.draft) if p and p.sha256 == package), None)
    asks = any(o.command is ClearComponent and o.about.assignment == assignment.id for o in offers(task, ctx))
    stands = () if assignment.returned else (division(assignment, asks and shown is not None, ctx),)
    words = package_of(shown) if shown else (Text("It was changed since, and a newer card asks about it.", muted=True),)
    body = (
        *asked(task, ctx),
        Text(f"Response of {who(assignment, ctx)}", strong=True),
        *words,
        *stands,
        *note("Returned", assignment.returned, ctx),
        *_actions(task, FOR_LEADS, ctx, about=assignment.id, opens=_opens(task, ctx, shown)),
    )
    return Card(f"Clearance: {title(task, ctx)}", body, notice(task, "waits for your clearance", ctx))


def clearance_card(task: Task, sent: Round, ctx: Context) -> Card:
    """For a clearing official: the exact package of a round, who cleared it before, and what pressing does."""
    body = (*_sent(task, sent, ctx), *_actions(task, FOR_OFFICIALS, ctx, opens=_opens(task, ctx, sent.package)))
    return Card(f"Clearance: {title(task, ctx)}", body, notice(task, "waits for your clearance", ctx))


def reviewed_card(task: Task, sent: Round, ctx: Context) -> Card:
    """For the task manager: what was sent to clearance after a review, and how that round went."""
    return Card(f"Review: {title(task, ctx)}", tuple(_sent(task, sent, ctx)), notice(task, _is(task), ctx))


def transmit_card(task: Task, ctx: Context) -> Card:
    """For the task manager: what goes to whom, in the manner received (6-4)."""
    rows = [("Goes out by", MANNER_WORDS[task.request.manner])]
    rows += sent_rows(task.transmission, ctx) if task.transmission else ()
    body = (
        *asked(task, ctx, words=False),
        Facts(tuple(rows)),
        *mailing_of(task.mailing, ctx),
        Text(f"Response of {writers(task, ctx)}", strong=True),
        *package_of(task.package),
        *steps_of(task, task.round, ctx),
        *_actions(task, FOR_MANAGERS["transmit"], ctx, opens=_opens(task, ctx, task.package)),
    )
    return Card(f"Transmit: {title(task, ctx)}", body, notice(task, _is(task), ctx))


def settled(card: Card, task: Task, ctx: Context) -> Card:
    """A card whose moment has passed: it still says what was, and asks nothing any more."""
    body = tuple(element for element in card.body if not isinstance(element, Buttons))
    return replace(card, body=body, notice=notice(task, _is(task), ctx))


def _is(task: Task) -> str:
    return f"is {STATUS_WORDS[task.status]}"


def _sent(task: Task, sent: Round, ctx: Context) -> Iterator[Element]:
    yield from asked(task, ctx)
    yield Text(f"Response of {writers(task, ctx)}", strong=True)
    yield from package_of(sent.package)
    yield from steps_of(task, sent, ctx)


def _whole(
    task: Task, wanted: frozenset[type[Command]], ctx: Context, room: bool, package: Package | None = None
) -> Card:
    body = (
        *asked(task, ctx, words=not room),
        *(source_of(task, ctx, words=not room) if task.logged else ()),
        Facts((*(own_due(task, ctx) if not room else ()), *state(task, ctx))),
        *(Text(answer_line(a, ctx), muted=True) for a in task.active if not task.withdrawn),
        *(element for c in task.comments[-COMMENTS:] for element in note("Comment", c, ctx) if not room),
        *supplements_of(task, ctx, words=not room),
        *(copy_of(task, ctx) if not room else ()),
        *holds_of(task, ctx, words=not room),
        *proposal(task, ctx),
        *((Text("Response", strong=True), *package_of(package)) if package else ()),
        *(attested_of(task) if not room else ()),
        *_actions(task, wanted, ctx, room=room, opens=() if room else _opens(task, ctx, package)),
    )
    return Card(title(task, ctx), body, notice(task, _is(task), ctx))


def _actions(
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


def _opens(task: Task, ctx: Context, read: Package | None = None) -> tuple[Button, ...]:
    """What sends the files of this response, or of all that are its reader's to open, with the text that was cut."""
    allowed = readable(task, ctx)
    if not allowed or (read and read not in allowed):
        return ()
    label = "Files" if any(package.files for package in ([read] if read else allowed)) else "Full text"
    return (ask_button(label, f"files {task.number} {read.sha256 if read else ''}".strip()),)


def _at(offer: Offer, part: int | None) -> bool:
    """Whether a button about pieces is about this one: what its holder does with it, or those passed on from it."""
    return part is None or offer.command not in ON_PART or offer.command is Recall or offer.about.part == part
