"""What was cleared and then changed is void, and every card says so; what was not changed still counts (4-3, 4-7)."""

from __future__ import annotations

from bot.domain import messages as m
from tests.flows.house import Person
from tests.flows.staff import Staff
from tests.world import COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, request

BEDS = b"%PDF-1.7 beds"


async def package(staff: Staff) -> str:
    found = (await staff.house.task()).package
    assert found is not None
    return found.sha256


def say(people: list[Person], words: str) -> list[bool]:
    """Whether the newest card of each about the task says this."""
    return [words in person.reads(_newest(person)) for person in people]


def _newest(person: Person) -> str:
    """How the title of the newest card begins."""
    for title in ("Transmit: T-1001", "Clearance: T-1001", "Review: T-1001"):
        if person.cards(title):
            return title
    return "T-1001"


async def test_another_file_voids_the_clearances_before_it_and_every_card_says_so(staff: Staff) -> None:
    everybody = manager, chief, dad, cos = await staff.seat(MANAGER, HOU_CHIEF, DAD_CS, COS)
    await staff.acknowledged()
    await staff.house.do(HOU_CHIEF, m.Respond(1, "412 beds."))
    await staff.house.do(MANAGER, m.SendToClearance())
    first = await package(staff)
    await staff.house.do(DAD_CS, m.Clear(0, 1, first))
    await staff.house.do(COS, m.Return(1, 1, first, "Attach the count."))
    await staff.house.do(MANAGER, m.AddComment("They want the count."))
    assert say(everybody, "Void") == [False] * 4  # a comment voids nothing, nor does a return by itself
    await staff.house.do(MANAGER, m.ReturnResponse(1, "Attach the count."))
    await chief.sends("beds.pdf", BEDS)
    await staff.house.do(HOU_CHIEF, m.Respond(1, "412 beds."))
    second = await package(staff)
    given = "Deputy Assistant Director, CS: cleared by Robert Nakamura, 24 Nov 2026, 09:00"
    void = f"Void, as the response was changed. {given}, fingerprint {first[:12]}"
    assert say(everybody, void) == [True] * 4
    assert f"Fingerprint {second[:12]}" in manager.reads("Review: T-1001")
    await staff.house.do(MANAGER, m.SendToClearance())
    assert f"Fingerprint {second[:12]}" in dad.reads("Clearance: T-1001")
    await staff.house.do(DAD_CS, m.Clear(0, 2, second))
    await staff.house.do(COS, m.Clear(1, 2, second))
    assert f"Fingerprint {second[:12]}" in cos.reads("Clearance: T-1001")
    shown = manager.reads("Transmit: T-1001")
    assert f"Fingerprint {second[:12]}" in shown
    assert "beds.pdf, 13 bytes, SHA-256" in shown
    assert void in shown
    assert f"fingerprint {second[:12]}" not in shown


async def test_a_components_clearance_ends_when_its_response_is_sent_back_and_the_others_stands(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await staff.acknowledged(request(), HOU_CHIEF, MQMU_CHIEF)
    task = await staff.house.task()
    for a in task.active:
        await staff.house.do(a.officer, m.Respond(a.id, f"Answer {a.id}."))
    leads = {a.id: a for a in (await staff.house.task()).active if a.lead}
    for id, a in leads.items():
        assert a.package is not None
        await staff.house.do(_lead_of(a.component), m.ClearComponent(id, a.package.sha256))
    before = {a.id: a.clearance for a in (await staff.house.task()).active}
    assert all(before.values())
    await staff.house.do(MANAGER, m.Consolidate("One answer of both."))
    assert {a.id: a.clearance for a in (await staff.house.task()).active} == before
    assert "Void" not in manager.reads("Review: T-1001")
    await staff.house.do(MANAGER, m.ReturnResponse(2, "Name the ward."))
    after = {a.id: a.clearance for a in (await staff.house.task()).active}
    assert (after[1], after[2]) == (before[1], None)
    given = before[2]
    assert given is not None
    assert f"Void, as the response was sent back. {given.post.title}: cleared by" in manager.reads("T-1001")
    assert f"fingerprint {given.package[:12]}" in manager.reads("T-1001")


def _lead_of(component: str) -> str:
    return DAD_CS if component == "HOU" else DAD_HCC
