"""What a seal covers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from bot.domain import messages as m
from bot.domain.rounds import Note
from bot.domain.sealing import seal_of, sealed_text
from tests.world import MANAGER, T0, History, request


def test_a_seal_is_the_sha_256_of_a_text_that_says_all_that_is_so() -> None:
    history = History(request())
    history.do(MANAGER, m.AddComment("Łódź"))
    text = sealed_text(history.task)
    assert hashlib.sha256(text.encode()).hexdigest() == seal_of(history.task)
    said = json.loads(text)
    assert said["number"] == "T-1001"
    assert said["request"]["subject"] == "Bed capacity"
    assert said["comments"] == [{"by": MANAGER, "at": str(history.now), "text": "Łódź"}]


def test_what_is_not_said_is_not_in_it_so_that_later_fields_leave_seals_as_they_are() -> None:
    task = History(request()).task
    assert not {"withdrawn", "email", "corrections", "seal"} & json.loads(sealed_text(task)).keys()
    assert seal_of(replace(task, withdrawn=Note(MANAGER, T0, "asked elsewhere"))) != seal_of(task)
