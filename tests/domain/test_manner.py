"""In the manner received: how an assignment is answered (4-5, 6-3.5) and how the requestor is (6-4)."""

from __future__ import annotations

import pytest

from bot.domain.assignment import Stage
from bot.domain.messages import (
    Acknowledge,
    Clear,
    Manner,
    RecordResponse,
    Respond,
    RouteTask,
    SendToClearance,
    Transmit,
)
from bot.domain.task import Status
from bot.errors import InvalidInput, NotAllowed
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, History, request


def assigned(**fields: object) -> History:
    history = History(request(**fields))  # type: ignore[arg-type]
    history.do(MANAGER, RouteTask((HOU_CHIEF,)))
    return history


def cleared(manner: Manner) -> History:
    history = assigned(manner=manner)
    history.do(HOU_CHIEF, Acknowledge(1))
    history.do(HOU_CHIEF, Respond(1, "412 beds."))
    history.do(MANAGER, SendToClearance())
    for step, official in enumerate((DAD_CS, COS)):
        history.do(official, Clear(step, 1, sha(history)))
    return history


def sha(history: History) -> str:
    assert history.task.package is not None
    return history.task.package.sha256


@pytest.mark.parametrize("manner", Manner)
def test_the_requestor_is_answered_in_the_manner_received(manner: Manner) -> None:
    history = cleared(manner)
    history.do(MANAGER, Transmit(sha(history)))
    assert history.task.transmission is not None
    assert history.task.transmission.manner is manner


def test_another_manner_is_refused_unless_its_reason_is_recorded() -> None:
    history = cleared(Manner.EMAIL)
    with pytest.raises(InvalidInput, match="They asked by email") as refused:
        history.do(MANAGER, Transmit(sha(history), manner=Manner.ITMS, reason="  "))
    assert refused.value.field == "reason"
    history.do(MANAGER, Transmit(sha(history), manner=Manner.ITMS, reason="Their mailbox is full."))
    sent = history.task.transmission
    assert sent is not None
    assert (sent.manner, sent.reason) == (Manner.ITMS, "Their mailbox is full.")


def test_an_assignment_keeps_the_manner_in_which_it_was_given() -> None:
    assert assigned(manner=Manner.EMAIL).task.active[0].manner is Manner.ITMS


def test_a_response_that_came_by_email_is_recorded_with_the_reason_and_stays_its_officers() -> None:
    history = assigned()
    with pytest.raises(InvalidInput, match="by email") as refused:
        history.do(MANAGER, RecordResponse(1, "", "412 beds."))
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed):
        history.do(HOU_CHIEF, RecordResponse(1, "I prefer it", "412 beds."))
    history.do(MANAGER, RecordResponse(1, "ITMS was down", "412 beds."))
    (assignment,) = history.task.active
    assert (assignment.stage, history.task.status) == (Stage.SUBMITTED, Status.IN_REVIEW)
    assert assignment.otherwise is not None
    assert (assignment.otherwise.by, assignment.otherwise.text) == (MANAGER, "ITMS was down")
    assert history.task.drafters() == {HOU_CHIEF}
