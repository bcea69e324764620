"""words of subjects and requestors"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.domain.wording import words_in

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXTS = ("subject", "requestor")
BATCH = 1_000
links = sa.table("links", sa.column("task"), sa.column("kind"), sa.column("value"))
tasks = sa.table("tasks", sa.column("number"), *map(sa.column, TEXTS))


def upgrade() -> None:
    _order_by('COLLATE "C"')
    bind = op.get_bind()
    bind.execute(sa.delete(links).where(links.c.kind.in_(TEXTS)))
    last = ""
    while rows := bind.execute(sa.select(tasks).where(tasks.c.number > last).order_by("number").limit(BATCH)).all():
        last = rows[-1].number
        if words := [{"task": row.number, "kind": kind, "value": word} for row in rows for kind, word in _words(row)]:
            bind.execute(sa.insert(links), words)


def downgrade() -> None:
    op.execute(sa.delete(links).where(links.c.kind.in_(TEXTS)))
    _order_by('COLLATE "default"')


def _words(row: sa.Row[Any]) -> Iterator[tuple[str, str]]:
    return ((kind, word) for kind in TEXTS for word in words_in(getattr(row, kind)))


def _order_by(collation: str) -> None:
    """By bytes, so that an index finds what begins with a word; SQLite has no other order."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE links ALTER COLUMN value TYPE varchar(320) {collation}")
