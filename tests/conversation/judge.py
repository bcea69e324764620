"""Whether an answer is one of those that a question may have, and in which words it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from tests.conversation.oracle import ORDERS, Asked, Expected, expected
from tests.conversation.plain import Want, rows

Json: TypeAlias = dict[str, Any]
LISTED = 1_000
#: How far a percentage or a number of days may be rounded.
ROUNDED = 0.6


def fault(asked: Asked, code: int, answer: Json) -> str:
    """Empty when it is right, else what was expected and what came, for a row of a table."""
    if code in asked.codes - {0}:
        return ""
    faults = [_fault(want, expected(want, asked.by), code, answer) for want in asked.wants]
    if faults and not all(faults):
        return ""
    wanted = faults[0] if faults else f"exit code {' or '.join(map(str, sorted(asked.codes)))}"
    return f"{asked.text!r} as {asked.by.partition('@')[0]}\n    expected {wanted}\n    got {_short(code, answer)}"


def table(faults: Iterable[str]) -> str:
    found = [each for each in faults if each]
    return f"{len(found)} wrong\n" + "\n".join(found) if found else ""


def _fault(want: Want, e: Expected, code: int, answer: Json) -> str:
    return "exit code 0, " + _told(e) if code else "; ".join(_faults(want, e, answer))


def _faults(want: Want, e: Expected, answer: Json) -> Iterator[str]:
    if e.people is not None:
        if set(answer.get("people") or ()) != e.people:
            yield f"people {sorted(e.people)}"
        return
    if e.top is None and answer["total"] != e.total:
        yield f"total {e.total}"
    if e.top is not None and _first(answer) not in e.top:
        yield f"most in {sorted(e.top)}"
    elif e.groups is not None and e.top is None and not _same(e.groups, _groups(answer)):
        yield f"groups {e.groups}"
    yield from _listed(want, e, answer["tasks"])
    yield from _said(e, answer["text"])


def _listed(want: Want, e: Expected, tasks: list[str]) -> Iterator[str]:
    if e.keys is not None and _sequence(want, tasks) != e.keys:
        yield f"{len(e.keys)} in the order {want['order']}"
    elif e.tasks is not None and not _covers(tasks, e.tasks, "limit" in want):
        missing, extra = sorted(e.tasks - {*tasks})[:4], sorted({*tasks} - e.tasks)[:4]
        yield f"{len(e.tasks)} tasks: without {extra}, with {missing}"


def _covers(tasks: list[str], wanted: frozenset[str], some: bool) -> bool:
    """All of them, as far as an answer lists them; just some where only so many were asked for."""
    complete = some or len(tasks) == min(len(wanted), LISTED)
    return complete and len(set(tasks)) == len(tasks) and wanted >= set(tasks)


def _sequence(want: Want, tasks: list[str]) -> tuple[float, ...]:
    """What the order goes by, so that any of two at the same time may be first."""
    return tuple(ORDERS[want["order"]](rows()[number]) for number in tasks if number in rows())


def _said(e: Expected, text: str) -> Iterator[str]:
    for wanted, unit in ((e.percent, "%|percent"), (e.days, "days?")):
        numbers = map(float, re.findall(rf"(\d+(?:\.\d+)?)\s*(?:{unit})", text))
        if wanted is not None and not any(abs(number - wanted) <= ROUNDED for number in numbers):
            yield f"{wanted:.1f} {unit[:4]} in the text"


def _groups(answer: Json) -> dict[str, int]:
    return {group["key"]: group["count"] for group in answer.get("groups") or () if group["count"]}


def _first(answer: Json) -> str:
    return next((key for key in _groups(answer) if key != "none"), "")


def _same(wanted: dict[str, int], got: dict[str, int]) -> bool:
    """By key; where the corpus leaves open what periods are called, by count."""
    if any(key.startswith("?") for key in wanted):
        return sorted(wanted.values()) == sorted(got.values())
    return wanted == got


def _told(e: Expected) -> str:
    return f"groups {e.groups}" if e.groups else f"{e.total} tasks"


def _short(code: int, answer: Json) -> str:
    shown = {key: answer.get(key) for key in ("total", "tasks", "groups", "people", "asks", "understood", "text")}
    return f"{code} " + "; ".join(
        f"{key} {str(value)[:160]}" for key, value in shown.items() if value not in (None, [])
    )
