"""The tasks as plain rows, who may see which of them, and what the filters of the corpus say of one.

Nothing here is the service's code but the sample agency's files.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from tests.conversation.history import NAMESAKES, NOW, ZONE
from tests.conversation.history import rows as imported
from tests.conversation.live import ROWS

Row: TypeAlias = dict[str, Any]
Want: TypeAlias = dict[str, Any]
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


def about(row: Row) -> set[str]:
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


def sent_late(row: Row) -> bool | None:
    return None if row["transmitted_at"] is None else bool(row["transmitted_at"] > row["due_at"])


#: What each key of a filter says of a row.
TESTS: dict[str, Callable[[Row, Any], bool]] = {
    "number": lambda row, value: row["number"] in value,
    "open": lambda row, value: is_open(row) is value,
    "overdue": lambda row, value: (is_open(row) and row["due_at"] < NOW) is value,
    "unowned": lambda row, value: (is_open(row) and not row["action_officers"]) is value,
    "on_time": lambda row, value: sent_late(row) is not None and bool(sent_late(row)) is not value,
    "late": lambda row, value: bool(sent_late(row)) is value,
    "status": lambda row, value: row["status"] in value,
    "state": lambda row, value: is_open(row) and bool(set(row["states"]) & set(value)),
    "type": lambda row, value: _like(row["task_type"], value),
    "component": lambda row, value: _within(row, value, set(row["components"])),
    "place": lambda row, value: _within(row, value, about(row)),
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
} | {moment: (lambda row, value, moment=moment: _span(row, moment, *value)) for moment in TIMES}
SHAPE = {"order", "limit", "groups", "top", "percent", "median_days", "people", "count", "periods", "moment"}


def holds(row: Row, want: Want) -> bool:
    return all(TESTS[key](row, value) for key, value in want.items() if key not in SHAPE)
