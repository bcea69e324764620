"""A delegated piece in the local Teams client: the expert finds out, the officer answers for it (5-3.3, 5-5)."""

from __future__ import annotations

from bot.domain.messages import Acknowledge, RouteTask
from tests.client.office import Office
from tests.world import HOU_CHIEF, MANAGER, request

EXPERT = "marcus.bell@example.gov"
ASSIGNMENT, PIECE, REVIEW = "T-1001 ·", "Delegated: T-1001", "Review: T-1001"
WANTED, FOUND = "Count the beds of October, please.", "412 beds, by the count of 31 October."


async def test_what_an_expert_found_is_in_the_officers_response(office: Office) -> None:
    manager, chief, expert = await office.seat(MANAGER, HOU_CHIEF, EXPERT)
    await office.does(MANAGER, "", request())
    await office.does(MANAGER, "T-1001", RouteTask((HOU_CHIEF,)))
    await office.does(HOU_CHIEF, "T-1001", Acknowledge(1))
    await chief.press_hidden(ASSIGNMENT, "Delegate")
    form = {"To": "Marcus Bell, HOU", "What you need from them": WANTED}
    await chief.fill_in("Delegate T-1001", "Delegate", form)
    await chief.sees(ASSIGNMENT, "Delegated to Marcus Bell, ", buttons=["Respond"])
    await expert.sees(
        PIECE,
        *("How many beds were in use in October?", "Delegated to you by LaToya Freeman", WANTED),
        buttons=["Hand back", "Delegate"],
        gone=["Respond"],
    )
    await expert.press(PIECE, "Hand back")
    await expert.fill_in("Hand back T-1001", "Hand back", {"What you found": FOUND})
    await expert.sees(PIECE, "You handed this back, ", FOUND)
    await chief.sees(ASSIGNMENT, "Handed back by Marcus Bell, ", FOUND, buttons=["Respond"])
    await chief.press(ASSIGNMENT, "Respond")
    await chief.fill_in("Respond to T-1001", "Submit response", {})  # what came back is in it already
    await chief.sees(ASSIGNMENT, "Submitted (LaToya Freeman, ")
    await manager.sees(REVIEW, "LaToya Freeman, HOU: submitted", FOUND, buttons=["Send to clearance"])
