"""Whoever clears, manages or wrote a response opens its very files in chat, and nobody else does (4-3, 4-7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.teams.consent import PIECE
from bot.demo.slack_world import Fault
from bot.domain import messages as m
from bot.domain.reading import WHOLE
from cards.actions import ask_button
from tests.flows.house import House, OnTeams
from tests.flows.staff import Staff, act, all_buttons, sees
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF

PDF = b"%PDF-1.7 " + bytes(range(256)) * 40
CSV = b"bed,ward\n1,A\n"
TEXT = "Beds, ward by ward. " * 100


async def answered(staff: Staff, text: str = "See the files.") -> None:
    """In clearance, at its first step: a response with two files."""
    chief, *_ = await staff.seat(HOU_CHIEF, MANAGER, DAD_CS, COS, MQMU_CHIEF)
    await staff.acknowledged()
    await chief.sends("beds.pdf", PDF)
    await chief.sends("beds.csv", CSV)
    await staff.house.do(HOU_CHIEF, m.Respond(1, text))
    await staff.house.do(MANAGER, m.SendToClearance())


async def test_an_official_opens_exactly_the_files_of_the_response_they_clear(staff: Staff) -> None:
    await answered(staff)
    dad = staff.seated[DAD_CS]
    sees(dad, "Clearance: T-1001", "beds.pdf, 10 KB, SHA-256", buttons=["Clear", "Return"])
    assert all_buttons(dad.cards("Clearance: T-1001")[-1]) == ["Clear", "Return", "Files", "More"]
    before = await staff.house.task()
    await act(dad, "Clearance: T-1001", "Files")
    assert await dad.opened_files() == {"beds.pdf": PDF, "beds.csv": CSV}
    assert await staff.house.task() == before
    if isinstance(dad, OnTeams):
        assert dad.user.offers() == []


async def test_the_manager_and_the_officer_open_them_and_others_see_no_such_button(staff: Staff) -> None:
    await answered(staff)
    cos = staff.seated[COS]
    for person in (staff.seated[MANAGER], staff.seated[HOU_CHIEF]):
        await act(person, "T-1001", "Files")
        assert await person.opened_files() == {"beds.pdf": PDF, "beds.csv": CSV}
    await cos.says("status of T-1001")
    assert "Files" not in all_buttons(cos.cards("T-1001")[-1])
    await cos.says("files T-1001")
    assert await cos.opened_files() == {}


async def test_a_long_text_opens_whole_as_a_file(staff: Staff) -> None:
    (dad,) = await staff.seat(DAD_CS)
    assert len(TEXT) > WHOLE
    await staff.acknowledged()
    await staff.house.do(HOU_CHIEF, m.Respond(1, TEXT))
    await staff.house.do(MANAGER, m.SendToClearance())
    await act(dad, "Clearance: T-1001", "Full text")
    assert await dad.opened_files() == {"T-1001 response.txt": TEXT.strip().encode()}


@pytest.mark.parametrize("who", [MQMU_CHIEF, COS])
async def test_a_crafted_press_opens_nothing(staff: Staff, who: str) -> None:
    """Somebody who may not see the task, and an official whose step does not wait yet."""
    await answered(staff)
    person = staff.seated[who]
    package = (await staff.house.task()).package
    assert package is not None
    async with staff.house.refusal(person) as told:
        await person.says(dict(ask_button("Files", f"files T-1001 {package.sha256}").args)["text"])
    assert len(told) == 1
    assert "beds" not in str(told)
    assert await person.opened_files() == {}


async def test_a_large_file_goes_to_onedrive_in_pieces(house: House) -> None:
    staff = Staff(house, "teams")
    chief, dad = await staff.seat(HOU_CHIEF, DAD_CS)
    await staff.acknowledged()
    scan = PDF + b"\0" * (PIECE + 1)
    await chief.sends("scan.pdf", scan)
    await house.do(HOU_CHIEF, m.Respond(1, "See the scan."))
    await house.do(MANAGER, m.SendToClearance())
    await act(dad, "Clearance: T-1001", "Files")
    assert await dad.opened_files() == {"scan.pdf": scan}


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(cut=True), Fault(status=404)])
async def test_a_failed_upload_to_slack_is_told_and_is_tried_when_asked_again(house: House, fault: Fault) -> None:
    staff = Staff(house, "slack")
    await answered(staff)
    dad = staff.seated[DAD_CS]
    house.slack.fail("upload", fault)
    await act(dad, "Clearance: T-1001", "Files")
    assert await dad.opened_files() == {"beds.csv": CSV}
    assert house.slack.count("files.getUploadURLExternal") == 2  # nothing is sent twice by itself
    assert any("Try again" in told or "ask for it again" in told for told in dad.asides().values())
    await act(dad, "Clearance: T-1001", "Files")
    assert await dad.opened_files() == {"beds.pdf": PDF, "beds.csv": CSV}


async def test_an_offer_taken_after_its_response_was_returned_uploads_nothing(house: House) -> None:
    staff = Staff(house, "teams")
    await answered(staff)
    dad = staff.seated[DAD_CS]
    assert isinstance(dad, OnTeams)
    await act(dad, "Clearance: T-1001", "Files")
    task = await house.task()
    assert task.package is not None
    await house.do(DAD_CS, m.Return(0, 1, task.package.sha256, "Which day?"))
    await house.do(MANAGER, m.ReturnResponse(1, "Which day?"))
    assert await dad.opened_files() == {}
    assert list(dad.user.world.saved.values()) == [b"", b""]
    assert dad.user.texts()[-1].startswith("The response has changed since you saw it")


async def test_a_declined_offer_goes_and_uploads_nothing(house: House) -> None:
    staff = Staff(house, "teams")
    await answered(staff)
    dad = staff.seated[DAD_CS]
    assert isinstance(dad, OnTeams)
    await act(dad, "Clearance: T-1001", "Files")
    assert len(dad.user.offers()) == 2
    for offered in dad.user.offers():
        await dad.user.consent(offered, accept=False)
    await house.settle()
    assert dad.user.offers() == []
    assert dad.user.world.saved == {}


@pytest.mark.parametrize("place", ["https://evil.example/up", "https://169.254.169.254/up", "http://127.0.0.1:9/up"])
async def test_files_go_to_sharepoint_alone(house: House, place: str) -> None:
    staff = Staff(house, "teams")
    await answered(staff)
    dad = staff.seated[DAD_CS]
    assert isinstance(dad, OnTeams)
    await act(dad, "Clearance: T-1001", "Files")
    await dad.user.consent(dad.user.offers()[0], place=place)
    await house.settle()
    assert not any(dad.user.world.saved.values())
    assert dad.user.texts()[-1] == "Files are sent to the platform's own hosts alone; ask for the file again."


async def test_a_missing_or_altered_file_is_named_and_the_others_are_sent(staff: Staff, tmp_path: Path) -> None:
    await answered(staff)
    dad = staff.seated[DAD_CS]
    task = await staff.house.task()
    assert task.package is not None
    pdf = next(f for f in task.package.files if f.name == "beds.pdf")
    (tmp_path / "files" / pdf.sha256).write_bytes(b"%PDF forged")
    await act(dad, "Clearance: T-1001", "Files")
    assert await dad.opened_files() == {"beds.csv": CSV}
    told = [*dad.asides().values()] if not isinstance(dad, OnTeams) else dad.user.texts()
    assert "beds.pdf is not what it was when it was stored; tell the Taskings Program." in told
