"""What a button says back: drawn into it by the renderers, read back from what a platform sends when it is pressed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Rejected
from cards.model import Button

#: Characters of a drawn payload as JSON. Slack takes 2,000; six of them, twice each, must fit into a Teams card.
MAX_PAYLOAD = 1_000
#: Characters accepted back, in all: twice what is drawn, since buttons of an older release are still out there.
MAX_PRESS = 2_000

STALE = "This button is no longer valid; open the task again."


@dataclass(frozen=True, slots=True)
class Press:
    """A button that somebody pressed. `opens` asks for the button's form instead of acting."""

    action: str
    task: str
    args: dict[str, str]
    opens: bool


def payload(button: Button, *, opens: bool = False) -> dict[str, object]:
    """`{"task": number, "args": {name: value}}`, and `"form": True` when the press only asks for the form.

    Raises ValueError when the args are too long to draw.
    """
    data: dict[str, object] = {"task": button.task, "args": dict(button.args)}
    if opens:
        data["form"] = True
    if len(json.dumps(data)) > MAX_PAYLOAD:
        raise ValueError(f"The args of {button.action} are longer than {MAX_PAYLOAD} characters.")
    return data


def press(action: str, data: Mapping[str, object]) -> Press:
    """The press in what a platform sent; anybody can send anything, so all of it is checked.

    Other keys are left alone: Teams puts a form's inputs beside them. Raises Rejected.
    """
    task, args, opens = data.get("task"), data.get("args"), data.get("form", False)
    if not (action and isinstance(task, str) and isinstance(args, dict) and isinstance(opens, bool)):
        raise Rejected(STALE)
    texts = (action, task, *args.keys(), *args.values())
    if not all(isinstance(text, str) for text in texts) or sum(map(len, texts)) > MAX_PRESS:
        raise Rejected(STALE)
    return Press(action, task, dict(args), opens)
