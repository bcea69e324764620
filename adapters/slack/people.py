"""Who somebody on Slack is to the service, and how those whom a message mentions are called."""

from __future__ import annotations

import asyncio

from adapters.slack import markup
from adapters.slack.inbound import Forwarded, Origin
from adapters.slack.trouble import Background
from adapters.slack.workspace import Workspace
from bot.domain.messages import Original
from bot.errors import DeliveryError, NotAllowed
from bot.ports.chat import Account, Desk

MAX_MENTIONED = 5  # people looked up for one message


class People:
    def __init__(self, desk: Desk, workspace: Workspace, background: Background) -> None:
        self._desk = desk
        self._workspace = workspace
        self._background = background

    async def actor(self, by: Origin, address: str | None = None) -> str:
        """The person's email. Raises NotAllowed for a stranger."""
        me = await self._workspace.me()
        if by.team != me.team:
            raise NotAllowed("This app serves another workspace.")
        new = False

        async def email() -> str | None:
            nonlocal new
            new = True
            return await self._workspace.email_of(by.user)

        actor = await self._desk.identify(Account("slack", f"{me.team}:{by.user}", address), email)
        if new and address is None:
            self._background.start(self._introduce(by.user, actor))
        return actor

    async def _introduce(self, user: str, actor: str) -> None:
        """Find out where cards for a new person go, after their first action has its answer."""

        async def email() -> str | None:
            return actor

        me, address = await self._workspace.me(), await self._workspace.direct(user)
        await self._desk.identify(Account("slack", f"{me.team}:{user}", address), email)

    async def original(self, sent: Forwarded) -> Original:
        """The message as it reads; the lookups run at once, since the form has three seconds to open."""
        me = await self._workspace.me()
        users = dict.fromkeys([*filter(None, [sent.author]), *markup.mentioned(sent.text)])
        asked = list(users)[: MAX_MENTIONED + 1]
        names = dict(zip(asked, await asyncio.gather(*map(self._name, asked)), strict=True))
        text = markup.whole(sent.text, {user: f"@{name or 'somebody'}" for user, name in names.items()})
        return Original(text, names.get(sent.author, sent.name), f"{me.url.rstrip('/')}/{sent.path}")

    async def _name(self, user: str) -> str:
        """A name that Slack doesn't tell keeps nobody from sending the message."""
        try:
            return await self._workspace.name_of(user)
        except DeliveryError:
            return ""

    async def named(self, text: str) -> str:
        """What somebody wrote, with the email of everybody it mentions but the bot."""
        me = await self._workspace.me()
        others = [user for user in markup.mentioned(text) if user != me.user][:MAX_MENTIONED]
        return markup.plain(text, {user: await self._workspace.email_of(user) or "" for user in others})
