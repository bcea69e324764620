"""What was answered and how it is cleared: a package with its files, the steps of a round, as elements of a card."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.deeds import cleared_by
from bot.domain.context import Context
from bot.domain.package import FileRef, Package
from bot.domain.rounds import Round, Step
from bot.domain.task import Status, Task
from bot.domain.visibility import clearers
from cards.model import Element, Quote, Text

#: How a step of clearance stands for whoever is to clear it.
YOUR_TURN = "your turn"


def package_of(package: Package | None) -> Iterator[Element]:
    if package is None:
        return
    yield from words_of(package)
    yield Text(f"Fingerprint {package.sha256[:12]}", muted=True)


def words_of(package: Package | None) -> Iterator[Element]:
    if package is None:
        return
    if package.negative:
        yield Text("Negative response: no information to share.", strong=True)
    if package.text:
        yield Quote(package.text)
    for file in package.files:
        yield Text(file_line(file), muted=True)


def file_line(file: FileRef) -> str:
    """ "beds.csv, 48 KB, SHA-256 8ec9e7101757": what its reader holds the file they open against."""
    return f"{file.name}, {_size(file.size)}, SHA-256 {file.sha256[:12]}"


def _size(size: int) -> str:
    """ "48 KB", as file managers say it."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{round(size / 1_000)} KB"


def attested_of(task: Task) -> Iterator[Element]:
    """What was answered by email, as it was logged."""
    if task.email and task.email.attested:
        yield Text("Response", strong=True)
        yield from package_of(task.email.attested.package)


def steps_of(task: Task, current: Round | None, ctx: Context) -> Iterator[Element]:
    waits = current.current if current and current == task.round and task.status is Status.IN_CLEARANCE else None
    for index, step in enumerate(current.steps if current else ()):
        mine = index == waits and ctx.actor in clearers(task, step.posts, ctx.organization, ctx.today)
        told = YOUR_TURN if mine else _step(step, index - waits if waits is not None else None, ctx)
        yield Text(f"{' or '.join(post.title for post in step.posts)}: {told}", muted=not mine, strong=mine)
        if step.returned:
            yield Quote(step.returned.text)


def _step(step: Step, ahead: int | None, ctx: Context) -> str:
    """How a step stands, so many ahead of the one that waits; None when the round is over."""
    if step.clearance:
        return cleared_by(step.clearance, ctx)
    if step.returned:
        return f"returned by {ctx.last_change(step.returned.by, step.returned.at)}"
    if ahead is None:
        return "not asked"
    return "later" if ahead else "waits now"
