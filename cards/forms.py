"""What buttons ask before they act: a maker of each form. Those of a request that comes in are in `intake_forms.py`.

A maker gives None when there is nothing to ask this time.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.domain import training
from bot.domain.assigning import proposed_due
from bot.domain.assignment import Assignment
from bot.domain.clearing import official_wanted, officials_for
from bot.domain.context import Context
from bot.domain.correcting import CORRECTABLE
from bot.domain.mailing import address_in
from bot.domain.organization import Person
from bot.domain.positions import RANK
from bot.domain.routing import candidates, propose
from bot.domain.rules import Offer
from bot.domain.task import Task
from bot.domain.words import MANNER_WORDS, stamp
from cards.model import ChoiceField, Choices, FileField, Form, MomentField, TextField
from cards.proposal import because, warnings

AUTHORITY = TextField("authority", "Guidance, if other than Appendix A", required=False)
MANNERS: Choices = (("email", "Email"), ("itms", "ITMS"))
FormMaker = Callable[[Task, Offer, Context], Form | None]


def _people(task: Task, ctx: Context) -> Choices:
    proposal = propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    fit = candidates(proposal, ctx.organization, ctx.today)
    lapsed = training.overdue(ctx.organization, ctx.today)
    return tuple((person.email, _choice(person, person in lapsed, ctx)) for person in fit)


def _choice(person: Person, lapsed: bool, ctx: Context) -> str:
    """ "A. Haddad, HITU; away, training lapsed"."""
    flags = (("away", ctx.organization.away(person.email, ctx.today)), ("training lapsed", lapsed))
    told = ", ".join(words for words, so in flags if so)
    return f"{person.name}, {person.component}" + (f"; {told}" if told else "")


def comment_form(title: str, label: str, name: str = "comment", required: bool = True, submit: str = "") -> FormMaker:
    """One text; `submit` where the title, which the number follows, says too little or too much for a button."""
    field = TextField(name, label, required=required, multiline=True)
    return lambda task, offer, ctx: Form(f"{title} {task.number}", submit or title, (field,))


def route_form(task: Task, offer: Offer, ctx: Context) -> Form:
    proposal = propose(task.request, ctx.organization, ctx.rubric, ctx.today)
    officers = ChoiceField("officers", "Action officers", _people(task, ctx), multiple=True, value=proposal.officers)
    posts = sorted({post for p in ctx.organization.serving(ctx.today) for post in p.posts if post.key in RANK})
    officials = ChoiceField(
        "officials",
        "Clearing officials, if other than Appendix A",
        tuple((str(post), post.title) for post in posts),
        required=False,
        multiple=True,
    )
    return Form(
        f"Assign {task.number}",
        "Assign",
        (officers, _response_due(task, ctx), officials, AUTHORITY),
        intro=" ".join((f"{because(task, ctx)}.", *warnings(proposal, ctx))),
    )


def _response_due(task: Task, ctx: Context) -> MomentField:
    proposed = proposed_due(task, ctx).astimezone(ctx.zone).replace(second=0, microsecond=0)
    return MomentField("due_at", "Responses due", required=False, value=proposed.isoformat())


def defer_form(task: Task, offer: Offer, ctx: Context) -> Form:
    reason = TextField("reason", "Why it is not yours", multiline=True)
    other = ChoiceField("suggestion", "Who should have it, if you know", _people(task, ctx), required=False)
    return Form(f"Defer {task.number}", "Defer", (reason, other))


def reassign_form(task: Task, offer: Offer, ctx: Context) -> Form:
    assignment = task.assignment(offer.about.assignment)
    suggested = (assignment.suggestion,) if assignment and assignment.suggestion else ()
    return Form(
        f"Reassign {task.number}",
        "Reassign",
        (ChoiceField("officer", "New action officer", _people(task, ctx), value=suggested), AUTHORITY),
    )


def also_form(task: Task, offer: Offer, ctx: Context) -> Form:
    officer = ChoiceField("officer", "Action officer", _people(task, ctx))
    return Form(f"Also assign {task.number}", "Assign", (officer, AUTHORITY))


def respond_form(task: Task, offer: Offer, ctx: Context) -> Form:
    assignment = task.assignment(offer.about.assignment)
    draft = _draft(assignment) if assignment else ""
    hint = "Longer text goes as a file"
    text = TextField("text", "Response", required=False, multiline=True, value=draft, hint=hint)
    files = FileField("files", "Files", elsewhere="Send files to me in our chat before you submit; they go with it.")
    return Form(f"Respond to {task.number}", "Submit response", (text, files), long=True)


def detach_form(task: Task, offer: Offer, ctx: Context) -> Form:
    """Which of the files that wait is taken back."""
    assignment = task.assignment(offer.about.assignment)
    waiting = {file.sha256: file.name for file in (assignment.files if assignment else ())}
    field = ChoiceField("file", "File", tuple(waiting.items()))
    return Form(f"Remove a file of {task.number}", "Remove", (field,), intro="It does not go with your response then.")


def record_form(task: Task, offer: Offer, ctx: Context) -> Form:
    """A response that came by email, entered by the task manager (4-5)."""
    text = TextField("text", "The response as it came", required=False, multiline=True)
    files = FileField("files", "Files", elsewhere="No files can be added here; ask the officer to send theirs to me.")
    reason = TextField("reason", "Why it came by email", multiline=True)
    return Form(f"Response to {task.number}", "Record response", (text, files, reason), long=True)


def _draft(a: Assignment) -> str:
    """What came back to the officer: their own response, else what those it was delegated to found."""
    found = [a.draft] if a.draft else [p.package for p in a.parts if p.parent == 0]
    return "\n\n".join(package.text for package in found if package and package.text)


def consolidate_form(task: Task, offer: Offer, ctx: Context) -> Form:
    parts = [a.package.text for a in task.active if a.package and a.package.text]
    text = TextField("text", "The final response", multiline=True, value="\n\n".join(parts))
    return Form(f"Final response to {task.number}", "Save response", (text,), long=True)


def send_form(task: Task, offer: Offer, ctx: Context) -> Form | None:
    if not official_wanted(task):
        return None
    choices = tuple((str(post), post.title) for post in officials_for(task, ctx))
    return Form(f"Send {task.number}", "Send to clearance", (ChoiceField("official", "Clearing official", choices),))


def transmit_form(task: Task, offer: Offer, ctx: Context) -> Form:
    request = task.request
    manner = ChoiceField("manner", "It went by", MANNERS, value=(request.manner.value,))
    reason = TextField("reason", f"Why, if not by {MANNER_WORDS[request.manner]}", required=False)
    note = TextField("note", "Reference, if there is one", required=False)
    to = TextField("to", "To whom", required=False, value=request.requestor)
    at = MomentField("sent_at", "When it went, if not now", required=False)
    sentence = "You confirm that the cleared response went out."
    return Form(f"Transmit {task.number}", "Record transmission", (to, at, manner, reason, note), intro=sentence)


def mail_form(task: Task, offer: Offer, ctx: Context) -> Form:
    """The requestor is whoever was written down; an address is asked for."""
    to = TextField("to", "Email address of the requestor", value=address_in(task.request.requestor), limit=320)
    sentence = "The cleared text and files go to this address now."
    return Form(f"Send {task.number}", "Send now", (to,), intro=sentence)


def again_form(task: Task, offer: Offer, ctx: Context) -> Form:
    to = TextField("to", "Email address", value=task.mailing.to if task.mailing else "", limit=320)
    sentence = "If it arrived already, they get it twice."
    return Form(f"Send {task.number} again", "Send it again", (to,), intro=sentence)


def delegate_form(task: Task, offer: Offer, ctx: Context) -> Form:
    people = sorted(ctx.organization.serving(ctx.today), key=lambda person: person.name)
    choices = tuple((p.email, f"{p.name}, {p.component}") for p in people if p.email != ctx.actor)
    note = TextField("note", "What you need from them", required=False, multiline=True)
    return Form(f"Delegate {task.number}", "Delegate", (ChoiceField("to", "To", choices), note))


def hand_back_form(task: Task, offer: Offer, ctx: Context) -> Form:
    text = TextField("text", "What you found", required=False, multiline=True, hint="Longer text goes as a file")
    files = FileField("files", "Files", elsewhere="Send files to whoever asked you; they attach them to the response.")
    return Form(f"Hand back {task.number}", "Hand back", (text, files), long=True)


def extension_form(task: Task, offer: Offer, ctx: Context) -> Form:
    reason = TextField("reason", "Why you need more time", multiline=True)
    return Form(f"More time for {task.number}", "Ask for more time", (reason, MomentField("due_at", "New due date")))


def grant_form(task: Task, offer: Offer, ctx: Context) -> Form:
    assignment = task.assignment(offer.about.assignment)
    asked = assignment.extension.due_at if assignment and assignment.extension else None
    value = asked.astimezone(ctx.zone).isoformat() if asked else ""
    return Form(f"More time for {task.number}", "Grant", (MomentField("due_at", "New due date", value=value),))


def correct_form(task: Task, offer: Offer, ctx: Context) -> Form:
    field = ChoiceField("field", "What is wrong", tuple(CORRECTABLE.items()))
    value = TextField("value", "What it should say", multiline=True, hint="A due time like this: 2026-12-04 17:00")
    return Form(f"Correct {task.number}", "Correct", (field, value, TextField("reason", "Why", multiline=True)))


def supplement_form(task: Task, offer: Offer, ctx: Context) -> Form:
    """What comes after the closing; a record that has to be changed is reopened instead."""
    text = TextField("text", "What is added", required=False, multiline=True, hint="Longer text goes as a file")
    files = FileField("files", "Files", elsewhere="No files can be added here; add them to the record on Slack.")
    sentence = "It is sealed by itself; the record stays as it was closed."
    return Form(f"Add to the record of {task.number}", "Add", (text, files), intro=sentence, long=True)


def release_form(task: Task, offer: Offer, ctx: Context) -> Form:
    """Which of the legal holds ends; a record is kept until the last of them did."""
    holds = tuple((str(hold.id), f"{hold.reason} ({stamp(hold.at, ctx.zone)})") for hold in task.held)
    field = ChoiceField("hold", "Hold", holds, value=holds[0][:1] if len(holds) == 1 else ())
    reason = TextField("reason", "Why it ends", multiline=True)
    return Form(f"Release a hold of {task.number}", "Release", (field, reason))


def completed_form(task: Task, offer: Offer, ctx: Context) -> Form:
    field = MomentField("completed_at", "Completed on", value=ctx.now.astimezone(ctx.zone).isoformat())
    return Form(
        f"{task.number} is completed",
        "Completed",
        (field,),
        intro="After that, log the response within two business days.",
    )


def log_by_email_form(task: Task, offer: Offer, ctx: Context) -> Form:
    """What was done by email, after the fact; the task manager attests it (6-1.3)."""
    officials = sorted({p.name: p.email for p in ctx.organization.people.values() if p.posts}.items())
    text = TextField("text", "The response that was sent", required=False, multiline=True)
    files = FileField("files", "Files", elsewhere="No files can be added here; say below where they are kept.")
    cleared = ChoiceField("cleared_by", "Cleared by", tuple((email, name) for name, email in officials))
    evidence = TextField("evidence", "What shows the clearance", multiline=True, hint="An email, of whom and when")
    fields = (text, files, cleared, MomentField("cleared_at", "Cleared on"), evidence)
    return Form(f"Log {task.number}", "Log response", fields, intro="You attest what you enter.", long=True)
