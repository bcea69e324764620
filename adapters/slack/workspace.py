"""The one Slack workspace that the app is installed in: its people, its conversations and its windows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.api import call
from bot.errors import Retryable, SurfaceGone

#: Accounts of these kinds are nobody's whom the workspace vouches for.
NOT_MEMBERS = (
    "deleted",
    "is_bot",
    "is_workflow_bot",
    "is_invited_user",
    "is_restricted",
    "is_ultra_restricted",
    "is_stranger",
)


@dataclass(frozen=True, slots=True)
class Self:
    """Who the app is: its workspace, its bot user and its bot; `url` is the workspace's address."""

    team: str
    user: str
    bot: str
    url: str


class Workspace:
    """Raises only DeliveryError. `open` it before use; `timeout` is of one call, in seconds."""

    def __init__(self, client: AsyncWebClient, timeout: float) -> None:
        self.client = client
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._self: Self | None = None
        self._asking = asyncio.Lock()

    def open(self) -> None:
        self.client.session = aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        if self.client.session is not None:
            await self.client.session.close()
            self.client.session = None

    async def me(self) -> Self:
        """Asked once: the lock keeps the first requests of a start from asking all at once."""
        async with self._asking:
            if self._self is None:
                told = await call(self.client.auth_test())
                self._self = Self(str(told["team_id"]), str(told["user_id"]), str(told["bot_id"]), str(told["url"]))
            return self._self

    async def email_of(self, user: str) -> str | None:
        """The email that the workspace vouches for, None for strangers, guests and bots."""
        me = await self.me()
        told = await call(self.client.users_info(user=user))
        return verified_email(told["user"], me.team)

    async def name_of(self, user: str) -> str:
        """How the workspace shows somebody."""
        told = await call(self.client.users_info(user=user))
        profile = told["user"].get("profile") or {}
        return str(profile.get("display_name") or profile.get("real_name") or told["user"].get("name") or "")

    async def user_of(self, email: str) -> str | None:
        """The member with this email."""
        me = await self.me()
        try:
            told = await call(self.client.users_lookupByEmail(email=email))
        except SurfaceGone:
            return None
        user = told["user"]
        return str(user["id"]) if verified_email(user, me.team) else None

    async def direct(self, user: str) -> str:
        """The channel id of the person's conversation with the bot."""
        told = await call(self.client.conversations_open(users=user))
        return str(told["channel"]["id"])

    async def post(self, channel: str, thread: str, told: Mapping[str, Any]) -> None:
        await call(
            self.client.chat_postMessage(
                channel=channel, thread_ts=thread or None, unfurl_links=False, unfurl_media=False, **told
            )
        )

    async def whisper(self, channel: str, user: str, thread: str, told: Mapping[str, Any]) -> None:
        """Show something to one person of a channel."""
        await call(self.client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread or None, **told))

    async def respond(self, url: str, told: Mapping[str, Any]) -> None:
        """Answer through a response_url, which needs neither a token nor membership."""
        assert self.client.session is not None
        try:
            async with self.client.session.post(url, json=dict(told), proxy=self.client.proxy) as answer:
                if answer.status != 200:
                    raise SurfaceGone(f"response_url answered {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Retryable("Slack did not answer.") from error

    async def open_view(self, trigger: str, view: Mapping[str, Any]) -> None:
        await call(self.client.views_open(trigger_id=trigger, view=dict(view)))

    async def update_view(self, view_id: str, view: Mapping[str, Any]) -> None:
        await call(self.client.views_update(view_id=view_id, view=dict(view)))

    async def publish(self, user: str, view: Mapping[str, Any]) -> None:
        """Show the view as the person's home tab."""
        await call(self.client.views_publish(user_id=user, view=dict(view)))

    async def upload_url(self, name: str, size: int) -> tuple[str, str]:
        """Where to upload a file of so many bytes, and its id."""
        told = await call(self.client.files_getUploadURLExternal(filename=name, length=size))
        return str(told["upload_url"]), str(told["file_id"])

    async def share_file(self, file_id: str, name: str, channel: str = "", thread: str = "") -> None:
        """End an upload: show the file in a conversation, or keep it for a card."""
        await call(
            self.client.files_completeUploadExternal(
                files=[{"id": file_id, "title": name}], channel_id=channel or None, thread_ts=thread or None
            )
        )

    async def file(self, file_id: str) -> Mapping[str, Any]:
        told = await call(self.client.files_info(file=file_id))
        return dict(told["file"])


def verified_email(user: Mapping[str, Any], team: str) -> str | None:
    """The email of a user object, if it is confirmed and the account is a full member's of this very workspace."""
    teams = {user.get("team_id"), *(user.get("enterprise_user") or {}).get("teams", ())}
    if team not in teams or any(user.get(flag) for flag in NOT_MEMBERS) or not user.get("is_email_confirmed"):
        return None
    return str((user.get("profile") or {}).get("email") or "") or None
