"""The buttons: what each command is called, how it looks and what it asks; and the way back to the command.

Action ids are public on both platforms and never renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from pydantic import TypeAdapter, ValidationError

from bot.domain.messages import (
    Acknowledge,
    AssignAlso,
    Clear,
    ClearComponent,
    Close,
    Command,
    Consolidate,
    DeclineDeferral,
    Defer,
    LogTask,
    Reassign,
    Respond,
    RespondNegative,
    Return,
    ReturnComponent,
    ReturnResponse,
    RouteTask,
    SendToClearance,
    Transmit,
)
from bot.domain.routing import candidates, officials, propose
from bot.domain.rules import Context, Offer
from bot.domain.task import Task
from bot.domain.words import MANNER_WORDS
from bot.errors import InvalidInput, Rejected
from cards.model import Button, ChoiceField, Choices, Field, FileField, Form, MomentField, Style, TextField, ToggleField
from cards.payload import Press

#: Makes the form that a button asks with; None when there is nothing to ask this time.
FormMaker = Callable[[Task, Offer, Context], Form | None]
NO_LONGER = "This button is no longer valid; ask for the task's status to see where it stands."


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


def _merged(task: Task, offers: list[Offer], ctx: Context) -> Button:
    first = button(task, offers[0], ctx)
    if len(offers) == 1 or first.form is None:
        return first
    which: Choices = tuple((str(o.about.assignment), _officer(task, o, ctx)) for o in offers)
    # What is suggested for the first assignment is not meant for another.
    fields = map(_unchosen, first.form.fields)
    form = replace(first.form, fields=(ChoiceField("assignment", "Whose", which), *fields))
    return replace(first, args=(), form=form)


def _unchosen(field: Field) -> Field:
    return replace(field, value=()) if isinstance(field, ChoiceField) else field


def _officer(task: Task, offer: Offer, ctx: Context) -> str:
    assignment = task.assignment(offer.about.assignment)
    return f"{ctx.organization.name_of(assignment.officer)}, {assignment.component}" if assignment else ""


def intake(ctx: Context) -> Button:
    """ "Log a request": the intake form (6-1.1)."""
    return Button("Log a request", "task.log", "", style="primary", form=_intake_form(ctx))


def to_command(press: Press, inputs: Mapping[str, object], zone: tzinfo) -> Command:
    """The command that a button and its form mean. Moments without an offset are in `zone`.

    Raises InvalidInput that names the field, or Rejected for a button that no longer exists.
    """
    kind = COMMANDS.get(press.action)
    if kind is None:
        raise Rejected(NO_LONGER)
    values = {name: value for name, value in inputs.items() if value is not None} | press.args
    for name in _moments(kind) & set(values):
        values[name] = _moment(values[name], name, zone)
    try:
        command: Command = TypeAdapter(kind).validate_python({n: v for n, v in values.items() if n in _names(kind)})
    except ValidationError as error:
        named = str(error.errors()[0]["loc"][0])
        if named in press.args:
            raise Rejected(NO_LONGER) from error
        raise InvalidInput("Fill this in as the form asks.", field=named) from error
    return command


def _names(kind: type[Command]) -> set[str]:
    return set(kind.__dataclass_fields__)


def _moments(kind: type[Command]) -> set[str]:
    return {"due_at"} if kind is LogTask else set()


def _moment(value: object, name: str, zone: tzinfo) -> datetime:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInput("Enter a date and a time.", field=name) from error
    return at if at.tzinfo else at.replace(tzinfo=zone)


# Forms


def _people(task: Task, ctx: Context) -> Choices:
    proposal = propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    fit = candidates(proposal, ctx.organization, ctx.today)
    return tuple((person.email, f"{person.name}, {person.component}") for person in fit)


def _comment(title: str, label: str, name: str = "comment", required: bool = True) -> FormMaker:
    field = TextField(name, label, required=required, multiline=True)
    return lambda task, offer, ctx: Form(f"{title} {task.number}", title, (field,))


def _route_form(task: Task, offer: Offer, ctx: Context) -> Form:
    proposal = propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    row = ctx.rubric.rows[task.request.task_type]
    officers = ChoiceField("officers", "Action officers", _people(task, ctx), multiple=True, value=proposal.officers)
    authority = TextField("authority", "Authority, if Appendix A names others", required=False)
    return Form(
        f"Assign {task.number}",
        "Assign",
        (officers, authority),
        intro="Appendix A: " + "; ".join(row.officers_text.splitlines()),
    )


def _defer_form(task: Task, offer: Offer, ctx: Context) -> Form:
    reason = TextField("reason", "Why it is not yours", multiline=True)
    other = ChoiceField("suggestion", "Who should have it, if you know", _people(task, ctx), required=False)
    return Form(f"Defer {task.number}", "Defer", (reason, other))


def _reassign_form(task: Task, offer: Offer, ctx: Context) -> Form:
    assignment = task.assignment(offer.about.assignment)
    suggested = (assignment.suggestion,) if assignment and assignment.suggestion else ()
    return Form(
        f"Reassign {task.number}",
        "Reassign",
        (ChoiceField("officer", "New action officer", _people(task, ctx), value=suggested),),
    )


def _also_form(task: Task, offer: Offer, ctx: Context) -> Form:
    return Form(f"Assign {task.number} also", "Assign", (ChoiceField("officer", "Action officer", _people(task, ctx)),))


def _respond_form(task: Task, offer: Offer, ctx: Context) -> Form:
    assignment = task.assignment(offer.about.assignment)
    draft = assignment.draft.text if assignment and assignment.draft else ""
    hint = "Longer text goes as a file"
    text = TextField("text", "Response", required=False, multiline=True, value=draft, hint=hint)
    files = FileField("files", "Files", elsewhere="Send files to me in our chat before you submit; they go with it.")
    return Form(f"Respond to {task.number}", "Submit response", (text, files), long=True)


def _consolidate_form(task: Task, offer: Offer, ctx: Context) -> Form:
    parts = [a.package.text for a in task.active if a.package and a.package.text]
    text = TextField("text", "The final response", multiline=True, value="\n\n".join(parts))
    return Form(f"Final response to {task.number}", "Save response", (text,), long=True)


def _send_form(task: Task, offer: Offer, ctx: Context) -> Form | None:
    if task.routing is None or not task.routing.official_open:
        return None
    keys = officials(ctx.rubric.rows[task.request.task_type])
    posts = sorted({post for p in ctx.organization.serving(ctx.today) for post in p.posts if post.key in keys})
    choices = tuple((str(post), post.title) for post in posts)
    return Form(f"Send {task.number}", "Send to clearance", (ChoiceField("official", "Clearing official", choices),))


def _transmit_form(task: Task, offer: Offer, ctx: Context) -> Form:
    request = task.request
    note = TextField("note", "Reference, if there is one", required=False)
    sentence = f"You confirm that the cleared response went to {request.requestor} by {MANNER_WORDS[request.manner]}."
    return Form(f"Transmit {task.number}", "Record transmission", (note,), intro=sentence)


def _intake_form(ctx: Context) -> Form:
    types = tuple((key, row.label) for key, row in ctx.rubric.rows.items())
    places = (("hq", "Headquarters, unit not known yet"), ("field", "Field, facility not known yet"))
    components = tuple((c.code, f"{c.name} ({c.code})") for c in ctx.organization.components.values())
    return Form(
        "Log a request",
        "Log request",
        (
            ChoiceField("task_type", "Type", types),
            TextField("subject", "Subject", limit=150),
            TextField("text", "What is asked", multiline=True),
            TextField("requestor", "Requestor", limit=150),
            ChoiceField("about", "Unit or facility", (*places, *components)),
            MomentField("due_at", "Due"),
            ChoiceField("origin", "Origin", (("external", "External"), ("internal", "Internal")), value=("external",)),
            ChoiceField("manner", "Received by", (("email", "Email"), ("itms", "ITMS")), value=("email",)),
            ChoiceField(
                "priority",
                "Priority",
                (("routine", "Routine"), ("high", "High"), ("urgent", "Urgent")),
                value=("routine",),
            ),
            ToggleField("ses", "Needs SES clearance"),
        ),
        long=True,
    )


ACTIONS: dict[type[Command], Action] = {
    RouteTask: Action("task.route", "Assign", "primary", _route_form),
    Acknowledge: Action("task.acknowledge", "Acknowledge", "primary"),
    Respond: Action("task.respond", "Respond", "primary", _respond_form),
    Clear: Action("task.clear", "Clear", "primary"),
    Return: Action("task.return", "Return", "danger", _comment("Return", "What has to change")),
    ClearComponent: Action("task.clear_component", "Clear", "primary"),
    ReturnComponent: Action("task.return_component", "Return", "danger", _comment("Return", "What has to change")),
    Reassign: Action("task.reassign", "Reassign", "primary", _reassign_form),
    DeclineDeferral: Action(
        "task.decline_deferral", "Decline", "default", _comment("Decline", "Why the officer keeps it")
    ),
    SendToClearance: Action("task.send_to_clearance", "Send to clearance", "primary", _send_form),
    Consolidate: Action("task.consolidate", "Write final response", "default", _consolidate_form),
    ReturnResponse: Action("task.return_response", "Return", "danger", _comment("Return", "What has to change")),
    Transmit: Action("task.transmit", "Transmit", "primary", _transmit_form),
    Close: Action("task.close", "Close record", "primary"),
    RespondNegative: Action(
        "task.respond_negative", "No information", "default", _comment("No information", "Comment", required=False)
    ),
    Defer: Action("task.defer", "Defer", "default", _defer_form),
    AssignAlso: Action("task.assign_also", "Assign also", "default", _also_form),
}
COMMANDS: dict[str, type[Command]] = {action.id: kind for kind, action in ACTIONS.items()} | {"task.log": LogTask}
