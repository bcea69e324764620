"""The record of a task as a package that stands on its own (6-5, section 10)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from functools import reduce
from typing import IO

from bot.domain.messages import Event
from bot.domain.organization import Organization
from bot.domain.organization_messages import ActingNamed, ClearanceDelegated
from bot.domain.organized import evolve_organization
from bot.domain.package import FileRef
from bot.errors import NotFound, Rejected
from bot.ports.files import Files
from bot.ports.storage import Archive
from bot.record.assemble import Known, of_the_task, path_of, record_of, sealed, supplements
from bot.record.chain import Stored
from bot.record.contents import text_parts
from bot.record.examine import files_of
from bot.record.pages import Pages, Section
from bot.services.verify import Verifier
from cards.placement import ORGANIZATION

#: The earliest time that a ZIP knows: when it was packed is no part of a record, and two of it are equal.
PACKED = (1980, 1, 1, 0, 0, 0)
#: Bytes of files up to which a package is made in memory.
SENT = 100 * 1024 * 1024
HOW = "whoever runs Taskings exports it: taskings record export"


@dataclass(frozen=True, slots=True)
class Exporter:
    """`draw` makes a PDF of a title and sections; `largest` is the bytes of files that a package to send may have."""

    archive: Archive
    files: Files
    draw: Callable[[str, Iterable[Section]], bytes]
    zone: tzinfo
    largest: int = SENT

    async def write(self, number: str, target: IO[bytes]) -> None:
        """The package as a ZIP. Raises NotFound, and Rejected with what is wrong for a record that is not whole."""
        stored = await self._whole(number)
        sums = list[str]()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            async for name, content in self._parts(stored):
                _add(package, name, content)
                sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            _add(package, "MANIFEST.sha256", "".join(sums).encode())

    async def package(self, number: str) -> tuple[FileRef, bytes]:
        """The package as a file to send. Raises Rejected also for one that is too large for that."""
        stored = await self.archive.stored(number)
        files = files_of(self.archive.events(stored.entries)) if stored and number != ORGANIZATION else ()
        if sum(file.size for file in files) > self.largest:
            raise Rejected(f"The record of {number} is too large to be sent; {HOW} {number}")
        target = io.BytesIO()
        await self.write(number, target)
        content = target.getvalue()
        sha256 = hashlib.sha256(content).hexdigest()
        return FileRef(f"{number}.zip", len(content), sha256, "application/zip"), content

    async def sums(self, number: str) -> tuple[Stored, dict[str, str]]:
        """The SHA-256 of each part of the package, files by the beginning of theirs instead of by name.

        Raises as `write` does.
        """
        stored = await self._whole(number)
        parts = [(name, hashlib.sha256(content).hexdigest()) async for name, content in self._parts(stored)]
        files = {file.sha256 for file in files_of(self.archive.events(stored.entries))}
        return stored, {f"files/{sha[:12]}" if sha in files else name: sha for name, sha in parts}

    async def _whole(self, number: str) -> Stored:
        stored = await self.archive.stored(number)
        if stored is None or number == ORGANIZATION:
            raise NotFound(f"There is no task {number}; check the number.")
        wrong = [str(fault) async for fault in Verifier(self.archive, self.files).one(number)]
        if wrong:
            raise Rejected("\n".join(("The record is not whole, so it is neither exported nor disposed of.", *wrong)))
        return stored

    async def _parts(self, stored: Stored) -> AsyncIterator[tuple[str, bytes]]:
        events = self.archive.events(stored.entries)
        record = record_of(stored.entries, events, await self._known(events))
        yield "record.pdf", self.draw(f"Record of {stored.stream}", Pages(record, self.zone).sections())
        for name, text in text_parts(record, stored.entries, sealed(events)):
            yield name, text.encode()
        files = {path_of(file): file for file in files_of(of_the_task(events))}
        for folder, text, added in supplements(events):
            yield f"{folder}/sealed.json", text.encode()
            files |= {path_of(file, folder): file for file in added}
        for path, file in files.items():
            yield path, await self.files.get(file)

    async def _known(self, events: tuple[Event, ...]) -> Known:
        """The organization as it was at the task's last event, so that the package is the same whenever it is made."""
        stored = await self.archive.stored(ORGANIZATION)
        until = [e for e in self.archive.organization_events(stored.entries if stored else ()) if e.at <= events[-1].at]
        then = reduce(evolve_organization, until, Organization())
        said = repr(events)  # whoever the record names, wherever in it
        names = {person.email: person.name for person in then.people.values() if person.email in said}
        acting = {event.acting.id: event.acting for event in until if isinstance(event, ActingNamed)}
        given = {event.delegation.id: event.delegation for event in until if isinstance(event, ClearanceDelegated)}
        return Known(names, acting, given)


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, PACKED)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    package.writestr(entry, content)
