"""Messages through a real SMTP server: what they hold, and how it is told whether they went."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.mail import Smtp
from bot.domain.package import FileRef
from bot.errors import NotKnown, NotSent
from bot.ports import Letter
from tests.mailbox import SENDER, Mailbox, receiving
from tests.world import T0

TEXT = "Für Sie: 412 beds.\n.\nFrom October on.\n" + "x" * 2000
FILES = (
    (FileRef("Bericht März.pdf", 6, "0" * 64, "application/pdf"), b"%PDF\r\n"),
    (FileRef("beds.csv", 4, "1" * 64, "text/csv"), b"a,\xff\n"),
    (FileRef("asked.eml", 9, "2" * 64, "message/rfc822"), b"To: a\n\nb\n"),
)
LETTER = Letter(
    "ocr@example.org", "Response to Beds\nBcc: x@y.z (T-1042)", TEXT, FILES, "<T-1042.9.ab@ihsc.example.gov>", "ab" * 32
)


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with receiving() as box:
        yield box


def sender(box: Mailbox) -> Smtp:
    return Smtp("127.0.0.1", box.port, SENDER, lambda: T0, "none")


async def test_a_message_holds_exactly_what_was_cleared(box: Mailbox) -> None:
    assert await sender(box).send(LETTER) == "250 OK: queued as 1"
    (message,) = box.messages
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == f"{TEXT}\n"
    found = [(part.get_filename(), part.get_payload(decode=True)) for part in message.iter_attachments()]
    assert found == [(file.name, content) for file, content in FILES]


async def test_its_headers_say_from_whom_to_whom_and_what_it_is(box: Mailbox) -> None:
    await sender(box).send(LETTER)
    (message,) = box.messages
    told = {
        name: str(message[name]).strip()
        for name in ("From", "To", "Message-ID", "X-Taskings-Package", "Subject", "Date")
    }
    assert told == {
        "From": SENDER,
        "To": "ocr@example.org",
        "Message-ID": "<T-1042.9.ab@ihsc.example.gov>",
        "X-Taskings-Package": "ab" * 32,
        "Subject": "Response to Beds Bcc: x@y.z (T-1042)",
        "Date": "Tue, 24 Nov 2026 14:00:00 +0000",
    }
    assert message["Bcc"] is None


async def test_what_is_refused_is_not_sent(box: Mailbox) -> None:
    box.refuses = "554 Message rejected"
    with pytest.raises(NotSent, match="554 Message rejected"):
        await sender(box).send(LETTER)
    box.refuses_to = "550 No such user"
    with pytest.raises(NotSent, match="550 No such user"):
        await sender(box).send(LETTER)


async def test_without_a_server_or_its_tls_nothing_is_sent(box: Mailbox) -> None:
    with pytest.raises(NotSent, match="can't be used"):
        await replace(sender(box), security="starttls").send(LETTER)
    with pytest.raises(NotSent, match="can't be used"):
        await replace(sender(box), port=1).send(LETTER)
    assert box.messages == []


@pytest.mark.parametrize("answer", ["", "what?", "299 Odd"])
async def test_a_connection_that_ends_without_an_answer_leaves_it_open(box: Mailbox, answer: str) -> None:
    box.vanishes, box.refuses = not answer, answer
    with pytest.raises(NotKnown):
        await sender(box).send(LETTER)
