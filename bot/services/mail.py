"""Send what a task manager sent off: once, after it is on record that it is tried, and its outcome on record too."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.domain.mailing import MailOutcome, broken_off, ended, tried
from bot.domain.messages import (
    Event,
    TransmissionConfirmed,
    TransmissionFailed,
    TransmissionTried,
    TransmissionUnconfirmed,
)
from bot.domain.task import Task
from bot.errors import NotFound, NotKnown, NotSent
from bot.ports.files import Files
from bot.ports.mail import Letter, Mail
from bot.services.handle import Handler

log = logging.getLogger(__name__)

SOURCE = "mail"
#: What a response says that has no words of its own (4-5).
NOTHING = "IHSC has no information to share."


@dataclass(frozen=True, slots=True)
class Mailer:
    """The worker; `mail` is None where no server is set up."""

    handle: Handler
    files: Files
    mail: Mail | None

    async def run_once(self) -> int:
        """A round; returns how much happened. An attempt of another process, or a broken one, is left alone."""
        numbers = await self.handle.store.read(lambda uow: uow.mails())
        return sum([await self._one(number) for number in numbers])

    async def _one(self, number: str) -> int:
        task, events = await self.handle.happened(number, _next, SOURCE)
        if any(isinstance(event, TransmissionTried) for event in events):
            await self._attempt(task)
        return len(events)

    async def _attempt(self, task: Task) -> None:
        """Whatever ends it in between leaves it tried, which is not tried again."""
        assert task.mailing is not None
        message_id = task.mailing.message_id
        kind, said = await self._sent(task)

        def outcome(now_task: Task, now: datetime) -> tuple[Event, ...]:
            return ended(now_task, kind, message_id, said, now)

        await self.handle.happened(task.number, outcome, SOURCE)
        log.info("mail of %s: %s", task.number, kind.__name__)

    async def _sent(self, task: Task) -> tuple[type[MailOutcome], str]:
        if self.mail is None:
            return TransmissionFailed, "No mail server is set up any more."
        try:
            return TransmissionConfirmed, await self.mail.send(await self._letter(task))
        except (NotSent, NotFound) as error:
            return TransmissionFailed, str(error)
        except NotKnown as error:
            return TransmissionUnconfirmed, str(error)

    async def _letter(self, task: Task) -> Letter:
        """Exactly what was cleared. Raises NotFound for a file that is missing or altered."""
        assert task.mailing is not None
        assert task.package is not None
        package, mail = task.package, task.mailing
        assert package.sha256 == mail.package, "nothing changes a cleared response while it is sent"
        files = tuple([(file, await self.files.get(file)) for file in package.files])
        text = package.text or (NOTHING if package.negative else "")
        subject = f"Response to {task.request.subject} ({task.number})"
        return Letter(mail.to, subject, text, files, mail.message_id, mail.package)


def _next(task: Task, now: datetime) -> tuple[Event, ...]:
    return tried(task, now) or broken_off(task, now)
