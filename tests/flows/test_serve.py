"""The service put together: what is refused at start, and who answers."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from adapters.anchors import read_anchors
from bot.compose import service
from bot.domain.organization_messages import OPERATOR
from bot.errors import ConfigurationError
from bot.services.directory import sample_directory
from bot.settings import Settings, Teams
from storage.archive import SqlArchive


def settings(folder: Path, **values: object) -> Settings:
    fields = {"database_url": f"sqlite+aiosqlite:///{folder}/t.db", "files_url": (folder / "files").as_uri()}
    return Settings(**(fields | values))  # type: ignore[arg-type]


def now() -> datetime:
    return datetime.now(UTC)


LOCAL = Teams(local_client=True)


async def test_with_neither_platform_it_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="TASKINGS_SLACK__BOT_TOKEN"):
        async with service(settings(tmp_path), now):
            pass


async def test_without_authentication_it_listens_on_this_machine_alone(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"127\.0\.0\.1"):
        async with service(settings(tmp_path, teams=LOCAL, http_host="0.0.0.0"), now):
            pass


async def test_teams_with_an_app_id_and_no_tenant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="TENANT_IDS"):
        async with service(settings(tmp_path, teams=Teams(app_id="app")), now):
            pass


async def test_a_second_service_on_one_sqlite_file_is_refused(tmp_path: Path) -> None:
    async with service(settings(tmp_path, teams=LOCAL), now):
        with pytest.raises(ConfigurationError, match="already"):
            async with service(settings(tmp_path, teams=LOCAL), now):
                pass


async def test_it_anchors_records_where_it_is_told_to(tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    async with service(settings(tmp_path, teams=LOCAL, anchors_file=str(anchors)), now) as running:
        await running.desk.handle.organize(sample_directory(), OPERATOR, "command line")
        for work in running.rounds:
            await work()
        heads = await SqlArchive(running.database).heads()
    assert [(a.version, a.head) for a in read_anchors(anchors).by_stream["organization"]] == [heads["organization"]]


async def test_it_says_how_it_is_and_mounts_what_is_on(tmp_path: Path) -> None:
    async with service(settings(tmp_path, teams=LOCAL), now) as running, TestClient(TestServer(running.app)) as client:
        assert (await client.get("/healthz")).status == 200
        assert await (await client.get("/readyz")).json() == {"ready": True}
        assert (await client.post("/api/messages", data=b"{")).status == 400
        assert (await client.post("/slack/events")).status == 404


async def test_without_its_database_it_is_up_and_not_ready(tmp_path: Path) -> None:
    async with service(settings(tmp_path, teams=LOCAL), now) as running, TestClient(TestServer(running.app)) as client:
        await running.database.close()
        (tmp_path / "t.db").unlink()
        (tmp_path / "t.db").mkdir()
        assert (await client.get("/healthz")).status == 200
        assert (await client.get("/readyz")).status == 503
        drivers = [thread for thread in threading.enumerate() if "_connection_worker_thread" in thread.name]
        await asyncio.gather(*(asyncio.to_thread(thread.join, 5) for thread in drivers))  # they speak up last of all


async def test_told_to_end_it_closes_everything_and_leaves_without_an_error(tmp_path: Path) -> None:
    environment = os.environ | {
        "TASKINGS_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/t.db",
        "TASKINGS_FILES_URL": (tmp_path / "files").as_uri(),
        "TASKINGS_TEAMS__LOCAL_CLIENT": "true",
        "TASKINGS_HTTP_HOST": "127.0.0.1",
        "TASKINGS_HTTP_PORT": "0",
    }
    command = (sys.executable, "-m", "bot", "serve")
    process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=asyncio.subprocess.PIPE)
    assert process.stderr is not None
    said = b""
    while b"listening on" not in said:
        said += await process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    rest = await asyncio.wait_for(process.stderr.read(), 30)
    assert await process.wait() == 0
    assert b"Traceback" not in rest
