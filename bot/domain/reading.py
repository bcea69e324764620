"""What of a task's responses somebody may open now: what they clear, manage or wrote, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bot.domain.actors import authority
from bot.domain.assignment import Assignment, Stage
from bot.domain.context import Context
from bot.domain.package import FileRef, Package
from bot.domain.task import Status, Task

#: Characters up to which every card shows a response's text whole; longer text is also a file.
WHOLE = 1_000


def readable(task: Task, ctx: Context) -> tuple[Package, ...]:
    """The responses, and the files that wait for one, whose content the actor may open now, each once."""
    return tuple(dict.fromkeys(package for package in _readable(task, ctx) if files_of(task, package)))


def files_of(task: Task, package: Package) -> tuple[FileRef, ...]:
    """What there is to open of a response: its files, and its text as a file where a card may cut it."""
    text = package.text.encode()
    if len(package.text) <= WHOLE:
        return package.files
    whole = FileRef(f"{task.number} response.txt", len(text), hashlib.sha256(text).hexdigest(), "text/plain")
    return (whole, *package.files)


def _readable(task: Task, ctx: Context) -> Iterator[Package]:
    for a in task.active:
        yield from _of_assignment(task, a, ctx)
    if ctx.manages:
        yield from (p for p in (task.consolidated, task.package) if p)
        yield from (r.package for r in task.rounds[-1:])
        if task.email and task.email.attested:
            yield task.email.attested.package
        yield from (added.package for added in task.supplements)
    if (sent := task.round) and _clears(task, ctx):
        yield sent.package


def _of_assignment(task: Task, a: Assignment, ctx: Context) -> Iterator[Package]:
    mine = a.officer == ctx.actor
    leads = a.stage is Stage.IN_DIVISION_CLEARANCE and a.lead and authority(task, (a.lead,), ctx)
    gave = a.clearance is not None and a.clearance.by == ctx.actor
    if a.package and (mine or ctx.manages or leads or gave):
        yield a.package
    if mine and a.draft:
        yield a.draft
    if mine and a.files:
        yield Package(files=a.files)
    for part in a.parts:
        if part.package and ctx.actor in {part.to, a.delegator(part)}:
            yield part.package


def _clears(task: Task, ctx: Context) -> bool:
    """Whether the step that waits is the actor's, or they cleared one of this round."""
    gave = any(step.clearance and step.clearance.by == ctx.actor for step in (task.round.steps if task.round else ()))
    waits = task.status is Status.IN_CLEARANCE
    return gave or (waits and authority(task, task.waiting_posts, ctx) is not None)
