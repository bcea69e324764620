"""The whole service between a local Slack and a local Teams, and people who act in it and see what they are shown."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TypeAlias

from pydantic import SecretStr
from sqlalchemy import text
from yarl import URL

from bot.compose import Service, listening, service
from bot.demo import slack_server, teams_server
from bot.demo.shown import Screens
from bot.demo.slack_user import SlackUser, labels, text_of
from bot.demo.slack_world import SlackWorld
from bot.demo.teams_user import TeamsUser, buttons, card_text
from bot.demo.teams_world import INFO, Conversation, Json, TeamsWorld
from bot.domain.messages import Command
from bot.domain.organization_messages import OPERATOR, OrganizationCommand
from bot.domain.task import Task
from bot.ports.chat import Click
from bot.services.directory import sample_directory
from bot.settings import Mail, Settings, Slack, Teams
from storage.database import Database
from tests.fakes import FakeClock
from tests.world import SAMPLE

#: A place and a message there, to what it shows: the bot's words everywhere, asides to one person included.
Shown: TypeAlias = dict[tuple[str, str], str]


@dataclass(slots=True)
class OnSlack:
    """Somebody at Slack. Fields of a form are named as in `cards/actions.py`; `faults` is what modals found."""

    house: House
    user: SlackUser
    faults: list[str] = field(default_factory=list)

    @property
    def places(self) -> set[str]:
        """Where only they can read."""
        return {self.user.direct, f"{self.user.id} alone"}

    def cards(self, title: str, room: str = "") -> list[Json]:
        """The cards there whose title begins so, oldest first; in their own conversation unless a room is named."""
        shown = self.user.sees(room or self.user.direct)
        return [m for m in shown if m.get("blocks") and text_of(m["blocks"][0]).startswith(title)]

    def reads(self, title: str, room: str = "") -> str:
        """All the words of the newest such card, on one line."""
        return " ".join(text_of(self.cards(title, room)[-1]["blocks"]).split())

    def offered(self, title: str, room: str = "") -> list[str]:
        return _deciding(labels(self.cards(title, room)[-1]))

    async def says(self, words: str, room: str = "", under: str = "") -> None:
        """In their own conversation, or with a mention in a room; `under` the newest card whose title begins so."""
        card = self.cards(under, room)[-1] if under else {}
        thread = card.get("thread_ts") or card.get("ts")
        where = (
            self.user.mention(room, words, thread) if room else self.user.say(self.user.direct, words, thread=thread)
        )
        await where
        await self.house.settle()

    async def sends(self, name: str, content: bytes, words: str = "", under: str = "") -> None:
        """A file to the bot, in their own conversation; `under` the newest card whose title begins so."""
        thread = self.cards(under)[-1]["ts"] if under else None
        await self.user.say(self.user.direct, words, (name, content, "application/octet-stream"), thread=thread)
        await self.house.settle()

    async def opened_files(self) -> dict[str, bytes]:
        """Every file that the bot sent them, by name; only ever in their own conversation."""
        world, bot = self.user.world, self.user.world.bot_user
        sent = [
            (c, f) for c in world.channels.values() for m in c.messages if m["user"] == bot for f in m.get("files", ())
        ]
        assert all(channel.direct for channel, _ in sent)
        return {f["name"]: world.files[f["id"]][1] for channel, f in sent if channel.id == self.user.direct}

    async def press(self, title: str, label: str, room: str = "", **entries: object) -> None:
        """Press a button on the newest such card, and fill what opens when there is something to enter."""
        await self.press_on(self.cards(title, room)[-1], label, **entries)

    async def press_on(self, card: Json, label: str, room: str = "", **entries: object) -> None:
        await self.user.press(card, label)
        if entries:
            await self.fill(**entries)
        await self.house.settle()

    async def fill(self, **entries: object) -> None:
        """Submit the modal in front of them."""
        named = {b["block_id"]: b["label"]["text"] for b in (self.user.view or {})["blocks"] if b["type"] == "input"}
        faults = await self.user.fill_and_submit({named[name]: value for name, value in entries.items()})
        self.faults += faults.values()
        await self.house.settle()

    async def starts(self) -> None:
        """Ask for the intake form."""
        await self.opens("new")

    async def opens(self, words: str) -> None:
        """Ask for a form by its word."""
        await self.user.command("/task", words)
        await self.house.settle()

    async def forwards(self, words: str, author: str, **entries: object) -> None:
        """Use "Send to Taskings" on a message by somebody, in a channel without the bot; send what opens if filled."""
        world = self.user.world
        place = world.add_channel("elsewhere", self.user.id, bot=False)
        message = await SlackUser(world, world.add_user("somebody@elsewhere.test", author)).say(
            place, escape(words, quote=False)
        )
        await self.user.shortcut(message, "task.forward")
        if entries:
            await self.fill(**entries)
        await self.house.settle()

    @property
    def opened(self) -> str:
        """The words of the form in front of them, what is filled in already included."""
        inputs = [
            b["element"].get("initial_value", "") for b in (self.user.view or {}).get("blocks", []) if "element" in b
        ]
        return " ".join([text_of(self.user.view), *inputs]).strip()

    def asides(self) -> Shown:
        """What was shown to them alone, in whatever way."""
        alone, shown = f"{self.user.id} alone", self.user.world.ephemerals[self.user.id]
        faults = {(alone, f"fault {n}"): fault for n, fault in enumerate(self.faults)}
        return {(alone, m["ts"]): text_of(m) for m in shown} | faults


@dataclass(slots=True)
class OnTeams:
    """Somebody at Teams who has the app."""

    house: House
    user: TeamsUser

    @property
    def places(self) -> set[str]:
        return {self.user.chat.id, f"{self.user.person.id} alone"}

    def cards(self, title: str, room: str = "") -> list[Json]:
        return [m for m in self.user.sees(room) if card_text(m).startswith(title)]

    def reads(self, title: str, room: str = "") -> str:
        return " ".join(card_text(self.cards(title, room)[-1]).split())

    def offered(self, title: str, room: str = "") -> list[str]:
        return _deciding(buttons(self.cards(title, room)[-1]))

    async def says(self, words: str, room: str = "", under: str = "") -> None:
        card = self.cards(under, room)[-1] if under else {}
        await self.user.say(words, room, card.get("thread") or card.get("id") or "")
        await self.house.settle()

    async def sends(self, name: str, content: bytes, words: str = "") -> None:
        await self.user.send_file(name, content, words)
        await self.house.settle()

    async def opened_files(self) -> dict[str, bytes]:
        """Agree to every file that is offered; everything in their OneDrive by then, by name."""
        for offered in self.user.offers():
            await self.user.consent(offered)
            await self.house.settle()
        shown = [a for m in self.user.sees() for a in m.get("attachments") or () if a["contentType"] == INFO]
        return {a["name"]: self.user.world.saved[a["content"]["uniqueId"]] for a in shown}

    async def press(self, title: str, label: str, room: str = "", **entries: object) -> None:
        """Press a button on the newest such card, its form filled; a form that comes as a card is for `fill`."""
        await self.press_on(self.cards(title, room)[-1], label, room, **entries)

    async def press_on(self, card: Json, label: str, room: str = "", **entries: object) -> None:
        await self.user.press(card, label, entries, room)
        await self.house.settle()

    async def fill(self, **entries: object) -> None:
        """Send the dialog in front of them, else the form that came as the newest card."""
        if self.user.dialog:
            await self.user.fill_dialog(entries, self.house.elsewhere)
            return await self.house.settle()
        form = self.user.sees()[-1]
        return await self.press_on(form, buttons(form)[-1], **entries)

    async def starts(self) -> None:
        await self.opens("new")

    async def opens(self, words: str) -> None:
        await self.says(words)

    async def forwards(self, words: str, author: str, **entries: object) -> None:
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in words.splitlines())
        message = {
            "id": "1611060744833",
            "linkToMessage": "https://teams.microsoft.com/l/message/19:elsewhere@thread.v2/1611060744833",
            "body": {"contentType": "html", "content": f"<div>{paragraphs}</div>"},
            "from": {"user": {"userIdentityType": "aadUser", "id": "0", "displayName": author}},
            "attachments": [],
        }
        await self.user.choose("task.forward", message, self.house.elsewhere)
        if entries:
            await self.user.fill_dialog(entries, self.house.elsewhere)
        await self.house.settle()

    @property
    def opened(self) -> str:
        inputs = [str(part.get("value", "")) for part in (self.user.dialog or {}).get("body", [])]
        return " ".join([*self.user.dialogs[-1:], *inputs]).strip()

    def asides(self) -> Shown:
        shown = [*self.user.lines, *self.user.dialogs]
        return {(f"{self.user.person.id} alone", str(n)): line for n, line in enumerate(shown)}


Person: TypeAlias = OnSlack | OnTeams


@dataclass(slots=True)
class House:
    """The running service, both platforms and who was seated at one."""

    running: Service
    database: Database
    clock: FakeClock
    slack: SlackWorld
    teams: TeamsWorld
    seated: list[Person] = field(default_factory=list)
    clicks: int = 0

    @property
    def elsewhere(self) -> Conversation:
        """A chat in Teams that the bot is not in."""
        found = self.teams.find("19:elsewhere@thread.tacv2")
        return found or self.teams.add_room("elsewhere", "groupChat", bot=False)

    async def on_slack(self, email: str, name: str = "") -> OnSlack:
        person = OnSlack(self, SlackUser(self.slack, self.slack.add_user(email, name or SAMPLE.people[email].name)))
        self.seated.append(person)
        return person

    async def on_teams(self, email: str, name: str = "") -> OnTeams:
        user = TeamsUser(self.teams, self.teams.add_person(name or SAMPLE.people[email].name, email))
        person = OnTeams(self, user)
        self.seated.append(person)
        await user.install()
        await self.settle()
        return person

    async def do(self, actor: str, command: Command, number: str = "T-1001") -> Task:
        """Something that happened before the story begins, without a platform."""
        self.clicks += 1
        task = await self.running.desk.handle(Click(f"before:{self.clicks}", "slack", actor, number, command))
        await self.settle()
        return task

    async def settle(self) -> None:
        """Until everything is answered and delivered."""
        await self.running.settle()
        while await self.running.run_once():
            pass

    async def organize(self, actor: str, command: OrganizationCommand) -> None:
        """A change of the organization, without a platform."""
        await self.running.desk.handle.organize(command, actor, "command line")
        await self.settle()

    async def task(self, number: str = "T-1001") -> Task:
        return await self.running.desk.handle.store.read(lambda uow: uow.task(number, for_update=False))

    async def differences(self) -> list[str]:
        """What any card anywhere shows otherwise than the state has it now."""
        everything = await self.running.deliver.outbox.everything()
        look = Screens(self.slack, self.teams).differences
        drawn = [(s, await self.running.deliver.card(s, task, o)) for s, task, o in everything]
        return [told for surface, card in drawn for told in look(surface, card)]

    @asynccontextmanager
    async def refusal(self, to: Person) -> AsyncIterator[list[str]]:
        """What happens inside changes no record and no message, and shows new ones to this person alone: the list."""
        before, records, told = self._shown(), await self._records(), list[str]()
        yield told
        await self.settle()
        after = self._shown()
        assert await self._records() == records
        assert {key: after.get(key) for key in before} == before
        new = [key for key in after if key not in before]
        assert {place for place, _ in new} <= to.places
        told += [after[key] for key in new]

    async def _records(self) -> list[tuple[object, ...]]:
        """Every stream's version and the hash of its last event."""
        query = text("SELECT id, version, head FROM streams ORDER BY id")
        return await self.database.run(lambda c: [tuple(row) for row in c.execute(query)])

    def _shown(self) -> Shown:
        shown: Shown = {}
        for channel in self.slack.channels.values():
            own = (m for m in channel.messages if m.get("bot_id"))
            shown |= {(channel.id, m["ts"]): _look(text_of(m), m) for m in own}
        for room in self.teams.conversations.values():
            shown |= {(room.id, id): _look(m.get("text") or "", m) for id, m in room.messages.items()}
        for person in self.seated:
            shown |= person.asides()
        return shown


