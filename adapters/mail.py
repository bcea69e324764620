"""Mail through an SMTP server: one message, one attempt, and a clear answer whether it went out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Literal

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException

from bot.errors import NotKnown, NotSent
from bot.ports.mail import Letter

#: Seconds: for one answer of the server, and for the whole attempt.
ANSWER, ATTEMPT = 30.0, 120.0
REFUSED = 400
#: Every server takes this.
PLAIN = SMTP.clone(cte_type="7bit")

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Smtp:
    """`Mail` over one server; `sender` is an address, with a name or without."""

    host: str
    port: int
    sender: str
    clock: Callable[[], datetime]
    security: Security = "starttls"
    username: str = ""
    password: str = ""

    @property
    def domain(self) -> str:
        return self._address.rpartition("@")[2]

    async def send(self, letter: Letter) -> str:
        """The server's words, with its number for the message. Raises NotSent or NotKnown."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            timeout=ANSWER,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            username=self.username or None,
            password=self.password or None,
        )
        content = self._message(letter).as_bytes()
        handed = False
        try:
            async with asyncio.timeout(ATTEMPT):
                await self._greet(client, letter.to)
                handed = True
                answer = await client.data(content)
        except SMTPResponseException as error:
            if handed and error.code < REFUSED:  # an answer that is none, instead of one to the message
                raise NotKnown("The mail server did not say clearly whether it took the message.") from error
            raise NotSent(f"The mail server refused it: {error.code} {error.message}") from error
        except (SMTPException, OSError, TimeoutError) as error:
            if handed:
                raise NotKnown("The connection to the mail server broke before it confirmed the message.") from error
            raise NotSent(f"The mail server can't be used: {error}") from error
        finally:
            client.close()
        return f"{answer.code} {answer.message}"

    async def _greet(self, client: aiosmtplib.SMTP, to: str) -> None:
        await client.connect()
        await client.mail(self._address)
        await client.rcpt(to)

    @property
    def _address(self) -> str:
        return parseaddr(self.sender)[1]

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=PLAIN)
        name, address = parseaddr(self.sender)
        message["From"] = Address(name, addr_spec=address)
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = format_datetime(self.clock())
        message["Message-ID"] = letter.message_id
        message["X-Taskings-Package"] = letter.package
        message.set_content(letter.text)
        for file, content in letter.files:
            main, sub = _kind(file.media_type)
            message.add_attachment(content, maintype=main, subtype=sub, filename=file.name)
        return message


def _kind(media_type: str) -> tuple[str, str]:
    """A message or several parts would be sent as such, and not byte for byte."""
    main, _, sub = media_type.partition("/")
    return ("application", "octet-stream") if main in {"message", "multipart"} else (main, sub)
