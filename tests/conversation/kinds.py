"""What a year of taskings is made of: who asks for what, which components answer, who clears."""

from __future__ import annotations

from dataclasses import dataclass

CENTERS = {
    "LKP": ("Lakepoint", "EAST"),
    "RVB": ("River Bend", "EAST"),
    "PRR": ("Prairie Ridge", "CENTRAL"),
    "STH": ("Stonehollow", "CENTRAL"),
    "SGV": ("Sagebrush Valley", "WEST"),
    "HBM": ("Harbor Mesa", "WEST"),
}
OFFICERS = {
    "HOU": ("latoya.freeman", "omar.haddad", "marcus.bell"),
    "MCMU": ("yusuf.demir", "sofia.castellanos"),
    "PHARM": ("kwame.boateng",),
    "NURS": ("siobhan.keane", "lucia.romano"),
    "DENT": ("arjun.mehta", "peter.romano"),
    "BH": ("naomi.feldman", "isaac.thompson"),
    "CS": ("robert.nakamura",),
    "HCC": ("andre.washington",),
    "MQMU": ("mei.zhang",),
    "HSS": ("oluwaseun.adeyemi",),
    "HITU": ("viktor.novak", "amira.haddad"),
    "HPMU": ("jennifer.ostrowski", "carlos.medina"),
    "RIM": ("ruth.abramson", "linh.pham"),
    "ADM": ("patrick.osullivan",),
    "RMU": ("fatima.siddiqui", "george.kaplan"),
    "ICU": ("samuel.whitehorse", "elena.petrova"),
    "COS": ("elena.petrova",),
    "EAST": ("dolores.vega", "benjamin.osei"),
    "CENTRAL": ("michael.tsosie", "ingrid.solberg"),
    "WEST": ("rosa.delgado", "jamal.carter"),
    "LKP": ("nadia.rahman",),
    "RVB": ("peter.kowalski",),
    "PRR": ("alicia.montoya",),
    "STH": ("joseph.begay",),
    "SGV": ("catherine.liu",),
    "HBM": ("emmanuel.toussaint",),
}
DIVISIONS = {"MQMU": "HCC", "HCC": "HCC", "HITU": "HSS", "HPMU": "HSS", "RIM": "HSS", "HSS": "HSS", "RMU": "ADM"}


@dataclass(frozen=True, slots=True)
class Kind:
    """How many tasks of a type there are, open and past; who asks for what, of whom, and who clears.

    `units` answer at headquarters; `field` says who answers for a facility: its region, or itself. "{}" in a subject
    is a facility; "#" is a number.
    """

    open: int
    past: int
    requestors: tuple[str, ...]
    subjects: tuple[str, ...]
    units: tuple[str, ...]
    clears: tuple[str, ...]
    days: tuple[int, int]
    field: str = "region"
    internal: bool = False


