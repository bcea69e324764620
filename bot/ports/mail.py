"""The seam to the mail server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.package import FileRef


@dataclass(frozen=True, slots=True)
class Letter:
    """An official response as it goes out by email: the cleared text and files, and the package's SHA-256."""

    to: str
    subject: str
    text: str
    files: tuple[tuple[FileRef, bytes], ...]
    message_id: str
    package: str


class Mail(Protocol):
    """The mail server. It is asked once and nothing is tried again by itself."""

    @property
    def domain(self) -> str:
        """That of the sender's address."""
        ...

    async def send(self, letter: Letter) -> str:
        """What the server said when it took the message. Raises NotSent or NotKnown."""
        ...
