"""The manifests for both platforms: valid, and declaring what the code uses and nothing more."""

from __future__ import annotations

import ast
import json
import struct
import tomllib
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from botbuilder.schema import Activity
from jsonschema import Draft7Validator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import inbound as slack_inbound
from adapters.teams import dialogs
from adapters.teams import inbound as teams_inbound
from bot.compose import service
from bot.demo.slack_server import serve
from bot.demo.slack_user import SlackUser
from bot.demo.slack_world import SlackWorld
from bot.settings import Settings
from bot.settings import Slack as SlackSettings
from cards.answer_card import ABOUT_PEOPLE, HELP
from tests.adapters.slack.conftest import SECRET, running
from tests.adapters.slack.fake_desk import FakeDesk
from tests.cards.checks import SCHEMA
from tests.world import T0

ROOT = Path(__file__).parents[1]
TEAMS, SLACK = ROOT / "manifest" / "teams", ROOT / "manifest" / "slack"
NOBODY = "00000000-0000-0000-0000-000000000000"  # stands for the app id until an agency has one

#: What each call needs, as its page in Slack's documents says; history is read wherever a card may be posted.
METHOD_SCOPES: dict[str, set[str]] = {
    "auth_test": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_open": {"im:write"},
    "files_completeUploadExternal": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "users_info": {"users:read", "users:read.email"},
    "users_lookupByEmail": {"users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
#: What an event may be about, by its name in a manifest, and the scope that hearing it needs.
EVENTS: dict[str, tuple[dict[str, str], str]] = {
    "app_mention": ({"type": "app_mention"}, "app_mentions:read"),
    "message.im": ({"type": "message", "channel_type": "im"}, "im:history"),
    "message.channels": ({"type": "message", "channel_type": "channel"}, "channels:history"),
    "message.groups": ({"type": "message", "channel_type": "group"}, "groups:history"),
    "message.mpim": ({"type": "message", "channel_type": "mpim"}, "mpim:history"),
    "app_home_opened": ({"type": "app_home_opened", "tab": "home"}, ""),
    "file_shared": ({"type": "file_shared"}, "files:read"),
    "member_joined_channel": ({"type": "member_joined_channel"}, "channels:read"),
    "reaction_added": ({"type": "reaction_added"}, "reactions:read"),
    "team_join": ({"type": "team_join"}, "users:read"),
}
#: Parts of a Teams manifest, and what the code would say to a client or to Microsoft if it used them.
TEAMS_PARTS = {
    "composeExtensions": "composeExtension/",
    "staticTabs": "tab/",
    "webApplicationInfo": "signin/",
    "authorization": "graph.microsoft",
}


def manifest(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_text()))


def source(platform: str) -> list[str]:
    return [path.read_text() for path in (ROOT / "adapters" / platform).glob("*.py")]


def names(platform: str) -> set[str]:
    """Every attribute that an adapter's code reads or calls."""
    nodes = [node for text in source(platform) for node in ast.walk(ast.parse(text))]
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def methods() -> set[str]:
    """The methods of Slack's Web API that the adapter calls."""
    return {name for name in names("slack") if "_" in name[1:-1] and name[0] != "_" and hasattr(AsyncWebClient, name)}


def heard() -> set[str]:
    """The events that the adapter does something about."""
    said = {"user": "U1", "channel": "C1", "ts": "1.1", "text": "status of T-1042"}
    bodies = {
        name: {"team_id": "T1", "event_id": "Ev1", "event": {**said, **kind}} for name, (kind, _) in EVENTS.items()
    }
    return {name for name, body in bodies.items() if slack_inbound.said(body) or slack_inbound.home_opened(body)}


def problems(folder: Path, changed: dict[str, Any]) -> list[str]:
    schema = json.loads((SCHEMA.parent / f"{folder.name}-manifest.schema.json").read_text())
    # Microsoft's says that it is of draft 4, and uses `const`, which draft 4 passes over.
    return [f"{e.json_path}: {e.message}" for e in Draft7Validator(schema).iter_errors(manifest(folder) | changed)]


@pytest.mark.skipif(not SCHEMA.exists(), reason="the platforms' schemas are not kept in this repository")
@pytest.mark.parametrize(
    ("folder", "mistake"),
    [
        (TEAMS, {"id": "${{TEAMS_APP_ID}}"}),
        (TEAMS, {"manifestVersion": "1.28"}),
        (SLACK, {"display_information": {"name": "x" * 36}}),
    ],
)
def test_a_manifest_is_valid_against_the_published_schema_which_finds_mistakes(
    folder: Path, mistake: dict[str, Any]
) -> None:
    assert problems(folder, {}) == []
    assert problems(folder, mistake)


# Slack


def test_slack_is_asked_for_the_scopes_of_what_the_code_calls_and_hears_and_no_others() -> None:
    called, events = methods(), heard()
    assert called == METHOD_SCOPES.keys(), "look up the scope of a new call, and forget that of one that is gone"
    needed = set().union(
        *(METHOD_SCOPES[name] for name in called), {EVENTS[name][1] for name in events}, {"commands"}
    ) - {""}
    assert sorted(manifest(SLACK)["oauth_config"]["scopes"]["bot"]) == sorted(needed)
    assert list(manifest(SLACK)["oauth_config"]["scopes"]) == ["bot"]


def test_slack_sends_the_events_that_the_code_hears_and_no_others() -> None:
    assert set(manifest(SLACK)["settings"]["event_subscriptions"]["bot_events"]) == heard()


async def test_the_app_answers_every_command_that_slack_shows() -> None:
    declared = manifest(SLACK)["features"]["slash_commands"]
    async with serve(SlackWorld(SECRET)) as world, running(world, FakeDesk()):
        person = SlackUser(world, world.add_user("ana@ihsc.test", "ana"))
        for command in declared:
            await person.command(command["command"], "help")
    assert [command["command"] for command in declared] == ["/task"]


async def test_the_app_opens_something_for_every_shortcut_that_slack_shows() -> None:
    declared = manifest(SLACK)["features"]["shortcuts"]
    assert [(shortcut["type"], shortcut["name"]) for shortcut in declared] == [("message", "Send to Taskings")]
    async with serve(SlackWorld(SECRET)) as world, running(world, FakeDesk()):
        person = SlackUser(world, world.add_user("ana@ihsc.test", "ana"))
        message = await person.say(world.add_channel("elsewhere", person.id, bot=False), "How many beds?")
        for shortcut in declared:
            await person.shortcut(message, shortcut["callback_id"])
            assert person.view is not None


def test_slack_shows_the_parts_that_the_code_has_and_no_others() -> None:
    features, used = manifest(SLACK)["features"], names("slack")
    assert features["app_home"]["home_tab_enabled"] == ("views_publish" in used)
    assert ("shortcuts" in features) == bool(used & {"shortcut", "message_shortcut", "global_shortcut"})
    assert features["app_home"]["messages_tab_enabled"], "nobody could write to the app"
    assert not features["app_home"]["messages_tab_read_only_enabled"], "nobody could write to the app"
    assert manifest(SLACK)["settings"]["interactivity"]["is_enabled"] == ("action" in used)


@pytest.fixture
async def routes(tmp_path: Path) -> AsyncIterator[set[str]]:
    """The paths on which the service answers, with both platforms on."""
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/taskings.db",
        files_url=tmp_path.as_uri(),
        slack=SlackSettings(bot_token="xoxb", signing_secret=SECRET, api_url="http://127.0.0.1:9/"),
    )
    async with service(settings, lambda: T0) as running_service:
        yield {resource.canonical for resource in running_service.app.router.resources()}


