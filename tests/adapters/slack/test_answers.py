"""Answers of something that is not Slack: a proxy, a login page, half a document."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.slack.api import LONG, web_client
from adapters.slack.chat import SlackChat
from adapters.slack.files import SlackFiles, fetcher
from adapters.slack.pictures import Pictures
from adapters.slack.workspace import Workspace
from bot.errors import Retryable
from cards.model import Card


@pytest.fixture
async def origin() -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        status, kind, body = request.match_info["status"], request.match_info["kind"], request.match_info["body"]
        return web.Response(status=int(status), text=body, content_type=kind.replace("-", "/"))

    app = web.Application()
    app.router.add_post("/{status}/{kind}/{body}/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize("status", [200, 404, 502])
@pytest.mark.parametrize("kind", ["text-html", "text-plain", "application-json", "application-gzip"])
@pytest.mark.parametrize("body", ["sign-in", "null", "[]", "{}", "{"])
async def test_an_answer_that_is_not_slacks_is_a_failed_delivery(
    origin: str, status: int, kind: str, body: str
) -> None:
    workspace = Workspace(web_client("t", f"{origin}/{status}/{kind}/{body}/", 1.0), 1.0)
    workspace.open()
    with pytest.raises(Retryable) as caught:
        await SlackChat(workspace, Pictures(SlackFiles(workspace, fetcher(origin), "t")), lambda: 0.0).post(
            "C1", Card("T-1", (), "T-1"), "k"
        )
    assert caught.value.after in {None, LONG}
    await workspace.close()


async def test_nobody_listening_is_a_failed_delivery() -> None:
    workspace = Workspace(web_client("t", "http://127.0.0.1:9/", 1.0), 1.0)
    workspace.open()
    with pytest.raises(Retryable):
        await workspace.me()
    await workspace.close()
