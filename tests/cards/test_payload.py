"""What a button says back, and what is refused."""

from __future__ import annotations

import json

import pytest

from bot.errors import Rejected
from cards.model import Button
from cards.payload import MAX_PAYLOAD, MAX_PRESS, Press, payload, press


def test_a_press_gives_back_what_the_button_was_drawn_with() -> None:
    button = Button("Clear", "task.clear", "T-1042", (("package", "ab12"), ("step", "2")))
    assert press("task.clear", payload(button)) == Press(
        "task.clear", "T-1042", {"package": "ab12", "step": "2"}, opens=False
    )


def test_a_press_that_only_opens_a_form_says_so() -> None:
    assert payload(Button("Respond", "task.respond", "T-1042"), opens=True)["form"] is True
    assert press("task.respond", {"task": "T-1042", "args": {}, "form": True}).opens


def test_the_inputs_of_a_form_beside_the_payload_are_left_alone() -> None:
    data = {"task": "T-1042", "args": {}, "comment": "x" * 3_000}
    assert press("task.return", data) == Press("task.return", "T-1042", {}, opens=False)


def test_a_payload_is_drawn_up_to_its_limit_and_not_beyond() -> None:
    room = MAX_PAYLOAD - len(json.dumps({"task": "T-1042", "args": {"question": ""}}))
    assert payload(Button("Yes", "status.ask", "T-1042", (("question", "x" * room),)))
    with pytest.raises(ValueError, match="longer than"):
        payload(Button("Yes", "status.ask", "T-1042", (("question", "x" * (room + 1)),)))


def test_a_press_is_accepted_up_to_its_limit_and_not_beyond() -> None:
    room = MAX_PRESS - len("task.clear") - len("T-1042") - len("note")
    assert press("task.clear", {"task": "T-1042", "args": {"note": "x" * room}})
    with pytest.raises(Rejected):
        press("task.clear", {"task": "T-1042", "args": {"note": "x" * (room + 1)}})


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"task": "T-1042"},
        {"args": {}},
        {"task": None, "args": {}},
        {"task": 1042, "args": {}},
        {"task": ["T-1042"], "args": {}},
        {"task": "T-1042", "args": None},
        {"task": "T-1042", "args": [["step", "2"]]},
        {"task": "T-1042", "args": {"step": 2}},
        {"task": "T-1042", "args": {"step": None}},
        {"task": "T-1042", "args": {"step": {"deep": "er"}}},
        {"task": "T-1042", "args": {2: "step"}},
        {"task": "T-1042", "args": {}, "form": "true"},
        {"task": "T-1042", "args": {}, "form": None},
        {"task": "x" * (MAX_PRESS + 1), "args": {}},
    ],
    ids=repr,
)
def test_anything_else_is_refused_in_words_for_the_person(data: dict[str, object]) -> None:
    with pytest.raises(Rejected, match="no longer valid; open the task again"):
        press("task.clear", data)


def test_a_press_without_an_action_is_refused() -> None:
    with pytest.raises(Rejected):
        press("", {"task": "T-1042", "args": {}})
