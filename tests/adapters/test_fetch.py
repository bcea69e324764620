"""Downloads of addresses that somebody else chose."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from ipaddress import ip_address

import pytest
from aiohttp import web
from yarl import URL

from adapters.fetch import Fetcher, _is_public
from bot.errors import InvalidInput, Retryable

HOSTS = ("files.slack.com", ".sharepoint.com")


@dataclass(slots=True)
class Host:
    """A server of files that remembers who came with which token."""

    origin: str = ""
    tokens: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.tokens.append(request.headers.get("Authorization", ""))
        match request.match_info["what"]:
            case "file":
                return web.Response(body=b"abc")
            case "to":
                return web.Response(status=302, headers={"Location": request.query["url"]})
            case "status":
                return web.Response(status=int(request.query["code"]))
            case "packed":
                return web.Response(body=gzip.compress(b"abc"), headers={"Content-Encoding": "gzip"})
            case "declared":
                return web.Response(body=b"x" * 2_000)
            case "chunked":
                return await self._chunks(request, 200, 0.0)
            case "drip":
                return await self._chunks(request, 1_000, 0.05)
            case _:
                request.transport.abort()  # type: ignore[union-attr]
                return web.Response()

    async def _chunks(self, request: web.Request, count: int, pause: float) -> web.StreamResponse:
        answer = web.StreamResponse()
        answer.enable_chunked_encoding()
        await answer.prepare(request)
        for _ in range(count):
            await answer.write(b"x" * 10)
            await asyncio.sleep(pause)
        return answer


async def started() -> tuple[Host, web.AppRunner]:
    host = Host()
    app = web.Application()
    app.router.add_get("/{what}", host.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return host, runner


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    host, runner = await started()
    yield host
    await runner.cleanup()


def fetcher(host: Host, max_bytes: int = 1_000, seconds: float = 5.0) -> Fetcher:
    return Fetcher(HOSTS, HOSTS[:1], frozenset({host.origin}), max_bytes, seconds)


async def fetched(fetch: Fetcher, url: str) -> bytes:
    return b"".join([chunk async for chunk in fetch.open(url, "secret")])


async def test_a_file_is_streamed_from_a_trusted_stand_in(host: Host) -> None:
    assert await fetched(fetcher(host), f"{host.origin}/file") == b"abc"
    assert host.tokens == ["Bearer secret"]


HOSTILE = [
    "",
    "files.slack.com/x",
    "/x",
    "ftp://files.slack.com/x",
    "file:///etc/passwd",
    "http://files.slack.com/x",
    "https://files.slack.com:8443/x",
    "https://files.slack.com@evil.test/x",
    "https://user@files.slack.com/x",
    "https://:pw@files.slack.com/x",
    "https://files.slack.com.evil.test/x",
    "https://evilfiles.slack.com/x",
    "https://slack.com/x",
    "https://sharepoint.com/x",
    "https://evil-sharepoint.com/x",
    "https://evil.test/files.slack.com",
    "https://evil.test#files.slack.com",
    "https://evil.test\\@files.slack.com/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[fe80::1%25eth0]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://localhost/x",
    "http://127.0.0.1:9/x",
    "https://[::1",
    "https://files.slack.com:notaport/x",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("url", HOSTILE)
async def test_an_address_elsewhere_is_refused(host: Host, url: str) -> None:
    with pytest.raises(InvalidInput):
        await fetched(fetcher(host), url)
    assert host.tokens == []


@pytest.mark.parametrize("url", [url for url in HOSTILE if ":" in url])
async def test_a_redirect_elsewhere_is_refused(host: Host, url: str) -> None:
    with pytest.raises(InvalidInput):
        await fetched(fetcher(host), str(URL(f"{host.origin}/to") % {"url": url}))


@pytest.mark.parametrize("literal", ["127.0.0.1", "8.8.8.8", "::1", "::ffff:127.0.0.1"])
async def test_an_ip_address_is_refused_even_if_somebody_allowed_it(literal: str) -> None:
    fetch = Fetcher((literal, f"[{literal}]"))
    with pytest.raises(InvalidInput):
        await fetched(fetch, f"https://[{literal}]/x" if ":" in literal else f"https://{literal}/x")


async def test_a_name_that_leads_inside_is_refused_before_anything_is_sent() -> None:
    """`localhost` stands for any allowed name whose owner points it at a private address."""
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    fetch = Fetcher(("localhost",), ("localhost",))
    with pytest.raises(InvalidInput, match="uploaded to the chat"):
        await fetched(fetch, "https://localhost/x")
    with pytest.raises(InvalidInput):
        await fetched(fetch, f"https://localhost:{port}/x")
    server.close()
    await server.wait_closed()
    assert heard == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::7f00:1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_addresses_inside_are_told_from_those_outside(address: str, public: bool) -> None:
    assert _is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    ("url", "given"),
    [
        ("https://files.slack.com/x", True),
        ("https://FILES.slack.com/x", True),
        ("https://contoso.sharepoint.com/x", False),
        ("https://slack.com/x", False),
        ("https://files.slack.com.evil.test/x", False),
        ("http://files.slack.com/x", False),
    ],
)
def test_the_token_goes_to_the_named_hosts_alone(url: str, given: bool) -> None:
    headers = Fetcher(HOSTS, HOSTS[:1]).headers(URL(url), "secret")
    assert ("Authorization" in headers) is given


async def test_a_redirect_is_followed_within_what_is_allowed(host: Host) -> None:
    assert await fetched(fetcher(host), f"{host.origin}/to?url=/file") == b"abc"


async def test_a_redirect_to_another_stand_in_is_not_followed(host: Host) -> None:
    other, runner = await started()
    with pytest.raises(InvalidInput):
        await fetched(fetcher(host), f"{host.origin}/to?url={other.origin}/file")
    await runner.cleanup()
    assert other.tokens == []


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_file_is_sent_to_no_address_elsewhere(host: Host, url: str) -> None:
    with pytest.raises(InvalidInput, match="own hosts alone"):
        await fetcher(host).send("PUT", url, b"secret", {})


async def test_a_file_is_sent_without_a_token_and_no_redirect_is_followed(host: Host) -> None:
    other, runner = await started()
    with pytest.raises(InvalidInput, match="ask for it again"):
        await fetcher(host).send("GET", f"{host.origin}/to?url={other.origin}/file", b"secret", {})
    await runner.cleanup()
    assert other.tokens == []
    assert host.tokens == [""]


async def test_redirects_in_circles_end(host: Host) -> None:
    url = "/file"
    for _ in range(7):
        url = str(URL("/to") % {"url": url})
    with pytest.raises(InvalidInput, match="circles"):
        await fetched(fetcher(host), host.origin + url)
    assert len(host.tokens) == 6


@pytest.mark.parametrize("what", ["declared", "chunked"])
async def test_a_file_that_is_too_large_is_refused(host: Host, what: str) -> None:
    with pytest.raises(InvalidInput, match="larger than"):
        await fetched(fetcher(host), f"{host.origin}/{what}")


async def test_a_file_of_exactly_the_limit_is_taken(host: Host) -> None:
    assert len(await fetched(fetcher(host, 2_000), f"{host.origin}/chunked")) == 2_000


async def test_a_file_that_drips_is_given_up(host: Host) -> None:
    with pytest.raises(Retryable, match="too long"):
        await fetched(fetcher(host, 100_000, seconds=0.3), f"{host.origin}/drip")


@pytest.mark.parametrize("what", ["status?code=404", "status?code=403", "status?code=204", "packed"])
async def test_an_answer_that_is_not_the_file_is_refused(host: Host, what: str) -> None:
    with pytest.raises(InvalidInput):
        await fetched(fetcher(host), f"{host.origin}/{what}")


@pytest.mark.parametrize("what", ["status?code=500", "status?code=503", "status?code=429", "abort"])
async def test_a_host_that_fails_may_be_asked_again(host: Host, what: str) -> None:
    with pytest.raises(Retryable):
        await fetched(fetcher(host), f"{host.origin}/{what}")


async def test_nobody_listening_may_be_asked_again() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(Retryable):
            await fetched(Fetcher((), (), frozenset({origin})), f"{origin}/x")
