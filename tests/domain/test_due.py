"""When responses are due: proposed from the requestor's time, and as the task manager sets it (6-1.1)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain.messages import RouteTask
from bot.domain.rules import offers
from bot.errors import InvalidInput
from cards.actions import button
from cards.commands import to_command
from cards.model import MomentField
from cards.payload import Press
from tests.world import HOU_CHIEF, MANAGER, T0, ZONE, History, context, request

DUE = T0 + timedelta(days=10)


def due(history: History) -> list[datetime]:
    return [a.due_at for a in history.task.active]


def test_the_form_proposes_a_time_and_what_is_chosen_counts() -> None:
    history = History(request(due_at=DUE))
    form = button(history.task, offers(history.task, context(MANAGER))[0], context(MANAGER)).form
    assert form is not None
    (field,) = [f for f in form.fields if isinstance(f, MomentField)]
    assert field.value == "2026-12-03T09:00:00-05:00"
    wanted = DUE - timedelta(days=4)
    history.do(MANAGER, RouteTask((HOU_CHIEF,), due_at=wanted))
    assert due(history) == [wanted]


def test_without_a_choice_it_is_as_proposed() -> None:
    press = Press("task.route", "T-1001", {}, opens=False)
    for entered in ({"due_at": ""}, {}):
        command = to_command(press, {"officers": [HOU_CHIEF], **entered}, ZONE)
        history = History(request(due_at=DUE))
        assert isinstance(command, RouteTask)
        history.do(MANAGER, command)
        assert due(history) == [DUE - timedelta(days=1)]


@pytest.mark.parametrize(
    ("late", "words"), [(timedelta(minutes=1), "expects it by"), (-timedelta(days=11), "has passed")]
)
def test_a_time_that_makes_no_sense_is_refused(late: timedelta, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        History(request(due_at=DUE)).do(MANAGER, RouteTask((HOU_CHIEF,), due_at=DUE + late))
    assert refused.value.field == "due_at"
