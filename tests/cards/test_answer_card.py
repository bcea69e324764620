"""What an answer offers to press."""

from __future__ import annotations

from bot.conversation.answer import Answer
from cards.answer_card import answer_card
from tests.world import MANAGER, T0, context

TRANSMITTED = "GAO audit tasks of HOU, transmitted on "


def labels(*asks: str) -> list[str]:
    card = answer_card(Answer("Do you mean one of these?", T0, asks=asks), context(MANAGER))
    assert [dict(button.args)["text"] for button in card.buttons] == list(asks)
    return [button.label for button in card.buttons]


def test_buttons_of_readings_too_long_for_them_say_what_differs() -> None:
    assert labels(TRANSMITTED + "1 May 2026", TRANSMITTED + "5 Nov 2026") == ["1 May 2026", "5 Nov 2026"]
    assert labels("open tasks of HOU", "open tasks of MCMU") == ["open tasks of HOU", "open tasks of MCMU"]


def test_a_reading_that_is_all_of_another_is_told_whole() -> None:
    assert labels(TRANSMITTED + "1 May", TRANSMITTED + "1 May 2026") == [
        TRANSMITTED + "1 May",
        TRANSMITTED + "1 May 2026",
    ]
