"""The buttons: what each command is called, how it looks and what it asks. The way back is in `commands.py`.

Action ids are public on both platforms and never renamed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

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
    ForwardRequest,
    GrantExtension,
    HandBack,
    HoldRecord,
    Locate,
    LogByEmail,
    LogTask,
    MuteReminders,
    OpenEmailLane,
    Original,
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
from bot.domain.rules import Offer
from bot.domain.task import Task
from cards.forms import (
    FormMaker,
    again_form,
    also_form,
    comment_form,
    completed_form,
    consolidate_form,
    correct_form,
    defer_form,
    delegate_form,
    detach_form,
    extension_form,
    grant_form,
    hand_back_form,
    log_by_email_form,
    mail_form,
    reassign_form,
    record_form,
    release_form,
    respond_form,
    route_form,
    send_form,
    supplement_form,
    transmit_form,
)
from cards.intake_forms import forward_form, intake_form, locate_form, log_form
from cards.model import Args, Button, ChoiceField, Choices, Field, Form, Style

#: The action of a button that asks for its person: what it asks is its argument `text`.
ASK = "question.ask"
#: An argument that names the card which a press brings back, where that is not the task's.
BACK = "back"
#: Characters, as JSON, of an author and of an address in a button.
MAX_AUTHOR, MAX_LINK = 200, 650


@dataclass(frozen=True, slots=True)
class Action:
    id: str
    label: str
    style: Style = "default"
    form: FormMaker | None = None


def button(task: Task, offer: Offer, ctx: Context) -> Button:
    """The button of something that may be done now."""
    action = ACTIONS[offer.command]
    form = action.form(task, offer, ctx) if action.form else None
    return Button(action.label, action.id, task.number, offer.args, action.style, form)


def buttons(task: Task, offers: Iterable[Offer], ctx: Context) -> tuple[Button, ...]:
    """A button an offer, in the order of the table; one command about several assignments becomes one button.

    Its form then asks which assignment is meant, so that a card never has a button for each.
    """
    found: dict[type[Command], list[Offer]] = {}
    for offer in offers:
        if offer.command in ACTIONS:
            found.setdefault(offer.command, []).append(offer)
    return tuple(_merged(task, found[kind], ctx) for kind in ACTIONS if kind in found)


def ask_button(label: str, text: str) -> Button:
    """A button that says something to the bot, as if its person had written it."""
    return Button(label, ASK, "", (("text", text),))


def _merged(task: Task, offers: list[Offer], ctx: Context) -> Button:
    first = button(task, offers[0], ctx)
    if len(offers) == 1:
        return first
    name = "part" if len({o.about.assignment for o in offers}) == 1 else "assignment"
    which: Choices = tuple(dict.fromkeys((str(getattr(o.about, name)), _whose(task, o, name, ctx)) for o in offers))
    form = first.form or Form(f"{first.label} {task.number}", first.label, ())
    # What is suggested for the first is not meant for another.
    fields = map(_unchosen, form.fields)
    form = replace(form, fields=(ChoiceField(name, "Whose", which), *fields))
    return replace(first, args=tuple((n, v) for n, v in first.args if n == "assignment" != name), form=form)


def _unchosen(field: Field) -> Field:
    return replace(field, value=()) if isinstance(field, ChoiceField) else field


def _whose(task: Task, offer: Offer, name: str, ctx: Context) -> str:
    assignment = task.assignment(offer.about.assignment)
    part = assignment.part(offer.about.part) if assignment else None
    if name == "part" and part:
        return ctx.organization.name_of(part.to)
    return f"{ctx.organization.name_of(assignment.officer)}, {assignment.component}" if assignment else ""


def intake(ctx: Context, original: Original | None = None) -> Button:
    """ "Log a request": the intake form (6-1.1), which may begin with a message in chat."""
    args = _where(original) if original else ()
    return Button("Log a request", "task.log", "", args, "primary", intake_form(ctx, original))


def forward(original: Original) -> Button:
    """ "Send to Taskings": what goes to the Taskings Program (6-1.2)."""
    return Button("Send to Taskings", "task.forward", "", _where(original), "primary", forward_form(original))


def _where(original: Original) -> Args:
    """Whose message it is and where. A button takes so much; an address loses what only helps to show it."""
    link = original.link if len(json.dumps(original.link)) <= MAX_LINK else original.link.partition("?")[0]
    author = original.author
    while len(json.dumps(author)) > MAX_AUTHOR:
        author = author[:-1]
    return ("author", author), ("link", link if len(json.dumps(link)) <= MAX_LINK else "")


ACTIONS: dict[type[Command], Action] = {
    LogTask: Action("task.log", "Log", "primary", log_form),
    RouteTask: Action("task.route", "Assign", "primary", route_form),
    Locate: Action("task.locate", "Unit or facility", "default", locate_form),
    Acknowledge: Action("task.acknowledge", "Acknowledge", "primary"),
    Respond: Action("task.respond", "Respond", "primary", respond_form),
    DetachFile: Action("task.detach_file", "Remove file", "default", detach_form),
    HandBack: Action("task.hand_back", "Hand back", "primary", hand_back_form),
    Clear: Action("task.clear", "Clear", "primary"),
    Return: Action("task.return", "Return", "danger", comment_form("Return", "What has to change")),
    ClearComponent: Action("task.clear_component", "Clear", "primary"),
    ReturnComponent: Action("task.return_component", "Return", "danger", comment_form("Return", "What has to change")),
    Reassign: Action("task.reassign", "Reassign", "primary", reassign_form),
    DeclineDeferral: Action(
        "task.decline_deferral",
        "Decline",
        "default",
        comment_form("Deferral of", "Why the officer keeps it", submit="Decline"),
    ),
    SendToClearance: Action("task.send_to_clearance", "Send to clearance", "primary", send_form),
    Consolidate: Action("task.consolidate", "Write final response", "default", consolidate_form),
    ReturnResponse: Action("task.return_response", "Return", "danger", comment_form("Return", "What has to change")),
    Send: Action("task.send", "Send by email", "primary", mail_form),
    ConfirmArrival: Action(
        "task.confirm_arrival",
        "It arrived",
        "primary",
        comment_form("Arrived:", "What shows it", "note", required=False),
    ),
    SendAgain: Action("task.send_again", "Send again", "danger", again_form),
    Transmit: Action("task.transmit", "Transmit", "primary", transmit_form),
    Close: Action("task.close", "Close record", "primary"),
    RespondNegative: Action(
        "task.respond_negative",
        "No information",
        "default",
        comment_form("No information on", "Comment", required=False, submit="No information"),
    ),
    RecordResponse: Action("task.record_response", "Record response", "default", record_form),
    Defer: Action("task.defer", "Defer", "default", defer_form),
    Delegate: Action("task.delegate", "Delegate", "default", delegate_form),
    Recall: Action("task.recall", "Recall", "default"),
    RequestExtension: Action("task.request_extension", "More time", "default", extension_form),
    GrantExtension: Action("task.grant_extension", "Grant time", "primary", grant_form),
    DeclineExtension: Action(
        "task.decline_extension",
        "No more time",
        "default",
        comment_form("No more time for", "Why there is no more time", submit="No more time"),
    ),
    OpenEmailLane: Action("task.open_email_lane", "Coordinate by email"),
    LogByEmail: Action("task.log_by_email", "Log response", "primary", log_by_email_form),
    CompleteByEmail: Action("task.complete_by_email", "Completed", "primary", completed_form),
    AssignAlso: Action("task.assign_also", "Assign also", "default", also_form),
    AddComment: Action(
        "task.comment", "Comment", "default", comment_form("Comment on", "Comment", "text", submit="Add comment")
    ),
    MuteReminders: Action("task.mute", "Mute reminders", "default"),
    Correct: Action("task.correct", "Correct", "default", correct_form),
    CancelAssignment: Action(
        "task.cancel_assignment",
        "Cancel assignment",
        "danger",
        comment_form("An assignment of", "Why it is not needed", "reason", submit="End assignment"),
    ),
    Withdraw: Action("task.withdraw", "Withdraw", "danger", comment_form("Withdraw", "Why it is withdrawn", "reason")),
    SupplementRecord: Action("task.supplement", "Add to the record", "default", supplement_form),
    SendCopy: Action("task.send_copy", "Send copy again"),
    HoldRecord: Action(
        "task.hold_record", "Legal hold", "default", comment_form("Hold", "What the record is kept for", "reason")
    ),
    ReleaseHold: Action("task.release_hold", "Release hold", "default", release_form),
    Reopen: Action("task.reopen", "Reopen", "default", comment_form("Reopen", "Why it is reopened", "reason")),
}
COMMANDS: dict[str, type[Command]] = {action.id: kind for kind, action in ACTIONS.items()} | {
    "task.forward": ForwardRequest
}
