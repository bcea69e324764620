"""A cleared response goes to its requestor by email, from a button: once, whatever breaks in between (5-2.2.e, 6-4)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import messages as m
from bot.domain.mailing import BROKEN_OFF
from bot.domain.messages import Manner
from bot.domain.package import FileRef
from bot.domain.task import Status
from bot.errors import IllegalTransition, InvalidInput
from bot.ports.chat import Click
from bot.ports.mail import Letter, Mail
from storage.database import Database
from tests.flows.house import House, Person, opened
from tests.flows.staff import Staff, act, sees
from tests.flows.test_canary import CANARY, OURS, notified, private_in
from tests.mailbox import Mailbox, receiving
from tests.world import COS, DAD_CS, HOU_CHIEF, MANAGER, T0, request

OCR = "ocr@example.org"
SAVED = ["It arrived", "Send again"]


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with receiving() as box:
        yield box


@pytest.fixture
async def house(database: Database, tmp_path: Path, box: Mailbox) -> AsyncIterator[House]:
    async with opened(database, tmp_path, box.settings) as house:
        yield house


class Killed(Exception):
    """The process ends here."""


class Dying:
    """The mail server of a process that is killed before it is asked, or after it took the message."""

    def __init__(self, mail: Mail, after: bool) -> None:
        self.mail, self.after = mail, after

    @property
    def domain(self) -> str:
        return self.mail.domain

    async def send(self, letter: Letter) -> str:
        if self.after:
            await self.mail.send(letter)
        raise Killed


async def cleared(house: House, *files: tuple[str, bytes], **fields: object) -> None:
    """An inquiry with these files, up to its last clearance."""
    await house.do(MANAGER, request(**fields), number="")  # type: ignore[arg-type]
    refs = tuple([await stored(house, name, content) for name, content in files])
    await house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    await house.do(HOU_CHIEF, m.Acknowledge(1))
    await house.do(HOU_CHIEF, m.Respond(1, "412 beds", refs))
    await house.do(MANAGER, m.SendToClearance())
    sha = await package(house)
    await house.do(DAD_CS, m.Clear(0, 1, sha))
    await house.do(COS, m.Clear(1, 1, sha))


async def stored(house: House, name: str, content: bytes) -> FileRef:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return await house.running.mailer.files.put(name, chunks())


async def package(house: House) -> str:
    found = (await house.task()).package
    assert found is not None
    return found.sha256


async def message_id(house: House) -> str:
    mailing = (await house.task()).mailing
    assert mailing is not None
    return mailing.message_id


async def begin(house: House, command: m.Command | None = None) -> None:
    """The click is committed, and nothing was tried."""
    sent = command or m.Send(await package(house), OCR)
    await house.running.desk.handle(Click("press", "slack", MANAGER, "T-1001", sent))


async def events(house: House) -> list[str]:
    """What the record tells of the sending, by name."""
    found = await house.running.desk.handle.store.read(lambda uow: uow.history("T-1001"))
    names = [type(event).__name__ for event in found]
    return names[names.index("TransmissionBegun") :]


async def test_one_press_sends_what_was_cleared_and_records_what_the_server_said(staff: Staff, box: Mailbox) -> None:
    (manager,) = await staff.seat(MANAGER)
    await cleared(staff.house, ("beds.csv", b"month,beds\n10,412\n"))
    sees(manager, "Transmit: T-1001", buttons=["Send by email", "Transmit"])
    await act(manager, "Transmit: T-1001", "Send by email", to=OCR)
    (message,) = box.messages
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == "412 beds"
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_payload(decode=True)) == ("beds.csv", b"month,beds\n10,412\n")
    assert message["Subject"] == "Response to Bed capacity (T-1001)"
    assert message["X-Taskings-Package"].strip() == await package(staff.house)
    task = await staff.house.task()
    assert task.transmission is not None
    assert (task.status, task.transmission.to, task.transmission.manner) == (Status.TRANSMITTED, OCR, Manner.EMAIL)
    assert message["Message-ID"] == task.transmission.message_id
    assert message["Message-ID"].endswith("@ihsc.example.gov>")
    said = (f"To: {OCR}", f"Message-ID: {message['Message-ID']}", "Mail server: 250 OK: queued as 1")
    sees(manager, "Transmit: T-1001", *said, buttons=["Close record"])
    assert await events(staff.house) == ["TransmissionBegun", "TransmissionTried", "TransmissionConfirmed"]
    assert await staff.differences() == []


async def test_the_address_is_filled_in_when_the_requestor_is_one(staff: Staff, box: Mailbox) -> None:
    (manager,) = await staff.seat(MANAGER)
    await cleared(staff.house, requestor=OCR)
    await act(manager, "Transmit: T-1001", "Send by email")
    assert [message["To"] for message in box.messages] == [OCR]


async def test_what_the_server_refuses_is_told_and_can_be_sent_once_it_is_mended(staff: Staff, box: Mailbox) -> None:
    (manager,) = await staff.seat(MANAGER)
    await cleared(staff.house)
    box.refuses_to = "550 No such user"
    await act(manager, "Transmit: T-1001", "Send by email", to="ocr@example.orf")
    sees(manager, "Transmit: T-1001", "Not sent to ocr@example.orf", "550", buttons=["Send by email", "Transmit"])
    box.refuses_to = ""
    await act(manager, "Transmit: T-1001", "Send by email", to=OCR)
    assert [message["To"] for message in box.messages] == [OCR]
    assert (await staff.house.task()).status is Status.TRANSMITTED


async def test_an_address_that_is_none_is_refused(staff: Staff, box: Mailbox) -> None:
    (manager,) = await staff.seat(MANAGER)
    await cleared(staff.house)
    for wrong in ("ICE OCR", "a@b.org, c@d.org", "a@b.org\nBcc: c@d.org"):
        with pytest.raises(InvalidInput, match="Enter one email address"):
            await begin(staff.house, m.Send(await package(staff.house), wrong))
    async with staff.house.refusal(manager) as told:
        await act(manager, "Transmit: T-1001", "Send by email", to="ICE OCR")
    assert "Enter one email address" in "".join(told)
    assert box.messages == []


@pytest.mark.parametrize("broken", ["missing", "altered"])
async def test_a_file_that_is_not_what_was_cleared_stops_it_by_name(
    house: House, box: Mailbox, tmp_path: Path, broken: str
) -> None:
    await cleared(house, ("beds.csv", b"month,beds\n"), ("note.txt", b"About it.\n"))
    task = await house.task()
    assert task.package is not None
    kept = tmp_path / "files" / task.package.files[1].sha256
    kept.unlink() if broken == "missing" else kept.write_bytes(kept.read_bytes()[:-1] + b"!")
    await begin(house)
    await house.settle()
    mailing = (await house.task()).mailing
    assert mailing is not None
    assert mailing.reason.startswith("note.txt is ")
    assert box.messages == []
    assert (await events(house))[-1] == "TransmissionFailed"


@pytest.mark.parametrize("after", [False, True], ids=["before it was handed over", "after it was taken"])
@pytest.mark.parametrize("answer", SAVED)
async def test_killed_in_between_it_is_not_sent_again_but_asked_about(
    staff: Staff, box: Mailbox, after: bool, answer: str
) -> None:
    (manager,) = await staff.seat(MANAGER)
    house, mailer = staff.house, staff.house.running.mailer
    await cleared(house)
    await begin(house)
    assert mailer.mail is not None
    with pytest.raises(Killed):
        await replace(mailer, mail=Dying(mailer.mail, after)).run_once()
    arrived = len(box.messages)
    assert arrived == int(after)
    await house.settle()
    sees(manager, "Transmit: T-1001", f"Being sent to {OCR}", buttons=[])
    await staff.later(BROKEN_OFF)
    await staff.later(timedelta(hours=1))
    sees(manager, "Transmit: T-1001", "Unconfirmed", "The service stopped while", buttons=SAVED)
    assert len(box.messages) == arrived
    await act(
        manager, "Transmit: T-1001", answer, **({"to": OCR} if answer == "Send again" else {"note": "She called."})
    )
    assert (await house.task()).status is Status.TRANSMITTED
    assert len(box.messages) == arrived + (answer == "Send again")
    begun = ["TransmissionBegun", "TransmissionTried", "TransmissionUnconfirmed"]
    again = ["TransmissionBegun", "TransmissionTried", "TransmissionConfirmed"]
    assert await events(house) == begun + (again if answer == "Send again" else ["ArrivalConfirmed"])
    assert await staff.differences() == []


async def test_stopped_before_it_was_tried_it_goes_once_when_the_service_is_back(house: House, box: Mailbox) -> None:
    await cleared(house)
    await begin(house)
    assert box.messages == []
    house.clock.advance(timedelta(hours=1))
    await house.settle()
    await house.settle()
    assert len(box.messages) == 1
    assert (await house.task()).status is Status.TRANSMITTED


async def test_a_connection_lost_after_the_message_is_asked_about_at_once(staff: Staff, box: Mailbox) -> None:
    (manager,) = await staff.seat(MANAGER)
    await cleared(staff.house)
    box.vanishes = True
    await act(manager, "Transmit: T-1001", "Send by email", to=OCR)
    sees(manager, "Transmit: T-1001", "Unconfirmed", "broke before it confirmed", buttons=SAVED)
    assert len(box.messages) == 1
    await staff.later(timedelta(days=1))
    assert len(box.messages) == 1


async def test_one_wish_to_send_it_again_sends_it_once_however_often_it_comes(house: House, box: Mailbox) -> None:
    """Each attempt is left open by the server; a platform delivers the same wish anew under another id."""
    await cleared(house)
    box.vanishes = True
    await begin(house)
    await house.settle()
    wish = m.SendAgain(await package(house), await message_id(house), OCR)
    for delivery in ("one", "two"):
        await house.running.desk.handle(Click(delivery, "teams", MANAGER, "T-1001", wish))
        await house.settle()
    assert len(box.messages) == len({message["Message-ID"] for message in box.messages}) == 2


async def test_two_workers_and_a_double_click_send_one_message(house: House, box: Mailbox) -> None:
    await cleared(house)
    await begin(house)
    await house.running.desk.handle(Click("press again", "teams", MANAGER, "T-1001", m.Send(await package(house), OCR)))
    mailer = house.running.mailer
    await asyncio.gather(*(mailer.run_once() for _ in range(4)))
    await house.settle()
    assert len(box.messages) == 1
    assert await events(house) == ["TransmissionBegun", "TransmissionTried", "TransmissionConfirmed"]


async def test_an_outcome_that_comes_late_counts_unless_somebody_sent_again(house: House, box: Mailbox) -> None:
    """A process that stood still for long: its attempt is unconfirmed by then, and what it learns is still true."""
    await cleared(house)
    await begin(house)
    mailer = house.running.mailer
    assert mailer.mail is not None
    late = replace(mailer, mail=Slow(mailer.mail, house))
    await late.run_once()
    names = await events(house)
    assert names[1:] == ["TransmissionTried", "TransmissionUnconfirmed", "TransmissionConfirmed"]
    assert len(box.messages) == 1


class Slow(Dying):
    """It answers after everybody gave up on it."""

    def __init__(self, mail: Mail, house: House) -> None:
        super().__init__(mail, after=True)
        self.house = house

    async def send(self, letter: Letter) -> str:
        self.house.clock.advance(BROKEN_OFF)
        await self.house.running.mailer.run_once()
        return await self.mail.send(letter)


async def test_while_it_is_sent_it_is_neither_withdrawn_nor_recorded_otherwise(house: House) -> None:
    await cleared(house)
    await begin(house)
    sha, mail = await package(house), await message_id(house)
    for command in (
        m.Withdraw("not wanted"),
        m.Transmit(sha),
        m.SendAgain(sha, mail, "other@example.org"),
        m.ConfirmArrival(sha, mail),
    ):
        with pytest.raises(IllegalTransition, match="being sent now"):
            await begin_other(house, command)


async def begin_other(house: House, command: m.Command) -> None:
    await house.running.desk.handle(Click(f"{command}", "slack", MANAGER, "T-1001", command))


async def test_who_asked_by_itms_is_not_answered_by_email_from_here(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await cleared(staff.house, manner=Manner.ITMS)
    sees(manager, "Transmit: T-1001", buttons=["Transmit"])
    with pytest.raises(IllegalTransition, match="answered as they asked"):
        await begin(staff.house)


async def test_what_was_sent_elsewhere_is_recorded_with_when_and_to_whom(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await cleared(staff.house, manner=Manner.ITMS)
    staff.house.clock.advance(timedelta(hours=3))
    await act(manager, "Transmit: T-1001", "Transmit", to="Ana Ortiz", sent_at=T0 + timedelta(hours=1), note="ITMS 5")
    sees(manager, "Transmit: T-1001", "Tue 24 Nov 2026, 10:00", "To: Ana Ortiz", "ITMS 5", buttons=["Close record"])


async def test_it_went_neither_before_it_was_cleared_nor_later_than_now(house: House) -> None:
    await cleared(house)
    sha = await package(house)
    for wrong in (T0 - timedelta(minutes=1), T0 + timedelta(minutes=1)):
        with pytest.raises(InvalidInput, match=r"goes out after that \(4-7\)"):
            await begin_other(house, m.Transmit(sha, sent_at=wrong))


async def test_neither_the_log_nor_a_notification_tells_what_was_sent_to_whom(
    house: House, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="mail.log")  # which is the other side's
    caplog.set_level(logging.INFO)
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    manager: Person = await house.on_slack(MANAGER)
    await cleared(house, (f"{CANARY}.txt", b"about it\n"), subject=f"The {CANARY}", requestor=f"{CANARY}@example.org")
    box.refuses_to = f"550 No {CANARY} here"
    await act(manager, "Transmit: T-1001", "Send by email")
    assert CANARY in manager.reads("Transmit: T-1001")
    box.refuses_to, box.vanishes = "", True
    await act(manager, "Transmit: T-1001", "Send by email")
    await act(manager, "Transmit: T-1001", "Send again")
    assert "mail of T-1001: TransmissionFailed" in caplog.text
    assert private_in(caplog.text) == []
    assert [words for words in notified(house) if CANARY in words.lower()] == []
