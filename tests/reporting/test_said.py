"""Words that ask for a report, to the letter: everything else stays a question."""

from __future__ import annotations

from datetime import date

import pytest

from bot.errors import InvalidInput
from bot.reporting.said import NoMore, Schedules, Wanted, Weekly, report_said
from tests.world import COS, SAMPLE

TODAY = date(2026, 11, 24)
COS_NAME = SAMPLE.people[COS].name.lower()


@pytest.mark.parametrize(
    ("words", "key", "component", "file"),
    [
        ("report", "2026-W47", "", ""),
        ("Show me the weekly report.", "2026-W47", "", ""),
        ("report for last week", "2026-W47", "", ""),
        ("report for this week", "2026-W48", "", ""),
        ("monthly report", "2026-10", "", ""),
        ("report for October", "2026-10", "", ""),
        ("report for december", "2025-12", "", ""),
        ("report for Oct 2025", "2025-10", "", ""),
        ("report week 47", "2026-W47", "", ""),
        ("report for week 50", "2025-W50", "", ""),
        ("report for week 53", "2020-W53", "", ""),
        ("report for week 3 of 2026", "2026-W03", "", ""),
        ("report 2026-11-01..2026-11-15 pdf", "2026-11-01..2026-11-15", "", "pdf"),
        ("report 2026-w47 xlsx", "2026-W47", "", "xlsx"),
        ("report as an excel", "2026-W47", "", "xlsx"),
        ("report for HOU", "2026-W47", "HOU", ""),
        ("report for hou for last month", "2026-10", "HOU", ""),
        ("report for week 46 for CS as pdf", "2026-W46", "CS", "pdf"),
    ],
)
def test_a_report_is_asked_for(words: str, key: str, component: str, file: str) -> None:
    said = report_said(words.lower(), TODAY, SAMPLE)
    assert isinstance(said, Wanted)
    assert (said.period.key, said.component, said.file) == (key, component, file)
    assert report_said(said.words.lower(), date(2031, 1, 1), SAMPLE) == said  # as a button says it, on any day


@pytest.mark.parametrize(
    "words",
    [
        "report of open tasks", "report tasks", "report t-1042", "open reports", "reports due this week",
        "report for nowhere", "report of hou tasks", "status of the report", "report for hou for cs",
        "report for last week for this week", "the reporter", "report on beds", "overdue report tasks of hou", "",
    ],
)  # fmt: skip
def test_a_question_about_reports_stays_a_question(words: str) -> None:
    assert report_said(words, TODAY, SAMPLE) is None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("report here weekly", Weekly("", 0, 8)),
        ("report here every monday 08:00", Weekly("", 0, 8)),
        ("send the weekly report here every friday at 16:00", Weekly("", 4, 16)),
        (f"report to {COS_NAME} weekly", Weekly(COS, 0, 8)),
        (f"report to {COS} every sunday", Weekly(COS, 6, 8)),
        ("stop the report here", NoMore("")),
        ("stop the report", NoMore("")),
        (f"stop the weekly report to {COS_NAME}.", NoMore(COS)),
        ("who gets the report?", Schedules()),
    ],
)
def test_who_gets_it_is_said(words: str, meant: object) -> None:
    assert report_said(words, TODAY, SAMPLE) == meant


@pytest.mark.parametrize(
    "words",
    ["report for week 54", "report 2026-13", "report for may 0000", "report to nobody weekly",
     "report here every someday", "report here every monday 24:00", "stop the report to nobody"],
)  # fmt: skip
def test_what_cannot_be_is_told_in_a_sentence(words: str) -> None:
    with pytest.raises(InvalidInput, match=r"\.$"):
        report_said(words, TODAY, SAMPLE)
