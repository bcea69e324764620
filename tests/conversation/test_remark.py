"""What said in a task's thread is a comment, what sounds like a decision, and what is a question."""

from __future__ import annotations

import pytest

from bot.conversation.remark import Remark, remark


@pytest.mark.parametrize(
    "words",
    [
        "approved",
        "Approved.",
        "I concur",
        "ok",
        "cleared!",
        "LGTM",
        "looks good to me",
        "go ahead",
        "I approve this",
        "returned",
    ],
)
def test_words_that_sound_like_a_decision_are_no_comment(words: str) -> None:
    assert remark(words, "T-1001") == Remark("T-1001")
    assert remark(f"{words.rstrip('.!')} T-1042", "") == Remark("T-1042")


@pytest.mark.parametrize("words", ["approved", "ok", "The OCR called.", "", "status of T-1001"])
def test_outside_a_thread_and_without_a_number_nothing_is_a_remark(words: str) -> None:
    assert remark(words, "") is None


@pytest.mark.parametrize(
    "words", ["The OCR called: Monday is enough.", "approved by phone, the CoS says", "Beds\nby facility"]
)
def test_in_a_thread_everything_else_is_a_comment(words: str) -> None:
    assert remark(f" {words} ", "T-1001") == Remark("T-1001", words)


@pytest.mark.parametrize(
    "words", ["who has this", "Status", "is this late", "the CoS too?", "what's overdue", "more t-1001"]
)
def test_a_question_in_a_thread_stays_one(words: str) -> None:
    assert remark(words, "T-1001") is None


@pytest.mark.parametrize(
    "words", ["comment T-1042 They called.", "Comment on t-1042: They called.", "comment t-1042, They called."]
)
def test_a_comment_can_be_made_by_command(words: str) -> None:
    assert remark(words, "") == remark(words, "T-1001") == Remark("T-1042", "They called.")
