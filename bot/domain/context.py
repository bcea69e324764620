"""What a decision may know of the world, and what a command is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.domain.organization import Organization
from bot.domain.positions import Post
from bot.domain.rubric import Rubric
from bot.domain.words import stamp


@dataclass(frozen=True, slots=True)
class Context:
    """What a decision may know of the world. `actor` is an email, `zone` the agency's.

    `mail_domain` is that of the address that mail goes out from, empty where none is set up; `records_to` is the
    mailbox that records are copied to (6-5).
    """

    actor: str
    now: datetime
    organization: Organization
    rubric: Rubric
    zone: tzinfo
    mail_domain: str = ""
    records_to: str = ""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def manages(self) -> bool:
        return self.organization.is_manager(self.actor, self.today)

    def holds(self, post: Post) -> bool:
        return any(person.email == self.actor for person in self.organization.holders(post, self.today))

    def last_change(self, by: str, at: datetime) -> str:
        """ "R. Diaz, 24 Nov 2026, 14:02"."""
        return f"{self.organization.name_of(by)}, {stamp(at, self.zone)}"


@dataclass(frozen=True, slots=True)
class About:
    """What a command is about, as far as it says: the fields of `Command` that a card fixes when it is drawn."""

    assignment: int = 0
    part: int = 0
    step: int = -1
    round: int = 0
    package: str = ""
    message: str = ""
