"""Checks an unpacked record with the standard library alone, and says what is wrong: `python -I … FOLDER`."""

import hashlib
import json
import sys
from pathlib import Path


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def sums(folder):
    lines = (folder / "MANIFEST.sha256").read_text("utf-8").splitlines()
    expected = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"MANIFEST.sha256"}
    yield from (f"{name} is not in the manifest" for name in sorted(there - expected.keys()))
    for name, digest in expected.items():
        if name not in there or sha256((folder / name).read_bytes()) != digest:
            yield f"{name} is not what the manifest says"


def chain(events):
    previous = ""
    for version, event in enumerate(events, start=1):
        keys = ("stream", "version", "type", "platform", "at", "data")
        text = "\n".join([previous, *(str(event[key]) for key in keys)])
        if event["version"] != version or sha256(text.encode()) != event["hash"]:
            yield f"event {version} breaks the chain"
        previous = event["hash"]


def seal(folder, events, record):
    closed = [json.loads(event["data"]) for event in events if event["type"] == "TaskClosed"]
    if record["seal"] is None:
        return
    if not closed or closed[-1]["seal"] != record["seal"]["sha256"]:
        yield "the record has another seal than its history"
    if sha256((folder / "sealed.json").read_bytes()) != record["seal"]["sha256"]:
        yield "the sealed state is not what was sealed"


def supplements(folder, events, record):
    added = [json.loads(event["data"]) for event in events if event["type"] == "RecordSupplemented"]
    if [event["seal"] for event in added] != [each["seal"] for each in record["supplements"]]:
        yield "the record has other supplements than its history"
    previous = ""
    for number, each in enumerate(record["supplements"], start=1):
        sealed = (folder / each["path"]).read_bytes()
        said = json.loads(sealed)
        if sha256(sealed) != each["seal"] or said["previous"] != previous or said["text"] != each["text"]:
            yield f"supplement {number} is not what was sealed"
        if [file["sha256"] for file in said["files"]] != [
            sha256((folder / f["path"]).read_bytes()) for f in each["files"]
        ]:
            yield f"supplement {number} has other files than were sealed"
        previous = each["seal"]


def record_agrees(folder, events, record):
    if [entry["hash"] for entry in record["history"]] != [event["hash"] for event in events]:
        yield "the record has another history than the event log"
    for file in record["files"]:
        if sha256((folder / file["path"]).read_bytes()) != file["sha256"]:
            yield f"{file['path']} is not the file of the record"
    given = {response["sha256"] for response in record["responses"]}
    for clearance in record["clearances"]:
        if clearance["package"] not in given:
            yield f"event {clearance['event']} clears a response that is not in the record"


def main(folder):
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
    record = json.loads((folder / "record.json").read_text("utf-8"))
    wrong = [
        *sums(folder),
        *chain(events),
        *seal(folder, events, record),
        *supplements(folder, events, record),
        *record_agrees(folder, events, record),
    ]
    print("\n".join(wrong) or f"{record['task']}: {len(events)} events, nothing wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
