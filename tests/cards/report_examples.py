"""The report's cards, of a week made up so that everything on them says something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.organization import ReportSchedule, Room
from bot.reporting.figures import Line, Material, Report, report
from bot.reporting.periods import Period, week_of
from bot.reporting.phases import Phase
from cards.model import Card
from cards.report_card import report_card, schedules_card
from tests.world import COS, HOU_CHIEF, MANAGER, SAMPLE, T0, ZONE, context

PNG = b"\x89PNG\r\n\x1a\n of a chart"
ROOM = Room("slack", "C1", "taskings")
WEEK = week_of(date(2026, 11, 16))
MONDAY = WEEK.start(ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERING = ("HOU", "LKP", "MQMU", "RMU", "TPSU")
TYPES = ("congressional-inquiry", "foia-medical-records", "qfr", "declaration", "")


def made_up() -> Material:
    """Three a day for three months, by turns of every division and type; most are answered in some days."""
    return Material(tuple(_line(number) for number in range(270)), {})


def _line(number: int) -> Line:
    received = MONDAY - 83 * DAY + number * 8 * HOUR
    took = (2 + number % 11) * DAY
    sent = received + took if number % 9 and received + took < T0 else None
    gone = received + DAY if number % 27 == 0 else None
    return Line(
        number=f"T-{1001 + number}",
        task_type=TYPES[number % 5],
        received_at=received,
        due_at=received + (4 + number % 7) * DAY,
        transmitted_at=sent,
        closed_at=sent + 2 * DAY if sent and sent + 2 * DAY < T0 else None,
        withdrawn_at=gone if sent is None else None,
        components=tuple({ANSWERING[number % 4]: 0, **({ANSWERING[0]: 0} if number % 6 == 0 else {})}),
    )


def told(component: str = "", period: Period = WEEK) -> Report:
    found = report(made_up(), period, T0, ZONE, SAMPLE, component)
    return replace(found, phases=tuple((phase, n * 9 * HOUR) for n, phase in enumerate(Phase)), told=14)


def report_examples() -> Iterator[tuple[str, Card]]:
    yield "report-of-a-week", report_card(told(), PNG, context(MANAGER))
    yield "report-of-a-week-for-leadership", report_card(told(), PNG, context(COS))
    yield "report-of-a-week-for-a-room", report_card(told(), PNG, context(ROOM.recipient))
    yield "report-of-a-component", report_card(told("HOU"), PNG, context(HOU_CHIEF))
    yield "report-so-far", report_card(told(period=week_of(T0.date())), PNG, context(COS))
    nothing = report(Material((), {}), WEEK, T0, ZONE, SAMPLE)
    yield "report-of-nothing", report_card(nothing, PNG, context(COS))
    schedules = (ReportSchedule(COS, 0, 8, MANAGER, T0), ReportSchedule(ROOM.recipient, 4, 16, MANAGER, T0))
    organization = replace(SAMPLE, rooms=(ROOM,), reports=schedules)
    yield "report-schedules", schedules_card(context(MANAGER, organization=organization))
    yield "report-schedules-of-nobody", schedules_card(context(MANAGER))
