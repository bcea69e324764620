"""Annual training: until when it is good, and who needs it (4-6.2, 5-2.2.f, 5-3.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.organization import Organization, Person
from bot.domain.positions import Post
from bot.domain.training import (
    Reason,
    Reminder,
    action_officers,
    due,
    expires,
    lapsed,
    next_reminders,
    reminder_of,
    reminders,
)
from tests.world import AD, DAD_CS, HOU_CHIEF, SAMPLE, T0, ZONE

TODAY = T0.date()


def person(trained_on: date | None) -> Person:
    return Person("a@example.gov", "A", "HOU", trained_on=trained_on)


@pytest.mark.parametrize(
    ("trained", "last"),
    [
        (date(2025, 11, 24), date(2026, 11, 24)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 1)),
        (None, None),
    ],
)
def test_training_is_good_until_the_same_day_a_year_later(trained: date | None, last: date | None) -> None:
    assert expires(person(trained)) == last


@pytest.mark.parametrize(
    ("left", "is_lapsed", "is_due"),
    [(-1, True, False), (0, False, True), (30, False, True), (31, False, False)],
)
def test_it_is_due_for_thirty_days_and_then_lapsed(left: int, is_lapsed: bool, is_due: bool) -> None:
    one = person((TODAY + timedelta(days=left)).replace(year=2025))
    assert (lapsed(one, TODAY), due(one, TODAY)) == (is_lapsed, is_due)


def test_training_that_nobody_recorded_is_lapsed() -> None:
    assert lapsed(person(None), TODAY)
    assert not due(person(None), TODAY)


def test_who_was_appointed_needs_it_and_a_chief_while_nobody_is() -> None:
    """5-3.1: the chief serves in the role directly, or appoints another."""
    before = {p.email for p in action_officers(SAMPLE, TODAY)}
    assert HOU_CHIEF in before
    assert not {AD, DAD_CS} & before
    nurse = next(p for p in SAMPLE.people.values() if Post("discipline-chief", "NURS") in p.posts)
    assert nurse.email not in before
    other = next(p for p in SAMPLE.people.values() if p.component == "HOU" and not p.posts)
    assert other.email not in before
    appointed = replace(SAMPLE, people=SAMPLE.people | {other.email: replace(other, action_officer_for=("HOU",))})
    after = {p.email for p in action_officers(appointed, TODAY)}
    assert after == before - {HOU_CHIEF} | {other.email}


def test_who_left_needs_none() -> None:
    gone = replace(SAMPLE.people[HOU_CHIEF], ended_on=TODAY)
    left = replace(SAMPLE, people=SAMPLE.people | {HOU_CHIEF: gone})
    assert gone not in action_officers(left, TODAY)


def reminded(days: int, hour: int = 14) -> set[tuple[str, str]]:
    """Who is told, and why, so many days from now, of the HOU chief's training that is good until 14 April 2027."""
    now = datetime(2027, 4, 14, hour, tzinfo=UTC) - timedelta(days=days)
    told = reminders(only(HOU_CHIEF), now, ZONE)
    assert {r.last for r in told} <= {date(2027, 4, 14)}
    return {(r.reason.value, r.recipient) for r in told}


def only(officer: str) -> Organization:
    """The sample agency in which nobody else was ever trained."""
    people = {p.email: p if p.email == officer else replace(p, trained_on=None) for p in SAMPLE.people.values()}
    return replace(SAMPLE, people=people)


@pytest.mark.parametrize(
    ("days", "reason"),
    [(31, None), (30, "month"), (8, "month"), (7, "week"), (0, "week"), (-1, "lapsed"), (-7, "lapsed"), (-8, None)],
)
def test_an_officer_is_reminded_at_thirty_and_seven_days_and_when_it_lapsed(days: int, reason: str | None) -> None:
    """The task managers are told of a lapse, and of nothing before."""
    managers = {p.email for p in SAMPLE.people.values() if SAMPLE.is_manager(p.email, TODAY)}
    assert len(managers) == 3
    told = {("lapsed-of-others", email) for email in managers} if reason == "lapsed" else set()
    assert reminded(days) == told | ({(reason, HOU_CHIEF)} if reason else set())


def test_the_day_begins_in_the_morning() -> None:
    assert reminded(30, hour=11) == set()  # seven o'clock in New York
    assert reminded(30, hour=12) == {("month", HOU_CHIEF)}
    early, late = datetime(2027, 4, 14, 11, tzinfo=UTC), datetime(2027, 4, 14, 12, tzinfo=UTC)
    assert next_reminders(early, ZONE) == late
    assert next_reminders(late, ZONE) == late + timedelta(days=1)


def test_who_was_trained_or_left_is_reminded_of_nothing() -> None:
    now = datetime(2027, 4, 10, 14, tzinfo=UTC)
    for change in ({"trained_on": date(2027, 4, 1)}, {"ended_on": date(2027, 4, 1)}):
        person = replace(SAMPLE.people[HOU_CHIEF], **change)
        changed = replace(only(HOU_CHIEF), people=only(HOU_CHIEF).people | {HOU_CHIEF: person})
        assert reminders(changed, now, ZONE) == ()


def test_an_occasion_is_read_back() -> None:
    reminder = Reminder(Reason.LAPSED_OF_OTHERS, date(2027, 4, 14), HOU_CHIEF)
    assert reminder_of(reminder.occasion, HOU_CHIEF) == reminder
    assert len(reminder.occasion) <= 64
