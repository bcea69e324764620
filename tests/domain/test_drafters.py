"""Nobody clears what they wrote, however they came by the authority (6-3.4, 4-7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest

from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.messages import (
    Acknowledge,
    CancelAssignment,
    Clear,
    ClearComponent,
    Consolidate,
    Respond,
    RouteTask,
    SendToClearance,
)
from bot.domain.organization import Delegation, Organization
from bot.domain.positions import Post
from bot.domain.rubric import Origin
from bot.domain.task import Status
from bot.domain.visibility import clearers
from bot.errors import NotAllowed
from cards.placement import Kind, placements
from tests.world import HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0, ZONE, History, context, holder, request

GUIDANCE = "ERO guidance of 3 Nov"
TODAY = T0.date()
HPMU, HITU, DAD_HSS = holder("unit-chief", "HPMU"), holder("unit-chief", "HITU"), holder("dad", "HSS")
CONSULTANT = holder("hcc-consultant")


def passed_on(giver: str, post: Post, receiver: str) -> Organization:
    return replace(
        SAMPLE, delegations=(Delegation(1, giver, post, receiver, (), TODAY, TODAY + timedelta(days=7), T0),)
    )


def answered(history: History, *texts: str) -> History:
    for number, text in enumerate(texts, start=1):
        officer = history.task.assignments[number - 1].officer
        history.do(officer, Acknowledge(number))
        history.do(officer, Respond(number, text))
    return history


def two_of_one_division() -> History:
    """HPMU and HITU answer an OIG audit, whose DAD of HSS is asked for each."""
    history = History(request("oig-audit", "HPMU"))
    history.do(MANAGER, RouteTask((HPMU, HITU), GUIDANCE))
    return answered(history, "412 beds.", "And 18 in tents.")


def test_a_delegate_does_not_clear_what_they_answered_as_the_chiefs_action_officer() -> None:
    """Appendix A lets the unit chief answer and clear, and to have the chief's authority is not to be the chief."""
    post = Post("unit-chief", "MQMU")
    lent = replace(
        passed_on(MQMU_CHIEF, post, CONSULTANT),
        people=SAMPLE.people | {CONSULTANT: replace(SAMPLE.people[CONSULTANT], action_officer_for=("MQMU",))},
    )
    history = History(request("foia-medical-records", "MQMU"))
    routed = decide(history.task, RouteTask((CONSULTANT,)), context(MANAGER, T0, lent))
    history.state = reduce(evolve, routed, history.task)
    answered(history, "412 beds.").do(MANAGER, SendToClearance())
    assert clearers(history.task, history.task.waiting_posts, lent, TODAY) == (MQMU_CHIEF,)
    sha = history.task.rounds[0].package.sha256
    with pytest.raises(NotAllowed, match="You drafted this response"):
        decide(history.task, Clear(0, 1, sha), context(CONSULTANT, T0, lent))


def test_who_drafts_does_not_clear_because_guidance_names_them() -> None:
    """The exception is Appendix A's own; guidance that names an official makes none."""
    history = History(request())
    history.do(MANAGER, RouteTask((HOU_CHIEF,), GUIDANCE, officials=("unit-chief@HOU",)))
    answered(history, "412 beds.").do(MANAGER, SendToClearance())
    assert clearers(history.task, history.task.waiting_posts, SAMPLE, TODAY) == ()
    with pytest.raises(NotAllowed, match="You drafted this response"):
        history.do(HOU_CHIEF, Clear(0, 1, history.task.rounds[0].package.sha256))


def test_a_delegate_of_the_lead_clears_the_other_component_and_not_their_own() -> None:
    history = two_of_one_division()
    lent = passed_on(DAD_HSS, Post("dad", "HSS"), HPMU)
    own, other = (ClearComponent(a.id, a.package.sha256) for a in history.task.assignments if a.package)
    with pytest.raises(NotAllowed, match="You drafted this response"):
        decide(history.task, own, context(HPMU, T0, lent))
    assert decide(history.task, other, context(HPMU, T0, lent))
    asked = [p for p in placements(history.task, lent, history.now, ZONE) if p.card is Kind.COMPONENT_CLEARANCE]
    assert [(p.about, p.recipient) for p in asked] == [(1, DAD_HSS), (2, DAD_HSS), (2, HPMU)]


def test_a_final_response_goes_with_an_assignment_whose_answer_is_in_it() -> None:
    """Or what its officer wrote would be cleared as if they had not, and go out though it was not wanted."""
    history = two_of_one_division()
    for number in (1, 2):
        package = history.task.assignments[number - 1].package
        assert package
        history.do(DAD_HSS, ClearComponent(number, package.sha256))
    history.do(MANAGER, Consolidate("412 beds, and 18 in tents."))
    history.do(MANAGER, CancelAssignment(2, "OIG asks about beds only."))
    assert history.task.status is Status.IN_REVIEW
    assert history.task.package == history.task.assignments[0].package


def test_no_chief_clears_an_internal_request_that_several_divisions_answer() -> None:
    """A division lead can't (5-4.4), so nobody who ranks below one can either, least of all those who answered."""
    history = History(request("leadership-request", origin=Origin.INTERNAL, requestor="IHSC AD"))
    history.do(MANAGER, RouteTask((HOU_CHIEF, MQMU_CHIEF), GUIDANCE))
    assert history.task.routing
    assert history.task.routing.plan == ((Post("ad"),),)
    assert [a.lead for a in history.task.active] == [Post("dad", "CS"), Post("dad", "HCC")]


@pytest.mark.parametrize("code", ["PHARM", "BH", "MQMU"])
def test_a_chief_of_any_kind_clears_the_medical_records_they_answered(code: str) -> None:
    """Appendix A says Unit Chief for both, and means whoever leads the discipline or program that answers."""
    history = History(request("foia-medical-records", code))
    chief = SAMPLE.chief_of(code)
    assert chief
    (officer,) = (person.email for person in SAMPLE.holders(chief, TODAY))
    history.do(MANAGER, RouteTask((officer,)))
    answered(history, "412 beds.").do(MANAGER, SendToClearance())
    history.do(officer, Clear(0, 1, history.task.rounds[0].package.sha256))
    (step,) = history.task.rounds[0].steps
    assert step.clearance
    assert step.clearance.own
