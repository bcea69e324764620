"""What happens when somebody presses, submits or says something: short, because Slack waits three seconds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.response import BoltResponse

from adapters.slack import inbound, markup
from adapters.slack.chat import SlackChat
from adapters.slack.files import SlackFiles
from adapters.slack.inbound import Malformed, Origin, Pressed, Said, Submitted
from adapters.slack.people import People
from adapters.slack.pictures import Pictures
from adapters.slack.talk import Talk, sentence, shown
from adapters.slack.trouble import Background, attempt, explain
from adapters.slack.workspace import Workspace
from bot.errors import DeliveryError, InvalidInput, Rejected
from bot.ports.chat import Click, Desk, Message, OutgoingFile, Reply, Shown
from cards import blockkit
from cards.actions import ASK, BACK
from cards.commands import to_command
from cards.model import Button, Card, Text
from cards.payload import Press, payload
from cards.refill import refilled
from cards.upload_card import received
from cards.work_card import MINE

ELSEWHERE = "It is in our own conversation."
FILES_ELSEWHERE = (
    "I take no files here: send them to me in our own conversation, in the thread of a task's card, "
    "or with the form of your response."
)
BESIDE = "I did not read what you wrote beside it: send words on their own, or write them into your response."
CHECKING = ("One moment", "Checking your files. You can close this; you will be told how it ends.")


class Listeners:
    def __init__(
        self, desk: Desk, workspace: Workspace, chat: SlackChat, files: SlackFiles, zone: tzinfo, background: Background
    ) -> None:
        self._desk = desk
        self._workspace = workspace
        self._chat = chat
        self._files = files
        self._zone = zone
        self._background = background
        self._people = People(desk, workspace, background)
        self._talk = Talk(workspace, Pictures(files))

    async def on_action(self, body: dict[str, Any], ack: AsyncAck) -> None:
        await ack()
        pressed = inbound.pressed(body)
        if inbound.at_home(body):
            await self._press_at_home(pressed)
            return
        by, seen, press = pressed.origin, pressed.seen, pressed.press
        direct = by.channel.startswith("D") and not pressed.alone
        actor = await self._people.actor(by, by.channel if direct else None)
        if by.url and not pressed.answer:
            self._chat.remember(seen.address, seen.message_id, by.url)
        if press.action == ASK:
            said = Said(pressed.key, by, press.args.get("text", ""), room=not direct)
            reply = await self._opened(await self._say(actor, said), by)
            self._background.start(self._talk.answer(by, said.room, reply, alone=pressed.alone))
            thread = by.thread or seen.message_id if direct else ""
            self._background.start(self._hand_out(actor, by, reply, thread))
            return
        if press.opens:
            button = await self._desk.form(actor, press)
            if button.form:
                await self._open(button, by, seen, pressed.answer)
                return
            press = Press(button.action, button.task, dict(button.args), opens=False)
        await self._act(actor, replace(pressed, press=press))

    async def on_view(self, body: dict[str, Any], ack: AsyncAck) -> None:
        submitted = inbound.submitted(body)
        actor = await self._people.actor(submitted.origin)
        if any(submitted.files.values()):
            await ack(response_action="update", view=blockkit.modal_notice(*CHECKING))
            # The download that comes first leaves Slack the time to show this notice before the next one.
            self._background.start(self._submit_with_files(actor, submitted))
            return
        reply = await self._submit(actor, submitted)
        await ack(response_action="clear")
        self._background.start(self._talk.answer_click(submitted.origin, submitted.answer, reply))

    async def on_shortcut(self, body: dict[str, Any], ack: AsyncAck) -> None:
        await ack()
        sent = inbound.forwarded(body)
        actor = await self._people.actor(sent.origin)
        await self._open(await self._desk.forward(actor, await self._people.original(sent)), sent.origin)

    async def on_command(self, body: dict[str, Any], ack: AsyncAck) -> None:
        said = inbound.commanded(body)
        actor = await self._people.actor(said.origin)
        reply = await self._opened(await self._say(actor, said), said.origin)
        if reply.card and reply.card.images:
            # What only one person sees takes no uploaded image.
            await ack({"response_type": "ephemeral", **sentence(ELSEWHERE)})
            self._background.start(self._talk.answer(said.origin, True, replace(reply, private=True)))
            return
        await ack({"response_type": "ephemeral", **told} if (told := shown(reply)) else "")
        self._background.start(self._hand_out(actor, said.origin, reply))

    async def on_event(self, body: dict[str, Any]) -> None:
        if by := inbound.home_opened(body):
            await self._show_home(by)
            return
        said = inbound.said(body)
        if said is None or said.origin.user == (await self._workspace.me()).user:
            return
        actor = await self._people.actor(said.origin, None if said.room else said.origin.channel)
        if said.files and (not said.room or await self._desk.task_at(said.thread)):
            await self._background.patiently(self._receive(actor, said))
            return
        if said.files:
            self._background.start(self._talk.tell(said.origin, FILES_ELSEWHERE))
            if not markup.plain(said.text, {}):
                return
        reply = await self._say(actor, said)
        self._background.start(self._talk.answer(said.origin, said.room, reply))
        self._background.start(self._hand_out(actor, said.origin, reply, "" if said.room else said.origin.thread))

    async def on_error(self, error: Exception, body: dict[str, Any]) -> BoltResponse:
        """Tell the person, in whatever way their action can be answered."""
        if isinstance(error, Malformed):
            return BoltResponse(status=400, body="")
        text = explain(error)
        if body.get("type") == "view_submission":
            return _json({"response_action": "errors", "errors": {_blamed(error, body): text}})
        if "command" in body:
            return _json({"response_type": "ephemeral", **sentence(text)})
        self._background.start(self._talk.tell(inbound.origin(body), text))
        return BoltResponse(status=200, body="")

    async def _show_home(self, by: Origin) -> None:
        """My work; who is not known reads there why there is none."""
        try:
            actor = await self._people.actor(by, by.channel)
            card = (await self._desk.say(Message("", "slack", actor, MINE))).card
        except Rejected as error:
            card = Card("Taskings", (Text(str(error)),), "")
        if card:
            self._background.start(self._workspace.publish(by.user, blockkit.render_home(card)))

    async def _press_at_home(self, pressed: Pressed) -> None:
        """What is asked is answered in the person's conversation, what is done changes the tab."""
        actor = await self._people.actor(pressed.origin)
        by = replace(pressed.origin, channel=await self._workspace.direct(pressed.origin.user))
        press = pressed.press
        if press.action == ASK:
            reply = await self._opened(await self._say(actor, Said(pressed.key, by, press.args.get("text", ""))), by)
            self._background.start(self._talk.answer(by, False, reply))
            self._background.start(self._hand_out(actor, by, reply))
            return
        reply = await self._desk.click(_click(pressed, actor, None, self._zone))
        if reply.card:
            self._background.start(self._workspace.publish(by.user, blockkit.render_home(reply.card)))

    async def _act(self, actor: str, pressed: Pressed) -> None:
        reply = await self._desk.click(_click(pressed, actor, pressed.seen, self._zone))
        self._background.start(self._talk.answer_click(pressed.origin, pressed.answer, reply))

    async def _open(self, button: Button, by: Origin, seen: Shown | None = None, answer: str = "") -> None:
        await self._workspace.open_view(by.trigger, self._modal(button, by, seen, answer))

    async def _opened(self, reply: Reply, by: Origin) -> Reply:
        """The reply without its form once that is open; else its button is shown, and brings a fresh trigger."""
        if reply.form is None:
            return reply
        try:
            await self._open(reply.form, by)
        except DeliveryError:
            return reply
        return replace(reply, form=None)

    def _modal(self, button: Button, by: Origin, seen: Shown | None, answer: str) -> dict[str, Any]:
        return blockkit.render_modal(button, inbound.metadata(payload(button), by, seen, answer), self._zone)

    async def _say(self, actor: str, said: Said) -> Reply:
        text = await self._people.named(said.text)
        room = said.origin.channel if said.room else None
        return await self._desk.say(Message(said.key, "slack", actor, text, room, thread=said.thread))

    async def _submit(self, actor: str, submitted: Submitted) -> Reply:
        """Raises Rejected, InvalidInput for one of the form's fields."""
        command = to_command(submitted.press, submitted.inputs, self._zone)
        task = submitted.press.task
        return await self._desk.click(Click(submitted.key, "slack", actor, task, command, submitted.seen))

    async def _store_and_submit(self, actor: str, submitted: Submitted) -> Reply:
        stored: dict[str, object] = {
            name: tuple([await self._desk.store(self._files.incoming(file)) for file in files])
            for name, files in submitted.files.items()
        }
        return await self._submit(actor, replace(submitted, inputs={**submitted.inputs, **stored}))

    async def _submit_with_files(self, actor: str, submitted: Submitted) -> None:
        outcome = await attempt(self._store_and_submit(actor, submitted))
        if isinstance(outcome, Exception):
            text = explain(outcome)
            again = await attempt(self._again(actor, submitted, text))
            view = blockkit.modal_notice("Not sent", text) if isinstance(again, Exception) else again
        else:
            text = outcome.text or "Done."
            view = blockkit.modal_notice("Done", text)
        try:
            await self._workspace.update_view(submitted.view, view)
        except DeliveryError:
            await self._talk.tell(submitted.origin, text)  # it was closed meanwhile

    async def _again(self, actor: str, submitted: Submitted, problem: str) -> dict[str, Any]:
        """The form once more with what was written in it, so that a bad file costs nobody their words.

        Raises Rejected or ValueError when there is no such form any more.
        """
        button = await self._desk.form(actor, replace(submitted.press, opens=True))
        again = refilled(button, submitted.inputs, f"{problem} Choose the files again.")
        return self._modal(again, submitted.origin, submitted.seen, submitted.answer)

    async def _hand_out(self, actor: str, to: Origin, reply: Reply, thread: str = "") -> None:
        """Files into the person's own conversation, one at a time; one that can't be sent is named there."""
        for sent in reply.files:
            outcome = await attempt(self._hand(actor, to, sent, thread))
            if isinstance(outcome, Exception):
                await self._talk.tell(to, explain(outcome))

    async def _hand(self, actor: str, to: Origin, sent: OutgoingFile, thread: str) -> None:
        file, content = await self._desk.fetch(actor, sent.task, sent.package, sent.file.sha256)
        await self._files.send(await self._workspace.direct(to.user), thread, file.name, content)

    async def _receive(self, actor: str, said: Said) -> None:
        files = [self._files.incoming(file) for file in said.files]
        await attempt(self._talk.tell(said.origin, received(len(files))))
        outcome = await attempt(self._desk.receive(said.key, "slack", actor, files, said.thread))
        if isinstance(outcome, Exception):
            await self._talk.tell(said.origin, explain(outcome))
        else:
            told = replace(outcome, text=f"{outcome.text} {BESIDE}") if markup.plain(said.text, {}) else outcome
            await self._talk.answer(said.origin, said.room, told)


def _click(pressed: Pressed, actor: str, seen: Shown | None, zone: tzinfo) -> Click:
    press = pressed.press
    command = to_command(press, {}, zone)
    return Click(pressed.key, "slack", actor, press.task, command, seen, press.args.get(BACK, ""))


def _blamed(error: Exception, body: dict[str, Any]) -> str:
    """The input of the view to show an error at: the one at fault, else the first."""
    named = error.field if isinstance(error, InvalidInput) else None
    with inbound.parsing():
        fields = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
        return named if named and named in fields else str(fields[0])


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": ["application/json"]})
