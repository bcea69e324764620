"""The one card model: plain data, no platform words. Renderers turn it into Block Kit or an Adaptive Card.

Text here is plain text: escaping, truncation and limits belong to the renderers alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["primary", "danger", "default"]
#: What a button says back besides its action id: fields of its command, fixed when the card was drawn.
Args: TypeAlias = tuple[tuple[str, str], ...]
Choices: TypeAlias = tuple[tuple[str, str], ...]  # (value, label)


@dataclass(frozen=True, slots=True)
class TextField:
    """`limit` is in characters; longer text is refused with the advice to send a file."""

    name: str
    label: str
    required: bool = True
    multiline: bool = False
    value: str = ""
    hint: str = ""
    limit: int = 3000


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """One of `choices`, or several; the input arrives as a value or, when `multiple`, a list of values."""

    name: str
    label: str
    choices: Choices
    required: bool = True
    multiple: bool = False
    value: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MomentField:
    """A date and a time of day; the input arrives as ISO 8601, without an offset when it is agency time."""

    name: str
    label: str
    required: bool = True
    value: str = ""


@dataclass(frozen=True, slots=True)
class DateField:
    """A day; the input arrives as an ISO 8601 date."""

    name: str
    label: str
    required: bool = True
    value: str = ""


@dataclass(frozen=True, slots=True)
class ToggleField:
    """Yes or no; the input arrives as "true" or "false"."""

    name: str
    label: str
    value: bool = False


@dataclass(frozen=True, slots=True)
class FileField:
    """Files, where the platform can take them in a form; elsewhere `elsewhere` says how to send them."""

    name: str
    label: str
    elsewhere: str
    required: bool = False


Field: TypeAlias = TextField | ChoiceField | MomentField | DateField | ToggleField | FileField


@dataclass(frozen=True, slots=True)
class Form:
    """What a button asks before it acts. A `long` one is a message or modal of its own."""

    title: str
    submit: str
    fields: tuple[Field, ...]
    intro: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is public and never renamed; `task` is the task's number, or empty when there is none yet."""

    label: str
    action: str
    task: str
    args: Args = ()
    style: Style = "default"
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    muted: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words: a request, a response, a comment."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list, with a muted second line and at most one button."""

    title: str
    detail: str = ""
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    items: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; `button` opens what it stands for, and is labelled like its first cell."""

    cells: tuple[str, ...]
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Few and narrow columns, since phones read it too; `widths` weigh them where the platform lets them be."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG, and what it says in words for who can't see it."""

    png: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Buttons:
    items: tuple[Button, ...]


Element: TypeAlias = Text | Quote | Facts | Entries | Table | Image | Buttons


@dataclass(frozen=True, slots=True)
class Card:
    """`notice` is what a lock screen shows: number, what is wanted and when it is due, never the subject."""

    title: str
    body: tuple[Element, ...]
    notice: str

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(element for element in self.body if isinstance(element, Image))

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button on the card, in reading order."""
        found: list[Button] = []
        for element in self.body:
            if isinstance(element, Buttons):
                found += element.items
            elif isinstance(element, Entries):
                found += [entry.button for entry in element.items if entry.button]
            elif isinstance(element, Table):
                found += [row.button for row in element.rows if row.button]
        return tuple(found)