def test_slack_sends_to_where_the_service_answers(routes: set[str]) -> None:
    told = manifest(SLACK)
    urls = [
        told["settings"]["event_subscriptions"]["request_url"],
        told["settings"]["interactivity"]["request_url"],
        *(command["url"] for command in told["features"]["slash_commands"]),
    ]
    assert len(set(urls)) == 1
    assert urlsplit(urls[0]).scheme == "https"
    assert urlsplit(urls[0]).path in routes


# Teams


def test_teams_lists_the_commands_that_help_tells_of_where_each_can_be_used() -> None:
    (bot,) = manifest(TEAMS)["bots"]
    told = {words.split()[0] for words, _ in HELP} | {"status", "help"}
    listed = {
        scope: {command["title"] for command in part["commands"]}
        for part in bot["commandLists"]
        for scope in part["scopes"]
    }
    alone = {words for words, _ in ABOUT_PEOPLE}
    assert listed == {"personal": told - {"here"} | alone, "team": told, "groupChat": told}
    assert set(bot["scopes"]) == listed.keys()
    assert all(len(part["commands"]) <= 10 for part in bot["commandLists"])


def test_teams_lets_people_send_the_files_that_the_code_takes() -> None:
    sent = {"contentType": teams_inbound.FILE, "name": "a.pdf", "content": {"downloadUrl": "https://example.gov/a"}}
    activity = Activity.deserialize({"type": "message", "attachments": [sent]})
    (bot,) = manifest(TEAMS)["bots"]
    assert bot["supportsFiles"] == bool(teams_inbound.files(activity, lambda url: pytest.fail(url)))


