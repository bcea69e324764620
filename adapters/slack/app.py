"""Slack as one thing to mount and start: bolt behind our own door, the listeners, and the way out to chat."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import tzinfo

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack import gate, inbound
from adapters.slack.api import quiet, web_client
from adapters.slack.chat import SlackChat
from adapters.slack.files import SlackFiles, fetcher
from adapters.slack.listeners import Listeners
from adapters.slack.pictures import Pictures
from adapters.slack.socket import SocketMode
from adapters.slack.trouble import Background
from adapters.slack.workspace import Workspace
from bot.errors import ConfigurationError, DeliveryError
from bot.ports.chat import Desk

logger = logging.getLogger(__name__)
EVERYTHING = re.compile("")
API_URL = "https://slack.com/api/"
PATIENCE = 2.0  # seconds of the three that Slack waits; the rest is the way back


class Slack:
    """`handle` answers POST /slack/events between `start` and `stop`; `chat` is the port to deliver cards through."""

    def __init__(
        self,
        app: AsyncApp,
        chat: SlackChat,
        workspace: Workspace,
        background: Background,
        socket: SocketMode | None,
        door: Callable[[web.Request], Awaitable[gate.Payload]],
    ) -> None:
        self.chat = chat
        self._app = app
        self._workspace = workspace
        self._background = background
        self._socket = socket
        self._door = door

    async def start(self) -> None:
        """Warm up, and connect in Socket Mode; Slack being away for a moment keeps nobody from starting."""
        self._workspace.open()
        try:
            await self._workspace.me()
        except DeliveryError as error:
            logger.warning("Slack did not tell who the app is: %s", error)
        if self._socket:
            self._socket.open()

    async def stop(self) -> None:
        """Finish what was promised, then let go."""
        if self._socket:
            await self._socket.close()
        await self.settle()
        await self._workspace.close()

    async def settle(self) -> None:
        """Until everything that goes on after an answer is done."""
        await self._background.settle()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        payload = await self._door(request)
        try:
            # bolt stumbles over malformed payloads in places that no error handler reaches.
            with inbound.parsing():
                # It calls a body that is already parsed and checked "socket mode".
                bolt = AsyncBoltRequest(mode="socket_mode", body=payload)
                answer = await self._app.async_dispatch(bolt)
        except inbound.Malformed as error:
            logger.warning("A request that Slack signed could not be read: %s", type(error.__cause__).__name__)
            raise web.HTTPBadRequest from error
        return await to_aiohttp_response(answer)


def build(
    *,
    bot_token: str,
    signing_secret: str,
    desk: Desk,
    zone: tzinfo,
    app_token: str = "",
    api_url: str = API_URL,
    command: str = "/task",
    trusted_origins: Iterable[str] = (),
    timeout: float = 10.0,
    patience: float = PATIENCE,
    clock: Callable[[], float] = time.time,
) -> Slack:
    """The Slack side, not yet started. `zone` is agency time, `clock` gives seconds since the epoch.

    `app_token` turns Socket Mode on; `trusted_origins` are of a local stand-in's files. `timeout` is of one call,
    `patience` of the answer to files. Raises ConfigurationError.
    """
    if not (bot_token and signing_secret):
        raise ConfigurationError("Slack needs both a bot token and a signing secret.")
    workspace = Workspace(web_client(bot_token, api_url, timeout), timeout)
    files = SlackFiles(workspace, fetcher(api_url, trusted_origins), bot_token)
    chat = SlackChat(workspace, Pictures(files), clock)
    background = Background(patience)
    app = _bolt(workspace, bot_token, Listeners(desk, workspace, chat, files, zone, background), command)
    socket = SocketMode(app, app_token) if app_token else None

    async def door(request: web.Request) -> gate.Payload:
        return await gate.admitted(request, signing_secret, clock())

    return Slack(app, chat, workspace, background, socket, door)


def _bolt(workspace: Workspace, token: str, listeners: Listeners, command: str) -> AsyncApp:
    async def authorize(team_id: str | None) -> AuthorizeResult:
        me = await workspace.me()
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_id=me.bot, bot_user_id=me.user, bot_token=token)

    app = AsyncApp(
        name="slack_bolt.app",
        logger=quiet(),
        client=workspace.client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,  # the door in front did, and without answering 500
    )
    app.error(listeners.on_error)
    app.action(EVERYTHING)(listeners.on_action)
    app.view_submission(EVERYTHING)(listeners.on_view)
    app.message_shortcut(EVERYTHING)(listeners.on_shortcut)
    app.command(command)(listeners.on_command)
    app.event(EVERYTHING)(listeners.on_event)
    return app
