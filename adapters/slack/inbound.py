"""Slack's payloads as data of ours. Pure, so recorded payloads are its tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.errors import Rejected, TaskingsError
from bot.ports.chat import Shown
from cards.blockkit import pressed as press_of
from cards.payload import STALE, Press, press

#: Block id of the first block of an answer: a card that nobody keeps up to date, so a click replaces it at once.
ANSWER = "answer"
#: The message shortcut "Send to Taskings".
FORWARD = "task.forward"


class Malformed(TaskingsError):
    """Slack signed it, but it is not what Slack documents."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who did something and where, which is what talking back needs. Ids are Slack's.

    `thread` is the ts to answer under; `url` a response_url; `trigger` opens a modal for three seconds.
    """

    team: str
    user: str
    channel: str = ""
    thread: str = ""
    url: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button on a message, or on the home tab. `alone` means that only its reader can see it.

    `answer` is where to replace a card that nobody keeps up to date: its response_url, else empty.
    """

    key: str
    origin: Origin
    press: Press
    seen: Shown
    alone: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A modal as sent. `inputs` and `files` are by field name; `fields` are its inputs in reading order.

    `answer` is the response_url of the card it was opened from, when nobody else updates that card.
    """

    key: str
    origin: Origin
    press: Press
    seen: Shown | None
    answer: str
    view: str
    fields: tuple[str, ...]
    inputs: dict[str, object]
    files: dict[str, tuple[Mapping[str, Any], ...]]


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A message that somebody sends to Taskings. `text` still holds Slack's markup.

    `author` is the user id of who wrote it, or empty, and then `name` is how a bot calls itself. `path` is where it
    is in the workspace.
    """

    origin: Origin
    text: str
    author: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something written to the bot. `text` still holds Slack's markup; `room` means that others can read it."""

    key: str
    origin: Origin
    text: str
    room: bool = False
    files: tuple[Mapping[str, Any], ...] = ()

    @property
    def thread(self) -> Shown | None:
        """The message that begins the thread it was said in."""
        by = self.origin
        return Shown("slack", by.channel, by.thread) if by.thread else None


@contextmanager
def parsing() -> Iterator[None]:
    """Turn the many ways to stumble over a payload into Malformed."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise Malformed("not a payload of Slack's") from error


def origin(body: Mapping[str, Any]) -> Origin:
    """Whoever is behind any payload. Raises Malformed."""
    with parsing():
        if "command" in body:
            return _command_origin(body)
        if "event" in body:
            return _event_origin(body)
        acting = Origin(body["team"]["id"], body["user"]["id"], trigger=body.get("trigger_id", ""))
        if at_home(body):
            return acting
        if "view" in body:
            place = _metadata(body)
            return replace(acting, channel=place.get("channel", ""), thread=place.get("thread", ""))
        thread = (body.get("message") or {}).get("thread_ts") or ""
        if body.get("type") == "message_action":
            return replace(acting, channel=body["channel"]["id"], thread=thread, url=body.get("response_url", ""))
        return replace(acting, channel=body["container"]["channel_id"], thread=thread, url=body.get("response_url", ""))


def at_home(body: Mapping[str, Any]) -> bool:
    """Whether something was pressed on somebody's home tab."""
    return (body.get("view") or {}).get("type") == "home"


def home_opened(body: Mapping[str, Any]) -> Origin | None:
    """Whoever opened their home tab, and their conversation with the bot; None for any other event."""
    with parsing():
        event = body["event"]
        if event["type"] != "app_home_opened" or event.get("tab") != "home":
            return None
        return Origin(body["team_id"], event["user"], event["channel"])


def pressed(body: Mapping[str, Any]) -> Pressed:
    """A `block_actions` payload. Raises Malformed, Rejected.

    Clicks have no event id: the key is who, which message, which button and when.
    """
    by = origin(body)
    with parsing():
        action, container = body["actions"][0], body["container"]
        ts = body["view"]["id"] if at_home(body) else container["message_ts"]
        action_id, value = action["action_id"], action.get("value", "")
        key = f"slack:{by.team}:{by.user}:{ts}:{action_id}:{action['action_ts']}"
        alone = bool(container.get("is_ephemeral")) or at_home(body)
        blocks = (body.get("message") or {}).get("blocks") or [{}]
        answer = by.url if alone or blocks[0].get("block_id") == ANSWER else ""
    return Pressed(key, by, press_of(action_id, value), Shown("slack", by.channel, ts), alone, answer)


