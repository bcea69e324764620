"""The file of anchors, which is only ever added to: best where whoever keeps the database can't write."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path
from typing import IO

from bot.errors import ConfigurationError
from bot.record.anchors import Anchored, Heads


class AnchorFile:
    """`Anchors` in a file of JSON lines that several services may share."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known, self._read = Anchored(), 0

    def add(self, heads: Heads, at: datetime) -> int:
        """Write down those that changed since they were written last, and how many; it is on the disk then."""
        with self._path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._catch_up(file)
            changed = self._known.changed(heads)
            if changed:
                file.write(self._known.line(changed, at) + b"\n")
                file.flush()
                os.fsync(file.fileno())
                self._catch_up(file)
        return len(changed)

    def _catch_up(self, file: IO[bytes]) -> None:
        """Read what was added since, by others too. A last line that a crash cut short is ended first."""
        file.seek(self._read)
        added = file.read()
        if added and not added.endswith(b"\n"):
            file.write(b"\n")
            added += b"\n"
        for line in added.splitlines():
            self._known.read(line)
        self._read += len(added)


def read_anchors(path: Path) -> Anchored:
    """All that the file says. Raises ConfigurationError when it can't be read: without it nothing can be said."""
    found = Anchored()
    try:
        for line in path.read_bytes().splitlines():
            found.read(line)
    except OSError as error:
        raise ConfigurationError(f"The anchors in {path} can't be read: {error.strerror}.") from error
    return found
