"""The flow of a task, told as histories, and what is refused along the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.assignment import Stage
from bot.domain.messages import (
    Acknowledge,
    AssignAlso,
    Clear,
    ClearComponent,
    Close,
    Command,
    Consolidate,
    DeclineDeferral,
    Defer,
    Reassign,
    Respond,
    RespondNegative,
    Return,
    ReturnComponent,
    ReturnResponse,
    RouteTask,
    SendToClearance,
    StepCleared,
    Transmit,
)
from bot.domain.package import FileRef
from bot.domain.positions import Post
from bot.domain.sealing import seal_of
from bot.domain.task import Status
from bot.errors import IllegalTransition, InvalidInput, NotAllowed, Rejected
from tests.world import AD, COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, T0, History, holder, request


def assigned(officer: str = HOU_CHIEF, **fields: object) -> History:
    history = History(request(**fields))  # type: ignore[arg-type]
    history.do(MANAGER, RouteTask((officer,)))
    return history


def responded(text: str = "412 beds.") -> History:
    history = assigned()
    history.do(HOU_CHIEF, Acknowledge(1))
    history.do(HOU_CHIEF, Respond(1, text))
    return history


def in_clearance() -> History:
    history = responded()
    history.do(MANAGER, SendToClearance())
    return history


def sha(history: History) -> str:
    assert history.task.package is not None
    return history.task.package.sha256


def clear(history: History, actor: str, step: int, number: int = 1) -> None:
    history.do(actor, Clear(step, number, sha(history)))


def test_a_congressional_inquiry_goes_from_request_to_sealed_record() -> None:
    """Appendix A: "DAD and COS" are two steps, and the DAD, being one, is not asked before submission too."""
    history = responded()
    assert history.task.status is Status.IN_REVIEW
    history.do(MANAGER, SendToClearance())
    assert history.task.round is not None
    assert [step.posts for step in history.task.round.steps] == [(Post("dad", "CS"),), (Post("cos"),)]
    clear(history, DAD_CS, 0)
    clear(history, COS, 1)
    assert history.task.status is Status.CLEARED
    history.do(MANAGER, Transmit(sha(history)))
    before = history.task
    history.do(MANAGER, Close())
    assert history.task.status is Status.CLOSED
    assert history.task.seal == seal_of(before)
    with pytest.raises(IllegalTransition, match="sealed"):
        history.do(COS, Clear(0, 1, sha(history)))


def test_the_dad_hcc_clears_a_root_cause_analysis_once() -> None:
    history = assigned(MQMU_CHIEF, task_type="root-cause-analysis", about="MQMU")
    history.do(MQMU_CHIEF, Acknowledge(1))
    history.do(MQMU_CHIEF, Respond(1, "A valve."))
    history.do(MANAGER, SendToClearance())
    clear(history, DAD_HCC, 0)
    assert history.task.status is Status.CLEARED


def test_a_lead_outside_the_plan_clears_the_component_before_submission() -> None:
    """5-4.4: an OIG audit answered by HCC is cleared by its DAD first, then by DAD-CS, CoS and AD."""
    history = assigned(MQMU_CHIEF, task_type="oig-audit", about="MQMU")
    history.do(MQMU_CHIEF, Acknowledge(1))
    history.do(MQMU_CHIEF, Respond(1, "Draft"))
    assert history.task.assignments[0].stage is Stage.IN_DIVISION_CLEARANCE
    first = history.task.assignments[0].package
    assert first is not None
    with pytest.raises(NotAllowed):
        history.do(DAD_CS, ClearComponent(1, first.sha256))
    history.do(DAD_HCC, ReturnComponent(1, first.sha256, "Add the dates"))
    with pytest.raises(IllegalTransition):
        history.do(DAD_HCC, ClearComponent(1, first.sha256))
    history.do(MQMU_CHIEF, Respond(1, "Draft with dates"))
    with pytest.raises(IllegalTransition, match="changed since you saw it"):
        history.do(DAD_HCC, ClearComponent(1, first.sha256))
    second = history.task.assignments[0].package
    assert second is not None
    history.do(DAD_HCC, ClearComponent(1, second.sha256))
    assert history.task.status is Status.IN_REVIEW
    history.do(MANAGER, SendToClearance())
    for step, official in enumerate((DAD_CS, COS, AD)):
        clear(history, official, step)
    assert history.task.status is Status.CLEARED


def test_a_step_returned_goes_back_through_review_and_every_step_again() -> None:
    """A clearance binds to the exact package: a changed one is cleared anew."""
    history = in_clearance()
    clear(history, DAD_CS, 0)
    with pytest.raises(InvalidInput):
        history.do(COS, Return(1, 1, sha(history), "  "))
    history.do(COS, Return(1, 1, sha(history), "Name the facility"))
    assert history.task.status is Status.IN_REVIEW
    history.do(MANAGER, ReturnResponse(1, "See the CoS's comment"))
    history.do(HOU_CHIEF, Respond(1, "412 beds at Krome."))
    history.do(MANAGER, SendToClearance())
    assert history.task.round is not None
    assert history.task.round.current == 0
    clear(history, DAD_CS, 0, 2)
    clear(history, COS, 1, 2)
    assert history.task.status is Status.CLEARED


def test_nobody_is_asked_twice_for_the_same_package() -> None:
    history = in_clearance()
    clear(history, DAD_CS, 0)
    history.do(COS, Return(1, 1, sha(history), "Is this final?"))
    history.do(MANAGER, SendToClearance())
    assert history.task.round is not None
    assert history.task.round.current == 1


def test_clearing_out_of_turn_or_without_the_post_is_refused() -> None:
    history = in_clearance()
    with pytest.raises(IllegalTransition):
        clear(history, COS, 1)
    with pytest.raises(NotAllowed, match="Deputy Assistant Director, CS"):
        clear(history, COS, 0)


def test_the_loser_of_a_race_reads_who_was_first() -> None:
    history = assigned(task_type="report")
    history.do(HOU_CHIEF, Acknowledge(1))
    history.do(HOU_CHIEF, Respond(1, "Done"))
    history.do(MANAGER, SendToClearance())
    clear(history, COS, 0)
    with pytest.raises(IllegalTransition, match=r"Cleared by .*, \d\d:\d\d\."):
        clear(history, DAD_CS, 0)


def test_a_double_click_changes_nothing() -> None:
    history = in_clearance()
    clear(history, DAD_CS, 0)
    assert history.do(DAD_CS, Clear(0, 1, sha(history))) == ()


def test_nobody_clears_what_they_drafted() -> None:
    """A DAD who answers in person is refused the clearance of it; another official of the step clears."""
    history = assigned(DAD_CS, task_type="leadership-request", about="CS")
    history.do(DAD_CS, Acknowledge(1))
    history.do(DAD_CS, Respond(1, "We can."))
    history.do(MANAGER, SendToClearance())
    with pytest.raises(NotAllowed, match="drafted"):
        clear(history, DAD_CS, 0)
    clear(history, COS, 0)
    assert history.task.status is Status.CLEARED


def test_a_unit_chief_clears_medical_records_they_answered_and_the_record_says_so() -> None:
    """5-3.5.c: the step names the drafter's own position and no other."""
    history = assigned(task_type="foia-medical-records")
    history.do(HOU_CHIEF, Acknowledge(1))
    history.do(HOU_CHIEF, Respond(1, "Attached.", (FileRef("chart.pdf", 10, "0" * 64, "application/pdf"),)))
    history.do(MANAGER, SendToClearance())
    (event,) = history.do(HOU_CHIEF, Clear(0, 1, sha(history)))
    assert isinstance(event, StepCleared)
    assert event.own


