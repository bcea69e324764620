"""cards about people"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: SQLite's foreign keys have no names; alembic gives them this one while it copies the table.
NAMES = {"fk": "%(table_name)s_%(column_0_name)s_fkey"}


def upgrade() -> None:
    op.create_table(
        "sweeps",
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("placed_organization", sa.Integer(), nullable=False),
        sa.Column("again_at", storage.tables.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["stream"], ["streams.id"]),
        sa.PrimaryKeyConstraint("stream"),
    )
    _refer_to("streams", "id")


def downgrade() -> None:
    op.execute("DELETE FROM surfaces WHERE task = 'organization'")
    _refer_to("tasks", "number")
    op.drop_table("sweeps")


def _refer_to(table: str, column: str) -> None:
    with op.batch_alter_table("surfaces", naming_convention=NAMES) as surfaces:
        surfaces.drop_constraint("surfaces_task_fkey", type_="foreignkey")
        surfaces.create_foreign_key("surfaces_task_fkey", table, ["task"], [column])
