"""Malware scanning by clamd, where one is configured: what cannot be scanned is not let in."""

from __future__ import annotations

from typing import IO

from aioclamd import ClamdAsyncClient, ClamdError

from bot.errors import InvalidInput

SECONDS = 60.0


class Clamd:
    """`Scanner` over a clamd at `host:port`."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self._client = ClamdAsyncClient(host, int(port), timeout=SECONDS)

    async def scan(self, name: str, file: IO[bytes]) -> None:
        try:
            verdict, found = (await self._client.instream(file))["stream"]
        except (ClamdError, OSError, KeyError) as error:
            raise InvalidInput(
                f"Files can't be checked for malware right now, so {name} was not taken; send it again in a while.",
                "files",
            ) from error
        if verdict != "OK":
            raise InvalidInput(f"{name} is taken for malware ({found}), so it is not taken.", "files")
