"""The walk that `make demo` shows, through both real adapters."""

from __future__ import annotations

from pathlib import Path

from bot.demo.walk import walk


async def test_a_root_cause_analysis_goes_from_receipt_to_sealed_record_on_both_platforms(tmp_path: Path) -> None:
    lines: list[str] = []
    assert await walk(tmp_path, lines.append) == []
    assert [line.split(" presses ")[0] for line in lines[1:-1]] == [
        "the task manager",
        "the MQMU chief",
        "the MQMU chief",
        "the MQMU chief",
        "the task manager",
        "the DAD-HCC",
        "the task manager",
        "the task manager",
    ]
    assert lines[-1].startswith("the record of T-1001 is sealed")
