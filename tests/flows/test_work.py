"""My work, on both platforms and on Slack's home tab: what waits for somebody, and whom they wait for."""

from __future__ import annotations

from bot.demo.slack_user import labels, text_of
from bot.domain import messages as m
from bot.domain.assignment import Stage
from tests.flows.house import House
from tests.flows.staff import Staff
from tests.world import HOU_CHIEF, MANAGER
from tests.world import request as inquiry


async def test_one_press_on_my_work_acknowledges_and_leaves_my_work_in_front(house: House, staff: Staff) -> None:
    await house.do(MANAGER, inquiry(), number="")
    await house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    chief, manager = await staff.seat(HOU_CHIEF, MANAGER)
    await chief.says("what needs me?")
    await manager.says("my work")
    assert "1 task waits for you" in chief.reads("My work")
    assert "Nothing waits for you. You wait for others on 1 task" in manager.reads("My work")
    assert "waits on LaToya Freeman" in manager.reads("My work")
    await chief.press("My work", "Acknowledge")
    assert (await house.task()).assignments[0].stage is Stage.ACKNOWLEDGED
    assert chief.offered("My work") == ["Open"]
    await chief.press("My work", "Open")
    assert "Respond" in chief.offered("T-1001 · Congressional inquiry")


async def test_the_home_tab_shows_my_work_and_changes_with_a_press_on_it(house: House) -> None:
    await house.do(MANAGER, inquiry(), number="")
    await house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    chief = (await house.on_slack(HOU_CHIEF)).user
    await chief.open_home()
    await house.settle()
    assert labels(house.slack.homes[chief.id]) == ["Acknowledge"]
    await chief.press_at_home("Acknowledge")
    await house.settle()
    assert (await house.task()).assignments[0].stage is Stage.ACKNOWLEDGED
    assert labels(house.slack.homes[chief.id]) == ["Open"]
    await chief.press_at_home("Open")
    await house.settle()
    assert "Respond" in labels(chief.last(chief.direct))


async def test_a_strangers_home_tab_says_why_it_is_empty(house: House) -> None:
    stranger = (await house.on_slack("stranger@example.com", "Stranger")).user
    await stranger.open_home()
    await house.settle()
    assert "I don't know you" in text_of(house.slack.homes[stranger.id])
    assert house.slack.channels[stranger.direct].messages == []
