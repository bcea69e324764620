"""What is added to a sealed record is sealed by itself: the record's own seal holds, and so does each of theirs."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from bot.domain import messages as m
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from bot.record.chain import link
from bot.record.pages import Pages
from tests.cards import ways
from tests.record.conftest import Records
from tests.record.test_export import checked, record_in, sums_of, unpacked, words
from tests.record.test_verify import told
from tests.world import COS, HOU_CHIEF, MANAGER, ZONE


def test_only_task_managers_add_to_a_record_and_only_to_a_closed_one() -> None:
    for actor in (HOU_CHIEF, COS):
        with pytest.raises(NotAllowed):
            ways.closed().do(actor, m.SupplementRecord("A call"))
    with pytest.raises(IllegalTransition):
        ways.transmitted().do(MANAGER, m.SupplementRecord("A call"))
    with pytest.raises(InvalidInput, match="Write what is to be added"):
        ways.closed().do(MANAGER, m.SupplementRecord(" "))


def test_the_same_wish_again_is_one_supplement_and_another_is_chained_to_it() -> None:
    history = ways.closed()
    history.do(MANAGER, m.SupplementRecord("A call"))
    assert history.do(MANAGER, m.SupplementRecord(" A call ")) == ()
    history.do(MANAGER, m.SupplementRecord("Another"))
    first, second = history.task.supplements
    assert first.seal != second.seal
    other = ways.closed()
    other.do(MANAGER, m.SupplementRecord("Another call"))
    other.do(MANAGER, m.SupplementRecord("Another"))
    assert other.task.supplements[1].seal != second.seal


async def supplemented(records: Records) -> None:
    await records.closed()
    late = await records.file("late.csv", b"day,beds\n2,413\n")
    await records.do(MANAGER, m.SupplementRecord("The OCR asked for & got November.", (late,)))
    await records.do(MANAGER, m.SupplementRecord("They thanked us."))


async def test_a_package_has_the_supplements_in_a_folder_each_and_they_are_checked_without_this_software(
    records: Records,
) -> None:
    await supplemented(records)
    folder = await unpacked(records)
    assert sums_of(folder).returncode == 0
    assert checked(folder) == "T-1001: 18 events, nothing wrong"
    record = record_in(folder)
    first, second = record["supplements"]
    assert (first["text"], first["path"]) == ("The OCR asked for & got November.", "supplements/1/sealed.json")
    assert [file["name"] for file in first["files"]] == ["late.csv"]
    assert (folder / first["files"][0]["path"]).parts[-3:-1] == ("supplements", "1")
    assert "late.csv" not in {file["name"] for file in record["files"]}
    said = words(Pages(record, ZONE))
    assert "Supplement 2" in said
    assert f"Seal, SHA-256 | {second['seal']}" in said
    for path, old, new in (
        (first["path"], "November", "December"),
        (first["files"][0]["path"], "413", "414"),
        (second["path"], first["seal"], record["seal"]["sha256"]),
    ):
        whole = (folder / path).read_text("utf-8")
        assert old in whole
        (folder / path).write_text(whole.replace(old, new), "utf-8")
        assert "supplement " in checked(folder)
        (folder / path).write_text(whole, "utf-8")


async def test_both_seals_hold_and_a_supplement_forged_with_its_chain_is_found(records: Records) -> None:
    await supplemented(records)
    assert await told(records) == []
    stored = await records.archive.stored("T-1001")
    assert stored is not None
    head, rows = "", list[dict[str, object]]()
    for e in stored.entries:
        data = e.data.replace("got November", "got October")
        head = link(head, e.stream, e.version, e.type, data, e.platform, e.at)
        rows.append({"version": e.version, "data": data, "hash": head})
    state = stored.state.replace("got November", "got October")
    change = text("UPDATE events SET data = :data, hash = :hash WHERE stream = 'T-1001' AND version = :version")
    await records.database.run(lambda c: c.execute(change, rows))
    whole = text("UPDATE streams SET state = :state, head = :head WHERE id = 'T-1001'")
    await records.database.run(lambda c: c.execute(whole, {"state": state, "head": head}))
    assert await told(records) == ["T-1001, event 17: the seal is not that of what was added"]


async def test_a_file_of_a_supplement_is_looked_for(records: Records) -> None:
    await supplemented(records)
    stored = await records.archive.stored("T-1001")
    assert stored is not None
    sha = json.loads(stored.entries[16].data)["package"]["files"][0]["sha256"]
    (records.folder / "files" / sha).unlink()
    assert await told(records) == ["T-1001: late.csv is missing from the file store"]


async def test_a_record_closed_again_is_sealed_with_what_was_added(records: Records) -> None:
    await supplemented(records)
    await records.do(MANAGER, m.Reopen("One more question."))
    task = await records.do(MANAGER, m.SendToClearance())
    assert task.package is not None
    await records.do(MANAGER, m.Transmit(task.package.sha256))
    await records.do(MANAGER, m.Close())
    await records.do(MANAGER, m.SupplementRecord("And once more."))
    assert await told(records) == []
    folder = await unpacked(records)
    assert checked(folder).endswith("nothing wrong")
    assert "They thanked us." in (folder / "sealed.json").read_text("utf-8")
