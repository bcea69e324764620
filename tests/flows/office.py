"""People at one of the platforms, who ask for forms by their words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import messages as m
from tests.flows.house import House, OnSlack, Person
from tests.world import HOU_CHIEF, MANAGER, request


@dataclass(slots=True)
class Office:
    """People of one platform and what they were shown."""

    house: House
    platform: str

    async def seat(self, email: str) -> Person:
        return await (self.house.on_teams(email) if self.platform == "teams" else self.house.on_slack(email))

    async def differences(self) -> list[str]:
        """Between the state and what those are shown who are here."""
        return [told for told in await self.house.differences() if not told.endswith("was never shown.")]

    async def in_clearance(self, **fields: object) -> None:
        """A congressional inquiry that waits for the DAD-CS, then the CoS."""
        await self.house.do(MANAGER, request(**fields), number="")  # type: ignore[arg-type]
        for actor, command in (
            (MANAGER, m.RouteTask((HOU_CHIEF,))),
            (HOU_CHIEF, m.Acknowledge(1)),
            (HOU_CHIEF, m.Respond(1, "412 beds")),
            (MANAGER, m.SendToClearance()),
        ):
            await self.house.do(actor, command)


def told(person: Person) -> str:
    """The newest sentence that a form was answered with: beside it on Slack, in its place on Teams."""
    return list(person.asides().values())[-1] if isinstance(person, OnSlack) else person.reads("Done")


async def gives(person: Person, word: str, **entries: object) -> None:
    """Ask for a form by its word and send it."""
    await person.opens(word)
    await person.fill(**entries)
