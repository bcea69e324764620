"""A person in the local workspace: does in code what they would do in Slack's client, and sees what they would see."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.demo.slack_api import blocks_of, new_view
from bot.demo.slack_inputs import entry, initial
from bot.demo.slack_rules import Json
from bot.demo.slack_world import Channel, SlackTrouble, SlackWorld

#: A file to upload: name, content, media type.
Upload: TypeAlias = tuple[str, bytes, str]


@dataclass(slots=True)
class SlackUser:
    """One member of `world`. Whatever they do raises SlackTrouble where Slack would show a warning sign."""

    world: SlackWorld
    id: str

    @property
    def direct(self) -> str:
        """Their conversation with the bot."""
        return self.world.direct(self.id).id

    @property
    def view(self) -> Json | None:
        """The modal that is open in front of them."""
        return self.world.views.get(self.id)

    def sees(self, channel: str) -> list[Json]:
        """Everything shown to them there, oldest first, what is for their eyes alone included."""
        mine = [message for message in self.world.ephemerals[self.id] if message["channel"] == channel]
        return sorted([*self.world.channels[channel].messages, *mine], key=lambda message: str(message["ts"]))

    def last(self, channel: str) -> Json:
        """The newest message shown to them there."""
        return self.sees(channel)[-1]

    async def command(self, command: str, text: str, channel: str = "") -> None:
        """Type a slash command, in their conversation with the bot unless a channel is named."""
        place = self.world.channels[channel or self.direct]
        payload = {
            "token": "gone",
            "team_id": self.world.team,
            "team_domain": "local",
            "channel_id": place.id,
            "channel_name": place.name,
            "user_id": self.id,
            "user_name": self._user["name"],
            "command": command,
            "text": text,
            "api_app_id": "A0LOCAL",
            "is_enterprise_install": "false",
            "response_url": self.world.add_hook(self.id, place.id),
            "trigger_id": self.world.add_trigger(self.id),
        }
        answer = await self.world.deliver("slash_commands", payload)
        if answer:
            told = json.loads(answer) if answer.startswith("{") else {"text": answer}
            self._shown_alone(place, told)

    async def say(self, channel: str, text: str, *files: Upload, thread: str | None = None) -> Json:
        """Write in a channel or to the bot; a channel's message reaches the bot only when it is mentioned."""
        place = self.world.channels[channel]
        message = self._message(place, text, files, thread)
        place.messages.append(message)
        if place.direct:
            await self._event({**message, "channel_type": "im"})
        elif f"<@{self.world.bot_user}>" in text:
            kept = {name: value for name, value in message.items() if name != "subtype"}
            await self._event({**kept, "type": "app_mention"})
        return message

    async def mention(self, channel: str, text: str, thread: str | None = None) -> Json:
        """Ask the bot something in a channel."""
        return await self.say(channel, f"<@{self.world.bot_user}> {text}", thread=thread)

    async def shortcut(self, message: Json, callback: str) -> None:
        """Choose a message shortcut of the app on a message."""
        place = self.world.channels[message["channel"]]
        payload = {
            "type": "message_action",
            **self._envelope,
            "action_ts": self.world.new_ts(),
            "callback_id": callback,
            "trigger_id": self.world.add_trigger(self.id),
            "channel": {"id": place.id, "name": place.name},
            "message_ts": message["ts"],
            "message": {k: v for k, v in message.items() if k != "channel"},
            "response_url": self.world.add_hook(self.id, place.id, message.get("thread_ts")),
            "is_enterprise_install": False,
        }
        await self.world.deliver("interactive", payload)

    async def press(self, message: Json, label: str) -> None:
        """Press the button of this label on a message."""
        element, block_id = next(
            ((button, block) for button, block in buttons(message) if button["text"]["text"] == label), ({}, "")
        )
        if not element:
            raise LookupError(f"No button {label!r} on {text_of(message)!r}")
        await self.world.deliver("interactive", self._press(message, element, block_id))

    async def open_home(self) -> None:
        """Look at the app's home tab."""
        event = {"type": "app_home_opened", "user": self.id, "channel": self.direct, "tab": "home"}
        await self._event({**event, "ts": self.world.new_ts()})

    async def press_at_home(self, label: str) -> None:
        """Press the first button of this label on the home tab."""
        view = self.world.homes[self.id]
        element, block_id = next((b for b in buttons(view) if b[0]["text"]["text"] == label), ({}, ""))
        if not element:
            raise LookupError(f"No button {label!r} on the home tab.")
        payload = {
            "type": "block_actions",
            **self._envelope,
            "container": {"type": "view", "view_id": view["id"]},
            "view": {**view, "private_metadata": ""},
            "trigger_id": self.world.add_trigger(self.id),
            "actions": [{**element, "block_id": block_id, "action_ts": self.world.new_ts()}],
        }
        await self.world.deliver("interactive", payload)

    async def fill_and_submit(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Fill the open modal by its labels and submit it.

        A value is a text, an option's label or a list of them, a bool, an aware datetime or a list of uploads. Returns
        what is told beside each label when the app finds fault, else nothing.
        """
        view = self.view
        if view is None:
            raise LookupError("No modal is open.")
        inputs = {block["label"]["text"]: block for block in view["blocks"] if block["type"] == "input"}
        if unknown := values.keys() - inputs.keys():
            raise LookupError(f"No input {sorted(unknown)}; there are {list(inputs)}.")
        state = {block["block_id"]: self._entered(block, values.get(label)) for label, block in inputs.items()}
        view["state"] = {"values": state}
        answer = await self.world.deliver("interactive", self._submission(view))
        return self._follow(json.loads(answer) if answer else {}, view)

    def close(self) -> None:
        """Close the modal without submitting it."""
        self.world.views.pop(self.id, None)

    @property
    def _user(self) -> Json:
        return self.world.users[self.id]

    @property
    def _identity(self) -> Json:
        name = self._user["name"]
        return {"id": self.id, "username": name, "name": name, "team_id": self._user["team_id"]}

    @property
    def _envelope(self) -> Json:
        team = {"id": self.world.team, "domain": "local"}
        return {"team": team, "user": self._identity, "api_app_id": "A0LOCAL", "token": "gone", "enterprise": None}

    def _message(self, place: Channel, text: str, files: tuple[Upload, ...], thread: str | None) -> Json:
        base: Json = {
            "type": "message",
            "user": self.id,
            "text": text,
            "ts": self.world.new_ts(),
            "team": self.world.team,
        }
        base |= {"channel": place.id, "client_msg_id": self.world.new_id("m")}
        if files:
            base |= {"subtype": "file_share", "files": [self.world.add_file(self.id, *file) for file in files]}
        return base | ({"thread_ts": thread} if thread else {})

    async def _event(self, event: Json) -> None:
        payload = {
            "token": "gone",
            "team_id": self.world.team,
            "api_app_id": "A0LOCAL",
            "event": {**event, "event_ts": event["ts"]},
            "type": "event_callback",
            "event_id": self.world.new_id("Ev"),
            "event_time": int(self.world.clock()),
            "authorizations": [{"team_id": self.world.team, "user_id": self.world.bot_user, "is_bot": True}],
            "is_ext_shared_channel": False,
        }
        await self.world.deliver("events_api", payload)

    def _press(self, message: Json, element: Json, block_id: str) -> Json:
        alone = bool(message.get("is_ephemeral"))
        thread = message.get("thread_ts")
        place = self.world.channels[message["channel"]]
        container = {"type": "message", "message_ts": message["ts"], "channel_id": place.id, "is_ephemeral": alone}
        acted = {**element, "block_id": block_id, "action_ts": self.world.new_ts()}
        # Slack leaves the message out of a press on what one person alone is shown.
        shown = {} if alone else {"message": {k: v for k, v in message.items() if k != "channel"}}
        # A screen may be behind; a response_url replaces the message itself.
        kept = message if alone else place.message(message["ts"])
        return {
            "type": "block_actions",
            **self._envelope,
            "container": container,
            "trigger_id": self.world.add_trigger(self.id),
            "channel": {"id": place.id, "name": place.name},
            **shown,
            "state": {"values": {}},
            "response_url": self.world.add_hook(self.id, place.id, thread, kept),
            "actions": [acted],
        }

    def _submission(self, view: Json) -> Json:
        trigger = self.world.add_trigger(self.id)
        return {"type": "view_submission", **self._envelope, "trigger_id": trigger, "view": view, "response_urls": []}

    def _follow(self, answer: Json, view: Json) -> dict[str, str]:
        """Do what the app's answer to a submission says."""
        match answer.get("response_action"):
            case "errors":
                labels = {block.get("block_id"): block["label"]["text"] for block in view["blocks"] if "label" in block}
                if unknown := answer["errors"].keys() - labels.keys():
                    raise SlackTrouble(f"Errors for blocks that are no inputs: {sorted(unknown)}")
                return {labels[block]: text for block, text in answer["errors"].items()}
            case "update":
                self.world.views[self.id] = new_view(self.world, answer["view"], view["id"])
            case None | "clear":
                self.close()
            case other:
                raise SlackTrouble(f"Unknown response_action {other!r}")
        return {}

    def _entered(self, block: Json, value: Any) -> Json:
        """What Slack sends for one input; an input left alone keeps its initial value."""
        element = block["element"]
        entered = entry(element, value) if value is not None else initial(element)
        if entered.get("files"):
            entered["files"] = [self.world.add_file(self.id, *file) for file in entered["files"]]
        if not block.get("optional", False) and not any(entered.values()):
            raise LookupError(f"{block['label']['text']!r} must be filled in.")
        return {element["action_id"]: {"type": element["type"], **entered}}

    def _shown_alone(self, place: Channel, told: Json) -> None:
        hidden = {"channel": place.id, "ts": self.world.new_ts(), "is_ephemeral": True, "user": self.world.bot_user}
        message = {"type": "message", "text": told.get("text", ""), "blocks": blocks_of(told), **hidden}
        self.world.ephemerals[self.id].append(message)


def buttons(message: Json) -> Iterator[tuple[Json, str]]:
    """Every button on a message, with the id of its block."""
    for block in message.get("blocks", []):
        elements = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        yield from ((element, block.get("block_id", "")) for element in elements if element.get("type") == "button")


def labels(message: Json) -> list[str]:
    """The labels of a message's buttons."""
    return [button["text"]["text"] for button, _ in buttons(message)]


def text_of(shown: Any) -> str:
    """Every word of a message, a view or a part of one, in reading order; buttons left out."""
    if isinstance(shown, list):
        return "\n".join(filter(None, map(text_of, shown)))
    if not isinstance(shown, dict) or shown.get("type") == "button":
        return ""
    own = shown["text"] if isinstance(shown.get("text"), str) else ""
    parts = [shown.get(name) for name in ("title", "text", "label", "fields", "elements", "rows", "blocks")]
    return "\n".join(filter(None, [own, *map(text_of, parts)]))
