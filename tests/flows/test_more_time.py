"""More time for a response: asked for with a reason, given in full or less, or declined with a comment (5-4, 5-5.5)."""

from __future__ import annotations

from datetime import datetime

from tests.flows.staff import ANSWERING, Staff, act, sees
from tests.world import HOU_CHIEF, MANAGER, ZONE

WAITING = ["Respond", "No information", "Defer", "Delegate"]
ASKED = "More time asked for by LaToya Freeman, 24 Nov 2026, 09:00"
LATER = datetime(2026, 12, 3, 17, tzinfo=ZONE)
NOON = datetime(2026, 12, 3, 12, tzinfo=ZONE)
TOO_LATE = datetime(2026, 12, 4, 9, 1, tzinfo=ZONE)


async def test_more_time_is_asked_for_given_in_part_and_declined(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    await staff.acknowledged()
    sees(chief, "T-1001", "Due: Thu 3 Dec 2026, 09:00", buttons=ANSWERING)

    await act(chief, "T-1001", "More time", reason="The count comes on Thursday.", due_at=LATER)
    sees(
        chief,
        "T-1001",
        "Due: Thu 3 Dec 2026, 09:00",
        f"{ASKED} The count comes on Thursday. Wanted until: Thu 3 Dec 2026, 17:00",
        buttons=WAITING,
    )
    sees(
        manager,
        "More time: T-1001",
        f"{ASKED} The count comes on Thursday. Wanted until: Thu 3 Dec 2026, 17:00",
        "Response due: Thu 3 Dec 2026, 09:00",
        buttons=["Grant time", "No more time"],
    )

    # Less than was asked for.
    await act(manager, "More time: T-1001", "Grant time", due_at=NOON)
    given = "Was due Thu 3 Dec 2026, 09:00; changed by Tomás Álvarez, 24 Nov 2026, 09:00 The count comes on Thursday."
    sees(chief, "T-1001", "Due: Thu 3 Dec 2026, 12:00", given, buttons=ANSWERING)
    sees(manager, "More time: T-1001", given, buttons=[])
    assert [due.set_by for due in (await staff.house.task()).active[0].dues] == [MANAGER, MANAGER]

    await act(chief, "T-1001", "More time", reason="Two facilities are missing.", due_at=LATER)
    await act(manager, "More time: T-1001", "No more time", comment="Send what you have.")
    declined = "More time declined by Tomás Álvarez, 24 Nov 2026, 09:00 Send what you have."
    sees(chief, "T-1001", "Due: Thu 3 Dec 2026, 12:00", declined, buttons=ANSWERING)
    sees(manager, "More time: T-1001", "Declined by Tomás Álvarez, 24 Nov 2026, 09:00 Send what you have.", buttons=[])

    # Who answers needs no more time, whatever was asked for before.
    await act(chief, "T-1001", "More time", reason="One facility is missing.", due_at=LATER)
    await act(chief, "T-1001", "Respond", text="412 beds.")
    await act(manager, "Review: T-1001", "Return", comment="Name the facilities.")
    sees(chief, "T-1001", "Name the facilities.", buttons=ANSWERING)
    sees(manager, "More time: T-1001", buttons=[])
    assert await staff.house.differences() == []


async def test_no_time_is_asked_for_or_given_beyond_what_the_requestor_expects(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    await staff.acknowledged()
    expects = (
        "The requestor expects it by Fri 4 Dec 2026, 09:00; "
        "agree on a later time with them and correct the due time first."
    )
    async with staff.house.refusal(chief) as told:
        await act(chief, "T-1001", "More time", reason="We need it.", due_at=TOO_LATE)
    assert told[-1] == expects  # on Teams after the form, which is a message of its own
    staff.dismiss(chief)
    await act(chief, "T-1001", "More time", reason="We need it.", due_at=LATER)
    async with staff.house.refusal(manager) as told:
        await act(manager, "More time: T-1001", "Grant time", due_at=TOO_LATE)
    assert told == [expects]
