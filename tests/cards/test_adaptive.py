"""Cards and forms as Teams gets them, at every limit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from cards import adaptive
from cards.adaptive_inputs import MAX_UNFILTERED
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
    FileField,
    Form,
    MomentField,
    Quote,
    Row,
    Table,
    Text,
    TextField,
    ToggleField,
)
from cards.payload import MAX_PAYLOAD
from cards.room import LEFT_OUT, MAX_BUTTONS
from tests.cards import strategies
from tests.cards.checks import SCHEMA, check_adaptive, parts_of, texts_of

COMMENT = Form("Return the response", "Return", (TextField("comment", "What to change"),))
MARKDOWN = "*bold* _it_ [a link](http://example.gov) `code` back\\slash report_v2.docx\n# one\n- two\n1. three\n> four"


def card(*body: Element, title: str = "T-1042", notice: str = "T-1042: clear by Fri 9 Jan") -> Card:
    return Card(title, body, notice)


def draw(*body: Element) -> dict[str, Any]:
    drawn = adaptive.render(card(*body))
    check_adaptive(drawn)
    return drawn


def draw_form(*fields: Any, **form: Any) -> dict[str, Any]:
    button = Button("Respond", "task.respond", "T-1042", form=Form("Respond", "Send", fields, **form))
    drawn = adaptive.render_form(button)
    check_adaptive(drawn)
    return drawn


def find(drawn: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [part for part in parts_of(drawn) if part.get("type") == kind]


def buttons(number: int, form: Form | None = None) -> Buttons:
    return Buttons(tuple(Button(f"Do {n}", f"task.do_{n}", "T-1042", form=form) for n in range(number)))


@pytest.mark.skipif(not SCHEMA.exists(), reason="the Adaptive Card schema is not kept in this repository")
def test_the_published_schema_is_checked_and_finds_mistakes() -> None:
    drawn = draw(Text("x"))
    drawn["body"].append({"type": "Image", "url": "https://example.gov/seal.png", "colour": "blue"})
    with pytest.raises(AssertionError):
        check_adaptive(drawn)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.cards)
def test_every_card_stays_within_the_limits(any_card: Card) -> None:
    check_adaptive(adaptive.render(any_card))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.forms)
def test_every_form_stays_within_the_limits(form: Form) -> None:
    check_adaptive(adaptive.render_form(Button("Respond", "task.respond", "T-1042", form=form)))


def test_text_shows_literally_with_its_line_breaks() -> None:
    drawn = draw(
        Text(MARKDOWN), Quote(MARKDOWN), Facts(((MARKDOWN[:30], MARKDOWN),)), Entries((Entry("*x*", MARKDOWN),))
    )
    assert texts_of(drawn).count(MARKDOWN) == 4


def test_a_date_function_in_text_is_split_so_that_no_client_runs_it() -> None:
    text = "due {{DATE(2026-01-05T09:00:00Z, SHORT)}}"
    runs = find(draw(Quote(text)), "Container")[0]["items"][0]["inlines"]
    assert len(runs) == 2
    assert "".join(run["text"] for run in runs) == text


def test_windows_line_ends_become_plain_ones() -> None:
    assert "one\ntwo" in texts_of(draw(Text("one\r\ntwo\r\n")))


def test_styles_of_text_are_kept() -> None:
    drawn = draw(Text("loud", strong=True), Text("quiet", muted=True))
    assert {run["text"]: (run.get("weight"), run.get("isSubtle")) for run in find(drawn, "TextRun")[1:]} == {
        "loud": ("Bolder", None),
        "quiet": (None, True),
    }


def test_the_notice_is_what_is_read_aloud_and_shown_by_clients_too_old_for_cards() -> None:
    drawn = adaptive.render(card(title="subject", notice="T-1042: clear"))
    assert drawn["speak"] == drawn["fallbackText"] == "T-1042: clear"


def test_a_text_is_kept_whole_up_to_its_limit_and_says_what_is_missing_beyond() -> None:
    limit = adaptive.ROOM.text
    assert "x" * limit in texts_of(draw(Quote("x" * limit)))
    shown = next(text for text in texts_of(draw(Quote("x" * (limit + 1)))) if text.startswith("xx"))
    assert len(shown) <= limit + 1
    assert shown.endswith("… (33 more characters)")


def test_texts_that_are_too_long_together_are_cut_until_the_card_fits() -> None:
    drawn = draw(*(Quote("x" * 40_000) for _ in range(8)), buttons(3))
    assert len(find(drawn, "Container")) == 8
    assert len(find(drawn, "Action.Execute")) == 3
    assert len(json.dumps(drawn)) > adaptive.MAX_CARD / 2


def test_a_list_is_kept_whole_up_to_its_limit_and_counts_the_rest() -> None:
    limit = adaptive.ROOM.items
    assert not any("more" in text for text in texts_of(draw(Entries((Entry("x"),) * limit))))
    assert texts_of(draw(Entries((Entry("x"),) * (limit + 76))))[-1] == "and 76 more"


def test_a_hundred_entries_with_buttons_and_forms_fit() -> None:
    entry = Entry(
        "T-1042 · Congressional inquiry", "due Friday", Button("Return", "task.return", "T-1042", form=COMMENT)
    )
    drawn = draw(Entries((entry,) * 100))
    assert any(text.startswith("and ") for text in texts_of(drawn))


def test_facts_are_kept_up_to_a_limit_and_the_rest_is_counted() -> None:
    limit = adaptive.ROOM.elements
    assert texts_of(draw(Facts((("x", "y"),) * limit)))[-2:] == ["x: ", "y"]
    assert texts_of(draw(Facts((("x", "y"),) * (limit + 2))))[-2:] == ["And: ", "2 more"]


def test_more_facts_than_fit_go_and_the_buttons_stay() -> None:
    drawn = draw(*(Facts((("x", "y"),) * 100) for _ in range(50)), buttons(1))
    assert LEFT_OUT.text in texts_of(drawn)
    assert drawn["body"][-1]["type"] == "ActionSet"


def test_too_many_elements_end_in_a_word_about_it_and_keep_the_buttons() -> None:
    drawn = draw(*(Text("x") for _ in range(adaptive.ROOM.elements + 5)), buttons(1))
    assert texts_of(drawn).count("x") == adaptive.ROOM.elements
    assert LEFT_OUT.text in texts_of(drawn)
    assert drawn["body"][-1]["type"] == "ActionSet"


def test_a_title_and_a_label_are_cut_with_an_ellipsis() -> None:
    drawn = adaptive.render(card(Buttons((Button("y" * 41, "task.do", ""),)), title="x" * 151))
    assert texts_of(drawn)[0] == "x" * 149 + "…"
    assert find(drawn, "Action.Execute")[0]["title"] == "y" * 39 + "…"


def test_empty_parts_are_left_out() -> None:
    drawn = draw(Text(" "), Quote(""), Facts(()), Entries(()), Buttons(()))
    assert len(drawn["body"]) == 1


def test_a_button_executes_its_action_and_falls_back_to_a_submit_that_says_the_same() -> None:
    drawn = draw(Buttons((Button("Clear", "task.clear", "T-1042", (("package", "ab12"),), "primary"),)))
    data = {"task": "T-1042", "args": {"package": "ab12"}}
    assert find(drawn, "ActionSet")[0]["actions"] == [
        {
            "type": "Action.Execute",
            "title": "Clear",
            "style": "positive",
            "verb": "task.clear",
            "data": data,
            "fallback": {"type": "Action.Submit", "title": "Clear", "data": {**data, "verb": "task.clear"}},
        }
    ]


def test_three_buttons_are_in_sight_and_the_rest_behind_the_overflow_menu() -> None:
    actions = find(draw(buttons(MAX_BUTTONS)), "ActionSet")[0]["actions"]
    assert [action.get("mode") for action in actions] == [None] * 3 + ["secondary"] * 3


def test_more_buttons_than_teams_takes_are_not_drawn() -> None:
    drawn = draw(buttons(4), Text("between"), buttons(4))
    assert [len(part["actions"]) for part in find(drawn, "ActionSet")] == [4, 2]


def test_six_buttons_that_say_as_much_as_they_may_fit() -> None:
    filler = "x" * (MAX_PAYLOAD - len(json.dumps({"task": "T-1042", "args": {"question": ""}})))
    full = tuple(Button("😀" * 60, f"status.ask_{n}", "T-1042", (("question", filler),), "danger") for n in range(6))
    drawn = adaptive.render(card(Text("😀" * 500), Buttons(full), title="😀" * 500, notice="😀" * 500))
    check_adaptive(drawn)
    assert len(find(drawn, "Action.Execute")) == 6


def test_a_short_form_opens_in_the_card_and_submits_the_button() -> None:
    drawn = draw(Buttons((Button("Return", "task.return", "T-1042", (("package", "ab12"),), "danger", COMMENT),)))
    (shown,) = find(drawn, "Action.ShowCard")
    (submit,) = shown["card"]["actions"]
    assert (shown["title"], shown["style"]) == ("Return", "destructive")
    assert (submit["verb"], submit["associatedInputs"], submit["style"]) == ("task.return", "auto", "destructive")
    assert submit["data"] == {"task": "T-1042", "args": {"package": "ab12"}}
    assert [part["id"] for part in shown["card"]["body"]] == ["comment"]


def test_a_long_form_is_asked_for() -> None:
    long = Form("Respond", "Send", (TextField("text", "Response"),), long=True)
    drawn = draw(Buttons((Button("Respond", "task.respond", "T-1042", form=long),)))
    assert find(drawn, "Action.Execute")[0]["data"] == {"task": "T-1042", "args": {}, "form": True}


def test_a_short_form_behind_the_overflow_menu_is_asked_for() -> None:
    drawn = draw(buttons(4, COMMENT))
    assert len(find(drawn, "Action.ShowCard")) == 3
    assert [action["data"].get("form") for action in find(drawn, "ActionSet")[0]["actions"][3:]] == [True]


def test_short_forms_move_out_of_a_card_that_is_too_full_for_them() -> None:
    people = tuple((f"p{n}@ihsc.example", f"Person {n}") for n in range(290))
    drawn = draw(Quote("x" * 8_000), buttons(2, Form("Assign", "Assign", (ChoiceField("who", "Who", people),))))
    assert not find(drawn, "Action.ShowCard")
    assert [action["data"].get("form") for action in find(drawn, "Action.Execute")] == [True, True]
    assert "x" * 8_000 in texts_of(drawn)


def test_the_inputs_of_several_forms_on_a_card_have_ids_of_their_own_and_come_back_by_name() -> None:
    form = Form("Ask", "Ask", (TextField("comment", "Why"), MomentField("due", "Due")))
    ids = [part["id"] for part in parts_of(draw(buttons(2, form))) if "id" in part]
    assert ids == ["comment", "due", "due.time", "comment#2", "due#2", "due.time#2"]
    sent = {
        "task": "T-1042",
        "args": {},
        "verb": "task.ask",
        "comment#2": "why",
        "due#2": "2026-01-09",
        "due.time#2": "17:00",
    }
    assert adaptive.inputs(sent) == {"comment": "why", "due": "2026-01-09", "due.time": "17:00"}


def test_a_form_of_its_own_holds_title_intro_inputs_and_one_button() -> None:
    drawn = draw_form(TextField("text", "Response"), intro="Say what you know.", long=True)
    assert texts_of(drawn) == ["Respond", "Say what you know."]
    (submit,) = drawn["actions"]
    assert (submit["title"], submit["verb"], submit["style"]) == ("Send", "task.respond", "positive")
    assert submit["data"] == {"task": "T-1042", "args": {}, "own": True}


def test_a_button_without_a_form_has_none_to_draw() -> None:
    with pytest.raises(ValueError, match="no form"):
        adaptive.render_form(Button("Clear", "task.clear", "T-1042"))


def test_a_text_input_keeps_to_its_limit() -> None:
    (drawn,) = find(
        draw_form(TextField("text", "Response", multiline=True, value="x" * 3_001, hint="Say it")), "Input.Text"
    )
    assert drawn["maxLength"] == 3_000
    assert drawn["value"] == "x" * 3_000
    assert drawn["isMultiline"]
    assert drawn["isRequired"]
    assert drawn["errorMessage"]
    assert drawn["placeholder"] == "Say it"


def test_choices_are_a_menu_up_to_a_limit_and_filtered_by_typing_beyond() -> None:
    def style(number: int) -> str:
        field = ChoiceField("who", "Who", tuple((str(n), f"Person {n}") for n in range(number)))
        return str(find(draw_form(field), "Input.ChoiceSet")[0]["style"])

    assert (style(MAX_UNFILTERED), style(MAX_UNFILTERED + 1)) == ("compact", "filtered")


def test_several_choices_come_chosen() -> None:
    field = ChoiceField("who", "Who", (("a", "A"), ("b", "B"), ("c", "C")), multiple=True, value=("a", "c"))
    (drawn,) = find(draw_form(field), "Input.ChoiceSet")
    assert drawn["isMultiSelect"]
    assert drawn["value"] == "a,c"


def test_choices_beyond_the_limit_are_told_of() -> None:
    limit = adaptive.ROOM.choices
    field = ChoiceField("who", "Who", tuple((str(n), f"P{n}") for n in range(limit + 1)))
    (drawn,) = find(draw_form(field), "Input.ChoiceSet")
    assert len(drawn["choices"]) == limit
    assert drawn["label"] == f"Who (the first {limit} of {limit + 1})"


def test_a_moment_is_a_date_and_a_time() -> None:
    drawn = draw_form(
        MomentField("due", "Due", value="2026-01-09T17:00:00"), MomentField("sent", "Sent", required=False)
    )
    dates, times = find(drawn, "Input.Date"), find(drawn, "Input.Time")
    assert [(part["id"], part.get("value"), part["isRequired"]) for part in dates + times] == [
        ("due", "2026-01-09", True),
        ("sent", None, False),
        ("due.time", "17:00", True),
        ("sent.time", None, False),
    ]


def test_a_day_is_a_date_alone() -> None:
    drawn = draw_form(DateField("first", "From", value="2026-01-09"), DateField("last", "Until", required=False))
    assert not find(drawn, "Input.Time")
    assert [(p["id"], p.get("value"), p["isRequired"]) for p in find(drawn, "Input.Date")] == [
        ("first", "2026-01-09", True),
        ("last", None, False),
    ]


def test_a_toggle_says_true_or_false() -> None:
    drawn = find(
        draw_form(ToggleField("ses", "Needs SES clearance", True), ToggleField("rush", "Rush")), "Input.Toggle"
    )
    assert [(part["value"], part["valueOn"], part["valueOff"]) for part in drawn] == [
        ("true", "true", "false"),
        ("false", "true", "false"),
    ]


def test_files_are_told_where_to_go() -> None:
    assert texts_of(draw_form(FileField("files", "Files", "Send them to me in this chat.")))[1:] == [
        "Files",
        "Send them to me in this chat.",
    ]


def test_a_table_has_a_header_and_rows_whose_first_cell_is_the_link_to_the_task() -> None:
    link = Button("T-1042", "question.ask", "", (("text", "status of T-1042"),))
    drawn = draw(Table(("Task", "What"), (Row(("T-1042", MARKDOWN), link), Row(("T-1043", ""))), (1, 3)))
    (table,) = find(drawn, "Table")
    assert [column["width"] for column in table["columns"]] == [1, 3]
    said = [["Task", "What"], ["T-1042", *MARKDOWN.split("\n", 1)], ["T-1043", "—"]]
    assert [texts_of(row) for row in table["rows"]] == said
    assert [run["text"] for run in parts_of(table) if run.get("isSubtle")] == said[1][2:]
    (action,) = (run["selectAction"] for run in parts_of(table) if "selectAction" in run)
    assert (action["verb"], action["data"]["args"]) == ("question.ask", {"text": "status of T-1042"})


def test_a_long_table_says_how_much_is_missing() -> None:
    limit = adaptive.ROOM.items
    drawn = draw(Table(("Task",), (Row(("T-1042",)),) * (limit + 1), (1,)))
    assert texts_of(drawn)[-1] == "and 1 more"
