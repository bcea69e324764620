"""What is let into the file store: the kinds of files that are taken, by content, and nothing that hides another.

Names decide nothing here but whether they tell the truth. Archives are read through, within `Limits`, since an
archive may declare less than it holds.
"""

from __future__ import annotations

import unicodedata
import zipfile
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO
from pathlib import PurePath
from tempfile import SpooledTemporaryFile
from typing import IO

import puremagic

from bot.errors import InvalidInput

PDF, PNG, JPEG, ZIP, EML = "application/pdf", "image/png", "image/jpeg", "application/zip", "message/rfc822"
TEXT, CSV = "text/plain", "text/csv"
OPEN_XML = "application/vnd.openxmlformats-officedocument"
#: Office documents by the folder that their parts are in.
OFFICE = {
    "word": f"{OPEN_XML}.wordprocessingml.document",
    "xl": f"{OPEN_XML}.spreadsheetml.sheet",
    "ppt": f"{OPEN_XML}.presentationml.presentation",
}
#: How files of each kind are named; one that is named otherwise would open as something that it is not.
SUFFIXES: dict[str, frozenset[str]] = {
    PDF: frozenset({".pdf"}),
    PNG: frozenset({".png"}),
    JPEG: frozenset({".jpg", ".jpeg", ".jfif"}),
    ZIP: frozenset({".zip"}),
    EML: frozenset({".eml"}),
    TEXT: frozenset({".txt", ".md", ".log", ""}),
    CSV: frozenset({".csv"}),
    OFFICE["word"]: frozenset({".docx"}),
    OFFICE["xl"]: frozenset({".xlsx"}),
    OFFICE["ppt"]: frozenset({".pptx"}),
}
#: Parts of an Office document that run, or hide what does.
ACTIVE = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/activex/", "/embeddings/oleobject")
#: Headers of which an email message has two or more.
HEADERS = ("from", "to", "subject", "date", "message-id", "received")
HEAD = 8192  # bytes that tell what a file is
CHUNK = 64 * 1024
MEMORY = 1024 * 1024  # bytes of an unpacked file that stay in memory
CONTENT_TYPES = "[Content_Types].xml"
NAME_LIMIT = 120
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


@dataclass(frozen=True, slots=True)
class Limits:
    """Of an archive: files in it, bytes that it unpacks to, and how many times its own size those may be."""

    entries: int = 1000
    unpacked: int = 100 * 1024 * 1024
    ratio: int = 100


#: As the settings have them unless they are set.
USUAL = Limits()


def media_type(name: str, file: IO[bytes], limits: Limits = USUAL) -> str:
    """The media type of a whole file, which is read from its beginning. Raises InvalidInput that says what is wrong."""
    return _Reading(name, limits).kind(name, file, depth=0)


