"""Card -> Adaptive Card 1.5 for Teams. What Teams takes and how it is told lives here and nowhere else.

Its words are drawn in `adaptive_text.py`, the inputs of its forms in `adaptive_inputs.py`.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, assert_never

from microsoft_teams.cards.core import (
    Action,
    ActionSet,
    ActionStyle,
    AdaptiveCard,
    CardElement,
    ColumnDefinition,
    Container,
    ExecuteAction,
    ShowCardAction,
    Spacing,
    SubmitAction,
    TableCell,
    TableRow,
    TeamsImageProperties,
)
from microsoft_teams.cards.core import Image as ImageElement
from microsoft_teams.cards.core import Table as TableElement

from cards.adaptive_inputs import form_body
from cards.adaptive_text import MAX_LABEL, MAX_TITLE, block, runs
from cards.model import (
    Button,
    Buttons,
    Card,
    Element,
    Entries,
    Entry,
    Facts,
    Form,
    Image,
    Quote,
    Row,
    Style,
    Table,
    Text,
)
from cards.payload import payload
from cards.room import Room, cut, excerpt, fit, kept, rows_of

MAX_CARD = 25_000  # bytes of JSON, non-ASCII escaped; 413 was seen at 70 KB
MAX_NOTICE = 120
MAX_ALT = 1_000  # of what an image says
MAX_BUTTON = 40
MAX_CELL = 300  # of a table, so that a row stays a glance on a phone
MAX_VISIBLE_BUTTONS = 3  # the others go behind the overflow button
ROOM = Room(text=8_000, elements=40, items=24, choices=300)

STYLES: dict[Style, ActionStyle | None] = {"primary": "positive", "danger": "destructive", "default": None}
#: Marks the submit of a form that is a message of its own, which nobody keeps up to date.
OWN = "own"
#: Tells apart the dialogs that somebody opened, so that each counts once.
ONCE = "once"
PAYLOAD_KEYS = {"task", "args", "form", "verb", OWN, ONCE}


def render(card: Card) -> dict[str, Any]:
    """The content of an `application/vnd.microsoft.card.adaptive` attachment, at most MAX_CARD bytes of JSON."""
    return fit(lambda room: _plain(_card(card, room)), _fits, ROOM)


def render_form(button: Button) -> dict[str, Any]:
    """The button's form as a card of its own. Raises ValueError when the button has none."""
    form = button.form
    if form is None:
        raise ValueError(f"{button.action} has no form.")
    return fit(lambda room: _plain(_form_card(button, form, room)), _fits, ROOM)


def render_dialog(button: Button, once: str) -> dict[str, Any]:
    """The button's form as a dialog, where Teams takes no Execute; `once` comes back with it. Raises ValueError."""
    form = button.form
    if form is None:
        raise ValueError(f"{button.action} has no form.")
    return fit(lambda room: _plain(_dialog(button, form, once, room)), _fits, ROOM)


def inputs(data: Mapping[str, object]) -> dict[str, object]:
    """A form's inputs by field name, out of what Teams sends when the form is submitted.

    Field names are the input ids; the second form on a card has `#2` after them (see `_inline`).
    """
    return {key.partition("#")[0]: value for key, value in data.items() if key not in PAYLOAD_KEYS}


def _plain(card: AdaptiveCard) -> dict[str, Any]:
    return card.model_dump(exclude_none=True, by_alias=True)


def _fits(card: dict[str, Any]) -> bool:
    return len(json.dumps(card)) <= MAX_CARD


def _card(card: Card, room: Room) -> AdaptiveCard:
    forms = count(1)
    body = [_title(card.title)]
    for element in kept(card, room):
        body += _element(element, room, forms)
    return _whole(body, None, card.notice)


def _form_card(button: Button, form: Form, room: Room) -> AdaptiveCard:
    body = [_title(form.title), *form_body(form, room, "")]
    return _whole(body, [_submit(button, form, own=True)], form.title)


def _dialog(button: Button, form: Form, once: str, room: Room) -> AdaptiveCard:
    data = {**payload(button), "verb": button.action, ONCE: once}
    submit = SubmitAction(title=cut(form.submit, MAX_BUTTON), style="positive", data=data, associated_inputs="auto")
    return _whole(form_body(form, room, ""), [submit], form.title)


def _whole(body: list[CardElement], actions: list[Action] | None, notice: str) -> AdaptiveCard:
    said = cut(notice, MAX_NOTICE)
    return AdaptiveCard(body=body, actions=actions, speak=said, fallback_text=said)


def _title(title: str) -> CardElement:
    return block(runs(cut(title, MAX_TITLE), bold=True, size="Large"))


