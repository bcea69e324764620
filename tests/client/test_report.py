"""The report on a phone: its picture is drawn and has its words, and nothing reaches over the edge."""

from __future__ import annotations

from tests.client.office import Office
from tests.client.test_picture import on_a_phone, too_wide
from tests.world import COS, MANAGER, request


async def test_the_report_fits_a_phone_with_its_picture(office: Office) -> None:
    (cos,) = await office.seat(COS)
    due = office.running.desk.handle.clock().replace(year=2099)
    await office.does(MANAGER, "", request("foia-medical-records", "LKP", due_at=due))
    await cos.say("report for this week")
    told = ("Received: 1", "Open by type: FOIA request, medical records 1")
    await cos.sees("Report, week", *told, buttons=["Excel", "PDF"])
    frame = await on_a_phone(cos, "Report, week")
    assert await too_wide(frame) == []
    picture = frame.get_by_alt_text("12 weeks, from ")
    assert await picture.evaluate("image => image.complete && image.naturalWidth") == 780
