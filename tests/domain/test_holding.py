"""A legal hold keeps a closed record: placed and released by task managers and the TPSU chief, each by itself."""

from __future__ import annotations

import pytest

from bot.domain import messages as m
from bot.domain.decide import decide
from bot.domain.organization_messages import OPERATOR
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from cards.task_cards import status_card
from tests.cards import ways
from tests.world import COS, HOU_CHIEF, MANAGER, context, holder


def test_task_managers_the_tpsu_chief_and_whoever_runs_the_service_hold_a_record() -> None:
    for actor in (MANAGER, holder("tpsu-chief"), OPERATOR):
        history = ways.closed()
        history.do(actor, m.HoldRecord("Doe v. ICE"))
        history.do(actor, m.ReleaseHold(1, "Settled"))
        (hold,) = history.task.holds
        assert (hold.by, hold.reason, hold.released and hold.released.text) == (actor, "Doe v. ICE", "Settled")
    for actor in (COS, HOU_CHIEF):
        with pytest.raises(NotAllowed):
            ways.closed().do(actor, m.HoldRecord("Doe v. ICE"))


def test_each_hold_is_released_by_itself_and_a_repeated_wish_is_one() -> None:
    history = ways.closed()
    seal = history.task.seal
    history.do(MANAGER, m.HoldRecord("Doe v. ICE"))
    assert history.do(MANAGER, m.HoldRecord(" Doe v. ICE ")) == ()
    history.do(MANAGER, m.HoldRecord("GAO audit"))
    history.do(MANAGER, m.ReleaseHold(1, "Settled"))
    assert [hold.reason for hold in history.task.held] == ["GAO audit"]
    with pytest.raises(InvalidInput, match="not in force"):
        history.do(MANAGER, m.ReleaseHold(1, "again"))
    history.do(MANAGER, m.ReleaseHold(2, "Done"))
    assert decide(history.task, m.ReleaseHold(2, "Done"), context(MANAGER)) == ()
    with pytest.raises(IllegalTransition, match="No legal hold"):
        history.do(MANAGER, m.ReleaseHold(2, "once more"))
    with pytest.raises(InvalidInput, match="kept for"):
        history.do(MANAGER, m.HoldRecord(" "))
    assert history.task.seal == seal


def test_a_hold_outlives_a_reopening_and_an_open_task_takes_none() -> None:
    history = ways.closed()
    history.do(MANAGER, m.HoldRecord("Doe v. ICE"))
    history.do(MANAGER, m.Reopen("One more page."))
    assert history.task.held
    with pytest.raises(IllegalTransition):
        history.do(MANAGER, m.HoldRecord("GAO audit"))


def test_what_a_hold_is_for_is_told_on_a_persons_card_and_not_to_a_room() -> None:
    history = ways.closed()
    history.do(MANAGER, m.HoldRecord("Doe v. ICE"))
    ctx = context(MANAGER, history.now)
    assert "Doe v. ICE" in str(status_card(history.task, ctx))
    shared = str(status_card(history.task, ctx, room=True))
    assert "Legal hold by Tomás Álvarez" in shared
    assert "Doe v. ICE" not in shared
