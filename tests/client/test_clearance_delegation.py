"""Clearance authority passed on and taken back in the local Teams client, by word, form and card (4-7, 5-1.4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain import messages as m
from tests.client.office import Office
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, ZONE, holder, request

DCOS = holder("dcos")
CLEARANCE = "Clearance: T-1001"
CLEARS = "Hannah Lindqvist clears for you as Deputy Assistant Director, CS"


async def test_a_delegate_may_clear_from_the_moment_that_the_form_is_sent_until_it_is_revoked(office: Office) -> None:
    dad, dcos = await office.seat(DAD_CS, DCOS)
    await office.does(MANAGER, "", request())
    for actor, command in (
        (MANAGER, m.RouteTask((HOU_CHIEF,))),
        (HOU_CHIEF, m.Acknowledge(1)),
        (HOU_CHIEF, m.Respond(1, "412 beds")),
        (MANAGER, m.SendToClearance()),
    ):
        await office.does(actor, "T-1001", command)
    await dad.sees(CLEARANCE, "412 beds", buttons=["Clear", "Return"])

    await dad.say("delegate")
    week = datetime.now(UTC).astimezone(ZONE).date() + timedelta(days=7)
    chosen = {"Who clears for you": "Hannah Lindqvist, COS", "Last day": week}
    await dad.fill_in("Delegate clearance", "Delegate", chosen)
    await dad.sees(CLEARS)
    await dcos.sees("Authority passed on", "You clear for Robert Nakamura", buttons=["My authority"])
    await dcos.sees(CLEARANCE, "412 beds", buttons=["Clear", "Return"])

    await dad.say("authority")
    await dad.press("Your authority", "Revoke")
    await dcos.sees("Authority passed on", "was taken back", buttons=["My authority"])
    await dcos.sees(CLEARANCE, gone=["Clear", "Return"])
    await dad.sees("Your authority", "You hold", buttons=["Delegate", "Name acting"], gone=["Revoke"])
