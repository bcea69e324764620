"""The figures of a report (5-2.1.c): counted from what is known of each task, by what stood when the period ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from statistics import median

from bot.domain.messages import Event
from bot.domain.organization import Kind, Organization
from bot.reporting.periods import Period, trend_weeks
from bot.reporting.phases import Phase, mean_phases, time_by_phase

WEEKS = 12
DAY = timedelta(days=1)
#: Most days since receipt, and what such tasks are called.
AGES = ((7, "0-7 days"), (30, "8-30 days"), (90, "31-90 days"))
OLDER = "over 90 days"
NONE = "none"  # the key of what belongs to no division


@dataclass(frozen=True, slots=True)
class Line:
    """What a report knows of one task; `components` are the codes of those who answer."""

    number: str
    task_type: str
    received_at: datetime
    due_at: datetime
    transmitted_at: datetime | None = None
    closed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    components: tuple[str, ...] = ()

    def open(self, at: datetime) -> bool:
        """Whether it was open then: received, and neither transmitted, closed nor withdrawn before."""
        sent, closed, gone = self.transmitted_at, self.closed_at, self.withdrawn_at
        over = (sent and sent < at) or (closed and closed < at) or (gone and gone < at)
        return self.received_at < at and not over

    def overdue(self, at: datetime) -> bool:
        return self.due_at < at and self.open(at)

    @property
    def on_time(self) -> bool:
        return self.transmitted_at is not None and self.transmitted_at <= self.due_at


@dataclass(frozen=True, slots=True)
class Material:
    """Every task that a report counts, and the events of those transmitted in its period, by number."""

    lines: tuple[Line, ...]
    events: Mapping[str, Sequence[Event]]


@dataclass(frozen=True, slots=True)
class Flow:
    """What happened in a span, and what was open at its end. `turnaround` is a median, receipt to transmission."""

    received: int
    transmitted: int
    on_time: int
    closed: int
    withdrawn: int
    open: int
    overdue: int
    turnaround: timedelta | None

    @property
    def rate(self) -> int | None:
        """The share transmitted on time in percent, None when nothing was transmitted."""
        return round(100 * self.on_time / self.transmitted) if self.transmitted else None


@dataclass(frozen=True, slots=True)
class Group:
    """The same of one task type or division, whose key it has."""

    key: str
    flow: Flow


@dataclass(frozen=True, slots=True)
class Overdue:
    """A task that was open and past due, by whole days begun."""

    number: str
    task_type: str
    due_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Report:
    """`at` is when it stood so: the end of the period, or when it was asked for before that.

    `component` is the code it is trimmed to, empty for the agency. `phases` are the mean times of the `told` tasks
    transmitted in the period whose history is known.
    """

    period: Period
    at: datetime
    component: str
    flow: Flow
    before: Flow
    types: tuple[Group, ...]
    divisions: tuple[Group, ...]
    ages: tuple[tuple[str, int], ...]
    overdue: tuple[Overdue, ...]
    phases: tuple[tuple[Phase, timedelta], ...]
    told: int
    trend: tuple[Group, ...]

    @property
    def running(self) -> bool:
        """Whether the period was not over yet."""
        return self.at < self.period.end(self.at.tzinfo) if self.at.tzinfo else False


def first_needed(period: Period, now: datetime, zone: tzinfo) -> datetime:
    """What ended before this moment counts nowhere in the report."""
    return min(_weeks(period, now, zone)[0].start(zone), period.before.start(zone))


def report(
    material: Material, period: Period, now: datetime, zone: tzinfo, organization: Organization, component: str = ""
) -> Report:
    """The report of the period as it was at its end, or is now while it runs."""
    at = min(period.end(zone), now.astimezone(zone))
    lines = tuple(line for line in material.lines if not component or _within(line, component, organization))
    start, earlier = period.start(zone), period.before.start(zone)
    divided = {line.number: _divisions(line, organization) for line in lines}
    sent = [line for line in lines if _in(line.transmitted_at, start, at)]
    spent = [found for line in sent if (found := _spent(line, material))]
    return Report(
        period=period,
        at=at,
        component=component,
        flow=flow(lines, start, at),
        before=flow(lines, earlier, start),
        types=_groups(lines, lambda line: (line.task_type,), start, at),
        divisions=_groups(lines, lambda line: divided[line.number], start, at),
        ages=_ages(lines, at),
        overdue=_overdue(lines, at),
        phases=mean_phases(spent),
        told=len(spent),
        trend=tuple(Group(w.key, flow(lines, w.start(zone), w.end(zone))) for w in _weeks(period, now, zone)),
    )


def flow(lines: Iterable[Line], start: datetime, end: datetime) -> Flow:
    """From `start` until before `end`; in UTC, as stored moments are: in one zone they compare ten times as fast."""
    lines, start, end = tuple(lines), start.astimezone(UTC), end.astimezone(UTC)
    sent = [line for line in lines if _in(line.transmitted_at, start, end)]
    took = [(line.transmitted_at - line.received_at).total_seconds() for line in sent if line.transmitted_at]
    return Flow(
        received=sum(_in(line.received_at, start, end) for line in lines),
        transmitted=len(sent),
        on_time=sum(line.on_time for line in sent),
        closed=sum(_in(line.closed_at, start, end) for line in lines),
        withdrawn=sum(_in(line.withdrawn_at, start, end) for line in lines),
        open=sum(line.open(end) for line in lines),
        overdue=sum(line.overdue(end) for line in lines),
        turnaround=timedelta(seconds=median(took)) if took else None,
    )


def _weeks(period: Period, now: datetime, zone: tzinfo) -> tuple[Period, ...]:
    """The weeks of the trend: those that were over when the period ended, or are now."""
    return trend_weeks(min(period.end(zone), now.astimezone(zone)).date(), WEEKS)


def _in(at: datetime | None, start: datetime, end: datetime) -> bool:
    return at is not None and start <= at < end


def _within(line: Line, code: str, organization: Organization) -> bool:
    return any(above.code == code for c in line.components for above in organization.ancestry(c))


def _divisions(line: Line, organization: Organization) -> tuple[str, ...]:
    """Each division that answers; a task of several counts in each."""
    found = (organization.nearest(code, Kind.DIVISION) for code in line.components)
    return tuple(dict.fromkeys(division.code for division in found if division)) or (NONE,)


def _groups(
    lines: tuple[Line, ...], keys: Callable[[Line], tuple[str, ...]], start: datetime, end: datetime
) -> tuple[Group, ...]:
    """Those with anything to tell, most open first."""
    members: dict[str, list[Line]] = {}
    for line in lines:
        for key in keys(line):
            members.setdefault(key, []).append(line)
    found = (Group(key, flow(those, start, end)) for key, those in members.items())
    told = (g for g in found if g.flow.received or g.flow.transmitted or g.flow.closed or g.flow.open)
    return tuple(sorted(told, key=lambda g: (-g.flow.open, -g.flow.received, g.key)))


# Days are those of the agency's calendar: both moments are in its zone, where a day of 23 hours is one too.


def _ages(lines: Iterable[Line], at: datetime) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys((*(name for _, name in AGES), OLDER), 0)
    for line in lines:
        if line.open(at):
            old = (at - line.received_at.astimezone(at.tzinfo)) // DAY
            counts[next((name for most, name in AGES if old <= most), OLDER)] += 1
    return tuple(counts.items())


def _overdue(lines: Iterable[Line], at: datetime) -> tuple[Overdue, ...]:
    """The longest overdue first."""
    late = sorted((line for line in lines if line.overdue(at)), key=lambda line: (line.due_at, line.number))
    due = {line.number: line.due_at.astimezone(at.tzinfo) for line in late}
    return tuple(Overdue(line.number, line.task_type, line.due_at, -((due[line.number] - at) // DAY)) for line in late)


def _spent(line: Line, material: Material) -> dict[Phase, timedelta] | None:
    sent = line.transmitted_at
    return time_by_phase(material.events.get(line.number, ()), sent) if sent else None
