"""Teams activity -> what the desk understands. Pure, so recorded payloads are its tests."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any, TypeAlias, get_origin, get_type_hints

from botbuilder.schema import Activity

from adapters.teams.connector import THREAD, address_of, room_of
from bot.ports.chat import Account, Click, IncomingFile, Message, Shown
from cards import adaptive
from cards.actions import BACK
from cards.commands import kind_of, to_command
from cards.payload import Press, press

PLATFORM = "teams"
FILE = "application/vnd.microsoft.teams.file.download.info"
PRESSED = "adaptiveCard/action"
TIME = ".time"  # ends the id of the input beside a date

#: Streams what a URL gives, with every check that a user's file needs; it never gets the bot's token.
Fetch: TypeAlias = Callable[[str], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button somebody pressed, with what they entered and the message it was on; None for a form of its own.

    `key` is of the delivery, and for a form of its own of the form: sent twice, it means the same once.
    """

    key: str
    press: Press
    inputs: Mapping[str, object]
    seen: Shown | None


def is_personal(activity: Activity) -> bool:
    return bool(activity.conversation.conversation_type == "personal")


def origin(activity: Activity) -> str:
    """The address to answer at: the chat, or in a channel the thread."""
    return address_of(activity.service_url, activity.conversation.id)


def key(activity: Activity) -> str:
    """Unique per delivery. Message ids are times, so they are unique in their conversation only."""
    return f"{PLATFORM}:{activity.conversation.id}:{activity.id}"


def account(activity: Activity) -> Account:
    """The sender, by the directory's object id where Teams tells it: the other id differs from bot to bot."""
    sender = activity.from_property
    address = origin(activity) if is_personal(activity) else None
    return Account(PLATFORM, sender.aad_object_id or sender.id, address)


def roster(activity: Activity) -> str:
    """The address to ask about the sender at: in a channel the team, else the conversation."""
    team = _channel_data(activity, "team").get("id")
    return address_of(activity.service_url, str(team)) if team else room_of(origin(activity))


def tenant(activity: Activity) -> str:
    return str(_channel_data(activity, "tenant").get("id") or activity.conversation.tenant_id or "")


def message(activity: Activity, actor: str) -> Message:
    """What was written, as the desk reads it; `room` is the channel or group chat, whatever the thread."""
    if is_personal(activity):
        return Message(key(activity), PLATFORM, actor, words(activity))
    name = _channel_data(activity, "channel").get("name") or activity.conversation.name or ""
    room, root = room_of(origin(activity)), activity.conversation.id.partition(THREAD)[2]
    thread = Shown(PLATFORM, room, root) if root else None
    return Message(key(activity), PLATFORM, actor, words(activity), room, str(name), thread)


def asked(activity: Activity, press: Press, actor: str) -> Message:
    """What a button of `ASK` says, as if the person had written it."""
    return replace(message(activity, actor), text=press.args.get("text", ""))


def words(activity: Activity) -> str:
    """The text without the mention of the bot; other people's names stay, without their tags."""
    text = str(activity.text or "")
    for entity in activity.entities or ():
        mention = entity.additional_properties or {}
        mentioned = mention.get("mentioned")
        if isinstance(mentioned, dict) and mentioned.get("id") == activity.recipient.id:
            text = text.replace(str(mention.get("text")), " ")
    text = re.sub(r"</?at(\s[^>]*)?>", "", text)
    return text.replace("&nbsp;", " ").replace("\xa0", " ").strip()


def is_press(activity: Activity) -> bool:
    """Whether a message is a button of a client that knows no Action.Execute, drawn as its Submit fallback."""
    return isinstance(activity.value, dict) and "verb" in activity.value


def pressed(activity: Activity) -> Pressed:
    """The button in an invoke or in a Submit's message. Raises Rejected when it is none of ours."""
    value = activity.value if isinstance(activity.value, dict) else {}
    action = value if is_press(activity) else value.get("action")
    verb = action.get("verb") if isinstance(action, dict) else None
    data = action if is_press(activity) else isinstance(action, dict) and action.get("data")
    told = data if isinstance(data, dict) else {}
    own = told.get(adaptive.OWN) is True
    form = str(activity.reply_to_id or "")
    where = None if own else Shown(PLATFORM, room_of(origin(activity)), form)
    once = f"{PLATFORM}:{activity.conversation.id}:form:{form}" if own and form else key(activity)
    return Pressed(once, press(verb if isinstance(verb, str) else "", told), moments(adaptive.inputs(told)), where)


def moments(inputs: Mapping[str, object]) -> dict[str, object]:
    """The inputs with each `name` and `name.time` made one ISO 8601 moment; a date alone stays a date."""
    joined = {name: value for name, value in inputs.items() if not name.endswith(TIME)}
    for name, time in inputs.items():
        date = joined.get(name.removesuffix(TIME))
        if name.endswith(TIME) and date and time:
            joined[name.removesuffix(TIME)] = f"{date}T{time}"
    return joined


def several(action: str, inputs: Mapping[str, object]) -> dict[str, object]:
    """The inputs with several choices as a list; Teams joins them with commas, and the command says which are many."""
    kind = kind_of(action)
    kinds = get_type_hints(kind) if kind else {}
    many = {name for name, value in inputs.items() if isinstance(value, str) and get_origin(kinds.get(name)) is tuple}
    return {
        name: list(filter(None, str(value).split(","))) if name in many else value for name, value in inputs.items()
    }


def click(activity: Activity, pressed: Pressed, actor: str, zone: tzinfo) -> Click:
    """The command of a press, dates in agency time. Raises Rejected or InvalidInput."""
    command = to_command(pressed.press, several(pressed.press.action, pressed.inputs), zone)
    back = pressed.press.args.get(BACK, "")
    return Click(pressed.key, PLATFORM, actor, pressed.press.task, command, pressed.seen, back)


def files(activity: Activity, fetch: Fetch) -> tuple[IncomingFile, ...]:
    """The files that came with a message; Teams sends them to a bot in the personal chat only."""
    found = []
    for attachment in activity.attachments or ():
        content = attachment.content if isinstance(attachment.content, dict) else {}
        url = content.get("downloadUrl")
        if attachment.content_type == FILE and isinstance(url, str):
            found.append(IncomingFile(str(attachment.name or "file"), _opener(fetch, url)))
    return tuple(found)


def has_picture(activity: Activity) -> bool:
    """Whether a picture was pasted: only the bot's token opens those, so they are not fetched."""
    return any(str(attachment.content_type).startswith("image/") for attachment in activity.attachments or ())


def _opener(fetch: Fetch, url: str) -> Callable[[], AsyncIterator[bytes]]:
    return lambda: fetch(url)


def _channel_data(activity: Activity, name: str) -> Mapping[str, Any]:
    data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    part = data.get(name)
    return part if isinstance(part, dict) else {}
