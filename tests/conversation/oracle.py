"""What each question of the corpus should be answered with, worked out of plain rows without the service's code.

`python -m tests.conversation.oracle [FILE]` prints each question with how many tasks it expects.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

from tests.conversation.history import NAMESAKES, NOW, ZONE
from tests.conversation.history import rows as imported
from tests.conversation.live import ROWS

Row: TypeAlias = dict[str, Any]
Want: TypeAlias = dict[str, Any]
CORPUS = Path(__file__).with_name("corpus.toml")
MANAGER = "tomas.alvarez@example.gov"
AD = "miriam.okafor@example.gov"
KINDS = ("manager", "officer", "leadership", "unsure")
ASKED_BY = {"manager": MANAGER, "leadership": AD, "unsure": MANAGER}
CLOSED = {"transmitted", "closed", "withdrawn"}
AGENCY_WIDE = {"ad", "cos", "dcos", "rim", "hcc-consultant", "task-manager", "tpsu-chief"}
SEES_ALL = {"task-manager", "tpsu-chief", "ad", "cos", "dcos", "dad"}
ALIASES = {"dad-cs": "dad@CS", "dad-hcc": "dad@HCC"} | {
    f"{unit.lower()}-chief": f"unit-chief@{unit}" for unit in ("HOU", "MCMU", "HPMU", "RMU", "HITU", "MQMU", "ICU")
}
TIMES = ("received", "due", "transmitted", "closed")


def _sheet(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("bot.sample").joinpath(name).read_text(encoding="utf-8").splitlines()))


COMPONENTS = {row["code"]: row for row in _sheet("components.csv")}
PEOPLE = {row["email"]: row for row in (*_sheet("people.csv"), *csv.DictReader(NAMESAKES.splitlines()))}


# The rows


@cache
def rows() -> dict[str, Row]:
    """By number: what was imported and what was played."""
    history = {row["number"]: _imported(row) for row in imported()}
    return {number: row | {"number": number} for number, row in (history | ROWS).items()}


def _imported(row: dict[str, str]) -> Row:
    lists = {key: [v for v in row[key].split(";") if v] for key in ("components", "action_officers", "waiting_on")}
    times = {f"{key}_at": datetime.fromisoformat(row[f"{key}_at"]) if row[f"{key}_at"] else None for key in TIMES}
    return {**row, **lists, **times, "ses": row["ses"] == "true", "states": [], "logged_by": ""}


def waiting(row: Row) -> list[str]:
    """Emails, and posts written `dad@CS` or, where there is one in the agency, `cos`."""
    return [ALIASES.get(who, who) for who in row["waiting_on"]]


# The organization


def above(code: str) -> Iterator[str]:
    while code:
        yield code
        code = COMPONENTS[code]["parent"]


@cache
def below(code: str) -> frozenset[str]:
    """With the component itself."""
    return frozenset(each for each in COMPONENTS if code in above(each))


@cache
def posts(email: str) -> frozenset[str]:
    """The posts somebody holds; nobody who left holds any."""
    row = PEOPLE[email]
    keys = [] if row["ended_on"] else [key for key in row["positions"].split(";") if key]
    plain = [ALIASES.get(key, key) for key in keys]
    return frozenset(key if "@" in key or key in AGENCY_WIDE else f"{key}@{row['component']}" for key in plain)


def holders(post: str) -> list[str]:
    return [post] if post in PEOPLE else [email for email in PEOPLE if post in posts(email)]


# Who may see what (issue 5)


def sees(email: str, row: Row) -> bool:
    """Managers and leadership see all; others their components' tasks, their own, and what passes through them."""
    if any(post.split("@")[0] in SEES_ALL for post in posts(email)):
        return True
    led = {post.partition("@")[2] for post in posts(email)} | set(PEOPLE[email]["action_officer_for"].split(";"))
    codes = {code for each in led if each for code in below(each)}
    mine = email in (*row["action_officers"], *row["waiting_on"], row["logged_by"], row.get("sent_by"))
    return mine or bool(codes & {*row["components"], row["facility"]}) or bool(posts(email) & set(waiting(row)))


# The filter


