"""Anchors: the heads of changed chains as they were at a moment, kept outside of the database a line each time.

Each line holds the SHA-256 of the line before it, so that the file has a chain of its own. It tells what the
database once had: an older backup, or a history that was cut off or chained anew, does not have it any more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.record.chain import Fault, Stored

#: By stream, its version and the hash of its last event.
Heads: TypeAlias = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Anchor:
    """That a stream had reached this version with this hash by then."""

    version: int
    head: str
    at: str


@dataclass(slots=True)
class Anchored:
    """What a file of anchors says as far as it was read; `last` is the SHA-256 of its last line."""

    by_stream: dict[str, list[Anchor]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    last: str = ""
    lines: int = 0

    def read(self, line: bytes) -> None:
        """One more line, without its end. One that a crash cut short holds no heads, and the chain goes on over it."""
        self.lines += 1
        try:
            found = json.loads(line)
            previous, at = found["previous"], found["at"]
            anchors = [(stream, Anchor(version, head, at)) for stream, (version, head) in found["heads"].items()]
        except (ValueError, KeyError, TypeError, AttributeError):
            pass
        else:
            if previous != self.last:
                self.faults.append(Fault("anchors", 0, f"line {self.lines} was edited, or the line before it"))
            for stream, anchor in anchors:
                self.by_stream.setdefault(stream, []).append(anchor)
        self.last = hashlib.sha256(line).hexdigest()

    def changed(self, heads: Heads) -> dict[str, tuple[int, str]]:
        """What is not as it was anchored last."""
        last = {stream: (anchors[-1].version, anchors[-1].head) for stream, anchors in self.by_stream.items()}
        return {stream: head for stream, head in heads.items() if last.get(stream) != head}

    def line(self, heads: Heads, at: datetime) -> bytes:
        """The line to write next, without its end."""
        parts = {"at": at.isoformat(), "heads": heads, "previous": self.last}
        return json.dumps(parts, separators=(",", ":"), sort_keys=True).encode()


def anchor_faults(stream: str, stored: Stored | None, anchors: Sequence[Anchor]) -> Iterator[Fault]:
    """The first event that is another than the one anchored, and what was anchored and is not there."""
    hashes = {entry.version: entry.hash for entry in stored.entries} if stored else {}
    reached = max(hashes, default=0)
    other = [a for a in anchors if a.version <= reached and hashes.get(a.version) != a.head]
    if other:
        first = min(other, key=lambda a: a.version)
        yield Fault(stream, first.version, f"it is not the one that was anchored at {first.at}")
    furthest = max(anchors, key=lambda a: a.version, default=None)
    if furthest and furthest.version > reached:
        ends = f"its history ends at event {reached}" if reached else "nothing of it is there"
        had = f"at {furthest.at} it was anchored with event {furthest.version}"
        yield Fault(stream, 0, f"{ends}, and {had}: this is an older backup, or it was cut off")
