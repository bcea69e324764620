"""What Slack sends for an input of a modal that somebody fills, or leaves as it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.demo.slack_rules import Json


def entry(element: Json, value: Any) -> Json:
    """Filled with a value. Raises LookupError when the input does not take it."""
    match element["type"], value:
        case "plain_text_input", str():
            if len(value) > element.get("max_length", 3_000):
                raise LookupError("The text is too long for its input.")
            return {"value": value or None}
        case "static_select", str():
            return {"selected_option": _option(element, value)}
        case "multi_static_select", list():
            return {"selected_options": [_option(element, label) for label in value]}
        case "checkboxes", bool():
            return {"selected_options": element["options"] if value else []}
        case "datetimepicker", datetime():
            return {"selected_date_time": int(value.timestamp())}
        case "datepicker", date():
            return {"selected_date": value.isoformat()}
        case "file_input", list():
            return {"files": value}
        case kind, _:
            raise LookupError(f"{value!r} cannot be entered in a {kind}.")


def initial(element: Json) -> Json:
    """Left alone."""
    match element["type"]:
        case "plain_text_input":
            return {"value": element.get("initial_value")}
        case "static_select":
            return {"selected_option": element.get("initial_option")}
        case "multi_static_select" | "checkboxes":
            return {"selected_options": element.get("initial_options", [])}
        case "datetimepicker":
            return {"selected_date_time": element.get("initial_date_time")}
        case "datepicker":
            return {"selected_date": element.get("initial_date")}
        case _:
            return {"files": []}


def _option(element: Json, label: str) -> Json:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    options = [*element.get("options", []), *grouped]
    for option in options:
        if label in (option["text"]["text"], option["value"]):
            return dict(option)
    raise LookupError(f"No option {label!r}; there are {[option['text']['text'] for option in options]}.")
