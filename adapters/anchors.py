"""The file of anchors, which is only ever added to: best where whoever keeps the database can't write."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import aiohttp

from bot.errors import ConfigurationError
from bot.record.anchors import Anchored, Heads

log = logging.getLogger(__name__)

#: Bytes that are sent at once, how long there is rest with nothing to send, and after a failure: first, and in the end.
MOST = 1024 * 1024
IDLE = timedelta(seconds=5)
FIRST, LAST = timedelta(seconds=10), timedelta(minutes=10)


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


class AnchorPost:
    """A round of work that sends the lines of the file of anchors on to an endpoint, in order, until it took them.

    How far that is stands in a file beside it. What a crash makes it send twice is the same lines.
    """

    def __init__(self, path: Path, url: str, session: aiohttp.ClientSession, clock: Callable[[], datetime]) -> None:
        self._path, self._done = path, path.with_name(f"{path.name}.posted")
        self._url, self._session, self._clock = url, session, clock
        self._failed, self._due = 0, datetime.min.replace(tzinfo=UTC)

    async def __call__(self) -> int:
        """How many lines were taken; one that fails is tried again, later each time."""
        if self._clock() < self._due:
            return 0
        start, lines = await asyncio.to_thread(self._waiting)
        if not lines:
            self._due = self._clock() + IDLE
            return 0
        if refused := await self._refused(lines):
            self._failed += 1
            self._due = self._clock() + min(FIRST * 2 ** (self._failed - 1), LAST)
            log.warning("anchors were not taken, and are sent again later: %s", refused)
            return 0
        self._failed = 0
        await asyncio.to_thread(self._done.write_text, str(start + len(lines)))
        return lines.count(b"\n")

    def _waiting(self) -> tuple[int, bytes]:
        """Whole lines that were not taken yet, and where they begin."""
        start = int(self._done.read_text()) if self._done.exists() else 0
        if not self._path.exists():
            return start, b""
        with self._path.open("rb") as file:
            file.seek(start)
            found = file.read(MOST)
        return start, found[: found.rfind(b"\n") + 1]

    async def _refused(self, lines: bytes) -> str:
        headers = {"Content-Type": "application/x-ndjson"}
        try:
            async with self._session.post(self._url, data=lines, headers=headers, allow_redirects=False) as answer:
                return "" if answer.status < 300 else f"status {answer.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return type(error).__name__


def read_anchors(path: Path) -> Anchored:
    """All that the file says. Raises ConfigurationError when it can't be read: without it nothing can be said."""
    found = Anchored()
    try:
        for line in path.read_bytes().splitlines():
            found.read(line)
    except OSError as error:
        raise ConfigurationError(f"The anchors in {path} can't be read: {error.strerror}.") from error
    return found
