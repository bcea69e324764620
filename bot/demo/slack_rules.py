"""What Slack refuses in blocks and views, written apart from the renderer so that the two can disagree."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Complaints: TypeAlias = Iterator[str]

KEYS = {
    "actions": {"elements"},
    "context": {"elements"},
    "divider": set[str](),
    "header": {"text"},
    "image": {"slack_file", "image_url", "alt_text", "title"},
    "input": {"label", "element", "optional", "hint", "dispatch_action"},
    "rich_text": {"elements"},
    "section": {"text", "fields", "accessory", "expand"},
    "table": {"rows", "column_settings"},
}
ELEMENT_KEYS = {
    "button": {"text", "value", "url", "style", "confirm", "accessibility_label"},
    "checkboxes": {"options", "initial_options", "confirm"},
    "datepicker": {"initial_date", "placeholder", "confirm"},
    "datetimepicker": {"initial_date_time", "confirm"},
    "file_input": {"filetypes", "max_files"},
    "multi_static_select": {"options", "option_groups", "initial_options", "placeholder", "max_selected_items"},
    "plain_text_input": {"multiline", "max_length", "min_length", "initial_value", "placeholder"},
    "static_select": {"options", "option_groups", "initial_option", "placeholder"},
}
VIEW_KEYS = {
    "type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "external_id",
    "clear_on_close", "notify_on_close", "submit_disabled",
}  # fmt: skip
VIEW_BYTES = 250 * 1024
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def message_complaints(blocks: list[Json]) -> list[str]:
    """What Slack would say about a message's blocks; empty when it would take them."""
    inputs = [f"unsupported type: input [json-pointer:/blocks/{at}]" for at, b in enumerate(blocks) if _is_input(b)]
    tables = ["only_one_table_allowed"] if sum(b.get("type") == "table" for b in blocks) > 1 else []
    return [*inputs, *tables, *_blocks(blocks, 50)]


def view_complaints(view: Json) -> list[str]:
    """What Slack would say about a modal."""
    complaints = [f"invalid additional property: {key}" for key in view.keys() - VIEW_KEYS]
    complaints += _text(view.get("title"), "/title", 24, plain=True)
    for name in ("submit", "close"):
        if name in view:
            complaints += _text(view[name], f"/{name}", 24, plain=True)
    complaints += _length(view.get("private_metadata", ""), "/private_metadata", 3_000, least=0)
    complaints += _length(view.get("callback_id", ""), "/callback_id", 255, least=0)
    complaints += _blocks(view.get("blocks", []), 100)
    if any(map(_is_input, view.get("blocks", []))) and "submit" not in view:
        complaints.append("missing required field: submit")
    if view.get("type") != "modal" or len(json.dumps(view)) > VIEW_BYTES:
        complaints.append("view_too_large")
    return complaints


def home_complaints(view: Json) -> list[str]:
    """What Slack would say about a home tab."""
    blocks = view.get("blocks", [])
    complaints = [f"invalid additional property: {key}" for key in view.keys() - {"type", "blocks"}]
    complaints += [f"unsupported type: {b['type']}" for b in blocks if b.get("type") in {"input", "table"}]
    if view.get("type") != "home" or len(json.dumps(view)) > VIEW_BYTES:
        complaints.append("invalid_arguments")
    return [*complaints, *_blocks(blocks, 100)]


def _is_input(block: Json) -> bool:
    return block.get("type") == "input"


def _blocks(blocks: Any, most: int) -> Complaints:
    if not isinstance(blocks, list) or not 0 < len(blocks) <= most:
        yield f"must have 1 to {most} items [json-pointer:/blocks]"
        return
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield "block_id already exists [json-pointer:/blocks]"
    for number, block in enumerate(blocks):
        yield from _block(block, f"/blocks/{number}")


def _block(block: Json, at: str) -> Complaints:
    kind = str(block.get("type"))
    if kind not in KEYS:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    yield from _keys(block, KEYS[kind] | {"type", "block_id"}, at)
    yield from _length(block.get("block_id", "id"), f"{at}/block_id", 255)
    yield from BLOCKS[kind](block, at)


def _actions(block: Json, at: str) -> Complaints:
    yield from _count(block.get("elements"), f"{at}/elements", 25)
    ids = [element.get("action_id") for element in block.get("elements", [])]
    if len(ids) != len(set(ids)):
        yield f"action_id already exists [json-pointer:{at}/elements]"
    for number, element in enumerate(block.get("elements", [])):
        yield from _element(
            element, f"{at}/elements/{number}", {"button", "static_select", "datepicker", "datetimepicker"}
        )


def _context(block: Json, at: str) -> Complaints:
    yield from _count(block.get("elements"), f"{at}/elements", 10)
    for number, element in enumerate(block.get("elements", [])):
        yield from _text(element, f"{at}/elements/{number}", 3_000)


def _header(block: Json, at: str) -> Complaints:
    yield from _text(block.get("text"), f"{at}/text", 150, plain=True)


def _image(block: Json, at: str) -> Complaints:
    if ("slack_file" in block) == ("image_url" in block):
        yield f"must be one of slack_file and image_url [json-pointer:{at}]"
    if "slack_file" in block and len(block["slack_file"].keys() & {"id", "url"}) != 1:
        yield f"must be one of id and url [json-pointer:{at}/slack_file]"
    yield from _length(block.get("alt_text"), f"{at}/alt_text", 2_000)


