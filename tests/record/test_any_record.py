"""Whatever happened to a task, its record is whole, fits its schema and can be read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from bot.domain import messages as m
from bot.domain.messages import Event
from bot.domain.task import Status, Task
from bot.record.assemble import Known, record_of, sealed
from bot.record.chain import Entry, Stored, chain_faults, link
from bot.record.examine import state_faults, states
from bot.record.pages import Pages
from storage.codec import dump
from tests.cards import ways
from tests.domain.test_task_properties import TASKS, play
from tests.world import MANAGER, T0, ZONE

SCHEMA = Draft202012Validator(
    json.loads((files("bot.record") / "record.schema.json").read_text("utf-8")), format_checker=FormatChecker()
)


def entries_of(events: Sequence[Event]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for version, event in enumerate(events, start=1):
        previous = found[-1].hash if found else ""
        parts = ("T-1001", version, type(event).__name__, dump(event), "slack", event.at)
        found.append(Entry(*parts, link(previous, *parts)))
    return tuple(found)


def check(task: Task, events: Sequence[Event]) -> None:
    entries = entries_of(events)
    assert chain_faults(Stored("T-1001", len(events), entries[-1].hash, dump(task), entries)) == ()
    assert list(state_faults("T-1001", task, events)) == []
    record = record_of(entries, events, Known())
    SCHEMA.validate(record)
    assert json.loads(json.dumps(record)) == record
    assert hashlib.sha256(sealed(events).encode()).hexdigest() == task.seal if task.seal else not sealed(events)
    titles = [section.title for section in Pages(record, ZONE).sections()]
    assert titles[0] == "Record of T-1001"
    assert titles[-1] == "History"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TASKS), st.lists(st.integers(0, 20), max_size=30), st.booleans())
def test_the_record_of_any_history_is_whole_and_fits_its_schema(
    kind: tuple[str, str, str], picks: list[int], to_the_end: bool
) -> None:
    check(*play(kind, [*picks, *([0] * 40 if to_the_end else [])]))


def test_emails_that_did_not_go_out_are_in_the_record_beside_the_one_that_did() -> None:
    _, events = play(TASKS[0], [0] * 40)
    ready, cleared = next((n, task) for n, task in enumerate(states(events), 1) if task.status is Status.CLEARED)
    assert cleared.package is not None
    package, more = cleared.package.sha256, [*events[:ready]]
    for number, outcome in enumerate((m.TransmissionFailed, m.TransmissionUnconfirmed, m.TransmissionConfirmed)):
        id = f"<{number}@example.gov>"
        more.append(m.TransmissionBegun(MANAGER, T0, package, "ocr@example.gov", id))
        more.append(m.TransmissionTried(MANAGER, T0, id))
        more.append(outcome(MANAGER, T0, id, "said so"))
    task = states(more)[-1]
    check(task, more)
    record = record_of(entries_of(more), more, Known())
    assert record["transmissions"] == [
        {
            "by": MANAGER,
            "at": T0.isoformat(),
            "package": package,
            "manner": "email",
            "to": "ocr@example.gov",
            "note": "",
            "reason": "",
            "sent_at": T0.isoformat(),
            "message_id": "<2@example.gov>",
            "answer": "said so",
        }
    ]
    attempts = record["attempts"]
    assert isinstance(attempts, list)
    assert [(a["message_id"], a["state"]) for a in attempts] == [
        ("<0@example.gov>", "failed"),
        ("<1@example.gov>", "unconfirmed"),
    ]


def test_what_happens_to_a_sealed_record_is_in_it_too() -> None:
    history = ways.not_copied()
    check(history.task, history.events)
    history.do(MANAGER, m.SendCopy(history.task.copies[0].message_id))
    history.do(MANAGER, m.SupplementRecord("A call", (ways.CHART,)))
    history.do(MANAGER, m.HoldRecord("Doe v. ICE"))
    history.do(MANAGER, m.HoldRecord("GAO audit"))
    history.do(MANAGER, m.ReleaseHold(1, "Settled"))
    check(history.task, history.events)
    record = record_of(entries_of(history.events), history.events, Known())
    said = str([(s.title, s.blocks) for s in Pages(record, ZONE).sections()])
    for piece in (
        "Email, unconfirmed",
        "Email, waiting",
        "Supplement 1",
        "Doe v. ICE",
        "Settled",
        "no, it is in force",
    ):
        assert piece in said
