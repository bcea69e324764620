"""The figures of a report against an independent count, and the same whenever it is asked for."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import messages as m
from bot.errors import InvalidInput
from bot.reporting.figures import Line, Material, report
from bot.reporting.periods import days, month_of, period_of, week_before, week_of
from bot.reporting.phases import Phase, time_by_phase
from tests.cards import ways
from tests.reporting.counting import age_name, halves, lines
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, T0, ZONE, History, request

LAST_WEEK = week_of(date(2026, 11, 16))
DIVISION = {"HOU": "CS", "MCMU": "CS", "LKP": "CS", "CS": "CS", "MQMU": "HCC", "HITU": "HSS"}
many = st.lists(lines(), max_size=40, unique_by=lambda line: line.number)


@settings(max_examples=40, deadline=None)
@given(many)
def test_every_figure_is_what_an_independent_count_gives(found: list[Line]) -> None:
    told = report(Material(tuple(found), {}), LAST_WEEK, T0, ZONE, SAMPLE)
    start, end = datetime(2026, 11, 16, tzinfo=ZONE), datetime(2026, 11, 23, tzinfo=ZONE)
    during = set(halves(start, end))
    flow = told.flow
    assert flow.received == len([x for x in found if x.received_at in during])
    sent = [x for x in found if x.transmitted_at in during]
    assert flow.transmitted == len(sent)
    assert flow.closed == len([x for x in found if x.closed_at in during])
    assert flow.withdrawn == len([x for x in found if x.withdrawn_at in during])
    late = [x for x in sent if x.transmitted_at and x.transmitted_at > x.due_at]
    assert flow.rate == (round(100 - 100 * len(late) / len(sent)) if sent else None)
    took = [(x.transmitted_at - x.received_at).total_seconds() for x in sent if x.transmitted_at]
    assert flow.turnaround == (timedelta(seconds=median(took)) if took else None)

    standing = [
        x
        for x in found
        if x.received_at < end
        and min(filter(None, (x.transmitted_at, x.closed_at, x.withdrawn_at)), default=end) >= end
    ]
    assert flow.open == len(standing)
    assert Counter({g.key: g.flow.open for g in told.types}) == Counter(x.task_type for x in standing)
    in_divisions = Counter(d for x in standing for d in ({DIVISION.get(c) for c in x.components} - {None} or {"none"}))
    assert Counter({g.key: g.flow.open for g in told.divisions}) == in_divisions
    assert Counter(dict(told.ages)) == Counter(age_name(x.received_at, end) for x in standing)
    overdue = sorted((x for x in standing if x.due_at < end), key=lambda x: (x.due_at, x.number))
    assert [x.number for x in told.overdue] == [x.number for x in overdue]
    wall = {x.number: end.replace(tzinfo=None) - x.due_at.astimezone(ZONE).replace(tzinfo=None) for x in overdue}
    assert all(x.days == ceil(wall[x.number] / timedelta(days=1)) >= 1 for x in told.overdue)
    for number, week in enumerate(told.trend):
        first = datetime(2026, 8, 31, tzinfo=ZONE) + timedelta(
            weeks=number
        )  # in wall time, over the end of summer time
        week_s = set(halves(first.astimezone(), (first + timedelta(weeks=1)).astimezone()))
        assert week.flow.received == len([x for x in found if x.received_at in week_s])
        assert week.flow.transmitted == len([x for x in found if x.transmitted_at in week_s])
    assert [told.trend[0].key, told.trend[-1].key, len(told.trend)] == ["2026-W36", "2026-W47", 12]


@settings(max_examples=40, deadline=None)
@given(many, st.integers(0, 400))
def test_a_report_asked_for_again_later_says_the_same(found: list[Line], later: int) -> None:
    """Of what happened since, nothing shows."""
    week = week_of(date(2026, 9, 14))
    end = week.end(ZONE)
    known = tuple(_known(line, end) for line in found if line.received_at < end)
    then = report(Material(known, {}), week, end, ZONE, SAMPLE)
    assert report(Material(tuple(found), {}), week, T0 + timedelta(days=later), ZONE, SAMPLE) == then


def _known(line: Line, at: datetime) -> Line:
    """The task as it was then."""
    ends = {"transmitted_at": line.transmitted_at, "closed_at": line.closed_at, "withdrawn_at": line.withdrawn_at}
    kept = {name: end if end and end < at else None for name, end in ends.items()}
    return Line(line.number, line.task_type, line.received_at, line.due_at, **kept, components=line.components)


def test_a_report_of_a_component_counts_what_it_and_those_below_answer() -> None:
    given_ = {"LKP": "T-1", "HOU": "T-2", "CS": "T-3", "HITU": "T-4"}
    found = [Line(n, "qfr", T0 - timedelta(days=9), T0, components=(code, "RMU")) for code, n in given_.items()]
    told = report(Material(tuple(found), {}), LAST_WEEK, T0, ZONE, SAMPLE, "HOU")
    assert told.flow.open == 2
    assert report(Material(tuple(found), {}), LAST_WEEK, T0, ZONE, SAMPLE).flow.open == 4


def test_a_period_that_runs_is_counted_until_now() -> None:
    line = Line("T-1", "qfr", T0 - timedelta(hours=2), T0 - timedelta(hours=1))
    told = report(Material((line,), {}), week_of(T0.date()), T0, ZONE, SAMPLE)
    assert (told.running, told.flow.received, told.flow.open, told.overdue[0].days) == (True, 1, 1, 1)
    assert not report(Material((line,), {}), LAST_WEEK, T0, ZONE, SAMPLE).running


# Where the time goes


def test_the_time_of_each_phase_adds_up_to_the_turnaround() -> None:
    history = _slow(request(), lambda h: h.do(MANAGER, m.RouteTask((HOU_CHIEF,))), hours=5)
    _slow(history, lambda h: h.do(HOU_CHIEF, m.Acknowledge(1)), hours=1)
    _slow(history, lambda h: h.do(HOU_CHIEF, m.Respond(1, "412 beds")), hours=30)
    _slow(history, lambda h: h.do(MANAGER, m.ReturnResponse(1, "Name the month")), hours=4)
    _slow(history, lambda h: h.do(HOU_CHIEF, m.Respond(1, "412 beds in October")), hours=6)
    _slow(history, lambda h: h.do(MANAGER, m.SendToClearance()), hours=2)
    package = history.task.package
    assert package
    _slow(history, lambda h: h.do(DAD_CS, m.Clear(0, 1, package.sha256)), hours=20)
    _slow(history, lambda h: h.do(COS, m.Clear(1, 1, package.sha256)), hours=3)
    _slow(history, lambda h: h.do(MANAGER, m.Transmit(package.sha256)), hours=7)
    spent = time_by_phase(history.events, history.now)
    assert spent
    told = {phase: round(time / timedelta(hours=1)) for phase, time in spent.items()}
    assert told == {
        Phase.ROUTING: 5, Phase.OFFICERS: 37, Phase.DIVISION: 0,
        Phase.REVIEW: 6, Phase.CLEARANCE: 23, Phase.TRANSMISSION: 7,
    }  # fmt: skip
    assert sum(spent.values(), timedelta()) == history.now - history.task.request.received_at
    earlier = time_by_phase(history.events, history.now - timedelta(hours=2))  # it went earlier than was recorded
    assert earlier
    assert spent[Phase.TRANSMISSION] - earlier[Phase.TRANSMISSION] == timedelta(hours=2)


def test_what_waits_for_a_division_lead_is_in_division_clearance() -> None:
    history = ways.several(cleared=False)
    before = time_by_phase(history.events, history.now)
    after = time_by_phase(history.events, history.now + timedelta(hours=8))
    assert before
    assert after
    assert {p: after[p] - before[p] for p in Phase if after[p] > before[p]} == {Phase.DIVISION: timedelta(hours=8)}


def test_what_another_system_had_tells_no_phases() -> None:
    assert time_by_phase((), T0) is None
    assert time_by_phase(ways.routed().events[1:], T0) is None


def _slow(begun: History | m.LogTask, act: object, hours: int) -> History:
    history = begun if isinstance(begun, History) else History(begun)
    history.now += timedelta(hours=hours) - timedelta(minutes=1)
    assert callable(act)
    act(history)
    return history


# Periods


@pytest.mark.parametrize(
    ("key", "first", "last", "before"),
    [
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22), "2026-W46"),
        ("2027-W01", date(2027, 1, 4), date(2027, 1, 10), "2026-W53"),
        ("2026-01", date(2026, 1, 1), date(2026, 1, 31), "2025-12"),
        ("2026-11-01..2026-11-15", date(2026, 11, 1), date(2026, 11, 15), "2026-10-17..2026-10-31"),
    ],
)
def test_a_key_names_the_same_days_for_ever(key: str, first: date, last: date, before: str) -> None:
    period = period_of(key)
    assert (period.key, period.first, period.last, period.before.key) == (key, first, last, before)


@pytest.mark.parametrize("key", ["2026-W54", "2026-13", "2026-00", "yesterday", "2026-11-15..2026-11-01", "0000-W01"])
def test_what_is_no_period_is_refused_in_a_sentence(key: str) -> None:
    with pytest.raises(InvalidInput, match=r"\.$"):
        period_of(key)


def test_the_last_week_is_one_that_is_over() -> None:
    assert week_before(date(2026, 11, 23)) == LAST_WEEK == week_before(date(2026, 11, 29))
    assert month_of(date(2026, 2, 9)).last == date(2026, 2, 28)
    assert days(date(2026, 2, 9), date(2026, 2, 9)).words == "on 9 Feb 2026"