def test_an_officer_defers_and_the_task_manager_reassigns() -> None:
    """5-3.2."""
    history = assigned()
    with pytest.raises(InvalidInput):
        history.do(HOU_CHIEF, Defer(1, ""))
    history.do(HOU_CHIEF, Defer(1, "Not ours", MQMU_CHIEF))
    history.do(MANAGER, Reassign(1, MQMU_CHIEF))
    assert [a.officer for a in history.task.active] == [MQMU_CHIEF]
    assert history.task.active[0].component == "MQMU"
    with pytest.raises(Rejected):
        history.do(HOU_CHIEF, Acknowledge(1))
    history.do(MQMU_CHIEF, Acknowledge(2))
    history.do(MQMU_CHIEF, RespondNegative(2))
    assert history.task.status is Status.IN_REVIEW


def test_a_declined_deferral_leaves_the_task_where_it_was() -> None:
    history = assigned()
    history.do(HOU_CHIEF, Defer(1, "Not ours"))
    history.do(MANAGER, DeclineDeferral(1, "It is"))
    assert history.task.active[0].stage is Stage.ACKNOWLEDGED


def test_several_divisions_answer_with_one_response_that_no_division_lead_clears() -> None:
    """5-2.2.c, 5-4.4: each lead clears the component, the task manager consolidates, and CoS and AD clear."""
    history = assigned()
    history.do(MANAGER, AssignAlso(MQMU_CHIEF))
    for number, officer, lead in ((1, HOU_CHIEF, DAD_CS), (2, MQMU_CHIEF, DAD_HCC)):
        history.do(officer, Acknowledge(number))
        history.do(officer, Respond(number, f"Part {number}"))
        part = history.task.assignments[number - 1].package
        assert part is not None
        history.do(lead, ClearComponent(number, part.sha256))
    with pytest.raises(IllegalTransition, match="consolidate"):
        history.do(MANAGER, SendToClearance())
    history.do(MANAGER, Consolidate("Both parts"))
    history.do(MANAGER, SendToClearance())
    assert history.task.round is not None
    assert [step.posts for step in history.task.round.steps] == [(Post("cos"),), (Post("ad"),)]
    clear(history, COS, 0)
    clear(history, AD, 1)
    assert history.task.status is Status.CLEARED


