"""Files uploaded to Slack, and what pretends to be one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.slack.api import web_client
from adapters.slack.files import SlackFiles, fetcher
from adapters.slack.workspace import Workspace
from bot.demo.slack_world import Fault, SlackWorld
from bot.errors import InvalidInput, Retryable


@pytest.fixture
async def files(world: SlackWorld) -> AsyncIterator[SlackFiles]:
    workspace = Workspace(web_client(world.bot_token, world.api_url, 1.0), 1.0)
    workspace.open()
    yield SlackFiles(workspace, fetcher(world.api_url, {world.url}), world.bot_token)
    await workspace.close()


async def content(files: SlackFiles, described: dict[str, Any]) -> bytes:
    return b"".join([chunk async for chunk in files.incoming(described).open()])


async def test_an_uploaded_file_is_read_with_the_bots_token(files: SlackFiles, world: SlackWorld) -> None:
    described = world.add_file("U1", "a b.txt", b"abc")
    assert files.incoming(described).name == "a b.txt"
    assert await content(files, described) == b"abc"
    assert world.count("files.info") == 0


async def test_a_file_of_which_only_the_id_came_is_asked_for(files: SlackFiles, world: SlackWorld) -> None:
    described = world.add_file("U1", "a.txt", b"abc")
    assert await content(files, {"id": described["id"], "file_access": "check_file_info"}) == b"abc"


async def test_a_file_that_is_gone_is_refused_in_words(files: SlackFiles, world: SlackWorld) -> None:
    described = world.add_file("U1", "a.txt", b"abc")
    world.files.clear()
    for gone in (described, {"id": described["id"]}, {}):
        with pytest.raises(InvalidInput, match="no longer there"):
            await content(files, gone)


async def test_a_link_to_a_file_elsewhere_is_refused(files: SlackFiles, world: SlackWorld) -> None:
    described = world.add_file("U1", "a.txt", b"abc") | {"is_external": True}
    with pytest.raises(InvalidInput, match="Upload the file itself"):
        await content(files, described)


@pytest.mark.parametrize(
    "url",
    ["https://evil.test/a.txt", "http://127.0.0.1:1/a.txt", "https://[::1]/a", "https://files.slack.com/a", "x"],
)
async def test_an_address_that_is_not_of_this_workspaces_slack_is_refused(
    files: SlackFiles, world: SlackWorld, url: str
) -> None:
    described = world.add_file("U1", "a.txt", b"abc") | {"url_private_download": url}
    with pytest.raises(InvalidInput):
        await content(files, described)


async def test_slacks_sign_in_page_is_not_taken_for_the_file(world: SlackWorld) -> None:
    """Slack answers whoever may not read a file with a redirect to a page, on another host than the files'."""
    described = world.add_file("U1", "a.txt", b"abc")
    files = fetcher(world.api_url, {world.url})
    with pytest.raises(InvalidInput):
        _ = [chunk async for chunk in files.open(described["url_private_download"], "another token")]


async def test_a_slack_that_fails_may_be_asked_again(files: SlackFiles, world: SlackWorld) -> None:
    world.fail("files", Fault(503))
    with pytest.raises(Retryable):
        await content(files, world.add_file("U1", "a.txt", b"abc"))


def test_govslack_has_its_own_file_host() -> None:
    assert fetcher("https://slack-gov.com/api/").token_hosts == ("files.slack-gov.com",)
    assert fetcher("https://slack.com/api/").token_hosts == ("files.slack.com",)
