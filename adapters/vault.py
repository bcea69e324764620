"""Files encrypted at rest: AES-256-GCM in a stream, under a key whose id stands before it, so that keys can rotate.

A sealed file is `MAGIC`, the length of the key's id in one byte, the id, a nonce of 12 bytes, the ciphertext and a
tag of 16 bytes. The tag covers everything before the ciphertext, and the address of the file.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import AEADDecryptionContext, Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import GCM

from bot.errors import ConfigurationError

MAGIC = b"TSK1"
LOCAL = "local"  # the id of a key that is kept beside its folder
KEY, NONCE, TAG = 32, 12, 16  # bytes


class UnknownKey(Exception):
    """The file was sealed under a key that is not in the settings."""


@dataclass(frozen=True, slots=True)
class Keys:
    """By id, each of 32 bytes; the last one seals, all of them open."""

    by_id: Mapping[str, bytes]

    def seal(self, chunks: Iterable[bytes], address: str) -> Iterator[bytes]:
        """A file as it is stored."""
        key_id, key = list(self.by_id.items())[-1]
        nonce = secrets.token_bytes(NONCE)
        head = MAGIC + bytes([len(key_id)]) + key_id.encode() + nonce
        cipher = Cipher(AES256(key), GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(head + address.encode())
        yield head
        for chunk in chunks:
            yield cipher.update(chunk)
        yield cipher.finalize() + cipher.tag

    def newest(self, begins: bytes) -> bool:
        """Whether a sealed file, of which this is the beginning, is under the key that seals now."""
        head = MAGIC + bytes([len(last := list(self.by_id)[-1])]) + last.encode()
        return begins.startswith(head)

    async def open(self, chunks: AsyncIterator[bytes], address: str) -> AsyncIterator[bytes]:
        """The file again. Raises InvalidTag, in the end too, or UnknownKey."""
        held = b""
        decryptor = None
        async for chunk in chunks:
            held += bytes(chunk)
            if decryptor is None and len(held) >= (begins := _begins(held)):
                decryptor = self._decryptor(held[:begins], address)
                held = held[begins:]
            if decryptor is not None and len(held) > TAG:
                yield decryptor.update(held[:-TAG])
                held = held[-TAG:]
        if decryptor is None or len(held) != TAG:
            raise InvalidTag
        decryptor.finalize_with_tag(held)

    def _decryptor(self, head: bytes, address: str) -> AEADDecryptionContext:
        if not head.startswith(MAGIC):
            raise InvalidTag
        key_id, nonce = head[len(MAGIC) + 1 : -NONCE].decode("ascii", "replace"), head[-NONCE:]
        if key_id not in self.by_id:
            raise UnknownKey(key_id)
        decryptor = Cipher(AES256(self.by_id[key_id]), GCM(nonce)).decryptor()
        decryptor.authenticate_additional_data(head + address.encode())
        return decryptor


def _begins(held: bytes) -> int:
    """Where the ciphertext begins; more than there is while that can't be told."""
    return len(MAGIC) + 1 + held[len(MAGIC)] + NONCE if len(held) > len(MAGIC) else len(held) + 1


def new_key() -> str:
    """A key as the settings take it."""
    return base64.b64encode(secrets.token_bytes(KEY)).decode()


def keys_for(url: str, encoded: Mapping[str, str]) -> Keys:
    """The keys of the settings; without any, for a folder, one that is kept beside it and made the first time.

    Raises ConfigurationError that says what to set.
    """
    if encoded:
        return read_keys(encoded)
    if not url.startswith("file:"):
        raise ConfigurationError(
            'Set TASKINGS_FILES_KEYS to the keys that files are encrypted under, like {"2026": "…"}; '
            "`taskings files key` makes one."
        )
    folder = Path(unquote(urlsplit(url).path))
    return read_keys({LOCAL: _kept(folder.with_name(f"{folder.name}.key"))})


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(new_key())
    return path.read_text().strip()


def read_keys(encoded: Mapping[str, str]) -> Keys:
    """Keys from their base64. Raises ConfigurationError that names the one that is none."""
    found: dict[str, bytes] = {}
    for key_id, text in encoded.items():
        try:
            found[key_id] = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ConfigurationError(f"The key “{key_id}” of TASKINGS_FILES_KEYS is not base64.") from error
        if len(found[key_id]) != KEY or not key_id.isascii() or not 0 < len(key_id) < 256:
            raise ConfigurationError(f"The key “{key_id}” of TASKINGS_FILES_KEYS is not 32 bytes under a short name.")
    return Keys(found)
