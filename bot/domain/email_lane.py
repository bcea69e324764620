"""The email lane: what was done by email is logged afterwards, on time or marked late (6-1.3)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.business import log_owed_by
from bot.domain.context import Context
from bot.domain.entered import limited, text_of
from bot.domain.messages import EmailTaskCompleted, EmailTaskLogged, Event, LogByEmail
from bot.domain.organization import Person
from bot.domain.package import Package
from bot.domain.positions import Post
from bot.domain.routing import officials
from bot.domain.task import Task
from bot.domain.visibility import clearers
from bot.domain.words import moment
from bot.errors import InvalidInput


def completed(task: Task, at: datetime, ctx: Context) -> tuple[Event, ...]:
    """The clock of two business days runs from here. Raises InvalidInput."""
    _past(task, at, "completed_at", ctx)
    return (EmailTaskCompleted(ctx.actor, ctx.now, at, log_owed_by(at, ctx.zone)),)


def attested(task: Task, command: LogByEmail, ctx: Context) -> tuple[Event, ...]:
    """The log as the task manager attests it; 4-7 has no exception, so it names who cleared. Raises InvalidInput."""
    assert task.email is not None
    assert task.email.log_by is not None
    package = Package(limited(command.text, "text"), command.files)
    if not package:
        raise InvalidInput("Enter the response that was sent, or add it as a file.", field="text")
    official = ctx.organization.person(command.cleared_by)
    if official is None:
        raise InvalidInput(f"{command.cleared_by} is not in the directory; say who cleared it.", field="cleared_by")
    _past(task, command.cleared_at, "cleared_at", ctx)
    _who_may(task, official, command.cleared_at, ctx)
    _before_it_went(command.cleared_at, task.email.completed_at, ctx)
    evidence = text_of(command.evidence, "evidence", "Say what shows the clearance, such as an email and its time")
    late = ctx.now >= task.email.log_by
    return (EmailTaskLogged(ctx.actor, ctx.now, package, official.email, command.cleared_at, evidence, late),)


def _who_may(task: Task, official: Person, cleared: datetime, ctx: Context) -> None:
    """The AD in person for SES, else senior leadership, Appendix A's officials or a delegate of theirs (4-7)."""
    org, on = ctx.organization, cleared.astimezone(ctx.zone).date()
    if task.request.ses and official not in org.holders(Post("ad"), on):
        told = f"{task.number} needs SES clearance, which is the AD's in person (4-7); name the AD who cleared it."
        raise InvalidInput(told, field="cleared_by")
    posts = officials(ctx.rubric.rows[task.request.task_type], (), org, on)
    if official.email not in clearers(task, posts, org, on):
        told = f"{official.name} can't clear this (4-7, Appendix A); name the official who did."
        raise InvalidInput(told, field="cleared_by")


def _before_it_went(cleared: datetime, completed: datetime | None, ctx: Context) -> None:
    """A reply is cleared prior to its release (4-7)."""
    if completed and cleared > completed:
        went = moment(completed, ctx.zone)
        raise InvalidInput(
            f"It was completed {went} and is cleared before it goes out (4-7); enter when that was.", field="cleared_at"
        )


def _past(task: Task, at: datetime, field: str, ctx: Context) -> None:
    received = task.request.received_at.replace(second=0, microsecond=0)  # people enter whole minutes
    if not received <= at <= ctx.now:
        raise InvalidInput("Enter a time between the receipt of the request and now.", field=field)
