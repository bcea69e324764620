"""Annual training: until when it is good, and who needs it (4-6.2, 5-2.2.f, 5-3.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.organization import Person
from bot.domain.positions import Post
from bot.domain.training import action_officers, due, expires, lapsed
from tests.world import AD, DAD_CS, HOU_CHIEF, SAMPLE, T0

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
