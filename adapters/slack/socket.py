"""Socket Mode: Slack's requests over a connection that we open, where it cannot reach us."""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)  # below, the SDK writes whole messages


class SocketMode:
    """Connects again by itself for as long as it is open."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._app = app
        self._app_token = app_token
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to connect; Slack being away keeps nobody from starting."""
        self._handler = AsyncSocketModeHandler(self._app, self._app_token, logger=logger)
        self._handler.client.proxy = self._app.client.proxy
        self._connecting = asyncio.create_task(self._handler.connect_async())  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        if self._handler is None or self._connecting is None:
            return
        self._connecting.cancel()
        await asyncio.wait({self._connecting})
        await self._handler.close_async()  # type: ignore[no-untyped-call]
