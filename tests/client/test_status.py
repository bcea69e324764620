"""Status questions in a channel of the local Teams client: who is told what there, and who in private (6-1.2)."""

from __future__ import annotations

from playwright.async_api import expect

from bot.domain.messages import Acknowledge, RouteTask
from tests.client.office import Office
from tests.client.people import Client
from tests.world import HOU_CHIEF, MANAGER, holder, request

ROOM, QUESTION = "IHSC - Taskings", "status of T-1001"
STATE = ("T-1001", "Bed capacity", "With its action officers", "Waiting on: LaToya Freeman", "being answered")
RMU_CHIEF = holder("unit-chief", "RMU")


async def with_its_officer(office: Office) -> None:
    await office.does(MANAGER, "", request())
    await office.does(MANAGER, "T-1001", RouteTask((HOU_CHIEF,)))
    await office.does(HOU_CHIEF, "T-1001", Acknowledge(1))


async def asks_in_the_channel(client: Client) -> None:
    await client.go_to(ROOM)
    await client.say(QUESTION, mention=True)
    await client.reads(QUESTION)
    await client.go_to("Personal Chat")


async def reads_nothing_in_the_channel(client: Client) -> None:
    await client.go_to(ROOM)
    await client.reads(QUESTION)
    await expect(client.page.get_by_text("Bed capacity")).to_have_count(0)
    await expect(client.page.locator(".ac-adaptiveCard")).to_have_count(0)


async def test_a_taskings_channel_reads_where_a_task_stands(office: Office) -> None:
    (manager,) = await office.seat(MANAGER)
    await manager.go_to(ROOM)
    await manager.say("here", mention=True)
    await manager.reads("The state of every task is kept in this channel now.")
    await with_its_officer(office)
    await manager.sees("T-1001", *STATE, buttons=["Assign also"])
    cards = manager.page.locator(".ac-adaptiveCard")
    assert await cards.count() == 1
    await manager.say(QUESTION, mention=True)
    await expect(cards).to_have_count(2)
    await manager.sees("T-1001", *STATE, buttons=["Assign also"])


async def test_in_another_channel_the_answer_is_private_and_shows_what_the_asker_may_do(office: Office) -> None:
    await with_its_officer(office)
    (chief,) = await office.seat(HOU_CHIEF)
    await asks_in_the_channel(chief)
    await chief.sees("Status:", *STATE, gone=["Assign also"], buttons=["Respond"])
    await reads_nothing_in_the_channel(chief)


async def test_who_may_not_see_a_task_is_told_so_in_private_and_the_channel_reads_nothing(office: Office) -> None:
    await with_its_officer(office)
    (stranger,) = await office.seat(RMU_CHIEF)
    await asks_in_the_channel(stranger)
    await stranger.reads("There is no task T-1001; check the number.")
    await expect(stranger.page.get_by_text("Bed capacity")).to_have_count(0)
    await reads_nothing_in_the_channel(stranger)
