"""A made-up history of 2,000 tasks of the sample agency, as the CSV that `taskings task import` reads.

The same text every time. Times lie where spans begin and end on purpose: midnight on Monday, the turn of the fiscal
year, the hour that comes twice in November.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeAlias
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=ZONE)
COLUMNS = (
    "number,task_type,subject,requestor,origin,scope,facility,manner,priority,ses,received_at,due_at,status,"
    "components,action_officers,waiting_on,transmitted_at,closed_at"
).split(",")
#: Two more people, whose last or first names somebody else has.
NAMESAKES = """email,name,component,positions,action_officer_for,trained_on,ended_on
omar.haddad@example.gov,Omar Haddad,HOU,,HOU,2026-06-16,
peter.romano@example.gov,Peter Romano,DENT,,DENT,2026-06-16,
"""
Row: TypeAlias = dict[str, str]

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
        8, 26, ("DHS OIG",), ("Chronic care review #", "Unannounced visit to {}"), ("HOU", "MQMU"), ("dad-cs", "ad"), (14, 40)
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
        7, 40, ("CNN", "Reuters", "Associated Press"), ("Measles exposure at {}", "Suicide watch numbers"), ("ICU",), ("cos", "dcos"), (1, 4), "unit"
    ),
    "medical-care-expenditures": Kind(
        4, 20, ("ICE OCR",), ("Quarterly budget formulation #",), ("RMU;HITU;HPMU",), ("dad@ADM",), (14, 30), "unit"
    ),
    "medical-complaint": Kind(
        62, 200, ("CRCL", "Joint Intake Center", "DRIL"), ("Delayed insulin at {}", "Complaint # about sick call", "Untreated toothache at {}"), ("MCMU;HOU", "MCMU", "HOU"), ("hcc-consultant",), (7, 21)
    ),
    "medpar": Kind(
        24, 90, ("ERO Newark", "ERO San Diego"), ("Payment authorization #", "Dialysis payment #"), ("HPMU;MCMU;HOU", "HPMU"), ("dad@HSS",), (5, 15)
    ),
    "root-cause-analysis": Kind(
        9, 40, ("ICE OPLA",), ("Medication error at {}", "Fall with injury at {}"), ("MQMU",), ("dad-hcc", "dad@HCC"), (20, 45), "unit"
    ),
    "report": Kind(
        45, 150, ("DHS JIOC", "ICE Exec Sec", "ERO Executive Information Unit"), ("Weekly census", "Tuberculosis screening", "Vaccination status", "Staffing vacancies"), ("HOU", "NURS", "PHARM", "HPMU", "HITU", "MQMU", "RMU", "HITU;HPMU"), ("dad@CS", "cos"), (3, 14)
    ),
    "sme-statement": Kind(
        6, 30, ("ICE OPLA", "DHS OGC"), ("Statement on insulin storage", "Statement on segregation #"), ("PHARM", "BH", "NURS", "DENT"), ("cos", "dad@CS"), (7, 21)
    ),
    "qfr": Kind(
        11, 42, ("House Homeland Security Committee", "Senate Judiciary Committee"), ("Spring hearing #: vacancies", "Hearing on deaths in custody"), ("RMU", "HOU", "BH"), ("cos", "ad"), (10, 30)
    ),
    "other": Kind(
        15, 54, ("ERO Newark", "ICE OPR", "Assistant Director"), ("Parking at headquarters", "Translation services", "Furniture inventory"), ("RMU", "HITU", "ICU", "COS"), ("cos", "dad@ADM"), (5, 30), "unit", internal=True
    ),
}  # fmt: skip


def rows() -> list[Row]:
    """Oldest number first; the number says when a task was received, but for the few that `_placed` puts elsewhere."""
    random = Random(125)
    made = [_open(random, key, kind) for key, kind in KINDS.items() for _ in range(kind.open)]
    made += [_past(random, key, kind) for key, kind in KINDS.items() for _ in range(kind.past)]
    made.sort(key=lambda row: datetime.fromisoformat(row["received_at"]))
    for number, row in enumerate(made, start=3001):
        row["number"] = f"T-{number}"
    _place(made)
    return made


def text() -> str:
    """The file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return out.getvalue()


def _request(random: Random, key: str, kind: Kind) -> tuple[Row, list[str]]:
    """What was asked, and the components that answer."""
    facility = random.choice(list(CENTERS)) if kind.units[0] not in {"ICU", "COS"} and random.random() < 0.5 else ""
    subjects = [s for s in kind.subjects if facility or "{}" not in s] or ["Follow-up question #"]
    if facility:
        subjects = [s for s in kind.subjects if "{}" in s] or list(kind.subjects)
    subject = random.choice(subjects).replace("{}", CENTERS[facility][0] if facility else "")
    local = bool(facility) and kind.field != "unit"
    units = [facility if kind.field == "facility" else CENTERS[facility][1]] if local else random.choice(kind.units).split(";")
    row = dict.fromkeys(COLUMNS, "") | {
        "task_type": key,
        "subject": subject.replace("#", str(random.randint(101, 998))),
        "requestor": random.choice(kind.requestors),
        "origin": "internal" if kind.internal and random.random() < 0.6 else "external",
        "scope": "field" if local else "hq",
        "facility": facility,
        "manner": random.choices(("email", "itms"), (3, 2))[0],
        "priority": random.choices(("routine", "high", "urgent"), (80, 14, 6))[0],
        "ses": "true" if random.random() < 0.06 else "false",
    }
    return row, units


