"""Card -> Slack blocks, form -> modal. What Slack takes and how it is told lives here and nowhere else.

Its words are drawn in `blockkit_text.py`, the inputs of its modals in `blockkit_inputs.py`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from html import escape
from typing import assert_never

from bot.errors import Rejected
from cards.blockkit_inputs import input_block
from cards.blockkit_text import MAX_HEADER, MAX_LABEL, MAX_SECTION, Json, context, header, plain, prose, rich, run
from cards.model import Button, Buttons, Card, Element, Entries, Entry, Facts, Form, Image, Quote, Table, Text
from cards.payload import STALE, Press, payload, press
from cards.room import Room, cut, excerpt, fit, kept, rows_of

MAX_BLOCKS = 50
MAX_VIEW_BLOCKS = 100
#: Characters of JSON in one message. Slack documents none, and was seen to refuse from about 13,000 with its own ids
#: and defaults counted in: bolt-js #2509, #2867.
MAX_MESSAGE = 10_000
MAX_VIEW = 240_000  # of 250 KB
MAX_NOTICE = 1_000
MAX_ALT = 2_000  # of what an image says
MAX_BUTTON = 75
MAX_CELL = 300  # of a table, so that a row stays a glance
MAX_COLUMNS = 20
MAX_IN_ACTIONS = 25
MAX_MODAL_TITLE = 24
MAX_METADATA = 3_000
ROOM = Room(text=6_000, elements=40, items=24, choices=0)
MODAL_ROOM = Room(text=MAX_SECTION, elements=0, items=0, choices=2_000)


def render(card: Card, files: Mapping[Image, str] | None = None) -> list[Json]:
    """The blocks of a message: at most MAX_BLOCKS of them and MAX_MESSAGE characters of JSON.

    `files` are the ids of images that were uploaded; of any other only its words are shown.
    """
    return fit(lambda room: _blocks(card, room, files or {}), _fits, ROOM)


def fallback(card: Card) -> str:
    """The `text` beside the blocks, for notifications and screen readers; escaped, since Slack reads it as mrkdwn."""
    return escape(cut(card.notice, MAX_NOTICE), quote=False)


def pressed(action_id: str, value: str) -> Press:
    """The press in a button's `action_id` and `value`, as Slack sends them back. Raises Rejected."""
    try:
        data = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise Rejected(STALE) from error
    if not isinstance(data, dict):
        raise Rejected(STALE)
    return press(action_id.partition("#")[0], data)


def render_home(card: Card) -> Json:
    """The card as somebody's home tab, which takes no table."""
    return fit(lambda room: {"type": "home", "blocks": _blocks(card, room, {}, tables=0)}, _view_fits, ROOM)


def render_modal(button: Button, metadata: str, zone: tzinfo) -> Json:
    """The button's form as a view; block id and action id of an input are both its field's name.

    `metadata` comes back with the form. `zone` is agency time, for moments without an offset. Raises ValueError when
    the button has no form, the metadata is too long or a choice's value is.
    """
    form = button.form
    if form is None or len(metadata) > MAX_METADATA:
        raise ValueError(f"{button.action} has no form, or its metadata is longer than {MAX_METADATA} characters.")
    return fit(lambda room: _modal(button.action, form, metadata, zone, room), _view_fits, MODAL_ROOM)


def modal_notice(title: str, text: str) -> Json:
    """A view that only tells something: that work goes on, or how it ended."""
    block = {"type": "section", "text": prose(text, MAX_SECTION)}
    return {**_view(title), "close": plain("Close", MAX_MODAL_TITLE), "blocks": [block]}


def _fits(blocks: list[Json]) -> bool:
    return len(blocks) <= MAX_BLOCKS and len(json.dumps(blocks, ensure_ascii=False)) <= MAX_MESSAGE


def _view_fits(view: Json) -> bool:
    return len(view["blocks"]) <= MAX_VIEW_BLOCKS and len(json.dumps(view)) <= MAX_VIEW


def _blocks(card: Card, room: Room, files: Mapping[Image, str], tables: int = 1) -> list[Json]:
    """A table that Slack does not take there is drawn as a list."""
    blocks = [header(card.title)]
    for element in kept(card, room):
        if isinstance(element, Table):
            element, tables = (element if tables > 0 else _listed(element)), tables - 1
        blocks += _element(element, room, files)
    return blocks


