"""Comments for the record, and reminders, which a person may mute; what is late is told all the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.flows.staff import ANSWERING, Staff, more, sees
from tests.world import HOU_CHIEF, MANAGER, MQMU_CHIEF, ZONE, holder, request

MCMU_CHIEF, TPSU_CHIEF = holder("unit-chief", "MCMU"), holder("tpsu-chief")
OFFICER = "sofia.castellanos@example.gov"


async def test_a_comment_is_read_by_the_task_manager_and_decides_nothing(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    await staff.acknowledged()
    await more(chief, "Comment", text="Clear it from my side.")
    said = "Comment by LaToya Freeman, 24 Nov 2026, 09:00 Clear it from my side."
    sees(manager, "T-1001", said, "Status: With its action officers", buttons=["Assign also"])
    sees(chief, "T-1001", said, buttons=ANSWERING)


async def test_who_muted_reminders_gets_none_and_their_chief_hears_what_is_late(staff: Staff) -> None:
    officer, other, chief, tpsu = await staff.seat(OFFICER, MQMU_CHIEF, MCMU_CHIEF, TPSU_CHIEF)
    await staff.acknowledged(request("qfr", "MCMU"), OFFICER, MQMU_CHIEF)
    await more(officer, "Mute reminders")
    await chief.says("status of T-1001")
    await more(chief, "Mute reminders")
    await staff.until(datetime(2026, 12, 3, 9, tzinfo=ZONE))
    sees(other, "Reminder: T-1001", "Your response is due now.", buttons=["Open", "Mute reminders"])
    assert [officer.cards("Reminder"), chief.cards("Reminder"), chief.cards("Late")] == [[], [], []]

    await staff.later(timedelta(hours=2))
    late = "The response is late."
    sees(chief, "Late: T-1001", late, "Sofía Castellanos, MCMU: acknowledged, being answered", buttons=["Open"])
    assert tpsu.cards("Late") == officer.cards("Late") == []
    await staff.later(timedelta(hours=6))
    sees(tpsu, "Late: T-1001", late, buttons=["Open"])
    assert officer.cards("Reminder") == []
    assert len(chief.cards("Late")) == 1
