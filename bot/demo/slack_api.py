"""The methods of Slack's Web API that the app calls, over the workspace's state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.demo.slack_rules import Json, home_complaints, message_complaints, view_complaints
from bot.demo.slack_world import Channel, SlackWorld

PAGE = 100
PNG = b"\x89PNG\r\n\x1a\n"


class Refused(Exception):
    """An answer with `"ok": false`."""

    def __init__(self, code: str, messages: list[str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []


def auth_test(world: SlackWorld, args: Json) -> Json:
    return {
        "team_id": world.team,
        "user_id": world.bot_user,
        "bot_id": world.bot_id,
        "url": f"{world.url}/",
        "user": "bot",
    }


def post_message(world: SlackWorld, args: Json) -> Json:
    channel = _channel(world, args)
    message = new_message(world, channel.id, _told(world, args))
    if metadata := args.get("metadata"):
        message["metadata"] = metadata
    if thread := args.get("thread_ts"):
        message["thread_ts"] = thread
    channel.messages.append(message)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def update(world: SlackWorld, args: Json) -> Json:
    channel = _channel(world, args)
    message = channel.message(args["ts"])
    if message is None:
        raise Refused("message_not_found")
    if message.get("bot_id") != world.bot_id:
        raise Refused("cant_update_message")
    message.update(_told(world, args), edited={"user": world.bot_user, "ts": world.new_ts()})
    return {"channel": channel.id, "ts": args["ts"], "text": message["text"]}


def post_ephemeral(world: SlackWorld, args: Json) -> Json:
    channel = _channel(world, args)
    if args.get("user") not in channel.members:
        raise Refused("user_not_in_channel")
    message = new_message(world, channel.id, {**_told(world, args), "thread_ts": args.get("thread_ts")})
    world.ephemerals[args["user"]].append({**message, "is_ephemeral": True})
    return {"message_ts": message["ts"]}


def open_conversation(world: SlackWorld, args: Json) -> Json:
    user = world.users.get(args.get("users", ""))
    if user is None:
        raise Refused("user_not_found")
    if user["deleted"]:
        raise Refused("user_disabled")
    return {"channel": {"id": world.direct(user["id"]).id}}


def history(world: SlackWorld, args: Json) -> Json:
    messages = [m for m in reversed(_channel(world, args).messages) if m.get("thread_ts", m["ts"]) == m["ts"]]
    start, limit = int(args.get("cursor", 0)), min(int(args.get("limit", PAGE)), 999)
    hidden = set() if str(args.get("include_all_metadata")) in {"1", "true", "True"} else {"metadata"}
    page = [{k: v for k, v in m.items() if k not in hidden} for m in messages[start : start + limit]]
    more = start + limit < len(messages)
    cursor = str(start + limit) if more else ""
    return {"messages": page, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def user_info(world: SlackWorld, args: Json) -> Json:
    user = world.users.get(args.get("user", ""))
    if user is None:
        raise Refused("user_not_found")
    return {"user": user}


def lookup_by_email(world: SlackWorld, args: Json) -> Json:
    for user in world.users.values():
        if user["profile"].get("email", "").lower() == str(args.get("email")).lower():
            return {"user": user}
    raise Refused("users_not_found")


def open_view(world: SlackWorld, args: Json) -> Json:
    user, until = world.triggers.pop(args.get("trigger_id", ""), ("", 0.0))
    if not user:
        raise Refused("exchanged_trigger_id")
    if until < world.clock():
        raise Refused("expired_trigger_id")
    view = new_view(world, args["view"])
    world.views[user] = view
    return {"view": view}


def update_view(world: SlackWorld, args: Json) -> Json:
    for user, view in world.views.items():
        if view["id"] == args.get("view_id"):
            if args.get("hash", view["hash"]) != view["hash"]:
                raise Refused("hash_conflict")
            world.views[user] = new_view(world, args["view"], view["id"])
            return {"view": world.views[user]}
    raise Refused("not_found")


def publish_view(world: SlackWorld, args: Json) -> Json:
    if args.get("user_id") not in world.users:
        raise Refused("user_not_found")
    if complaints := home_complaints(args["view"]):
        raise Refused("invalid_arguments", complaints)
    blocks = [{"block_id": f"b{number}", **block} for number, block in enumerate(args["view"]["blocks"])]
    world.homes[args["user_id"]] = {**args["view"], "blocks": blocks, "id": f"V{world.new_ts()}"}
    return {"view": world.homes[args["user_id"]]}


def file_info(world: SlackWorld, args: Json) -> Json:
    """Slack looks at an uploaded file after it was kept: who asks at once is told of no type yet."""
    if args.get("file") not in world.files:
        raise Refused("file_not_found")
    described = world.files[args["file"]][0]
    if args["file"] in world.unseen:
        world.unseen.remove(args["file"])
        return {"file": {**described, "mimetype": ""}}
    return {"file": described}


def upload_url(world: SlackWorld, args: Json) -> Json:
    """A place for one file; `uploads` keeps its name, its size as announced, and the bytes once they came."""
    size = int(args.get("length", 0))
    if size < 1 or not args.get("filename"):
        raise Refused("invalid_arguments")
    file = world.new_id("F")
    world.uploads[file] = (str(args["filename"]), size, None)
    return {"upload_url": f"{world.url}/upload/v1/{file}", "file_id": file}


def complete_upload(world: SlackWorld, args: Json) -> Json:
    channel = _channel(world, {**args, "channel": args["channel_id"]}) if args.get("channel_id") else None
    shared = []
    for named in args["files"]:
        name, _, content = world.uploads.pop(named["id"], ("", 0, None))
        if content is None:
            raise Refused("file_not_found")
        kind = "image/png" if content.startswith(PNG) else "application/octet-stream"
        shared.append(world.add_file(world.bot_user, named.get("title") or name, content, kind, named["id"]))
    if channel is None:
        world.unseen |= {file["id"] for file in shared}
        return {"files": shared}
    message = new_message(world, channel.id, {"text": "", "files": shared, "thread_ts": args.get("thread_ts")})
    channel.messages.append({**message, "subtype": "file_share"})
    return {"files": shared}


def open_connection(world: SlackWorld, args: Json) -> Json:
    return {"url": f"{world.url.replace('http', 'ws', 1)}/socket"}


METHODS: dict[str, Callable[[SlackWorld, Json], Json]] = {
    "apps.connections.open": open_connection,
    "auth.test": auth_test,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update,
    "conversations.history": history,
    "conversations.open": open_conversation,
    "files.completeUploadExternal": complete_upload,
    "files.getUploadURLExternal": upload_url,
    "files.info": file_info,
    "users.info": user_info,
    "users.lookupByEmail": lookup_by_email,
    "views.open": open_view,
    "views.publish": publish_view,
    "views.update": update_view,
}


def new_message(world: SlackWorld, channel: str, told: Json) -> Json:
    """A message by the bot, not yet in its channel."""
    base = {"type": "message", "ts": world.new_ts(), "channel": channel, "user": world.bot_user, "bot_id": world.bot_id}
    return {**base, **{name: value for name, value in told.items() if value is not None}}


def new_view(world: SlackWorld, view: Any, view_id: str = "") -> Json:
    """A view as Slack keeps it. Raises Refused."""
    complaints = view_complaints(view) if isinstance(view, dict) else ["must be an object"]
    if complaints:
        raise Refused("invalid_arguments", complaints)
    identity = {"id": view_id or f"V{world.new_ts()}", "team_id": world.team, "hash": world.new_ts()}
    owner = {"app_id": "A0LOCAL", "bot_id": world.bot_id, "app_installed_team_id": world.team}
    defaults = {"private_metadata": "", "callback_id": "", "external_id": "", "state": {"values": {}}}
    return {**defaults, **view, **identity, **owner}


def blocks_of(args: Json) -> list[Json]:
    """The blocks of a message, with block ids. Raises Refused for what Slack would not take."""
    blocks = args.get("blocks")
    if blocks is None:
        return []
    complaints = message_complaints(blocks)
    if complaints:
        raise Refused("invalid_blocks", complaints)
    return [{"block_id": f"b{number}", **block} for number, block in enumerate(blocks)]


def _told(world: SlackWorld, args: Json) -> Json:
    # Slack takes blocks without text; a notification or a screen reader is then left with nothing.
    if not args.get("text"):
        raise Refused("no_text")
    return {"text": args["text"], "blocks": shown_blocks(world, args)}


def shown_blocks(world: SlackWorld, args: Json) -> list[Json]:
    """The blocks of a message, whose images are uploaded, looked at, and images. Raises Refused."""
    blocks = blocks_of(args)
    for number, block in enumerate(blocks):
        file = block["slack_file"].get("id") if "slack_file" in block else None
        described = world.files[file][0] if file in world.files and file not in world.unseen else {}
        if file and not str(described.get("mimetype")).startswith("image/"):
            raise Refused("invalid_blocks", [f"invalid slack file [json-pointer:/blocks/{number}/slack_file]"])
    return blocks


def _channel(world: SlackWorld, args: Json) -> Channel:
    channel = world.channels.get(args.get("channel", ""))
    if channel is None:
        raise Refused("channel_not_found")
    if world.bot_user not in channel.members:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")
    return channel
