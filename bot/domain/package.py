"""What is cleared and transmitted: a text and files, bound together by one SHA-256."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file. `sha256` is its hex digest and its address in the store; `size` is in bytes."""

    name: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Package:
    """A response. `negative` means: no information to share (4-5)."""

    text: str = ""
    files: tuple[FileRef, ...] = ()
    negative: bool = False

    @property
    def sha256(self) -> str:
        """Hex digest over the canonical JSON of the text, the files' names and digests, and `negative`."""
        parts = {
            "files": [[file.name, file.sha256] for file in self.files],
            "negative": self.negative,
            "text": self.text,
        }
        canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def __bool__(self) -> bool:
        """Whether there is anything to send: text, a file or an explicit negative response."""
        return bool(self.text or self.files or self.negative)
