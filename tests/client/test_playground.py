"""The launcher of the local Teams client: its settings, and what it says where it cannot run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.demo.playground import OTHERS, Person, PlaygroundUnavailable, install, playground, settings

ANN, BO = Person("Ann Lee", "ann@example.gov"), Person("Bo Chan", "bo@example.gov")


def users(config: dict[str, object]) -> list[dict[str, str]]:
    listed = config["users"]
    assert isinstance(listed, list)
    return listed


@pytest.mark.parametrize("others", [0, 1, OTHERS, 12])
def test_the_client_gets_as_many_other_people_as_it_wants(others: int) -> None:
    crowd = [Person(f"Person {number}", f"p{number}@example.gov") for number in range(others)]
    config = settings(ANN, [ANN, *crowd])
    assert len(users(config)) == len({user["id"] for user in users(config)}) == OTHERS
    assert config["currentUser"] not in users(config)


def test_a_person_has_one_directory_id_in_everybodys_client() -> None:
    assert settings(ANN, [BO])["currentUser"] in users(settings(BO, [ANN]))


async def test_an_npm_without_its_registry_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".npmrc").write_text("registry=http://127.0.0.1:9/\nfetch-retries=0\n")
    with pytest.raises(PlaygroundUnavailable, match="npm could not install the local Teams client"):
        await install(tmp_path)


async def test_what_is_installed_already_is_not_asked_for_again(tmp_path: Path) -> None:
    folder = tmp_path / "node_modules/@microsoft/m365agentsplayground"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"version": "0.2.28"}')
    assert await install(tmp_path) == folder / "cli.js"


async def test_a_client_that_does_not_start_is_said_in_its_own_words(tmp_path: Path) -> None:
    program = tmp_path / "cli.js"
    program.write_text("console.error('Config file is wrong'); process.exit(1);")
    with pytest.raises(PlaygroundUnavailable, match="Config file is wrong"):
        async with playground(program, ANN, [], "http://127.0.0.1:1/api/messages", 56390, tmp_path / "ann"):
            pytest.fail("it runs")


async def test_the_client_listens_on_this_machine_alone_and_ends_with_its_context(tmp_path: Path) -> None:
    program = tmp_path / "cli.js"
    program.write_text(
        "const server = require('http').createServer();"
        "server.listen(0, () => { require('fs').writeFileSync('told', process.pid + ' ' + server.address().address);"
        " console.log('Listening on ' + server.address().port); });"
    )
    async with playground(program, ANN, [], "http://127.0.0.1:1/api/messages", 56390, tmp_path / "ann") as url:
        pid, address = (tmp_path / "ann" / "told").read_text().split()
        assert url.startswith("http://127.0.0.1:")
    assert address == "127.0.0.1"
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
