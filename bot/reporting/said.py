"""Words that ask for a report or say who gets it: exact forms alone, since a question may be about reports too."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.organization import Organization
from bot.domain.scheduling import WEEKDAYS
from bot.errors import InvalidInput
from bot.reporting.periods import Period, month_of, period_of, week_before, week_of

MONTHS = tuple(calendar.month_name[1:])
#: What the words may begin with, which means nothing.
POLITE = r"(?:(?:please|show|give|send|get)(?: me)? )?(?:the |a )?"
REPORT = re.compile(
    POLITE + r"(?:weekly |(?P<monthly>monthly) )?report(?P<about>(?: .+?)??)"
    r"(?: (?:as (?:an? )?)?(?P<file>pdf|xlsx|excel))?"
)
YEAR = r"(?: (?:of )?(\d{4}))?"
WEEK = re.compile(rf"week (\d{{1,2}}){YEAR}")
MONTH = re.compile(rf"({'|'.join((*MONTHS, *(name[:3] for name in MONTHS))).lower()}){YEAR}")
KEY = re.compile(r"\d{4}-(?:w\d\d|\d\d-\d\d\.\.\d{4}-\d\d-\d\d|\d\d)")
NEAR = re.compile(r"(?:this|last) (?:week|month)")
#: Any of these, without groups of its own.
TIME = "|".join(re.sub(r"\((?!\?)", "(?:", one.pattern) for one in (NEAR, WEEK, KEY, MONTH))
OF = r"(?:for|of)(?: the)?"
#: One thing that it is about: a time, or the code of a component.
PART = re.compile(rf"(?:(?: {OF})? (?P<time>{TIME})| {OF} (?P<code>[a-z0-9-]+))(?= |$)")
SCHEDULE = re.compile(
    POLITE + r"(?:weekly )?report (?P<where>here|to (?P<who>.+?)) "
    r"(?:weekly|every (?P<day>[a-z]+day)(?:,? (?:at )?(?P<hour>\d{1,2})(?::00)?)?)"
)
STOP = re.compile(r"stop (?:the )?(?:weekly )?reports?(?P<where> here| to (?P<who>.+))?")
WHO = frozenset({"who gets the report", "who gets the weekly report", "report schedule", "reports"})
MOST_WEEKS = 53 * 8  # within which every number of a week comes
MORNING = 8  # the hour of a report that none was said for


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report of a period, of a component or of all, as a card or as a `file`: "pdf" or "xlsx"."""

    period: Period
    component: str = ""
    file: str = ""

    @property
    def words(self) -> str:
        """What asks for the same on any day."""
        whose = f" for {self.component}" if self.component else ""
        return f"report{whose} {self.period.key} {self.file}".rstrip()


@dataclass(frozen=True, slots=True)
class Weekly:
    """Send it every week, here when there is no `email`."""

    email: str
    weekday: int
    hour: int


@dataclass(frozen=True, slots=True)
class NoMore:
    """Send it no more: to somebody, or here."""

    email: str


@dataclass(frozen=True, slots=True)
class Schedules:
    """Who gets it."""


def report_said(words: str, today: date, organization: Organization) -> Wanted | Weekly | NoMore | Schedules | None:
    """What lower-case words ask for, None when they are about something else. Raises InvalidInput."""
    words = " ".join(words.strip("?.! ").split())
    if words in WHO:
        return Schedules()
    if found := SCHEDULE.fullmatch(words):
        weekday = _weekday(found["day"])
        return Weekly(_email(found["who"], organization), weekday, _hour(found["hour"]))
    if found := STOP.fullmatch(words):
        return NoMore(_email(found["who"], organization))
    found = REPORT.fullmatch(words)
    return _wanted(found.groupdict(""), today, organization) if found else None


def _wanted(said: Mapping[str, str], today: date, organization: Organization) -> Wanted | None:
    """At most one time and one component; of anything else it is no report that is asked for."""
    about, periods, components = said["about"], list[Period](), list[str]()
    while part := PART.match(about):
        about = about[part.end() :]
        if part["time"]:
            periods.append(_period(part["time"], today))
        else:
            components.append(part["code"].upper())
    if about or len(periods) > 1 or len(components) > 1 or not set(components) <= organization.components.keys():
        return None
    bare = month_of(_eve(today)) if said["monthly"] else week_before(today)
    file = "xlsx" if said["file"] == "excel" else said["file"]
    return Wanted(periods[0] if periods else bare, components[0] if components else "", file)


def _period(words: str, today: date) -> Period:
    """A week or month without its year is the last one begun. Raises InvalidInput."""
    if NEAR.fullmatch(words):
        on = today if words.startswith("this") else today - timedelta(days=7)
        return week_of(on) if words.endswith("week") else month_of(today if words.startswith("this") else _eve(today))
    if week := WEEK.fullmatch(words):
        return _week(int(week[1]), week[2], today)
    if month := MONTH.fullmatch(words):
        number = [name[:3].lower() for name in MONTHS].index(month[1][:3]) + 1
        return period_of(f"{month[2] or today.year - (number > today.month)}-{number:02}")
    return period_of(words.upper())


def _week(number: int, year: str | None, today: date) -> Period:
    """Of the years that have such a week, the last in which it has begun."""
    if year or not 1 <= number <= 53:
        return period_of(f"{year or today.year}-W{number:02}")
    back = (week_of(today - timedelta(days=7 * weeks)) for weeks in range(MOST_WEEKS))
    return next(week for week in back if week.key.endswith(f"-W{number:02}"))


def _eve(today: date) -> date:
    """The last day of the month before."""
    return today.replace(day=1) - timedelta(days=1)


def _weekday(name: str | None) -> int:
    days = [day.lower() for day in WEEKDAYS]
    if name and name not in days:
        raise InvalidInput(f"“{name}” is no day of the week; say for example “every Monday 08:00”.")
    return days.index(name) if name else 0


def _hour(text: str | None) -> int:
    hour = int(text) if text else MORNING
    if hour > 23:
        raise InvalidInput(f"{hour}:00 is no time of day; say for example “every Monday 08:00”.")
    return hour


def _email(who: str | None, organization: Organization) -> str:
    """The person by email or whole name, empty for nobody named. Raises InvalidInput."""
    if not who:
        return ""
    found = [p.email for p in organization.people.values() if who in {p.email, p.name.lower()}]
    if len(found) != 1:
        raise InvalidInput(f"Nobody I know is called “{who}”; write their whole name or their email.")
    return found[0]
