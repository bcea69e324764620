"""What went out, as the record tells it."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib import resources

import jsonschema

from bot.domain import messages as m
from bot.record.assemble import transmissions
from tests.world import MANAGER, T0

SHA = "a" * 64
BEGUN = m.TransmissionBegun(MANAGER, T0, SHA, "ocr@example.gov", "<1@example.gov>")


def test_an_email_is_told_with_its_address_its_id_and_what_the_server_said() -> None:
    lost = m.TransmissionUnconfirmed(MANAGER, T0, BEGUN.message_id, "The connection was lost.")
    again = m.TransmissionBegun(MANAGER, T0, SHA, "ocr@example.gov", "<2@example.gov>")
    taken = m.TransmissionConfirmed(MANAGER, T0 + timedelta(minutes=1), again.message_id, "250 OK")
    (sent,) = transmissions([BEGUN, lost, again, taken])
    assert (sent["to"], sent["package"], sent["manner"]) == ("ocr@example.gov", SHA, "email")
    assert (sent["message_id"], sent["answer"], sent["at"]) == ("<2@example.gov>", "250 OK", taken.at.isoformat())
    schema = json.loads((resources.files("bot.record") / "record.schema.json").read_text("utf-8"))
    jsonschema.validate(sent, schema["properties"]["transmissions"]["items"] | {"$defs": schema["$defs"]})


def test_an_email_that_turned_out_to_have_arrived_is_told_with_what_shows_it() -> None:
    (sent,) = transmissions([BEGUN, m.ArrivalConfirmed(MANAGER, T0, BEGUN.message_id, "A call of the OCR")])
    assert (sent["to"], sent["note"], sent["answer"]) == ("ocr@example.gov", "A call of the OCR", "")
