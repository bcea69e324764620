"""Tables. Rows only; the domain never sees them.

A stream is a task's number or `organization`. State is the canonical JSON text of the domain's dataclass; the
columns beside it are what questions are asked by.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.engine import Dialect


class Utc(TypeDecorator[datetime]):
    """Aware in, aware out, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()

streams = Table(
    "streams",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("head", String(64), nullable=False, comment="hash of the last event"),
)

events = Table(
    "events",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("type", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("platform", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Column("hash", String(64), nullable=False),
)

#: Priority as numbers, as the index has them.
URGENT_FIRST: ColumnElement[int] = literal_column("(CASE priority WHEN 'urgent' THEN 0 ELSE 1 END)")
RANK: ColumnElement[int] = literal_column("(CASE priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 ELSE 2 END)")
#: Tasks whose cards were worked out for an older state, and those that the organization can change.
BEHIND, LIVE = text("placed_task < version"), text("status != 'closed'")
#: What was logged here.
MANAGED = text("manager != ''")
OF_OPEN = ("due_at", "priority", "status", "task_type", "number", "linked")
OF_LIVE = ("placed_organization", "status", "due_at", "priority", "number", "linked")
tasks = Table(
    "tasks",
    metadata,
    Column("number", String(32), ForeignKey("streams.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("task_type", String(64), nullable=False),
    Column("status", String(32), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("subject", Text, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("priority", String(16), nullable=False),
    Column("manager", String(320), nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("transmitted_at", Utc),
    Column("closed_at", Utc),
    Column("took", Float, comment="seconds from receipt to transmission"),
    Column("scope", String(16), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("manner", String(16), nullable=False),
    Column("requestor", Text, nullable=False),
    Column("ses", Boolean, nullable=False),
    Column("linked", Text, nullable=False, server_default="", comment="its links; empty where they are many"),
    Column("placed_task", Integer, nullable=False, default=0),
    Column("placed_organization", Integer, nullable=False, default=0),
    Column("again_at", Utc, index=True, comment="when its surfaces change though nothing happens"),
    # The few that are open among a long history, and what was done with it when.
    Index("ix_tasks_open", *OF_OPEN, sqlite_where=text("open = 1"), postgresql_where=text("open")),
    # Each has what is mostly counted and measured, so that the rows themselves are not read.
    Index(
        "ix_tasks_received",
        *("received_at", "task_type", "status", "priority", "due_at", "transmitted_at", "took", "number", "linked"),
    ),
    Index("ix_tasks_due", "due_at"),
    Index("ix_tasks_transmitted", "transmitted_at", "due_at", "took", "task_type", "status", "number", "linked"),
    Index("ix_tasks_closed", "closed_at", "status", "task_type", "number", "linked"),
    Index("ix_tasks_type", "task_type", "took", "status", "due_at", "transmitted_at", "number"),
    Index(
        "ix_tasks_type_received",
        *("task_type", "received_at", "status", "transmitted_at", "due_at", "took", "number", "linked"),
    ),
    Index("ix_tasks_type_transmitted", "task_type", "transmitted_at", "due_at", "took", "number", "linked"),
    Index("ix_tasks_type_closed", "task_type", "closed_at", "status", "number", "linked"),
    Index("ix_tasks_requestor", "requestor"),
    Index("ix_tasks_manager", "manager", sqlite_where=MANAGED, postgresql_where=MANAGED),
    Index("ix_tasks_order", URGENT_FIRST, "due_at", RANK, "number", "status", "task_type"),
    # What the outbox has to do, which is none of the tasks mostly.
    Index("ix_tasks_behind", "number", sqlite_where=BEHIND, postgresql_where=BEHIND),
    Index("ix_tasks_live", *OF_LIVE, sqlite_where=LIVE, postgresql_where=LIVE),
)

#: What the cards about people were worked out for: one row, of the organization.
sweeps = Table(
    "sweeps",
    metadata,
    Column("stream", String(32), ForeignKey("streams.id"), primary_key=True),
    Column("placed_organization", Integer, nullable=False),
    Column("again_at", Utc),
)

#: Text whose order is that of its bytes on both databases, so that an index finds what begins with something.
BYTEWISE = String(320).with_variant(String(320, collation="C"), "postgresql")

#: What a task has to do with; see `bot.domain.visibility.links`.
links = Table(
    "links",
    metadata,
    Column("task", String(32), ForeignKey("tasks.number"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("value", BYTEWISE, primary_key=True),
    Index("ix_links_value", "kind", "value", "task"),
)

seen = Table(
    "seen",
    metadata,
    Column("key", String(512), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("task", String(32), comment="the task that this delivery made"),
)

#: Files that were sent and are not attached yet: theirs alone who sent them.
uploads = Table(
    "uploads",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("email", String(320), nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("at", Utc, nullable=False),
)

#: What each person asked last in each thread, and what that was narrowed from, as the canonical text of questions.
threads = Table(
    "threads",
    metadata,
    Column("person", String(320), primary_key=True),
    Column("place", String(512), primary_key=True),
    Column("question", Text, nullable=False),
    Column("whole", Text),
    Column("page", Integer, nullable=False),
    Column("at", Utc, nullable=False),
    Index("ix_threads_at", "at"),
)

#: What stays of records that were disposed of; see `bot.record.certificate`.
dispositions = Table(
    "dispositions",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("hash", String(64), nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("id", String(256), primary_key=True),
    Column("email", String(320), nullable=False, index=True),
    Column("address", Text),
    Column("used_at", Utc, nullable=False),
)

surfaces = Table(
    "surfaces",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("task", String(32), ForeignKey("streams.id"), nullable=False),  # or `organization`
    Column("card", String(32), nullable=False),
    Column("about", Integer, nullable=False),
    Column("occasion", String(64), nullable=False),
    Column("recipient", String(512), nullable=False),
    Column("platform", String(16)),
    Column("address", Text),
    Column("message_id", Text),
    Column("digest", String(64)),
    Column("drawn_task", Integer, nullable=False, default=0),
    Column("drawn_organization", Integer, nullable=False, default=0),
    Column("sending", Boolean, nullable=False, default=False),
    Column("clicked", Boolean, nullable=False, default=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Utc),
    Column("error", Text),
    UniqueConstraint("task", "card", "about", "occasion", "recipient"),
    Index("ix_surfaces_message", "platform", "address", "message_id"),
)