class _Reading:
    """One file with all that is in it. `left` is how much may still be unpacked."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._entries, self._left = limits.entries, limits.unpacked

    def kind(self, name: str, file: IO[bytes], depth: int) -> str:
        file.seek(0)
        head = file.read(HEAD)
        if head.startswith(b"PK"):
            found: str | None = self._archive(file, depth)
        else:
            found = _plain(name, head, file)
        if found is None:
            raise self._refused("is not" if depth == 0 else f"holds {safe_name(name)}, which is not", KINDS)
        if PurePath(name).suffix.lower() not in SUFFIXES[found]:
            what = self._name if depth == 0 else f"{safe_name(name)} in {self._name}"
            raise InvalidInput(f"{what} is named like another kind of file than it is; name it as what it is.", "files")
        if found == EML:
            self._message(file, depth)
        return found

    def _archive(self, file: IO[bytes], depth: int) -> str:
        try:
            with zipfile.ZipFile(file) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                self._within_limits(file, entries)
                office = _office(archive, entries)
                if not office and depth:
                    raise self._refused("holds an archive within an archive", "send what is in it on its own")
                for entry in entries:
                    self._entry(archive, entry, office, depth)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
            raise self._refused("can't be unpacked", "save it anew and send it again") from error
        return office or ZIP

    def _within_limits(self, file: IO[bytes], entries: list[zipfile.ZipInfo]) -> None:
        self._entries -= len(entries)
        packed = file.seek(0, 2)
        unpacked = sum(entry.file_size for entry in entries)
        if self._entries < 0 or unpacked > min(self._left, packed * self._limits.ratio):
            raise self._refused("unpacks to more than is taken", "send what is in it on its own")
        if any(entry.flag_bits & 1 for entry in entries):
            raise self._refused("is locked with a password, so it can't be checked", "send it without")
        if entries and all(entry.header_offset for entry in entries):
            raise self._refused("begins with something else than an archive", "save it anew and send it again")

    def _entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, office: str | None, depth: int) -> None:
        path = PurePath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
            raise self._refused("holds a file that would be unpacked elsewhere", "save it anew and send it again")
        if office and any(part in f"/{entry.filename.lower()}" for part in ACTIVE):
            raise self._refused("holds macros or embedded programs", "save it without them and send it again")
        with SpooledTemporaryFile(MEMORY) as content:
            self._unpack(archive, entry, content)
            if office is None:
                self.kind(path.name, content, depth + 1)
            elif entry.filename == CONTENT_TYPES and _macros_declared(content):
                raise self._refused("holds macros or embedded programs", "save it without them and send it again")

    def _unpack(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, into: IO[bytes]) -> None:
        """What an entry really holds, counted as it is read."""
        with archive.open(entry) as unpacking:
            while chunk := unpacking.read(CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise self._refused("unpacks to more than is taken", "send what is in it on its own")
                into.write(chunk)

    def _message(self, file: IO[bytes], depth: int) -> None:
        """What is attached to an email is held to the same."""
        file.seek(0)
        try:
            message = BytesParser(policy=policy.default).parse(file)
            parts = [part for part in message.walk() if not part.is_multipart()]
            for part in parts:
                self._entries -= 1
                if self._entries < 0 or depth > 1:
                    raise self._refused("holds more than can be checked", "send what is in it on its own")
                if named := part.get_filename():
                    self.kind(named, BytesIO(_payload(part)), depth + 1)
        except (MessageError, LookupError, UnicodeError) as error:
            raise self._refused("can't be read as an email", "save it anew and send it again") from error

    def _refused(self, what: str, instead: str) -> InvalidInput:
        joint = " " if what.endswith("not") else "; "
        return InvalidInput(f"{self._name} {what}{joint}{instead}.", "files")


KINDS = "a PDF, Office, text, CSV, PNG, JPEG, EML or ZIP file, so it is not taken"


def _macros_declared(content_types: IO[bytes]) -> bool:
    content_types.seek(0)
    return b"macroenabled" in content_types.read(MEMORY).lower()


def _payload(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _office(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str | None:
    """Which Office document it is, if it is one."""
    names = {entry.filename for entry in entries}
    folders = {name.partition("/")[0] for name in names}
    return next((OFFICE[f] for f in OFFICE if f in folders), None) if CONTENT_TYPES in names else None


def _plain(name: str, head: bytes, file: IO[bytes]) -> str | None:
    """The kind of what is no archive; None for one that is not taken, or for nothing at all."""
    if found := _signature(head):
        return found
    if not _is_text(file):
        return None
    if _is_email(head):
        return EML
    return CSV if name.lower().endswith(".csv") else TEXT


def _signature(head: bytes) -> str | None:
    """Which of the kinds that have a signature begins so."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    begins = {match.mime_type for match in found if match.offset == 0 and match.byte_match}
    return next((kind for kind in (PDF, PNG, JPEG) if kind in begins), None)


def _is_text(file: IO[bytes]) -> bool:
    """UTF-8 throughout, with something in it."""
    file.seek(0)
    decoder, something = getincrementaldecoder("utf-8")(), False
    try:
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                return False
            something = bool(decoder.decode(chunk)) or something
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return something


def _is_email(head: bytes) -> bool:
    header = BytesParser(policy=policy.compat32).parsebytes(head, headersonly=True)
    return sum(name in header for name in HEADERS) > 1


def safe_name(name: str) -> str:
    """The name alone, without folders and characters that mislead or that some system does not take."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(_safe(last)).strip(" .")
    path = PurePath(kept or "file")
    stem = f"_{path.stem}" if path.stem.lower() in RESERVED else path.stem
    return f"{stem[: NAME_LIMIT - len(path.suffix)]}{path.suffix[:NAME_LIMIT]}"


def _safe(name: str) -> Iterator[str]:
    for character in name:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
            continue  # controls, and marks that turn the direction of reading
        yield "_" if character in '<>:"|?*' else character
