"""What task managers change about a task under way, each with a reason that those concerned read."""

from __future__ import annotations

from bot.domain import messages as m
from bot.domain.task import Status
from tests.flows.staff import ANSWERING, Staff, act, more, sees
from tests.world import DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, request


async def test_a_withdrawn_task_asks_nothing_until_it_is_reopened(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    await staff.acknowledged()
    await act(chief, "T-1001", "More")
    assert chief.offered("More: T-1001") == ["Comment", "Mute reminders"]  # the rest is on the card, or the managers'
    await more(manager, "Withdraw", reason="OCR takes it back.")
    why = "Withdrawn by Tomás Álvarez, 24 Nov 2026, 09:00 OCR takes it back."
    sees(manager, "T-1001", "Status: Withdrawn", why, buttons=["Close record"])
    sees(chief, "T-1001", why, buttons=[])
    await more(manager, "Reopen", reason="OCR asks again.")
    again = "Reopened by Tomás Álvarez, 24 Nov 2026, 09:00 OCR asks again."
    sees(manager, "T-1001", "Status: With its action officers", again, buttons=["Assign also"])
    sees(chief, "T-1001", again, buttons=ANSWERING)
    assert "OCR takes it back." not in manager.reads("T-1001") + chief.reads("T-1001")


async def test_a_sealed_record_is_reopened_with_a_reason(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await staff.acknowledged()
    await more(manager, "Withdraw", reason="OCR takes it back.")
    await act(manager, "T-1001", "Close record")
    sees(manager, "T-1001", "Record: sealed", "Kept: no approved schedule", buttons=["Add to the record"])
    await more(manager, "Reopen", reason="Closed by mistake.")
    sees(manager, "T-1001", "Reopened by Tomás Álvarez, 24 Nov 2026, 09:00 Closed by mistake.", buttons=["Assign also"])
    assert (await staff.house.task()).status is Status.ASSIGNED


async def test_a_sealed_record_takes_supplements_and_a_legal_hold_from_its_card(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await staff.acknowledged()
    await staff.house.do(MANAGER, m.Withdraw("OCR takes it back."))
    await staff.house.do(MANAGER, m.Close())
    await act(manager, "T-1001", "Add to the record", text="OCR called: it is settled.")
    added = "Added to the record by Tomás Álvarez, 24 Nov 2026, 09:00 OCR called: it is settled. Sealed, "
    sees(manager, "T-1001", added, buttons=["Add to the record"])
    await more(manager, "Legal hold", reason="Doe v. ICE")
    sees(manager, "T-1001", "Legal hold by Tomás Álvarez, 24 Nov 2026, 09:00 Doe v. ICE", buttons=["Add to the record"])
    await more(manager, "Release hold", hold="1", reason="Settled")
    assert "Doe v. ICE" not in manager.reads("T-1001")


async def test_a_corrected_field_is_shown_to_all_with_what_it_was(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    await staff.acknowledged()
    await more(manager, "Correct", field="subject", value="Bed use in October", reason="It is not about capacity.")
    for person, buttons in (manager, ["Assign also"]), (chief, ANSWERING):
        sees(
            person,
            "T-1001",
            "Bed use in October Due",
            "Subject corrected by Tomás Álvarez, 24 Nov 2026, 09:00 It is not about capacity. It said: Bed capacity",
            buttons=buttons,
        )
    await more(manager, "Correct", field="due_at", value="2026-12-02 12:00", reason="OCR needs it sooner.")
    sees(
        manager,
        "T-1001",
        "Due: Wed 2 Dec 2026, 12:00",
        "Due corrected by Tomás Álvarez, 24 Nov 2026, 09:00 OCR needs it sooner. It said: Fri 4 Dec 2026, 09:00",
        buttons=["Assign also"],
    )
    sees(chief, "T-1001", "Due: Wed 2 Dec 2026, 12:00", "Due corrected", buttons=ANSWERING)
    assert await staff.house.differences() == []


async def test_an_assignment_that_is_cancelled_leaves_the_others_to_answer(staff: Staff) -> None:
    seats = MANAGER, HOU_CHIEF, MQMU_CHIEF, DAD_CS, DAD_HCC
    manager, beds, quality, lead, other_lead = await staff.seat(*seats)
    await staff.acknowledged(request("qfr"), HOU_CHIEF, MQMU_CHIEF)
    await more(manager, "Cancel assignment", assignment="2", reason="Nothing about quality is asked.")
    sees(
        quality, "T-1001", "Cancelled by Tomás Álvarez, 24 Nov 2026, 09:00 Nothing about quality is asked.", buttons=[]
    )
    assert "Mei Zhang" not in manager.reads("T-1001")
    await act(manager, "T-1001", "More")
    assert "Cancel assignment" not in manager.offered("More: T-1001")  # the only one left is needed
    await act(beds, "T-1001", "Respond", text="412 beds.")
    await act(manager, "Review: T-1001", "Send to clearance")  # of one division alone, whose lead may clear it
    sees(lead, "Clearance: T-1001", "412 beds.", buttons=["Clear", "Return"])
    assert other_lead.cards("Clearance") == []


async def test_who_was_to_clear_a_withdrawn_task_is_asked_no_more(staff: Staff) -> None:
    manager, dad = await staff.seat(MANAGER, DAD_CS)
    await staff.acknowledged()
    await staff.house.do(HOU_CHIEF, m.Respond(1, "412 beds."))
    await staff.house.do(MANAGER, m.SendToClearance())
    sees(dad, "Clearance: T-1001", "Deputy Assistant Director, CS: your turn", buttons=["Clear", "Return"])
    await more(manager, "Withdraw", reason="OCR takes it back.")
    sees(
        dad,
        "Clearance: T-1001",
        *("OCR takes it back.", "Deputy Assistant Director, CS: not asked", "Chief of Staff: not asked"),
        buttons=[],
    )
