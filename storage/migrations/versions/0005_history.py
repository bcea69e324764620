"""history and questions"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.domain.task import Task
from bot.domain.visibility import links as links_of
from storage.codec import load
from storage.tables import Utc

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _new_columns() -> list[sa.Column[Any]]:
    """The defaults stay: to drop them SQLite makes the table anew, which the links to it do not let it."""
    return [
        sa.Column("received_at", Utc(), nullable=False, server_default=sa.text("'1970-01-01 00:00:00'")),
        sa.Column("transmitted_at", Utc()),
        sa.Column("closed_at", Utc()),
        sa.Column("scope", sa.String(length=16), nullable=False, server_default="hq"),
        sa.Column("origin", sa.String(length=16), nullable=False, server_default="external"),
        sa.Column("manner", sa.String(length=16), nullable=False, server_default="email"),
        sa.Column("requestor", sa.Text(), nullable=False, server_default=""),
        sa.Column("ses", sa.Boolean(), nullable=False, server_default=sa.false()),
    ]


streams = sa.table("streams", sa.column("id"), sa.column("state"))
links = sa.table("links", sa.column("task"), sa.column("kind"), sa.column("value"))


def upgrade() -> None:
    columns = _new_columns()
    for column in columns:
        op.add_column("tasks", column)
    tasks = sa.table("tasks", sa.column("number"), *(sa.column(c.name, c.type) for c in columns))
    bind = op.get_bind()
    bind.execute(sa.delete(links))
    kept = bind.execute(sa.select(streams.c.id, streams.c.state).where(streams.c.id.in_(sa.select(tasks.c.number))))
    for number, state in kept.all():
        bind.execute(sa.update(tasks).where(tasks.c.number == number).values(**_columns(json.loads(state))))
        for kind, value in sorted(links_of(load(Task, state))):
            bind.execute(sa.insert(links).values(task=number, kind=kind, value=value))

    _index()


#: Partial indexes, and what of the tasks is in them.
PARTIAL = {
    "ix_tasks_open": ("due_at", "open", "open = 1"),
    "ix_tasks_behind": ("number", "placed_task < version", "placed_task < version"),
    "ix_tasks_live": ("placed_organization", "status != 'closed'", "status != 'closed'"),
}
URGENT_FIRST = sa.text("(CASE priority WHEN 'urgent' THEN 0 ELSE 1 END)")
RANK = sa.text("(CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 ELSE 2 END)")
WHOLE: dict[str, list[str | sa.TextClause]] = {
    "ix_tasks_received": ["received_at", "task_type", "transmitted_at", "due_at", "status"],
    "ix_tasks_due": ["due_at"],
    "ix_tasks_transmitted": ["transmitted_at", "due_at", "received_at", "task_type", "status"],
    "ix_tasks_closed": ["closed_at", "status", "task_type"],
    "ix_tasks_type": ["task_type", "status", "number"],
    "ix_tasks_order": [URGENT_FIRST, "due_at", RANK, "number", "status", "task_type"],
}


def _index() -> None:
    op.drop_index("ix_tasks_open_due", "tasks")
    for name, (column, where, on_sqlite) in PARTIAL.items():
        op.create_index(name, "tasks", [column], postgresql_where=sa.text(where), sqlite_where=sa.text(on_sqlite))
    for name, columns in WHOLE.items():
        op.create_index(name, "tasks", columns)
    op.drop_index("ix_links_value", "links")
    op.create_index("ix_links_value", "links", ["kind", "value", "task"])


def downgrade() -> None:
    """The links stay as they are: what was stored before reads them as far as it knows their kinds."""
    for name in (*PARTIAL, *WHOLE):
        op.drop_index(name, "tasks")
    op.create_index("ix_tasks_open_due", "tasks", ["open", "due_at"])
    op.drop_index("ix_links_value", "links")
    op.create_index("ix_links_value", "links", ["kind", "value"])
    for column in _new_columns():
        op.drop_column("tasks", column.name)


def _columns(state: Mapping[str, Any]) -> dict[str, object]:
    request, sent = state["request"], state.get("transmission") or {}
    columns = {name: request[name] for name in ("scope", "origin", "manner", "requestor", "ses")}
    return columns | {
        "received_at": _moment(request["received_at"]),
        "transmitted_at": _moment(sent.get("sent_at") or sent.get("at")),
        "closed_at": _moment(state.get("closed_at")),
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
