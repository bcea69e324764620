"""What each question of the corpus should be answered with, worked out of plain rows without the service's code.

`python -m tests.conversation.oracle [FILE]` prints each question with how many tasks it expects.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from tests.conversation.history import NOW
from tests.conversation.plain import COMPONENTS, Row, Want, about, above, holders, holds, rows, sees, sent_late, waiting

CORPUS = Path(__file__).with_name("corpus.toml")
MANAGER = "tomas.alvarez@example.gov"
AD = "miriam.okafor@example.gov"
KINDS = ("manager", "officer", "leadership", "unsure")
ASKED_BY = {"manager": MANAGER, "leadership": AD, "unsure": MANAGER}


# What is to be told of them


def _near(row: Row, kind: str) -> set[str]:
    """The divisions or regions above the components of a row; for regions, above what it is about too."""
    where = about(row) if kind == "region" else row["components"]
    found = {next((up for up in above(code) if COMPONENTS[up]["kind"] == kind), "none") for code in where}
    return found - {"none"} if kind == "region" else found


ONE = ("status", "priority", "scope", "origin", "manner", "requestor")
KEYS: dict[str, Callable[[Row], Iterable[str]]] = {
    "component": lambda row: row["components"],
    "division": lambda row: _near(row, "division"),
    "region": lambda row: _near(row, "region"),
    "facility": lambda row: [row["facility"]],
    "type": lambda row: [row["task_type"]],
    "officer": lambda row: row["action_officers"],
    "waiting": lambda row: waiting(row),
    **{key: (lambda row, key=key: [row[key]]) for key in ONE},  # type: ignore[misc]
}
ORDERS: dict[str, Callable[[Row], float]] = {
    "due": lambda row: row["due_at"].timestamp(),
    "due-last": lambda row: -row["due_at"].timestamp(),
    "oldest": lambda row: row["received_at"].timestamp(),
    "newest": lambda row: -row["received_at"].timestamp(),
    "number": lambda row: int(row["number"][2:]),
    "closed-last": lambda row: -(row["closed_at"] or NOW).timestamp(),
    "transmitted-last": lambda row: -(row["transmitted_at"] or NOW).timestamp(),
    "slowest": lambda row: -_took(row),
    "fastest": lambda row: _took(row),
    "priority": lambda row: ("urgent", "high", "routine", "").index(row["priority"]),
}


def _took(row: Row) -> float:
    return float((row["transmitted_at"] - row["received_at"]).total_seconds()) if row["transmitted_at"] else 0.0


@dataclass(frozen=True, slots=True)
class Expected:
    """What counts of an answer; what is None is not asked. `keys` are what an order goes by, task by task."""

    total: int
    tasks: frozenset[str] | None = None
    keys: tuple[float, ...] | None = None
    groups: dict[str, int] | None = None
    top: frozenset[str] | None = None
    people: frozenset[str] | None = None
    percent: float | None = None
    days: float | None = None


@cache
def seen(email: str) -> tuple[Row, ...]:
    return tuple(row for row in rows().values() if sees(email, row))


def found(want: Want, email: str) -> list[Row]:
    """The rows somebody may see that are meant."""
    return [row for row in seen(email) if holds(row, want)]


def expected(want: Want, email: str) -> Expected:
    if "periods" in want:
        return _compared(want, email)
    meant = found(want, email)
    if "percent" in want or "median_days" in want:
        return _measured(want, [row for row in meant if row["transmitted_at"]])
    order = ORDERS[want["order"]] if "order" in want else None
    keys = tuple(sorted(map(order, meant)))[: want.get("limit")] if order else None
    total = min(len(meant), want.get("limit", len(meant)))
    groups = grouped(meant, want["groups"]) if "groups" in want else None
    top = _largest(groups) if groups and "top" in want else None
    listed = frozenset(row["number"] for row in meant)
    told = None if groups or "count" in want or "people" in want else listed
    return Expected(total, told, keys, groups, top, _people(want, meant) if "people" in want else None)


def grouped(meant: list[Row], by: str) -> dict[str, int]:
    """A row of several counts in each, of nothing in "none"."""
    return dict(Counter(key or "none" for row in meant for key in (set(KEYS[by](row)) or {"none"})))


def _largest(groups: dict[str, int]) -> frozenset[str]:
    """Nobody means "none" when they ask which has most."""
    named = {key: count for key, count in groups.items() if key != "none"}
    return frozenset(key for key, count in named.items() if count == max(named.values()))


def _compared(want: Want, email: str) -> Expected:
    spans = {key: {want["moment"]: [start, end]} for key, start, end in want["periods"]}
    common = {key: value for key, value in want.items() if key not in {"periods", "moment"}}
    groups = {key: len(found(common | span, email)) for key, span in spans.items()}
    return Expected(sum(groups.values()), groups={key: count for key, count in groups.items() if count})


def _measured(want: Want, sent: list[Row]) -> Expected:
    on_time = [row for row in sent if not sent_late(row)]
    percent = 100 * len(on_time) / len(sent) if sent and "percent" in want else None
    days = median(map(_took, sent)) / 86_400 if sent and "median_days" in want else None
    return Expected(len(sent), percent=percent, days=days)


def _people(want: Want, meant: list[Row]) -> frozenset[str]:
    if isinstance(want["people"], list):
        return frozenset(want["people"])
    names = {name for row in meant for name in KEYS[want["people"]](row)}
    return frozenset(email for name in names for email in holders(name))


# The corpus


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what may come of it: any of `wants`, or one of the exit codes."""

    text: str
    by: str
    wants: tuple[Want, ...] = ()
    codes: frozenset[int] = frozenset()


def _asked(entry: dict[str, Any], by: str) -> Asked:
    want = entry.get("want")
    wants = () if want is None else (want,) if isinstance(want, dict) else tuple(want)
    both = entry.get("unsure") or entry.get("may_ask")
    codes = {3} if entry.get("asks") else {4} if entry.get("declines") else {3, 4} if both else set[int]()
    return Asked(entry["ask"], entry.get("as", by), wants, frozenset(codes | ({0} if wants else set())))


def questions(path: Path = CORPUS) -> dict[str, list[Asked]]:
    """By kind of user."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {kind: [_asked(entry, ASKED_BY.get(kind, "")) for entry in data.get(kind, ())] for kind in KINDS}


def threads(path: Path = CORPUS) -> list[list[Asked]]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [[_asked(each, entry.get("as", MANAGER)) for each in entry["says"]] for entry in data.get("thread", ())]


def told(asked: Asked) -> str:
    """How many tasks are expected, or the exit codes, then the question."""
    each = [expected(want, asked.by) for want in asked.wants]
    counts = " or ".join(f"{e.total}{'' if e.groups is None else f' in {len(e.groups)} groups'}" for e in each)
    return f"{counts or sorted(asked.codes)!s:>16}  {asked.text}"


def main(path: Path = CORPUS) -> None:
    for kind, entries in questions(path).items():
        print(f"{kind}: {len(entries)}", *map(told, entries), sep="\n")
    for thread in threads(path):
        print("thread", *map(told, thread), sep="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
