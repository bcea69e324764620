"""The inputs of a form as Slack takes them; block id and action id of an input are both its field's name."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import assert_never

from cards.blockkit_text import MAX_LABEL, MAX_SECTION, Json, plain, prose
from cards.model import ChoiceField, Choices, DateField, Field, FileField, MomentField, TextField, ToggleField
from cards.room import Room, cut, listed

MAX_INPUT = 3_000
MAX_OPTION = 75
MAX_VALUE = 150
MAX_OPTIONS = 100  # in one group
MAX_FILES = 10


def input_block(field: Field, zone: tzinfo, room: Room) -> Json:
    match field:
        case TextField(name=name, label=label, required=required, hint=hint):
            return _input(name, label, _text_input(field), required=required, hint=hint)
        case ChoiceField(name=name, required=required):
            label, choices = listed(field, room)
            if not choices:
                return {"type": "section", "text": prose(f"{label}: nothing to choose from.", MAX_SECTION)}
            return _input(name, label, _select(field, choices), required=required)
        case MomentField(name=name, label=label, required=required):
            return _input(name, label, _moment_input(field, zone), required=required)
        case DateField(name=name, label=label, required=required, value=day):
            initial = {"initial_date": day} if day else {}
            return _input(name, label, {"type": "datepicker", **initial}, required=required)
        case ToggleField(name=name, label=label, value=on):
            yes = _option("true", "Yes")
            checked = {"initial_options": [yes]} if on else {}
            return _input(name, label, {"type": "checkboxes", "options": [yes], **checked}, required=False)
        case FileField(name=name, label=label, required=required):
            return _input(name, label, {"type": "file_input", "max_files": MAX_FILES}, required=required)
        case _:
            assert_never(field)


def _input(name: str, label: str, element: Json, *, required: bool, hint: str = "") -> Json:
    told = {"hint": plain(hint, MAX_LABEL)} if hint else {}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label, MAX_LABEL),
        "element": {**element, "action_id": name},
        "optional": not required,
        **told,
    }


def _text_input(field: TextField) -> Json:
    limit = min(field.limit, MAX_INPUT)
    element: Json = {"type": "plain_text_input", "multiline": field.multiline, "max_length": limit}
    return {**element, "initial_value": field.value[:limit]} if field.value else element


def _moment_input(field: MomentField, zone: tzinfo) -> Json:
    if not field.value:
        return {"type": "datetimepicker"}
    moment = datetime.fromisoformat(field.value)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return {"type": "datetimepicker", "initial_date_time": int(aware.timestamp())}


def _select(field: ChoiceField, choices: Choices) -> Json:
    options = [_option(value, label) for value, label in choices]
    chosen = [option for option in options if option["value"] in field.value]
    element: Json = {"type": "multi_static_select" if field.multiple else "static_select"}
    if chosen:
        element |= {"initial_options": chosen} if field.multiple else {"initial_option": chosen[0]}
    if len(options) <= MAX_OPTIONS:
        return element | {"options": options}
    groups = [options[start : start + MAX_OPTIONS] for start in range(0, len(options), MAX_OPTIONS)]
    return element | {"option_groups": [{"label": _group_label(group), "options": group} for group in groups]}


def _group_label(options: list[Json]) -> Json:
    # Sorted lists read like a dictionary's thumb index: "Abbott … Lopez".
    first, last = (cut(option["text"]["text"], MAX_OPTION // 2 - 1) for option in (options[0], options[-1]))
    return plain(f"{first} … {last}", MAX_OPTION)


def _option(value: str, label: str) -> Json:
    if not 0 < len(value) <= MAX_VALUE:
        raise ValueError(f"A choice's value has 1 to {MAX_VALUE} characters: {value!r}")
    return {"text": plain(label, MAX_OPTION), "value": value}
