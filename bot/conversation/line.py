"""A task as a row of columns, for lists that need no more of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """The columns that `taskings task import` reads. `places` are the codes of what it is about; several values are
    in order.
    """

    number: str
    task_type: str
    subject: str
    requestor: str
    origin: str
    scope: str
    places: tuple[str, ...]
    manner: str
    priority: str
    ses: bool
    received_at: datetime
    due_at: datetime
    status: str
    components: tuple[str, ...]
    action_officers: tuple[str, ...]
    waiting_on: tuple[str, ...]
    transmitted_at: datetime | None = None
    closed_at: datetime | None = None