def _open(random: Random, key: str, kind: Kind) -> Row:
    row, units = _request(random, key, kind)
    overdue = random.random() < 0.16
    due = _workday(random, NOW - timedelta(days=14) if overdue else NOW + timedelta(days=1), 13 if overdue else 44)
    ago = timedelta(days=random.randint(1, 34), hours=random.randint(0, 9))
    received = min(_workday(random, due - timedelta(days=kind.days[1]), 2), NOW - ago)
    status = random.choices(("logged", "assigned", "in-review", "in-clearance", "cleared"), (10, 52, 14, 18, 6))[0]
    officers = [random.choice(OFFICERS[unit]) + "@example.gov" for unit in units if unit in OFFICERS]
    if status == "logged" or (status == "assigned" and random.random() < 0.04):
        officers = []
    return row | {
        "received_at": _stamp(received),
        "due_at": _stamp(due),
        "status": status,
        "components": ";".join(units),
        "action_officers": ";".join(officers),
        "waiting_on": ";".join(_waiting(random, row, status, kind, units, officers)),
    }


def _waiting(random: Random, row: Row, status: str, kind: Kind, units: list[str], officers: list[str]) -> Iterator[str]:
    if status == "assigned" and officers:
        yield from officers
    elif status == "in-clearance":
        yield _clears(random.choice(kind.clears), row, units[0])
    else:
        yield random.choice(("task-manager", "tomas.alvarez@example.gov", "priya.raman@example.gov"))


def _clears(key: str, row: Row, unit: str) -> str:
    """Who clears as a position of somewhere."""
    if key == "chief":
        return f"hsa@{unit}" if unit in CENTERS else f"unit-chief@{unit}"
    if key == "fod":
        return f"fod@{CENTERS[row['facility']][1]}" if row["facility"] else "dad@CS"
    if key in {"dad@CS", "dad-cs"} and unit in DIVISIONS:
        return f"dad@{DIVISIONS[unit]}"
    return key


def _past(random: Random, key: str, kind: Kind) -> Row:
    row, units = _request(random, key, kind)
    received = _workday(random, NOW - timedelta(days=790), 784)
    due = _workday(random, received + timedelta(days=kind.days[0]), max(1, kind.days[1] - kind.days[0]))
    sent = received + (due - received) * random.uniform(0.3, 0.98)
    if random.random() < 0.2:
        sent = due + timedelta(hours=random.randint(2, 200))
    sent = min(sent, NOW - timedelta(hours=random.randint(1, 60)))
    closed = sent + timedelta(hours=random.randint(1, 150))
    withdrawn, settled = random.random() < 0.04, closed < NOW and random.random() < 0.96
    informed = key == "odo-audit-non-medical" and random.random() < 0.5
    officers = [random.choice(OFFICERS[unit]) + "@example.gov" for unit in units if unit in OFFICERS]
    return row | {
        "received_at": _stamp(received),
        "due_at": _stamp(due),
        "status": "withdrawn" if withdrawn else "closed" if settled else "transmitted",
        "components": ";".join(units),
        "action_officers": ";".join(officers),
        "transmitted_at": "" if withdrawn or (informed and settled) else _stamp(sent),
        "closed_at": _stamp(closed) if settled and not withdrawn else "",
    }


def _workday(random: Random, start: datetime, within: int) -> datetime:
    """Some time in office hours, never on a weekend or this year's Thanksgiving."""
    day = start.astimezone(ZONE).date() + timedelta(days=random.randint(0, within))
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    day += timedelta(days=1 if day == date(2026, 11, 26) else 0)
    return datetime(day.year, day.month, day.day, random.randint(8, 17), random.choice((0, 15, 30, 45)), tzinfo=ZONE)


def _stamp(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat(timespec="minutes")


#: Changes of single rows: what of, by how they stand, in the order of their numbers.
EDGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "assigned",
        "due_at",
        (
            "2026-11-24T14:01-05:00",
            "2026-11-24T14:02-05:00",
            "2026-11-24T23:59-05:00",
            "2026-11-25T00:00-05:00",
            "2026-11-27T17:00-05:00",
            "2026-11-27T23:59-05:00",
            "2026-11-30T00:00-05:00",
            "2026-11-30T23:59-05:00",
            "2026-12-01T00:00-05:00",
            "2026-12-07T00:00-05:00",
        ),
    ),
    ("closed", "closed_at", ("2026-11-23T00:00-05:00", "2026-11-16T00:00-05:00", "2026-11-01T01:30-04:00", "2026-10-31T23:59-04:00")),
    ("closed", "received_at", ("2025-09-30T23:59-04:00", "2025-10-01T00:00-04:00", "2026-09-30T23:59-04:00")),
)


def _place(made: list[Row]) -> None:
    """Put some times exactly where a span begins or ends, where that leaves the order of what happened as it was."""
    for status, column, times in EDGES:
        for at in times:
            row = next(r for r in made if r["status"] == status and not r.get("edge") and _fits(r, column, at))
            row |= {column: at, "edge": "yes"}
    for row in made:
        row.pop("edge", None)


def _fits(row: Row, column: str, at: str) -> bool:
    """Whether what happened stays in order, and moves by no more than two weeks."""
    moved = row | {column: at}
    names = ("received_at", "transmitted_at", "closed_at")
    happened = [datetime.fromisoformat(moved[name]) for name in names if moved[name]]
    due, before = datetime.fromisoformat(moved["due_at"]), datetime.fromisoformat(row[column])
    near = abs(datetime.fromisoformat(at) - before) < timedelta(days=14)
    return near and happened == sorted(happened) and happened[0] < due
