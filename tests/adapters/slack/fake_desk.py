"""A desk that remembers what it was asked and answers as told."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence

from bot.domain.messages import Original
from bot.domain.package import FileRef
from bot.errors import NotAllowed
from bot.ports.chat import Account, Click, IncomingFile, Message, Reply, Shown
from cards.model import Button, ChoiceField, FileField, Form, MomentField, TextField, ToggleField
from cards.payload import Press

RESPOND = Button(
    "Respond",
    "task.respond",
    "T-1042",
    (("assignment", "1"),),
    "primary",
    Form(
        "Respond to T-1042", "Submit", (TextField("text", "Response", required=False), FileField("files", "Files", ""))
    ),
)
LOG = Button(
    "Log a request",
    "task.log",
    "",
    form=Form(
        "Log a request",
        "Log request",
        (
            ChoiceField("task_type", "Type", (("media-inquiry", "Media inquiry"), ("report", "Report"))),
            TextField("subject", "Subject"),
            TextField("text", "What is asked", multiline=True),
            TextField("requestor", "Requestor"),
            ChoiceField("about", "Unit or facility", (("hq", "Headquarters"), ("field", "Field"))),
            MomentField("due_at", "Due"),
            ToggleField("ses", "Needs SES clearance"),
        ),
    ),
)


class FakeDesk:
    """`error` is raised by the next click, form, question or files; repeated keys are counted in `keys`."""

    def __init__(self) -> None:
        self.people: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.looked_up = 0
        self.clicks: list[Click] = []
        self.messages: list[Message] = []
        self.received: list[tuple[str, list[tuple[str, bytes]]]] = []
        self.keys: list[str] = []
        self.reply = Reply()
        self.button: Button = RESPOND
        self.sent_on: list[tuple[str, Original]] = []
        self.error: Exception | None = None
        self.strangers_refused = True

    async def identify(self, account: Account, email: Callable[[], Awaitable[str | None]]) -> str:
        if account.id not in self.people:
            self.looked_up += 1
            known = await email()
            if known is None:
                raise NotAllowed("You are not in the directory; ask the Taskings Program to add you.")
            self.people[account.id] = known
        if account.address:
            self.addresses[account.id] = account.address
        return self.people[account.id]

    async def click(self, click: Click) -> Reply:
        self._fail()
        self.keys.append(click.key)
        if self.keys.count(click.key) == 1:
            self.clicks.append(click)
        return self.reply

    async def form(self, actor: str, press: Press) -> Button:
        self._fail()
        return self.button

    async def forward(self, actor: str, original: Original) -> Button:
        self._fail()
        self.sent_on.append((actor, original))
        return self.button

    async def say(self, message: Message) -> Reply:
        self._fail()
        self.messages.append(message)
        return self.reply

    async def task_at(self, shown: Shown | None) -> str:
        return ""

    async def fetch(self, actor: str, task: str, package: str, sha256: str) -> tuple[FileRef, bytes]:
        raise NotImplementedError

    async def store(self, file: IncomingFile) -> FileRef:
        content = b"".join([chunk async for chunk in file.open()])
        self._fail()
        return FileRef(file.name, len(content), hashlib.sha256(content).hexdigest(), "text/plain")

    async def receive(
        self, key: str, platform: str, actor: str, files: Sequence[IncomingFile], thread: Shown | None = None
    ) -> Reply:
        self.received.append((actor, [(f.name, b"".join([chunk async for chunk in f.open()])) for f in files]))
        self._fail()
        return self.reply

    def _fail(self) -> None:
        error, self.error = self.error, None
        if error:
            raise error
