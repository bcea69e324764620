"""Final clearance beyond the plain way: buttons of earlier rounds, and officials that a task manager names."""

from __future__ import annotations

import pytest

from bot.domain.messages import Acknowledge, Clear, ClearComponent, Respond, Return, RouteTask, SendToClearance
from bot.errors import IllegalTransition, InvalidInput
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, History, holder, request


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