@pytest.mark.parametrize("part", TEAMS_PARTS)
def test_teams_is_asked_for_the_parts_that_the_code_has_and_no_others(part: str) -> None:
    assert (part in manifest(TEAMS)) == any(TEAMS_PARTS[part] in text for text in source("teams"))


def test_teams_offers_the_message_action_that_the_code_answers() -> None:
    (extension,) = manifest(TEAMS)["composeExtensions"]
    (command,) = extension["commands"]
    assert (command["id"], command["title"]) == (dialogs.FORWARD, dialogs.TITLE)
    assert (command["type"], command["context"], command["fetchTask"]) == ("action", ["message"], True)


def test_teams_loads_no_pages_so_no_domain_is_declared() -> None:
    assert manifest(TEAMS)["validDomains"] == []


def test_the_app_id_of_teams_is_filled_in_at_three_places() -> None:
    told = manifest(TEAMS)
    assert told["id"] == told["bots"][0]["botId"] == told["composeExtensions"][0]["botId"] == NOBODY
    assert (TEAMS / "manifest.json").read_text().count(NOBODY) == 3


def test_teams_is_told_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert manifest(TEAMS)["version"] == project["version"]


def pixels(path: Path) -> tuple[int, int, list[bytes]]:
    """Width, height and the RGBA of each pixel of a PNG written without filters."""
    data = path.read_bytes()
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    assert (depth, colour) == (8, 6), "8 bits of RGBA"
    start = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[start - 4 : start])
    raw = zlib.decompress(data[start + 4 : start + 4 + length])
    rows = [raw[y * (width * 4 + 1) :][: width * 4 + 1] for y in range(height)]
    assert {row[0] for row in rows} == {0}, "no filters"
    return width, height, [row[x : x + 4] for row in rows for x in range(1, width * 4, 4)]


def test_the_colour_icon_is_192_pixels_square_and_opaque() -> None:
    width, height, dots = pixels(TEAMS / manifest(TEAMS)["icons"]["color"])
    assert (width, height) == (192, 192)
    assert {dot[3] for dot in dots} == {255}


def test_the_outline_icon_is_32_pixels_square_and_white_on_nothing() -> None:
    width, height, dots = pixels(TEAMS / manifest(TEAMS)["icons"]["outline"])
    assert (width, height) == (32, 32)
    assert {dot[:3] for dot in dots if dot[3]} == {b"\xff\xff\xff"}
    assert {0, 255} < {dot[3] for dot in dots}
