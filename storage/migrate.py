"""Bring a database to the current tables, by alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database) -> None:
    """Apply what is missing, in one transaction; a database that is current stays as it is."""
    await database.run(lambda connection: command.upgrade(_config(connection), "head"))


async def current(database: Database) -> bool:
    """Whether the database answers and has every migration."""

    def compare(connection: Connection) -> bool:
        head = ScriptDirectory.from_config(_config(connection)).get_current_head()
        return MigrationContext.configure(connection).get_current_revision() == head

    try:
        return await database.read(lambda uow: compare(uow.connection))
    except (SQLAlchemyError, OSError):
        return False