CONGRESS = ("Senator Ortega", "Senator Whitcomb", "Rep. Hale", "Rep. Nakai", "House Homeland Security Committee")
KINDS = {
    "congressional-inquiry": Kind(
        62,
        190,
        (*CONGRESS, "ICE OCR"),
        ("Medical care at {}", "Insulin access at {}", "Hunger strike at {}", "Wait times for specialists", "Staffing"),
        ("HOU", "MCMU", "BH", "DENT", "PHARM", "NURS", "MCMU;HOU", "PHARM;HPMU"),
        ("dad-cs", "dad@CS", "cos"),
        (7, 21),
    ),
    "declaration": Kind(
        26,
        70,
        ("ICE OPLA",),
        ("Habeas case 26-cv-#", "Custody hearing #"),
        ("HOU", "MCMU"),
        ("dad-cs", "fod"),
        (3, 14),
    ),
    "foia-medical-records": Kind(
        58,
        220,
        ("ERO FOIA", "Law Office of Dana Pierce", "Detention Watch Network"),
        ("Records of detainee #", "Chart copies for case #"),
        ("HOU", "MCMU"),
        ("chief",),
        (10, 30),
        "facility",
    ),
    "foia-data-request": Kind(
        34,
        110,
        ("ERO FOIA", "Detention Watch Network"),
        ("Vaccination counts since 2024", "Deaths in custody data", "Sick call data #"),
        ("HITU", "RIM", "HOU", "HITU;RIM"),
        ("rim",),
        (15, 40),
    ),
    "foia-complex": Kind(
        15,
        50,
        ("ERO FOIA", "Reuters"),
        ("Contracts and emails on telehealth", "All records on hunger strikes"),
        ("CS;HOU", "HOU", "RIM"),
        ("rim",),
        (20, 60),
    ),
    "odo-audit-medical": Kind(
        18,
        60,
        ("ICE OPR",),
        ("Inspection of {}: findings #", "Follow-up inspection of {}"),
        ("HOU",),
        ("dad@CS",),
        (10, 30),
    ),
    "odo-audit-non-medical": Kind(9, 36, ("ICE OPR",), ("Inspection of {}: notice #",), ("HOU",), ("dad@CS",), (5, 15)),
    "oig-audit": Kind(
        8,
        26,
        ("DHS OIG",),
        ("Chronic care review #", "Unannounced visit to {}"),
        ("HOU", "MQMU"),
        ("dad-cs", "ad"),
        (14, 40),
    ),
    "gao-audit": Kind(1, 6, ("GAO",), ("GAO engagement 107# on staffing",), ("HOU",), ("dad-cs", "ad"), (20, 60)),
    "leadership-request": Kind(
        32,
        120,
        ("ERO Newark", "ERO Houston", "ICE Director", "ERO San Diego"),
        ("Measles exposure at {}", "Heat illness at {}", "Briefing on flu season", "Telehealth rollout"),
        ("CS", "HCC", "HSS", "ADM", "HOU"),
        ("cos", "ad"),
        (2, 10),
    ),
    "media-inquiry": Kind(
        7,
        40,
        ("CNN", "Reuters", "Associated Press"),
        ("Measles exposure at {}", "Suicide watch numbers"),
        ("ICU",),
        ("cos", "dcos"),
        (1, 4),
        "unit",
    ),
    "medical-care-expenditures": Kind(
        4, 20, ("ICE OCR",), ("Quarterly budget formulation #",), ("RMU;HITU;HPMU",), ("dad@ADM",), (14, 30), "unit"
    ),
    "medical-complaint": Kind(
        62,
        200,
        ("CRCL", "Joint Intake Center", "DRIL"),
        ("Delayed insulin at {}", "Complaint # about sick call", "Untreated toothache at {}"),
        ("MCMU;HOU", "MCMU", "HOU"),
        ("hcc-consultant",),
        (7, 21),
    ),
    "medpar": Kind(
        24,
        90,
        ("ERO Newark", "ERO San Diego"),
        ("Payment authorization #", "Dialysis payment #"),
        ("HPMU;MCMU;HOU", "HPMU"),
        ("dad@HSS",),
        (5, 15),
    ),
    "root-cause-analysis": Kind(
        9,
        40,
        ("ICE OPLA",),
        ("Medication error at {}", "Fall with injury at {}"),
        ("MQMU",),
        ("dad-hcc", "dad@HCC"),
        (20, 45),
        "unit",
    ),
    "report": Kind(
        45,
        150,
        ("DHS JIOC", "ICE Exec Sec", "ERO Executive Information Unit"),
        ("Weekly census", "Tuberculosis screening", "Vaccination status", "Staffing vacancies"),
        ("HOU", "NURS", "PHARM", "HPMU", "HITU", "MQMU", "RMU", "HITU;HPMU"),
        ("dad@CS", "cos"),
        (3, 14),
    ),
    "sme-statement": Kind(
        6,
        30,
        ("ICE OPLA", "DHS OGC"),
        ("Statement on insulin storage", "Statement on segregation #"),
        ("PHARM", "BH", "NURS", "DENT"),
        ("cos", "dad@CS"),
        (7, 21),
    ),
    "qfr": Kind(
        11,
        42,
        ("House Homeland Security Committee", "Senate Judiciary Committee"),
        ("Spring hearing #: vacancies", "Hearing on deaths in custody"),
        ("RMU", "HOU", "BH"),
        ("cos", "ad"),
        (10, 30),
    ),
    "other": Kind(
        15,
        54,
        ("ERO Newark", "ICE OPR", "Assistant Director"),
        ("Parking at headquarters", "Translation services", "Furniture inventory"),
        ("RMU", "HITU", "ICU", "COS"),
        ("cos", "dad@ADM"),
        (5, 30),
        "unit",
        internal=True,
    ),
}
