"""The file store: content-addressed through obstore in a folder or a bucket, encrypted, and checked both ways.

A file is written to disk as it arrives, checked whole, encrypted into the store and read back before anybody holds
a reference to it. A crash before that leaves at most a file that nothing refers to.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Protocol

import obstore
from cryptography.exceptions import InvalidTag
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from adapters.door import USUAL, Limits, media_type, safe_name
from adapters.vault import Keys, UnknownKey
from bot.domain.package import FileRef
from bot.errors import InvalidInput, NotFound

MAX_BYTES = 25 * 1024 * 1024
CHUNK = 256 * 1024
PART = 5 * 1024 * 1024  # the least that S3 takes as a part of an upload
ADDRESS = re.compile("[0-9a-f]{64}")
AT_ONCE = 2  # files checked and written at the same time: some of each is in memory then


class Scanner(Protocol):
    """Looks for malware. Raises InvalidInput for what it finds, and when it cannot look."""

    async def scan(self, name: str, file: IO[bytes]) -> None: ...


@dataclass(slots=True)
class Rotated:
    """How many files were sealed anew, how many had the newest key before, and what is wrong with the others."""

    sealed: int = 0
    before: int = 0
    faults: list[str] = field(default_factory=list)


class ObjectFiles:
    """`Files` over an object store; `url` is one that obstore takes, such as file:///var/lib/taskings."""

    def __init__(
        self,
        url: str,
        keys: Keys,
        max_bytes: int = MAX_BYTES,
        limits: Limits = USUAL,
        scanner: Scanner | None = None,
    ) -> None:
        self._store: ObjectStore = from_url(url, mkdir=True) if url.startswith("file:") else from_url(url)
        self._keys, self._max, self._limits, self._scanner = keys, max_bytes, limits, scanner
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def put(self, name: str, chunks: AsyncIterator[bytes]) -> FileRef:
        name = safe_name(name)
        with tempfile.TemporaryFile() as spool:
            digest = await self._receive(name, chunks, spool)
            async with self._at_once:
                kind = await asyncio.to_thread(media_type, name, spool, self._limits)
                if self._scanner:
                    spool.seek(0)
                    await self._scanner.scan(name, spool)
                file = FileRef(name, spool.seek(0, 2), digest, kind)
                await self._write(file, spool)
        return file

    async def get(self, file: FileRef) -> bytes:
        """All of it, once it is known to be what was stored."""
        return b"".join([chunk async for chunk in self._read(file)])

    async def rotate(self) -> Rotated:
        """Seal everything under the newest key, each file once it is known to be whole; again does what is left."""
        done = Rotated()
        async for batch in obstore.list(self._store):
            for address in [found["path"] for found in batch if ADDRESS.fullmatch(found["path"])]:
                try:
                    if await self._resealed(FileRef(address, 0, address, "")):
                        done.sealed += 1
                    else:
                        done.before += 1
                except NotFound as error:
                    done.faults.append(str(error).partition(";")[0])
        return done

    async def _resealed(self, file: FileRef) -> bool:
        """False for one that is under the newest key already. Raises NotFound for one that is not what it was."""
        found = await obstore.get_async(self._store, file.sha256)
        newest = False
        async for chunk in found.stream(min_chunk_size=CHUNK):
            newest = self._keys.newest(bytes(chunk))
            break
        with tempfile.TemporaryFile() as spool:
            async for chunk in self._read(file):
                spool.write(chunk)
            if not newest:
                await self._store_sealed(file, spool)
        return not newest

    async def remove(self, sha256: str) -> None:
        with suppress(BaseError, FileNotFoundError):
            await obstore.delete_async(self._store, sha256)

    async def _receive(self, name: str, chunks: AsyncIterator[bytes], spool: IO[bytes]) -> str:
        """The SHA-256 of what came."""
        digest, size = hashlib.sha256(), 0
        async for chunk in chunks:
            size += len(chunk)
            if size > self._max:
                raise InvalidInput(
                    f"{name} is larger than {self._max // 1024 // 1024} MB; send a smaller file.", "files"
                )
            digest.update(chunk)
            spool.write(chunk)
        return digest.hexdigest()

    async def _write(self, file: FileRef, spool: IO[bytes]) -> None:
        """What is there already and whole is not written again."""
        if not await self._whole(file):
            await self._store_sealed(file, spool)

    async def _store_sealed(self, file: FileRef, spool: IO[bytes]) -> None:
        spool.seek(0)
        sealed = self._keys.seal(_chunks(spool), file.sha256)
        await obstore.put_async(self._store, file.sha256, sealed, chunk_size=PART, max_concurrency=1)
        if not await self._whole(file):
            raise NotFound(f"{file.name} could not be stored; send it again.")

    async def _whole(self, file: FileRef) -> bool:
        try:
            async for _ in self._read(file):
                pass
        except NotFound:
            return False
        return True

    async def _read(self, file: FileRef) -> AsyncIterator[bytes]:
        """The file in chunks. Raises NotFound, in the end too: what came before is not to be used then."""
        digest = hashlib.sha256()
        try:
            found = await obstore.get_async(self._store, file.sha256)
            async for chunk in self._keys.open(found.stream(min_chunk_size=CHUNK), file.sha256):
                digest.update(chunk)
                yield chunk
        except (BaseError, FileNotFoundError) as error:
            raise NotFound(f"{file.name} is missing from the file store; tell the Taskings Program.") from error
        except (InvalidTag, UnknownKey) as error:
            raise _altered(file) from error
        if digest.hexdigest() != file.sha256:
            raise _altered(file)


def _altered(file: FileRef) -> NotFound:
    return NotFound(f"{file.name} is not what it was when it was stored; tell the Taskings Program.")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