def submitted(body: Mapping[str, Any]) -> Submitted:
    """A `view_submission` payload. Raises Malformed, Rejected.

    The key is the view's: a form is accepted once, however often and with whatever it is sent, and one that was
    refused is corrected and sent again.
    """
    by = origin(body)
    with parsing():
        view, data = body["view"], _metadata(body)
        values = {name: element for block in view["state"]["values"].values() for name, element in block.items()}
        key = f"slack:{by.team}:{by.user}:{view['id']}"
        fields = tuple(block["block_id"] for block in view["blocks"] if block["type"] == "input")
        files = {name: tuple(e.get("files") or ()) for name, e in values.items() if e["type"] == "file_input"}
        inputs = {name: value for name, e in values.items() if (value := _entered(e)) is not None}
        seen = Shown("slack", by.channel, data["seen"]) if data.get("seen") else None
        action, view_id = view["callback_id"], view["id"]
        answer = data.get("answer", "")
    return Submitted(key, by, press(action, data), seen, answer, view_id, fields, inputs, files)


def metadata(data: Mapping[str, object], by: Origin, seen: Shown | None, answer: str) -> str:
    """What a modal carries along: the button's payload, and where to answer."""
    place = {"channel": by.channel, "thread": by.thread, "seen": seen.message_id if seen else "", "answer": answer}
    return json.dumps({**data, **place})


def forwarded(body: Mapping[str, Any]) -> Forwarded:
    """A `message_action` payload. Raises Malformed, Rejected for a shortcut that is none of ours."""
    by = origin(body)
    with parsing():
        if body["callback_id"] != FORWARD:
            raise Rejected(STALE)
        message, ts = body["message"], str(body["message"]["ts"])
        beside = [str(part.get("text") or part.get("fallback") or "") for part in message.get("attachments") or ()]
        files = ", ".join(str(file["name"]) for file in message.get("files") or () if file.get("name"))
        parts = [message.get("text") or "", *beside, f"Files there: {files}" if files else ""]
        name = message.get("username") or (message.get("bot_profile") or {}).get("name") or ""
        path = f"archives/{by.channel}/p{ts.replace('.', '')}"
        path += f"?thread_ts={by.thread}&cid={by.channel}" if by.thread and by.thread != ts else ""
        author = "" if message.get("bot_id") else message.get("user") or ""
    return Forwarded(by, "\n".join(filter(None, parts)), author, name, path)


def commanded(body: Mapping[str, Any]) -> Said:
    """A slash command. Its answer is shown to one person alone, wherever it was typed. Raises Malformed."""
    with parsing():
        return Said(f"slack:{body['trigger_id']}", origin(body), body.get("text", ""))


def said(body: Mapping[str, Any]) -> Said | None:
    """An event, if somebody said something to the bot: a mention, or a direct message with or without files.

    None for everything else: bots, edited and deleted messages, other events. Raises Malformed.
    """
    with parsing():
        event = body["event"]
        if event.get("bot_id") or event.get("edited") or event.get("hidden") or not event.get("user"):
            return None
        mention = event["type"] == "app_mention"
        direct = event["type"] == "message" and event.get("channel_type") == "im"
        if not (mention or (direct and event.get("subtype") in {None, "file_share"})):
            return None
        files = tuple(event.get("files") or ())
        return Said(f"slack:{body['event_id']}", origin(body), event.get("text") or "", mention, files)


def _command_origin(body: Mapping[str, Any]) -> Origin:
    url, trigger = body.get("response_url", ""), body["trigger_id"]
    return Origin(body["team_id"], body["user_id"], body["channel_id"], url=url, trigger=trigger)


def _event_origin(body: Mapping[str, Any]) -> Origin:
    event = body["event"]
    # A mention is answered in its thread, or begins one; in a direct message that would only hide the answer.
    thread = event.get("thread_ts") or (event["ts"] if event["type"] == "app_mention" else "")
    return Origin(body["team_id"], event["user"], event["channel"], thread)


def _metadata(body: Mapping[str, Any]) -> dict[str, Any]:
    data = json.loads(body["view"]["private_metadata"])
    if not isinstance(data, dict):
        raise TypeError("not an object")
    return data


def _entered(element: Mapping[str, Any]) -> object | None:
    """What an input holds, None when it was left empty or takes files."""
    match element["type"]:
        case "plain_text_input":
            return element["value"].replace("\0", "") if element.get("value") else None
        case "static_select":
            return element["selected_option"]["value"] if element.get("selected_option") else None
        case "multi_static_select":
            return [option["value"] for option in element["selected_options"]]
        case "checkboxes":
            return "true" if element["selected_options"] else "false"
        case "datetimepicker" if element.get("selected_date_time"):
            return datetime.fromtimestamp(element["selected_date_time"], UTC).isoformat()
        case "datepicker":
            return element.get("selected_date")
        case _:
            return None
