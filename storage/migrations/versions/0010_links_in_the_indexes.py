"""links of tasks, in the indexes"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: Of the indexes of a few tasks, on SQLite and on PostgreSQL.
WHERE: Mapping[str, tuple[str, str]] = {
    "ix_tasks_open": ("open = 1", "open"),
    "ix_tasks_live": ("status != 'closed'", "status != 'closed'"),
}
#: The columns of each index before and after.
BEFORE: Mapping[str, list[str]] = {
    "ix_tasks_open": ["due_at"],
    "ix_tasks_live": ["placed_organization", "status", "number"],
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
    "ix_tasks_type_received": ["task_type", "received_at", "status", "transmitted_at", "due_at", "took", "number"],
    "ix_tasks_type_transmitted": ["task_type", "transmitted_at", "due_at", "took", "number"],
    "ix_tasks_type_closed": ["task_type", "closed_at", "status", "number"],
}
AFTER: Mapping[str, list[str]] = {
    **{name: [*columns, "linked"] for name, columns in BEFORE.items()},
    "ix_tasks_open": ["due_at", "priority", "status", "task_type", "number", "linked"],
    "ix_tasks_live": ["placed_organization", "status", "due_at", "priority", "number", "linked"],
}
APART = ("subject", "requestor", "mail", "copy")
LINE, MOST = "\n", 500
tasks = sa.table("tasks", sa.column("number"), sa.column("linked"))
links = sa.table("links", sa.column("task"), sa.column("kind"), sa.column("value"))


def upgrade() -> None:
    _drop(BEFORE)
    op.add_column("tasks", sa.Column("linked", sa.Text(), nullable=False, server_default=""))
    officer = links.alias()
    same = (officer.c.task == links.c.task) & (officer.c.kind == "officer") & (officer.c.value == links.c.value)
    implied = (links.c.kind == "person") & sa.exists().where(same)
    entries = sa.select(links.c.task, links.c.kind.concat(":").concat(links.c.value).concat(LINE).label("entry"))
    wanted = entries.where(links.c.kind.not_in(APART), ~implied)
    in_order = wanted.order_by(links.c.task, links.c.kind, links.c.value)
    told = in_order.with_hint(links, "INDEXED BY sqlite_autoindex_links_1", "sqlite").subquery()
    joined = sa.literal(LINE).concat(sa.func.aggregate_strings(told.c.entry, "")).label("text")
    whole = sa.select(told.c.task, joined).group_by(told.c.task).subquery()
    short = sa.func.length(whole.c.text) <= MOST
    op.execute(sa.update(tasks).where(tasks.c.number == whole.c.task, short).values(linked=whole.c.text))
    _create(AFTER)


def downgrade() -> None:
    _drop(AFTER)
    op.drop_column("tasks", "linked")
    _create(BEFORE)


def _drop(columns: Mapping[str, list[str]]) -> None:
    for name in columns:
        op.drop_index(name, "tasks")


def _create(columns: Mapping[str, list[str]]) -> None:
    for name, named in columns.items():
        sqlite, postgresql = (sa.text(where) for where in WHERE[name]) if name in WHERE else (None, None)
        op.create_index(name, "tasks", named, sqlite_where=sqlite, postgresql_where=postgresql)
