"""A history as another system would hand it over, made up but always the same: a few hundred open, the rest done."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from bot.domain.organization import Kind
from tests.world import RUBRIC, SAMPLE, T0

COLUMNS = (
    "number", "task_type", "subject", "requestor", "origin", "scope", "facility", "manner", "priority", "ses",
    "received_at", "due_at", "status", "components", "action_officers", "waiting_on", "transmitted_at", "closed_at",
)  # fmt: skip
OPEN_TASKS, YEARS, FIRST = 500, 9, 100_001
#: Long done, then the steps of those that are open, as often as they are met.
DONE = ("closed",) * 96 + ("withdrawn",) * 3 + ("transmitted",)
STEPS = ("logged", "assigned", "assigned", "assigned", "in-review", "in-clearance", "in-clearance", "cleared")
REQUESTORS = tuple(f"{who} {n}" for who in ("Senator", "Representative", "ICE OCR desk", "Counsel") for n in range(60))
ABOUT = ("bed capacity", "measles", "dental care", "staffing", "mental health", "records of a detainee", "vaccination")
TYPES = tuple(RUBRIC.rows)
FACILITIES = tuple(c.code for c in SAMPLE.components.values() if c.kind is Kind.FACILITY)
ANSWERING = tuple(c.code for c in SAMPLE.components.values() if c.kind not in {Kind.AGENCY, Kind.DIVISION, Kind.REGION})
OFFICERS: dict[str, tuple[str, ...]] = {
    code: tuple(p.email for p in SAMPLE.people.values() if code in {p.component, *p.action_officer_for})
    or ("x@ice.gov",)
    for code in ANSWERING
}


def lines(size: int) -> Iterator[str]:
    """The CSV of that many tasks, line by line, oldest first."""
    random = Random(size)
    yield _line(COLUMNS)
    done = max(0, size - OPEN_TASKS)
    for index in range(done):
        received = T0 - timedelta(days=365 * YEARS * (1 - index / done) + 30, minutes=random.randrange(600))
        yield _line(_done(FIRST + index, received, random))
    for index in range(done, size):
        yield _line(_open(FIRST + index, T0 - timedelta(days=random.randrange(60), minutes=index), random))


def _done(number: int, received: datetime, random: Random) -> list[str]:
    due = received + timedelta(days=random.randrange(2, 21))
    sent = due - timedelta(days=random.choices((1, 0, -4), (6, 3, 2))[0], minutes=random.randrange(600))
    sent, status = max(sent, received + timedelta(hours=3)), random.choice(DONE)
    closed = (sent + timedelta(days=1)).isoformat() if status != "transmitted" else ""
    sent_at = sent.isoformat() if status != "withdrawn" else ""
    return [*_task(number, received, due, status, random), "", sent_at, closed]


def _open(number: int, received: datetime, random: Random) -> list[str]:
    due = T0 + timedelta(days=random.randrange(-15, 30), minutes=random.randrange(600))
    status = random.choice(STEPS)
    waiting = {"assigned": "unit-chief@HOU", "in-clearance": random.choice(("dad@CS", "cos", "dad@HCC"))}
    task = _task(number, received, max(due, received), status, random)
    return [*task, waiting.get(status, "task-manager"), "", ""]


def _task(number: int, received: datetime, due: datetime, status: str, random: Random) -> list[str]:
    codes = random.sample(ANSWERING, random.choices((1, 2), (9, 1))[0]) if status != "logged" else []
    officers = dict.fromkeys(random.choice(OFFICERS[code]) for code in codes)
    facility = random.choice(FACILITIES) if random.random() < 0.4 else ""
    return [
        f"T-{number}",
        random.choice(TYPES),
        f"Request {number} about {random.choice(ABOUT)}",
        random.choice(REQUESTORS),
        random.choices(("external", "internal"), (4, 1))[0],
        "field" if facility else "hq",
        facility,
        random.choice(("email", "itms")),
        random.choices(("routine", "high", "urgent"), (8, 2, 1))[0],
        random.choices(("false", "true"), (19, 1))[0],
        received.isoformat(),
        due.isoformat(),
        status,
        ";".join(codes),
        ";".join(officers),
    ]


def _line(values: list[str] | tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue()
