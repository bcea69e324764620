"""Whether a record says the same three times: in its events, in its state, and in its seals (6-5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.evolve import BEGINNINGS, evolve
from bot.domain.messages import Event, RecordSupplemented, TaskClosed
from bot.domain.package import FileRef, Package
from bot.domain.sealing import seal_of
from bot.domain.supplementing import supplement_seal
from bot.domain.task import Task
from bot.record.chain import Fault


def states(events: Sequence[Event]) -> tuple[Task, ...]:
    """The task after each of its events."""
    found: list[Task] = []
    for event in events:
        found.append(evolve(found[-1] if found else None, event))
    return tuple(found)


def state_faults(number: str, state: Task, events: Sequence[Event]) -> Iterator[Fault]:
    """What the stored state and the seals say otherwise than the events do; the chain is known to hold."""
    if not events or not isinstance(events[0], BEGINNINGS):
        yield Fault(number, 1, "its history does not begin with the request")
        return
    after = states(events)
    if after[-1] != state:
        yield Fault(number, len(events), "the state is not what the events add up to")
    for version, (before, event) in enumerate(zip(after, events[1:], strict=False), start=2):
        if isinstance(event, TaskClosed) and event.seal != seal_of(before):
            yield Fault(number, version, "the seal is not that of the record as it was closed")
        if isinstance(event, RecordSupplemented) and event.seal != supplement_seal(before, event):
            yield Fault(number, version, "the seal is not that of what was added")


def packages(event: Event) -> tuple[Package, ...]:
    package = getattr(event, "package", None)
    return (package,) if isinstance(package, Package) else ()


def files_of(events: Sequence[Event]) -> tuple[FileRef, ...]:
    """Every file that was ever part of the task, each once, in the order they came."""
    found: dict[FileRef, None] = {}
    for event in events:
        file = getattr(event, "file", None)
        found |= dict.fromkeys((file,) if isinstance(file, FileRef) else ())
        found |= dict.fromkeys(file for package in packages(event) for file in package.files)
    return tuple(found)
