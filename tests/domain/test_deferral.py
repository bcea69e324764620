"""Deferrals beyond the plain way (5-3.2)."""

from __future__ import annotations

import pytest

from bot.domain.assignment import Stage
from bot.domain.messages import Acknowledge, DeclineDeferral, Defer, Reassign, RouteTask
from bot.domain.positions import Post
from bot.errors import IllegalTransition, InvalidInput
from tests.world import AD, HOU_CHIEF, MANAGER, MQMU_CHIEF, History, holder


def deferred() -> History:
    history = History()
    history.do(MANAGER, RouteTask((HOU_CHIEF,)))
    history.do(HOU_CHIEF, Defer(1, "Pharmacy keeps these.", MQMU_CHIEF))
    return history


def test_who_deferred_is_not_asked_again() -> None:
    with pytest.raises(InvalidInput, match="LaToya Freeman had it") as refused:
        deferred().do(MANAGER, Reassign(1, HOU_CHIEF))
    assert refused.value.field == "officer"


def test_the_officer_of_another_unit_or_facility_needs_none() -> None:
    """5-3.2: "reassigns to task to the appropriate unit or facility action officer"."""
    history = deferred()
    history.do(MANAGER, Reassign(1, holder("hsa", "LKP")))
    assert history.task.active[0].post == Post("hsa", "LKP")


def test_somebody_whom_appendix_a_does_not_name_needs_an_authority() -> None:
    history = deferred()
    with pytest.raises(InvalidInput, match="action officers"):
        history.do(MANAGER, Reassign(1, AD))
    history.do(MANAGER, Reassign(1, AD, "ERO guidance of 3 Nov"))
    (assignment,) = history.task.active
    assert (assignment.officer, assignment.authority) == (AD, "ERO guidance of 3 Nov")


def test_a_deferral_is_not_taken_back_by_acknowledging() -> None:
    history = deferred()
    with pytest.raises(IllegalTransition, match="deferred"):
        history.do(HOU_CHIEF, Acknowledge(1))
    assert history.task.assignments[0].stage is Stage.DEFERRED


def test_a_deferral_or_its_decline_that_comes_again_does_nothing() -> None:
    history = deferred()
    assert history.do(HOU_CHIEF, Defer(1, "Pharmacy keeps these.", MQMU_CHIEF)) == ()
    history.do(MANAGER, DeclineDeferral(1, "They say it is yours."))
    assert history.do(MANAGER, DeclineDeferral(1, "They say it is yours.")) == ()
    assert history.do(HOU_CHIEF, Defer(1, "Pharmacy keeps these.")) != ()
