"""Files that people upload to Slack, as streams for the file store; and files on their way to somebody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from adapters.fetch import Fetcher
from adapters.slack.workspace import Workspace
from bot.errors import InvalidInput, SurfaceGone
from bot.ports.chat import IncomingFile


def fetcher(api_url: str, trusted_origins: Iterable[str] = ()) -> Fetcher:
    """Downloads from the workspace's own file host: files.slack.com, files.slack-gov.com."""
    host = f"files.{urlsplit(api_url).hostname}"
    return Fetcher((host,), token_hosts=(host,), trusted_origins=frozenset(trusted_origins))


class SlackFiles:
    def __init__(self, workspace: Workspace, fetch: Fetcher, token: str) -> None:
        self._workspace = workspace
        self._fetch = fetch
        self._token = token

    def incoming(self, file: Mapping[str, Any]) -> IncomingFile:
        """A file object of Slack's, or only its id, as something to store. Nothing is fetched yet."""
        name = str(file.get("name") or file.get("title") or "file")
        return IncomingFile(name, lambda: self._stream(file))

    async def send(self, channel: str, thread: str, name: str, content: bytes) -> None:
        """Put a file into a conversation, in a thread unless that is empty. Raises DeliveryError, InvalidInput.

        A try that is cut off leaves at most a file that is shown nowhere.
        """
        await self._workspace.share_file(await self._upload(name, content), name, channel, thread)

    async def keep(self, name: str, content: bytes) -> str:
        """Upload a file that is shown nowhere yet, and return its id. Raises DeliveryError, InvalidInput."""
        file = await self._upload(name, content)
        await self._workspace.share_file(file, name)
        return file

    async def type_of(self, file: str) -> str:
        """The media type of an uploaded file, empty until Slack has looked at it. Raises DeliveryError."""
        return str((await self._workspace.file(file)).get("mimetype") or "")

    async def _upload(self, name: str, content: bytes) -> str:
        url, file = await self._workspace.upload_url(name, len(content))
        await self._fetch.send("POST", url, content, {"Content-Type": "application/octet-stream"})
        return file

    async def _stream(self, file: Mapping[str, Any]) -> AsyncIterator[bytes]:
        whole = file if file.get("url_private_download") else await self._described(str(file.get("id", "")))
        if whole.get("is_external") or not whole.get("url_private_download"):
            raise InvalidInput("Upload the file itself: a link to a file elsewhere cannot be kept.")
        async for chunk in self._fetch.open(str(whole["url_private_download"]), self._token):
            yield chunk

    async def _described(self, file_id: str) -> Mapping[str, Any]:
        try:
            return await self._workspace.file(file_id)
        except SurfaceGone as error:
            raise InvalidInput("The file is no longer there, or the app may not read it.") from error
