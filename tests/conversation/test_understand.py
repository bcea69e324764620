"""Words to questions: what people type, as they type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.question import Question
from bot.conversation.understand import understand
from bot.conversation.vocabulary import Kind, vocabulary
from bot.domain.task import OPEN, Status
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, context

CTX = context(MANAGER)
FOIA = ("foia-medical-records", "foia-data-request", "foia-complex")
OPEN_ONES = tuple(status for status in Status if status in OPEN)


def asked(text: str, actor: str = MANAGER) -> Question:
    understood = understand(text, context(actor))
    assert understood.unknown == ()
    return understood.question


@pytest.mark.parametrize(
    "text",
    ["status of T-1042", "where is 1042?", "T-1042", "what's the status of task #1042", "Is t-1042 overdue?", "T1042!"],
)
def test_a_number_means_that_task_whatever_else_is_said(text: str) -> None:
    assert asked(text) == Question(numbers=("T-1042",))


@pytest.mark.parametrize("text", ["who has 1042", "Who has T-1042 right now?"])
def test_who_has_it_asks_for_people(text: str) -> None:
    assert asked(text) == Question(numbers=("T-1042",), who=True)


@pytest.mark.parametrize("text", ["what's overdue", "what’s overdue?", "list overdue tasks", "show me the late tasks"])
def test_overdue(text: str) -> None:
    assert asked(text) == Question(overdue=True)


@pytest.mark.parametrize("text", ["open FOIA tasks", "open foias", "which FOIA requests are open?"])
def test_open_foia_tasks(text: str) -> None:
    assert asked(text) == Question(statuses=OPEN_ONES, task_types=FOIA)


def test_values_of_one_kind_are_alternatives_and_kinds_restrict_together() -> None:
    found = asked("congressional inquiries or OIG audits of MQMU or Pharmacy in review")
    assert found == Question(
        statuses=(Status.IN_REVIEW,),
        task_types=("congressional-inquiry", "oig-audit"),
        components=("MQMU", "PHARM"),
    )


def test_a_narrower_state_wins_over_the_one_that_holds_it() -> None:
    assert asked("open tasks in clearance").statuses == (Status.IN_CLEARANCE,)
    assert set(asked("transmitted or closed tasks").statuses) == {Status.TRANSMITTED, Status.CLOSED}


def test_a_component_means_what_is_below_it_too() -> None:
    found = asked("tasks of CS").components
    assert "CS" in found
    assert "HOU" in found
    assert "MQMU" not in found


def test_my_tasks_are_whoever_asks() -> None:
    assert asked("my open tasks", HOU_CHIEF).people == (HOU_CHIEF,)


@pytest.mark.parametrize("text", ["what needs me", "waiting for me", "what's waiting on me"])
def test_what_needs_me_is_my_turn_by_name_or_by_post(text: str) -> None:
    assert asked(text, DAD_CS) == Question(waiting=(DAD_CS, "dad@CS"))


def test_the_dad_is_any_dad_and_dad_cs_that_one() -> None:
    assert asked("what's waiting on the DAD-CS").waiting == ("dad@CS",)
    every = {str(post) for person in SAMPLE.people.values() for post in person.posts if post.key == "dad"}
    assert set(asked("what's waiting on the DAD").waiting) == every


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("open tasks due this week", ("due this week",)),
        ("not FOIA", ("not",)),
        ("overdue tasks except HOU of Narnia", ("except", "narnia")),
    ],
)
def test_a_word_that_nobody_knows_is_kept(text: str, unknown: tuple[str, ...]) -> None:
    assert understand(text, CTX).unknown == unknown


@pytest.mark.parametrize("text", ["hello", "", "?!", "who", "status", "the", "thanks a lot"])
def test_small_talk_asks_nothing(text: str) -> None:
    assert not understand(text, CTX).asks


PHRASES = st.sampled_from(sorted({m.words for m in vocabulary(CTX).values() if m.kind in {Kind.STATUS, Kind.LATE}}))
TYPES = st.sampled_from(sorted({m.words for m in vocabulary(CTX).values() if m.kind is Kind.TYPE}))
PLACES = st.sampled_from(sorted(SAMPLE.components))
NAMES = st.sampled_from(sorted(person.name for person in SAMPLE.people.values()))


@given(st.lists(PHRASES, max_size=2), st.lists(TYPES, max_size=2), st.lists(PLACES, max_size=2), st.none() | NAMES)
def test_a_question_is_repeated_in_words_that_mean_the_same(
    states: list[str], types: list[str], places: list[str], turn: str | None
) -> None:
    of = f"of {' or '.join(places)}" if places else ""
    waits = f"waiting for {turn}" if turn else ""
    once = understand(f"{' or '.join(states)} {' or '.join(types)} tasks {of} {waits}", CTX)
    again = understand(once.words, CTX)
    assert once.unknown == again.unknown == ()
    assert (again.question, again.words) == (once.question, once.words)


@given(st.text(max_size=200))
def test_anything_can_be_said(text: str) -> None:
    understand(text, CTX)
