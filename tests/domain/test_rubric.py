"""What routing says beside the answers of Appendix A, which tests/domain/appendix_a.py holds."""

from __future__ import annotations

import pytest

from bot.domain.messages import RouteTask
from bot.domain.organization import Staffing
from bot.domain.positions import Post
from bot.domain.rubric import Rubric, Scope, Situation, route
from bot.errors import InvalidInput
from bot.rubric.loader import load
from tests.world import MANAGER, SAMPLE, History, request

HQ = Situation(Scope.HQ)
IHSC = Situation(Scope.FIELD, staffing=Staffing.IHSC)


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load()


def test_a_proposal_where_the_row_says_varies_is_marked_as_one(rubric: Rubric) -> None:
    assert route(rubric, "qfr", IHSC).varies
    assert not route(rubric, "qfr", HQ).varies
    assert not route(rubric, "odo-audit-medical", IHSC).varies


def test_an_unknown_task_type_is_refused_with_those_there_are(rubric: Rubric) -> None:
    with pytest.raises(
        InvalidInput, match=r"“medical” is not a task type; use one of congressional-inquiry, .*other\."
    ):
        route(rubric, "medical", HQ)


def test_ses_clearance_leaves_the_official_of_a_declaration_to_be_named_while_no_facility_is_known() -> None:
    """The AD in person (4-7) comes after whom the row names, and which of them that is hangs on the facility."""
    history = History(request("declaration", "field", ses=True))
    regional = next(p.email for p in SAMPLE.people.values() if any(post.key == "rhsa" for post in p.posts))
    history.do(MANAGER, RouteTask((regional,), "The task manager knows the region"))
    assert history.task.routing is not None
    assert history.task.routing.plan == ((Post("ad"),),)
    assert history.task.routing.official_open
