"""What is logged: who may ask (4-1), and what it is about."""

from __future__ import annotations

import pytest

from bot.domain.messages import Correct, Locate, LogTask, RouteTask
from bot.domain.positions import Post
from bot.domain.rubric import Origin, Scope
from bot.errors import IllegalTransition, InvalidInput
from tests.world import COS, HOU_CHIEF, MANAGER, SAMPLE, History, holder, request

COS_NAME = SAMPLE.people[COS].name


@pytest.mark.parametrize("origin", Origin)
@pytest.mark.parametrize(
    "requestor", ["HOU", "health operations unit", "HOU chief", "Chief of HOU", "LaToya Freeman", HOU_CHIEF, "Pharmacy"]
)
def test_a_request_between_units_is_refused(requestor: str, origin: Origin) -> None:
    """4-1: "The Taskings Program does not facilitate requests for information between IHSC units"."""
    with pytest.raises(InvalidInput, match="4-1") as refused:
        History(request(requestor=requestor, origin=origin))
    assert refused.value.field == "requestor"


@pytest.mark.parametrize("requestor", [COS, COS_NAME, "CoS", "Chief of Staff", "DAD-CS", "dad cs", "AD", "DAD"])
def test_senior_leadership_may_initiate_a_task(requestor: str) -> None:
    logged = History(request("leadership-request", requestor=requestor, origin=Origin.INTERNAL)).task.request
    assert (logged.origin, logged.requestor) == (Origin.INTERNAL, requestor)


def test_an_internal_request_of_somebody_unknown_is_refused() -> None:
    with pytest.raises(InvalidInput, match="senior leadership"):
        History(request("leadership-request", requestor="ICE OCR", origin=Origin.INTERNAL))


def test_a_correction_is_held_to_the_same() -> None:
    with pytest.raises(InvalidInput, match="4-1"):
        History().do(MANAGER, Correct("requestor", "HOU", "A typing error"))


def test_a_facility_that_becomes_known_is_entered_before_anybody_is_assigned() -> None:
    history = History(request("foia-medical-records", about="field"))
    history.do(MANAGER, Locate("LKP"))
    assert (history.task.request.scope, history.task.request.component) == (Scope.FIELD, "LKP")
    assert history.do(MANAGER, Locate("LKP")) == ()
    hsa = holder("hsa", "LKP")
    history.do(MANAGER, RouteTask((hsa,)))
    assert history.task.routing is not None
    assert history.task.routing.plan == ((Post("hsa", "LKP"),),)
    with pytest.raises(IllegalTransition):
        history.do(MANAGER, Locate("RVB"))


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not a component"):
        History().do(MANAGER, Locate("XYZ"))


def test_the_requestor_is_whoever_it_is_outside() -> None:
    command: LogTask = request(requestor="Sen. A. Lee, via ICE OCR")
    assert History(command).task.request.requestor == "Sen. A. Lee, via ICE OCR"
