"""The file store: content-addressed through obstore, in a folder or a bucket.

A file is checked whole before it is written, and written before anybody holds a reference to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import PurePath

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from bot.domain.package import FileRef
from bot.errors import InvalidInput, NotFound

MAX_BYTES = 25 * 1024 * 1024
#: How the types that are taken begin; text is told by what it does not contain.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
)
OFFICE: dict[str, str] = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class ObjectFiles:
    """`Files` over an object store; `url` is one that obstore takes, such as file:///var/lib/taskings."""

    def __init__(self, url: str, max_bytes: int = MAX_BYTES) -> None:
        self._store: ObjectStore = from_url(url, mkdir=True) if url.startswith("file:") else from_url(url)
        self._max = max_bytes

    async def put(self, name: str, chunks: AsyncIterator[bytes]) -> FileRef:
        content = bytearray()
        async for chunk in chunks:
            content += chunk
            if len(content) > self._max:
                raise InvalidInput(
                    f"{name} is larger than {self._max // 1024 // 1024} MB; send a smaller file.", "files"
                )
        data = bytes(content)
        media_type = type_of(name, data)
        if media_type is None:
            raise InvalidInput(
                f"{name} is not a PDF, Office, text, PNG, JPEG or ZIP file, so it is not taken.", "files"
            )
        sha256 = hashlib.sha256(data).hexdigest()
        await obstore.put_async(self._store, sha256, data)
        return FileRef(PurePath(name.replace("\\", "/")).name, len(data), sha256, media_type)

    async def get(self, file: FileRef) -> bytes:
        try:
            found = await obstore.get_async(self._store, file.sha256)
            data = bytes(await found.bytes_async())
        except (BaseError, FileNotFoundError) as error:
            raise NotFound(f"{file.name} is missing from the file store; tell the Taskings Program.") from error
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise NotFound(f"{file.name} is not what it was when it was stored; tell the Taskings Program.")
        return data


def type_of(name: str, data: bytes) -> str | None:
    """The media type by content; None for one that is not taken, or for nothing at all."""
    for signature, media_type in SIGNATURES:
        if data.startswith(signature):
            zipped = media_type == "application/zip"
            return OFFICE.get(PurePath(name).suffix.lower(), media_type) if zipped else media_type
    if not data or b"\0" in data:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"
