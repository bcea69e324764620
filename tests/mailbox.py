"""A mail server of the requestor's, in the tests' own loop, which keeps what it took."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.settings import Mail

SENDER = "IHSC Taskings <taskings@ihsc.example.gov>"


@dataclass(slots=True)
class Mailbox:
    """`refuses` answers the message instead of taking it, `refuses_to` the address.

    One that `vanishes` takes the message and hangs up.
    """

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    refuses: str = ""
    refuses_to: str = ""
    vanishes: bool = False

    @property
    def settings(self) -> Mail:
        return Mail(host="127.0.0.1", port=self.port, security="none", sender=SENDER)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:
        if self.refuses_to:
            return self.refuses_to
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuses:
            return self.refuses
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=POLICY)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        if self.vanishes:
            server.transport.abort()
        return f"250 OK: queued as {len(self.messages)}"


@asynccontextmanager
async def receiving(**options: Any) -> AsyncIterator[Mailbox]:
    """`options` are of aiosmtpd's SMTP: its certificate, and whom it lets in."""
    box = Mailbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box, **options), "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    async with server:
        yield box
