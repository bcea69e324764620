"""what is measured, in the indexes"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables import Utc

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: The columns of each index before and after.
BEFORE: Mapping[str, list[str]] = {
    "ix_tasks_received": ["received_at", "task_type", "transmitted_at", "due_at", "status"],
    "ix_tasks_transmitted": ["transmitted_at", "due_at", "received_at", "task_type", "status"],
    "ix_tasks_closed": ["closed_at", "status", "task_type"],
    "ix_tasks_type": ["task_type", "status", "number"],
    "ix_tasks_live": ["placed_organization"],
}
AFTER: Mapping[str, list[str]] = {
    "ix_tasks_received": [
        "received_at",
        "task_type",
        "status",
        "priority",
        "due_at",
        "transmitted_at",
        "took",
        "number",
    ],
    "ix_tasks_transmitted": ["transmitted_at", "due_at", "took", "task_type", "status", "number"],
    "ix_tasks_closed": ["closed_at", "status", "task_type", "number"],
    "ix_tasks_type": ["task_type", "took", "status", "due_at", "transmitted_at", "number"],
    "ix_tasks_live": ["placed_organization", "status", "number"],
}
NEW: Mapping[str, list[str]] = {
    "ix_tasks_type_received": ["task_type", "received_at", "status", "transmitted_at", "due_at", "took", "number"],
    "ix_tasks_type_transmitted": ["task_type", "transmitted_at", "due_at", "took", "number"],
    "ix_tasks_type_closed": ["task_type", "closed_at", "status", "number"],
    "ix_tasks_requestor": ["requestor"],
}
LIVE, MANAGED = sa.text("status != 'closed'"), sa.text("manager != ''")
tasks = sa.table(
    "tasks", sa.column("took", sa.Float()), sa.column("received_at", Utc()), sa.column("transmitted_at", Utc())
)


def upgrade() -> None:
    op.add_column("tasks", sa.Column("took", sa.Float()))
    op.execute(sa.update(tasks).where(tasks.c.transmitted_at.is_not(None)).values(took=_seconds()))
    _index(AFTER)
    for name, named in NEW.items():
        op.create_index(name, "tasks", named)
    op.create_index("ix_tasks_manager", "tasks", ["manager"], sqlite_where=MANAGED, postgresql_where=MANAGED)


def downgrade() -> None:
    for name in ("ix_tasks_manager", *NEW):
        op.drop_index(name, "tasks")
    _index(BEFORE)
    op.drop_column("tasks", "took")


def _seconds() -> sa.ColumnElement[Any]:
    sent, came = tasks.c.transmitted_at, tasks.c.received_at
    if op.get_bind().dialect.name == "sqlite":
        return sa.func.round((sa.func.julianday(sent) - sa.func.julianday(came)) * 86_400, 3)
    return sa.extract("epoch", sent - came)


def _index(columns: Mapping[str, list[str]]) -> None:
    for name, named in columns.items():
        op.drop_index(name, "tasks")
        live = LIVE if name == "ix_tasks_live" else None
        op.create_index(name, "tasks", named, sqlite_where=live, postgresql_where=live)
