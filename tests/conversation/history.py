"""A made-up history of 2,000 tasks of the sample agency, as the CSV that `taskings task import` reads.

The same text every time. Times lie where spans begin and end on purpose: midnight on Monday, the turn of the fiscal
year, the hour that comes twice in November.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeAlias
from zoneinfo import ZoneInfo

from tests.conversation.kinds import CENTERS, DIVISIONS, KINDS, OFFICERS, Kind

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=ZONE)
COLUMNS = (
    *("number", "task_type", "subject", "requestor", "origin", "scope", "facility", "manner", "priority", "ses"),
    *("received_at", "due_at", "status", "components", "action_officers", "waiting_on", "transmitted_at", "closed_at"),
)
#: Two more people, whose last or first names somebody else has.
NAMESAKES = """email,name,component,positions,action_officer_for,trained_on,ended_on
omar.haddad@example.gov,Omar Haddad,HOU,,HOU,2026-06-16,
peter.romano@example.gov,Peter Romano,DENT,,DENT,2026-06-16,
"""
Row: TypeAlias = dict[str, str]


def rows() -> list[Row]:
    """Oldest number first; the number says when a task was received, but for the few that `_placed` puts elsewhere."""
    random = Random(125)
    made = [_open(random, key, kind) for key, kind in KINDS.items() for _ in range(kind.open)]
    made += [_past(random, key, kind) for key, kind in KINDS.items() for _ in range(kind.past)]
    made.sort(key=lambda row: datetime.fromisoformat(row["received_at"]))
    for number, row in enumerate(made, start=3001):
        row["number"] = f"T-{number}"
    _place(made)
    return made


def text() -> str:
    """The file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return out.getvalue()


def _request(random: Random, key: str, kind: Kind) -> tuple[Row, list[str]]:
    """What was asked, and the components that answer."""
    facility = random.choice(list(CENTERS)) if kind.units[0] not in {"ICU", "COS"} and random.random() < 0.5 else ""
    subjects = [s for s in kind.subjects if facility or "{}" not in s] or ["Follow-up question #"]
    if facility:
        subjects = [s for s in kind.subjects if "{}" in s] or list(kind.subjects)
    subject = random.choice(subjects).replace("{}", CENTERS[facility][0] if facility else "")
    local = bool(facility) and kind.field != "unit"
    units = (
        [facility if kind.field == "facility" else CENTERS[facility][1]]
        if local
        else random.choice(kind.units).split(";")
    )
    row = dict.fromkeys(COLUMNS, "") | {
        "task_type": key,
        "subject": subject.replace("#", str(random.randint(101, 998))),
        "requestor": random.choice(kind.requestors),
        "origin": "internal" if kind.internal and random.random() < 0.6 else "external",
        "scope": "field" if local else "hq",
        "facility": facility,
        "manner": random.choices(("email", "itms"), (3, 2))[0],
        "priority": random.choices(("routine", "high", "urgent"), (80, 14, 6))[0],
        "ses": "true" if random.random() < 0.06 else "false",
    }
    return row, units


def _open(random: Random, key: str, kind: Kind) -> Row:
    row, units = _request(random, key, kind)
    overdue = random.random() < 0.16
    due = _workday(random, NOW - timedelta(days=14) if overdue else NOW + timedelta(days=1), 13 if overdue else 44)
    ago = timedelta(days=random.randint(1, 34), hours=random.randint(0, 9))
    received = min(_workday(random, due - timedelta(days=kind.days[1]), 2), NOW - ago)
    status = random.choices(("logged", "assigned", "in-review", "in-clearance", "cleared"), (10, 52, 14, 18, 6))[0]
    officers = [random.choice(OFFICERS[unit]) + "@example.gov" for unit in units if unit in OFFICERS]
    if status == "logged" or (status == "assigned" and random.random() < 0.04):
        officers = []
    return row | {
        "received_at": _stamp(received),
        "due_at": _stamp(due),
        "status": status,
        "components": ";".join(units),
        "action_officers": ";".join(officers),
        "waiting_on": ";".join(_waiting(random, row, status, kind, units, officers)),
    }


def _waiting(random: Random, row: Row, status: str, kind: Kind, units: list[str], officers: list[str]) -> Iterator[str]:
    if status == "assigned" and officers:
        yield from officers
    elif status == "in-clearance":
        yield _clears(random.choice(kind.clears), row, units[0])
    else:
        yield random.choice(("task-manager", "tomas.alvarez@example.gov", "priya.raman@example.gov"))


