"""The message action "Send to Taskings": Teams asks for a dialog, and sends what was entered in it (6-1.2).

It works wherever somebody reads a message, so the bot need not be in that conversation, and nothing is ever said there:
whatever there is to tell is shown in the dialog.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from http import HTTPStatus
from typing import Any

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity

from adapters.teams import inbound
from adapters.teams.chat import ADAPTIVE
from adapters.teams.connector import Connector
from adapters.teams.plain import plain
from bot.domain.messages import Original
from bot.errors import NotAllowed, Rejected, SurfaceGone
from bot.ports.chat import Account, Click, Desk
from cards import adaptive
from cards.commands import NO_LONGER, to_command
from cards.model import Button, Card, Text
from cards.payload import Press, press
from cards.refill import refilled

FETCH, SUBMIT = "composeExtension/fetchTask", "composeExtension/submitAction"
FORWARD = "task.forward"
TITLE = "Send to Taskings"
UNKNOWN = "I can't tell who you are here: open Taskings in Teams, say hello to it, and try again."


@dataclass(frozen=True, slots=True)
class Submitted:
    """A dialog as sent; `once` is the dialog's, so that one sent again counts once."""

    once: str
    press: Press
    inputs: Mapping[str, object]

    @property
    def original(self) -> Original:
        args = self.press.args
        return Original(str(self.inputs.get("text") or ""), args.get("author", ""), args.get("link", ""))


def original(activity: Activity) -> Original:
    """The message that the action was chosen on; whatever is missing or of another shape is left empty."""
    message = _part(_value(activity), "messagePayload")
    content = str(_part(message, "body").get("content") or "")
    text = plain(content) if _part(message, "body").get("contentType") != "text" else content
    author = _part(message, "from")
    name = _part(author, "user").get("displayName") or _part(author, "application").get("displayName") or ""
    found = message.get("attachments")
    files = [str(a["name"]) for a in found if isinstance(a, dict) and a.get("name")] if isinstance(found, list) else []
    beside = f"Files there: {', '.join(files)}" if files else ""
    link = str(message.get("linkToMessage") or "")
    return Original("\n".join(filter(None, (text, beside))), str(name), link if link.startswith("https://") else "")


def submitted(activity: Activity) -> Submitted:
    """What was entered. Raises Rejected when it is no form of ours."""
    data = _part(_value(activity), "data")
    verb = data.get("verb")
    pressed = press(verb if isinstance(verb, str) else "", data)
    entered = inbound.moments(adaptive.inputs(data))
    once = hashlib.sha256(str(data.get(adaptive.ONCE)).encode()).hexdigest()
    return Submitted(once[:32], pressed, inbound.several(pressed.action, entered))


@dataclass(frozen=True, slots=True)
class Dialogs:
    desk: Desk
    connector: Connector
    zone: tzinfo

    async def answer(self, activity: Activity) -> InvokeResponse:
        """The form, or what came of it. Raises Rejected, Conflict and DeliveryError, to be told by `told`."""
        if _value(activity).get("commandId") != FORWARD:
            raise Rejected(NO_LONGER)
        actor = await self._identify(activity)
        if activity.name == FETCH:
            button = await self.desk.forward(actor, original(activity))
            return opened(button, inbound.key(activity))
        return await self._submit(activity, actor, submitted(activity))

    async def _submit(self, activity: Activity, actor: str, sent: Submitted) -> InvokeResponse:
        key = f"{inbound.PLATFORM}:{actor}:dialog:{sent.once}"
        try:
            command = to_command(sent.press, sent.inputs, self.zone)
            reply = await self.desk.click(Click(key, inbound.PLATFORM, actor, sent.press.task, command))
        except Rejected as error:  # the dialog stays, with what was entered
            button = await self.desk.forward(actor, sent.original)
            if button.action != sent.press.action:
                raise
            again = refilled(button, sent.inputs, str(error))
            return opened(again, str(_part(_value(activity), "data").get(adaptive.ONCE)))
        return told(reply.text)

    async def _identify(self, activity: Activity) -> str:
        """The person, by their own chat with the bot: of this conversation the bot may know nothing."""
        account = replace(inbound.account(activity), address=None)
        sender, bot = activity.from_property.id, activity.recipient.id

        async def email() -> str | None:
            try:
                tenant = inbound.tenant(activity)
                address = await self.connector.open_private(activity.service_url, bot, sender, tenant)
                member = await self.connector.member(address, sender)
            except SurfaceGone as error:
                raise NotAllowed(UNKNOWN) from error
            addresses.append(address)
            return str(member.get("email") or member.get("userPrincipalName") or "") or None

        addresses: list[str] = []
        actor = await self.desk.identify(account, email)
        return await self._met(account, addresses[0], actor) if addresses else actor

    async def _met(self, account: Account, address: str, actor: str) -> str:
        """Remember where cards for somebody new go."""

        async def email() -> str | None:
            return actor

        return await self.desk.identify(replace(account, address=address), email)


def is_dialog(activity: Activity) -> bool:
    return activity.name in {FETCH, SUBMIT}


def opened(button: Button, once: str) -> InvokeResponse:
    return _dialog(button.form.title if button.form else button.label, adaptive.render_dialog(button, once), "large")


def told(sentence: str) -> InvokeResponse:
    """A dialog that only says something."""
    return _dialog(TITLE, adaptive.render(Card(TITLE, (Text(sentence),), TITLE)), "small")


def _dialog(title: str, card: Mapping[str, Any], height: str) -> InvokeResponse:
    attachment = {"contentType": ADAPTIVE, "content": card}
    info = {"title": title, "height": height, "width": "medium", "card": attachment}
    return InvokeResponse(status=HTTPStatus.OK, body={"task": {"type": "continue", "value": info}})


def _value(activity: Activity) -> Mapping[str, Any]:
    return activity.value if isinstance(activity.value, dict) else {}


def _part(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = of.get(name)
    return part if isinstance(part, dict) else {}
