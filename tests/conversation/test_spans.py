"""Spans of time, said on a Tuesday: 24 Nov 2026, 14:02 in the agency's zone."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.conversation.calendar import Calendar, Range, key
from bot.conversation.pieces import Age, When
from bot.conversation.spans import spans
from bot.conversation.words import tokens
from tests.world import ZONE

CALENDAR = Calendar(datetime(2026, 11, 24, 14, 2, tzinfo=ZONE), ZONE)


def said(span: Range) -> str:
    """ "2026-11-24 14:02 / 2026-11-30", without the hour of midnight."""
    ends = (f"{at:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if at else "" for at in (span.start, span.end))
    return " / ".join(ends)


def read(text: str) -> list[When | Age]:
    words = tokens(text)
    end, found = spans(words, 0, CALENDAR)
    assert end == (len(words) if found else 0)
    return list(found)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("today", "2026-11-24 / 2026-11-25"),
        ("tmrw", "2026-11-25 / 2026-11-26"),
        ("the day after tomorrow", "2026-11-26 / 2026-11-27"),
        ("this week", "2026-11-23 / 2026-11-30"),
        ("next week", "2026-11-30 / 2026-12-07"),
        ("last month", "2026-10-01 / 2026-11-01"),
        ("the month before last", "2026-09-01 / 2026-10-01"),
        ("this quarter", "2026-10-01 / 2027-01-01"),
        ("this fiscal year", "2026-10-01 / 2027-10-01"),
        ("FY26", "2025-10-01 / 2026-10-01"),
        ("Q1 FY27", "2026-10-01 / 2027-01-01"),
        ("the first quarter of fiscal 2027", "2026-10-01 / 2027-01-01"),
        ("Q3 2026", "2026-07-01 / 2026-10-01"),
        ("in 2025", "2025-01-01 / 2026-01-01"),
        ("by EOM", " / 2026-12-01"),
        ("end of next week", " / 2026-12-07"),
        ("by COB tomorrow", " / 2026-11-26"),
        ("NLT 15 Dec", " / 2026-12-16"),
        ("nlt 12/15", " / 2026-12-16"),
        ("by Friday", " / 2026-11-28"),
        ("before Friday", " / 2026-11-27"),
        ("after 15 Dec", "2026-12-16 / "),
        ("on Dec 3rd", "2026-12-03 / 2026-12-04"),
        ("Fri 4 Dec", "2026-12-04 / 2026-12-05"),
        ("next Friday", "2026-12-04 / 2026-12-05"),
        ("Thursday", "2026-11-26 / 2026-11-27"),
        ("Tuesday", "2026-11-24 / 2026-11-25"),
        ("before Christmas", " / 2026-12-25"),
        ("New Year's", "2027-01-01 / 2027-01-02"),
        ("christmas eve", "2026-12-24 / 2026-12-25"),
        ("the week after Thanksgiving", "2026-11-30 / 2026-12-07"),
        ("the week of Christmas", "2026-12-21 / 2026-12-28"),
        ("the day before Thanksgiving", "2026-11-25 / 2026-11-26"),
        ("the Friday before Christmas", "2026-12-18 / 2026-12-19"),
        ("the Monday after 15 Dec", "2026-12-21 / 2026-12-22"),
        ("by the start of next month", " / 2026-12-02"),
        ("mid-December", "2026-12-11 / 2026-12-21"),
        ("in late December", "2026-12-21 / 2027-01-01"),
        ("the last week of December", "2026-12-25 / 2027-01-01"),
        ("by the 15th", " / 2026-12-16"),
        ("Friday the 4th", "2026-12-04 / 2026-12-05"),
        ("Dec 10 or later", "2026-12-10 / "),
        ("before the weekend", " / 2026-11-28"),
        ("by year end", " / 2027-01-01"),
        ("by noon tomorrow", " / 2026-11-25 12:00"),
        ("by 5pm", " / 2026-11-24 17:00"),
        ("by 4 Dec 2026, 17:00", " / 2026-12-04 17:00"),
        ("within 48 hours", "2026-11-24 14:02 / 2026-11-26 14:02"),
        ("in the next five days", "2026-11-24 14:02 / 2026-11-30"),
        ("in the next two business days", "2026-11-24 14:02 / 2026-11-28"),
        ("later this week", "2026-11-24 14:02 / 2026-11-30"),
        ("between 1 and 4 December", "2026-12-01 / 2026-12-05"),
        ("from 30 Nov to 4 Dec", "2026-11-30 / 2026-12-05"),
        ("week of 7 Dec", "2026-12-07 / 2026-12-14"),
        ("2026-W48", "2026-11-23 / 2026-11-30"),
    ],
)
def test_a_span_that_lies_ahead(text: str, span: str) -> None:
    assert {said(found.ahead) for found in read(text) if isinstance(found, When)} == {span}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("yesterday", "2026-11-23 / 2026-11-24"),
        ("since Monday", "2026-11-23 / "),
        ("last Friday", "2026-11-20 / 2026-11-21"),
        ("Friday", "2026-11-20 / 2026-11-21"),
        ("in October", "2026-10-01 / 2026-11-01"),
        ("in December", "2025-12-01 / 2026-01-01"),
        ("last 30 days", "2026-10-25 / 2026-11-24 14:02"),
        ("past week", "2026-11-17 / 2026-11-24 14:02"),
        ("Nov 1-15", "2026-11-01 / 2026-11-16"),
        ("before 1 Nov", " / 2026-11-01"),
        ("two weeks ago", "2026-11-10 / 2026-11-11"),
        ("fiscal year to date", "2026-10-01 / 2026-11-25"),
    ],
)
def test_a_span_that_is_past(text: str, span: str) -> None:
    (found,) = read(text)
    assert isinstance(found, When)
    assert said(found.past) == span


@pytest.mark.parametrize(
    ("text", "span", "older"),
    [
        ("older than 30 days", " / 2026-10-25 14:02", True),
        ("more than two weeks", " / 2026-11-10 14:02", True),
        ("less than a week old", "2026-11-17 14:02 / ", False),
    ],
)
def test_an_age(text: str, span: str, older: bool) -> None:
    (found,) = read(text)
    assert isinstance(found, Age)
    assert (said(found.span), found.older) == (span, older)


def test_a_bare_quarter_may_be_of_the_fiscal_year_or_of_the_calendar() -> None:
    assert len(read("Q1")) == 2


@pytest.mark.parametrize("text", ["may i see", "sat with", "May Chen", "one of them", "february 30", "99 bottles"])
def test_a_date_that_is_not_there_is_not_found(text: str) -> None:
    assert spans(tokens(text), 0, CALENDAR)[1] == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("this month", "2026-11"),
        ("last week", "2026-W47"),
        ("FY26", "FY2026"),
        ("Q3 2026", "2026-Q3"),
        ("2026", "2026"),
    ],
)
def test_spans_have_names_that_are_read_as_the_same(text: str, name: str) -> None:
    (found,) = read(f"in {text}")
    assert isinstance(found, When)
    assert key(found.past, ZONE) == name
    (again,) = read(f"in {name.lower()}")
    assert isinstance(again, When)
    assert again.past == found.past


def test_clocks_that_change_leave_days_whole() -> None:
    autumn = Calendar(datetime(2026, 11, 1, 12, tzinfo=ZONE), ZONE)
    day = autumn.unit("day", 0)
    assert day.start is not None
    assert day.end is not None
    assert (day.end.timestamp() - day.start.timestamp()) / 3600 == 25
