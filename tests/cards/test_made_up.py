"""What a client made up is refused in words before it becomes a command, or does no harm."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest

from bot.domain.messages import Correct, LogTask, Respond
from bot.domain.package import FileRef
from bot.errors import InvalidInput
from cards.commands import to_command
from cards.payload import Press
from tests.world import MANAGER, T0, ZONE, History, request

FILE = FileRef("letter.pdf", 12, "ab" * 32, "application/pdf")


def respond(files: object) -> object:
    return to_command(Press("task.respond", "T-1001", {"assignment": "1"}, False), {"files": files}, ZONE)


@pytest.mark.parametrize("files", [[asdict(FILE)], (asdict(FILE),), "letter.pdf", [FILE.sha256], {"0": asdict(FILE)}])
def test_a_file_is_one_that_was_stored_and_not_one_that_is_described(files: object) -> None:
    """Or a record would name a file that nobody checked, another task's by its digest or none at all."""
    with pytest.raises(InvalidInput, match="file itself") as refused:
        respond(files)
    assert refused.value.field == "files"
    assert respond((FILE,)) == Respond(1, files=(FILE,))


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-12:00", "9999-12-31T23:59"])
def test_a_time_that_other_zones_have_no_day_for_is_refused(time: str) -> None:
    press, form = Press("task.log", "", {}, False), {"task_type": "other", "subject": "x", "text": "x"}
    with pytest.raises(InvalidInput, match="too far ahead") as refused:
        to_command(press, {**form, "requestor": "ICE OCR", "about": "hq", "due_at": time}, ZONE)
    assert refused.value.field == "due_at"
    with pytest.raises(InvalidInput, match="too far ahead"):
        History().do(MANAGER, Correct("due_at", time, "They say so."))


def test_what_no_database_stores_is_left_out_of_a_text() -> None:
    logged = History(LogTask("other", "Beds\0", "How\0 many?", "ICE OCR", "hq", T0 + timedelta(days=9))).task.request
    assert (logged.subject, logged.text) == ("Beds", "How many?")
    with pytest.raises(InvalidInput, match="can't be empty"):
        History(request(subject="\0"))
