"""Questions in a channel of the local Teams client: a list, what follows it, and the way from it to a task's card."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import expect

from bot.domain.messages import Priority
from bot.services.history import Importer
from tests.bench.history import lines
from tests.client.office import Office
from tests.client.people import PATIENCE
from tests.fakes import FakeClock
from tests.world import MANAGER, RUBRIC, T0, ZONE, request

ROOM, SUBJECT, OURS = "IHSC - Taskings", "Bed capacity of the Eastern Region", "T-1001 · FOIA request, data"
ROWS = 200


@pytest.fixture
def clock() -> FakeClock:
    """The history ends on a day that stays."""
    return FakeClock()


async def with_a_history(office: Office, clock: FakeClock) -> None:
    """What another system handed over, and one urgent task of ours that has been overdue for an hour."""
    await Importer(office.running.database, RUBRIC, lambda: T0, ZONE)("history.csv", lines(ROWS))
    due = T0 + timedelta(hours=1)
    urgent = request("foia-data-request", subject=SUBJECT, priority=Priority.URGENT, due_at=due)
    await office.does(MANAGER, "", urgent)
    clock.advance(timedelta(hours=2))


async def test_a_list_is_gone_through_narrowed_down_and_left_for_the_card_of_a_task(
    office: Office, clock: FakeClock
) -> None:
    await with_a_history(office, clock)
    (manager,) = await office.seat(MANAGER)
    await manager.go_to(ROOM)
    await manager.say("here", mention=True)
    await manager.sees(OURS, buttons=["Assign"])
    await manager.say("open tasks", mention=True)
    await manager.sees("Open tasks, as of 24 Nov 2026, 11:00: 201, urgent first", "1 to 10 of 201", buttons=["More"])
    await manager.press("1 to 10 of 201", "More")
    await manager.sees("11 to 20 of 201", buttons=["More", "Only overdue"])
    await manager.reply("only FOIA")
    await manager.reads("Open FOIA tasks, as of 24 Nov 2026, 11:00: ")
    await manager.reply("which of those are overdue")
    await manager.sees("Overdue FOIA tasks, as of 24 Nov 2026, 11:00: ", SUBJECT, buttons=["Export"])
    ours = manager.page.locator(".ac-adaptiveCard").filter(has_text=OURS)
    await expect(ours).to_have_count(1)
    await manager.press("Overdue FOIA tasks, as of ", "T-1001")
    await expect(ours).to_have_count(2, timeout=PATIENCE)
    await expect(ours.first).to_contain_text(SUBJECT)
    await ours.first.get_by_role("button", name="Assign", exact=True).click()
    await ours.first.get_by_role("button", name="Assign", exact=True).last.click()
    for card in ours.first, ours.last:
        await expect(card).to_contain_text("With its action officers", timeout=PATIENCE)
