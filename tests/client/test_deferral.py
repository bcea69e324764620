"""A deferral in the local Teams client: who has the task now, and what is left for whoever had it (5-3.2)."""

from __future__ import annotations

from bot.domain.messages import RouteTask
from tests.client.office import Office
from tests.world import HOU_CHIEF, MANAGER, holder, request

MCMU_CHIEF = holder("unit-chief", "MCMU")
ASSIGNMENT = "T-1001 ·"
REASON = "Beds are counted by medical case management."


async def test_a_deferral_is_declined_and_another_goes_to_who_was_suggested(office: Office) -> None:
    manager, old, new = await office.seat(MANAGER, HOU_CHIEF, MCMU_CHIEF)
    await office.does(MANAGER, "", request())
    await office.does(MANAGER, "T-1001", RouteTask((HOU_CHIEF,)))
    await old.fill_in(ASSIGNMENT, "Defer", {"Why it is not yours": "Not ours."}, opener="Defer")
    await manager.sees("Deferral: T-1001", "Not ours.", buttons=["Reassign", "Decline"])
    kept = {"Why the officer keeps it": "You counted them in September."}
    await manager.fill_in("Deferral: T-1001", "Decline", kept, opener="Decline")
    await manager.sees("Deferral: T-1001", "Declined by Tomás Álvarez, ", "You counted them in September.")
    await old.sees(
        ASSIGNMENT,
        *("Deferral declined by Tomás Álvarez, ", "You counted them in September."),
        buttons=["Respond", "Defer"],
    )

    why = {"Why it is not yours": REASON, "Who should have it, if you know": "Yusuf Demir, MCMU"}
    await old.fill_in(ASSIGNMENT, "Defer", why, opener="Defer")
    await old.sees(ASSIGNMENT, "Deferred, for the task manager to decide (LaToya Freeman, ")
    await manager.sees(
        "Deferral: T-1001",
        *("Deferred by LaToya Freeman, ", REASON, "Suggests: Yusuf Demir"),
        buttons=["Reassign", "Decline"],
    )
    assert not await new.page.get_by_text("Bed capacity").count()
    await manager.fill_in("Deferral: T-1001", "Reassign", {}, opener="Reassign")
    await manager.sees("Deferral: T-1001", REASON, "Reassigned to Yusuf Demir")
    await manager.sees("Status:", "Waiting on: Yusuf Demir", buttons=["Assign also"])
    await old.sees(ASSIGNMENT, "Reassigned to Yusuf Demir; you need do nothing more.")
    await new.sees(
        ASSIGNMENT,
        *("Bed capacity", "How many beds were in use in October?", "Assigned, not acknowledged yet"),
        buttons=["Acknowledge", "Defer"],
    )
    await new.press(ASSIGNMENT, "Acknowledge")
    await new.sees(ASSIGNMENT, "Acknowledged, being answered (Yusuf Demir, ", buttons=["Respond"], gone=["Acknowledge"])
