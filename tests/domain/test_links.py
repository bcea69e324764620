"""What a task is linked to, which is what questions find it by and who may see it."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.messages import (
    Acknowledge,
    Clear,
    Defer,
    Delegate,
    HandBack,
    Reassign,
    RequestExtension,
    Respond,
    Return,
    ReturnResponse,
    RouteTask,
    SendToClearance,
)
from bot.domain.visibility import links, reach
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0, History, request


def linked(history: History, kind: str) -> set[str]:
    return {value for k, value in links(history.task) if k == kind}


def test_a_task_belongs_to_who_answers_and_until_somebody_does_to_what_it_is_about() -> None:
    history = History(request(about="HOU"))
    assert (linked(history, "component"), linked(history, "place")) == ({"HOU"}, {"HOU"})
    history.do(MANAGER, RouteTask((HOU_CHIEF,)))
    history.do(HOU_CHIEF, Defer(1, "Not ours"))
    history.do(MANAGER, Reassign(1, MQMU_CHIEF))
    assert (linked(history, "component"), linked(history, "place")) == ({"MQMU"}, {"HOU"})
    assert linked(history, "officer") == {MQMU_CHIEF}
    assert HOU_CHIEF in linked(history, "person")
    dad_hou = reach(DAD_CS, SAMPLE, T0.date())
    assert dad_hou.covers(history.task)


def test_what_came_back_is_returned_until_it_is_answered_anew() -> None:
    history = History(request())
    history.do(MANAGER, RouteTask((HOU_CHIEF,)))
    history.do(HOU_CHIEF, Acknowledge(1))
    history.do(HOU_CHIEF, Respond(1, "Forty."))
    history.do(MANAGER, SendToClearance())
    history.do(DAD_CS, Clear(0, 1, history.task.package.sha256))  # type: ignore[union-attr]
    assert linked(history, "cleared") == {DAD_CS}
    history.do(COS, Return(1, 1, history.task.package.sha256, "Name the place"))  # type: ignore[union-attr]
    assert (linked(history, "state"), linked(history, "cleared")) == ({"returned"}, set())
    history.do(MANAGER, ReturnResponse(1, "See above"))
    assert linked(history, "state") == {"returned"}
    history.do(HOU_CHIEF, Respond(1, "Forty at Krome."))
    assert linked(history, "state") == set()


def test_more_time_and_delegated_pieces_are_told_while_they_are_so() -> None:
    history = History(request())
    history.do(MANAGER, RouteTask((HOU_CHIEF,)))
    history.do(HOU_CHIEF, Acknowledge(1))
    history.do(HOU_CHIEF, RequestExtension(1, "Data is late", T0 + timedelta(days=9, hours=12)))
    history.do(HOU_CHIEF, Delegate(1, MQMU_CHIEF))
    assert linked(history, "state") == {"extension", "delegated"}
    history.do(MQMU_CHIEF, HandBack(1, 1, "None."))
    assert linked(history, "state") == {"extension"}
