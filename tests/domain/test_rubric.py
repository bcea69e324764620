"""Appendix A, transcribed by hand: what its words mean for headquarters, the field and each kind of facility."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from bot.domain.organization import Staffing
from bot.domain.rubric import SITUATIONS, TASK_TYPES, Origin, Reply, Route, Rubric, Scope, Situation, Steps, route
from bot.errors import InvalidInput
from bot.rubric.loader import load

HQ = Situation(Scope.HQ)
HQ_INTERNAL = Situation(Scope.HQ, Origin.INTERNAL)
FIELD = Situation(Scope.FIELD)
FIELD_INTERNAL = Situation(Scope.FIELD, Origin.INTERNAL)
IHSC = Situation(Scope.FIELD, staffing=Staffing.IHSC)
CONTRACT = Situation(Scope.FIELD, staffing=Staffing.CONTRACT)


@dataclass(frozen=True)
class Line:
    situation: Situation
    officers: Steps
    clearance: Steps
    open: tuple[str, ...] = ()


def by(*keys: str) -> Steps:
    """One step that any one of the keys can take."""
    return (keys,)


def varies(clearance: Steps) -> tuple[Line, ...]:
    """ "HQ: Unit Chief / Field: Varies", with 5-2.2.b proposing once a facility is known."""
    return (
        Line(HQ, by("unit-chief"), clearance),
        Line(FIELD, (), clearance, ("action_officers", "facility")),
        Line(IHSC, (("rhsa",), ("hou-chief",)), clearance),
        Line(CONTRACT, (("rfmc",), ("mcmu-chief",)), clearance),
    )


def regional(headquarters: Steps, clearance: Steps, *still_open: str) -> tuple[Line, ...]:
    """ "Field: Regional HSA or Regional FMC", which 5-2.2.b decides by the facility."""
    return (
        Line(HQ, headquarters, clearance, still_open),
        Line(FIELD, by("rhsa", "rfmc"), clearance, (*still_open, "facility")),
        Line(IHSC, by("rhsa"), clearance, still_open),
        Line(CONTRACT, by("rfmc"), clearance, still_open),
    )


def always(officers: Steps, clearance: Steps) -> tuple[Line, ...]:
    """A row that does not tell headquarters from the field."""
    return tuple(Line(situation, officers, clearance) for situation in (HQ, FIELD, IHSC, CONTRACT))


#: Per task type: the action officer cell, the clearing official cell, and what they mean.
APPENDIX_A: dict[str, tuple[str, str, tuple[Line, ...]]] = {
    "congressional-inquiry": ("HQ: Unit Chief Field: Varies", "DAD and COS", varies((("dad",), ("cos",)))),
    "declaration": (
        "HQ: Unit Chief Field: Regional HSA",
        "ICE: DAD-CS Non-IHSC facilities: FOD/AFOD",
        (
            Line(HQ, by("unit-chief"), by("dad-cs")),
            Line(FIELD, by("rhsa"), (), ("facility",)),
            Line(IHSC, by("rhsa"), by("dad-cs")),
            Line(CONTRACT, by("rhsa"), by("fod", "afod")),
            Line(replace(HQ, staffing=Staffing.IHSC), by("unit-chief"), by("dad-cs")),
            Line(replace(HQ, staffing=Staffing.CONTRACT), by("unit-chief"), by("fod", "afod")),
        ),
    ),
    "foia-medical-records": (
        "HQ: Unit Chief Field: HSA Records and Information Management (RIM) Office for awareness",
        "HQ: Unit Chief Field: HSA",
        (
            Line(HQ, by("unit-chief"), by("unit-chief")),
            Line(FIELD, by("hsa"), by("hsa"), ("facility",)),
            Line(IHSC, by("hsa"), by("hsa")),
            Line(CONTRACT, by("hsa"), by("hsa")),
        ),
    ),
    "foia-data-request": (
        "HQ: Unit Chief Field: Varies RIM Office for awareness",
        "RIM",
        varies(by("rim")),
    ),
    "foia-complex": (
        "HQ: DADs and Unit Chiefs Field: Varies RIM Office for awareness",
        "RIM",
        (Line(HQ, (("dad",), ("unit-chief",)), by("rim")), *varies(by("rim"))[1:]),
    ),
    "odo-audit-medical": (
        "HQ: Unit Chief Field: Regional HSA or Regional FMC",
        "DAD",
        regional(by("unit-chief"), by("dad")),
    ),
    "odo-audit-non-medical": (
        "HQ: Unit Chief Field: Regional HSA or Regional FMC",
        "Informational – clearance not needed.",
        regional(by("unit-chief"), ()),
    ),
    "oig-audit": ("HQ: Unit Chief Field: Varies", "DAD-CS, CoS, AD", varies((("dad-cs",), ("cos",), ("ad",)))),
    "gao-audit": ("HQ: Unit Chief Field: Varies", "DAD-CS, CoS, AD", varies((("dad-cs",), ("cos",), ("ad",)))),
    "leadership-request": (
        "HQ external: DADs HQ internal: Unit Chief Field: Varies",
        "External to IHSC: AD, CoS, or DAD Internal to IHSC: DAD or Unit Chief",
        (
            Line(HQ, by("dad"), by("ad", "cos", "dad")),
            Line(HQ_INTERNAL, by("unit-chief"), by("dad", "unit-chief")),
            *varies(by("ad", "cos", "dad"))[1:],
            Line(FIELD_INTERNAL, (), by("dad", "unit-chief"), ("action_officers", "facility")),
        ),
    ),
    "media-inquiry": (
        "DCOS, ICU Chief or designee",
        "IHSC CoS or DCoS",
        always(by("dcos", "icu-chief"), by("cos", "dcos")),
    ),
    "medical-care-expenditures": (
        "Resource Management Unit (RMU) Chief, Health Information Technology Unit (HITU) Chief, "
        "Health Plan Management Unit (HPMU) or designee(s)",
        "IHSC DAD",
        always((("rmu-chief",), ("hitu-chief",), ("hpmu-chief",)), by("dad")),
    ),
    "medical-complaint": (
        "HQ: MCMU and HOU Field: Regional HSA or Regional FMC",
        "Health Care Compliance Consultant",
        regional((("mcmu-chief",), ("hou-chief",)), by("hcc-consultant")),
    ),
    "medpar": (
        "HPMU MCMU, HOU Field: Regional HSA or Regional FMC",
        "TBD",
        regional((("hpmu-chief",), ("mcmu-chief",), ("hou-chief",)), (), "clearance"),
    ),
    "root-cause-analysis": ("MQMU", "DAD-HCC", always(by("mqmu-chief"), by("dad-hcc"))),
    "report": ("HQ: Unit Chief Field: Varies", "DAD, CoS, or AD", varies(by("dad", "cos", "ad"))),
    "sme-statement": ("HQ: Unit Chief Field: Varies", "DAD, CoS, or AD", varies(by("dad", "cos", "ad"))),
    "qfr": ("HQ: Unit Chief Field: Varies", "DAD, CoS, or AD", varies(by("dad", "cos", "ad"))),
    "other": ("HQ: Unit Chief Field: Varies", "DAD, CoS, or AD", varies(by("dad", "cos", "ad"))),
}
LINES = [
    pytest.param(task_type, line, id=f"{task_type} {line.situation.scope} {line.situation.staffing or ''}".strip())
    for task_type, (_, _, lines) in APPENDIX_A.items()
    for line in lines
]


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load()


def test_the_table_holds_every_task_type_in_order() -> None:
    assert tuple(APPENDIX_A) == TASK_TYPES


@pytest.mark.parametrize(("task_type", "line"), LINES)
def test_a_request_is_routed_as_its_row_says(rubric: Rubric, task_type: str, line: Line) -> None:
    found = route(rubric, task_type, line.situation)
    assert (found.action_officers, found.clearance, found.open) == (line.officers, line.clearance, line.open)
    assert found.task_type == task_type


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_a_row_quotes_the_cells_it_applies(rubric: Rubric, task_type: str) -> None:
    officers, clearance, _ = APPENDIX_A[task_type]
    row = rubric.rows[task_type]
    assert (" ".join(row.officers_text.split()), " ".join(row.clearance_text.split())) == (officers, clearance)


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_only_the_requests_under_the_foia_make_rim_aware(rubric: Rubric, task_type: str) -> None:
    told = {route(rubric, task_type, situation).awareness for situation in SITUATIONS}
    assert told == {("rim",) if task_type.startswith("foia-") else ()}


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_only_odo_audits_without_medical_findings_are_informational(rubric: Rubric, task_type: str) -> None:
    replies = {route(rubric, task_type, situation).reply for situation in SITUATIONS}
    assert replies == {Reply.INFORMATIONAL if task_type == "odo-audit-non-medical" else Reply.REQUIRED}


@pytest.mark.parametrize("task_type", TASK_TYPES)
def test_who_asks_matters_for_leadership_requests_alone(rubric: Rubric, task_type: str) -> None:
    def routes(origin: Origin) -> list[Route]:
        return [route(rubric, task_type, s) for s in SITUATIONS if s.origin is origin]

    assert (routes(Origin.INTERNAL) != routes(Origin.EXTERNAL)) == (task_type == "leadership-request")


def test_a_proposal_where_the_row_says_varies_is_marked_as_one(rubric: Rubric) -> None:
    assert route(rubric, "qfr", IHSC).varies
    assert not route(rubric, "qfr", HQ).varies
    assert not route(rubric, "odo-audit-medical", IHSC).varies


# Clearance by the AD in person (4-7)

SES: dict[str, tuple[Situation, Steps]] = {
    "report": (HQ, by("ad")),
    "oig-audit": (HQ, (("dad-cs",), ("cos",), ("ad",))),
    "leadership-request": (HQ, by("ad")),
    "congressional-inquiry": (HQ, (("dad",), ("cos",), ("ad",))),
    "media-inquiry": (HQ, (("cos", "dcos"), ("ad",))),
    "foia-medical-records": (IHSC, (("hsa",), ("ad",))),
    "declaration": (CONTRACT, (("fod", "afod"), ("ad",))),
    "medpar": (HQ, by("ad")),
    "odo-audit-non-medical": (HQ, ()),
}


@pytest.mark.parametrize("task_type", SES)
def test_ses_clearance_ends_with_the_ad_in_person(rubric: Rubric, task_type: str) -> None:
    situation, clearance = SES[task_type]
    assert route(rubric, task_type, replace(situation, ses=True)).clearance == clearance


def test_ses_clearance_does_not_settle_who_clears_a_medpar(rubric: Rubric) -> None:
    assert route(rubric, "medpar", replace(IHSC, ses=True)).open == ("clearance",)


def test_ses_clearance_does_not_settle_which_facility_a_declaration_is_about(rubric: Rubric) -> None:
    found = route(rubric, "declaration", replace(FIELD, ses=True))
    assert (found.clearance, found.open) == (by("ad"), ("facility",))


def test_a_medpar_from_the_field_leaves_its_clearance_before_its_facility(rubric: Rubric) -> None:
    assert route(rubric, "medpar", FIELD).open == ("clearance", "facility")


def test_an_unknown_task_type_is_refused_with_those_there_are(rubric: Rubric) -> None:
    with pytest.raises(
        InvalidInput, match=r"“medical” is not a task type; use one of congressional-inquiry, .*other\."
    ):
        route(rubric, "medical", HQ)
