"""A report as tables: the sheets of a workbook, and the pages of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.domain.rubric import Rubric
from bot.domain.words import moment
from bot.record.pages import Facts, Grid, Picture, Section, Words
from bot.reporting.figures import Flow, Group, Report
from bot.reporting.periods import period_of
from bot.reporting.phases import PHASE_WORDS
from bot.reporting.words import (
    ages,
    division_name,
    headlines,
    late_by,
    percent,
    picture_words,
    standing,
    title,
    told_of,
    turnaround,
    type_name,
    where_time_goes,
)

#: Text, a count, days or a share, a moment, or nothing.
Cell: TypeAlias = str | int | float | datetime | None
DAY = timedelta(days=1)
FLOW = ("Received", "Transmitted", "On time", "Closed", "Withdrawn", "Open", "Overdue", "Median days")
#: Rows of the overdue on paper; the workbook has all.
ON_PAPER = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(report: Report, rubric: Rubric) -> tuple[Sheet, ...]:
    """Summary, by type, by division, overdue and trend."""
    named = type_name(rubric)
    late = ((o.number, named(o.task_type), o.due_at, o.days) for o in report.overdue)
    return (
        Sheet("Summary", ("", "Period", "Period before"), tuple(_summary(report))),
        Sheet("By type", ("Task type", *FLOW), tuple(_grouped(report.types, named))),
        Sheet("By division", ("Division", *FLOW), tuple(_grouped(report.divisions, division_name))),
        Sheet("Overdue", ("Task", "Task type", "Due", "Days overdue"), tuple(late)),
        Sheet("Trend", ("Week", "From", *FLOW), tuple(_weeks(report))),
    )


def _summary(report: Report) -> Iterator[tuple[Cell, ...]]:
    yield "About", report.period.words, report.period.before.words
    yield "As of", report.at, None
    yield from zip(FLOW, _flow(report.flow), _flow(report.before), strict=True)
    for name, count in report.ages:
        yield f"Open, {name} old", count, None
    for phase, time in report.phases:
        yield f"Mean days {PHASE_WORDS[phase]}", round(time / DAY, 1), None


def _grouped(groups: tuple[Group, ...], named: Callable[[str], str]) -> Iterator[tuple[Cell, ...]]:
    for group in groups:
        yield named(group.key), *_flow(group.flow)


def _weeks(report: Report) -> Iterator[tuple[Cell, ...]]:
    for week in report.trend:
        yield week.key, f"{period_of(week.key).first}", *_flow(week.flow)


def _flow(flow: Flow) -> tuple[Cell, ...]:
    days = None if flow.turnaround is None else round(flow.turnaround / DAY, 1)
    counts = (flow.received, flow.transmitted, flow.on_time, flow.closed, flow.withdrawn, flow.open, flow.overdue)
    return (*counts, days)


# On paper


def sections(report: Report, chart: bytes, rubric: Rubric) -> Iterator[Section]:
    """One or two pages: the figures and the chart, then who and what, and the longest overdue."""
    named = type_name(rubric)
    summary = (*headlines(report), ("Open by age", ages(report)))
    yield Section(title(report), (Words(standing(report)), Facts(summary)))
    yield Section("12 weeks", (Picture(chart, picture_words(report)),), under=True)
    if times := where_time_goes(report):
        yield Section("Where the time went", (Words(told_of(report)), Facts(times)), under=True)
    yield Section("By division", (_grid("Division", report.divisions, division_name),), under=True)
    yield Section("By task type", (_grid("Task type", report.types, named),), under=True)
    if report.overdue:
        yield Section("Overdue", tuple(_overdue(report, named)), under=True)


def _grid(label: str, groups: tuple[Group, ...], named: Callable[[str], str]) -> Grid:
    header = (label, "Received", "Sent", "On time", "Turnaround", "Closed", "Open", "Overdue")
    rows = tuple((named(g.key), *_paper(g)) for g in groups)
    return Grid(header, (0.3, 0.1, 0.08, 0.12, 0.13, 0.09, 0.08, 0.1), rows)


def _paper(group: Group) -> tuple[str, ...]:
    flow = group.flow
    counts = (flow.received, flow.transmitted, flow.closed, flow.open, flow.overdue)
    received, sent, closed, still, late = (f"{count:,}" for count in counts)
    return received, sent, percent(flow), turnaround(flow), closed, still, late


def _overdue(report: Report, named: Callable[[str], str]) -> Iterator[Grid | Words]:
    shown, zone = report.overdue[:ON_PAPER], report.at.tzinfo
    rows = tuple((o.number, named(o.task_type), moment(o.due_at, zone) if zone else "", late_by(o.days)) for o in shown)
    yield Grid(("Task", "Task type", "Due", "Late"), (0.14, 0.38, 0.28, 0.2), rows)
    if more := len(report.overdue) - len(shown):
        yield Words(f"and {more:,} more")