def _section(block: Json, at: str) -> Complaints:
    if "text" not in block and "fields" not in block:
        yield f"missing required field: text or fields [json-pointer:{at}]"
    if "text" in block:
        yield from _text(block["text"], f"{at}/text", 3_000)
    if "fields" in block:
        yield from _count(block["fields"], f"{at}/fields", 10)
        for number, value in enumerate(block["fields"]):
            yield from _text(value, f"{at}/fields/{number}", 2_000)
    if "accessory" in block:
        yield from _element(block["accessory"], f"{at}/accessory", {"button", "static_select"})


def _table(block: Json, at: str) -> Complaints:
    rows = block.get("rows")
    yield from _count(rows, f"{at}/rows", 100)
    cells = [cell for row in rows or () for cell in row]
    if len({len(row) for row in rows or ()}) > 1 or any(not 0 < len(row) <= 20 for row in rows or ()):
        yield f"must have as many cells in each row, 1 to 20 [json-pointer:{at}/rows]"
    for cell in cells:
        if cell.get("type") != "raw_text":
            yield f"unsupported type: {cell.get('type')} [json-pointer:{at}/rows]"
        yield from _length(cell.get("text"), f"{at}/rows/text", 10_000)
    if sum(len(str(cell.get("text"))) for cell in cells) > 10_000:
        yield f"must be at most 10000 characters in all [json-pointer:{at}/rows]"
    for settings in block.get("column_settings", []):
        yield from _keys(settings, {"align", "is_wrapped"}, f"{at}/column_settings")


def _rich_text(block: Json, at: str) -> Complaints:
    for part in block.get("elements", []):
        if part.get("type") not in {"rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted"}:
            yield f"unsupported type: {part.get('type')} [json-pointer:{at}/elements]"
        for run in part.get("elements", []):
            if run.get("type") == "text":
                yield from _length(run.get("text"), f"{at}/elements/text", 12_000)
    if not block.get("elements"):
        yield f"missing required field: elements [json-pointer:{at}]"


def _input(block: Json, at: str) -> Complaints:
    yield from _text(block.get("label"), f"{at}/label", 2_000, plain=True)
    if "hint" in block:
        yield from _text(block["hint"], f"{at}/hint", 2_000, plain=True)
    yield from _element(block.get("element"), f"{at}/element", ELEMENT_KEYS.keys() - {"button"})


def _divider(block: Json, at: str) -> Complaints:
    return iter(())


BLOCKS: dict[str, Callable[[Json, str], Complaints]] = {
    "actions": _actions,
    "context": _context,
    "divider": _divider,
    "header": _header,
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
    "section": _section,
    "table": _table,
}


def _element(element: Any, at: str, kinds: set[str]) -> Complaints:
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in kinds:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    yield from _keys(element, ELEMENT_KEYS[kind] | {"type", "action_id", "focus_on_load"}, at)
    yield from _length(element.get("action_id"), f"{at}/action_id", 255)
    if kind == "button":
        yield from _button(element, at)
    elif kind == "plain_text_input":
        yield from _length(element.get("initial_value", ""), f"{at}/initial_value", 3_000, least=0)
        if not 1 <= element.get("max_length", 3_000) <= 3_000:
            yield f"must be between 1 and 3000 [json-pointer:{at}/max_length]"
    elif kind == "datetimepicker" and len(str(element.get("initial_date_time", "1700000000"))) != 10:
        yield f"must be a 10 digit integer [json-pointer:{at}/initial_date_time]"
    elif kind == "datepicker" and not DAY.fullmatch(str(element.get("initial_date", "2026-01-31"))):
        yield f"must be a date like 2026-01-31 [json-pointer:{at}/initial_date]"
    elif kind in {"static_select", "multi_static_select", "checkboxes"}:
        yield from _options(element, at, 10 if kind == "checkboxes" else 100)


def _button(element: Json, at: str) -> Complaints:
    yield from _text(element.get("text"), f"{at}/text", 75, plain=True)
    yield from _length(element.get("value", ""), f"{at}/value", 2_000, least=0)
    if element.get("style", "primary") not in {"primary", "danger"}:
        yield f"must be primary or danger [json-pointer:{at}/style]"


def _options(element: Json, at: str, most: int) -> Complaints:
    groups = [group.get("options") for group in element.get("option_groups", [])] or [element.get("options")]
    for options in groups:
        yield from _count(options, f"{at}/options", most)
        for option in options or ():
            yield from _text(option.get("text"), f"{at}/options/text", 75)
            yield from _length(option.get("value"), f"{at}/options/value", 150)
    chosen = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else [])
    if any(all(option not in (options or ()) for options in groups) for option in chosen):
        yield f"initial option not among the options [json-pointer:{at}]"


def _text(text: Any, at: str, most: int, *, plain: bool = False) -> Complaints:
    kinds = {"plain_text"} if plain else {"plain_text", "mrkdwn"}
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"must be a text object of {sorted(kinds)} [json-pointer:{at}]"
        return
    yield from _keys(text, {"type", "text", "emoji", "verbatim"}, at)
    yield from _length(text.get("text"), f"{at}/text", most)


def _keys(thing: Json, allowed: set[str], at: str) -> Complaints:
    yield from (f"invalid additional property: {key} [json-pointer:{at}]" for key in thing.keys() - allowed)


def _count(items: Any, at: str, most: int) -> Complaints:
    if not isinstance(items, list) or not 0 < len(items) <= most:
        yield f"must have 1 to {most} items [json-pointer:{at}]"


def _length(text: Any, at: str, most: int, *, least: int = 1) -> Complaints:
    if not isinstance(text, str) or not least <= len(text) <= most:
        yield f"must be {least} to {most} characters [json-pointer:{at}]"
