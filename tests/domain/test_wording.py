"""The words that a subject is found by."""

from __future__ import annotations

from bot.domain.wording import MOST, stem, words_in
from tests.domain.test_links import linked
from tests.world import History, request


def test_words_are_letters_and_digits_however_they_are_written() -> None:
    assert words_in("X-ray (again): José's X-RAY, COVID-19") == ("x", "ray", "again", "jose", "s", "covid", "19")
    assert words_in(" –… ") == ()
    assert words_in("a" * 5_000) == ("a" * MOST,)


def test_a_task_is_found_by_the_words_of_its_subject_and_of_its_requestor() -> None:
    history = History(request(subject="Measles at River Bend", requestor="Sen. Ortega"))
    assert linked(history, "subject") == {"measles", "at", "river", "bend"}
    assert linked(history, "requestor") == {"sen", "ortega"}


def test_several_are_found_where_one_is() -> None:
    assert [stem(word) for word in ("strikes", "access", "beds", "reyes", "measles")] == [
        "strike",
        "access",
        "beds",
        "reye",
        "measle",
    ]