def test_a_second_division_asks_the_lead_of_the_one_that_had_answered() -> None:
    history = responded()
    assert history.task.status is Status.IN_REVIEW
    history.do(MANAGER, AssignAlso(MQMU_CHIEF))
    assert history.task.assignments[0].lead == Post("dad", "CS")
    assert history.task.assignments[0].stage is Stage.IN_DIVISION_CLEARANCE


def test_an_informational_task_is_acknowledged_and_closed() -> None:
    history = assigned(task_type="odo-audit-non-medical")
    with pytest.raises(Rejected):
        history.do(HOU_CHIEF, Respond(1, "text"))
    history.do(HOU_CHIEF, Acknowledge(1))
    with pytest.raises(IllegalTransition):
        history.do(MANAGER, SendToClearance())
    history.do(MANAGER, Close())
    assert history.task.status is Status.CLOSED


def test_an_official_left_open_is_named_before_clearance() -> None:
    """Appendix A, MedPAR: "TBD"."""
    history = History(request("medpar", "HPMU"))
    history.do(MANAGER, RouteTask(tuple(holder("unit-chief", unit) for unit in ("HPMU", "MCMU", "HOU"))))
    for a in history.task.active:
        history.do(a.officer, Acknowledge(a.id))
        history.do(a.officer, RespondNegative(a.id))
    for a in history.task.active:
        if a.stage is Stage.IN_DIVISION_CLEARANCE:
            assert a.package is not None
            assert a.lead is not None
            history.do(holder(a.lead.key, a.lead.component), ClearComponent(a.id, a.package.sha256))
    history.do(MANAGER, Consolidate("Nothing to report"))
    for wrong in ("", "unit-chief@HOU", "nobody"):
        with pytest.raises(InvalidInput):
            history.do(MANAGER, SendToClearance(wrong))
    history.do(MANAGER, SendToClearance("cos"))
    clear(history, COS, 0)
    assert history.task.status is Status.CLEARED


def test_another_officer_than_appendix_a_names_needs_an_authority() -> None:
    history = History(request("root-cause-analysis", "MQMU"))
    with pytest.raises(InvalidInput, match="Appendix A"):
        history.do(MANAGER, RouteTask((HOU_CHIEF,)))
    history.do(MANAGER, RouteTask((HOU_CHIEF,), "ERO guidance of 3 Nov"))
    assert history.task.routing is not None
    assert history.task.routing.authority == "ERO guidance of 3 Nov"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (request(due_at=T0 - timedelta(seconds=1)), "already passed"),
        (request(subject=" "), "subject"),
        (request(text="x" * 3001), "3,000"),
        (request(text="x" * 40_000), "40,000 characters"),
        (request(task_type="gossip"), "task type"),
        (request(about="NOWHERE"), "not a component"),
    ],
)
def test_bad_input_is_refused_in_words(command: Command, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        History(command)  # type: ignore[arg-type]


def test_only_a_task_manager_logs() -> None:
    with pytest.raises(NotAllowed):
        History(request(), actor=HOU_CHIEF)


def test_an_empty_response_is_refused() -> None:
    history = assigned()
    history.do(HOU_CHIEF, Acknowledge(1))
    with pytest.raises(InvalidInput):
        history.do(HOU_CHIEF, Respond(1, "  "))
