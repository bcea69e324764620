"""Final clearance beyond the plain way: buttons of earlier rounds, and officials that a task manager names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.messages import (
    Acknowledge,
    AssignAlso,
    Clear,
    ClearComponent,
    Command,
    Consolidate,
    Correct,
    Respond,
    Return,
    RouteTask,
    SendToClearance,
)
from bot.domain.notices import Reason, notices
from bot.domain.positions import Post
from bot.domain.task import Status
from bot.domain.visibility import clearers
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from cards.placement import Kind, placements
from tests.world import AD, COS, DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, T0, ZONE, History, holder, request

HPMU_CHIEF, MCMU_CHIEF = holder("unit-chief", "HPMU"), holder("unit-chief", "MCMU")
GUIDANCE = "ERO guidance of 3 Nov"


def answered(officer: str, authority: str = "", **fields: object) -> History:
    history = History(request(**fields))  # type: ignore[arg-type]
    history.do(MANAGER, RouteTask((officer,), authority))
    history.do(officer, Acknowledge(1))
    history.do(officer, Respond(1, "412 beds."))
    return history


def package(history: History) -> str:
    (assignment,) = history.task.active
    assert assignment.package is not None
    return assignment.package.sha256


def test_a_button_of_an_earlier_round_says_what_became_of_it() -> None:
    history = answered(HOU_CHIEF)
    history.do(MANAGER, SendToClearance())
    history.do(DAD_CS, Return(0, 1, package(history), "Which facility?"))
    history.do(MANAGER, SendToClearance())
    with pytest.raises(IllegalTransition, match=r"Returned by .*, \d\d:\d\d\."):
        history.do(DAD_CS, Clear(0, 1, package(history)))


def test_where_a_facility_decides_and_is_not_known_its_own_officials_may_be_named_too() -> None:
    """Appendix A, declarations: "ICE: DAD-CS, Non-IHSC facilities: FOD/AFOD"."""
    history = answered(holder("rhsa", "EAST"), "to be told", task_type="declaration", about="field")
    if history.task.active[0].lead:
        history.do(DAD_CS, ClearComponent(1, package(history)))
    with pytest.raises(InvalidInput, match="can't clear this"):
        history.do(MANAGER, SendToClearance("unit-chief@HOU"))
    fod = next(post for person in SAMPLE.people.values() for post in person.posts if post.key == "fod")
    history.do(MANAGER, SendToClearance(str(fod)))
    assert history.task.round is not None
    assert history.task.round.steps[0].posts == (fod,)


def test_a_step_whose_position_cannot_be_found_leaves_the_official_to_be_named() -> None:
    """Appendix A gives FOIA medical records to the HSA, and no facility is known: somebody is named."""
    history = answered(holder("rhsa", "EAST"), "ERO guidance", task_type="foia-medical-records", about="field")
    if history.task.active[0].lead:
        history.do(DAD_CS, ClearComponent(1, package(history)))
    with pytest.raises(InvalidInput, match="name one"):
        history.do(MANAGER, SendToClearance())
    history.do(MANAGER, SendToClearance("cos"))
    assert history.task.waiting_posts


def test_a_lead_who_cleared_a_response_is_not_asked_again_for_the_same_one() -> None:
    """MedPAR: "TBD", and the task manager names the lead who cleared it before it was submitted."""
    history = answered(HPMU_CHIEF, GUIDANCE, task_type="medpar", about="HPMU")
    lead = holder("dad", "HSS")
    history.do(lead, ClearComponent(1, package(history)))
    history.do(MANAGER, SendToClearance("dad@HSS"))
    assert history.task.status is Status.CLEARED
    assert history.task.round is not None
    (step,) = history.task.round.steps
    assert step.clearance is not None
    assert (step.clearance.by, step.clearance.package) == (lead, package(history))


def test_with_several_divisions_no_division_lead_can_be_named() -> None:
    """5-4.4: a lead may be the clearance authority for tasks that do not involve several divisions."""
    history = answered(HPMU_CHIEF, GUIDANCE, task_type="medpar", about="HPMU")
    history.do(MANAGER, AssignAlso(MCMU_CHIEF))
    history.do(MCMU_CHIEF, Acknowledge(2))
    history.do(MCMU_CHIEF, Respond(2, "And 12 more."))
    for assignment, lead in zip(history.task.active, (holder("dad", "HSS"), DAD_CS), strict=True):
        assert assignment.package is not None
        history.do(lead, ClearComponent(assignment.id, assignment.package.sha256))
    history.do(MANAGER, Consolidate("All of it."))
    with pytest.raises(InvalidInput, match="can't clear this"):
        history.do(MANAGER, SendToClearance("dad@CS"))
    history.do(MANAGER, SendToClearance("cos"))
    assert history.task.waiting_posts == (Post("cos"),)


def test_an_official_whom_nobody_is_cannot_be_named() -> None:
    history = answered(HPMU_CHIEF, GUIDANCE, task_type="medpar", about="HPMU")
    history.do(holder("dad", "HSS"), ClearComponent(1, package(history)))
    with pytest.raises(InvalidInput, match="can't clear this"):
        history.do(MANAGER, SendToClearance("dad@RMU"))


def test_guidance_may_name_who_clears_and_is_in_the_record() -> None:
    """The footnote of Appendix A: "In the absence of specific guidance by ERO"."""
    history = History(request())
    with pytest.raises(InvalidInput, match="clearing officials") as refused:
        history.do(MANAGER, RouteTask((HOU_CHIEF,), officials=("ad", "dad@CS")))
    assert refused.value.field == "authority"
    history.do(MANAGER, RouteTask((HOU_CHIEF,), GUIDANCE, officials=("ad", "dad@CS")))
    assert history.task.routing is not None
    assert history.task.routing.plan == ((Post("dad", "CS"),), (Post("ad"),))
    assert history.task.routing.authority == GUIDANCE


@pytest.mark.parametrize(("official", "words"), [("dad@HOU", "Nobody is"), ("king", "not a position")])
def test_guidance_names_officials_that_there_are(official: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        History(request()).do(MANAGER, RouteTask((HOU_CHIEF,), GUIDANCE, officials=(official,)))


def test_with_guidance_too_ses_clearance_ends_with_the_ad() -> None:
    history = History(request(ses=True))
    history.do(MANAGER, RouteTask((HOU_CHIEF,), GUIDANCE, officials=("ad", "cos")))
    assert history.task.routing is not None
    assert history.task.routing.plan == ((Post("cos"),), (Post("ad"),))


def test_a_lead_who_answers_against_appendix_a_does_not_clear_it() -> None:
    """The exception is for a position that Appendix A names for both, and it names the unit chief to answer."""
    history = answered(DAD_CS, GUIDANCE)
    history.do(MANAGER, SendToClearance())
    assert clearers(history.task, history.task.waiting_posts, SAMPLE, T0.date()) == ()
    with pytest.raises(NotAllowed, match="drafted"):
        history.do(DAD_CS, Clear(0, 1, package(history)))


def test_about_a_division_the_task_manager_picks_among_its_chiefs() -> None:
    history = answered(HOU_CHIEF, about="CS")
    history.do(MANAGER, SendToClearance())
    history.do(DAD_CS, Clear(0, 1, package(history)))
    assert history.task.waiting_posts == (Post("cos"),)


@pytest.mark.parametrize("command", [AssignAlso(AD), AssignAlso("marcus.bell@example.gov")])
def test_one_more_officer_whom_appendix_a_does_not_name_needs_an_authority(command: AssignAlso) -> None:
    history = History(request())
    history.do(MANAGER, RouteTask((HOU_CHIEF,)))
    with pytest.raises(InvalidInput, match="action officers") as refused:
        history.do(MANAGER, command)
    assert refused.value.field == "authority"
    history.do(MANAGER, AssignAlso(command.officer, GUIDANCE))
    assert history.task.active[1].authority == GUIDANCE


@pytest.mark.parametrize(
    "repeated",
    [Respond(1, "412 beds. "), SendToClearance(), Acknowledge(1), RouteTask((HOU_CHIEF,))],
)
def test_a_wish_that_came_true_is_not_refused_when_it_comes_again(repeated: Command) -> None:
    history = answered(HOU_CHIEF)
    history.do(MANAGER, SendToClearance())
    actor = HOU_CHIEF if isinstance(repeated, Respond | Acknowledge) else MANAGER
    assert history.do(actor, repeated) == ()


def test_a_return_that_comes_again_is_not_refused_and_somebody_elses_is() -> None:
    history = answered(HOU_CHIEF)
    history.do(MANAGER, SendToClearance())
    again = Return(0, 1, package(history), "Which facility?")
    history.do(DAD_CS, again)
    assert history.do(DAD_CS, again) == ()
    for other, command in ((COS, again), (DAD_CS, Return(0, 1, package(history), "Which day?"))):
        with pytest.raises(IllegalTransition, match="Returned by"):
            history.do(other, command)


def test_what_is_asked_is_not_corrected_under_a_clearance() -> None:
    history = answered(HOU_CHIEF)
    history.do(MANAGER, SendToClearance())
    for field in ("subject", "text"):
        with pytest.raises(InvalidInput, match="once it was returned"):
            history.do(MANAGER, Correct(field, "How many beds are free?", "A call"))
    history.do(MANAGER, Correct("priority", "urgent", "A call"))
    history.do(DAD_CS, Return(0, 1, package(history), "They ask for free beds"))
    history.do(MANAGER, Correct("text", "How many beds are free?", "A call"))


def test_what_a_task_manager_who_is_gone_would_decide_comes_to_the_others() -> None:
    history = answered(HOU_CHIEF)
    gone = replace(SAMPLE.people[MANAGER], ended_on=T0.date())
    without = replace(SAMPLE, people=SAMPLE.people | {MANAGER: gone})
    others = {p.email for p in without.holders(Post("task-manager"), T0.date())}
    assert others
    for organization, expected in ((SAMPLE, {MANAGER}), (without, others)):
        found = placements(history.task, organization, history.now, ZONE)
        assert {p.recipient for p in found if p.card is Kind.REVIEW} == expected
        told = [n for n in notices(history.task, organization, history.now, ZONE) if n.reason is Reason.TASK_DUE]
        assert {n.recipient for n in told} == expected