def _element(element: Element, room: Room, forms: Iterator[int]) -> list[CardElement]:
    match element:
        case Text(text=text, muted=muted, strong=strong):
            return [block(runs(excerpt(text, room.text), bold=strong, muted=muted))]
        case Quote(text=text):
            return [Container(style="emphasis", items=[block(runs(excerpt(text, room.text)))])]
        case Facts():
            return [Container(items=[_fact(label, value, room) for label, value in rows_of(element, room)])]
        case Entries(items=items):
            more = [_more(len(items) - room.items)] if len(items) > room.items else []
            return [*(_entry(entry, room, forms) for entry in items[: room.items]), *more]
        case Table(rows=rows):
            more = [_more(len(rows) - room.items)] if len(rows) > room.items else []
            return [_table(element, room), *more]
        case Image(text=text):
            return [_image(element) if room.pictures else block(runs(excerpt(text, room.text), muted=True))]
        case Buttons(items=buttons):
            return [_action_set(buttons, room, forms)]
        case _:
            assert_never(element)


def _table(table: Table, room: Room) -> CardElement:
    """Its first row is its header to a screen reader, which is so unless one says otherwise."""
    head = TableRow(cells=[_cell(runs(cut(text, MAX_LABEL), bold=True)) for text in table.header])
    return TableElement(
        columns=[ColumnDefinition(width=width) for width in table.widths],
        rows=[head, *(_row(row, room) for row in table.rows[: room.items])],
        show_grid_lines=False,
    )


def _row(row: Row, room: Room) -> TableRow:
    """The first cell is the link to what the row stands for: a button in a cell leaves a phone no width."""
    first, *others = (excerpt(text, min(room.text, MAX_CELL)) for text in row.cells)
    link = _execute(row.button, opens=row.button.form is not None) if row.button else None
    return TableRow(cells=[_cell(runs(first, link=link)), *map(_lines, others)])


def _lines(text: str) -> TableCell:
    """What the cell says first stands out from what is below it."""
    first, *below = text.split("\n", 1)
    muted = [block(runs(part, muted=True), spacing="None") for part in below]
    return TableCell(items=[block(runs(first)), *muted])


def _cell(inlines: list[CardElement]) -> TableCell:
    return TableCell(items=[block(inlines)])


def _image(image: Image) -> CardElement:
    """Inside the card, since Teams fetches others from where everybody could; it opens large where it is tapped."""
    url = f"data:image/png;base64,{b64encode(image.png).decode()}"
    large = TeamsImageProperties(allow_expand=True)
    return ImageElement(url=url, alt_text=cut(image.text, MAX_ALT), size="Stretch", msteams=large)


def _fact(label: str, value: str, room: Room) -> CardElement:
    inlines = [*runs(cut(label, MAX_LABEL) + ": ", bold=True), *runs(excerpt(value, room.text))]
    return block(inlines, spacing="Small")


def _entry(entry: Entry, room: Room, forms: Iterator[int]) -> CardElement:
    items = [block(runs(cut(entry.title, MAX_TITLE), bold=True))]
    if entry.detail:
        items.append(block(runs(excerpt(entry.detail, room.text), muted=True), spacing="None"))
    if entry.button:
        items.append(_action_set((entry.button,), room, forms, spacing="Small"))
    return Container(separator=True, items=items)


def _more(number: int) -> CardElement:
    return block(runs(f"and {number:,} more", muted=True))


def _action_set(
    buttons: tuple[Button, ...], room: Room, forms: Iterator[int], spacing: Spacing | None = None
) -> CardElement:
    shown = [_inline(button, room, forms) for button in buttons[:MAX_VISIBLE_BUTTONS]]
    # A form does not open from the overflow menu, so there it comes as a card of its own.
    hidden = [_execute(button, opens=button.form is not None) for button in buttons[MAX_VISIBLE_BUTTONS:]]
    for action in hidden:
        action.mode = "secondary"
    return ActionSet(actions=[*shown, *hidden], spacing=spacing)


def _inline(button: Button, room: Room, forms: Iterator[int]) -> Action:
    form = button.form
    if form is None or form.long or not room.inline:
        return _execute(button, opens=form is not None)
    # Two inputs with one id anywhere on a card, and phones do not draw the card at all.
    number = next(forms)
    body = form_body(form, room, f"#{number}" if number > 1 else "")
    card = AdaptiveCard(body=body, actions=[_submit(button, form)])
    return ShowCardAction(title=cut(button.label, MAX_BUTTON), style=STYLES[button.style], card=card)


def _submit(button: Button, form: Form, *, own: bool = False) -> Action:
    action = _execute(button, label=form.submit, own=own)
    action.style = action.style or "positive"
    action.associated_inputs = "auto"
    return action


def _execute(button: Button, *, label: str = "", opens: bool = False, own: bool = False) -> ExecuteAction:
    title, data = cut(label or button.label, MAX_BUTTON), payload(button, opens=opens) | ({OWN: True} if own else {})
    return ExecuteAction(
        title=title,
        verb=button.action,
        style=STYLES[button.style],
        data=data,
        fallback=SubmitAction(title=title, data={**data, "verb": button.action}),
    )
