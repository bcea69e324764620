"""The record for people: sections of facts, words and tables, made of the record for machines and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, TypeAlias

from bot.domain.messages import Retention
from bot.domain.positions import parse_post
from bot.domain.retention import retention_said
from bot.domain.words import stamp


@dataclass(frozen=True, slots=True)
class Facts:
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, as they wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """`widths` are shares of the page."""

    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG as wide as the page, and what it says in words."""

    png: bytes
    text: str


Block: TypeAlias = Facts | Words | Grid | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """`under` is a heading within the section before."""

    title: str
    blocks: tuple[Block, ...] = ()
    under: bool = False


KINDS = {
    "response": "Response of assignment {}",
    "piece": "Piece handed back for assignment {}",
    "final": "Final response",
    "email": "Response given by email",
}


@dataclass(frozen=True, slots=True)
class Pages:
    """Draws up the sections of one record (`record_of`), its times in agency time."""

    record: Mapping[str, Any]
    zone: tzinfo

    def sections(self) -> Iterator[Section]:
        yield Section(f"Record of {self.record['task']}", (Facts(tuple(self._summary())),))
        request = self.record["request"]
        yield Section("Request", (Facts(tuple(self._request(request))), Words(request["text"])))
        yield from self._source(request["source"])
        yield Section("Routing", (Facts(tuple(self._routing())),))
        yield Section("Assignments")
        yield from map(self._assignment, self.record["assignments"])
        yield Section("Responses, every version")
        yield from map(self._response, self.record["responses"])
        yield Section("Clearances", tuple(Facts(tuple(self._clearance(c))) for c in self.record["clearances"]))
        yield Section("Returned", tuple(Facts(tuple(self._noted(r, "comment"))) for r in self.record["returns"]))
        sent = (Facts(tuple(self._sent(s))) for s in self.record["transmissions"])
        yield Section("Transmission", (*sent, *(Facts(tuple(self._attempt(a))) for a in self.record["attempts"])))
        yield Section("Comments", tuple(Facts(tuple(self._noted(c, "text"))) for c in self.record["comments"]))
        if copies := self.record["copies"]:
            yield Section("Copies to the Taskings mailbox", tuple(Facts(tuple(self._attempt(c))) for c in copies))
        yield Section("Files", self._files())
        if supplements := self.record["supplements"]:
            yield Section("Added after it was closed")
            yield from (self._supplement(number, s) for number, s in enumerate(supplements, start=1))
        if holds := self.record["holds"]:
            yield Section("Legal holds", tuple(Facts(tuple(self._hold(hold))) for hold in holds))
        yield Section("History", (self._history(),))

    def _summary(self) -> Iterator[tuple[str, str]]:
        yield "Subject", self.record["request"]["subject"]
        yield "Status", self.record["status"]
        seal = self.record["seal"]
        yield "Closed", self._who(seal["closed_by"], seal["closed_at"]) if seal else "not closed, so not sealed"
        if seal:
            yield "Seal, SHA-256", seal["sha256"]
        if retention := self.record["retention"]:
            yield "Kept", _kept(retention)
        yield "Last event, SHA-256", self.record["history"][-1]["hash"]

    def _request(self, request: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield "Requestor", f"{request['requestor']} ({request['origin']})"
        yield "Task type", request["task_type"]
        yield "About", request["component"] or request["scope"]
        yield "Priority", request["priority"] + (", needs SES clearance" if request["ses"] else "")
        yield "Received", f"{self._at(request['received_at'])}, in the manner: {request['manner']}"
        yield "Due", self._at(request["due_at"])
        yield "Logged", self._who(request["logged_by"], request["logged_at"])
        for correction in request["corrections"]:
            why = correction["why"]
            said = f"it said “{correction['before']}”; {self._who(why['by'], why['at'])}: {why['text']}"
            yield f"Corrected: {correction['field']}", said

    def _source(self, source: Mapping[str, Any] | None) -> Iterator[Section]:
        if source:
            original = source["original"]
            rows = (
                ("Sent on", self._who(source["by"], source["at"])),
                ("Author", original["author"]),
                ("Message", original["link"]),
                ("Note", source["note"]),
            )
            yield Section("As it reached us", (Facts(_filled(rows)), Words(original["text"])), under=True)

    def _routing(self) -> Iterator[tuple[str, str]]:
        routing = self.record["routing"]
        if routing is None:
            yield "Routed", "no"
            return
        yield "Rests on", routing["rests_on"]
        yield "Reply", routing["reply"]
        yield "Action officers", _steps(routing["officers"])
        yield "Clearance, in order", _steps(routing["plan"])
        yield "For awareness", ", ".join(map(_title, routing["awareness"])) or "nobody"

    def _assignment(self, a: Mapping[str, Any]) -> Section:
        rows = [
            (
                "Officer",
                f"{self._name(a['officer'])}, {a['component']}" + (f", as {_title(a['post'])}" if a["post"] else ""),
            ),
            ("Assigned", self._who(a["assigned_by"], a["assigned_at"]) + f", in the manner: {a['manner']}"),
            ("Authority", a["authority"]),
            ("Division lead", _title(a["lead"]) if a["lead"] else "none has to clear"),
            ("Stage", a["stage"]),
        ]
        rows += [
            ("Due", f"{self._at(d['at'])}, {self._who(d['set_by'], d['set_at'])} {d['reason']}") for d in a["dues"]
        ]
        rows += [(f"Piece {p['id']}", self._part(p)) for p in a["parts"]]
        for field in ("deferral", "declined", "returned", "extension_declined", "cancelled", "otherwise"):
            if note := a[field]:
                rows.append((_spaced(field), f"{self._who(note['by'], note['at'])}: {note['text']}"))
        rows.append(("Passed to", self._name(a["passed_to"]) if a["passed_to"] else ""))
        return Section(f"Assignment {a['id']}", (Facts(_filled(rows)),), under=True)

    def _part(self, part: Mapping[str, Any]) -> str:
        back = f"; handed back {self._at(part['handed_at'])}" if part["handed_at"] else ""
        return f"to {self._name(part['to'])}, {self._who(part['by'], part['at'])}: {part['note']}{back}"

    def _response(self, r: Mapping[str, Any]) -> Section:
        files = tuple((f"File, {f['size']} bytes", f"{f['name']}\nSHA-256 {f['sha256']}") for f in r["files"])
        facts = [("Given", self._who(r["by"], r["at"])), ("Package, SHA-256", r["sha256"]), ("Reason", r["reason"])]
        text = r["text"] or ("No information to share (a negative response)." if r["negative"] else "")
        words = (Words(text),) if text else ()
        title = KINDS[r["kind"]].format(r["assignment"])
        return Section(title, (Facts(_filled((*facts, *files))), *words), under=True)

    def _clearance(self, c: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        what = {
            "division": f"Division clearance of assignment {c['assignment']}",
            "final": f"Final clearance, round {c['round']}, step {(c['step'] or 0) + 1}",
            "attested": "Cleared by email, attested",
        }
        yield what[c["level"]], self._who(c["by"], c["at"])
        yield "Rests on", _named(c["rests_on"], self.record["people"])
        if c["own"]:
            yield "Own draft", "cleared by its drafter, whose own position Appendix A names and no other"
        if passed := c["passed_on"]:
            given = passed["as_given"] or {}
            yield (
                "As given",
                f"number {passed['id']}"
                + "".join(
                    f", {label} {given[key]}"
                    for label, key in (("from", "first"), ("to", "last"), ("on the authority of", "authority"))
                    if given.get(key)
                ),
            )
        yield "Package, SHA-256", c["package"]

    def _sent(self, sent: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield "Transmitted", self._who(sent["by"], sent["at"])
        yield "To", f"{sent['to'] or self.record['request']['requestor']}, in the manner: {sent['manner']}"
        yield "Package, SHA-256", sent["package"]
        went = self._at(sent["sent_at"]) if sent["sent_at"] else ""
        yield from _filled((("Sent", went), ("Note", sent["note"]), ("Reason", sent["reason"])))
        yield from _filled((("Message-ID", sent["message_id"]), ("The server said", sent["answer"])))

    def _attempt(self, mail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield f"Email, {mail['state']}", f"to {mail['to']}, {self._who(mail['by'], mail['at'])}"
        yield from _filled((("Message-ID", mail["message_id"]), ("Reason", mail["reason"])))

    def _noted(self, said: Mapping[str, Any], words: str) -> Iterator[tuple[str, str]]:
        yield self._who(said["by"], said["at"]), said[words]

    def _supplement(self, number: int, added: Mapping[str, Any]) -> Section:
        files = tuple((f"File, {f['size']} bytes", f"{f['path']}\nSHA-256 {f['sha256']}") for f in added["files"])
        facts = (("Added", self._who(added["by"], added["at"])), ("Seal, SHA-256", added["seal"]), *files)
        return Section(
            f"Supplement {number}", (Facts(facts), *((Words(added["text"]),) if added["text"] else ())), True
        )

    def _hold(self, hold: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        yield f"Hold {hold['id']}, {self._who(hold['by'], hold['at'])}", hold["reason"]
        end = hold["released"]
        yield "Released", f"{self._who(end['by'], end['at'])}: {end['text']}" if end else "no, it is in force"

    def _files(self) -> tuple[Block, ...]:
        rows = tuple((f["path"], str(f["size"]), f["sha256"]) for f in self.record["files"])
        return (Grid(("In the package", "Bytes", "SHA-256"), (0.4, 0.12, 0.48), rows),) if rows else ()

    def _history(self) -> Grid:
        rows = tuple(
            (str(e["version"]), self._at(e["at"]), _spaced(e["type"]), self._name(e["by"]), e["platform"], e["hash"])
            for e in self.record["history"]
        )
        header = ("", "When", "What", "Who", "Through", "SHA-256 of the chain")
        return Grid(header, (0.05, 0.16, 0.2, 0.19, 0.1, 0.3), rows)

    def _who(self, email: str, at: str) -> str:
        return f"{self._name(email)}, {self._at(at)}"

    def _name(self, email: str) -> str:
        name = self.record["people"].get(email)
        return f"{name} ({email})" if name else email

    def _at(self, text: str) -> str:
        return stamp(datetime.fromisoformat(text), self.zone)


def _kept(retention: Mapping[str, Any]) -> str:
    until = date.fromisoformat(retention["until"]) if retention["until"] else None
    return retention_said(Retention(retention["authority"], retention["years"], until))


def _filled(rows: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in rows if text)


def _steps(steps: Sequence[Sequence[str]]) -> str:
    return "; then ".join(" or ".join(map(_title, step)) for step in steps) or "none"


def _title(post: str) -> str:
    return parse_post(post).title


def _spaced(name: str) -> str:
    """ "ResponseGiven" as "Response given", "extension_declined" as "Extension declined"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ")
    return words[:1].upper() + words[1:].lower()


def _named(text: str, people: Mapping[str, str]) -> str:
    return re.sub(r"\S+@\S+", lambda found: people.get(found[0].strip(",;."), found[0]), text)