def is_open(row: Row) -> bool:
    return row["status"] not in CLOSED


def _about(row: Row) -> set[str]:
    return {*row["components"], row["facility"]} - {""}


def _within(row: Row, codes: Iterable[str], where: set[str]) -> bool:
    return any(where & below(code) for code in codes)


def _waits(row: Row, who: Iterable[str]) -> bool:
    """A bare position means anybody's; a person is waited for where their position is."""
    found = set(waiting(row))
    turns = found | {post.split("@")[0] for post in found if post not in PEOPLE}
    wanted = {each for name in who for each in ({name} | posts(name) if name in PEOPLE else {name})}
    return is_open(row) and bool(turns & wanted)


def _part(row: Row, people: Iterable[str]) -> bool:
    """Whether somebody has a part in it."""
    mine = {*row["action_officers"], row["logged_by"], row.get("sent_by")}
    turn = set(waiting(row))
    return any(email in mine or turn & ({email} | posts(email)) for email in people)


def _span(row: Row, moment: str, start: str, end: str) -> bool:
    at = row[f"{moment}_at"]
    if at is None or (moment == "closed" and row["status"] != "closed"):
        return False
    return (not start or at >= _local(start)) and (not end or at < _local(end))


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def _like(value: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(value, pattern) for pattern in patterns)


def _says(value: str, pieces: Iterable[str]) -> bool:
    return any(piece.lower() in value.lower() for piece in pieces)


def _sent_late(row: Row) -> bool | None:
    return None if row["transmitted_at"] is None else bool(row["transmitted_at"] > row["due_at"])


#: What each key of a filter says of a row.
TESTS: dict[str, Callable[[Row, Any], bool]] = {
    "number": lambda row, value: row["number"] in value,
    "open": lambda row, value: is_open(row) is value,
    "overdue": lambda row, value: (is_open(row) and row["due_at"] < NOW) is value,
    "unowned": lambda row, value: (is_open(row) and not row["action_officers"]) is value,
    "on_time": lambda row, value: _sent_late(row) is not None and bool(_sent_late(row)) is not value,
    "late": lambda row, value: bool(_sent_late(row)) is value,
    "status": lambda row, value: row["status"] in value,
    "state": lambda row, value: is_open(row) and bool(set(row["states"]) & set(value)),
    "type": lambda row, value: _like(row["task_type"], value),
    "component": lambda row, value: _within(row, value, set(row["components"])),
    "place": lambda row, value: _within(row, value, _about(row)),
    "person": lambda row, value: _part(row, value),
    "officer": lambda row, value: bool(set(row["action_officers"]) & set(value)),
    "waiting": lambda row, value: _waits(row, value),
    "logged_by": lambda row, value: row["logged_by"] in value,
    "requestor": lambda row, value: _says(row["requestor"], value),
    "about": lambda row, value: _says(row["subject"], value),
    "priority": lambda row, value: row["priority"] in value,
    "scope": lambda row, value: row["scope"] == value,
    "origin": lambda row, value: row["origin"] == value,
    "manner": lambda row, value: row["manner"] == value,
    "ses": lambda row, value: row["ses"] is value,
    "any": lambda row, value: any(holds(row, each) for each in value),
    "not": lambda row, value: not holds(row, value),
} | {moment: (lambda row, value, moment=moment: _span(row, moment, *value)) for moment in TIMES}  # type: ignore[misc]
SHAPE = {"order", "limit", "groups", "top", "percent", "median_days", "people", "count", "periods", "moment"}


def holds(row: Row, want: Want) -> bool:
    return all(TESTS[key](row, value) for key, value in want.items() if key not in SHAPE)


# What is to be told of them


def _near(row: Row, kind: str) -> set[str]:
    """The divisions or regions above the components of a row; for regions, above what it is about too."""
    where = _about(row) if kind == "region" else row["components"]
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
    "priority": lambda row: ("urgent", "high", "routine").index(row["priority"]),
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


def found(want: Want, email: str) -> list[Row]:
    """The rows somebody may see that are meant."""
    return [row for row in rows().values() if sees(email, row) and holds(row, want)]


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
    on_time = [row for row in sent if not _sent_late(row)]
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
