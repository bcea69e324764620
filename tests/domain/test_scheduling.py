"""Who gets the weekly report when: once a week at its hour, through the change of clocks, and none from before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import organization_messages as om
from bot.domain.organization import Organization, Room
from bot.domain.scheduling import due_reports, next_report
from bot.errors import InvalidInput, NotAllowed
from tests.domain.test_authority import after
from tests.world import COS, HOU_CHIEF, MANAGER, T0, ZONE, holder

HOUR = timedelta(hours=1)
ROOM = Room("slack", "C1", "taskings")


def set_for(*recipients: str, weekday: int = 0, hour: int = 8) -> Organization:
    room = ((om.OPERATOR, om.RegisterRoom(ROOM)),)
    return after(*room, *((MANAGER, om.ScheduleReport(to, weekday, hour)) for to in recipients))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 6), st.integers(0, 23), st.sampled_from([0, 15, 105]))
def test_it_is_due_at_the_first_full_hour_of_its_day_every_week(weekday: int, hour: int, weeks: int) -> None:
    """A plain walk through the hours of four weeks, over the ends of summer time and of the year."""
    organization = set_for(COS, weekday=weekday, hour=hour)
    due, begin = set[object](), T0 + timedelta(weeks=weeks)
    seen = {day for _, day in due_reports(organization, begin, ZONE)}
    for passed in range(4 * 7 * 24):
        now = (begin + passed * HOUR).astimezone(UTC)
        local = now.astimezone(ZONE)
        before = dict.fromkeys(day for _, day in due_reports(organization, now, ZONE))
        following = next_report(organization, now, ZONE)
        assert following
        assert now < following <= now + timedelta(days=7, hours=1)
        if (local.weekday(), local.hour) == (weekday, hour):
            assert list(before) == [local.date()]
            due.add(local.date())
        assert set(before) <= due | seen
    assert len(due) == 4


def test_nothing_is_due_for_the_time_before_it_was_set() -> None:
    organization = set_for(COS, weekday=1, hour=8)  # T0 is a Tuesday, 09:00
    assert list(due_reports(organization, T0 + timedelta(days=6), ZONE)) == []
    assert len(list(due_reports(organization, T0 + timedelta(days=7), ZONE))) == 1


def test_setting_it_again_changes_its_time_and_stopping_ends_it() -> None:
    organization = set_for(COS, ROOM.recipient)
    again = after(
        (om.OPERATOR, om.RegisterRoom(ROOM)),
        (MANAGER, om.ScheduleReport(COS, 0, 8)),
        (MANAGER, om.ScheduleReport(COS, 4, 16)),
        (MANAGER, om.ScheduleReport(COS, 4, 16)),
    )
    assert [(r.recipient, r.weekday, r.hour) for r in again.reports] == [(COS, 4, 16)]
    assert again.version == after((om.OPERATOR, om.RegisterRoom(ROOM))).version + 2
    assert [r.recipient for r in organization.reports] == [COS, ROOM.recipient]
    stopped = after((MANAGER, om.ScheduleReport(COS, 0, 8)), (COS, om.StopReport(COS)))
    assert stopped.reports == ()
    assert next_report(stopped, T0, ZONE) is None


@pytest.mark.parametrize(
    ("actor", "command", "error"),
    [
        (COS, om.ScheduleReport(COS, 0, 8), NotAllowed),
        (HOU_CHIEF, om.StopReport(COS), NotAllowed),
        (MANAGER, om.ScheduleReport(HOU_CHIEF, 0, 8), InvalidInput),
        (MANAGER, om.ScheduleReport("room:slack:C9", 0, 8), InvalidInput),
        (MANAGER, om.ScheduleReport(COS, 7, 8), InvalidInput),
        (holder("tpsu-chief"), om.ScheduleReport(COS, 0, 24), InvalidInput),
    ],
)
def test_who_may_not_set_it_or_get_it_is_refused(
    actor: str, command: om.OrganizationCommand, error: type[Exception]
) -> None:
    with pytest.raises(error, match=r"\.$"):
        after((actor, command))


def test_a_channel_of_one_component_gets_no_report_of_all() -> None:
    room = Room("slack", "C2", "hou", "HOU")
    with pytest.raises(InvalidInput, match="taskings channels"):
        after((HOU_CHIEF, om.RegisterRoom(room)), (MANAGER, om.ScheduleReport(room.recipient, 0, 8)))


def test_a_day_is_that_of_the_agency() -> None:
    organization = set_for(COS, weekday=0, hour=0)
    just = datetime(2026, 11, 30, 5, tzinfo=UTC)  # Monday, 00:00 in the agency
    assert not list(due_reports(organization, just - timedelta(seconds=1), ZONE))
    assert [day.isoformat() for _, day in due_reports(organization, just, ZONE)] == ["2026-11-30"]
