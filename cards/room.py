"""Drawing until it fits: a card with too much in it for a platform is drawn again with less room for each part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from cards.model import Buttons, Card, ChoiceField, Choices, Element, Entries, Facts, Image, Quote, Table, Text

T = TypeVar("T")

MAX_BUTTONS = 6  # on one card, lists apart; Teams takes no more
NOTHING = "—"  # neither platform takes an empty text
TERSE = 200  # characters, below which a text tells too little for its place
LEFT_OUT = Text("There is more than fits on this card.", muted=True)


@dataclass(frozen=True, slots=True)
class Room:
    """How much is drawn of what has no natural end.

    `text` is the characters of one text, the others count: elements of the card and rows of facts, items of one list,
    choices of one field. `inline` is whether forms are drawn on the card itself, where the platform can, `pictures`
    whether images are, or only what they say.
    """

    text: int
    elements: int
    items: int
    choices: int
    inline: bool = True
    pictures: bool = True

    def smaller(self) -> Room:
        """Forms move out first, since they lose nothing by it, then pictures; then all shrinks by a quarter.

        Whole elements go last.
        """
        if self.inline:
            return replace(self, inline=False)
        if self.pictures:
            return replace(self, pictures=False)
        text, items, choices = (n * 3 // 4 for n in (self.text, self.items, self.choices))
        elements = self.elements if text > TERSE else self.elements * 3 // 4
        return Room(text, elements, items, choices, inline=False, pictures=False)


def fit(draw: Callable[[Room], T], fits: Callable[[T], bool], room: Room) -> T:
    """The drawing with the most room that fits; with none left, what cannot be left out is drawn all the same."""
    drawn = draw(room)
    while not fits(drawn) and room.text:
        room = room.smaller()
        drawn = draw(room)
    return drawn


def kept(card: Card, room: Room) -> Iterator[Element]:
    """The elements there is room for. Buttons always stay, up to the most a card may have; what is empty goes."""
    elements, buttons = room.elements, MAX_BUTTONS
    for element in filter(_says_something, card.body):
        if isinstance(element, Buttons):
            if shown := element.items[:buttons]:
                yield Buttons(shown)
            buttons -= len(shown)
        elif elements > 0:
            yield element
            elements -= 1
        elif elements == 0:
            yield LEFT_OUT
            elements -= 1


def _says_something(element: Element) -> bool:
    match element:
        case Text(text=text) | Quote(text=text):
            return bool(text.strip())
        case Facts(rows=rows):
            return bool(rows)
        case Entries() | Buttons():
            return bool(element.items)
        case Table(rows=rows):
            return bool(rows)
        case Image():
            return True
        case _:
            assert_never(element)


def rows_of(facts: Facts, room: Room) -> tuple[tuple[str, str], ...]:
    """The rows there is room for, and one that counts the others."""
    missing = len(facts.rows) - room.elements
    return (*facts.rows[: room.elements], ("And", f"{missing:,} more")) if missing > 0 else facts.rows


def listed(field: ChoiceField, room: Room) -> tuple[str, Choices]:
    """The field's label and the choices there is room for; the label says so when some are missing."""
    shown = field.choices[: room.choices]
    missing = len(shown) < len(field.choices)
    return f"{field.label} (the first {len(shown):,} of {len(field.choices):,})" if missing else field.label, shown


def cut(text: str, limit: int) -> str:
    """One line of at most `limit` characters, ending in an ellipsis when it was longer."""
    line = " ".join(text.split()) or NOTHING
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def excerpt(text: str, limit: int) -> str:
    """The text with its line breaks, cut to about `limit` characters and saying how many are missing."""
    whole = "\n".join(text.strip().splitlines()) or NOTHING
    shown = whole if len(whole) <= limit else whole[: max(limit - 32, 0)].rstrip()
    missing = len(whole) - len(shown)
    return f"{shown}… ({missing:,} more characters)" if missing else whole
