"""What is asked when a request comes in: the form that sends it on, the one that logs it, and what it is about."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.context import Context
from bot.domain.entered import TEXT_LIMIT, requestor_of
from bot.domain.messages import Original
from bot.domain.rubric import Origin
from bot.domain.rules import Offer
from bot.domain.task import Task
from bot.domain.words import stamp
from bot.errors import InvalidInput
from cards.forms import MANNERS
from cards.model import ChoiceField, Choices, Form, MomentField, TextField, ToggleField


def forward_form(original: Original) -> Form:
    """For whoever a request reached: what goes to the Taskings Program (6-1.2)."""
    text = TextField("text", "What is asked", multiline=True, value=original.text[:TEXT_LIMIT])
    note = TextField("note", "What the Taskings Program should know", required=False, multiline=True)
    said = f"A message by {original.author}. " if original.author else ""
    where = ", with the link to it" if original.link else ""
    intro = f"{said}A task manager gets it{where}.{_left_out(original)}"
    return Form("Send to Taskings", "Send", (text, note), intro=intro, long=True)


def log_form(task: Task, offer: Offer, ctx: Context) -> Form:
    """The intake form for what was sent on (6-1.2)."""
    source = task.request.source
    if source is None:
        return intake_form(ctx)
    intro = f"Sent by {ctx.organization.name_of(source.by)}, {stamp(source.at, ctx.zone)}."
    form = intake_form(ctx, source.original)
    return replace(form, title=f"Log {task.number}", intro=f"{intro} {form.intro}".strip())


def intake_form(ctx: Context, original: Original | None = None) -> Form:
    """What a task manager logs; of a message in chat the words and the author are there already."""
    original = original or Original("")
    where = f"The message: {original.link}" if original.link else ""
    types = tuple((key, row.label) for key, row in ctx.rubric.rows.items())
    return Form(
        "Log a request",
        "Log request",
        (
            ChoiceField("task_type", "Type", types),
            TextField("subject", "Subject", limit=150),
            TextField("text", "What is asked", multiline=True, value=original.text[:TEXT_LIMIT]),
            TextField("requestor", "Requestor", limit=150, value=_asker(original, ctx)),
            ChoiceField("about", "Unit or facility", _places(ctx)),
            MomentField("due_at", "Due"),
            ChoiceField("origin", "Origin", (("external", "External"), ("internal", "Internal")), value=("external",)),
            ChoiceField("manner", "Received by", MANNERS, value=("email",)),
            ChoiceField(
                "priority",
                "Priority",
                (("routine", "Routine"), ("high", "High"), ("urgent", "Urgent")),
                value=("routine",),
            ),
            ToggleField("ses", "Needs SES clearance"),
        ),
        intro=f"{where}{_left_out(original)}".strip(),
        long=True,
    )


def _asker(original: Original, ctx: Context) -> str:
    """The author, unless the request is only passed on by somebody within IHSC (4-1)."""
    try:
        return requestor_of(original.author, Origin.EXTERNAL, ctx)
    except InvalidInput:
        return ""


def _left_out(original: Original) -> str:
    """What does not fit into the form is where the message is."""
    if len(original.text) <= TEXT_LIMIT:
        return ""
    return f" Its first {TEXT_LIMIT:,} of {len(original.text):,} characters are here."


def locate_form(task: Task, offer: Offer, ctx: Context) -> Form:
    value = (task.request.component or task.request.scope.value,)
    field = ChoiceField("about", "Unit or facility", _places(ctx), value=value)
    return Form(f"What {task.number} is about", "Save", (field,))


def _places(ctx: Context) -> Choices:
    places = (("hq", "Headquarters, unit not known yet"), ("field", "Field, facility not known yet"))
    return (*places, *((c.code, f"{c.name} ({c.code})") for c in ctx.organization.components.values()))
