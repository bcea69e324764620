"""The whole service for the stories, on each database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database

pytest.register_assert_rewrite("tests.flows.house", "tests.flows.staff")  # their asserts tell what they found

from tests.flows.house import House, opened  # noqa: E402
from tests.flows.staff import Staff  # noqa: E402


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> AsyncIterator[House]:
    async with opened(database, tmp_path) as house:
        yield house


@pytest.fixture(params=["slack", "teams"])
def staff(house: House, request: pytest.FixtureRequest) -> Staff:
    """Everybody at one platform, on each in turn."""
    return Staff(house, request.param)
