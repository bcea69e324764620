"""Where the time of a task went, told from its events: each span belongs to whoever had the task during it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.assignment import Stage
from bot.domain.evolve import evolve
from bot.domain.messages import Event, RequestForwarded, TaskLogged
from bot.domain.task import Status, Task


class Phase(StrEnum):
    """Who has a task, in the order of the flow."""

    ROUTING = "routing"
    OFFICERS = "officers"
    DIVISION = "division"
    REVIEW = "review"
    CLEARANCE = "clearance"
    TRANSMISSION = "transmission"


PHASE_WORDS: Mapping[Phase, str] = {
    Phase.ROUTING: "to be logged and assigned",
    Phase.OFFICERS: "with action officers",
    Phase.DIVISION: "in division clearance",
    Phase.REVIEW: "in review",
    Phase.CLEARANCE: "in final clearance",
    Phase.TRANSMISSION: "cleared, to be transmitted",
}
PHASES: Mapping[Status, Phase] = {
    Status.RECEIVED: Phase.ROUTING,
    Status.LOGGED: Phase.ROUTING,
    Status.BY_EMAIL: Phase.OFFICERS,
    Status.IN_REVIEW: Phase.REVIEW,
    Status.IN_CLEARANCE: Phase.CLEARANCE,
    Status.CLEARED: Phase.TRANSMISSION,
}
ANSWERING = frozenset({Stage.ASSIGNED, Stage.ACKNOWLEDGED, Stage.DEFERRED})


def phase_of(task: Task) -> Phase | None:
    """Who has it now, None once it is over; with several answers it is with the officers until the last came."""
    if task.status is not Status.ASSIGNED:
        return PHASES.get(task.status)
    return Phase.OFFICERS if any(a.stage in ANSWERING for a in task.active) else Phase.DIVISION


def time_by_phase(events: Sequence[Event], until: datetime) -> dict[Phase, timedelta] | None:
    """From receipt until then; a task that came back adds to what it spent there before.

    None where the events do not tell, as of one that another system had.
    """
    if not events or not isinstance(events[0], RequestForwarded | TaskLogged):
        return None
    spent = dict.fromkeys(Phase, timedelta())
    task, since = evolve(None, events[0]), min(_received(events[0]), until)
    for event in events[1:]:
        since = _add(spent, task, since, min(event.at, until))
        task = evolve(task, event)
    _add(spent, task, since, until)
    return spent


def _received(event: RequestForwarded | TaskLogged) -> datetime:
    return event.request.received_at if isinstance(event, TaskLogged) else event.at


def _add(spent: dict[Phase, timedelta], task: Task, since: datetime, until: datetime) -> datetime:
    """Where the next span begins: somebody may have recorded afterwards what was earlier."""
    phase = phase_of(task)
    if phase and until > since:
        spent[phase] += until - since
    return max(since, until)


def mean_phases(spent: Iterable[dict[Phase, timedelta]]) -> tuple[tuple[Phase, timedelta], ...]:
    """Per task, so that they add up to the mean time from receipt to transmission."""
    each = tuple(spent)
    return tuple((p, sum((one[p] for one in each), timedelta()) / len(each)) for p in Phase) if each else ()
