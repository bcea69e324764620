"""What is cleared and transmitted: a text and files, bound together by one SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file. `sha256` is its hex digest and its address in the store; `size` is in bytes."""

    name: str
    size: int
    sha256: str
    media_type: str


def with_files(files: tuple[FileRef, ...], added: Iterable[FileRef]) -> tuple[FileRef, ...]:
    """With these too, each in the place of the one of its name."""
    for file in distinct(added):
        same = [i for i, old in enumerate(files) if old.name == file.name]
        at = same[0] if same else len(files)
        files = (*files[:at], file, *(old for old in files[at:] if old.name != file.name))
    return files


def distinct(files: Iterable[FileRef]) -> tuple[FileRef, ...]:
    """Files that came together, the same one once; others of a name get numbers, as phones call every picture alike."""
    found: dict[str, FileRef] = {}
    for file in dict.fromkeys(files):
        name, number = file.name, 1
        while name in found:
            number += 1
            stem, dot, ending = file.name.rpartition(".")
            name = f"{stem} ({number}){dot}{ending}" if dot else f"{file.name} ({number})"
        found[name] = replace(file, name=name)
    return tuple(found.values())


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
