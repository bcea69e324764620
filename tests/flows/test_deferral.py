"""Who is asked and should not be says so, and the task manager decides (5-3.2)."""

from __future__ import annotations

from bot.domain.assignment import Stage
from tests.flows.staff import ANSWERING, Staff, act, sees
from tests.world import HOU_CHIEF, MANAGER, holder

MCMU_CHIEF = holder("unit-chief", "MCMU")


async def test_a_deferred_task_goes_to_whom_the_officer_suggested(staff: Staff) -> None:
    manager, old, new = await staff.seat(MANAGER, HOU_CHIEF, MCMU_CHIEF)
    await staff.assigned()
    await act(old, "T-1001", "Defer", reason="Case management counts beds.", suggestion=MCMU_CHIEF)
    sees(old, "T-1001", "Deferred, for the task manager to decide (LaToya Freeman, 24 Nov 2026, 09:00)", buttons=[])
    sees(
        manager,
        "Deferral: T-1001",
        "Deferred by LaToya Freeman, 24 Nov 2026, 09:00 Case management counts beds. Suggests: Yusuf Demir",
        buttons=["Reassign", "Decline"],
    )
    assert new.cards("T-1001") == []

    await act(manager, "Deferral: T-1001", "Reassign")  # the suggested is chosen already
    sees(manager, "Deferral: T-1001", "Suggests: Yusuf Demir Reassigned to Yusuf Demir", buttons=[])
    sees(manager, "T-1001", "Waiting on: Yusuf Demir", buttons=["Assign also"])
    sees(old, "T-1001", "Reassigned to Yusuf Demir; you need do nothing more.", buttons=[])
    sees(new, "T-1001", "Assigned, not acknowledged yet", buttons=["Acknowledge", "No information", "Defer"])
    assert [a.stage for a in (await staff.house.task()).assignments] == [Stage.REASSIGNED, Stage.ASSIGNED]
    assert await staff.house.differences() == []


async def test_a_declined_deferral_stays_with_its_officer_who_reads_why(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    await staff.assigned()
    await act(chief, "T-1001", "Defer", reason="Not ours.")
    sees(
        manager,
        "Deferral: T-1001",
        "Deferred by LaToya Freeman, 24 Nov 2026, 09:00 Not ours.",
        buttons=["Reassign", "Decline"],
    )
    await act(manager, "Deferral: T-1001", "Decline", comment="Case management says it is yours.")
    sees(
        chief,
        "T-1001",
        "Deferral declined by Tomás Álvarez, 24 Nov 2026, 09:00 Case management says it is yours.",
        buttons=ANSWERING,
    )
    sees(
        manager,
        "Deferral: T-1001",
        "Deferred by LaToya Freeman, 24 Nov 2026, 09:00 Not ours. Declined by Tomás Álvarez, 24 Nov 2026, 09:00 Case",
        buttons=[],
    )
