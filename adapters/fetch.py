"""Files to and from the addresses that a platform names: only its own hosts, never inside our network."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import aiohttp
from yarl import URL

from bot.errors import InvalidInput, Retryable

MAX_REDIRECTS = 5
CHUNK = 64 * 1024
MEGABYTE = 1024 * 1024
#: IPv6 networks that carry an IPv4 address in their last 32 bits: compatible, mapped, NAT64.
CARRIERS = tuple(IPv6Network(network) for network in ("::/96", "::ffff:0:0/96", "64:ff9b::/96"))
NOT_THERE = "Files are sent to the platform's own hosts alone; ask for the file again."
TAKEN = frozenset({200, 201, 202})
REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: family, type, protocol, canonical name, socket address: what `getaddrinfo` gives
AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]


class _PrivateAddress(OSError):
    """The name leads into a private network."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """`hosts` and `token_hosts` are exact names, or `.suffix` for any name below it.

    `trusted_origins` like http://127.0.0.1:4567 are taken as they are, http and private addresses included: a local
    stand-in. `max_bytes` is of one file, `seconds` of the whole download with its redirects.
    """

    hosts: tuple[str, ...]
    token_hosts: tuple[str, ...] = ()
    trusted_origins: frozenset[str] = field(default_factory=frozenset)
    max_bytes: int = 25 * MEGABYTE
    seconds: float = 60.0

    async def open(self, url: str, token: str = "") -> AsyncIterator[bytes]:
        """Stream what is at `url`; `token` goes to `token_hosts` alone.

        Raises InvalidInput for an address, an answer or a size that is refused, Retryable when the host fails.
        """
        size = 0
        try:
            async with self._answer(self._checked(url), token) as answer:
                self._check_size(answer.content_length or 0)
                async for chunk in answer.content.iter_chunked(CHUNK):
                    size += len(chunk)
                    self._check_size(size)
                    yield chunk
        except TimeoutError as error:
            raise Retryable("The file took too long to download.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise Retryable("The file could not be downloaded just now.") from error

    async def send(self, method: str, url: str, content: bytes, headers: Mapping[str, str]) -> None:
        """Upload to an address that the platform gave for this once; it takes no token and redirects nowhere.

        Raises InvalidInput for an address that is refused, or that no longer takes anything, Retryable when it fails.
        """
        checked = self._place(url)
        until = asyncio.get_running_loop().time() + self.seconds
        try:
            async with (
                self._session(checked, until) as session,
                session.request(
                    method, checked, data=BytesIO(content), headers=headers, allow_redirects=False
                ) as answer,
            ):
                if answer.status == 429 or answer.status >= 500:
                    raise Retryable("The file could not be uploaded just now.")
                if answer.status not in TAKEN:
                    raise InvalidInput("The file could not be uploaded: the place for it is gone; ask for it again.")
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, _PrivateAddress):
                raise InvalidInput(NOT_THERE) from error
            raise Retryable("The file could not be uploaded just now.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise Retryable("The file could not be uploaded just now.") from error

    def headers(self, url: URL, token: str) -> dict[str, str]:
        """What is sent along to an address, the token only where it belongs."""
        known = _matches(url, self.token_hosts) and url.scheme == "https"
        own = token and (known or str(url.origin()) in self.trusted_origins)
        return {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {token}"} if own else {})

    @asynccontextmanager
    async def _answer(self, url: URL, token: str) -> AsyncIterator[aiohttp.ClientResponse]:
        """The answer of the last redirect; each hop is checked before anything is sent to it."""
        until = asyncio.get_running_loop().time() + self.seconds
        for _ in range(MAX_REDIRECTS + 1):
            async with self._session(url, until) as session, self._get(session, url, token) as answer:
                if answer.status not in REDIRECTS:
                    _check_answer(answer)
                    yield answer
                    return
                url = self._checked(answer.headers.get("Location", ""), base=url)
        raise InvalidInput("The file's address leads in circles.")

    def _session(self, url: URL, until: float) -> aiohttp.ClientSession:
        trusted = str(url.origin()) in self.trusted_origins
        left = max(until - asyncio.get_running_loop().time(), 0.001)
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(socket_factory=None if trusted else _public_socket),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=left),
            auto_decompress=False,
        )

    @asynccontextmanager
    async def _get(self, session: aiohttp.ClientSession, url: URL, token: str) -> AsyncIterator[aiohttp.ClientResponse]:
        headers = self.headers(url, token)
        try:
            async with session.get(url, headers=headers, allow_redirects=False) as answer:
                yield answer
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, _PrivateAddress):
                raise _refused() from error
            raise

    def _place(self, url: str) -> URL:
        try:
            return self._checked(url)
        except InvalidInput as error:
            raise InvalidInput(NOT_THERE) from error

    def _checked(self, url: str, base: URL | None = None) -> URL:
        """The address as the client will read it, so that no other reading of it can slip through."""
        try:
            parsed = base.join(URL(url)) if base else URL(url)
            trusted = parsed.absolute and str(parsed.origin()) in self.trusted_origins
        except ValueError as error:
            raise _refused() from error
        public = parsed.scheme == "https" and parsed.port == 443 and parsed.user is None and parsed.password is None
        if not trusted and not (public and not _is_literal(parsed) and _matches(parsed, self.hosts)):
            raise _refused()
        return parsed

    def _check_size(self, size: int) -> None:
        if size > self.max_bytes:
            raise InvalidInput(f"The file is larger than {self.max_bytes // MEGABYTE} MB.")


def _check_answer(answer: aiohttp.ClientResponse) -> None:
    if answer.status == 429 or answer.status >= 500:
        raise Retryable("The file could not be downloaded just now.")
    if answer.status != 200:
        raise InvalidInput("The file is no longer there, or the app may not read it.")
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise InvalidInput("The file came compressed in a way that was not asked for.")


def _refused() -> InvalidInput:
    return InvalidInput("Only files uploaded to the chat itself can be taken.")


def _matches(url: URL, hosts: tuple[str, ...]) -> bool:
    name = (url.raw_host or "").lower()
    return any(name.endswith(host) if host.startswith(".") else name == host for host in hosts)


def _is_literal(url: URL) -> bool:
    try:
        ip_address((url.raw_host or "").strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


def _public_socket(info: AddressInfo) -> socket.socket:
    """A socket for the address about to be connected to: the one place that no name, literal or rebinding gets past."""
    family, kind, protocol, _, address = info
    if not _is_public(ip_address(str(address[0]).partition("%")[0])):
        raise _PrivateAddress("private address")
    return socket.socket(family, kind, protocol)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        if any(address in network for network in CARRIERS):
            return _is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour:
            return _is_public(address.sixtofour)
    return address.is_global and not address.is_multicast
