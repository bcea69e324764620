"""What each card of a task says: the facts to decide on, who did what and when, and what the viewer may do now.

A card is drawn for `ctx.actor`, or for a room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.assignment import Assignment, Part, Stage
from bot.domain.context import Context
from bot.domain.messages import Clear, ClearComponent, Command, ReturnResponse
from bot.domain.package import Package
from bot.domain.rounds import Round
from bot.domain.rules import offers
from bot.domain.task import Status, Task
from bot.domain.words import MANNER_WORDS, STATUS_WORDS, moment
from cards.actions import ACTIONS, COMMANDS, buttons
from cards.assignment_parts import (
    answer_line,
    assignment_state,
    division,
    draft_of,
    files_waiting,
    hands_of,
    own_part,
    parts_of,
    time_of,
    who,
    writers,
)
from cards.model import Buttons, Card, Element, Entries, Entry, Facts, Quote, Text
from cards.offered import FOR_HELPERS, FOR_LEADS, FOR_MANAGERS, FOR_OFFICERS, FOR_OFFICIALS, MORE, actions_of, openers
from cards.package_parts import attested_of, package_of, steps_of
from cards.parts import asked, note, notice, own_due, source_of, state, title
from cards.proposal import proposal
from cards.record_parts import copy_of, holds_of, supplements_of
from cards.sent_parts import mailing_of, sent_rows

#: Comments on one card, the latest.
COMMENTS = 3


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
        *actions_of(task, FOR_OFFICERS, ctx, about=assignment.id, part=0, opens=openers(task, ctx)),
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
        *actions_of(task, FOR_HELPERS, ctx, about=assignment.id, part=part.id),
    )
    return Card(f"Delegated: {title(task, ctx)}", body, notice(task, "was delegated to you", ctx, assignment.due_at))


def extension_card(task: Task, assignment: Assignment, ctx: Context) -> Card:
    """For the task manager: who needs more time, why and until when, and what became of it."""
    body = (
        *asked(task, ctx),
        Facts((("Response due", moment(assignment.due_at, ctx.zone)),)),
        *time_of(assignment, ctx),
        *note("Declined", assignment.extension_declined, ctx),
        *actions_of(task, FOR_MANAGERS["extension"], ctx, about=assignment.id),
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
        *actions_of(task, FOR_MANAGERS["deferral"], ctx, about=assignment.id),
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
        *actions_of(task, FOR_MANAGERS["review"], ctx, opens=openers(task, ctx)),
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
        *actions_of(task, FOR_LEADS, ctx, about=assignment.id, opens=openers(task, ctx, shown)),
    )
    return Card(f"Clearance: {title(task, ctx)}", body, notice(task, "waits for your clearance", ctx))


def clearance_card(task: Task, sent: Round, ctx: Context) -> Card:
    """For a clearing official: the exact package of a round, who cleared it before, and what pressing does."""
    body = (*_sent(task, sent, ctx), *actions_of(task, FOR_OFFICIALS, ctx, opens=openers(task, ctx, sent.package)))
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
        *actions_of(task, FOR_MANAGERS["transmit"], ctx, opens=openers(task, ctx, task.package)),
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
        *actions_of(task, wanted, ctx, room=room, opens=() if room else openers(task, ctx, package)),
    )
    return Card(title(task, ctx), body, notice(task, _is(task), ctx))
