"""The certificate of a disposed record: what stays of it, in the place of its next event (section 10)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from bot.domain.messages import Retention
from bot.domain.task import Task
from bot.domain.words import day, stamp
from bot.record.anchors import Anchor, anchor_faults
from bot.record.chain import Entry, Fault, Stored, link
from bot.record.pages import Facts, Grid, Section

FORMAT = "taskings-disposition-1"
NAME, SOURCE = "RecordDisposed", "command line"


@dataclass(frozen=True, slots=True)
class Disposed:
    """A certificate as it is stored; `hash` chains `text` to the last event there was, as if it were the next."""

    number: str
    version: int
    text: str
    at: datetime
    hash: str

    @property
    def said(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self.text)
        return found


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a disposal, and on which authority."""

    by: str
    authority: str


def certified(
    task: Task, head: str, kept: Retention, given: Approval, sums: Mapping[str, str], at: datetime
) -> Disposed:
    """`sums` are the SHA-256 of what is destroyed, by what it is."""
    assert task.closed_at is not None
    assert kept.until is not None
    parts = {
        "format": FORMAT,
        "task": task.number,
        "task_type": task.request.task_type,
        "closed_at": task.closed_at.isoformat(),
        "schedule": {"authority": kept.authority, "years": kept.years, "disposition_on": kept.until.isoformat()},
        "approved_by": given.by,
        "authority": given.authority,
        "disposed_at": at.isoformat(),
        "seal": task.seal,
        "events": task.version,
        "head": head,
        "destroyed": [{"what": what, "sha256": sha} for what, sha in sums.items()],
    }
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    version = task.version + 1
    return Disposed(task.number, version, text, at, link(head, task.number, version, NAME, text, SOURCE, at))


def certificate_faults(found: Disposed, anchors: Sequence[Anchor]) -> Iterator[Fault]:
    """Whether it is as it was written, and follows on the last event that was anchored."""
    try:
        head, events = str(found.said["head"]), int(found.said["events"])
    except (ValueError, KeyError, TypeError):
        head, events = "", 0
    version = events + 1
    as_written = link(head, found.number, version, NAME, found.text, SOURCE, found.at)
    if (found.version, found.hash) != (version, as_written):
        yield Fault(found.number, 0, "its certificate of disposition was edited")
        return
    last = Entry(found.number, events, "", "", "", found.at, head)
    own = Entry(found.number, version, NAME, found.text, SOURCE, found.at, found.hash)
    # Of anchors before the last event nothing is left to hold against.
    known = [anchor for anchor in anchors if anchor.version >= events]
    yield from anchor_faults(found.number, Stored(found.number, version, found.hash, "", (last, own)), known)


def disposed_said(found: Disposed, zone: tzinfo) -> str:
    """ "T-1042 was disposed of on 24 Nov 2033 under DAA-1, item 2."."""
    on = day(found.at.astimezone(zone).date())
    return f"{found.number} was disposed of on {on} under {found.said['schedule']['authority']}."


def certificate_pages(found: Disposed, zone: tzinfo) -> Iterator[Section]:
    said = found.said
    schedule = said["schedule"]
    rows = (
        ("Task type", said["task_type"]),
        ("Closed", stamp(datetime.fromisoformat(said["closed_at"]), zone)),
        ("Schedule", f"{schedule['authority']}, {schedule['years']} years"),
        ("Disposition date", day(date.fromisoformat(schedule["disposition_on"]))),
        ("Approved by", said["approved_by"]),
        ("Authority", said["authority"]),
        ("Disposed of", stamp(found.at, zone)),
        ("Seal, SHA-256", said["seal"]),
        ("Events", str(said["events"])),
        ("Last event, SHA-256", said["head"]),
        ("This certificate, SHA-256 of the chain", found.hash),
    )
    yield Section(f"Certificate of disposition of {found.number}", (Facts(rows),))
    destroyed = tuple((each["what"], each["sha256"]) for each in said["destroyed"])
    yield Section("What was destroyed", (Grid(("What", "SHA-256"), (0.4, 0.6), destroyed),))
