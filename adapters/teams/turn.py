"""One turn: what a person did, put to the desk, and what they are shown for it.

A turn answers and collects what else there is to send; the app sends it once the answer is on its way, so that a
slow connector never makes Teams ask again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import tzinfo
from http import HTTPStatus
from typing import Any

from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ChannelAccount

from adapters.teams import consent, dialogs, inbound
from adapters.teams.chat import ADAPTIVE, card_activity, form_activity, text_activity
from adapters.teams.connector import Connector
from adapters.teams.consent import Consent, Upload
from adapters.teams.dialogs import Dialogs
from adapters.teams.inbound import Fetch
from bot.errors import Conflict, DeliveryError, Rejected
from bot.ports.chat import Desk, Reply
from cards import adaptive
from cards.actions import ASK
from cards.model import Button, Card, Text
from cards.upload_card import received

MESSAGE = "application/vnd.microsoft.activity.message"
ELSEWHERE = "I answered in our own chat."
BELOW = "It is below."
DONE = "Done"
BUSY = "Somebody else changed this at the same moment. Look at it as it is now and try again."
UNREACHED = "Teams did not answer in time. Try again in a moment."
NO_PICTURES = "I can't read a pasted picture. Attach it as a file with the paperclip."
BESIDE = "I did not read what you wrote beside it: send words on their own, or write them into your response."
HELLO = "help"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message to send after the answer: to the person alone, or where they spoke.

    With `replaces` it takes the place of that message instead; with `removes` that message goes.
    """

    activity: dict[str, Any]
    private: bool = True
    replaces: str = ""
    removes: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a press led to: a card that takes the place of the one pressed, or a sentence for that person alone.

    A `hint` only says where to look, so anybody may see it.
    """

    card: Card | None = None
    sentence: str = ""
    hint: str = ""


class Turn(ActivityHandler):  # type: ignore[misc]  # botbuilder has no types
    """Handles one activity; `parcels` is what is left to send afterwards, `met` the email of somebody new.

    `finish` does first what takes longer than Teams waits for an answer.
    """

    def __init__(self, desk: Desk, connector: Connector, fetch: Fetch, upload: Upload, zone: tzinfo) -> None:
        super().__init__()
        self._desk, self._connector, self._zone = desk, connector, zone
        self._fetch, self._upload = fetch, upload
        self._agreed: tuple[Consent, str] | None = None
        self.parcels: list[Parcel] = []
        self.met = ""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        activity = turn_context.activity
        if inbound.is_press(activity):
            self._show(await self._press(activity), str(activity.reply_to_id or ""))
        else:
            await self._converse(activity, self._listen)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        """Says hello. An upgrade of the app comes this way too, and needs none."""
        activity = turn_context.activity
        if inbound.is_personal(activity) and activity.action == "add":
            await self._converse(activity, self._hello)

    async def on_members_added_activity(self, members_added: list[ChannelAccount], turn_context: TurnContext) -> None:
        """Enrols without a word: an installationUpdate comes with it, and says hello or what is wrong."""
        activity = turn_context.activity
        if inbound.is_personal(activity) and activity.from_property.id != activity.recipient.id:
            with suppress(Rejected, DeliveryError):
                await self._identify(activity)

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        activity = turn_context.activity
        if dialogs.is_dialog(activity):
            return await self._dialog(activity)
        if consent.is_answer(activity):
            return await self._consented(activity)
        if activity.name != inbound.PRESSED:
            return InvokeResponse(status=HTTPStatus.NOT_IMPLEMENTED)
        return self._answer(activity, await self._press(activity))

    def apologise(self, activity: Activity, sentence: str) -> InvokeResponse | None:
        """What to answer when the turn failed: the sentence, to the person alone, and nothing half done."""
        self.parcels.clear()
        if dialogs.is_dialog(activity):
            return dialogs.told(sentence)
        if consent.is_answer(activity):
            self._tell(sentence)
            return InvokeResponse(status=HTTPStatus.OK)
        if activity.type == "invoke":
            return self._answer(activity, Outcome(sentence=sentence))
        self._tell(sentence)
        return None

    async def _dialog(self, activity: Activity) -> InvokeResponse:
        try:
            return await Dialogs(self._desk, self._connector, self._zone).answer(activity)
        except (Rejected, Conflict, DeliveryError) as error:
            return dialogs.told(_sentence(error))

    async def finish(self) -> None:
        """Upload what somebody agreed to."""
        if self._agreed is None:
            return
        agreed, actor = self._agreed
        try:
            self.parcels.append(Parcel(await consent.saved(agreed, actor, self._desk, self._upload)))
        except (Rejected, Conflict, DeliveryError) as error:
            self._tell(_sentence(error))

    # What people do

    async def _consented(self, activity: Activity) -> InvokeResponse:
        """However it was answered, the question goes: an address to upload to serves once."""
        try:
            actor, answer = await self._identify(activity), consent.answered(activity)
            self._agreed = (answer, actor) if answer.accepted else None
            if activity.reply_to_id:
                self.parcels.append(Parcel({}, removes=str(activity.reply_to_id)))
        except (Rejected, Conflict, DeliveryError) as error:
            self._tell(_sentence(error))
        return InvokeResponse(status=HTTPStatus.OK)

    async def _press(self, activity: Activity) -> Outcome:
        try:
            actor = await self._identify(activity)
            pressed = inbound.pressed(activity)
            if pressed.press.action == ASK:
                return self._asked(activity, await self._desk.say(inbound.asked(activity, pressed.press, actor)))
            if pressed.press.opens:
                return self._opened(activity, await self._desk.form(actor, pressed.press))
            reply = await self._desk.click(inbound.click(activity, pressed, actor, self._zone))
        except (Rejected, Conflict, DeliveryError) as error:
            return Outcome(sentence=_sentence(error))
        return self._clicked(activity, reply, form=pressed.seen is None)

    def _asked(self, activity: Activity, reply: Reply) -> Outcome:
        """The answer is a message of its own; the card whose button asked stays."""
        self._say(reply)
        elsewhere = reply.private and not inbound.is_personal(activity)
        return Outcome(hint=ELSEWHERE if elsewhere else BELOW)

    def _clicked(self, activity: Activity, reply: Reply, form: bool) -> Outcome:
        if reply.form:
            return self._opened(activity, reply.form)
        if reply.card is None:
            # A form that was sent has had its time: what came of it takes its place.
            done = Card(DONE, (Text(reply.text),), reply.text)
            return Outcome(card=done) if form else Outcome(sentence=reply.text)
        if reply.text:
            self._tell(reply.text)
        if inbound.is_personal(activity) or not reply.private:
            return Outcome(card=reply.card)
        self.parcels.append(Parcel(card_activity(reply.card)))
        return Outcome(hint=ELSEWHERE)

    def _opened(self, activity: Activity, button: Button) -> Outcome:
        self.parcels.append(Parcel(form_activity(button)))
        return Outcome(hint=BELOW if inbound.is_personal(activity) else ELSEWHERE)

    async def _converse(self, activity: Activity, say: Callable[[Activity, str], Awaitable[Reply]]) -> None:
        try:
            reply = await say(activity, await self._identify(activity))
        except (Rejected, Conflict, DeliveryError) as error:
            self._tell(_sentence(error))
            return
        self._say(reply)

    def _say(self, reply: Reply) -> None:
        if reply.card:
            self.parcels.append(Parcel(card_activity(reply.card), reply.private))
        if reply.text:
            self.parcels.append(Parcel(text_activity(reply.text), reply.private))
        if reply.form:
            self.parcels.append(Parcel(form_activity(reply.form)))
        if reply.alone:
            self.parcels.append(Parcel(card_activity(reply.alone)))
        self.parcels += [Parcel(consent.offer(sent)) for sent in reply.files]

    async def _listen(self, activity: Activity, actor: str) -> Reply:
        files = inbound.files(activity, self._fetch)
        if files:
            with suppress(DeliveryError):
                seen = text_activity(received(len(files)))
                await self._connector.send(inbound.origin(activity), seen)
            attached = await self._desk.receive(inbound.key(activity), inbound.PLATFORM, actor, files)
            return _beside(activity, attached)
        if inbound.has_picture(activity):
            return _beside(activity, Reply(text=NO_PICTURES, private=True))
        return await self._desk.say(inbound.message(activity, actor))

    async def _hello(self, activity: Activity, actor: str) -> Reply:
        return await self._desk.say(replace(inbound.message(activity, actor), text=HELLO))

    async def _identify(self, activity: Activity) -> str:
        async def email() -> str | None:
            member = await self._connector.member(inbound.roster(activity), activity.from_property.id)
            self.met = str(member.get("email") or member.get("userPrincipalName") or "")
            return self.met or None

        return await self._desk.identify(inbound.account(activity), email)

    # What they are shown

    def _answer(self, activity: Activity, outcome: Outcome) -> InvokeResponse:
        """A card in place of the old one, or a line below it that only this person sees.

        In a room nothing but a pointer is put in the line: clients differ in whom they show it.
        """
        if outcome.card:
            return _invoked(ADAPTIVE, adaptive.render(outcome.card))
        if outcome.sentence and not inbound.is_personal(activity):
            self._tell(outcome.sentence)
            return _invoked(MESSAGE, ELSEWHERE)
        return _invoked(MESSAGE, outcome.sentence or outcome.hint or DONE)

    def _show(self, outcome: Outcome, message_id: str) -> None:
        """The same for a client that sent a message and so takes no answer."""
        if outcome.card:
            self.parcels.append(Parcel(card_activity(outcome.card), private=False, replaces=message_id))
        if outcome.sentence:
            self._tell(outcome.sentence)

    def _tell(self, sentence: str) -> None:
        self.parcels.append(Parcel(text_activity(sentence)))


def _beside(activity: Activity, reply: Reply) -> Reply:
    """Nobody shall take words beside a file for their response: they are told that it does not hold them."""
    return replace(reply, text=f"{reply.text} {BESIDE}") if inbound.words(activity) else reply


def _sentence(error: Rejected | Conflict | DeliveryError) -> str:
    match error:
        case Rejected():
            return str(error)
        case Conflict():
            return BUSY
        case DeliveryError():
            return UNREACHED


def _invoked(kind: str, value: object) -> InvokeResponse:
    return InvokeResponse(status=HTTPStatus.OK, body={"statusCode": 200, "type": kind, "value": value})
