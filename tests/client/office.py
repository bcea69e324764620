"""People seated at the service, each in front of a local Teams client of their own."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from playwright.async_api import Browser

from bot.compose import Service
from bot.demo.playground import Person, playground
from bot.domain.messages import Command
from bot.ports.chat import Click
from tests.client.people import Client
from tests.world import SAMPLE

PORT = 56150  # of the first client; one that is taken becomes another


@dataclass(frozen=True, slots=True)
class Office:
    """A running service, and a page of their own for each person who is seated at it."""

    running: Service
    endpoint: str
    browser: Browser
    program: Path
    folder: Path
    stack: AsyncExitStack
    numbers: count[int]

    async def seat(self, *emails: str) -> list[Client]:
        """A client each, which has said hello: only then does the bot know where to find them."""
        return await asyncio.gather(*(self._seat(email) for email in emails))

    async def does(self, email: str, task: str, *commands: Command) -> None:
        """What happened before the test begins, done without a client."""
        for command in commands:
            await self.running.desk.handle(Click(f"before:{next(self.numbers)}", "teams", email, task, command))

    async def _seat(self, email: str) -> Client:
        person, number = SAMPLE.people[email], next(self.numbers)
        seated = Person(person.name, person.email)
        run = playground(self.program, seated, (), self.endpoint, PORT + number, self.folder / f"client-{number}")
        client = await Client.open(self.browser, await self.stack.enter_async_context(run))
        await client.reads("What I can do")
        return client
