"""The parts of a record's package that are text: what a machine and an auditor read without this software."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import resources

from bot.record.chain import Entry
from bot.record.plain import Json

README = """\
The record of a tasking under IHSC Directive 01-51, complete in itself.

record.pdf       the record for people
record.json      the same for machines, as record.schema.json describes it (JSON Schema 2020-12)
files/           every file that was part of a response, of every version
events.jsonl     everything that happened, one event a line, in order, each chained to the one before it
sealed.json      the state that was sealed when the task was closed; not there for a task that is not closed
supplements/     what was added after that, a folder each: its files, and in sealed.json what its own seal covers
MANIFEST.sha256  SHA-256 sums of all of these

To check it:

1. sha256sum -c MANIFEST.sha256
2. In events.jsonl, "hash" is the SHA-256 in hex of seven parts joined by line feeds, as UTF-8: the hash of the line
   before (empty for the first), stream, version, type, platform, at, data. "data" is a string, taken as it is.
3. The SHA-256 of sealed.json is the "seal" in the data of the last TaskClosed event.
4. The SHA-256 of the sealed.json of a supplement is the "seal" in the data of its RecordSupplemented event, in their
   order; "record" in it is the seal of the record then, "previous" that of the supplement before.

The hash of the last event can be held against the anchors that the service writes outside of its database.
"""


def text_parts(record: Json, entries: Sequence[Entry], sealed: str) -> Iterator[tuple[str, str]]:
    """Names and texts, in the order in which they are packed."""
    yield "README.txt", README
    yield "record.json", json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    yield "record.schema.json", (resources.files("bot.record") / "record.schema.json").read_text("utf-8")
    yield "events.jsonl", "".join(_line(entry) for entry in entries)
    if sealed:
        yield "sealed.json", sealed


def _line(entry: Entry) -> str:
    """An event with exactly the parts that its hash covers; `at` is already in UTC, as it is stored."""
    parts = {
        "stream": entry.stream,
        "version": entry.version,
        "type": entry.type,
        "platform": entry.platform,
        "at": entry.at.isoformat(),
        "data": entry.data,
        "hash": entry.hash,
    }
    return json.dumps(parts, ensure_ascii=False) + "\n"
