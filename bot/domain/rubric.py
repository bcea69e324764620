"""Appendix A as data, and the routing it gives for one situation, in position keys.

A row lists cases for its action officers and for its clearance; the first case whose conditions hold is the
one that counts. Steps are lists of lists: every outer entry is needed, each inner list means "any one of".
`bot.rubric` reads the rows from a file; `bot.domain.routing` finds the people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import TypeAlias

from bot.domain.organization import Staffing
from bot.errors import InvalidInput

Steps: TypeAlias = tuple[tuple[str, ...], ...]

#: The task types, in the order of Appendix A.
TASK_TYPES: tuple[str, ...] = (
    "congressional-inquiry",
    "declaration",
    "foia-medical-records",
    "foia-data-request",
    "foia-complex",
    "odo-audit-medical",
    "odo-audit-non-medical",
    "oig-audit",
    "gao-audit",
    "leadership-request",
    "media-inquiry",
    "medical-care-expenditures",
    "medical-complaint",
    "medpar",
    "root-cause-analysis",
    "report",
    "sme-statement",
    "qfr",
    "other",
)


class Scope(StrEnum):
    HQ = "hq"
    FIELD = "field"


class Origin(StrEnum):
    INTERNAL = "internal"
    EXTERNAL = "external"


class Reply(StrEnum):
    """Informational tasks are acknowledged and closed: nothing is cleared."""

    REQUIRED = "required"
    INFORMATIONAL = "informational"


class Gives(StrEnum):
    """What a case of Appendix A gives: its steps, or a reason why it has none.

    `VARIES` is for action officers, and 5-2.2.b proposes them once a facility is known; the others are for
    clearance. `FACILITY` says that the facility decides and is not known.
    """

    STEPS = "steps"
    VARIES = "varies"
    TBD = "tbd"
    INFORMATIONAL = "informational"
    FACILITY = "facility"


@dataclass(frozen=True, slots=True)
class Situation:
    """What of a request decides its routing. `staffing` is the facility's, None while none is known."""

    scope: Scope
    origin: Origin = Origin.EXTERNAL
    staffing: Staffing | None = None
    ses: bool = False


#: Every situation that conditions can tell apart.
SITUATIONS: tuple[Situation, ...] = tuple(
    Situation(scope, origin, staffing) for scope, origin, staffing in product(Scope, Origin, (None, *Staffing))
)


@dataclass(frozen=True, slots=True)
class Case:
    """One alternative of a cell; a condition that is None holds in any situation."""

    steps: Steps = ()
    gives: Gives = Gives.STEPS
    scope: Scope | None = None
    origin: Origin | None = None
    staffing: Staffing | None = None

    def holds(self, situation: Situation) -> bool:
        return (
            self.scope in (None, situation.scope)
            and self.origin in (None, situation.origin)
            and self.staffing in (None, situation.staffing)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One task type of Appendix A, in its words; `label` is what cards call it.

    The two texts are the cells for action officer and clearing official, verbatim, one line for each of theirs.
    """

    key: str
    label: str
    name: str
    authority: str
    requestors: tuple[str, ...]
    officers: tuple[Case, ...]
    clearance: tuple[Case, ...]
    awareness: tuple[str, ...]
    officers_text: str
    clearance_text: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """How many years a record of some type is kept after its closing, and on which authority; see section 10."""

    authority: str
    years: int
    approved: bool


@dataclass(frozen=True, slots=True)
class Rubric:
    """Appendix A. `version` is what a task cites; `rows` and `retention` are keyed by task type."""

    version: str
    rows: dict[str, Row]
    retention: Mapping[str, Schedule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """A dry run of Appendix A. `open` holds what the task manager must still settle.

    Of "action_officers", "clearance" and "facility", in that order. `varies` says that the row leaves the action
    officers to the task manager, so that those given are a proposal.
    """

    task_type: str
    reply: Reply
    action_officers: Steps
    awareness: tuple[str, ...]
    clearance: Steps
    open: tuple[str, ...]
    varies: bool = False


#: Whom 5-2.2.b adds where Appendix A says "Varies".
PROPOSED: dict[Staffing, Steps] = {
    Staffing.IHSC: (("rhsa",), ("hou-chief",)),
    Staffing.CONTRACT: (("rfmc",), ("mcmu-chief",)),
}
#: Positions that mean nobody in particular until a facility is known.
AT_A_FACILITY = frozenset({"rhsa", "rfmc", "hsa", "fmc", "fod", "afod"})


def route(rubric: Rubric, task_type: str, situation: Situation) -> Route:
    """Who answers, who is told and who clears, as Appendix A and 5-2.2.b say.

    Raises InvalidInput for a task type the rubric does not have.
    """
    row = rubric.rows.get(task_type)
    if row is None:
        raise InvalidInput(f"“{task_type}” is not a task type; use one of {', '.join(rubric.rows)}.", field="task_type")
    officers, clearance = _first(row.officers, situation), _first(row.clearance, situation)
    answering = _answering(officers, situation)
    informational = clearance.gives is Gives.INFORMATIONAL
    to_settle = {
        "action_officers": not answering,
        "clearance": not informational and not clearance.steps,
        "facility": _wants_facility(officers, clearance, situation),
    }
    return Route(
        task_type,
        Reply.INFORMATIONAL if informational else Reply.REQUIRED,
        answering,
        row.awareness,
        _cleared_by_ad(clearance.steps) if situation.ses and not informational else clearance.steps,
        tuple(name for name, unsettled in to_settle.items() if unsettled),
        officers.gives is Gives.VARIES,
    )


def sections(row: Row, situation: Situation) -> str:
    """What decides who answers: the row alone, or with it 5-2.2.b, by who staffs the facility."""
    case = _first(row.officers, situation)
    by_staffing = situation.staffing is not None and (case.staffing is not None or case.gives is Gives.VARIES)
    return "Appendix A and 5-2.2.b" if by_staffing else "Appendix A"


def _first(cases: tuple[Case, ...], situation: Situation) -> Case:
    return next(case for case in cases if case.holds(situation))


def _answering(officers: Case, situation: Situation) -> Steps:
    if officers.gives is Gives.VARIES and situation.staffing:
        return PROPOSED[situation.staffing]
    return officers.steps


def _wants_facility(officers: Case, clearance: Case, situation: Situation) -> bool:
    """A field task whose route depends on a facility that is not known."""
    if situation.scope is not Scope.FIELD or situation.staffing:
        return False
    named = {key for step in (*officers.steps, *clearance.steps) for key in step}
    return officers.gives is Gives.VARIES or clearance.gives is Gives.FACILITY or bool(named & AT_A_FACILITY)


def _cleared_by_ad(steps: Steps) -> Steps:
    """SES clearance: the last step is the AD's in person (4-7)."""
    before = steps[:-1] if steps and "ad" in steps[-1] else steps
    return (*before, ("ad",))
