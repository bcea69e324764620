"""Those whom Appendix A tells and asks nothing (FOIA requests: the Records and Information Management Office)."""

from __future__ import annotations

from bot.domain import messages as m
from tests.flows.staff import Staff, all_buttons, sees
from tests.world import HOU_CHIEF, MANAGER, holder, request

RIM = holder("rim")


async def test_records_management_knows_of_a_foia_request_and_is_asked_nothing(staff: Staff) -> None:
    (rim,) = await staff.seat(RIM)
    await staff.house.do(MANAGER, request("foia-medical-records"), number="")
    assert rim.cards("For awareness") == []
    await staff.house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    told = "For your awareness; you need do nothing."
    sees(rim, "For awareness: T-1001", told, "How many beds", "Status: With its action officers", buttons=[])
    await staff.house.do(HOU_CHIEF, m.Acknowledge(1))
    await staff.house.do(HOU_CHIEF, m.Respond(1, "The records."))
    sees(rim, "For awareness: T-1001", told, "Status: In review", buttons=[])
    assert [all_buttons(card) for card in rim.cards("For awareness")] == [[]]
    await rim.says("status of T-1001")
    sees(rim, "T-1001", "Status: In review", buttons=[])
