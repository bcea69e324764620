"""What a task manager is told before they assign: the proposal with its reasons, and what is in its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.organization import Absence, Delegation, Organization
from bot.domain.positions import Post
from bot.domain.rules import Offer, offers
from bot.domain.task import Task
from cards.forms import route_form
from cards.model import Card, ChoiceField, Facts, Text
from cards.task_cards import task_card
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, History, context, holder, request

DAYS = date(2026, 11, 23), date(2026, 11, 27)
RHSA = holder("rhsa", "EAST")


def card(task: Task, organization: Organization = SAMPLE) -> Card:
    return task_card(task, context(MANAGER, organization=organization))


def facts(shown: Card) -> dict[str, str]:
    return {label: value for element in shown.body if isinstance(element, Facts) for label, value in element.rows}


def words(shown: Card) -> list[str]:
    return [element.text for element in shown.body if isinstance(element, Text)]


def logged(task_type: str = "congressional-inquiry", about: str = "HOU") -> Task:
    return History(request(task_type, about)).task


def test_the_proposal_names_people_their_posts_and_the_row() -> None:
    told = facts(card(logged()))
    assert told["Answers"] == "LaToya Freeman (Unit Chief, HOU)"
    assert told["Because"] == "Appendix A says “HQ: Unit Chief”"
    assert told["Clears"] == (
        "Deputy Assistant Director, CS (Robert Nakamura), then Chief of Staff (Daniel Reyes); "
        "Appendix A says “DAD and COS”"
    )


@pytest.mark.parametrize(
    ("task_type", "section"),
    [
        ("medical-complaint", "Appendix A and 5-2.2.b"),
        ("oig-audit", "Appendix A and 5-2.2.b"),
        ("declaration", "Appendix A"),
    ],
)
def test_the_staffing_of_a_facility_is_cited_where_it_decides(task_type: str, section: str) -> None:
    """5-2.2.b decides "Regional HSA or Regional FMC" and proposes for "Varies"; a position that the row names wins."""
    assert facts(card(logged(task_type, "LKP")))["Because"].startswith(f"{section} sa")


def test_a_vacant_position_is_flagged() -> None:
    chief = SAMPLE.people[HOU_CHIEF]
    vacant = replace(SAMPLE, people=SAMPLE.people | {HOU_CHIEF: replace(chief, posts=())})
    assert "Unit Chief, HOU is vacant; choose who answers." in words(card(logged(), vacant))


def test_a_place_that_is_not_known_is_flagged() -> None:
    shown = words(card(logged("foia-medical-records", "field")))
    assert "Where the HSA is meant is not known; choose who answers." in shown


def test_an_absent_officer_is_flagged_with_whoever_can_answer_too() -> None:
    away = replace(
        SAMPLE, absences=(Absence(holder("unit-chief", "RMU"), *DAYS), Absence("george.kaplan@example.gov", *DAYS))
    )
    shown = words(card(logged(about="RMU"), away))
    assert "George Kaplan is away until 27 Nov." in shown
    assert "Fatima Siddiqui can answer too." in shown


def test_an_absent_official_is_named_with_their_delegates() -> None:
    given = Delegation(1, DAD_CS, Post("dad", "CS"), COS, (), *DAYS, datetime(2026, 11, 20, tzinfo=UTC))
    away = replace(SAMPLE, absences=(Absence(DAD_CS, *DAYS),), delegations=(given,))
    assert facts(card(logged(), away))["Clears"].startswith(
        "Deputy Assistant Director, CS (Robert Nakamura, away, Daniel Reyes), then "
    )


def test_a_lapsed_training_is_flagged_on_the_card_and_in_the_form() -> None:
    task = logged(about="HITU")
    assert "Amira Haddad's training lapsed on 19 Aug 2026." in words(card(task))
    ctx = context(MANAGER)
    form = route_form(task, _assign(task), ctx)
    assert "Amira Haddad's training lapsed on 19 Aug 2026." in form.intro
    (officers,) = [f for f in form.fields if isinstance(f, ChoiceField) and f.name == "officers"]
    assert officers.choices[0][1] == "Amira Haddad, HITU; training lapsed"


def _assign(task: Task) -> Offer:
    return offers(task, context(MANAGER))[0]
