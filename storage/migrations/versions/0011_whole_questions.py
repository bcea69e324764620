"""what a question in a thread was narrowed from"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("threads", sa.Column("whole", sa.Text()))


def downgrade() -> None:
    op.drop_column("threads", "whole")
