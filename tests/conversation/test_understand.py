"""Words to questions: what the corpus does not show of how people type, and what may never go wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.describe import again
from bot.conversation.inflection import inflected
from bot.conversation.own_words import proofs
from bot.conversation.question import Deed, Field, Group, Order, Question, Span, Term, Wants
from bot.conversation.understand import Act, Understanding, understand
from bot.conversation.words import rows
from bot.domain.organization import Person
from tests.conversation.oracle import questions
from tests.world import HOU_CHIEF, MANAGER, SAMPLE, context

CTX = context(MANAGER)
ASKED = tuple(asked for kind in questions().values() for asked in kind)
#: What only a button may say back: a subject in words that mean something else where they stand.
OWN_WORDS = frozenset({Field.ABOUT, Field.REQUESTOR})


def clear(text: str, actor: str = MANAGER) -> Question:
    understood = understand(text, context(actor))
    assert understood.question is not None
    assert not understood.unknown
    return understood.question


def says(text: str, actor: str = MANAGER) -> dict[str, tuple[str, ...]]:
    """The one filter of a question, by field; what is left out has a minus."""
    (terms,) = clear(text, actor).any_of
    return {f"-{t.field}" if t.without else str(t.field): t.values for t in terms if isinstance(t, Term)}


def meant(understood: Understanding) -> tuple[Question, ...]:
    return (understood.question,) if understood.question else understood.readings


def plain(question: Question) -> bool:
    return not any(t.field in OWN_WORDS for f in question.any_of for t in f if isinstance(t, Term))


@pytest.mark.parametrize("text", dict.fromkeys(asked.text for asked in ASKED))
def test_what_an_answer_says_it_understood_is_understood_as_the_same(text: str) -> None:
    for question in filter(plain, meant(understand(text, CTX))):
        if question.wants is not Wants.TRAINING:
            assert clear(again(question, CTX)) == question


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("congresional tasks", {"type": ("congressional-inquiry",)}),
        ("overude tasks", {"standing": ("overdue",)}),
        ("phamracy tasks", {"component": ("PHARM",)}),
        ("tasks of Freemann", {"person": (HOU_CHIEF,)}),
        ("non-FOIA tasks of HOU", {"-type": ("foia-complex", "foia-data-request", "foia-medical-records")}),
        ("tasks of Tomas Alvarez", {"person": (MANAGER,)}),
        ("tasks of TOMÁS ÁLVAREZ", {"person": (MANAGER,)}),
        ("tasks of O’Sullivan", {"person": ("patrick.osullivan@example.gov",)}),
        ("tasks that haven't been acknowledged yet", {"standing": ("unacknowledged",)}),
        ("received from 1 Nov to 15 Nov", {}),
    ],
)
def test_words_as_offices_write_them(text: str, words: dict[str, tuple[str, ...]]) -> None:
    assert words.items() <= says(text).items()


@pytest.mark.parametrize(
    "text",
    [
        "purple tasks",
        "small tasks",
        "early tasks",
        "relevant tasks",
        "tasks of Narnia",
        "hale tasks",
        "open tasks zebra",
    ],
)
def test_a_word_is_not_mended_into_another_that_it_is_not_meant_to_be(text: str) -> None:
    understood = understand(text, CTX)
    assert understood.question is None
    assert understood.unknown


def test_a_word_mended_into_what_says_nothing_stays_as_it_was_written() -> None:
    """ "Drill" is known in "fire drill" alone; DRIL may be who asks."""
    assert understand("open dril complaints", CTX).unknown == ("dril",)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("chase", "chase chases chasing chased"),
        ("carry", "carry carries carrying carried"),
        ("drop", "drop drops dropping dropped"),
        ("submit", "submit submits submitting submitted"),
        ("agree", "agree agrees agreeing agreed"),
        ("tie", "tie ties tying tied"),
        ("process", "process processes processing processed"),
        ("give", "give gives giving gave given"),
    ],
)
def test_a_verb_is_known_in_all_of_its_forms(verb: str, forms: str) -> None:
    assert " ".join(inflected(verb, past=True)) == forms
    assert rows(f"{verb}~ on") == tuple((form, "on") for form in forms.split()[:3])


def test_words_that_nobody_knows_are_looked_for_in_subjects_and_requestors_together() -> None:
    tried = [again(question, CTX) for question in understand("flu season tasks", CTX).perhaps]
    assert tried == ["tasks about flu + season", "tasks from flu from season"]


def test_words_joined_by_a_plus_are_in_a_subject_together() -> None:
    (terms,) = clear("tasks about heat + illness").any_of
    assert [t.values for t in terms if isinstance(t, Term)] == [("heat",), ("illness",)]


def test_each_word_that_nobody_knows_has_to_be_found_and_also_what_is_left_out() -> None:
    both, _ = understand("tasks from CNN, not the flu ones", CTX).perhaps
    assert [again(one, CTX) for one in proofs(both)] == ["tasks from cnn, not about flu", "tasks from cnn about flu"]
    reuters, _ = understand("Reuters and CNN requests", CTX).perhaps
    assert [again(one, CTX) for one in proofs(reuters)] == ["tasks about cnn", "tasks about reuters"]


def test_somebody_who_was_not_named_is_asked_for() -> None:
    assert understand("what does she have overdue", CTX).unknown == ("she",)
    found = understand("what does she have overdue", CTX, clear("tasks of Freeman")).question
    assert found == clear("overdue tasks of Freeman")


def test_a_word_that_is_written_like_another_is_asked_for() -> None:
    understood = understand("rental tasks", CTX)
    assert understood.question is None
    assert [again(reading, CTX) for reading in understood.readings] == ["tasks of DENT"]


@pytest.mark.parametrize(
    "word", ["flagged", "easy", "starred", "staffing", "updated", "disputed", "criminal", "replaced"]
)
def test_a_word_of_its_own_is_no_slip_of_another(word: str) -> None:
    """Each is one or two letters from a word that is known."""
    assert understand(f"{word} tasks", CTX).question is None


def test_a_surname_takes_no_word_away() -> None:
    field = Person("ann.field@example.gov", "Ann Field", "HOU")
    ctx = context(MANAGER, organization=replace(SAMPLE, people=SAMPLE.people | {field.email: field}))
    assert understand("field tasks", ctx).question == clear("field tasks")
    found = understand("tasks of Ann Field", ctx).question
    assert found is not None
    assert found.any_of == ((Term(Field.PERSON, (field.email,)),),)


def test_a_name_that_several_have_is_asked_back() -> None:
    twin = Person("omar.freeman@example.gov", "Omar Freeman", "HOU")
    ctx = context(MANAGER, organization=replace(SAMPLE, people=SAMPLE.people | {twin.email: twin}))
    understood = understand("open tasks of Freeman", ctx)
    assert understood.question is None
    assert [again(reading, ctx) for reading in understood.readings] == [
        "open tasks of LaToya Freeman",
        "open tasks of Omar Freeman",
    ]


@pytest.mark.parametrize("text", ["T-2026", "#2026", "task 2026", "status of 2026", "who has 2026"])
def test_a_year_is_a_number_where_it_is_said_to_be_one(text: str) -> None:
    assert clear(text).numbers == ("T-2026",)


def test_a_year_is_a_span_where_a_time_is_said() -> None:
    (terms,) = clear("FOIAs received in 2026").any_of
    assert any(isinstance(term, Span) for term in terms)


@pytest.mark.parametrize("text", ["delete T-3001", "close T-3001", "assign T-3001 to Bob", "remind HOU"])
def test_words_never_do_anything(text: str) -> None:
    assert understand(text, CTX) == Understanding(None)


@pytest.mark.parametrize("text", ["hello", "", "?!", "who", "the", "thanks a lot", "not now", "that one"])
def test_small_talk_asks_nothing(text: str) -> None:
    assert understand(text, CTX).question is None
    assert not understand(text, CTX).readings


def test_what_goes_on_with_the_last_answer() -> None:
    before = clear("open FOIA tasks")
    assert understand("show more please", CTX, before) == Understanding(before, act=Act.MORE)
    assert understand("export as csv", CTX, before) == Understanding(before, act=Act.EXPORT, format="csv")
    assert understand("show more", CTX).question is None


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("only the field ones", "open field FOIA tasks"),
        ("which of those are overdue", "open overdue FOIA tasks"),
        ("what about congressionals", "open congressional tasks"),
        ("and HOU?", "open FOIA tasks of HOU"),
        ("sort by due date", "open FOIA tasks sorted by due date"),
        ("by unit", "open FOIA tasks by unit"),
        ("without HOU", "open FOIA tasks except HOU"),
        ("overdue audits", "overdue audits"),
    ],
)
def test_what_continues_a_question_narrows_or_changes_it(text: str, then: str) -> None:
    assert understand(text, CTX, clear("open FOIA tasks")).question == clear(then)


def test_what_points_to_something_said_before_dangles_where_nothing_was() -> None:
    assert understand("which of those are overdue", CTX).unknown == ("those",)


def test_deeds_groups_orders_and_counts_are_told_apart() -> None:
    assert clear("who logged and closed T-1001").deeds == (Deed.LOGGED, Deed.CLOSED)
    assert clear("open tasks per division").group is Group.DIVISION
    assert (clear("the oldest open task").order, clear("the oldest open task").limit) == (Order.OLDEST, 1)
    assert clear("oldest open tasks").limit is None
    assert clear("how many are overdue").wants is Wants.COUNT


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(ASKED), st.sampled_from(["zebra", "xylophone", "quartzite"]), st.data())
def test_a_word_that_nobody_knows_is_never_dropped(asked: object, strange: str, data: st.DataObject) -> None:
    words = getattr(asked, "text").split(" ")  # noqa: B009
    place = data.draw(st.integers(0, len(words)))
    understood = understand(" ".join([*words[:place], strange, *words[place:]]), CTX)
    kept = " ".join((*understood.unknown, *understood.ignored))
    own = str(understood.question) if understood.question else ""
    assert understood.question is None or strange in kept or strange in own


@settings(deadline=None)
@given(st.text(max_size=200))
def test_anything_can_be_said(text: str) -> None:
    understand(text, CTX)
