"""The file store: encrypted, under keys that rotate; what is missing or altered is named and never served."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

import pytest

from adapters.files import ObjectFiles
from adapters.vault import MAGIC, Keys, keys_for, new_key, read_keys
from bot.errors import ConfigurationError, InvalidInput, NotFound

OLD, NEW = bytes(range(32)), bytes(range(1, 33))
TEXT = b"412 beds at midnight. " * 50_000


async def chunks(content: bytes, size: int = 64 * 1024) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def store(folder: Path, keys: dict[str, bytes] | None = None, **options: object) -> ObjectFiles:
    return ObjectFiles(folder.as_uri(), Keys(keys or {"2026": OLD}), **options)  # type: ignore[arg-type]


def at_rest(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()]


def only(folder: Path) -> Path:
    (path,) = at_rest(folder)
    return path


async def test_a_file_comes_back_as_it_was_under_its_address(tmp_path: Path) -> None:
    files = store(tmp_path)
    file = await files.put("../beds.txt", chunks(TEXT))
    assert (file.name, file.size, file.media_type) == ("beds.txt", len(TEXT), "text/plain")
    assert file.sha256 == hashlib.sha256(TEXT).hexdigest() == only(tmp_path).name
    assert await files.get(file) == TEXT


async def test_nothing_of_it_can_be_read_at_rest_and_the_key_is_named(tmp_path: Path) -> None:
    await store(tmp_path).put("beds.txt", chunks(TEXT))
    sealed = only(tmp_path).read_bytes()
    assert sealed.startswith(MAGIC + b"\x042026")
    assert b"midnight" not in sealed


async def test_a_new_key_seals_what_comes_and_opens_what_was(tmp_path: Path) -> None:
    before = await store(tmp_path).put("beds.txt", chunks(TEXT))
    both = store(tmp_path, {"2026": OLD, "2027": NEW})
    assert await both.get(before) == TEXT
    after = await both.put("other.txt", chunks(b"413 beds"))
    with pytest.raises(NotFound, match=r"other\.txt is not what it was"):
        await store(tmp_path).get(after)
    assert await store(tmp_path, {"2027": NEW}).get(after) == b"413 beds"


async def test_the_same_content_is_kept_once_and_mended_when_it_was_altered(tmp_path: Path) -> None:
    files = store(tmp_path)
    file = await files.put("beds.txt", chunks(TEXT))
    first = only(tmp_path).read_bytes()
    await files.put("copy.txt", chunks(TEXT))
    assert only(tmp_path).read_bytes() == first
    only(tmp_path).write_bytes(first[:-1])
    await files.put("copy.txt", chunks(TEXT))
    assert await files.get(file) == TEXT


@pytest.mark.parametrize("at", [0, 4, 6, 12, 400, -1])
async def test_an_altered_file_is_named_and_not_served(tmp_path: Path, at: int) -> None:
    files = store(tmp_path)
    file = await files.put("beds.txt", chunks(TEXT))
    content = bytearray(only(tmp_path).read_bytes())
    content[at] ^= 1
    only(tmp_path).write_bytes(content)
    with pytest.raises(NotFound, match=r"beds\.txt is not what it was when it was stored"):
        await files.get(file)


@pytest.mark.parametrize("kept", [0, 3, 10, 30, -1])
async def test_a_truncated_file_is_not_served(tmp_path: Path, kept: int) -> None:
    files = store(tmp_path)
    file = await files.put("beds.txt", chunks(b"412 beds"))
    only(tmp_path).write_bytes(only(tmp_path).read_bytes()[:kept])
    with pytest.raises(NotFound, match="not what it was"):
        await files.get(file)


async def test_a_file_that_takes_the_place_of_another_is_not_served(tmp_path: Path) -> None:
    files = store(tmp_path)
    one = await files.put("one.txt", chunks(b"412 beds"))
    sealed = only(tmp_path).read_bytes()
    other = await files.put("other.txt", chunks(b"413 beds"))
    (tmp_path / other.sha256).write_bytes(sealed)
    with pytest.raises(NotFound, match=r"other\.txt is not what it was"):
        await files.get(other)
    assert await files.get(one) == b"412 beds"


async def test_a_missing_file_is_named(tmp_path: Path) -> None:
    files = store(tmp_path)
    file = await files.put("beds.txt", chunks(TEXT))
    only(tmp_path).unlink()
    with pytest.raises(NotFound, match=r"beds\.txt is missing"):
        await files.get(file)


@pytest.mark.parametrize("size", [1_000, 1_001])
async def test_the_size_is_counted_while_it_comes(tmp_path: Path, size: int) -> None:
    files = store(tmp_path, max_bytes=1_000)
    if size > 1_000:
        with pytest.raises(InvalidInput, match="larger"):
            await files.put("beds.txt", chunks(b"4" * size, 100))
        assert not at_rest(tmp_path)
    else:
        assert (await files.put("beds.txt", chunks(b"4" * size, 100))).size == size


class Finds:
    def __init__(self, error: Exception) -> None:
        self.error = error

    async def scan(self, name: str, file: IO[bytes]) -> None:
        assert file.read(3) == b"412"
        raise self.error


async def test_what_the_scanner_does_not_pass_is_not_stored(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Malware"):
        await store(tmp_path, scanner=Finds(InvalidInput("Malware"))).put("beds.txt", chunks(TEXT))
    assert not at_rest(tmp_path)


def test_keys_of_the_settings_are_checked() -> None:
    assert list(read_keys({"a": new_key(), "b": new_key()}).by_id) == ["a", "b"]
    for key, words in (("?", "not base64"), ("YQ==", "not 32 bytes")):
        with pytest.raises(ConfigurationError, match=words):
            read_keys({"a": key})
    with pytest.raises(ConfigurationError, match="Set TASKINGS_FILES_KEYS"):
        keys_for("s3://bucket/files", {})


def test_a_folder_without_a_key_gets_one_of_its_own_that_nobody_else_reads(tmp_path: Path) -> None:
    made = keys_for((tmp_path / "files").as_uri(), {})
    assert keys_for((tmp_path / "files").as_uri(), {}) == made
    assert (tmp_path / "files.key").stat().st_mode & 0o777 == 0o600


UPLOADS = """
import asyncio, resource, sys
from pathlib import Path
from adapters.files import ObjectFiles
from adapters.vault import Keys

