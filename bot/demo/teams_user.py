"""A person in the local Teams: does in code what they would do in its client, and sees what they would see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yarl import URL

from bot.demo.teams_world import (
    ADAPTIVE,
    CONSENT,
    FILE,
    Conversation,
    Json,
    TeamsPerson,
    TeamsTrouble,
    TeamsWorld,
    personal,
)

MESSAGE = "application/vnd.microsoft.activity.message"
#: Where the parts of a card hold their parts.
PARTS = ("body", "items", "columns", "rows", "cells")


@dataclass(slots=True)
class TeamsUser:
    """One member of `world`. `lines` are what cards said to them alone, below the card, oldest first.

    `dialog` is the card of the dialog in front of them, `dialogs` the words of all they ever had, oldest first.
    Whatever they do raises TeamsTrouble where Teams would show a warning or has nothing like it on the screen.
    """

    world: TeamsWorld
    person: TeamsPerson
    lines: list[str] = field(default_factory=list)
    dialog: Json | None = None
    dialogs: list[str] = field(default_factory=list)
    _command: Json = field(default_factory=dict)

    @property
    def chat(self) -> Conversation:
        """Their own chat with the bot."""
        return self.world.conversations[personal(self.person)]

    def sees(self, room: str = "") -> list[Json]:
        """The bot's messages there as they look now, oldest first; in their own chat unless a room is named."""
        return list(self._place(room).messages.values())

    def texts(self, room: str = "") -> list[str]:
        """The bot's sentences there, without its cards."""
        return [message["text"] for message in self.sees(room) if message.get("text")]

    def card(self, words: str, room: str = "") -> Json:
        """The newest message there whose card says this."""
        for message in reversed(self.sees(room)):
            if words in card_text(message):
                return message
        raise TeamsTrouble(f"{self.person.name} sees no card with {words!r}.")

    async def install(self) -> None:
        """Install the app for themselves; Teams tells the bot twice."""
        self.chat.bot = True
        added = [{"id": self.person.id, "aadObjectId": self.person.object_id}, {"id": self.world.bot_id}]
        await self._do(self.chat, type="installationUpdate", action="add")
        await self._do(self.chat, type="conversationUpdate", membersAdded=added)

    async def say(self, text: str, room: str = "", thread: str = "") -> None:
        """Write to the bot: in their own chat, or in a room with a mention, in a new thread unless one is named."""
        place = self._place(room)
        if not room:
            return await self._write(place, text)
        mention = f"<at>{self.world.bot_name}</at>"
        mentioned = {"id": self.world.bot_id, "name": self.world.bot_name}
        entity = {"type": "mention", "mentioned": mentioned, "text": mention}
        return await self._write(place, f"{mention} {text}", thread or self.world.new_id(), entities=[entity])

    async def send_file(self, name: str, content: bytes, text: str = "") -> None:
        """Attach a file to a message in their own chat, the only place where bots get files."""
        self.world.files[name] = content
        link = str(URL(self.world.url).join(URL("files/")) / name)
        info = {"downloadUrl": link, "uniqueId": self.world.new_id(), "fileType": name.rpartition(".")[2]}
        attachment = {
            "contentType": FILE,
            "contentUrl": "https://example.sharepoint.com",
            "content": info,
            "name": name,
        }
        await self._write(self.chat, text, attachments=[attachment])

    def offers(self) -> list[Json]:
        """The files that the bot offers in their own chat and that are not answered, oldest first."""
        return [m for m in self.sees() if any(a["contentType"] == CONSENT for a in m.get("attachments") or ())]

    async def consent(self, message: Json, accept: bool = True, place: str = "") -> None:
        """Answer the offer of a file; accepted, it goes to their OneDrive unless another `place` is named."""
        (offer,) = message["attachments"]
        key = self.world.new_id()
        value: Json = {"type": "fileUpload", "action": "accept" if accept else "decline"}
        value["context"] = offer["content"]["acceptContext" if accept else "declineContext"]
        if accept:
            self.world.saved[key] = b""
            url = str(URL(self.world.url).join(URL("onedrive/")) / key)
            link = f"https://local-my.sharepoint.com/personal/{key}/{offer['name']}"
            kind = offer["name"].rpartition(".")[2]
            info = {"uploadUrl": place or url, "contentUrl": link, "uniqueId": key, "fileType": kind}
            value["uploadInfo"] = {**info, "name": offer["name"]}
        await self._do(self.chat, type="invoke", name="fileConsent/invoke", replyToId=message["id"], value=value)

    async def press(
        self, message: Json, title: str, inputs: Mapping[str, object] | None = None, room: str = ""
    ) -> None:
        """Press a button, one in an opened form included, with what was entered by field name.

        What the bot answers is shown: a card in place of the old one, or a line in `lines`.
        """
        action, fields = _button(_content(message), title)
        data = action.get("data", {}) | _filled(fields, inputs or {})
        place = self._place(room)
        pressed = {"type": action["type"], "title": title, "verb": action["verb"], "data": data}
        answer = await self._do(
            place,
            thread=message["thread"],
            type="invoke",
            name="adaptiveCard/action",
            replyToId=message["id"],
            value={"action": pressed, "trigger": "manual"},
        )
        await self._apply(place, message, answer)

    async def choose(self, command: str, message: Json, place: Conversation) -> None:
        """Choose a message action of the app on a message there, whether or not the bot is in that conversation."""
        self._command = {"commandId": command, "commandContext": "message", "messagePayload": message}
        await self._dialog(place, "composeExtension/fetchTask", {})

    async def fill_dialog(self, inputs: Mapping[str, object], place: Conversation) -> None:
        """Fill the dialog in front of them and send it."""
        if self.dialog is None:
            raise TeamsTrouble(f"{self.person.name} has no dialog open.")
        action, fields = _button(self.dialog, buttons({"attachments": [{"content": self.dialog}]})[-1])
        if action["type"] != "Action.Submit":
            raise TeamsTrouble("A dialog takes Action.Submit only.")
        await self._dialog(place, "composeExtension/submitAction", {"data": action["data"] | _filled(fields, inputs)})

    async def _dialog(self, place: Conversation, name: str, more: Json) -> None:
        answer = await self._do(place, type="invoke", name=name, value={**self._command, **more})
        match answer:
            case {
                "task": {"type": "continue", "value": {"title": str(title), "card": {"contentType": kind} as card}}
            } if kind == ADAPTIVE and len(title) <= 64:
                self.dialog = dict(card["content"])
                self.dialogs.append("\n".join([title, *_texts(self.dialog)]))
            case _:
                raise TeamsTrouble(f"The bot's answer is no dialog: {answer}.")

    async def submit(self, message: Json, title: str, inputs: Mapping[str, object] | None = None) -> None:
        """The same on a client that knows only Action.Submit: a message, and no answer."""
        action, fields = _button(_content(message), title)
        value = action["fallback"]["data"] | _filled(fields, inputs or {})
        await self._do(self.chat, type="message", replyToId=message["id"], value=value)

    async def _apply(self, place: Conversation, message: Json, answer: Json) -> None:
        match answer:
            case {"statusCode": 200, "type": kind, "value": dict(content)} if kind == ADAPTIVE:
                attachment = {"contentType": ADAPTIVE, "content": content}
                await self.world.show(place, message["id"], {**message, "attachments": [attachment]})
            case {"statusCode": 200, "type": kind, "value": str(line)} if kind == MESSAGE:
                self.lines.append(line)
            case _:
                raise TeamsTrouble(f"The bot's answer is none that Teams can show: {answer}.")

    async def _write(self, place: Conversation, text: str, thread: str = "", **parts: object) -> None:
        await self._do(place, thread=thread, type="message", text=text, textFormat="plain", **parts)

    async def _do(self, place: Conversation, thread: str = "", **parts: object) -> Json:
        return await self.world.deliver(self.world.activity(self.person, place, thread, **parts))

    def _place(self, room: str) -> Conversation:
        return self.world.conversations[room] if room else self.chat