def _element(element: Element, room: Room, files: Mapping[Image, str]) -> list[Json]:
    match element:
        case Text(text=text, muted=True):
            return [context(text, room)]
        case Text(text=text, strong=strong):
            return [rich("rich_text_section", [run(excerpt(text, room.text), bold=strong)])]
        case Quote(text=text):
            return [rich("rich_text_quote", [run(excerpt(text, room.text))])]
        case Facts():
            return [rich("rich_text_section", list(_facts(rows_of(element, room), room)))]
        case Entries(items=items):
            blocks = [block for entry in items[: room.items] for block in _entry(entry, room)]
            return [*blocks, context(f"and {len(items) - room.items:,} more", room)] if items[room.items :] else blocks
        case Table():
            return list(_table(element, room))
        case Image(text=text):
            file = files.get(element)
            return [_image(file, text) if file else context(text, room)]
        case Buttons(items=buttons):
            return [_actions(buttons)]
        case _:
            assert_never(element)


def _table(table: Table, room: Room) -> Iterator[Json]:
    """The table, and below it the buttons of its rows, since a cell takes none."""
    rows = table.rows[: room.items]
    cells = [[_cell(text, room) for text in line[:MAX_COLUMNS]] for line in (table.header, *(r.cells for r in rows))]
    numbered = any(row.button for row in rows)  # then the first cell is short and stays in one piece
    wraps = [{"is_wrapped": column > 0 or not numbered} for column in range(len(cells[0]))]
    yield {"type": "table", "rows": cells, "column_settings": wraps}
    if missing := len(table.rows) - len(rows):
        yield context(f"and {missing:,} more", room)
    if buttons := tuple(row.button for row in rows if row.button)[:MAX_IN_ACTIONS]:
        yield _actions(buttons)


def _cell(text: str, room: Room) -> Json:
    return {"type": "raw_text", "text": excerpt(text, min(room.text, MAX_CELL))}


def _listed(table: Table) -> Entries:
    return Entries(tuple(Entry(row.cells[0], " · ".join(row.cells[1:]), row.button) for row in table.rows))


def _image(file: str, text: str) -> Json:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": cut(text, MAX_ALT)}


def _facts(rows: tuple[tuple[str, str], ...], room: Room) -> Iterator[Json]:
    for number, (label, value) in enumerate(rows, start=1):
        yield run(cut(label, MAX_LABEL) + ": ", bold=True)
        yield run(excerpt(value, room.text) + ("\n" if number < len(rows) else ""))


def _entry(entry: Entry, room: Room) -> list[Json]:
    section: Json = {"type": "section", "text": plain(entry.title, MAX_HEADER)}
    if entry.button:
        section["accessory"] = _button(entry.button, entry.button.action)
    return [section, context(entry.detail, room)] if entry.detail else [section]


def _actions(buttons: tuple[Button, ...]) -> Json:
    # Action ids must differ within a block: the second of the same action is `action#2`, and `pressed` undoes it.
    seen: Counter[str] = Counter()
    elements = []
    for button in buttons:
        seen[button.action] += 1
        nth = seen[button.action]
        elements.append(_button(button, f"{button.action}#{nth}" if nth > 1 else button.action))
    return {"type": "actions", "elements": elements}


def _button(button: Button, action_id: str) -> Json:
    value = json.dumps(payload(button, opens=button.form is not None))
    style = {} if button.style == "default" else {"style": button.style}
    return {"type": "button", "action_id": action_id, "text": plain(button.label, MAX_BUTTON), "value": value, **style}


def _view(title: str) -> Json:
    return {"type": "modal", "title": plain(title, MAX_MODAL_TITLE)}


def _modal(action: str, form: Form, metadata: str, zone: tzinfo, room: Room) -> Json:
    # The title bar holds so little that a longer title is told in full below it.
    blocks = [header(form.title)] if len(form.title) > MAX_MODAL_TITLE else []
    if form.intro:
        blocks.append({"type": "section", "text": prose(form.intro, MAX_SECTION)})
    blocks += [input_block(field, zone, room) for field in form.fields]
    return {
        **_view(form.title),
        "callback_id": action,
        "private_metadata": metadata,
        "submit": plain(form.submit, MAX_MODAL_TITLE),
        "close": plain("Cancel", MAX_MODAL_TITLE),
        "blocks": blocks or [header(form.title)],
    }
