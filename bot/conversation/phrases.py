"""The words that questions are made of, as tables: a new word is a row here, and nothing else changes.

None of them may swallow what restricts: "i" and "by" are no fillers, because they say who.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

from bot.conversation.question import Deed
from bot.domain.messages import Priority
from bot.domain.rubric import Scope
from bot.domain.task import OPEN, Stage, Status

Phrase: TypeAlias = tuple[str, ...]

_SHORT = (
    (r"n't\b", " not"),
    (r"'s\b", " is"),
    (r"'re\b", " are"),
    (r"'m\b", " am"),
    (r"'ve\b", " have"),
    (r"'d\b", " would"),
    (r"\b(what|where|who|how)s\b", r"\1 is"),
    (r"'", ""),
    (r";", ","),
)


def tokens(text: str) -> Phrase:
    """The words of a text in lower case and plain letters, without articles; a comma is one of them."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = plain.replace("’", "'")
    for short, long in _SHORT:
        plain = re.sub(short, long, plain)
    words = (word.strip(".-/") for word in re.findall(r"[^\s,:!?()“”\"]+|,", plain))
    return tuple(word for word in words if word and word not in {"the", "a", "an"})


def words_of(text: str) -> Phrase:
    """The same without commas."""
    return tuple(word for word in tokens(text) if word != ",")


def rows(text: str) -> tuple[Phrase, ...]:
    """The phrases of a table: one a line, or several between bars."""
    return tuple(words_of(phrase) for phrase in re.split(r"[|\n]", text.strip()))


#: Words that ask without restricting; the first begin a question of their own where they are said again.
HEADS = rows("""
    what is | what are | what | which | where is | are where | where | how many | how is | status of | state of
    show me | show | list | tell me | give me | do we have | do you have | can i see | can i have | could i see
    may i see | i want to see | i need to see | i would like to see | let me see
""")
FILLERS = rows("""
    status | state | is | are | has | have | please | now | currently | right now | there | any | all | of | for | in
    at | on | with | we | does | do | still | yet | that | hi | hello | number | about | overview | overview of
    or not | whether | summary | summary of | update | update on | can you | could you | thanks | thank you
""")
TASKS = rows("task | tasks | tasking | taskings | request | requests")
ORS = rows("or")
ANDS = (*rows("and"), (",",))
#: "A report of the open tasks" asks for a list, where it comes first; elsewhere a report is a type of task.
REPORTS = rows(
    "report of | report on | report about | report for | reports of | reports on | reports about | reports for"
)
#: Words that leave something out, which a question cannot say.
NEGATIONS = rows("""
    not | no | none | never | neither | nor | cannot | but | except | except for | excepting | excluding | exclude
    excludes | other than | rather than | instead of | apart from | aside from | besides | without | minus | unless
    outside | outside of | leave out | leaving out | omit | omitting | ignore | ignoring | skip | hide | dont | doesnt
    isnt | arent | wasnt | werent | hasnt | havent | didnt | cant | wont
""")
#: The words of an answer, and after them other names.
STATUSES: dict[str, tuple[Status, ...]] = {
    "open": tuple(s for s in Status if s in OPEN),
    "received | unlogged | not logged | not yet logged | not logged yet": (Status.RECEIVED,),
    "logged": (Status.LOGGED,),
    "unassigned | not assigned | not yet assigned | not assigned yet": (Status.LOGGED,),
    "assigned": (Status.ASSIGNED,),
    "in review": (Status.IN_REVIEW,),
    "in clearance": (Status.IN_CLEARANCE,),
    "cleared": (Status.CLEARED,),
    "transmitted": (Status.TRANSMITTED,),
    "closed": (Status.CLOSED,),
    "coordinated by email | by email": (Status.BY_EMAIL,),
    "withdrawn": (Status.WITHDRAWN,),
}
#: Where one of a task's assignments stands, while it is with its action officers.
STAGES: dict[str, Stage] = {
    "unacknowledged | not acknowledged | not yet acknowledged | not acknowledged yet": Stage.ASSIGNED,
    "acknowledged": Stage.ACKNOWLEDGED,
    "deferred": Stage.DEFERRED,
    "in division clearance": Stage.IN_DIVISION_CLEARANCE,
}
LATE = "overdue | late | past due"
PRIORITIES: dict[str, Priority] = {
    "urgent | urgent priority": Priority.URGENT,
    "high priority | high-priority": Priority.HIGH,
    "routine priority | routine": Priority.ROUTINE,
}
SCOPES: dict[str, Scope] = {"field": Scope.FIELD, "HQ | headquarters": Scope.HQ}
#: The names of task types beside their keys; one name may mean several.
TYPES: dict[str, tuple[str, ...]] = {
    "FOIA": ("foia-medical-records", "foia-data-request", "foia-complex"),
    "audit": ("odo-audit-medical", "odo-audit-non-medical", "oig-audit", "gao-audit"),
    "ODO": ("odo-audit-medical", "odo-audit-non-medical"),
    "ODO audit": ("odo-audit-medical", "odo-audit-non-medical"),
    "ODO audit with medical findings": ("odo-audit-medical",),
    "ODO audits with medical findings": ("odo-audit-medical",),
    "ODO audit without medical findings": ("odo-audit-non-medical",),
    "ODO audits without medical findings": ("odo-audit-non-medical",),
    "OIG": ("oig-audit",),
    "GAO": ("gao-audit",),
    "GAO inquiry": ("gao-audit",),
    "congressional": ("congressional-inquiry",),
    "media": ("media-inquiry",),
    "complaint": ("medical-complaint",),
    "RCA": ("root-cause-analysis",),
    "root cause analyses": ("root-cause-analysis",),
    "leadership": ("leadership-request",),
    "expenditures": ("medical-care-expenditures",),
    "FOIA medical records": ("foia-medical-records",),
    "FOIA data": ("foia-data-request",),
    "complex FOIA": ("foia-complex",),
    "routine report": ("report",),
    "ad-hoc report": ("report",),
    "SME": ("sme-statement",),
}
#: What is no name of a type, though its key says so: "what other tasks" asks for no type.
NO_TYPES = frozenset(rows("other | others"))
#: What comes before whose turn it is, whom it is assigned to, and what was done.
WAITING = rows("waiting for | waiting on | waits for | waits on | with | needs")
ASSIGNED = rows("assigned to")
DONE = rows("who")
DEEDS: dict[Deed, tuple[Phrase, ...]] = {
    Deed.FORWARDED: rows("forwarded"),
    Deed.LOGGED: rows("logged | entered"),
    Deed.ASSIGNED: rows("assigned"),
    Deed.DEFERRED: rows("deferred"),
    Deed.CLEARED: rows("cleared | approved"),
    Deed.TRANSMITTED: rows("transmitted"),
    Deed.CLOSED: rows("closed"),
    Deed.WITHDRAWN: rows("withdrew | withdrawn"),
}
WHO = rows("who | who has | whose turn is")
#: Whoever asks.
ME = rows("my | me | mine | i have | have i")
MY_TURN = rows("my turn | needs my attention | needs my action | needs my clearance | what do i need to do")
