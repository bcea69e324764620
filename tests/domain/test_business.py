"""Business time at its edges: holidays, weekends, hours, and the two-business-day clock of 6-1.3."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.domain.business import business_day_after, business_time_after, is_business_day, log_owed_by, response_due
from tests.world import ZONE


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "business"),
    [
        ("2026-11-25", True),
        ("2026-11-26", False),  # Thanksgiving
        ("2026-11-28", False),  # a Saturday
        ("2026-07-03", False),  # Independence Day, observed
        ("2027-12-31", False),  # New Year's Day of 2028, observed
        ("2026-06-19", False),  # Juneteenth
    ],
)
def test_business_days_leave_out_weekends_and_federal_holidays(day: str, business: bool) -> None:
    assert is_business_day(date.fromisoformat(day)) is business


def test_an_email_task_completed_on_tuesday_24_november_2026_is_owed_by_friday_27() -> None:
    """6-1.3, with Thanksgiving between."""
    assert log_owed_by(at("2026-11-24T15:00"), ZONE) == at("2026-11-28T00:00")


def test_what_is_completed_on_a_weekend_counts_from_the_next_business_day() -> None:
    assert log_owed_by(at("2026-11-21T10:00"), ZONE) == at("2026-11-25T00:00")
    assert business_day_after(date(2026, 11, 27), -1) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24T10:00", 4, "2026-11-24T14:00"),
        ("2026-11-24T16:00", 2, "2026-11-25T10:00"),
        ("2026-11-24T20:00", 1, "2026-11-25T10:00"),
        ("2026-11-25T16:30", 1, "2026-11-27T09:30"),  # over Thanksgiving
        ("2026-11-28T12:00", 8, "2026-11-30T17:00"),
    ],
)
def test_business_hours_stand_still_outside_them(start: str, hours: int, end: str) -> None:
    assert business_time_after(at(start), hours, ZONE) == at(end)


def test_a_response_is_asked_for_a_business_day_before_it_is_due_where_there_is_time() -> None:
    assert response_due(at("2026-11-16T09:00"), at("2026-11-27T12:00"), ZONE) == at("2026-11-25T12:00")
    assert response_due(at("2026-11-16T09:00"), at("2026-11-30T23:00"), ZONE) == at("2026-11-27T17:00")


def test_with_little_time_it_is_asked_for_after_two_thirds_of_it() -> None:
    received = at("2026-11-24T09:00")
    assert response_due(received, received + timedelta(hours=6), ZONE) == received + timedelta(hours=4)
    friday, tuesday = at("2026-11-20T16:00"), at("2026-11-24T09:00")
    assert friday < response_due(friday, tuesday, ZONE) < tuesday