BLOCK = b"0123456789abcde\\n" * 4096  # 64 KB

async def upload(number):
    for block in range(400):
        yield BLOCK if block else str(number).encode() + BLOCK[1:]
        await asyncio.sleep(0)

async def main():
    files = ObjectFiles(Path(sys.argv[1]).as_uri(), Keys({"k": bytes(32)}), max_bytes=2**25)
    await files.put("first.txt", upload(9))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    await asyncio.gather(*(files.put(f"{n}.txt", upload(n)) for n in range(8)))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)

asyncio.run(main())
"""


def test_eight_uploads_at_once_stay_out_of_memory(tmp_path: Path) -> None:
    """Of 200 MB together; a process of its own, since the peak of this one is whatever ran before."""
    ran = subprocess.run([sys.executable, "-c", UPLOADS, str(tmp_path)], capture_output=True, text=True, check=True)
    grown = int(ran.stdout) * 1024
    assert grown < 64 * 1024 * 1024


async def test_rotation_seals_everything_under_the_newest_key_and_can_be_stopped_and_begun_again(
    tmp_path: Path,
) -> None:
    old = store(tmp_path, {"2026": OLD})
    files = [await old.put(f"{n}.txt", chunks(TEXT[n:])) for n in range(3)]
    both = store(tmp_path, {"2026": OLD, "2027": NEW})
    await both.put("3.txt", chunks(TEXT[3:]))
    (tmp_path / files[2].sha256).write_bytes(b"not sealed")
    done = await both.rotate()
    assert (done.sealed, done.before) == (2, 1)
    assert done.faults == [f"{files[2].sha256} is not what it was when it was stored"]
    assert (tmp_path / files[2].sha256).read_bytes() == b"not sealed"
    (tmp_path / files[2].sha256).unlink()
    assert ((await both.rotate()).sealed, (await both.rotate()).before) == (0, 3)
    new = store(tmp_path, {"2027": NEW})
    assert [await new.get(file) for file in files[:2]] == [TEXT, TEXT[1:]]
    with pytest.raises(NotFound):
        await old.get(files[0])


async def test_rotation_without_the_old_key_changes_nothing_and_says_which(tmp_path: Path) -> None:
    file = await store(tmp_path, {"2026": OLD}).put("a.txt", chunks(TEXT))
    before = only(tmp_path).read_bytes()
    done = await store(tmp_path, {"2027": NEW}).rotate()
    assert (done.sealed, done.before, len(done.faults)) == (0, 0, 1)
    assert only(tmp_path).read_bytes() == before
    assert await store(tmp_path, {"2026": OLD}).get(file) == TEXT
