"""A real clamd with a signature of our own: what it finds is refused, and without it nothing is let in."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from adapters.scanner import Clamd
from bot.errors import InvalidInput

CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
FOUND = b"a pattern that only this test takes for malware"
#: Taken for malware wherever it stands in a file of any kind.
SIGNATURE = f"Test.Pattern:0:*:{FOUND.hex()}\n"


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


@pytest.fixture
async def clamd(tmp_path: Path) -> AsyncIterator[str]:
    if CLAMD is None:
        assert "CI" not in os.environ, "clamav-daemon is not installed"
        pytest.skip("Debian's clamav-daemon is not installed")
    (tmp_path / "own.ndb").write_text(SIGNATURE)
    port = free_port()
    config = tmp_path / "clamd.conf"
    config.write_text(f"Foreground yes\nDatabaseDirectory {tmp_path}\nTCPAddr 127.0.0.1\nTCPSocket {port}\n")
    daemon = await asyncio.create_subprocess_exec(
        "stdbuf",
        "-oL",
        CLAMD,
        "--config-file",
        str(config),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert daemon.stdout is not None
    try:
        async with asyncio.timeout(60):
            while not (line := await daemon.stdout.readline()).startswith(b"Self checking"):  # the last it says
                assert line, "clamd ended before it listened"
        yield f"127.0.0.1:{port}"
    finally:
        daemon.terminate()
        await daemon.communicate()


async def test_what_clamd_finds_is_refused_by_name(clamd: str) -> None:
    with pytest.raises(InvalidInput, match=r"beds\.pdf is taken for malware \(Test\.Pattern.*\)") as refused:
        await Clamd(clamd).scan("beds.pdf", BytesIO(b"%PDF-1.7\n" + FOUND))
    assert refused.value.field == "files"
    await Clamd(clamd).scan("beds.pdf", BytesIO(b"%PDF-1.7\n412 beds" * 100_000))


async def test_without_an_answer_nothing_is_let_in() -> None:
    with pytest.raises(InvalidInput, match=r"can't be checked for malware right now, so beds\.pdf was not taken"):
        await Clamd(f"127.0.0.1:{free_port()}").scan("beds.pdf", BytesIO(b"412 beds"))
