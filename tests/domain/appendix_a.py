"""Appendix A, copied out by hand from the directive and never read from the rubric's file.

Each row quotes its cells, and beside them says what they come to: "+" parts assignments, ">" steps in order, "|" those
of whom any one will do.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Officers:
    """Who answers. `when` is what must hold, `still_open` what the task manager must settle."""

    when: str
    who: str
    still_open: str = ""


@dataclass(frozen=True, slots=True)
class Clears:
    """Who clears, without and with SES clearance, where the last step is the AD in person (4-7)."""

    when: str
    steps: str
    ses: str
    still_open: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    task_type: str
    action_officer: str
    clearing_official: str
    officers: tuple[Officers, ...]
    clearance: tuple[Clears, ...]
    awareness: str = ""
    reply: str = "required"


HQ_UNIT_CHIEF = Officers("hq", "unit-chief")
# "Varies": the task manager picks. 5-2.2.b proposes, but waits for a facility: "the respective regional HSA (RHSA) and
# Health Operations Unit (HOU) chief" if IHSC staffs it, "respective RFMC and Medical Case Management Unit (MCMU) chief"
# if it is a contract facility.
FIELD_VARIES = (
    Officers("field none", "", still_open="action_officers facility"),
    Officers("field ihsc", "rhsa + hou-chief"),
    Officers("field contract", "rfmc + mcmu-chief"),
)
# "Regional HSA or Regional FMC": the row names no chief, so 5-2.2.b only says which of the two.
FIELD_REGIONAL = (
    Officers("field none", "rhsa | rfmc", still_open="facility"),
    Officers("field ihsc", "rhsa"),
    Officers("field contract", "rfmc"),
)

TABLE = (
    Row(
        "congressional-inquiry",
        "Congressional inquires",
        "HQ: Unit Chief Field: Varies",
        "DAD and COS",
        (HQ_UNIT_CHIEF, *FIELD_VARIES),
        (Clears("", "dad > cos", ses="dad > cos > ad"),),
    ),
    Row(
        "declaration",
        "Declarations",
        "HQ: Unit Chief Field: Regional HSA",
        "ICE: DAD-CS Non-IHSC facilities : FOD/AFOD",
        (
            HQ_UNIT_CHIEF,
            Officers("field none", "rhsa", still_open="facility"),
            Officers("field ihsc", "rhsa"),
            Officers("field contract", "rhsa"),
        ),
        (
            Clears("hq none", "dad-cs", ses="dad-cs > ad"),
            Clears("field none", "", ses="ad", still_open="clearance facility"),
            Clears("ihsc", "dad-cs", ses="dad-cs > ad"),
            Clears("contract", "fod | afod", ses="fod | afod > ad"),
        ),
    ),
    Row(
        "foia-medical-records",
        "FOIA requests (Medical Records)",
        "HQ: Unit Chief Field: HSA Records and Information Management (RIM) Office for awareness",
        "HQ: Unit Chief Field: HSA",
        (
            HQ_UNIT_CHIEF,
            Officers("field none", "hsa", still_open="facility"),
            Officers("field ihsc", "hsa"),
            Officers("field contract", "hsa"),
        ),
        (Clears("hq", "unit-chief", ses="unit-chief > ad"), Clears("field", "hsa", ses="hsa > ad")),
        awareness="rim",
    ),
    Row(
        "foia-data-request",
        "FOIA requests (Data Request)",
        "HQ: Unit Chief Field: Varies RIM Office for awareness",
        "RIM",
        (HQ_UNIT_CHIEF, *FIELD_VARIES),
        (Clears("", "rim", ses="rim > ad"),),
        awareness="rim",
    ),
    Row(
        "foia-complex",
        "FOIA requests (Complex/Other)",
        "HQ: DADs and Unit Chiefs Field: Varies RIM Office for awareness",
        "RIM",
        (Officers("hq", "dad + unit-chief"), *FIELD_VARIES),
        (Clears("", "rim", ses="rim > ad"),),
        awareness="rim",
    ),
    Row(
        "odo-audit-medical",
        "ICE ODO audits (with Medical Findings)",
        "HQ: Unit Chief Field: Regional HSA or Regional FMC",
        "DAD",
        (HQ_UNIT_CHIEF, *FIELD_REGIONAL),
        (Clears("", "dad", ses="dad > ad"),),
    ),
    Row(
        "odo-audit-non-medical",
        "ICE ODO audits (without Medical Findings)",
        "HQ: Unit Chief Field: Regional HSA or Regional FMC",
        "Informational – clearance not needed.",
        (HQ_UNIT_CHIEF, *FIELD_REGIONAL),
        (Clears("", "", ses=""),),
        reply="informational",
    ),
    Row(
        "oig-audit",
        "ICE OIG audits",
        "HQ: Unit Chief Field: Varies",
        "DAD-CS, CoS, AD",
        (HQ_UNIT_CHIEF, *FIELD_VARIES),
        (Clears("", "dad-cs > cos > ad", ses="dad-cs > cos > ad"),),
    ),
    Row(
        "gao-audit",
        "GAO inquires, audits, and investigations",
        "HQ: Unit Chief Field: Varies",
        "DAD-CS, CoS, AD",
        (HQ_UNIT_CHIEF, *FIELD_VARIES),
        (Clears("", "dad-cs > cos > ad", ses="dad-cs > cos > ad"),),
    ),
    Row(
        "leadership-request",
        "Senior leadership request for information",
        "HQ external: DADs HQ internal: Unit Chief Field: Varies",
        "External to IHSC: AD, CoS, or DAD Internal to IHSC: DAD or Unit Chief",
        (Officers("hq external", "dad"), Officers("hq internal", "unit-chief"), *FIELD_VARIES),
        (
            Clears("external", "ad | cos | dad", ses="ad"),
            Clears("internal", "dad | unit-chief", ses="dad | unit-chief > ad"),
        ),
    ),
    Row(
        "media-inquiry",
        "Media inquires",
        "DCOS, ICU Chief or designee",
        "IHSC CoS or DCoS",
        (Officers("", "dcos | icu-chief"),),
        (Clears("", "cos | dcos", ses="cos | dcos > ad"),),
    ),
    Row(
        "medical-care-expenditures",
        "Medical care expenditures (Quarterly Budget Formulation/Performance Measures)",
        "Resource Management Unit (RMU) Chief, Health Information Technology Unit (HITU) Chief, "
        "Health Plan Management Unit (HPMU) or designee(s)",
        "IHSC DAD",
        (Officers("", "rmu-chief + hitu-chief + hpmu-chief"),),
        (Clears("", "dad", ses="dad > ad"),),
    ),
    Row(
        "medical-complaint",
        "Medical complaints",
        "HQ: MCMU and HOU Field: Regional HSA or Regional FMC",
        "Health Care Compliance Consultant",
        (Officers("hq", "mcmu-chief + hou-chief"), *FIELD_REGIONAL),
        (Clears("", "hcc-consultant", ses="hcc-consultant > ad"),),
    ),
    Row(
        "medpar",
        "Medical Payment Authorization Request (MedPAR) information",
        "HPMU MCMU, HOU Field: Regional HSA or Regional FMC",
        "TBD",
        (Officers("hq", "hpmu-chief + mcmu-chief + hou-chief"), *FIELD_REGIONAL),
        (Clears("", "", ses="ad", still_open="clearance"),),
    ),
    Row(
        "root-cause-analysis",
        "Root cause analysis",
        "MQMU",
        "DAD-HCC",
        (Officers("", "mqmu-chief"),),
        (Clears("", "dad-hcc", ses="dad-hcc > ad"),),
    ),
    Row(
        "report",
        "Routine and ad-hoc reports",
        "HQ: Unit Chief Field: Varies",
        "DAD, CoS, or AD",
        (HQ_UNIT_CHIEF, *FIELD_VARIES),
        (Clears("", "dad | cos | ad", ses="ad"),),
    ),
    Row(
        "sme-statement",
        "Subject matter expert statements",
        "HQ: Unit Chief Field: Varies",
        "DAD, CoS, or AD",
        (HQ_UNIT_CHIEF, *FIELD_VARIES),
        (Clears("", "dad | cos | ad", ses="ad"),),
    ),
    Row(
        "qfr",
        "Questions for the record (QFR)",
        "HQ: Unit Chief Field: Varies",
        "DAD, CoS, or AD",
        (HQ_UNIT_CHIEF, *FIELD_VARIES),
        (Clears("", "dad | cos | ad", ses="ad"),),
    ),
    Row(
        "other",
        "Other requests for information",
        "HQ: Unit Chief Field: Varies",
        "DAD, CoS, or AD",
        (HQ_UNIT_CHIEF, *FIELD_VARIES),
        (Clears("", "dad | cos | ad", ses="ad"),),
    ),
)
