"""A response that its division lead returns, in the local Teams client: it is written again, then cleared (5-4.4)."""

from __future__ import annotations

from bot.domain.messages import Acknowledge, RouteTask
from tests.client.office import Office
from tests.world import DAD_HCC, MANAGER, MQMU_CHIEF, request

ASSIGNMENT, CLEARANCE, REVIEW = "T-1001 ·", "Clearance: T-1001", "Review: T-1001"
FIRST, BETTER = "A courier missed two pickups.", "The night courier missed two pickups on 3 October."


async def test_a_returned_response_is_written_again_and_cleared_as_it_is_then(office: Office) -> None:
    manager, officer, lead = await office.seat(MANAGER, MQMU_CHIEF, DAD_HCC)
    await office.does(MANAGER, "", request("declaration", "MQMU"))
    await office.does(MANAGER, "T-1001", RouteTask((MQMU_CHIEF,)))
    await office.does(MQMU_CHIEF, "T-1001", Acknowledge(1))
    await officer.press(ASSIGNMENT, "Respond")
    await officer.fill_in("Respond to T-1001", "Submit response", {"Response": FIRST})
    await officer.sees(ASSIGNMENT, "In division clearance (Mei Zhang, ")
    await lead.sees(CLEARANCE, "Response of Mei Zhang, MQMU", FIRST, buttons=["Clear", "Return"])
    await lead.fill_in(CLEARANCE, "Return", {"What has to change": "Which courier, and when?"}, opener="Return")
    await lead.sees(CLEARANCE, "Returned by Caroline Dubois, ", "Which courier, and when?")
    await officer.sees(
        ASSIGNMENT,
        *("Returned by Caroline Dubois, ", "Which courier, and when?", "Your response so far", FIRST),
        buttons=["Respond"],
    )
    await officer.press(ASSIGNMENT, "Respond")
    await officer.fill_in("Respond to T-1001", "Submit response", {"Response": BETTER})
    await lead.sees(CLEARANCE, BETTER, buttons=["Clear", "Return"])
    await lead.press(CLEARANCE, "Clear")
    await lead.sees(CLEARANCE, "cleared by Caroline Dubois, ", BETTER)
    await officer.sees(ASSIGNMENT, "Submitted (")
    await manager.sees(REVIEW, BETTER, buttons=["Send to clearance", "Return"])
