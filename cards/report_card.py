"""The report as a director reads it on a phone, and who gets it each week (5-2.1.c)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.context import Context
from bot.domain.organization import ReportSchedule
from bot.domain.scheduling import every, recipient_name
from bot.domain.words import moment
from bot.reporting.figures import Overdue, Report
from bot.reporting.words import (
    ages,
    division_name,
    headlines,
    late_by,
    open_by,
    picture_words,
    standing,
    title,
    told_of,
    type_name,
    where_time_goes,
)
from cards.actions import ask_button
from cards.model import Button, Buttons, Card, Element, Entries, Entry, Facts, Image, Text
from cards.organization_forms import schedule_button

#: The overdue that are shown with a way to each.
LONGEST = 5


def report_card(report: Report, chart: bytes, ctx: Context) -> Card:
    """What happened beside the period before, the trend, where the time went, what is open and the longest overdue."""
    body = (
        Text(standing(report)),
        Facts(headlines(report)),
        Image(chart, picture_words(report)),
        *_times(report),
        *_still_open(report, ctx),
        *_late(report, ctx),
        Buttons(tuple(_asking(report, ctx))),
    )
    return Card(title(report), body, f"{title(report)} is here.")


def _times(report: Report) -> Iterator[Element]:
    if times := where_time_goes(report):
        yield Text("Where the time went", strong=True)
        yield Facts(times)
        yield Text(told_of(report), muted=True)


def _still_open(report: Report, ctx: Context) -> Iterator[Element]:
    if report.flow.open:
        rows = (
            ("Open by age", ages(report)),
            ("Open by division", open_by(report.divisions, division_name)),
            ("Open by type", open_by(report.types, type_name(ctx.rubric))),
        )
        yield Facts(rows)


def _late(report: Report, ctx: Context) -> Iterator[Element]:
    shown = report.overdue[:LONGEST]
    if not shown:
        return
    yield Text("Longest overdue", strong=True)
    yield Entries(tuple(_entry(overdue, ctx) for overdue in shown))
    if more := len(report.overdue) - len(shown):
        yield Text(f"and {more:,} more, all of them in the Excel file", muted=True)


def _entry(overdue: Overdue, ctx: Context) -> Entry:
    detail = f"{type_name(ctx.rubric)(overdue.task_type)}; due {moment(overdue.due_at, ctx.zone)}"
    heading = f"{overdue.number}, {late_by(overdue.days)}"
    return Entry(heading, detail, ask_button("Open", f"status of {overdue.number}"))


def _asking(report: Report, ctx: Context) -> Iterator[Button]:
    whose = f" for {report.component}" if report.component else ""
    for label, kind in (("Excel", "xlsx"), ("PDF", "pdf")):
        yield ask_button(label, f"report{whose} {report.period.key} {kind}")
    if ctx.manages and not report.component:
        yield schedule_button(ctx)


def schedules_card(ctx: Context) -> Card:
    """Everybody who gets it, with the way to end each; for task managers."""
    entries = tuple(_schedule(schedule, ctx) for schedule in ctx.organization.reports)
    told = Entries(entries) if entries else Text("Nobody gets the report by itself.")
    return Card("Weekly report", (told, Buttons((schedule_button(ctx),))), "Who gets the weekly report")


def _schedule(schedule: ReportSchedule, ctx: Context) -> Entry:
    args = (("recipient", schedule.recipient),)
    stop = Button("Stop", "organization.stop_report", "", args, "danger")
    name, when = recipient_name(schedule.recipient, ctx.organization), every(schedule.weekday, schedule.hour)
    return Entry(name[:1].upper() + name[1:], when[:1].upper() + when[1:], stop)