def _look(words: str, message: Json) -> str:
    """A sentence as it reads, a card as it is."""
    return json.dumps(message) if message.get("blocks") or message.get("attachments") else words


@asynccontextmanager
async def opened(database: Database, folder: Path, mail: Mail | None = None) -> AsyncIterator[House]:
    """The house with the sample agency moved in and nobody seated; without `mail` none is set up."""
    clock = FakeClock()
    async with (
        slack_server.serve(SlackWorld("house-secret")) as world,
        teams_server.serve(TeamsWorld()) as tenant,
        service(_settings(database, folder, world, mail), clock, {_origin(world.url), _origin(tenant.url)}) as running,
        listening(running, "127.0.0.1", 0) as port,
    ):
        world.app_url, tenant.app_url = (f"http://127.0.0.1:{port}/{path}" for path in ("slack/events", "api/messages"))
        await running.desk.handle.organize(sample_directory(), OPERATOR, "command line")
        yield House(running, database, clock, world, tenant)


def _settings(database: Database, folder: Path, world: SlackWorld, mail: Mail | None) -> Settings:
    return Settings(
        database_url=database.engine.url.render_as_string(hide_password=False),
        files_url=(folder / "files").absolute().as_uri(),
        slack=Slack(
            bot_token=SecretStr(world.bot_token), signing_secret=SecretStr(world.signing_secret), api_url=world.api_url
        ),
        teams=Teams(local_client=True),
        mail=mail or Mail(),
    )


def _origin(url: str) -> str:
    return str(URL(url).origin())


def _deciding(labels: list[str]) -> list[str]:
    """Without the ways to read more and to what is seldom wanted."""
    return [label for label in labels if label not in {"More", "Files", "Full text"}]