def _clears(key: str, row: Row, unit: str) -> str:
    """Who clears as a position of somewhere."""
    if key == "chief":
        return f"hsa@{unit}" if unit in CENTERS else f"unit-chief@{unit}"
    if key == "fod":
        return f"fod@{CENTERS[row['facility']][1]}" if row["facility"] else "dad@CS"
    if key in {"dad@CS", "dad-cs"} and unit in DIVISIONS:
        return f"dad@{DIVISIONS[unit]}"
    return key


def _past(random: Random, key: str, kind: Kind) -> Row:
    row, units = _request(random, key, kind)
    received = _workday(random, NOW - timedelta(days=790), 784)
    due = _workday(random, received + timedelta(days=kind.days[0]), max(1, kind.days[1] - kind.days[0]))
    sent = received + (due - received) * random.uniform(0.3, 0.98)
    if random.random() < 0.2:
        sent = due + timedelta(hours=random.randint(2, 200))
    sent = min(sent, NOW - timedelta(hours=random.randint(1, 60)))
    closed = sent + timedelta(hours=random.randint(1, 150))
    withdrawn, settled = random.random() < 0.04, closed < NOW and random.random() < 0.96
    informed = key == "odo-audit-non-medical" and random.random() < 0.5
    officers = [random.choice(OFFICERS[unit]) + "@example.gov" for unit in units if unit in OFFICERS]
    return row | {
        "received_at": _stamp(received),
        "due_at": _stamp(due),
        "status": "withdrawn" if withdrawn else "closed" if settled else "transmitted",
        "components": ";".join(units),
        "action_officers": ";".join(officers),
        "transmitted_at": "" if withdrawn or (informed and settled) else _stamp(sent),
        "closed_at": _stamp(closed) if settled and not withdrawn else "",
    }


def _workday(random: Random, start: datetime, within: int) -> datetime:
    """Some time in office hours, never on a weekend or this year's Thanksgiving."""
    day = start.astimezone(ZONE).date() + timedelta(days=random.randint(0, within))
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    day += timedelta(days=1 if day == date(2026, 11, 26) else 0)
    return datetime(day.year, day.month, day.day, random.randint(8, 17), random.choice((0, 15, 30, 45)), tzinfo=ZONE)


def _stamp(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat(timespec="minutes")


#: Changes of single rows: what of, by how they stand, in the order of their numbers.
EDGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "assigned",
        "due_at",
        (
            "2026-11-24T14:01-05:00",
            "2026-11-24T14:02-05:00",
            "2026-11-24T23:59-05:00",
            "2026-11-25T00:00-05:00",
            "2026-11-27T17:00-05:00",
            "2026-11-27T23:59-05:00",
            "2026-11-30T00:00-05:00",
            "2026-11-30T23:59-05:00",
            "2026-12-01T00:00-05:00",
            "2026-12-07T00:00-05:00",
        ),
    ),
    (
        "closed",
        "closed_at",
        ("2026-11-23T00:00-05:00", "2026-11-16T00:00-05:00", "2026-11-01T01:30-04:00", "2026-10-31T23:59-04:00"),
    ),
    ("closed", "received_at", ("2025-09-30T23:59-04:00", "2025-10-01T00:00-04:00", "2026-09-30T23:59-04:00")),
)


def _place(made: list[Row]) -> None:
    """Put some times exactly where a span begins or ends, where that leaves the order of what happened as it was."""
    for status, column, times in EDGES:
        for at in times:
            row = next(r for r in made if r["status"] == status and not r.get("edge") and _fits(r, column, at))
            row |= {column: at, "edge": "yes"}
    for row in made:
        row.pop("edge", None)


def _fits(row: Row, column: str, at: str) -> bool:
    """Whether what happened stays in order, and moves by no more than two weeks."""
    moved = row | {column: at}
    names = ("received_at", "transmitted_at", "closed_at")
    happened = [datetime.fromisoformat(moved[name]) for name in names if moved[name]]
    due, before = datetime.fromisoformat(moved["due_at"]), datetime.fromisoformat(row[column])
    near = abs(datetime.fromisoformat(at) - before) < timedelta(days=14)
    return near and happened == sorted(happened) and happened[0] < due
