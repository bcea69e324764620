"""Ways that tasks go, as far as a card needs them: each gives its history, acted on by commands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce

from bot.domain import messages as m
from bot.domain.copying import copied, copy_ended, copy_tried
from bot.domain.evolve import evolve
from bot.domain.mailing import MailOutcome, ended, tried
from bot.domain.package import FileRef
from bot.domain.task import Task
from cards.placement import Placement, placements
from tests.world import (
    COS,
    DAD_CS,
    DAD_HCC,
    HOU_CHIEF,
    MANAGER,
    MQMU_CHIEF,
    SAMPLE,
    T0,
    ZONE,
    History,
    context,
    holder,
    request,
)

CHART = FileRef("bed count.pdf", 48_213, "5e" * 32, "application/pdf")
NOTES = FileRef("notes.txt", 9_120, "a1" * 32, "text/plain")


def received() -> History:
    """6-1.2: a request reached an action officer, who sent it on."""
    link = "https://ihsc.slack.com/archives/C0LAN2Q65/p1764000000000100"
    return History(m.ForwardRequest("How many beds were in use?", "Ana Ortiz", link, "She calls at noon."), HOU_CHIEF)


def routed(officer: str = HOU_CHIEF, **fields: object) -> History:
    history = History(request(**fields))  # type: ignore[arg-type]
    history.do(MANAGER, m.RouteTask((officer,)))
    return history


def acknowledged(officer: str = HOU_CHIEF, **fields: object) -> History:
    history = routed(officer, **fields)
    history.do(officer, m.Acknowledge(1))
    return history


def responded(officer: str = HOU_CHIEF, *files: FileRef, **fields: object) -> History:
    history = acknowledged(officer, **fields)
    history.do(officer, m.Respond(1, "412 beds were in use.\nThe count is of 31 October.", files))
    return history


def audit() -> History:
    """5-4.4: the DAD of the division clears before submission."""
    return responded(MQMU_CHIEF, CHART, task_type="oig-audit", about="MQMU")


def deferred() -> History:
    history = routed()
    history.do(HOU_CHIEF, m.Defer(1, "Beds are counted by MQMU.", MQMU_CHIEF))
    return history


def delegated() -> History:
    """5-3.3: a piece is with somebody who knows."""
    history = acknowledged()
    history.do(HOU_CHIEF, m.Delegate(1, MQMU_CHIEF, "How many beds, by your census?"))
    return history


def asked_for_time() -> History:
    history = acknowledged()
    history.do(HOU_CHIEF, m.RequestExtension(1, "Two facilities have not answered.", T0 + timedelta(days=9, hours=20)))
    return history


def several(cleared: bool = True) -> History:
    """5-2.2.c: two divisions answer, one of them with no information."""
    history = routed()
    history.do(MANAGER, m.AssignAlso(MQMU_CHIEF))
    history.do(HOU_CHIEF, m.Acknowledge(1))
    history.do(HOU_CHIEF, m.Respond(1, "412 beds.", (CHART,)))
    history.do(MQMU_CHIEF, m.Acknowledge(2))
    history.do(MQMU_CHIEF, m.RespondNegative(2, "We hold no counts."))
    for number, lead in ((1, DAD_CS), (2, DAD_HCC)) if cleared else ():
        history.do(lead, m.ClearComponent(number, part_of(history.task, number)))
    return history


def consolidated() -> History:
    history = several()
    history.do(MANAGER, m.Consolidate("412 beds were in use in all divisions."))
    return history


def in_clearance(history: History | None = None) -> History:
    history = history or responded(HOU_CHIEF, CHART, NOTES)
    history.do(MANAGER, m.SendToClearance())
    return history


def clear(history: History, *officials: str) -> History:
    """The next steps of the round, by these in turn."""
    for official in officials:
        current = history.task.round
        assert current is not None
        assert current.current is not None
        history.do(official, m.Clear(current.current, current.number, package_of(history.task)))
    return history


def cleared() -> History:
    return clear(in_clearance(), DAD_CS, COS)


def returned() -> History:
    history = clear(in_clearance(), DAD_CS)
    history.do(COS, m.Return(1, 1, package_of(history.task), "Name the facility."))
    return history


def transmitted() -> History:
    history = cleared()
    history.do(MANAGER, m.Transmit(package_of(history.task), "Mail of 24 November"))
    return history


def mailing(kind: type[MailOutcome] | None = None, said: str = "") -> History:
    """Sent by email: under way, or as the mail server left it."""
    history = cleared()
    history.mail_domain = "taskings.example.gov"
    history.do(MANAGER, m.Send(package_of(history.task), "ocr@example.org"))
    assert history.task.mailing is not None
    if kind:
        _happened(history, tried(history.task, history.now))
        _happened(history, ended(history.task, kind, history.task.mailing.message_id, said, history.now))
    return history


def _happened(history: History, events: tuple[m.Event, ...]) -> None:
    history.events += events
    history.state = reduce(evolve, events, history.task)


def closed() -> History:
    history = transmitted()
    history.do(MANAGER, m.Close())
    return history


def not_copied() -> History:
    """The copy for the Taskings mailbox may have gone."""
    history = closed()
    history.mail_domain = "taskings.example.gov"
    ctx = replace(context(MANAGER, history.now, mail_domain=history.mail_domain), records_to="box@example.gov")
    _happened(history, copied(history.task, history.task.seal, ctx))
    _happened(history, copy_tried(history.task, history.now))
    message = history.task.copies[0].message_id
    _happened(history, copy_ended(history.task, m.CopyUnconfirmed, message, "The connection broke.", history.now))
    return history


def supplemented() -> History:
    history = closed()
    history.do(MANAGER, m.SupplementRecord("The OCR asked for the chart again.", (CHART,)))
    return history


def held() -> History:
    history = supplemented()
    history.do(MANAGER, m.HoldRecord("Doe v. ICE: keep everything about beds."))
    return history


def medpar() -> History:
    """Three units answer, two of them of one division."""
    history = History(request("medpar", "HPMU"))
    officers = tuple(holder("unit-chief", unit) for unit in ("HPMU", "MCMU", "HOU"))
    history.do(MANAGER, m.RouteTask(officers))
    for a in history.task.active:
        history.do(a.officer, m.Acknowledge(a.id))
        history.do(a.officer, m.Respond(a.id, f"Nothing at {a.component}."))
    return history


def open_official() -> History:
    """Appendix A, MedPAR: "TBD"."""
    history = medpar()
    for a in history.task.active:
        assert a.lead is not None
        history.do(holder(a.lead.key, a.lead.component), m.ClearComponent(a.id, part_of(history.task, a.id)))
    history.do(MANAGER, m.Consolidate("There is nothing to report."))
    return history


def package_of(task: Task) -> str:
    assert task.package is not None
    return task.package.sha256


def part_of(task: Task, number: int) -> str:
    assignment = task.assignment(number)
    assert assignment is not None
    assert assignment.package is not None
    return assignment.package.sha256


def placed(events: Sequence[m.Event]) -> tuple[Placement, ...]:
    """Every card that anybody was ever given by then, in the order in which they came."""
    found: dict[Placement, None] = {}
    for count, event in enumerate(events, start=1):
        task = reduce(evolve, events[:count], None)
        assert task is not None
        found |= dict.fromkeys(placements(task, SAMPLE, event.at, ZONE))
    return tuple(found)
