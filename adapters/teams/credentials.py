"""The bot's own token: fetched without blocking and kept, where botbuilder asks msal, synchronously, every turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

import aiohttp
from yarl import URL

from adapters.teams.once import Once
from bot.errors import Retryable

RENEW_BEFORE = 300.0  # seconds before it expires
RETRY_AFTER = timedelta(seconds=30)
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Cloud:
    """Who signs what Teams sends, who gives the bot its token, and for what."""

    issuer: str
    metadata_url: str
    login_url: str
    scope: str
    tenant: str  # of the login, for a bot that serves several tenants

    def token_url(self, tenants: tuple[str, ...]) -> str:
        """A bot for one tenant logs in there; for several, at the Bot Framework's own."""
        return f"{self.login_url}/{tenants[0] if len(tenants) == 1 else self.tenant}/oauth2/v2.0/token"


PUBLIC = Cloud(
    issuer="https://api.botframework.com",
    metadata_url="https://login.botframework.com/v1/.well-known/openidconfiguration",
    login_url="https://login.microsoftonline.com",
    scope="https://api.botframework.com/.default",
    tenant="botframework.com",
)
GOVERNMENT = Cloud(  # GCC High and DoD; GCC uses the public one
    issuer="https://api.botframework.us",
    metadata_url="https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
    login_url="https://login.microsoftonline.us",
    scope="https://api.botframework.us/.default",
    tenant="MicrosoftServices.onmicrosoft.us",
)


def cloud_of(metadata_url: str) -> Cloud:
    """The cloud that a metadata address belongs to: those of the US government end in .us."""
    return GOVERNMENT if (URL(metadata_url).host or "").endswith(".us") else PUBLIC


class Tokens:
    """The access token for the Bot Connector, fetched once for everybody who waits for it."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        app_id: str,
        app_password: str,
        scope: str,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._session, self._url, self._clock = session, url, clock
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": app_password,
            "scope": scope,
        }
        self._token = ""
        self._until = float("-inf")
        self._fetch_once = Once(self._fetch)

    async def get(self) -> str:
        """A token that still holds. Raises Retryable."""
        if self._clock() >= self._until:
            await self._fetch_once()
        return self._token

    def forget(self) -> None:
        """The connector did not accept it: fetch another next time."""
        self._until = float("-inf")

    async def _fetch(self) -> None:
        now = self._clock()
        try:
            async with self._session.post(self._url, data=self._form, timeout=FETCH_TIMEOUT) as response:
                response.raise_for_status()
                told = await response.json(content_type=None)
                token, lasts = str(told["access_token"]), float(told["expires_in"])
        except (aiohttp.ClientError, TimeoutError, ValueError, LookupError, TypeError) as error:
            raise Retryable(f"Microsoft gave the bot no token ({error}).", RETRY_AFTER) from error
        self._token, self._until = token, now + lasts - RENEW_BEFORE
