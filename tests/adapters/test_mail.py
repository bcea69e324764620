"""Messages through a real SMTP server: what they hold, and how it is told whether they went."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from adapters.mail import Smtp
from bot.domain.package import FileRef
from bot.errors import NotKnown, NotSent
from bot.ports.mail import Letter
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


def certified(folder: Path) -> tuple[Path, Path]:
    """A certificate of our own for 127.0.0.1, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    ours, secret = folder / "ours.pem", folder / "ours.key"
    ours.write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return ours, secret


@pytest.fixture
async def secured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Mailbox]:
    """Takes nothing before STARTTLS and a login."""
    ours, secret = certified(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(ours, secret)
    monkeypatch.setenv("SSL_CERT_FILE", str(ours))  # as an agency trusts its own authority

    def known(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"taskings", b"a secret")
        return AuthResult(success=right, handled=False)  # the server says so itself

    needs = {"require_starttls": True, "auth_required": True, "auth_require_tls": True}
    async with receiving(tls_context=context, authenticator=known, **needs) as box:
        yield box


def logged_in(box: Mailbox, password: str) -> Smtp:
    return replace(sender(box), security="starttls", username="taskings", password=password)


async def test_it_logs_in_over_starttls(secured: Mailbox) -> None:
    assert await logged_in(secured, "a secret").send(LETTER) == "250 OK: queued as 1"
    assert len(secured.messages) == 1


async def test_a_wrong_login_or_none_is_not_sent(secured: Mailbox) -> None:
    for smtp in (logged_in(secured, "a guess"), replace(sender(secured), security="starttls"), sender(secured)):
        with pytest.raises(NotSent):
            await smtp.send(LETTER)
    assert secured.messages == []


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    secured: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotSent, match="certificate"):
        await logged_in(secured, "a secret").send(LETTER)
    assert secured.messages == []
