"""Tasks that an import can't hold, played through the handler, and how each stands in the end, told by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import messages as m
from bot.domain.task import Task
from bot.ports.chat import Click
from bot.services.handle import Handler

ZONE = ZoneInfo("America/New_York")
TOMAS, PRIYA = "tomas.alvarez@example.gov", "priya.raman@example.gov"
LATOYA, MARCUS, VIKTOR = "latoya.freeman@example.gov", "marcus.bell@example.gov", "viktor.novak@example.gov"
MEI, NAKAMURA, SAMUEL = "mei.zhang@example.gov", "robert.nakamura@example.gov", "samuel.whitehorse@example.gov"
#: A command, or what makes one of the task as it is by then.
Step = tuple[str, m.Command | Callable[[Task], m.Command]]


@dataclass(slots=True)
class Clock:
    at: datetime

    def __call__(self) -> datetime:
        return self.at


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def _log(task_type: str, subject: str, requestor: str, due: str, about: str = "hq", **fields: object) -> m.LogTask:
    return m.LogTask(task_type, subject, f"{subject}.", requestor, about, _at(due), **fields)  # type: ignore[arg-type]


def _route(*officers: str) -> m.RouteTask:
    return m.RouteTask(officers, "Specific guidance of the AD.")


def _package(task: Task) -> str:
    package = task.package
    assert package is not None
    return package.sha256


URGENT, CONGRESS = m.Priority.URGENT, "congressional-inquiry"
#: When it was logged, and what happened from then on. The numbers are those of `ROWS`.
STORIES: tuple[tuple[str, Sequence[Step]], ...] = (
    (
        "2026-11-18T09:00",
        (
            (TOMAS, _log("report", "Narcan stock count", "ICE Exec Sec", "2026-12-04T17:00")),
            (TOMAS, _route(LATOYA)),
            (LATOYA, m.Defer(1, "Pharmacy keeps it.")),
        ),
    ),
    (
        "2026-11-10T10:00",
        (
            (TOMAS, _log(CONGRESS, "Scabies outbreak", "Senator Castellano", "2026-12-02T12:00")),
            (TOMAS, _route(LATOYA)),
            (LATOYA, m.Acknowledge(1)),
            (LATOYA, m.Respond(1, "Twelve cases.")),
            (TOMAS, m.ReturnResponse(1, "Say where.")),
        ),
    ),
    (
        "2026-11-09T10:00",
        (
            (PRIYA, _log(CONGRESS, "Oxygen tanks", "Rep. Hale", "2026-11-23T12:00")),
            (PRIYA, _route(LATOYA)),
            (LATOYA, m.Acknowledge(1)),
            (LATOYA, m.Respond(1, "Forty.")),
            (PRIYA, m.SendToClearance()),
            (NAKAMURA, lambda task: m.Return(0, 1, _package(task), "Which site?")),
        ),
    ),
    (
        "2026-11-12T11:00",
        (
            (TOMAS, _log("root-cause-analysis", "Wrong wristband", "ICE OPLA", "2026-12-09T17:00")),
            (TOMAS, _route(MEI)),
            (MEI, m.Acknowledge(1)),
            (MEI, m.RequestExtension(1, "Interviews.", _at("2026-12-09T12:00"))),
        ),
    ),
    (
        "2026-11-16T08:30",
        (
            (PRIYA, _log("report", "Bed bug treatments", "DHS JIOC", "2026-12-03T09:00")),
            (PRIYA, _route(LATOYA)),
            (LATOYA, m.Acknowledge(1)),
            (LATOYA, m.Delegate(1, MARCUS, "The counts, from the sites.")),
        ),
    ),
    (
        "2026-11-24T09:05",
        (
            (TOMAS, _log(CONGRESS, "Flu shots", "Senator Whitcomb", "2026-12-11T17:00", priority=URGENT)),
            (TOMAS, _route(LATOYA)),
        ),
    ),
    (
        "2026-11-13T13:00",
        (
            (PRIYA, _log("oig-audit", "Access logs of the health record", "DHS OIG", "2026-12-18T17:00")),
            (PRIYA, _route(VIKTOR)),
            (VIKTOR, m.Acknowledge(1)),
            (VIKTOR, m.Respond(1, "Attached last year.")),
        ),
    ),
    (
        "2026-11-24T11:30",
        ((TOMAS, _log("media-inquiry", "Norovirus rumor", "Associated Press", "2026-11-25T16:00", priority=URGENT)),),
    ),
    (
        "2026-11-24T08:10",
        (
            (PRIYA, _log("leadership-request", "Ambulance times", "ICE Director", "2026-11-24T18:00")),
            (PRIYA, m.OpenEmailLane()),
        ),
    ),
    (
        "2026-11-02T08:10",
        (
            (PRIYA, _log("qfr", "Hearing on oxygen", "Senate Judiciary Committee", "2026-11-20T18:00")),
            (PRIYA, m.Withdraw("The committee took it back.")),
        ),
    ),
    (
        "2026-11-24T12:45",
        ((MARCUS, m.ForwardRequest("How many wheelchairs are there?", "ERO Newark")),),
    ),
    (
        "2026-11-17T15:00",
        (
            (TOMAS, _log("media-inquiry", "Water tests", "Reuters", "2026-12-01T16:00")),
            (TOMAS, _route(SAMUEL)),
            (SAMUEL, m.Acknowledge(1)),
        ),
    ),
)


def _row(
    subject: str, task_type: str, requestor: str, received_at: str, due_at: str, status: str, by: str, **fields: object
) -> dict[str, object]:
    """What all of them are, unless told otherwise: routine requests by email from outside about headquarters."""
    common = {"facility": "", "origin": "external", "scope": "hq", "manner": "email", "priority": "routine"}
    told = {"components": [], "action_officers": [], "waiting_on": [], "ses": False, "states": []}
    return {
        **common,
        **told,
        "subject": subject,
        "task_type": task_type,
        "requestor": requestor,
        "received_at": _at(received_at),
        "due_at": _at(due_at),
        "transmitted_at": None,
        "closed_at": None,
        "status": status,
        "logged_by": by,
        **fields,
    }


def _of(*officers: str, component: str = "HOU", waiting: tuple[str, ...] = ()) -> dict[str, object]:
    return {"action_officers": [*officers], "components": [component], "waiting_on": [*(waiting or officers)]}


#: Keyed by number: the rows that the oracle reads, told again by hand and not taken from the tasks.
ROWS: dict[str, dict[str, object]] = {
    "T-1001": _row(
        "Narcan stock count", "report", "ICE Exec Sec", "2026-11-18T09:00", "2026-12-04T17:00", "assigned", TOMAS,
        **_of(LATOYA, waiting=(TOMAS,)), states=["deferred"],
    ),
    "T-1002": _row(
        "Scabies outbreak", "congressional-inquiry", "Senator Castellano", "2026-11-10T10:00", "2026-12-02T12:00",
        "assigned", TOMAS, **_of(LATOYA), states=["returned", "acknowledged"],
    ),
    "T-1003": _row(
        "Oxygen tanks", "congressional-inquiry", "Rep. Hale", "2026-11-09T10:00", "2026-11-23T12:00",
        "in-review", PRIYA, **_of(LATOYA, waiting=(PRIYA,)), states=["returned"],
    ),
    "T-1004": _row(
        "Wrong wristband", "root-cause-analysis", "ICE OPLA", "2026-11-12T11:00", "2026-12-09T17:00",
        "assigned", TOMAS, **_of(MEI, component="MQMU", waiting=(MEI, TOMAS)), states=["extension", "acknowledged"],
    ),
    "T-1005": _row(
        "Bed bug treatments", "report", "DHS JIOC", "2026-11-16T08:30", "2026-12-03T09:00", "assigned", PRIYA,
        **_of(LATOYA, waiting=(LATOYA, MARCUS)), states=["delegated", "acknowledged"],
    ),
    "T-1006": _row(
        "Flu shots", "congressional-inquiry", "Senator Whitcomb", "2026-11-24T09:05", "2026-12-11T17:00", "assigned",
        TOMAS, **_of(LATOYA), states=["unacknowledged"], priority="urgent",
    ),
    "T-1007": _row(
        "Access logs of the health record", "oig-audit", "DHS OIG", "2026-11-13T13:00", "2026-12-18T17:00",
        "assigned", PRIYA, **_of(VIKTOR, component="HITU", waiting=("dad@HSS",)), states=["in-division-clearance"],
    ),
    "T-1008": _row(
        "Norovirus rumor", "media-inquiry", "Associated Press", "2026-11-24T11:30", "2026-11-25T16:00", "logged", TOMAS,
        waiting_on=[TOMAS], priority="urgent",
    ),
    "T-1009": _row(
        "Ambulance times", "leadership-request", "ICE Director", "2026-11-24T08:10", "2026-11-24T18:00", "by-email",
        PRIYA, waiting_on=[PRIYA],
    ),
    "T-1010": _row(
        "Hearing on oxygen", "qfr", "Senate Judiciary Committee", "2026-11-02T08:10", "2026-11-20T18:00", "withdrawn",
        PRIYA,
    ),
    "T-1011": _row(
        "", "", "ERO Newark", "2026-11-24T12:45", "2026-11-25T12:45", "received", "", waiting_on=["task-manager"],
        sent_by=MARCUS,
        **dict.fromkeys(("scope", "origin", "manner", "priority"), ""),
    ),
    "T-1012": _row(
        "Water tests", "media-inquiry", "Reuters", "2026-11-17T15:00", "2026-12-01T16:00", "assigned", TOMAS,
        **_of(SAMUEL, component="ICU"), states=["acknowledged"],
    ),
}  # fmt: skip


async def play(handle: Handler, clock: Clock) -> list[Task]:
    """Everything that happened, by a handler that reads this clock; the tasks as they stand."""
    return [await _played(handle, clock, number, *story) for number, story in zip(ROWS, STORIES, strict=True)]


async def _played(handle: Handler, clock: Clock, number: str, at: str, steps: Sequence[Step]) -> Task:
    clock.at, task = _at(at), None
    for index, (actor, step) in enumerate(steps):
        command = step(task) if callable(step) and task else step
        assert not callable(command)
        task = await handle(Click(f"{number}:{index}", "slack", actor, number if index else "", command))
    assert task is not None
    return task
