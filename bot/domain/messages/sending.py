"""The cleared response on its way to the requestor (5-2.2.e, 6-4), by hand or as an email of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.messages.values import Manner

# Commands


@dataclass(frozen=True, slots=True)
class Transmit:
    """Record that this package went to the requestor in the manner received (5-2.2.e, 6-4).

    Another `manner` needs its reason. It went now and to the requestor, unless `sent_at` and `to` say otherwise.
    """

    package: str
    note: str = ""
    manner: Manner | None = None
    reason: str = ""
    sent_at: datetime | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Send:
    """Send exactly this package by email to the address `to` (5-2.2.e, 6-4)."""

    package: str
    to: str


@dataclass(frozen=True, slots=True)
class SendAgain:
    """As `Send`, after nobody could tell whether the email with the Message-ID `message` had arrived."""

    package: str
    message: str
    to: str


@dataclass(frozen=True, slots=True)
class ConfirmArrival:
    """Say that an email arrived of which that was not known, by its Message-ID; `note` is what shows it."""

    package: str
    message: str
    note: str = ""


SendingCommand: TypeAlias = Transmit | Send | SendAgain | ConfirmArrival


# Events


@dataclass(frozen=True, slots=True)
class ResponseTransmitted:
    """A task manager says that it went; `sent_at` is when, None for a history in which that was not asked."""

    by: str
    at: datetime
    package: str
    manner: Manner
    to: str
    note: str
    reason: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TransmissionBegun:
    """A task manager had the package sent by email; nothing was handed to a server yet."""

    by: str
    at: datetime
    package: str
    to: str
    message_id: str


@dataclass(frozen=True, slots=True)
class TransmissionTried:
    """The one attempt is made from here on: whatever comes in between, it is not made again by itself."""

    by: str
    at: datetime
    message_id: str


@dataclass(frozen=True, slots=True)
class TransmissionConfirmed:
    """The mail server took the message; `answer` is what it said."""

    by: str
    at: datetime
    message_id: str
    answer: str


@dataclass(frozen=True, slots=True)
class TransmissionFailed:
    """The message certainly did not go out."""

    by: str
    at: datetime
    message_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class TransmissionUnconfirmed:
    """Whether the message went out is not known."""

    by: str
    at: datetime
    message_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArrivalConfirmed:
    """A task manager found out that the message arrived."""

    by: str
    at: datetime
    message_id: str
    note: str


SendingEvent: TypeAlias = (
    ResponseTransmitted
    | TransmissionBegun
    | TransmissionTried
    | TransmissionConfirmed
    | TransmissionFailed
    | TransmissionUnconfirmed
    | ArrivalConfirmed
)
