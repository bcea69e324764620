"""The seam to the surfaces: where each card is shown, seen as work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from bot.domain.organization import Organization
from bot.domain.task import Task
from bot.ports.chat import Account
from cards.placement import Placement


@dataclass(frozen=True, slots=True)
class Surface:
    """One message somewhere that shows a card; no `message_id` yet means that it is still to be sent.

    `digest` is of the card last shown. `sending` is left from a create whose outcome is not known. `lease` is until
    when it is ours alone.
    """

    id: int
    placement: Placement
    platform: str | None
    address: str | None
    message_id: str | None
    digest: str | None
    sending: bool
    attempts: int
    lease: datetime | None = None


#: A surface with what it shows, which is no task where it is about people.
Behind: TypeAlias = tuple[Surface, Task | None, Organization]


class Outbox(Protocol):
    """The surfaces seen as work: those behind their task or the organization are drawn again."""

    async def unplaced(self, limit: int) -> tuple[tuple[Task | None, Organization], ...]:
        """Tasks whose surfaces were last worked out for an older state or organization, or a time that has passed.

        None stands for the surfaces about people.
        """
        ...

    async def place(
        self, task: Task | None, organization: Organization, wanted: tuple[Placement, ...], again_at: datetime | None
    ) -> None:
        """Add the surfaces that are missing and remember what they were worked out for, and until when.

        Those that are there are looked at again.
        """
        ...

    async def drop(self, surface: Surface) -> None:
        """Forget one that was never shown and need not be any more."""
        ...

    async def claim(self, platform: str, limit: int) -> tuple[Behind, ...]:
        """Lease surfaces on the platform that are behind, the clicked ones first, with what they show."""
        ...

    async def claim_homeless(self, running: Sequence[str], limit: int) -> tuple[Surface, ...]:
        """Lease surfaces of people that have no place on a running platform yet."""
        ...

    async def located(self, surface: Surface, platform: str, address: str) -> None:
        """Say where it is to be shown."""
        ...

    async def everything(self) -> tuple[Behind, ...]:
        """Every surface with what it shows, oldest first: to look at, leased to nobody."""
        ...

    async def accounts(self, email: str) -> tuple[Account, ...]:
        """Where the person can be reached, last used first."""
        ...

    async def enrol(self, account: Account, email: str) -> None:
        """`UnitOfWork.enrol` in a transaction of its own."""
        ...

    async def sending(self, surface: Surface) -> None:
        """Mark that a create is about to go out."""
        ...

    async def shown(
        self, surface: Surface, message_id: str, digest: str, task: Task | None, organization: Organization
    ) -> None:
        """The message shows what these versions give."""
        ...

    async def later(self, surface: Surface, wait: timedelta, error: str) -> None:
        """Try again after that time, unless somebody said meanwhile that it can be tried now."""
        ...

    async def gone(self, surface: Surface, wait: timedelta, error: str) -> None:
        """The place no longer exists: forget the message and the address, and look for another after `wait`."""
        ...
