"""The chain of a stream: each event's hash covers what was stored of it and the hash of the event before it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored event. `data` is its canonical text, `hash` the hex digest that it was stored with."""

    stream: str
    version: int
    type: str
    data: str
    platform: str
    at: datetime
    hash: str


@dataclass(frozen=True, slots=True)
class Stored:
    """All that is stored of a stream; without its row `version` is 0, and `head` and `state` are empty."""

    stream: str
    version: int
    head: str
    state: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a record: of which stream, at which event (0 for the whole), and what, in words."""

    stream: str
    version: int
    what: str

    def __str__(self) -> str:
        where = f"{self.stream}, event {self.version}" if self.version else self.stream
        return f"{where}: {self.what}"


def link(previous: str, stream: str, version: int, name: str, text: str, platform: str, at: datetime) -> str:
    """The hash that chains an event to the one before it in its stream, in hex."""
    parts = (previous, stream, str(version), name, platform, at.astimezone(UTC).isoformat(), text)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def chain_faults(stored: Stored) -> tuple[Fault, ...]:
    """What was deleted, edited, moved or cut off; each event is held against the hash stored before it."""
    found = [] if stored.version else [Fault(stored.stream, 0, "its events are there and its state is missing")]
    previous, expected = "", 1
    for entry in stored.entries:
        if entry.version > expected:
            found.append(Fault(stored.stream, expected, _missing(entry.version - expected)))
        elif _linked(entry, previous, entry.version) != entry.hash:
            was = _place(entry, stored.entries)
            if was != entry.version or not found:  # where it belongs, after others that are not
                found.append(Fault(stored.stream, entry.version, _wrong(was)))
        previous, expected = entry.hash, entry.version + 1
    if stored.version >= expected:
        cut_off = _missing(stored.version - expected + 1) + ", the last of its history"
        found.append(Fault(stored.stream, expected, cut_off))
    elif stored.version and (stored.version != expected - 1 or stored.head != previous):
        found.append(Fault(stored.stream, expected - 1, "it is not the event that the state was stored with"))
    return tuple(found)


def _linked(entry: Entry, previous: str, version: int) -> str:
    return link(previous, entry.stream, version, entry.type, entry.data, entry.platform, entry.at)


def _missing(count: int) -> str:
    return "it is missing" if count == 1 else f"it and {count - 1} more are missing"


def _wrong(was: int) -> str:
    return f"it stands out of order, it was event {was}" if was else "it was edited, or the event before it"


def _place(entry: Entry, entries: Sequence[Entry]) -> int:
    """Where an event still fits by its hash, 0 for nowhere."""
    before = ("", *(other.hash for other in entries))
    places = range(1, max(other.version for other in entries) + 1)
    return next((v for v in places if any(_linked(entry, p, v) == entry.hash for p in before)), 0)
