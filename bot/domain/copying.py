"""The copy of a record in the Taskings mailbox (6-5): sent at its closing and at each supplement, and only once.

It goes as a response does, see `bot.domain.mailing`: what stopped between the attempt and its outcome is unconfirmed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias, assert_never

from bot.domain.context import About, Context
from bot.domain.mailing import BROKEN_OFF, NOBODY_KNOWS, UNDER_WAY
from bot.domain.messages import CopyBegun, CopyFailed, CopySent, CopyTried, CopyUnconfirmed, Event
from bot.domain.task import Mailing, Sending, Task

CopyOutcome: TypeAlias = CopySent | CopyFailed | CopyUnconfirmed
CopyEvent: TypeAlias = CopyBegun | CopyTried | CopyOutcome


def copied(task: Task, seal: str, ctx: Context, to: str = "") -> tuple[Event, ...]:
    """Under a Message-ID of its own; nothing where no mailbox is set."""
    to = to or ctx.records_to
    if not to or not ctx.mail_domain:
        return ()
    message_id = f"<{task.number}.{task.version + 1}.{seal[:16]}@{ctx.mail_domain}>"
    return (CopyBegun(ctx.actor, ctx.now, seal, to, message_id),)


def not_copied(task: Task, on: About, ctx: Context) -> str:
    """Why the copy can't be sent again now; empty when it can."""
    last = task.copies[-1] if task.copies else None
    if last is None or last.message_id != on.message or last.state is Sending.SENT:
        return "What became of that copy is settled already; look at what its card says now."
    if last.state in UNDER_WAY:
        return f"The copy of {task.number} is being sent now; wait until its card says how that went."
    return "" if ctx.mail_domain else "No mail server is set up here."


def copied_again(task: Task, ctx: Context) -> tuple[Event, ...]:
    last = task.copies[-1]
    return copied(task, last.package, ctx, ctx.records_to or last.to)


# What the worker says, on behalf of who closed the task or added to its record.


def copy_tried(task: Task, now: datetime) -> tuple[Event, ...]:
    """The attempt that is about to be made, or those that nobody makes any more."""
    for mail in task.copies:
        if mail.state is Sending.WAITING:
            return (CopyTried(mail.by, now, mail.message_id),)
    broken = [m for m in task.copies if m.state is Sending.TRIED and m.tried_at and now >= m.tried_at + BROKEN_OFF]
    return tuple(CopyUnconfirmed(mail.by, now, mail.message_id, NOBODY_KNOWS) for mail in broken)


def copy_ended(task: Task, kind: type[CopyOutcome], message_id: str, said: str, now: datetime) -> tuple[Event, ...]:
    """How the attempt went, also when it was given up meanwhile."""
    open_ones = [m for m in task.copies if m.message_id == message_id and m.state in OPEN_END]
    return tuple(kind(mail.by, now, message_id, said) for mail in open_ones)


OPEN_END = frozenset({Sending.TRIED, Sending.UNCONFIRMED})


def with_copy(task: Task, event: CopyEvent) -> Task:
    if isinstance(event, CopyBegun):
        begun = Mailing(event.by, event.at, event.seal, event.to, event.message_id)
        return replace(task, copies=(*task.copies, begun))
    after = tuple(_after(mail, event) if mail.message_id == event.message_id else mail for mail in task.copies)
    return replace(task, copies=after)


def _after(mail: Mailing, event: CopyTried | CopyOutcome) -> Mailing:
    match event:
        case CopyTried(at=at):
            return replace(mail, state=Sending.TRIED, tried_at=at)
        case CopySent(said=said):
            return replace(mail, state=Sending.SENT, reason=said)
        case CopyFailed(said=said):
            return replace(mail, state=Sending.FAILED, reason=said)
        case CopyUnconfirmed(said=said):
            return replace(mail, state=Sending.UNCONFIRMED, reason=said)
        case _:
            assert_never(event)
