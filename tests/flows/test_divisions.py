"""Who clears what where one division answers, and where several do (4-5, 4-7, 5-2.2.c, 5-4.4)."""

from __future__ import annotations

from bot.domain.task import Status
from tests.flows.staff import REVIEWING, Staff, act, sees
from tests.world import AD, COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, request


async def test_each_division_clears_its_own_response_and_the_one_response_is_cleared_once(staff: Staff) -> None:
    """A question for the record needs the DAD, the CoS or the AD; with two divisions no DAD can be it."""
    seats = MANAGER, HOU_CHIEF, MQMU_CHIEF, DAD_CS, DAD_HCC, COS, AD
    manager, beds, quality, lead, other_lead, cos, ad = await staff.seat(*seats)
    await staff.acknowledged(request("qfr"), HOU_CHIEF, MQMU_CHIEF)
    for officer, own, other, text in ((beds, lead, other_lead, "412 beds."), (quality, other_lead, lead, "Checked.")):
        before = len(other.cards(""))
        await act(officer, "T-1001", "Respond", text=text)
        sees(officer, "T-1001", "In division clearance", buttons=[])
        sees(own, "Clearance: T-1001", text, buttons=["Clear", "Return"])
        assert len(other.cards("")) == before
        assert manager.cards("Review: T-1001") == []
        await act(own, "Clearance: T-1001", "Clear")
        sees(own, "Clearance: T-1001", text, "cleared by", buttons=[])
        sees(officer, "T-1001", "Submitted", buttons=[])

    sees(
        manager,
        "Review: T-1001",
        *("LaToya Freeman, HOU: submitted 412 beds.", "Mei Zhang, MQMU: submitted Checked."),
        "Write the final response first; it alone goes to clearance.",
        buttons=["Write final response", "Return"],
    )
    await act(manager, "Review: T-1001", "Write final response", text="412 beds, checked.")
    sees(manager, "Review: T-1001", "The final response 412 beds, checked.", buttons=REVIEWING)
    await act(manager, "Review: T-1001", "Send to clearance")
    for official in cos, ad:
        sees(
            official,
            "Clearance: T-1001",
            "Response of LaToya Freeman, HOU and Mei Zhang, MQMU 412 beds, checked.",
            "Chief of Staff or Assistant Director: your turn",
            buttons=["Clear", "Return"],
        )
    await act(cos, "Clearance: T-1001", "Clear")
    for official in cos, ad:
        sees(official, "Clearance: T-1001", "cleared by Daniel Reyes, 24 Nov 2026, 09:00", buttons=[])
    assert (await staff.house.task()).status is Status.CLEARED
    assert [len(person.cards("Clearance")) for person in (lead, other_lead, cos, ad)] == [1, 1, 1, 1]
    assert await staff.house.differences() == []


async def test_a_lead_who_is_the_authority_is_asked_once(staff: Staff) -> None:
    """Appendix A has the DAD clear an audit with medical findings."""
    manager, chief, dad = await staff.seat(MANAGER, HOU_CHIEF, DAD_CS)
    await staff.acknowledged(request("odo-audit-medical"))
    await act(chief, "T-1001", "Respond", text="Two findings.")
    sees(chief, "T-1001", "Submitted", buttons=[])
    assert dad.cards("Clearance") == []
    await act(manager, "Review: T-1001", "Send to clearance")
    await act(dad, "Clearance: T-1001", "Clear")
    sees(manager, "Transmit: T-1001", "cleared by Robert Nakamura, 24 Nov 2026, 09:00", buttons=["Transmit"])
    assert len(dad.cards("Clearance")) == 1


async def test_no_information_takes_two_clicks_and_everybody_answers_before_the_review(staff: Staff) -> None:
    manager, beds, quality, lead, other_lead = await staff.seat(MANAGER, HOU_CHIEF, MQMU_CHIEF, DAD_CS, DAD_HCC)
    await staff.assigned(request("qfr"), HOU_CHIEF, MQMU_CHIEF)
    await act(beds, "T-1001", "No information")  # the button, and the button of its form
    sees(beds, "T-1001", "In division clearance", buttons=[])
    sees(lead, "Clearance: T-1001", "Negative response: no information to share.", buttons=["Clear", "Return"])
    await act(lead, "Clearance: T-1001", "Clear")
    sees(
        manager,
        "T-1001",
        *("LaToya Freeman, HOU: submitted", "Mei Zhang, MQMU: assigned, not acknowledged yet"),
        *("Status: With its action officers", "Waiting on: Mei Zhang"),
        buttons=["Return", "Assign also"],
    )
    assert manager.cards("Review: T-1001") == []

    await act(quality, "T-1001", "No information", comment="Nothing was audited.")
    await act(other_lead, "Clearance: T-1001", "Clear")
    sees(
        manager,
        "Review: T-1001",
        "LaToya Freeman, HOU: submitted Negative response: no information to share.",
        "Mei Zhang, MQMU: submitted Negative response: no information to share. Nothing was audited.",
        buttons=["Write final response", "Return"],
    )
