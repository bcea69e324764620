"""Both renderers at each of their limits and one beyond. The numbers are written down here again, on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import pytest

from cards import adaptive, blockkit
from cards.model import (
    Button,
    Buttons,
    Card,
    ChoiceField,
    DateField,
    Element,
    Entries,
    Entry,
    Facts,
    Field,
    FileField,
    Form,
    MomentField,
    Quote,
    Text,
    TextField,
    ToggleField,
)
from cards.room import LEFT_OUT
from tests.cards.checks import check_adaptive, check_blocks, check_view

ZONE = ZoneInfo("America/New_York")
Draw: TypeAlias = Callable[..., Any]


def strings(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    for child in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        yield from strings(child)


def on_teams(*body: Element, title: str = "T-1042", notice: str = "T-1042") -> Any:
    drawn = adaptive.render(Card(title, body, notice))
    check_adaptive(drawn)
    return drawn


def on_slack(*body: Element, title: str = "T-1042", notice: str = "T-1042") -> Any:
    card = Card(title, body, notice)
    check_blocks(blockkit.render(card))
    return {"text": blockkit.fallback(card), "blocks": blockkit.render(card)}


def form_on_teams(*fields: Field, title: str = "Respond", submit: str = "Send") -> Any:
    drawn = adaptive.render_form(Button("Respond", "task.respond", "T-1042", form=Form(title, submit, fields)))
    check_adaptive(drawn)
    return drawn


def form_on_slack(*fields: Field, title: str = "Respond", submit: str = "Send") -> Any:
    button = Button("Respond", "task.respond", "T-1042", form=Form(title, submit, fields))
    view = blockkit.render_modal(button, "{}", ZONE)
    check_view(view)
    return view


CARDS = pytest.mark.parametrize("draw", [on_teams, on_slack])

#: What has a length: how many characters are shown, and a drawing of a text there.
LINES: dict[str, tuple[int, Callable[[str], Any]]] = {
    "teams title": (150, lambda text: on_teams(title=text)),
    "teams notice": (120, lambda text: on_teams(notice=text)),
    "teams button": (40, lambda text: on_teams(Buttons((Button(text, "task.do", ""),)))),
    "teams fact": (80, lambda text: on_teams(Facts(((text, ""),)))),
    "teams entry": (150, lambda text: on_teams(Entries((Entry(text),)))),
    "teams form title": (150, lambda text: form_on_teams(title=text)),
    "teams submit": (40, lambda text: form_on_teams(submit=text)),
    "teams choice": (80, lambda text: form_on_teams(ChoiceField("who", "Who", (("a", text),)))),
    "teams choice label": (150, lambda text: form_on_teams(ChoiceField("who", text, (("a", "A"),)))),
    "teams text label": (80, lambda text: form_on_teams(TextField("text", text))),
    "teams hint": (150, lambda text: form_on_teams(TextField("text", "Text", hint=text))),
    "teams toggle label": (80, lambda text: form_on_teams(ToggleField("ses", text))),
    "teams moment label": (80, lambda text: form_on_teams(MomentField("due", text))),
    "teams date label": (80, lambda text: form_on_teams(DateField("first", text))),
    "slack date label": (150, lambda text: form_on_slack(DateField("first", text))),
    "teams file label": (80, lambda text: form_on_teams(FileField("files", text, "In our chat."))),
    "slack notice": (1_000, lambda text: on_slack(notice=text)),
    "slack fact": (150, lambda text: on_slack(Facts(((text, ""),)))),
    "slack entry": (150, lambda text: on_slack(Entries((Entry(text),)))),
    "slack label": (150, lambda text: form_on_slack(TextField("text", text))),
    "slack choice label": (150, lambda text: form_on_slack(ChoiceField("who", text, (("a", "A"),)))),
    "slack hint": (150, lambda text: form_on_slack(TextField("text", "Text", hint=text))),
    "slack submit": (24, lambda text: form_on_slack(submit=text)),
}


@pytest.mark.parametrize("place", LINES)
def test_a_line_is_whole_at_its_limit_and_ends_in_an_ellipsis_beyond(place: str) -> None:
    limit, draw = LINES[place]
    for text, shown in (("x" * limit, "x" * limit), ("x" * (limit + 1), "x" * (limit - 1) + "…")):
        longest = max(strings(draw(text)), key=len)
        assert longest.removesuffix(": ") == shown


@CARDS
def test_a_card_keeps_forty_elements(draw: Draw) -> None:
    for number, more in ((40, False), (41, True)):
        told = list(strings(draw(*(Text("x"),) * number)))
        assert (told.count("x"), LEFT_OUT.text in told) == (40, more)


@CARDS
def test_a_card_keeps_forty_facts(draw: Draw) -> None:
    for number, last in ((40, "y"), (41, "1 more")):
        told = list(strings(draw(Facts((("x", "y"),) * number))))
        assert (told.count("x: "), last in told) == (40, True)


@CARDS
def test_a_list_keeps_twenty_four_entries(draw: Draw) -> None:
    for number, more in ((24, False), (25, True)):
        told = list(strings(draw(Entries((Entry("x"),) * number))))
        assert (told.count("x"), "and 1 more" in told) == (24, more)


@CARDS
def test_a_card_keeps_six_buttons(draw: Draw) -> None:
    for number in (6, 7):
        told = list(strings(draw(Buttons(tuple(Button(f"Do {n}", f"task.do_{n}", "") for n in range(number))))))
        assert [f"Do {n}" in told for n in range(7)] == [True] * 6 + [False]


def test_three_buttons_are_in_sight_on_teams() -> None:
    for number in (3, 4):
        drawn = on_teams(Buttons(tuple(Button(f"Do {n}", f"task.do_{n}", "") for n in range(number))))
        modes = [action.get("mode") for action in drawn["body"][-1]["actions"]]
        assert modes == [None, None, None, "secondary"][:number]


@pytest.mark.parametrize(("draw", "limit"), [(form_on_teams, 300), (form_on_slack, 2_000)])
def test_a_form_keeps_choices_up_to_a_limit_and_tells_of_more(draw: Draw, limit: int) -> None:
    for number, label in ((limit, "Who"), (limit + 1, f"Who (the first {limit:,} of {limit + 1:,})")):
        told = list(strings(draw(ChoiceField("who", "Who", tuple((f"v{n}", f"{n}") for n in range(number))))))
        assert sum(text.startswith("v") for text in told) == limit
        assert label in told


@pytest.mark.parametrize(
    ("draw", "size", "limit"),
    [
        (on_teams, lambda drawn: len(json.dumps(drawn)), 25_000),
        (on_slack, lambda drawn: len(json.dumps(drawn["blocks"], ensure_ascii=False)), 10_000),
    ],
)
def test_a_card_is_whole_while_its_json_fits_and_loses_text_beyond(
    draw: Draw, size: Callable[[Any], int], limit: int
) -> None:
    def quotes(length: int) -> tuple[Quote, ...]:
        """Of so many characters together, each of them short enough by itself."""
        return tuple(Quote("x" * (length // 5 + (n < length % 5))) for n in range(5))

    room = limit - size(draw(*quotes(5))) + 5
    assert size(draw(*quotes(room))) == limit
    assert sum(len(text) for text in strings(draw(*quotes(room))) if set(text) == {"x"}) == room
    assert "more characters" in json.dumps(draw(*quotes(room + 1)))


def test_a_message_on_slack_keeps_fifty_blocks() -> None:
    entries = Entries((Entry("x", "y"),) * 24)
    for texts, shown in ((1, 24), (2, 18)):
        drawn = on_slack(entries, *(Text("z"),) * texts)
        assert list(strings(drawn)).count("x") == shown
    assert len(on_slack(entries, Text("z"))["blocks"]) == 50


def test_a_modal_is_whole_while_its_json_fits_and_loses_choices_beyond() -> None:
    def fields(length: int) -> tuple[Field, ...]:
        """Choices of much the same size as the limit, and texts that fill it up by so many characters."""
        parts = tuple(TextField(f"text{n}", "Text", value="x" * (length // 8 + (n < length % 8))) for n in range(8))
        return (ChoiceField("who", "Who", tuple((f"{n:0>20}", f"{n:0>20}") for n in range(1_950))), *parts)

    def size(view: Any) -> int:
        return len(json.dumps(view))

    room = 240_000 - size(form_on_slack(*fields(8))) + 8
    assert 0 < room <= 8 * 3_000
    assert size(form_on_slack(*fields(room))) == 240_000
    assert "Who" in strings(form_on_slack(*fields(room)))
    assert "Who (the first 1,500 of 1,950)" in strings(form_on_slack(*fields(room + 1)))


def test_a_modal_takes_a_hundred_blocks() -> None:
    view = form_on_slack(*(TextField(f"text{n}", "Text") for n in range(99)), title="x" * 25)
    assert len(view["blocks"]) == 100
