"""A sealed record is copied to the Taskings mailbox by email (6-5): once, whatever breaks in between."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.compose import Service
from bot.domain import messages as m
from bot.domain.mailing import BROKEN_OFF
from bot.domain.task import Sending, Task
from bot.errors import IllegalTransition
from bot.ports.chat import Click
from bot.settings import Mail
from storage.database import Database
from tests.flows.house import House, opened
from tests.flows.staff import Staff, act, sees
from tests.flows.test_mail import Dying, Killed
from tests.mailbox import Mailbox, receiving
from tests.world import MANAGER, request

TASKINGS = "taskings-mailbox@ihsc.example.gov"
AGAIN = ["Add to the record", "Send copy again"]


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with receiving() as box:
        yield box


@pytest.fixture
async def house(database: Database, tmp_path: Path, box: Mailbox) -> AsyncIterator[House]:
    mail = box.settings.model_copy(update={"records_to": TASKINGS})
    async with opened(database, tmp_path, mail) as house:
        yield house


def service(house: House) -> Service:
    return house.running


async def withdrawn(house: House) -> None:
    """One click before its record is sealed."""
    await house.do(MANAGER, request(subject="Embarrassing beds"), number="")
    await house.do(MANAGER, m.Withdraw("Sent twice."))


async def close(house: House) -> Task:
    """The click is committed, and nothing was tried."""
    return await service(house).desk.handle(Click("close", "slack", MANAGER, "T-1001", m.Close()))


async def copy(house: House) -> Sending:
    return (await house.task()).copies[-1].state


def attached(message: EmailMessage) -> dict[str, bytes]:
    found = {str(part.get_filename()): part.get_payload(decode=True) for part in message.iter_attachments()}
    return {name: content for name, content in found.items() if isinstance(content, bytes)}


async def test_the_package_goes_to_the_mailbox_at_the_closing_and_at_a_supplement(staff: Staff, box: Mailbox) -> None:
    (manager,) = await staff.seat(MANAGER)
    await withdrawn(staff.house)
    await act(manager, "T-1001", "Close record")
    task = await staff.house.task()
    (message,) = box.messages
    assert (message["To"], str(message["X-Taskings-Package"]).strip()) == (TASKINGS, task.seal)
    assert "Embarrassing" not in message["Subject"]
    names = zipfile.ZipFile(io.BytesIO(attached(message)["T-1001.zip"])).namelist()
    assert {"record.pdf", "record.json", "MANIFEST.sha256"} <= {*names}
    sees(manager, "T-1001", f"Copy to the Taskings mailbox Sent to {TASKINGS}", buttons=["Add to the record"])
    await act(manager, "T-1001", "Add to the record", text="A call")
    assert len(box.messages) == 2
    added = (await staff.house.task()).supplements[0]
    assert added.seal in box.messages[1]["X-Taskings-Package"]
    assert len({message["Message-ID"] for message in box.messages}) == 2
    assert await staff.differences() == []


async def test_of_a_large_record_the_document_and_the_manifest_go_with_a_note(house: House, box: Mailbox) -> None:
    await withdrawn(house)
    await close(house)
    await replace(service(house).copier, largest=1000).run_once()
    (message,) = box.messages
    assert [*attached(message)] == ["record.pdf", "MANIFEST.sha256"]
    body = message.get_body()
    assert body is not None
    assert "taskings record export T-1001" in body.get_content()


@pytest.mark.parametrize("after", [False, True], ids=["before it was handed over", "after it was taken"])
async def test_killed_in_between_it_is_unconfirmed_and_sent_again_only_by_its_manager(
    staff: Staff, box: Mailbox, after: bool
) -> None:
    (manager,) = await staff.seat(MANAGER)
    house, copier = staff.house, service(staff.house).copier
    await withdrawn(house)
    await close(house)
    assert copier.mail is not None
    with pytest.raises(Killed):
        await replace(copier, mail=Dying(copier.mail, after)).run_once()
    await house.settle()
    assert (await copy(house), len(box.messages)) == (Sending.TRIED, int(after))
    old = (await house.task()).copies[-1].message_id
    with pytest.raises(IllegalTransition, match="is being sent now"):
        await house.do(MANAGER, m.SendCopy(old))
    await staff.later(BROKEN_OFF)
    await staff.later(timedelta(hours=1))
    sees(manager, "T-1001", "Unconfirmed: sent to", "The service stopped while", buttons=AGAIN)
    assert len(box.messages) == int(after)
    await act(manager, "T-1001", "Send copy again")
    assert (await copy(house), len(box.messages)) == (Sending.SENT, int(after) + 1)
    await house.do(MANAGER, m.SendCopy(old))  # the same wish, delivered again
    assert len(box.messages) == int(after) + 1
    with pytest.raises(IllegalTransition, match="settled already"):
        await house.do(MANAGER, m.SendCopy((await house.task()).copies[-1].message_id))
    assert await staff.differences() == []


async def test_what_the_server_refuses_or_a_record_that_is_not_whole_is_told_with_the_reason(
    staff: Staff, box: Mailbox
) -> None:
    (manager,) = await staff.seat(MANAGER)
    await withdrawn(staff.house)
    box.refuses = "552 Mailbox full"
    await act(manager, "T-1001", "Close record")
    sees(manager, "T-1001", "Not sent to", "552 Mailbox full", buttons=AGAIN)
    box.refuses, box.vanishes = "", True
    await act(manager, "T-1001", "Send copy again")
    sees(manager, "T-1001", "Unconfirmed", "broke before it confirmed", buttons=AGAIN)
    assert len(box.messages) == 1


async def test_several_workers_send_one_copy(house: House, box: Mailbox) -> None:
    await withdrawn(house)
    await close(house)
    copier = service(house).copier
    await asyncio.gather(*(copier.run_once() for _ in range(4)))
    await house.settle()
    assert len(box.messages) == 1


@pytest.mark.parametrize("wrong", [{"host": ""}, {"records_to": "the mailbox"}])
def test_the_mailbox_is_one_address_that_mail_can_go_to(wrong: dict[str, str]) -> None:
    right = {"host": "mail.example.gov", "sender": "taskings@example.gov", "records_to": TASKINGS}
    assert Mail(**right).records_to == TASKINGS
    with pytest.raises(ValidationError, match="RECORDS_TO is one address"):
        Mail(**right | wrong)
