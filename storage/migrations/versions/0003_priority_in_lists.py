"""priority in lists"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

streams = sa.table("streams", sa.column("id"), sa.column("state"))
tasks = sa.table("tasks", sa.column("number"), sa.column("priority"))


def upgrade() -> None:
    op.add_column("tasks", sa.Column("priority", sa.String(length=16), nullable=False, server_default="routine"))
    bind = op.get_bind()
    kept = bind.execute(sa.select(streams.c.id, streams.c.state).where(streams.c.id.in_(sa.select(tasks.c.number))))
    for number, state in kept.all():
        priority = json.loads(state)["request"]["priority"]
        bind.execute(sa.update(tasks).where(tasks.c.number == number).values(priority=priority))
    with op.batch_alter_table("tasks") as table:
        table.alter_column("priority", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("tasks") as table:
        table.drop_column("priority")