def card_text(message: Json) -> str:
    """Everything a message's card says before anything on it is opened."""
    return "\n".join(_texts(_content(message))) if message.get("attachments") else ""


def buttons(message: Json) -> list[str]:
    """The titles on a message's card, in reading order, those that only open a form included."""
    return [action["title"] for action in _actions(_content(message))] if message.get("attachments") else []


def form_of(message: Json, title: str) -> str:
    """The title of what sends the form that a button opens on the card itself; empty when it opens none there."""
    opened = (a["card"] for a in _actions(_content(message)) if a["type"] == "Action.ShowCard" and a["title"] == title)
    return next((str(action["title"]) for card in opened for action in _actions(card)), "")


def is_form(message: Json) -> bool:
    """Whether the message is a form, which nobody keeps up to date."""
    return bool(message.get("attachments") and _content(message).get("actions"))


def _content(message: Json) -> Json:
    return dict(message["attachments"][0]["content"])


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _texts(item)
    elif isinstance(part, dict):
        if part.get("type") in ("TextBlock", "TextRun"):
            yield part["text"]
        elif part.get("type") == "RichTextBlock":
            yield "".join(_texts(part["inlines"]))
        else:
            yield from _texts([part.get(name) for name in PARTS if part.get(name)])


def _actions(part: Any) -> Iterator[Json]:
    """The actions of a card, not those inside the forms it opens."""
    if isinstance(part, list):
        for item in part:
            yield from _actions(item)
    elif isinstance(part, dict):
        yield from part.get("actions") or ()
        yield from [part["selectAction"]] if "selectAction" in part else []
        yield from _actions([part.get(name) for name in (*PARTS, "inlines") if part.get(name)])


def _inputs(part: Any) -> Iterator[Json]:
    if isinstance(part, list):
        for item in part:
            yield from _inputs(item)
    elif isinstance(part, dict):
        if str(part.get("type", "")).startswith("Input."):
            yield part
        yield from _inputs([part.get(name) for name in PARTS if part.get(name)])


def _button(content: Json, title: str) -> tuple[Json, list[Json]]:
    """The button that sends, and the inputs that go with it; one in a form counts when the form can be opened."""
    for action in _actions(content):
        if action["type"] == "Action.ShowCard":
            for inner in _actions(action["card"]):
                if inner["title"] == title:
                    return inner, list(_inputs(action["card"]))
        elif action["title"] == title:
            return action, list(_inputs(content)) if action.get("associatedInputs") != "none" else []
    raise TeamsTrouble(f"There is no button {title!r} on the card.")


def _filled(fields: list[Json], entered: Mapping[str, object]) -> Json:
    """The inputs as a client sends them: what was entered, else what was there; an empty needed one stops it."""
    names = {shown["id"].partition("#")[0]: shown for shown in fields}
    unknown = entered.keys() - names.keys()
    if unknown:
        raise TeamsTrouble(f"There is no input {', '.join(sorted(unknown))} on the form.")
    told = {shown["id"]: _value(entered.get(name, shown.get("value"))) for name, shown in names.items()}
    for shown in fields:
        if shown.get("isRequired") and not told[shown["id"]]:
            raise TeamsTrouble(f"{shown.get('label', shown['id'])}: {shown.get('errorMessage', 'needed')}")
    return {name: value for name, value in told.items() if value is not None}


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else value
