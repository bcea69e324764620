"""An official response that goes out by email from here (5-2.2.e, 6-4), and never twice by itself.

A task manager begins it; a worker says that it tries before it talks to the mail server, and afterwards what the
server said. Who tries finds it not tried before, so one that stopped in between leaves it tried: after a while it
is unconfirmed, and the task manager answers whether it arrived or is sent again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never

from bot.domain.context import About, Context
from bot.domain.entered import limited
from bot.domain.messages import (
    ArrivalConfirmed,
    Command,
    ConfirmArrival,
    Event,
    Manner,
    Send,
    SendAgain,
    TransmissionBegun,
    TransmissionConfirmed,
    TransmissionFailed,
    TransmissionTried,
    TransmissionUnconfirmed,
    Transmit,
    Withdraw,
)
from bot.domain.task import Mailing, Sending, Status, Task, Transmission
from bot.errors import InvalidInput

#: An attempt ends long before this; one that is older was broken off.
BROKEN_OFF = timedelta(minutes=5)
#: Why the attempt of a process that ended has no outcome.
NOBODY_KNOWS = "The service stopped while it was being sent."
UNDER_WAY = frozenset({Sending.WAITING, Sending.TRIED})
#: What an address that mail can go to looks like; the rest is the mail server's to refuse.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")

MailEvent: TypeAlias = (
    TransmissionBegun
    | TransmissionTried
    | TransmissionConfirmed
    | TransmissionFailed
    | TransmissionUnconfirmed
    | ArrivalConfirmed
)


def unready(task: Task, kind: type[Command], on: About, ctx: Context) -> str:
    """Why a cleared response can't be sent, confirmed or withdrawn now; empty when it can."""
    state = task.mailing.state if task.mailing else None
    if kind not in {Send, SendAgain, ConfirmArrival, Transmit, Withdraw}:
        return ""
    if state in UNDER_WAY:
        return f"{task.number} is being sent now; wait until its card says how that went."
    if kind in {SendAgain, ConfirmArrival} and (state is not Sending.UNCONFIRMED or on.message != message_of(task)):
        return "What became of that email is settled already; look at what its card says now."
    if kind in {Send, Transmit, Withdraw} and state is Sending.UNCONFIRMED:
        return "It may have arrived already; answer first whether it did, or send it again."
    return _no_mail(task, ctx) if kind in {Send, SendAgain} else ""


def message_of(task: Task) -> str:
    """The Message-ID of the last attempt that did not come to an end."""
    last = task.mailing or (task.copies[-1] if task.copies else None)
    return last.message_id if last else ""


def _no_mail(task: Task, ctx: Context) -> str:
    if not ctx.mail_domain:
        return "No mail server is set up here; send it yourself, then record that."
    if task.request.manner is not Manner.EMAIL:
        return "They did not ask by email and are answered as they asked (6-4); send it so, then record that."
    return ""


def begun(task: Task, to: str, ctx: Context) -> TransmissionBegun:
    """To one address, under a Message-ID that no other attempt has. Raises InvalidInput."""
    assert task.package is not None
    to = limited(to, "to")
    if not ADDRESS.fullmatch(to):
        raise InvalidInput("Enter one email address, like name@agency.gov.", field="to")
    sha = task.package.sha256
    message_id = f"<{task.number}.{task.version + 1}.{sha[:16]}@{ctx.mail_domain}>"
    return TransmissionBegun(ctx.actor, ctx.now, sha, to, message_id)


def address_in(requestor: str) -> str:
    """The requestor, when that is an address."""
    return requestor if ADDRESS.fullmatch(requestor) else ""


def arrived(task: Task, note: str, ctx: Context) -> ArrivalConfirmed:
    assert task.mailing is not None
    return ArrivalConfirmed(ctx.actor, ctx.now, task.mailing.message_id, limited(note, "note"))


# What the worker says, on behalf of who began it.


def tried(task: Task, now: datetime) -> tuple[Event, ...]:
    """The one attempt is about to be made; nothing when there is none to make."""
    mail = task.mailing
    if mail is None or task.status is not Status.CLEARED or mail.state is not Sending.WAITING:
        return ()
    return (TransmissionTried(mail.by, now, mail.message_id),)


def broken_off(task: Task, now: datetime) -> tuple[Event, ...]:
    """An attempt that nobody makes any more."""
    mail = task.mailing
    if mail is None or mail.state is not Sending.TRIED or mail.tried_at is None or now < mail.tried_at + BROKEN_OFF:
        return ()
    return (TransmissionUnconfirmed(mail.by, now, mail.message_id, NOBODY_KNOWS),)


def ended(task: Task, kind: type[MailOutcome], message_id: str, said: str, now: datetime) -> tuple[Event, ...]:
    """How the attempt went; nothing when the task manager settled meanwhile what became of it."""
    mail = task.mailing
    if mail is None or mail.message_id != message_id or mail.state not in {Sending.TRIED, Sending.UNCONFIRMED}:
        return ()
    return (kind(mail.by, now, message_id, said),)


MailOutcome: TypeAlias = TransmissionConfirmed | TransmissionFailed | TransmissionUnconfirmed


def mailed(task: Task, event: MailEvent) -> Task:
    """What each of its events makes of the task."""
    if isinstance(event, TransmissionBegun):
        return replace(task, mailing=Mailing(event.by, event.at, event.package, event.to, event.message_id))
    mail = task.mailing
    assert mail is not None, "sending begins first"
    match event:
        case TransmissionTried(at=at):
            return replace(task, mailing=replace(mail, state=Sending.TRIED, tried_at=at))
        case TransmissionFailed(reason=reason):
            return replace(task, mailing=replace(mail, state=Sending.FAILED, reason=reason))
        case TransmissionUnconfirmed(reason=reason):
            return replace(task, mailing=replace(mail, state=Sending.UNCONFIRMED, reason=reason))
        case TransmissionConfirmed(answer=answer):
            return _went(task, mail, event, event.at, "", answer)
        case ArrivalConfirmed(note=note):
            return _went(task, mail, event, mail.tried_at, note, "")
        case _:
            assert_never(event)


def _went(task: Task, mail: Mailing, event: MailEvent, at: datetime | None, note: str, answer: str) -> Task:
    sent = Transmission(event.by, event.at, mail.package, Manner.EMAIL, mail.to, note, "", at, mail.message_id, answer)
    return replace(task, status=Status.TRANSMITTED, transmission=sent, mailing=None)
