"""The people of a flow, all at one platform: whoever it is, they press and read in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.demo.slack_user import labels
from bot.demo.teams_user import buttons, form_of, is_form
from bot.demo.teams_world import Json
from bot.domain import messages as m
from bot.domain.messages import LogTask
from tests.flows.house import House, OnSlack, OnTeams, Person
from tests.world import HOU_CHIEF, MANAGER, ZONE, request

#: What an action officer may do with what they acknowledged.
ANSWERING = ["Respond", "No information", "Defer", "Delegate", "More time"]
REVIEWING = ["Send to clearance", "Write final response", "Return"]


@dataclass(slots=True)
class Staff:
    """Everybody works at `platform`; who was not seated reads their cards nowhere."""

    house: House
    platform: str
    seated: dict[str, Person] = field(default_factory=dict)

    async def seat(self, *emails: str) -> list[Person]:
        for email in emails:
            arrive = self.house.on_teams if self.platform == "teams" else self.house.on_slack
            self.seated[email] = await arrive(email)
        return [self.seated[email] for email in emails]

    async def later(self, by: timedelta) -> None:
        """Time passes; what it makes due is delivered."""
        self.house.clock.advance(by)
        await self.house.settle()

    async def until(self, at: datetime) -> None:
        await self.later(at - self.house.clock())

    def dismiss(self, person: Person) -> None:
        """They close the modal that is open in front of them, where the platform has them."""
        if isinstance(person, OnSlack):
            person.user.close()

    async def assigned(self, command: LogTask | None = None, *officers: str) -> None:
        """A request, logged and confirmed as Appendix A proposes it unless somebody is named."""
        await self.house.do(MANAGER, command or request(), number="")
        await self.house.do(MANAGER, m.RouteTask(officers or (HOU_CHIEF,)))

    async def acknowledged(self, command: LogTask | None = None, *officers: str) -> None:
        await self.assigned(command, *officers)
        for number, email in enumerate(officers or (HOU_CHIEF,), start=1):
            await self.house.do(email, m.Acknowledge(number))

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


async def act(person: Person, title: str, label: str, room: str = "", **entries: object) -> None:
    """Press a button on the newest such card, and fill in and send whatever form opens; a moment is one entry."""
    if isinstance(person, OnTeams):
        return await _act_on_teams(person, person.cards(title, room)[-1], label, room, _split(entries))
    await person.press(title, label, room)
    if person.user.view is not None:
        await person.fill(**entries)
    return None


async def _act_on_teams(person: OnTeams, card: Json, label: str, room: str, entries: dict[str, object]) -> None:
    """A form opens on the card, or comes as the newest card."""
    if submit := form_of(card, label):
        return await person.press_on(card, submit, room, **entries)
    known = {shown["id"] for shown in person.user.sees()}
    await person.press_on(card, label, room)
    if any(is_form(shown) for shown in person.user.sees() if shown["id"] not in known):
        await person.fill(**entries)
    return None


def told(person: Person) -> str:
    """The newest sentence that a form was answered with: beside it on Slack, in its place on Teams."""
    return list(person.asides().values())[-1] if isinstance(person, OnSlack) else person.reads("Done")


async def gives(person: Person, word: str, **entries: object) -> None:
    """Ask for a form by its word and send it."""
    await person.opens(word)
    await person.fill(**entries)


async def more(person: Person, label: str, **entries: object) -> None:
    """What is behind "More" on the newest card of the task."""
    await act(person, "T-1001", "More")
    await act(person, "More: T-1001", label, **entries)


def sees(person: Person, title: str, *words: str, buttons: Sequence[str], room: str = "") -> None:
    """The newest such card says all this and has exactly these buttons, "More" aside."""
    shown = person.reads(title, room)
    for said in words:
        assert said in shown
    assert person.offered(title, room) == list(buttons)


def all_buttons(card: Json) -> list[str]:
    return buttons(card) if card.get("attachments") else labels(card)


def _split(entries: dict[str, object]) -> dict[str, object]:
    """Teams asks for a date and for a time, in agency time."""
    found: dict[str, object] = {}
    for name, entry in entries.items():
        if isinstance(entry, datetime):
            local = entry.astimezone(ZONE)
            found |= {name: f"{local:%Y-%m-%d}", f"{name}.time": f"{local:%H:%M}"}
        else:
            found[name] = entry
    return found
