"""The record of a task as one JSON document (4-4, 6-5, section 10); `record.schema.json` says what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.domain.messages import (
    Basis,
    ComponentCleared,
    ComponentReturned,
    EmailTaskLogged,
    Event,
    PartHandedBack,
    RecordSupplemented,
    ResponseConsolidated,
    ResponseGiven,
    ResponseReturned,
    StepCleared,
    StepReturned,
    TaskClosed,
)
from bot.domain.organization import Acting, Delegation
from bot.domain.package import FileRef, Package
from bot.domain.positions import Post
from bot.domain.sealing import sealed_text
from bot.domain.supplementing import supplement_text
from bot.domain.task import Sending, Supplement, Task
from bot.record.chain import Entry
from bot.record.examine import files_of, states
from bot.record.plain import Json, plain

T = TypeVar("T")
FORMAT = "taskings-record-1"


@dataclass(frozen=True, slots=True)
class Known:
    """What the organization knew when the task last changed: names by email, and all authority ever passed on."""

    names: Mapping[str, str] = field(default_factory=dict)
    acting: Mapping[int, Acting] = field(default_factory=dict)
    delegations: Mapping[int, Delegation] = field(default_factory=dict)


def record_of(entries: Sequence[Entry], events: Sequence[Event], known: Known) -> Json:
    """The record of a task with at least one event, of which `entries` are the texts."""
    after = states(events)
    task = after[-1]
    return {
        "format": FORMAT,
        "task": task.number,
        "status": task.status.value,
        "seal": _seal(task),
        "retention": plain(task.retention),
        "holds": plain(task.holds),
        "request": {
            **_mapping(task.request),
            "logged_by": task.manager,
            "logged_at": task.logged_at.isoformat(),
            "corrections": plain(task.corrections),
        },
        "routing": _routing(task),
        "assignments": plain(task.assignments),
        "responses": [response for event in events for response in _responses(event)],
        "clearances": [c for number, event in enumerate(events, 1) for c in _clearances(event, number, task, known)],
        "returns": [_returned(event) for event in events if isinstance(event, _RETURNS)],
        "transmissions": [plain(sent) for sent in _each(after, lambda task: task.transmission)],
        "attempts": [plain(mail) for mail in _each(after, lambda task: task.mailing) if mail.state in _NOT_SENT],
        "copies": plain(task.copies),
        "comments": plain(task.comments),
        "files": [{**_mapping(file), "path": path_of(file)} for file in files_of(of_the_task(events))],
        "supplements": [_supplement(number, s) for number, s in enumerate(task.supplements, start=1)],
        "history": [_entry(entry, event) for entry, event in zip(entries, events, strict=True)],
        "people": dict(sorted(known.names.items())),
    }


def sealed(events: Sequence[Event]) -> str:
    """The text that the seal of a closed task is the SHA-256 of; empty where there is no seal."""
    after = states(events)
    if not after[-1].seal:
        return ""
    closed = max(index for index, event in enumerate(events) if isinstance(event, TaskClosed))
    return sealed_text(after[closed - 1])


def path_of(file: FileRef, folder: str = "files") -> str:
    """Where a file is in the package: two of one name are told apart by what is in them."""
    return f"{folder}/{file.sha256[:12]}-{file.name}"


def of_the_task(events: Sequence[Event]) -> tuple[Event, ...]:
    """What belongs to the record itself, and not to a supplement of it."""
    return tuple(event for event in events if not isinstance(event, RecordSupplemented))


def supplements(events: Sequence[Event]) -> Iterator[tuple[str, str, tuple[FileRef, ...]]]:
    """Of each supplement its folder in the package, the text that its seal is the SHA-256 of, and its files."""
    after = states(events)
    added = [(before, e) for before, e in zip(after, events[1:], strict=False) if isinstance(e, RecordSupplemented)]
    for number, (before, event) in enumerate(added, start=1):
        yield _folder(number), supplement_text(before, event), event.package.files


def _folder(number: int) -> str:
    return f"supplements/{number}"


def _supplement(number: int, added: Supplement) -> Json:
    folder = _folder(number)
    files = [{**_mapping(file), "path": path_of(file, folder)} for file in added.package.files]
    about: Json = {"by": added.by, "at": added.at.isoformat(), "text": added.package.text, "files": files}
    return about | {"seal": added.seal, "path": f"{folder}/sealed.json"}


def _mapping(value: object) -> Json:
    found = plain(value)
    assert isinstance(found, dict)
    return found


def _seal(task: Task) -> Json | None:
    if not task.seal or task.closed_at is None:
        return None
    return {"sha256": task.seal, "closed_by": task.closed_by, "closed_at": task.closed_at.isoformat()}


def _routing(task: Task) -> Json | None:
    """Appendix A in the version cited, unless guidance overrode it, which is then the authority (Appendix A, *)."""
    if task.routing is None:
        return None
    rests_on = task.routing.authority or f"Appendix A, {task.routing.rubric}"
    return {**_mapping(task.routing), "rests_on": rests_on}


def _responses(event: Event) -> Iterator[Json]:
    match event:
        case ResponseGiven(assignment=number, package=package, reason=reason):
            yield _response(event, "response", number, package) | {"reason": reason}
        case PartHandedBack(assignment=number, package=package):
            yield _response(event, "piece", number, package)
        case ResponseConsolidated(package=package):
            yield _response(event, "final", None, package)
        case EmailTaskLogged(package=package):
            yield _response(event, "email", None, package)
        case _:
            pass


def _response(event: Event, kind: str, assignment: int | None, package: Package) -> Json:
    given = _mapping(package)
    given["files"] = [{**_mapping(file), "path": path_of(file)} for file in package.files]
    return {"kind": kind, "by": event.by, "at": event.at.isoformat(), "assignment": assignment, **given, "reason": ""}


def _clearances(event: Event, version: int, task: Task, known: Known) -> Iterator[Json]:
    match event:
        case ComponentCleared(post=post, package=package, basis=basis, assignment=number):
            where: Json = {"level": "division", "assignment": number, "round": None, "step": None, "own": False}
            yield _cleared(event, version, package) | where | _authority(post, basis, task, known)
        case StepCleared(post=post, package=package, basis=basis):
            where = {"level": "final", "assignment": None, "round": event.round, "step": event.step, "own": event.own}
            yield _cleared(event, version, package) | where | _authority(post, basis, task, known)
        case EmailTaskLogged(package=sent, cleared_by=by, cleared_at=at, evidence=evidence):
            where = {"level": "attested", "assignment": None, "round": None, "step": None, "own": False}
            rests: Json = {"post": None, "title": "", "held": "attested", "passed_on": None}
            attested = f"attested by {event.by} on {evidence}"
            about = {"by": by, "at": at.isoformat(), "rests_on": attested}
            yield _cleared(event, version, sent.sha256) | where | rests | about
        case _:
            pass


def _cleared(event: Event, version: int, package: str) -> Json:
    return {"event": version, "by": event.by, "at": event.at.isoformat(), "package": package}


def _authority(post: Post, basis: Basis | None, task: Task, known: Known) -> Json:
    """As what somebody cleared, and what that rests on (4-7): their own post, an appointment to act, a delegation."""
    found: Json = {"post": str(post), "title": post.title, "held": "own", "passed_on": None}
    named = f"Appendix A, {task.routing.rubric}" if task.routing else "Appendix A"
    if task.routing and task.routing.authority:
        named = task.routing.authority
    if basis is None:
        return found | {"rests_on": f"holds the position {post.title}, which {named} gives the clearance to"}
    passed = known.acting.get(basis.id) if basis.acting else known.delegations.get(basis.id)
    how = "acting as" if basis.acting else "by delegation of clearance authority as"
    rests_on = f"{how} {post.title}, given by {basis.giver} on {basis.since.isoformat()}, under {named}"
    held = "acting" if basis.acting else "delegated"
    return found | {"held": held, "passed_on": {**_mapping(basis), "as_given": plain(passed)}, "rests_on": rests_on}


_RETURNS = (ComponentReturned, ResponseReturned, StepReturned)


def _returned(event: ComponentReturned | ResponseReturned | StepReturned) -> Json:
    return {
        "by": event.by,
        "at": event.at.isoformat(),
        "comment": event.comment,
        "assignment": None if isinstance(event, StepReturned) else event.assignment,
        "post": None if isinstance(event, ResponseReturned) else str(event.post),
        "package": None if isinstance(event, ResponseReturned) else event.package,
    }


#: Emails that did not go out, or of which that is not known: the others are transmissions in the end.
_NOT_SENT = frozenset({Sending.FAILED, Sending.UNCONFIRMED})


def _each(after: Sequence[Task], of: Callable[[Task], T | None]) -> Iterator[T]:
    """Every value that a field of the task ever had, in the order in which it had them."""
    before: T | None = None
    for task in after:
        value = of(task)
        if value is not None and value != before:
            yield value
        before = value


def _entry(entry: Entry, event: Event) -> Json:
    said = _mapping(event)
    by = said.pop("by")
    del said["at"]
    about: Json = {"version": entry.version, "type": entry.type, "by": by, "at": entry.at.isoformat()}
    return about | {"platform": entry.platform, "hash": entry.hash, "said": said}
