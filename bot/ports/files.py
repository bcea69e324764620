"""The seams to what is kept outside of the database: files, and the heads of chains."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Protocol

from bot.domain.package import FileRef
from bot.record.anchors import Heads


class Files(Protocol):
    """The file store, addressed by SHA-256."""

    async def put(self, name: str, chunks: AsyncIterator[bytes]) -> FileRef:
        """Check size and type, store the whole file, then return its reference. Raises InvalidInput."""
        ...

    async def get(self, file: FileRef) -> bytes:
        """The file's bytes. Raises NotFound when it is missing or not what it was."""
        ...

    async def remove(self, sha256: str) -> None:
        """Delete a file for good; one that is not there is none."""
        ...


class Anchors(Protocol):
    """Where the heads of chains are written down outside of the database."""

    def add(self, heads: Heads, at: datetime) -> int:
        """Write down those that changed since they were written last; how many did."""
        ...
