"""Look through records: their chains, states, seals and files, and what was anchored of them elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from functools import reduce

from bot.domain.organization import Organization
from bot.domain.organized import evolve_organization
from bot.domain.package import FileRef
from bot.errors import InvalidInput, NotFound
from bot.ports.files import Files
from bot.ports.storage import Archive
from bot.record.anchors import Anchored, anchor_faults
from bot.record.certificate import certificate_faults
from bot.record.chain import Fault, Stored, chain_faults
from bot.record.examine import files_of, state_faults
from cards.placement import ORGANIZATION


@dataclass(frozen=True, slots=True)
class Verifier:
    """`anchored` was read before anything is looked at here, or what is written meanwhile would seem lost.

    `remarks` grow as records are looked at: what of them is no fault and worth knowing.
    """

    archive: Archive
    files: Files
    anchored: Anchored = field(default_factory=Anchored)
    remarks: list[str] = field(default_factory=list)

    async def everything(self) -> AsyncIterator[Fault]:
        """What is wrong with any record, as it is found."""
        for fault in self.anchored.faults:
            yield fault
        streams = await self.archive.streams()
        for stream in (*streams, *sorted(self.anchored.by_stream.keys() - set(streams))):
            async for fault in self.one(stream):
                yield fault

    async def one(self, stream: str) -> AsyncIterator[Fault]:
        """What is wrong with one; its texts are read only once its chain holds."""
        stored = await self.archive.stored(stream)
        if gone := await self.archive.disposed(stream):
            for fault in certificate_faults(gone, self.anchored.by_stream.get(stream, [])):
                yield fault
            self.remarks.append(f"{stream}: disposed of on {gone.at:%Y-%m-%d}")
            if stored:
                yield Fault(stream, 0, "it was disposed of, and something of it is there again")
            return
        for fault in anchor_faults(stream, stored, self.anchored.by_stream.get(stream, [])):
            yield fault
        if stored is None:
            yield Fault(stream, 0, "its record is missing")
            return
        if broken := chain_faults(stored):
            for fault in broken:
                yield fault
            return
        try:
            found, files = self._read(stored)
        except InvalidInput as error:
            yield Fault(stream, 0, str(error))
            return
        for fault in found:
            yield fault
        for file in files:
            if wrong := await self._file(file):
                yield Fault(stream, 0, wrong)

    def _read(self, stored: Stored) -> tuple[tuple[Fault, ...], tuple[FileRef, ...]]:
        """What the texts say otherwise than each other, and the files they name."""
        if stored.stream == ORGANIZATION:
            return tuple(self._organization(stored)), ()
        events, task = self.archive.events(stored.entries), self.archive.task(stored.state)
        self.remarks.extend(f"{stored.stream}: legal hold since {h.at:%Y-%m-%d}: {h.reason}" for h in task.held)
        return tuple(state_faults(stored.stream, task, events)), files_of(events)

    def _organization(self, stored: Stored) -> Iterator[Fault]:
        events = self.archive.organization_events(stored.entries)
        if reduce(evolve_organization, events, Organization()) != self.archive.organization(stored.state):
            yield Fault(stored.stream, len(events), "the state is not what the events add up to")

    async def _file(self, file: FileRef) -> str:
        try:
            await self.files.get(file)
        except NotFound as error:
            return str(error).partition(";")[0]
        return ""
