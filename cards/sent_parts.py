"""How a response went to its requestor, or where its email is, as elements of a card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bot.domain.context import Context
from bot.domain.task import Mailing, Sending, Transmission
from bot.domain.words import MANNER_WORDS, moment
from cards.model import Element, Quote, Text


def sent_rows(sent: Transmission, ctx: Context) -> Iterator[tuple[str, str]]:
    yield "Sent", f"{ctx.organization.name_of(sent.by)}, {moment(sent.sent_at or sent.at, ctx.zone)}"
    yield "To", sent.to
    if sent.reason:
        yield f"By {MANNER_WORDS[sent.manner]} because", sent.reason
    if sent.message_id:
        yield "Message-ID", sent.message_id
        yield "Mail server", sent.answer or f"not confirmed; that it arrived says {ctx.last_change(sent.by, sent.at)}"
    if sent.note:
        yield "Reference", sent.note


def mailing_of(mail: Mailing | None, ctx: Context) -> Iterator[Element]:
    """An email that is under way, did not go, or may have gone."""
    if mail is None:
        return
    since = f"by {ctx.last_change(mail.by, mail.at)}"
    match mail.state:
        case Sending.WAITING | Sending.TRIED:
            yield Text(f"Being sent to {mail.to}, {since}", strong=True)
        case Sending.FAILED:
            yield Text(f"Not sent to {mail.to}, {since}", strong=True)
            yield Quote(mail.reason)
        case Sending.UNCONFIRMED:
            yield Text(f"Unconfirmed: sent to {mail.to}, {since}", strong=True)
            yield Quote(mail.reason)
            yield Text(f"Find out whether it arrived, by its Message-ID {mail.message_id}, before you answer.")
        case Sending.SENT:
            yield Text(f"Sent to {mail.to}, {since}", muted=True)
        case _:
            assert_never(mail.state)
