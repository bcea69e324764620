"""The one response and its way out: consolidated, sent to clearance, transmitted; as events."""

from __future__ import annotations

from datetime import datetime

from bot.domain.context import Context
from bot.domain.entered import limited, text_of
from bot.domain.messages import ResponseTransmitted, SentToClearance, Transmit
from bot.domain.package import Package
from bot.domain.positions import Post, parse_post
from bot.domain.rounds import Clearance
from bot.domain.routing import officials
from bot.domain.task import Task
from bot.domain.words import MANNER_WORDS, moment
from bot.errors import InvalidInput


def consolidated(task: Task, text: str) -> Package:
    """One response of all (5-2.2.c), with everybody's files; negative when all of them are. Raises InvalidInput."""
    parts = [a.package for a in task.active if a.package]
    files = tuple(dict.fromkeys(file for part in parts for file in part.files))
    negative = bool(parts) and all(part.negative for part in parts)
    return Package(text_of(text, "text", "Enter the response"), files, negative)


def sent(task: Task, official: str, ctx: Context) -> SentToClearance:
    """To those of the plan, after the official that the task manager names. Raises InvalidInput."""
    assert task.routing is not None
    assert task.package is not None
    plan = task.routing.plan
    if official_wanted(task):
        if not official:
            raise InvalidInput("Appendix A leaves the clearing official open; name one.", field="official")
        post = parse_post(official)
        if post not in officials_for(task, ctx):
            raise InvalidInput(f"{post.title} can't clear this; name an official from the list.", field="official")
        plan = tuple(dict.fromkeys(((post,), *plan)))
    return SentToClearance(ctx.actor, ctx.now, len(task.rounds) + 1, task.package.sha256, plan)


def voided(task: Task) -> tuple[tuple[Clearance, str], ...]:
    """What was cleared and counts no more, the latest of each official's, with why: it was another response."""
    current = task.package.sha256 if task.package else ""
    gone = {(c.by, c.at, c.post): (c, "was sent back") for a in task.active for c in a.voided}
    for step in (step for sent in task.rounds for step in sent.steps):
        if (c := step.clearance) and current and c.package != current:
            gone.setdefault((c.by, c.at, c.post), (c, "was changed"))
    return tuple({(c.by, c.post): (c, why) for c, why in gone.values()}.values())


def official_wanted(task: Task) -> bool:
    """Whether the task manager names who clears: Appendix A leaves it open, or nobody holds what it names."""
    return task.routing is not None and (task.routing.official_open or not task.routing.plan)


def officials_for(task: Task, ctx: Context) -> tuple[Post, ...]:
    """Whom the task manager may name then."""
    row, components = ctx.rubric.rows[task.request.task_type], [a.component for a in task.active]
    return officials(row, components, ctx.organization, ctx.today)


def transmitted(task: Task, command: Transmit, ctx: Context) -> ResponseTransmitted:
    """In the manner received (6-4), or in another for a reason. Raises InvalidInput."""
    request, manner = task.request, command.manner or task.request.manner
    reason = limited(command.reason, "reason") if manner is not request.manner else ""
    if manner is not request.manner and not reason:
        asked = MANNER_WORDS[request.manner]
        raise InvalidInput(
            f"They asked by {asked} and are answered by {asked} (6-4); say why it went another way.", field="reason"
        )
    note, to = limited(command.note, "note"), limited(command.to, "to") or request.requestor
    sent_at = _sent_at(task, command.sent_at, ctx)
    return ResponseTransmitted(ctx.actor, ctx.now, command.package, manner, to, note, reason, sent_at)


def _sent_at(task: Task, entered: datetime | None, ctx: Context) -> datetime:
    """When it went, after what cleared it (4-7). Raises InvalidInput."""
    given = [step.clearance.at for step in (task.round.steps if task.round else ()) if step.clearance]
    cleared = max(given).replace(second=0, microsecond=0)  # people enter whole minutes
    if entered is not None and not cleared <= entered <= ctx.now:
        since = moment(cleared, ctx.zone)
        raise InvalidInput(
            f"It was cleared {since} and goes out after that (4-7); enter a time until now.", field="sent_at"
        )
    return entered or ctx.now
