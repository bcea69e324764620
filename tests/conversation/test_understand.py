"""Words to questions: what people type, as they type it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.conversation.answer import unanswered
from bot.conversation.question import Deed, Question
from bot.conversation.understand import Understanding, understand
from bot.conversation.vocabulary import Kind, vocabulary
from bot.domain.messages import Priority
from bot.domain.organization import Person
from bot.domain.rubric import Scope
from bot.domain.task import OPEN, Stage, Status
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, context

CTX = context(MANAGER)
FOIA = ("foia-medical-records", "foia-data-request", "foia-complex")
OPEN_ONES = tuple(status for status in Status if status in OPEN)


def asked(text: str, actor: str = MANAGER) -> Question:
    understood = understand(text, context(actor))
    assert unanswered(understood, context(actor)) is None
    return understood.question


def asked_back(text: str) -> tuple[str, ...]:
    """What is offered instead."""
    back = unanswered(understand(text, CTX), CTX)
    assert back is not None
    return back.asks


@pytest.mark.parametrize(
    "text",
    ["status of T-1042", "where is 1042?", "T-1042", "what's the status of task #1042", "Is t-1042 overdue?", "T1042!"],
)
def test_a_number_means_that_task_whatever_else_is_said(text: str) -> None:
    assert asked(text) == Question(numbers=("T-1042",))


@pytest.mark.parametrize("text", ["who has 1042", "Who has T-1042 right now?"])
def test_who_has_it_asks_for_people(text: str) -> None:
    assert asked(text) == Question(numbers=("T-1042",), who=True)


@pytest.mark.parametrize(
    "text", ["what's overdue", "whats overdue", "what’s overdue?", "list overdue tasks", "show me the late tasks"]
)
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
    "text",
    [
        "do i have overdue tasks",
        "my overdue tasks",
        "what do I have that is overdue",
        "overdue tasks for me",
        "mine, late",
    ],
)
def test_i_and_me_are_whoever_asks(text: str) -> None:
    assert asked(text, HOU_CHIEF) == Question(overdue=True, people=(HOU_CHIEF,))


@pytest.mark.parametrize(
    "text",
    [
        "do we have overdue tasks",
        "show me overdue tasks",
        "can I see the overdue tasks?",
        "give me overdue tasks",
        "do you have overdue tasks",
    ],
)
def test_who_is_spoken_to_or_for_restricts_nothing(text: str) -> None:
    assert asked(text, HOU_CHIEF) == Question(overdue=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("acknowledged tasks", Question(stages=(Stage.ACKNOWLEDGED,))),
        ("not acknowledged", Question(stages=(Stage.ASSIGNED,))),
        ("deferred tasks", Question(stages=(Stage.DEFERRED,))),
        ("open deferred tasks", Question(stages=(Stage.DEFERRED,))),
        ("tasks in division clearance", Question(stages=(Stage.IN_DIVISION_CLEARANCE,))),
        ("deferred or in review", Question(statuses=(Status.IN_REVIEW,), stages=(Stage.DEFERRED,))),
        ("assigned or deferred tasks", Question(statuses=(Status.ASSIGNED,))),
        ("requests not yet logged", Question(statuses=(Status.RECEIVED,))),
        ("withdrawn tasks", Question(statuses=(Status.WITHDRAWN,))),
        ("tasks coordinated by email", Question(statuses=(Status.BY_EMAIL,))),
        ("tasks by email", Question(statuses=(Status.BY_EMAIL,))),
        ("tasks that aren't assigned", Question(statuses=(Status.LOGGED,))),
        ("urgent tasks", Question(priorities=(Priority.URGENT,))),
        ("high-priority or urgent tasks", Question(priorities=(Priority.HIGH, Priority.URGENT))),
        ("routine tasks", Question(priorities=(Priority.ROUTINE,))),
        ("routine reports", Question(task_types=("report",))),
        ("field tasks", Question(scopes=(Scope.FIELD,))),
        ("headquarters tasks", Question(scopes=(Scope.HQ,))),
        ("tasks assigned to Freeman", Question(assigned=(HOU_CHIEF,))),
        ("assigned to PHARM", Question(assigned=("PHARM",))),
        ("assigned to me", Question(assigned=(MANAGER,))),
        ("tasks of Tomas Alvarez", Question(people=(MANAGER,))),
        ("tasks of TOMÁS ÁLVAREZ", Question(people=(MANAGER,))),
        ("tasks of osullivan", Question(people=("patrick.osullivan@example.gov",))),
        ("tasks of O’Sullivan", Question(people=("patrick.osullivan@example.gov",))),
        ("ODO audits without medical findings", Question(task_types=("odo-audit-non-medical",))),
    ],
)
def test_words_that_offices_use(text: str, words: Question) -> None:
    assert asked(text) == words


def test_a_surname_takes_no_word_away() -> None:
    field = Person("ann.field@example.gov", "Ann Field", "HOU")
    agency = replace(SAMPLE, people=SAMPLE.people | {field.email: field})
    ctx = context(MANAGER, organization=agency)
    assert understand("field tasks", ctx).question == Question(scopes=(Scope.FIELD,))
    assert understand("tasks of Ann Field", ctx).question == Question(people=(field.email,))


def test_what_is_joined_to_a_turn_is_a_turn_too() -> None:
    assert asked("waiting for me or Freeman").waiting[0] == MANAGER
    assert HOU_CHIEF in asked("waiting for me or Freeman").waiting
    assert asked("waiting for Freeman, and the CoS").people == ()
    assert "cos" in asked("waiting for Freeman, and the CoS").waiting
    assert asked("assigned to Freeman or me") == Question(assigned=(HOU_CHIEF, MANAGER))


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("who logged T-1001", (Deed.LOGGED,)),
        ("Who has cleared 1001?", (Deed.CLEARED,)),
        ("who approved T-1001", (Deed.CLEARED,)),
        ("who transmitted 1001", (Deed.TRANSMITTED,)),
        ("who forwarded 1001", (Deed.FORWARDED,)),
        ("who logged and closed T-1001", (Deed.LOGGED, Deed.CLOSED)),
        ("who withdrew T-1001", (Deed.WITHDRAWN,)),
    ],
)
def test_who_did_it_is_not_who_has_it(text: str, deeds: tuple[Deed, ...]) -> None:
    assert asked(text) == Question(numbers=("T-1001",), deeds=deeds)


def test_a_past_that_no_answer_tells_is_asked_back() -> None:
    assert understand("who acknowledged T-1001", CTX).unknown == ("acknowledged",)
    assert asked_back("who acknowledged T-1001") == ("who has T-1001",)
    assert asked("who has closed tasks") == Question(statuses=(Status.CLOSED,), who=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("open or overdue tasks", "open tasks"),
        ("overdue or open tasks", "open tasks"),
        ("open or in review", "open tasks"),
        ("open and overdue tasks", "open overdue tasks"),
        ("open and in review", "tasks in review"),
        ("FOIA or audit tasks", "FOIA or audit tasks"),
        ("FOIA and audit tasks", "FOIA or audit tasks"),
        ("FOIA, audit, and media tasks", "FOIA or audit or media tasks"),
        ("overdue and FOIA tasks", "overdue FOIA tasks"),
        ("FOIA tasks or audit tasks", "FOIA or audit tasks"),
        ("logged, in review or closed", "tasks logged or in review or closed"),
        ("HOU tasks of CS", "tasks of HOU"),
        ("audit GAO tasks", "GAO tasks"),
        ("T-1001, T-1002 and 1003", "T-1001 or T-1002 or T-1003"),
        ("is T-1001 overdue or in review", "T-1001"),
        ("is T-1001 overdue or not", "T-1001"),
    ],
)
def test_joined_words_are_alternatives_of_one_kind_or_restrict_together(text: str, words: str) -> None:
    asked(text)
    assert understand(text, CTX).words == words


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("overdue or FOIA tasks", ("overdue tasks", "FOIA tasks")),
        ("overdue or FOIA tasks of HOU", ("overdue tasks of HOU", "FOIA tasks of HOU")),
        ("closed or overdue", ("closed tasks", "overdue tasks")),
        ("urgent or overdue tasks", ("urgent tasks", "overdue tasks")),
        ("tasks of HOU or with Freeman", ("tasks of HOU", "tasks waiting for LaToya Freeman")),
        ("FOIA tasks of HOU or overdue tasks of MQMU", ("FOIA tasks of HOU", "overdue tasks of MQMU")),
        ("overdue FOIA tasks or FOIA tasks in review", ("overdue FOIA tasks", "FOIA tasks in review")),
        ("open FOIA and overdue audit tasks", ("open FOIA tasks", "overdue audit tasks")),
        ("overdue tasks and FOIA tasks", ("overdue tasks", "FOIA tasks")),
        ("what's overdue and what needs Freeman", ("overdue tasks", "tasks waiting for LaToya Freeman")),
        ("T-1001 or overdue tasks", ("T-1001", "overdue tasks")),
        ("T-1001 and overdue tasks", ("T-1001", "overdue tasks")),
        ("who has overdue or FOIA tasks", ("who has overdue tasks", "who has FOIA tasks")),
        ("transmitted by email", ("transmitted tasks", "tasks coordinated by email")),
        ("tasks of HOU of Pharmacy", ("tasks of HOU", "tasks of PHARM")),
        ("overdue or FOIA tasks due this week", ("overdue tasks", "FOIA tasks")),
    ],
)
def test_what_one_question_cannot_say_is_asked_back_in_halves(text: str, halves: tuple[str, ...]) -> None:
    assert asked_back(text) == halves
    for half in halves:
        assert understand(half, CTX).again == (half,)
        asked(half)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("report of open tasks", "open tasks"),
        ("a report on the open tasks", "open tasks"),
        ("list of open tasks", "open tasks"),
        ("give me a report about open tasks", "open tasks"),
        ("status report of the overdue FOIA tasks of HOU", "overdue FOIA tasks of HOU"),
        ("report on HOU", "tasks of HOU"),
        ("open reports", "open report tasks"),
        ("reports of HOU", "report tasks of HOU"),
        ("overdue report of HOU", "overdue report tasks of HOU"),
        ("report or FOIA tasks", "report or FOIA tasks"),
    ],
)
def test_a_report_is_a_list_where_it_comes_first_and_else_a_type(text: str, words: str) -> None:
    asked(text)
    assert understand(text, CTX).words == words


def test_a_report_that_may_be_either_is_asked_back() -> None:
    assert asked_back("give me a report") == ("open tasks", "overdue tasks", "report tasks")
    assert asked_back("report of HOU") == ("tasks of HOU", "report tasks of HOU")
    assert asked_back("report overdue tasks") == ("overdue tasks", "overdue report tasks")


@pytest.mark.parametrize(
    "text",
    ["T-2026", "#2026", "task 2026", "task number 2026", "status of 2026", "who has 2026", "who cleared 2026?"],
)
def test_a_year_is_a_number_where_it_is_said_to_be_one(text: str) -> None:
    assert asked(text).numbers == ("T-2026",)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("open tasks due this week", ("due this week",)),
        ("tasks of Narnia, overdue and purple", ("narnia", "purple")),
        ("FOIA 2026", ("2026",)),
        ("tasks due 2026", ("due 2026",)),
        ("status of 2026 FOIA tasks", ("2026",)),
        ("2026", ("2026",)),
        ("tasks cleared by Reyes", ("by",)),
        ("what other tasks are overdue", ("other",)),
        ("i want overdue tasks", ("i want",)),
    ],
)
def test_a_word_that_nobody_knows_is_kept(text: str, unknown: tuple[str, ...]) -> None:
    assert understand(text, CTX).unknown == unknown
    assert asked_back(text)


def test_unknown_words_are_told_in_a_sentence() -> None:
    one, several = (unanswered(understand(text, CTX), CTX) for text in ("purple tasks", "purple tasks of Narnia"))
    assert one is not None
    assert several is not None
    assert one.text == "I don't know what “purple” means here; shall I leave it out and look for “tasks”?"
    assert (
        several.text
        == "I don't know what “purple” and “narnia” mean here; shall I leave them out and look for “tasks”?"
    )
    year = unanswered(understand("2026", CTX), CTX)
    assert year is not None
    assert year.text == "I don't know what “2026” means here; do you mean “status of T-2026”?"


@pytest.mark.parametrize(
    "text",
    [
        "not FOIA",
        "tasks not in review",
        "what isn't closed",
        "which ones don’t need Freeman, overdue",
        "open tasks except HOU",
        "open tasks without HOU",
        "tasks other than FOIA",
        "all but FOIA",
        "no FOIA tasks",
        "dont show closed tasks",
        "non-FOIA tasks",
        "overdue or FOIA tasks, excluding HOU",
        "everything apart from T-1001",
    ],
)
def test_what_is_to_be_left_out_is_never_offered_as_what_is_wanted(text: str) -> None:
    back = unanswered(understand(text, CTX), CTX)
    assert back is not None
    assert (back.asks, back.declined) == ((), True)
    assert back.text.startswith("I can't leave anything out yet; ask for what you want to see, for example “")
    assert back.ignored


def test_too_much_at_once_is_declined_however_many_ways_there_are_to_read_it() -> None:
    everybody, everywhere = " ".join(person.name for person in SAMPLE.people.values()), " ".join(SAMPLE.components)
    back = unanswered(understand(f"closed tasks of {everybody} {everywhere} waiting for me", CTX), CTX)
    assert back is not None
    assert (back.asks, back.declined) == ((), True)
    assert back.text.startswith("That is too much at once; ask for one thing at a time, for example “")


@pytest.mark.parametrize("text", ["hello", "", "?!", "who", "status", "the", "thanks a lot", "no", "not now", "other"])
def test_small_talk_asks_nothing(text: str) -> None:
    assert not understand(text, CTX).asks


def words_for(*kinds: Kind) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted({m.words for m in vocabulary(CTX).values() if m.kind in kinds}))


STANDING = words_for(Kind.STATUS, Kind.LATE, Kind.PRIORITY, Kind.SCOPE)
TYPES = words_for(Kind.TYPE)
PLACES = st.sampled_from(sorted(SAMPLE.components))
NAMES = st.sampled_from(sorted(person.name for person in SAMPLE.people.values()))
JOINS = st.sampled_from([" or ", " and ", ", ", " "])
BEHIND = st.tuples(st.sampled_from(["of", "for", "waiting for", "with", "assigned to"]), NAMES | PLACES)
LEADS = st.sampled_from(["", "show me", "who has", "who cleared", "a list of the", "do i have"])


@st.composite
def questions(draw: st.DrawFn) -> str:
    """Known words, joined as people join them, sometimes senselessly."""
    before = draw(JOINS).join(draw(st.lists(STANDING | TYPES, max_size=4)))
    after = draw(JOINS).join(" ".join(one) for one in draw(st.lists(BEHIND, max_size=2)))
    phrase = f"{before} tasks {after}"
    return f"{draw(LEADS)} {phrase}"


def clear(words: str) -> Understanding:
    """Understood as exactly this, with nothing to ask back."""
    understood = understand(words, CTX)
    assert unanswered(understood, CTX) is None
    assert understood.again == (words,)
    return understood


@settings(deadline=None)
@example("Congressional inquires and FOIA data and FOIA tasks")
@example("media or FOIA data FOIA tasks")
@example("who has assigned or transmitted tasks")
@example("tasks of MQMU and HOU and CS")
@given(questions() | st.tuples(questions(), JOINS, questions()).map("".join))
def test_a_question_is_repeated_in_words_that_mean_the_same(text: str) -> None:
    once = understand(text, CTX)
    for reading in once.readings:
        assert clear(reading.again).question == reading.question


@settings(deadline=None)
@given(STANDING | TYPES, STANDING | TYPES)
def test_or_never_means_both(one: str, other: str) -> None:
    joined, halves = understand(f"{one} or {other} tasks", CTX), [understand(f"{w} tasks", CTX) for w in (one, other)]
    kinds = {m.kind for half in halves for m in half.readings[0].meanings if m.kind is not Kind.TASKS}
    if len(kinds) > 1 and {one, other} != {"open", "overdue"}:  # what is overdue is open
        assert joined.again == tuple(half.words for half in halves)
    else:
        assert len(joined.readings) == 1


@settings(deadline=None)
@given(questions(), st.sampled_from(["zebra", "by", "i", "2026", "except", "non-urgent"]), st.data())
def test_a_word_that_nobody_knows_is_never_dropped(text: str, strange: str, data: st.DataObject) -> None:
    words = [word for word in text.split(" ") if word]
    place = data.draw(st.integers(0, len(words)))
    understood = understand(" ".join([*words[:place], strange, *words[place:]]), CTX)
    kept = " ".join((*understood.unknown, *understood.negated)).split(" ")
    assert strange in kept or f"{strange} {words[place]}" in {"by email"}
    assert unanswered(understood, CTX)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_anything_can_be_said(text: str) -> None:
    unanswered(understand(text, CTX), CTX)
