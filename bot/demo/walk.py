"""One task from receipt to sealed record through the real adapters, its officer on Teams, the others on Slack."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.compose import Service, service
from bot.demo import slack_server, teams_server
from bot.demo.slack_user import SlackUser, labels, text_of
from bot.demo.slack_world import SlackWorld
from bot.demo.teams_user import TeamsUser, card_text
from bot.demo.teams_user import buttons as teams_buttons
from bot.demo.teams_world import TeamsWorld
from bot.domain.organization import OPERATOR, ImportDirectory, Person
from bot.domain.task import Status
from bot.services.directory import sample_directory
from bot.settings import Settings, Slack, Teams

PEOPLE = {
    "the task manager": "task-manager",
    "the DAD-HCC": "dad@HCC",
}
OFFICER = "unit-chief@MQMU"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running service, the workspace it talks to, and the people who act in it."""

    running: Service
    world: SlackWorld
    people: Mapping[str, SlackUser]
    officer: TeamsUser
    say: Callable[[str], None]

    async def press(self, who: str, title: str, label: str, values: Mapping[str, Any] | None = None) -> None:
        """Press a button on the newest card of that title, fill its form when it has one, and see all delivered."""
        person = self.people[who]
        await person.press(self._card(person, title, label), label)
        if values is not None and (wrong := await person.fill_and_submit(values)):
            raise LookupError(f"{who} was told: {wrong}")
        await self.settle()
        self.say(f"{who} presses “{label}” on Slack")

    async def officer_presses(self, title: str, label: str, values: Mapping[str, object] | None = None) -> None:
        """The same for the MQMU chief in Teams."""
        await self.officer.press(self.officer.card(title), label, values)
        await self.settle()
        self.say(f"the MQMU chief presses “{label}” on Teams")

    def _card(self, person: SlackUser, title: str, label: str) -> dict[str, Any]:
        shown = [m for m in person.sees(person.direct) if title in text_of(m) and label in labels(m)]
        if not shown:
            raise LookupError(f"No card “{title}” with a button “{label}”.")
        return shown[-1]

    async def settle(self) -> None:
        while await self.running.deliver.run_once():
            pass


async def walk(folder: Path, say: Callable[[str], None]) -> list[str]:
    """Walk a root cause analysis on a new database in `folder`; returns what any surface shows wrongly at the end."""
    async with AsyncExitStack() as stack:
        demo = await _opened(folder, say, stack)
        await _story(demo)
        return await _differences(demo)


async def _opened(folder: Path, say: Callable[[str], None], stack: AsyncExitStack) -> Demo:
    world = await stack.enter_async_context(slack_server.serve(SlackWorld("demo-secret", clock=time.time)))
    tenant = await stack.enter_async_context(teams_server.serve(TeamsWorld()))
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{folder}/taskings.db",
        files_url=(folder / "files").absolute().as_uri(),
        slack=Slack(
            bot_token=SecretStr(world.bot_token), signing_secret=SecretStr(world.signing_secret), api_url=world.api_url
        ),
        teams=Teams(local_client=True),
    )
    running = await stack.enter_async_context(service(settings, lambda: datetime.now(UTC)))
    runner = web.AppRunner(running.app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    world.app_url, tenant.app_url = f"{origin}/slack/events", f"{origin}/api/messages"
    directory = sample_directory()
    await running.desk.handle.organize(directory, OPERATOR, "command line")
    people = {}
    for who, post in PEOPLE.items():
        person = _holder(directory, post)
        people[who] = SlackUser(world, world.add_user(person.email, person.name))
    chief = _holder(directory, OFFICER)
    officer = TeamsUser(tenant, tenant.add_person(chief.name, chief.email))
    await officer.install()
    return Demo(running, world, people, officer, say)


def _holder(directory: ImportDirectory, post: str) -> Person:
    return next(p for p in directory.people if post in {str(held) for held in p.posts})


async def _story(demo: Demo) -> None:
    manager = demo.people["the task manager"]
    await manager.command("/task", "new")
    wrong = await manager.fill_and_submit(
        {
            "Type": "Root cause analysis",
            "Subject": "Delayed laboratory results",
            "What is asked": "Why were the results of 3 November late?",
            "Requestor": "ICE OPLA",
            "Unit or facility": "Medical Quality Management Unit (MQMU)",
            "Due": datetime.now(UTC) + timedelta(days=7),
            "Origin": "External",
            "Received by": "Email",
            "Priority": "Routine",
        }
    )
    if wrong:
        raise LookupError(f"the task manager was told: {wrong}")
    await demo.settle()
    demo.say("the task manager logs a root cause analysis with /task new on Slack")
    await demo.press("the task manager", "T-1001", "Assign", {})
    await demo.officer_presses("T-1001", "Acknowledge")
    await demo.officer_presses("T-1001", "Respond")
    await demo.officer.world.until(lambda: any("Respond to" in card_text(m) for m in demo.officer.sees()))
    await demo.officer_presses("Respond to T-1001", "Submit response", {"text": "A courier missed two pickups."})
    await demo.press("the task manager", "Review", "Send to clearance")
    await demo.press("the DAD-HCC", "Clearance", "Clear")
    await demo.press("the task manager", "Transmit", "Transmit", {})
    await demo.press("the task manager", "Transmit", "Close record")


async def _differences(demo: Demo) -> list[str]:
    """What is not as it has to be at the end: the state, or a button left on any card of a sealed task."""
    task = await demo.running.desk.handle.store.read(lambda uow: uow.task("T-1001", for_update=False))
    found = [] if task.status is Status.CLOSED else [f"T-1001 is {task.status}, not closed"]
    for who, person in demo.people.items():
        cards = [m for m in person.sees(person.direct) if "T-1001" in text_of(m)]
        found += [f"{who} still sees {labels(m)} on {text_of(m)[:60]!r}" for m in cards if labels(m)]
        if not cards:
            found.append(f"{who} was shown no card of T-1001")
    chief = [m for m in demo.officer.sees() if "T-1001" in card_text(m)]
    found += [f"the MQMU chief still sees {teams_buttons(m)} on Teams" for m in chief if teams_buttons(m)]
    if not chief:
        found.append("the MQMU chief was shown no card of T-1001")
    if not found:
        demo.say(f"the record of T-1001 is sealed: {task.seal[:12]}")
    return found
