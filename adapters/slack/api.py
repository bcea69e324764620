"""Calls to Slack's Web API, their failures sorted by what a caller does about them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Mapping
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import DeliveryError, Retryable, SurfaceGone

logger = logging.getLogger(__name__)

#: The conversation, the message, the person or the file is not there any more, or the bot is not.
GONE = frozenset(
    {
        "account_disabled",
        "cannot_dm_bot",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "file_deleted",
        "file_not_found",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "not_found",
        "not_in_channel",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
        "users_not_found",
    }
)
PAUSE = timedelta(seconds=30)  # where Slack says "too many" without saying how long
#: For what only an administrator or a new release mends: a missing scope, a revoked token, blocks that Slack refuses.
LONG = timedelta(minutes=15)


def web_client(token: str, api_url: str, timeout: float) -> AsyncWebClient:
    """A client that retries nothing: the SDK's own retries post a message twice. `timeout` is in seconds."""
    client = AsyncWebClient(token, api_url, timeout=max(1, int(timeout)), logger=quiet(), retry_handlers=[])
    if not api_url.startswith("https:"):
        client.proxy = None  # the SDK takes one from the environment; a stand-in on this machine is not behind it
    return client


def quiet() -> logging.Logger:
    """A logger for Slack's libraries, which write whole requests into theirs."""
    silent = logging.getLogger("slack_bolt.quiet")
    silent.setLevel(logging.CRITICAL)
    return silent


async def call(pending: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """The answer to a call. Raises DeliveryError, and nothing else for whatever Slack does."""
    try:
        answer = await pending
    except SlackApiError as error:
        raise translate(error) from error
    # The last two are what the SDK raises for an answer that is no JSON object, such as a proxy's.
    except (aiohttp.ClientError, TimeoutError, SlackClientError, AttributeError, ValueError) as error:
        raise Retryable("Slack did not answer.") from error
    if not isinstance(answer.data, dict):
        raise Retryable("Slack did not answer.")
    return answer


def translate(error: SlackApiError) -> DeliveryError:
    """Slack's refusal as what to do about it."""
    # An answer that is no JSON comes as the bare HTTP response, or with text for data.
    answer = getattr(error.response, "data", None)
    data: Mapping[str, Any] = answer if isinstance(answer, dict) else {}
    status = int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))
    code = str(data.get("error") or f"http_{status}")
    if code in GONE:
        return SurfaceGone(code)
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return Retryable(code, _wait(error.response.headers.get("Retry-After")))
    if status >= 500 or code in {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}:
        return Retryable(code)
    details = (data.get("response_metadata") or {}).get("messages", [])
    logger.error("Slack refused %s: %s %s", getattr(error.response, "api_url", ""), code, details)
    return Retryable(code, LONG)


def _wait(header: str | None) -> timedelta:
    return timedelta(seconds=int(header)) if header and header.isdecimal() else PAUSE
