"""What both platforms demand of anything drawn, to be called by every test that draws something.

The numbers are the platforms', written down again: a renderer's constant that drifts is found here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from cards import adaptive
from cards.adaptive_text import MAX_LABEL

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "adaptive-card-1.5.schema.json"


def check_adaptive(card: dict[str, Any]) -> None:
    """Everything Teams demands, and the published schema where it is at hand."""
    assert len(json.dumps(card)) <= 25_000
    parts = list(parts_of(card))
    kinds = Counter(part.get("type") for part in parts)
    assert kinds["TextBlock"] + kinds["FactSet"] == 0, "these read Markdown"
    ids = [part["id"] for part in parts if "id" in part]
    assert len(ids) == len(set(ids)), "phones refuse a card on which an id is used twice"
    assert not adaptive.PAYLOAD_KEYS & set(ids), "an input may not overwrite what the button says"
    for part in parts:
        _check_part(part)
    if SCHEMA.exists():
        problems = [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(card)]
        assert not problems, problems


def check_blocks(blocks: list[dict[str, Any]]) -> None:
    """Everything Slack demands of a message's blocks, as far as its SDK and its documents tell."""
    assert 0 < len(blocks) <= 50
    assert len(json.dumps(blocks, ensure_ascii=False)) <= 10_000
    assert [block["type"] for block in blocks].count("table") <= 1
    _check_blocks(blocks)


def check_view(view: dict[str, Any]) -> None:
    """Everything Slack demands of a modal."""
    parsed = View(**view)
    parsed.validate_json()
    assert parsed.to_dict() == view, "the SDK dropped something it does not know"
    assert 0 < len(view["blocks"]) <= 100
    assert len(json.dumps(view)) <= 250_000
    names = [block["block_id"] for block in view["blocks"] if "block_id" in block]
    assert len(names) == len(set(names)), "Slack refuses a view with two inputs of one name"
    _check_blocks(view["blocks"])


def parts_of(thing: Any) -> Iterator[dict[str, Any]]:
    """Every object anywhere in a drawn card, but for what buttons say."""
    if isinstance(thing, dict):
        yield thing
        thing = [child for key, child in thing.items() if key != "data"]
    if isinstance(thing, list):
        for child in thing:
            yield from parts_of(child)


def texts_of(thing: Any) -> list[str]:
    """Every text a reader sees, on either platform, in order."""
    return [part["text"] for part in parts_of(thing) if isinstance(part.get("text"), str)]


def _check_part(part: dict[str, Any]) -> None:
    match part.get("type"):
        case "ActionSet":
            hidden = [action for action in part["actions"] if action.get("mode") == "secondary"]
            assert 0 < len(part["actions"]) <= 6
            assert len(part["actions"]) - len(hidden) <= 3
            assert all(action["type"] == "Action.Execute" for action in hidden), "forms do not open from the menu"
        case "Action.Execute":
            assert part["verb"]
            assert part["title"]
            assert len(json.dumps(part["data"])) <= 1_000
            assert part["fallback"]["data"] == {**part["data"], "verb": part["verb"]}
        case "RichTextBlock":
            assert part["inlines"]
            assert all(run["text"] for run in part["inlines"])
            assert not any("{{" in run["text"] for run in part["inlines"])
        case "Table":
            assert len({len(row["cells"]) for row in part["rows"]} | {len(part["columns"])}) == 1
        case "Input.ChoiceSet":
            assert all(len(choice["title"]) <= MAX_LABEL for choice in part["choices"])
        case _:
            pass


def _check_blocks(blocks: list[dict[str, Any]]) -> None:
    parsed = Block.parse_all(blocks)
    assert [block.to_dict() for block in parsed] == blocks, "the SDK dropped something it does not know"
    for part in parts_of(blocks):
        kind, text = part.get("type"), part.get("text")
        assert kind != "mrkdwn", "it reads formatting"
        if isinstance(text, str):
            assert text
            assert kind == "text" or len(text) <= 3_000
        if kind == "actions":
            ids = [element["action_id"] for element in part["elements"]]
            assert len(ids) == len(set(ids)) <= 25
        if kind == "table":
            assert 0 < len(part["rows"]) <= 100
            assert len({len(row) for row in part["rows"]}) == 1
            assert 0 < len(part["rows"][0]) <= 20
            assert sum(len(cell["text"]) for row in part["rows"] for cell in row) <= 10_000
        if kind == "static_select" or kind == "multi_static_select":
            assert all(0 < len(group) <= 100 for group in _option_lists(part))


def _option_lists(select: dict[str, Any]) -> list[list[Any]]:
    return [select["options"]] if "options" in select else [group["options"] for group in select["option_groups"]]


@cache
def _validator() -> Draft6Validator:
    schema = json.loads(SCHEMA.read_text())
    # `filtered` came with 1.5 and is in its documents, but was forgotten in the published schema.
    schema["definitions"]["ChoiceInputStyle"]["anyOf"].append({"enum": ["filtered"]})
    # Teams' own: an image that opens large where it is tapped.
    schema["definitions"]["Image"]["properties"]["msteams"] = {"type": "object", "required": ["allowExpand"]}
    return Draft6Validator(schema)
