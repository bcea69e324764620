"""How far an assignment is: whose it is, its answer, its times and what was delegated of it, as elements of a card."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.conversation.deeds import cleared_by
from bot.domain.assignment import Assignment, Part, Stage
from bot.domain.context import Context
from bot.domain.rounds import Note
from bot.domain.task import Task
from bot.domain.words import STAGE_WORDS, moment, stamp
from cards.model import Element, Facts, Quote, Text
from cards.package_parts import YOUR_TURN, file_line, words_of
from cards.parts import note


def who(a: Assignment, ctx: Context) -> str:
    return f"{ctx.organization.name_of(a.officer)}, {a.component}"


def writers(task: Task, ctx: Context) -> str:
    """Whose response the package is: everybody's whose words are in it."""
    return " and ".join(who(a, ctx) for a in task.active if a.package) or "nobody yet"


def answer_line(a: Assignment, ctx: Context) -> str:
    rests = f"; on {a.authority}" if a.authority else ""
    return f"{who(a, ctx)}: {STAGE_WORDS[a.stage]}{rests}"


def assignment_state(a: Assignment, ctx: Context) -> str:
    if a.stage is Stage.REASSIGNED:
        return f"Reassigned to {ctx.organization.name_of(a.passed_to)}; you need do nothing more."
    if a.stage is Stage.CANCELLED:
        return "Cancelled; you need do nothing more."
    # What others did meanwhile is told beside it.
    back = a.stage is Stage.ACKNOWLEDGED and (a.returned or a.declined or a.changed_by != a.officer)
    last = f" ({ctx.last_change(a.changed_by, a.changed_at)})" if a.changed_at and not back else ""
    return f"{STAGE_WORDS[a.stage].capitalize()}{last}"


def division(a: Assignment, asked: bool, ctx: Context) -> Text:
    """How the clearance of one component's response stands; `asked` when it is the reader's turn."""
    if a.clearance:
        return Text(f"{a.clearance.post.title}: {cleared_by(a.clearance, ctx)}", muted=True)
    if asked and a.lead:
        return Text(f"{a.lead.title}: {YOUR_TURN}", strong=True)
    return Text(assignment_state(a, ctx), muted=True)


def time_of(a: Assignment, ctx: Context) -> Iterator[Element]:
    """When it was due before, and the time that is asked for and not decided."""
    for before, due in pairwise(a.dues):
        changed = f"changed by {ctx.last_change(due.set_by, due.set_at)}"
        yield Text(f"Was due {moment(before.at, ctx.zone)}; {changed}", muted=True)
        yield from (Quote(due.reason),) if due.reason else ()
    if wish := a.extension:
        yield from note("More time asked for", Note(wish.by, wish.at, wish.reason), ctx)
        yield Facts((("Wanted until", moment(wish.due_at, ctx.zone)),))


def draft_of(a: Assignment) -> Iterator[Element]:
    """What the officer had answered before it came back to them."""
    if a.draft and a.draft.text:
        yield Text("Your response so far", strong=True)
        yield Quote(a.draft.text)


def files_waiting(a: Assignment) -> Iterator[Element]:
    for file in a.files:
        yield Text(f"Goes with your response: {file_line(file)}", muted=True)


def hands_of(a: Assignment, part: Part, ctx: Context) -> str:
    """The chain a piece came through: "B. Chan, for A. Lee"."""
    names = [ctx.organization.name_of(part.by)]
    while above := a.part(part.parent):
        part = above
        names.append(ctx.organization.name_of(part.by))
    return ", for ".join(names)


def parts_of(a: Assignment, below: int | None, ctx: Context) -> Iterator[Element]:
    """Where delegated pieces stand, all or those below one, and what was found; one passed on names who did."""
    for part in (p for p in a.parts if below in {None, p.parent}):
        yield Text(_where(part, "" if part.by in {ctx.actor, a.officer} else ctx.organization.name_of(part.by), ctx))
        yield from words_of(part.package)


def _where(part: Part, between: str, ctx: Context) -> str:
    name, at = ctx.organization.name_of(part.to), stamp(part.handed_at or part.at, ctx.zone)
    if part.package:
        return f"Handed back by {name}{f' to {between}' if between else ''}, {at}"
    if part.open:
        return f"Delegated {f'by {between} ' if between else ''}to {name}, {at}"
    return f"{name} is not waited for any more."


def own_part(part: Part, ctx: Context) -> Iterator[Element]:
    """How the piece ended, for whoever had it."""
    if part.package:
        yield Text(f"You handed this back, {stamp(part.handed_at or part.at, ctx.zone)}", strong=True)
        yield from words_of(part.package)
    elif not part.open:
        yield Text("This is not waited for any more; you need do nothing.", strong=True)
