"""Pieces that go on to others, and more time for the whole (5-3.3, 5-5), as events."""

from __future__ import annotations

from datetime import datetime

from bot.domain.assignment import Assignment
from bot.domain.context import Context
from bot.domain.entered import limited, text_of
from bot.domain.messages import (
    Delegate,
    Event,
    ExtensionGranted,
    ExtensionRequested,
    HandBack,
    PartDelegated,
    PartHandedBack,
    RequestExtension,
)
from bot.domain.package import Package
from bot.domain.task import Task
from bot.domain.words import moment
from bot.errors import InvalidInput


def delegated(a: Assignment, command: Delegate, ctx: Context) -> tuple[Event, ...]:
    """Raises InvalidInput for somebody who does not serve or has the task in hand already."""
    person = ctx.organization.person(command.to)
    if person is None or person not in ctx.organization.serving(ctx.today):
        raise InvalidInput(f"{command.to} is not in the directory; choose somebody who is.", field="to")
    if person.email in {a.officer, *(p.to for p in a.parts if p.open)}:
        raise InvalidInput(f"{person.name} has this in hand already; choose somebody else.", field="to")
    note = limited(command.note, "note")
    return (PartDelegated(ctx.actor, ctx.now, a.id, len(a.parts) + 1, person.email, command.part, note),)


def handed_back(a: Assignment, command: HandBack, ctx: Context) -> tuple[Event, ...]:
    below = (p.package.files for p in a.parts if p.parent == command.part and p.package)
    files = dict.fromkeys((*(file for found in below for file in found), *command.files))
    package = Package(limited(command.text, "text"), tuple(files))
    if not package:
        raise InvalidInput("Write what you found or add a file, even that there is nothing.", field="text")
    return (PartHandedBack(ctx.actor, ctx.now, a.id, command.part, package),)


def asked_for_time(task: Task, a: Assignment, command: RequestExtension, ctx: Context) -> tuple[Event, ...]:
    reason = text_of(command.reason, "reason", "Say why you need more time")
    due_at = _later(task, a, command.due_at, ctx)
    return (ExtensionRequested(ctx.actor, ctx.now, a.id, reason, due_at),)


def given_time(task: Task, a: Assignment, due_at: datetime, ctx: Context) -> tuple[Event, ...]:
    return (ExtensionGranted(ctx.actor, ctx.now, a.id, _later(task, a, due_at, ctx)),)


def _later(task: Task, a: Assignment, due_at: datetime, ctx: Context) -> datetime:
    """A time after the present one and not after the requestor's. Raises InvalidInput."""
    if due_at <= max(a.due_at, ctx.now):
        raise InvalidInput(f"It is due {moment(a.due_at, ctx.zone)} already; enter a later time.", field="due_at")
    if due_at > task.request.due_at:
        latest = moment(task.request.due_at, ctx.zone)
        raise InvalidInput(
            f"The requestor expects it by {latest}; agree on a later time with them and correct the due time first.",
            field="due_at",
        )
    return due_at
