"""Cards and forms as Slack gets them, at every limit."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from bot.errors import Rejected
from cards import blockkit
from cards.blockkit_text import MAX_HEADER
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
from cards.payload import MAX_PAYLOAD, Press
from cards.room import LEFT_OUT, MAX_BUTTONS
from tests.cards import strategies
from tests.cards.checks import check_blocks, check_view, texts_of

ZONE = ZoneInfo("America/New_York")
COMMENT = Form("Return the response", "Return", (TextField("comment", "What to change"),))
MARKUP = "*bold* _it_ ~no~ `code` <!channel> <@U1> &amp; :smile:\n> quote\n- list"


def card(*body: Element, title: str = "T-1042", notice: str = "T-1042: clear by Fri 9 Jan") -> Card:
    return Card(title, body, notice)


def draw(*body: Element) -> list[dict[str, Any]]:
    blocks = blockkit.render(card(*body))
    check_blocks(blocks)
    return blocks


def draw_modal(*fields: Any, title: str = "Respond", intro: str = "", metadata: str = "T-1042") -> dict[str, Any]:
    button = Button("Respond", "task.respond", "T-1042", form=Form(title, "Send", fields, intro))
    view = blockkit.render_modal(button, metadata, ZONE)
    check_view(view)
    return view


def element(field: Any) -> dict[str, Any]:
    (block,) = draw_modal(field)["blocks"]
    return dict(block["element"])


def people(number: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"p{n}@ihsc.example", f"Person {n}") for n in range(number))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.cards)
def test_every_card_stays_within_the_limits(any_card: Card) -> None:
    check_blocks(blockkit.render(any_card))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.forms)
def test_every_form_stays_within_the_limits(form: Form) -> None:
    check_view(blockkit.render_modal(Button("Respond", "task.respond", "T-1042", form=form), "T-1042", ZONE))


def test_text_shows_literally_with_its_line_breaks() -> None:
    entry = Entry("x", MARKUP)
    drawn = draw(Text(MARKUP), Text(MARKUP, muted=True), Quote(MARKUP), Facts((("Said", MARKUP),)), Entries((entry,)))
    assert texts_of(drawn).count(MARKUP) == 5


def test_a_header_is_kept_up_to_its_limit_and_cut_with_an_ellipsis_beyond() -> None:
    def header(length: int) -> str:
        return texts_of(blockkit.render(card(title="x" * length)))[0]

    assert header(MAX_HEADER) == "x" * 150
    assert header(MAX_HEADER + 1) == "x" * 149 + "…"


def test_facts_are_a_line_each() -> None:
    (_, block) = draw(Facts((("Due", "Friday"), ("Owner", "nobody"))))
    assert "".join(run["text"] for run in block["elements"][0]["elements"]) == "Due: Friday\nOwner: nobody"


def test_styles_of_text_are_kept() -> None:
    _, strong, muted = draw(Text("loud", strong=True), Text("quiet", muted=True))
    assert strong["elements"][0]["elements"][0]["style"] == {"bold": True}
    assert muted["type"] == "context"


def test_a_text_is_kept_whole_up_to_its_limit_and_says_what_is_missing_beyond() -> None:
    limit = blockkit.ROOM.text
    assert "x" * limit in texts_of(draw(Quote("x" * limit)))
    assert texts_of(draw(Quote("x" * (limit + 1))))[-1].endswith("… (33 more characters)")


def test_a_muted_text_keeps_to_the_limit_of_a_text_object() -> None:
    assert texts_of(draw(Text("x" * 3_000, muted=True)))[-1] == "x" * 3_000
    assert len(texts_of(draw(Text("x" * 3_001, muted=True)))[-1]) <= 3_000


def test_texts_that_are_too_long_together_are_cut_until_the_message_fits() -> None:
    drawn = draw(*(Quote("x" * 40_000) for _ in range(8)), Buttons((Button("Clear", "task.clear", "T-1042"),)))
    assert len(drawn) == 10
    assert len(json.dumps(drawn)) > blockkit.MAX_MESSAGE / 2


def test_a_hundred_entries_fit_and_the_rest_is_counted() -> None:
    entry = Entry("T-1042 · Congressional inquiry", "due Friday", Button("Open", "task.open", "T-1042"))
    drawn = draw(Entries((entry,) * 100))
    shown = sum(block["type"] == "section" for block in drawn)
    assert shown > 10
    assert texts_of(drawn)[-1] == f"and {100 - shown} more"


def test_an_entry_has_its_button_beside_it() -> None:
    _, section, context = draw(Entries((Entry("T-1042", "due Friday", Button("Open", "task.open", "T-1042")),)))
    assert section["accessory"]["action_id"] == "task.open"
    assert context["type"] == "context"


def test_facts_are_kept_up_to_a_limit_and_the_rest_is_counted() -> None:
    limit = blockkit.ROOM.elements
    assert texts_of(draw(Facts((("x", "y"),) * limit)))[-2:] == ["x: ", "y"]
    assert texts_of(draw(Facts((("x", "y"),) * (limit + 2))))[-2:] == ["And: ", "2 more"]


def test_more_facts_than_fit_go_and_the_buttons_stay() -> None:
    drawn = draw(*(Facts((("x", "y"),) * 100) for _ in range(50)), Buttons((Button("Clear", "task.clear", "T-1042"),)))
    assert LEFT_OUT.text in texts_of(drawn)
    assert drawn[-1]["type"] == "actions"


def test_too_many_elements_end_in_a_word_about_it_and_keep_the_buttons() -> None:
    drawn = draw(*(Text("x") for _ in range(60)), Buttons((Button("Clear", "task.clear", "T-1042"),)))
    assert LEFT_OUT.text in texts_of(drawn)
    assert drawn[-1]["type"] == "actions"


def test_empty_parts_are_left_out() -> None:
    assert len(draw(Text(" "), Quote(""), Facts(()), Entries(()), Buttons(()))) == 1


def test_a_button_carries_its_payload_and_asks_for_its_form() -> None:
    plain = Button("Clear", "task.clear", "T-1042", (("package", "ab12"),), "primary")
    form = Button("Return", "task.return", "T-1042", (), "danger", COMMENT)
    _, actions = draw(Buttons((plain, form)))
    assert [(b["action_id"], b["text"]["text"], b["style"], json.loads(b["value"])) for b in actions["elements"]] == [
        ("task.clear", "Clear", "primary", {"task": "T-1042", "args": {"package": "ab12"}}),
        ("task.return", "Return", "danger", {"task": "T-1042", "args": {}, "form": True}),
    ]


def test_the_same_action_twice_has_ids_of_its_own_and_comes_back_as_the_same() -> None:
    two = tuple(Button(name, "status.ask", "", (("facility", name),)) for name in ("EPC", "EPE"))
    _, actions = draw(Buttons(two))
    assert [button["action_id"] for button in actions["elements"]] == ["status.ask", "status.ask#2"]
    assert blockkit.pressed("status.ask#2", actions["elements"][1]["value"]) == Press(
        "status.ask", "", {"facility": "EPE"}, opens=False
    )


@pytest.mark.parametrize("value", ["", "nonsense", "[]", '"x"', "null", "{}", "[" * 100_000], ids=lambda v: v[:10])
def test_a_value_that_is_not_ours_is_refused(value: str) -> None:
    with pytest.raises(Rejected, match="no longer valid"):
        blockkit.pressed("task.clear", value)


def test_a_button_label_is_cut_at_its_limit() -> None:
    _, actions = draw(Buttons((Button("x" * 75, "task.a", ""), Button("x" * 76, "task.b", ""))))
    assert [button["text"]["text"] for button in actions["elements"]] == ["x" * 75, "x" * 74 + "…"]


def test_a_card_has_six_buttons_at_most_and_they_fit_however_much_they_say() -> None:
    filler = "x" * (MAX_PAYLOAD - len(json.dumps({"task": "T-1042", "args": {"question": ""}, "form": True})))
    full = tuple(Button("x" * 75, f"status.ask_{n}", "T-1042", (("question", filler),), form=COMMENT) for n in range(9))
    assert len(draw(Buttons(full), Quote("x" * 9_000))[1]["elements"]) == MAX_BUTTONS


def test_the_fallback_is_the_notice_and_cannot_call_a_channel() -> None:
    assert blockkit.fallback(card(notice="T-1042: clear by Fri")) == "T-1042: clear by Fri"
    assert blockkit.fallback(card(notice="<!channel> & co")) == "&lt;!channel&gt; &amp; co"
    assert blockkit.fallback(card(notice="x" * 1_001)) == "x" * 999 + "…"


def test_a_modal_names_its_action_and_carries_its_metadata() -> None:
    view = draw_modal(TextField("text", "Response"), metadata="x" * 3_000)
    assert (view["callback_id"], view["private_metadata"]) == ("task.respond", "x" * 3_000)
    assert [view[part]["text"] for part in ("title", "submit", "close")] == ["Respond", "Send", "Cancel"]


def test_metadata_beyond_its_limit_is_an_error() -> None:
    with pytest.raises(ValueError, match="metadata"):
        draw_modal(TextField("text", "Response"), metadata="x" * 3_001)


def test_a_button_without_a_form_has_none_to_draw() -> None:
    with pytest.raises(ValueError, match="no form"):
        blockkit.render_modal(Button("Clear", "task.clear", "T-1042"), "", ZONE)


def test_a_title_too_long_for_the_bar_is_told_in_full_below_it() -> None:
    assert len(draw_modal(TextField("t", "T"), title="x" * 24)["blocks"]) == 1
    view = draw_modal(TextField("t", "T"), title="x" * 25)
    assert view["title"]["text"] == "x" * 23 + "…"
    assert view["blocks"][0]["text"]["text"] == "x" * 25


def test_a_form_without_fields_still_says_something() -> None:
    assert draw_modal(title="Close the task")["blocks"][0]["text"]["text"] == "Close the task"


def test_an_input_is_named_by_its_field() -> None:
    (intro, block) = draw_modal(TextField("text", "Response", hint="Say it", required=False), intro="Hello")["blocks"]
    assert intro["text"]["text"] == "Hello"
    assert (block["block_id"], block["element"]["action_id"], block["optional"]) == ("text", "text", True)
    assert (block["label"]["text"], block["hint"]["text"]) == ("Response", "Say it")


def test_a_text_input_keeps_to_its_limit_and_to_slacks() -> None:
    short = element(TextField("text", "Response", multiline=True, limit=100, value="x" * 101))
    assert (short["multiline"], short["max_length"], short["initial_value"]) == (True, 100, "x" * 100)
    assert element(TextField("text", "Response", limit=9_000))["max_length"] == 3_000


def test_choices_are_grouped_beyond_a_hundred() -> None:
    assert len(element(ChoiceField("who", "Who", people(100)))["options"]) == 100
    groups = element(ChoiceField("who", "Who", people(101)))["option_groups"]
    assert [len(group["options"]) for group in groups] == [100, 1]
    assert groups[0]["label"]["text"] == "Person 0 … Person 99"


def test_a_group_of_long_choices_names_both_ends() -> None:
    groups = element(ChoiceField("who", "Who", tuple((str(n), f"{n} " + "x" * 70) for n in range(101))))[
        "option_groups"
    ]
    assert groups[0]["label"]["text"].startswith("0 xxx")
    assert "… … 99 xxx" in groups[0]["label"]["text"]


def test_choices_come_chosen() -> None:
    one = element(ChoiceField("who", "Who", people(3), value=("p1@ihsc.example",)))
    several = element(ChoiceField("who", "Who", people(3), multiple=True, value=("p0@ihsc.example", "p2@ihsc.example")))
    assert (one["type"], one["initial_option"]["value"]) == ("static_select", "p1@ihsc.example")
    assert several["type"] == "multi_static_select"
    assert [option["value"] for option in several["initial_options"]] == ["p0@ihsc.example", "p2@ihsc.example"]


def test_a_choice_is_cut_at_its_limit_but_its_value_never_is() -> None:
    options = element(ChoiceField("who", "Who", (("v" * 150, "x" * 75), ("b", "x" * 76))))["options"]
    assert [option["text"]["text"] for option in options] == ["x" * 75, "x" * 74 + "…"]
    for value in ("", "v" * 151):
        with pytest.raises(ValueError, match="value"):
            element(ChoiceField("who", "Who", ((value, "x"),)))


def test_more_choices_than_fit_are_told_of() -> None:
    limit = blockkit.MODAL_ROOM.choices
    (block,) = draw_modal(ChoiceField("who", "Who", tuple((str(n), str(n)) for n in range(limit + 1))))["blocks"]
    assert sum(len(group["options"]) for group in block["element"]["option_groups"]) <= limit
    assert block["label"]["text"].endswith(f"of {limit + 1:,})")


def test_a_list_of_no_choices_is_words() -> None:
    assert texts_of(draw_modal(ChoiceField("who", "Who", ()))["blocks"]) == ["Who: nothing to choose from."]


@pytest.mark.parametrize("value", ["2026-01-09T17:00", "2026-01-09T22:00:00+00:00", "2026-01-09T17:00:00-05:00"])
def test_a_moment_is_agency_time_unless_it_says_otherwise(value: str) -> None:
    assert element(MomentField("due", "Due", value=value))["initial_date_time"] == 1_767_996_000


def test_a_moment_may_be_empty() -> None:
    assert "initial_date_time" not in element(MomentField("due", "Due"))


def test_a_day_has_a_picker_of_its_own() -> None:
    assert element(DateField("first", "From", value="2026-01-09")) == {
        "type": "datepicker",
        "initial_date": "2026-01-09",
        "action_id": "first",
    }
    assert "initial_date" not in element(DateField("first", "From"))


def test_a_toggle_is_a_box_that_may_stay_empty() -> None:
    (block,) = draw_modal(ToggleField("ses", "Needs SES clearance", True))["blocks"]
    assert block["optional"]
    assert [option["value"] for option in block["element"]["initial_options"]] == ["true"]
    assert "initial_options" not in element(ToggleField("ses", "Needs SES clearance"))


def test_files_are_taken_in_the_form() -> None:
    (block,) = draw_modal(FileField("files", "Files", "Send them to me in this chat."))["blocks"]
    assert block["element"] == {"type": "file_input", "max_files": 10, "action_id": "files"}
    assert block["optional"]


def test_a_notice_is_a_view_that_only_tells() -> None:
    view = blockkit.modal_notice("Checking your file…", "x" * 4_000)
    check_view(view)
    assert "submit" not in view
    assert len(texts_of(view["blocks"])[0]) <= 3_000


TASKS = Table(
    ("Task", "What", "Due"),
    (Row(("T-1042", MARKUP, "Fri 4 Dec"), Button("T-1042", "question.ask", "")), Row(("T-1043", "", "Sat 5 Dec"))),
    (2, 6, 3),
)


def test_a_table_is_one_block_of_literal_cells_with_the_buttons_of_its_rows_below() -> None:
    _, table, actions = draw(TASKS)
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [
        ["Task", "What", "Due"],
        ["T-1042", MARKUP, "Fri 4 Dec"],
        ["T-1043", "—", "Sat 5 Dec"],
    ]
    assert {cell["type"] for row in table["rows"] for cell in row} == {"raw_text"}
    assert [button["text"]["text"] for button in actions["elements"]] == ["T-1042"]


def test_a_second_table_is_a_list_since_slack_takes_one() -> None:
    assert [block["type"] for block in draw(*[TASKS] * 3)[1:]] == ["table", "actions"] + ["section", "context"] * 4


def test_a_long_table_says_how_much_is_missing() -> None:
    shown = draw(Table(("Task",), (Row(("T-1042",)),) * 100, (1,)))
    assert len(shown[1]["rows"]) == 25
    assert texts_of(shown)[-1] == "and 76 more"


def test_a_home_tab_lists_what_a_message_shows_as_a_table() -> None:
    view = blockkit.render_home(card(TASKS, TASKS))
    assert view["type"] == "home"
    check_blocks(view["blocks"])
    assert [block["type"] for block in view["blocks"]] == ["header"] + ["section", "context"] * 4
