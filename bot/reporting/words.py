"""The figures of a report in words, as its card, its pages and its picture tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from bot.domain.rubric import Rubric
from bot.domain.words import day, stamp
from bot.reporting.figures import NONE, Flow, Group, Report
from bot.reporting.periods import period_of
from bot.reporting.phases import PHASE_WORDS

DAY = timedelta(days=1)
MOST = 6  # of a kind that are told apart in a line


def title(report: Report) -> str:
    """ "Report, week 47", and of what, where it is not of the agency."""
    whose = f" for {report.component}" if report.component else ""
    return f"Report{whose}, {report.period.words.partition(', ')[0]}"


def standing(report: Report) -> str:
    """The days it is about, and when it stood so: a report says the same whenever it is asked for."""
    words, zone = report.period.words, report.at.tzinfo
    so_far = f", so far: as of {stamp(report.at, zone)}" if report.running and zone else ""
    return f"{words[:1].upper()}{words[1:]}{so_far}."


def headlines(report: Report) -> tuple[tuple[str, str], ...]:
    """What happened, each beside the period before."""
    now, before, called = report.flow, report.before, report.period.called
    rows = [
        ("Received", f"{now.received:,} ({called} {before.received:,})"),
        ("Transmitted", f"{now.transmitted:,} ({before.transmitted:,})"),
        ("On time", f"{percent(now)} ({percent(before)})"),
        ("Median turnaround", f"{turnaround(now)} ({turnaround(before)})"),
        ("Closed", f"{now.closed:,} ({before.closed:,})"),
    ]
    if now.withdrawn or before.withdrawn:
        rows.append(("Withdrawn", f"{now.withdrawn:,} ({before.withdrawn:,})"))
    rows.append(("Open", f"{now.open:,} ({before.open:,}), {now.overdue:,} of them overdue ({before.overdue:,})"))
    return tuple(rows)


def percent(flow: Flow) -> str:
    return "nothing sent" if flow.rate is None else f"{flow.rate}%"


def turnaround(flow: Flow) -> str:
    return "none" if flow.turnaround is None else in_days(flow.turnaround)


def in_days(time: timedelta) -> str:
    """ "3.2 days"."""
    days = f"{time / DAY:.1f}"
    return f"{days} {'day' if days == '1.0' else 'days'}"


def where_time_goes(report: Report) -> tuple[tuple[str, str], ...]:
    """Mean days a task spent in each phase, those that took none left out."""
    told = ((PHASE_WORDS[phase], in_days(time)) for phase, time in report.phases if time >= DAY / 20)
    return tuple((f"{words[:1].upper()}{words[1:]}", time) for words, time in told)


def told_of(report: Report) -> str:
    """What the times by phase rest on."""
    many = "1 task" if report.told == 1 else f"{report.told:,} tasks"
    return f"Mean days a task, of {many} transmitted in the time."


def ages(report: Report) -> str:
    """ "0-7 days 12, 8-30 days 31"."""
    return ", ".join(f"{name} {count:,}" for name, count in report.ages if count) or "nothing open"


def open_by(groups: tuple[Group, ...], named: Callable[[str], str]) -> str:
    """ "CS 21 (4 overdue), HCC 12", and the others together: on a phone nobody reads a long list."""
    still = [group for group in groups if group.flow.open]
    others = sum(group.flow.open for group in still[MOST:])
    told = (_open(group, named) for group in still[:MOST])
    return ", ".join((*told, *([f"others {others:,}"] if others else [])))


def _open(group: Group, named: Callable[[str], str]) -> str:
    late = f" ({group.flow.overdue:,} overdue)" if group.flow.overdue else ""
    return f"{named(group.key)} {group.flow.open:,}{late}"


def type_name(rubric: Rubric) -> Callable[[str], str]:
    """The label of a type by its key; a request that was sent on has none until it is logged."""
    labels: Mapping[str, str] = {key: row.label for key, row in rubric.rows.items()}
    return lambda key: labels.get(key, key) if key else "Not logged yet"


def division_name(key: str) -> str:
    return "No division" if key == NONE else key


def late_by(days: int) -> str:
    return "1 day overdue" if days == 1 else f"{days:,} days overdue"


def picture_words(report: Report) -> str:
    """What the chart says, for who can't see it."""
    weeks = report.trend
    first, last = (period_of(week.key) for week in (weeks[0], weeks[-1]))
    return f"{len(weeks)} weeks, from {day(first.first)} to {day(last.last)}. " + " ".join(_courses(weeks))


def _courses(weeks: tuple[Group, ...]) -> Iterator[str]:
    yield f"Received per week {_course([week.flow.received for week in weeks])}."
    yield f"Transmitted per week {_course([week.flow.transmitted for week in weeks])}."
    if rates := [week.flow.rate for week in weeks if week.flow.rate is not None]:
        yield f"On time {_course(rates, '%')}."


def _course(values: list[int], unit: str = "") -> str:
    """ "fell from 23 to 17, between 9 and 31"."""
    first, last, least, most = (f"{n:,}{unit}" for n in (values[0], values[-1], min(values), max(values)))
    if least == most:
        return f"stayed at {last}"
    if first == last:
        return f"began and ended at {last}, between {least} and {most}"
    return f"{'rose' if values[-1] > values[0] else 'fell'} from {first} to {last}, between {least} and {most}"
