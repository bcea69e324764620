"""One task from receipt to sealed record through the real adapters, its officer on Teams, the others on Slack."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from pydantic import SecretStr

from bot.compose import Service, listening, service
from bot.demo import slack_server, teams_server
from bot.demo.agency import MANAGER, OFFICER, OFFICIAL, ROLES, forget_places, holder, move_in
from bot.demo.shown import Screens
from bot.demo.slack_user import SlackUser, labels, text_of
from bot.demo.slack_world import SlackTrouble, SlackWorld
from bot.demo.teams_user import TeamsUser, card_text
from bot.demo.teams_world import TeamsTrouble, TeamsWorld
from bot.domain.task import Status
from bot.errors import TaskingsError
from bot.services.directory import sample_directory
from bot.settings import Settings, Slack

REQUEST = {
    "Type": "Root cause analysis",
    "Subject": "Delayed laboratory results",
    "What is asked": "Why were the results of 3 November late?",
    "Requestor": "ICE OPLA",
    "Unit or facility": "Medical Quality Management Unit (MQMU)",
    "Origin": "External",
    "Received by": "Email",
    "Priority": "Routine",
}
ANSWER = "A courier missed two pickups."


class WalkStopped(TaskingsError):
    """Somebody could not do the next step; the message says who and why."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A running service, both platforms, and the people of the story. `earlier` are surfaces of other tasks."""

    running: Service
    screens: Screens
    people: Mapping[str, SlackUser]
    officer: TeamsUser
    earlier: frozenset[int]
    say: Callable[[str], None]

    async def log(self) -> str:
        """The task manager logs the request; gives its number, as they read it on the card."""
        manager = self.people[MANAGER]
        await manager.command("/task", "new")
        await self._fill(MANAGER, {**REQUEST, "Due": datetime.now(UTC) + timedelta(days=7)})
        await self.settle()
        number = re.search(r"T-\d+", text_of(manager.last(manager.direct)))
        if not number:
            raise LookupError("There is no card with a number.")
        self._tell(MANAGER, f"logs a root cause analysis with /task new, {number[0]}, on Slack")
        return number[0]

    async def press(self, post: str, title: str, label: str, values: Mapping[str, Any] | None = None) -> None:
        """Press a button on the newest card of that title on Slack, fill its form when it has one."""
        person = self.people[post]
        await person.press(_card(person, title, label), label)
        if values is not None:
            await self._fill(post, values)
        await self.settle()
        self._tell(post, f"presses “{label}” on Slack")

    async def officer_presses(self, title: str, label: str, values: Mapping[str, object] | None = None) -> None:
        """The same for the MQMU chief in Teams."""
        await self.officer.press(self.officer.card(title), label, values)
        await self.settle()
        self._tell(OFFICER, f"presses “{label}” on Teams")

    async def settle(self) -> None:
        """Until every card that can be brought up to date is."""
        while await self.running.run_once():
            pass

    async def differences(self) -> list[str]:
        """What any surface of this walk shows otherwise than the state has it now."""
        deliver = self.running.deliver
        everything = await deliver.outbox.everything()
        mine = [(s, await deliver.card(s, task, o)) for s, task, o in everything if s.id not in self.earlier]
        return [told for surface, card in mine for told in self.screens.differences(surface, card)]

    async def _fill(self, post: str, values: Mapping[str, Any]) -> None:
        if wrong := await self.people[post].fill_and_submit(values):
            raise LookupError(f"{ROLES[post]} was told: {wrong}")

    def _tell(self, post: str, what: str) -> None:
        self.say(f"{holder(post).name}, {ROLES[post]}, {what}")


def _card(person: SlackUser, title: str, label: str) -> dict[str, Any]:
    shown = [m for m in person.sees(person.direct) if title in text_of(m) and label in labels(m)]
    if not shown:
        raise LookupError(f"There is no card “{title}” with a button “{label}”.")
    return shown[-1]


@asynccontextmanager
async def opened(settings: Settings, say: Callable[[str], None]) -> AsyncIterator[Walk]:
    """The service between two local platforms, everybody of the sample agency on Slack and the MQMU chief on Teams.

    A workspace of its own each time: in one of an earlier demo the same ids would be the same deliveries.
    """
    async with (
        slack_server.serve(SlackWorld("demo-secret", team=f"T{uuid4().hex[:8].upper()}")) as world,
        teams_server.serve(TeamsWorld()) as tenant,
        service(_with_slack(settings, world), lambda: datetime.now(UTC)) as running,
        listening(running, "127.0.0.1", 0) as port,
    ):
        world.app_url, tenant.app_url = (f"http://127.0.0.1:{port}/{path}" for path in ("slack/events", "api/messages"))
        await move_in(running)
        await forget_places(running)
        earlier = frozenset(surface.id for surface, _, _ in await running.deliver.outbox.everything())
        chief = holder(OFFICER)
        officer = TeamsUser(tenant, tenant.add_person(chief.name, chief.email))
        accounts = {p.email: world.add_user(p.email, p.name) for p in sample_directory().people if p != chief}
        people = {post: SlackUser(world, accounts[holder(post).email]) for post in (MANAGER, OFFICIAL)}
        await officer.install()
        yield Walk(running, Screens(world, tenant), people, officer, earlier, say)


def _with_slack(settings: Settings, world: SlackWorld) -> Settings:
    tokens = {"bot_token": SecretStr(world.bot_token), "signing_secret": SecretStr(world.signing_secret)}
    return settings.model_copy(update={"slack": Slack(api_url=world.api_url, **tokens)})


async def story(walk: Walk) -> None:
    """A root cause analysis from receipt to sealed record, a line a step. Raises WalkStopped."""
    try:
        await _story(walk)
    except (LookupError, SlackTrouble, TeamsTrouble, TimeoutError) as error:
        raise WalkStopped(f"The walk stopped: {error or 'nothing came in time'}") from error


async def _story(walk: Walk) -> None:
    number = await walk.log()
    await walk.press(MANAGER, number, "Assign", {})
    await walk.officer_presses(number, "Acknowledge")
    await walk.officer_presses(number, "Respond")
    await walk.officer.world.until(lambda: any("Respond to" in card_text(m) for m in walk.officer.sees()))
    await walk.officer_presses(f"Respond to {number}", "Submit response", {"text": ANSWER})
    await walk.press(MANAGER, f"Review: {number}", "Send to clearance")
    await walk.press(OFFICIAL, f"Clearance: {number}", "Clear")
    await walk.press(MANAGER, f"Transmit: {number}", "Transmit", {})
    await walk.press(MANAGER, f"Transmit: {number}", "Close record")
    task = await walk.running.desk.handle.store.read(lambda uow: uow.task(number, for_update=False))
    if task.status is not Status.CLOSED:
        raise LookupError(f"{number} is {task.status}, not closed")
    walk.say(f"The record of {number} is sealed: {task.seal[:12]}")
