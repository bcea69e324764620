"""The platforms of a service, each built from its settings; one without credentials is off."""

from __future__ import annotations

import logging
from collections.abc import Collection
from contextlib import AsyncExitStack
from typing import TypeAlias

import aiohttp

from adapters.fetch import Fetcher
from adapters.slack import app as slack
from adapters.teams import app as teams
from adapters.teams.credentials import PUBLIC
from adapters.teams.gate import require_loopback
from adapters.teams.hosts import SERVICE_HOSTS
from bot.errors import ConfigurationError
from bot.ports.chat import Desk
from bot.settings import Settings

log = logging.getLogger(__name__)

#: Where Teams keeps what people send to a bot and what it sends them: SharePoint, OneDrive for work included.
TEAMS_FILE_HOSTS = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us")

Platform: TypeAlias = slack.Slack | teams.Teams


async def platforms(
    settings: Settings, desk: Desk, stack: AsyncExitStack, trusted_origins: Collection[str]
) -> dict[str, Platform]:
    """By name, open until the stack is closed. Raises ConfigurationError when there is none."""
    built: dict[str, Platform] = {}
    if settings.slack.bot_token.get_secret_value():
        built["slack"] = await _slack(settings, desk, stack, trusted_origins)
    else:
        log.info("Slack is off: TASKINGS_SLACK__BOT_TOKEN is not set")
    if settings.teams.app_id or settings.teams.local_client:
        built["teams"] = await _teams(settings, desk, stack, trusted_origins)
    else:
        log.info("Teams is off: TASKINGS_TEAMS__APP_ID is not set")
    if not built:
        raise ConfigurationError(
            "Neither platform is set up: set TASKINGS_SLACK__BOT_TOKEN and TASKINGS_SLACK__SIGNING_SECRET, or "
            "TASKINGS_TEAMS__APP_ID, TASKINGS_TEAMS__APP_PASSWORD and TASKINGS_TEAMS__TENANT_IDS."
        )
    return built


async def _slack(
    settings: Settings, desk: Desk, stack: AsyncExitStack, trusted_origins: Collection[str]
) -> slack.Slack:
    built = slack.build(
        bot_token=settings.slack.bot_token.get_secret_value(),
        signing_secret=settings.slack.signing_secret.get_secret_value(),
        app_token=settings.slack.app_token.get_secret_value(),
        api_url=settings.slack.api_url,
        desk=desk,
        zone=settings.zone,
        trusted_origins=trusted_origins,
    )
    await built.start()
    stack.push_async_callback(built.stop)
    return built


async def _teams(
    settings: Settings, desk: Desk, stack: AsyncExitStack, trusted_origins: Collection[str]
) -> teams.Teams:
    if settings.teams.local_client:
        require_loopback(settings.http_host)
    files = Fetcher(TEAMS_FILE_HOSTS, trusted_origins=frozenset(trusted_origins))
    session = await stack.enter_async_context(aiohttp.ClientSession())
    built = teams.build(
        session=session,
        desk=desk,
        fetch=files.open,
        upload=files.send,
        zone=settings.zone,
        app_id=settings.teams.app_id,
        app_password=settings.teams.app_password.get_secret_value(),
        tenant_ids=settings.teams.tenant_ids,
        service_hosts=settings.teams.service_hosts or SERVICE_HOSTS,
        openid_metadata_url=settings.teams.openid_metadata_url or PUBLIC.metadata_url,
        local_client=settings.teams.local_client,
    )
    stack.push_async_callback(built.settle)
    return built
