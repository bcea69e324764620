"""History from another system, from CSV: read row by row into one transaction, so that any bad row undoes it all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, StringConstraints, ValidationError

from bot.domain.entered import TEXT_LIMIT
from bot.domain.evolve import evolve
from bot.domain.messages import Imported, Manner, Priority, Request, TaskImported
from bot.domain.organization import Organization
from bot.domain.organization_messages import OPERATOR
from bot.domain.positions import parse_post
from bot.domain.routing import post_for
from bot.domain.rubric import Origin, Rubric, Scope
from bot.domain.task import OPEN, Status, Task
from bot.errors import InvalidInput
from bot.ports.storage import Store, UnitOfWork
from bot.services.csv_files import (
    LISTED,
    Address,
    Codes,
    Filled,
    by_column,
    lines,
    listed,
    reason,
    several,
    wrong_columns,
)

T = TypeVar("T")
#: Rows that are looked up and written together.
BATCH = 2_000
PLATFORM = "command line"


@dataclass(slots=True)
class Imports:
    """How many tasks an import made and changed, and how many were just as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Importer:
    """`zone` is that of times without one."""

    store: Store
    rubric: Rubric
    clock: Callable[[], datetime]
    zone: tzinfo

    async def __call__(self, name: str, text: Iterable[str]) -> Imports:
        """Import a file. Raises InvalidInput with line and reason for what is wrong, and changes nothing then."""
        return await self.store.write(lambda uow: self._import(uow, name, text))

    def _import(self, uow: UnitOfWork, name: str, text: Iterable[str]) -> Imports:
        rows = _Rows(name, self.rubric, self.zone, uow.organization())
        done, at = Imports(), self.clock()
        for batch in _batches(rows.read(text)):
            events = [(place, TaskImported(OPERATOR, at, *row)) for place, row in batch]
            held = uow.held([event.number for _, event in events])
            fresh = [event for _, event in events if event.number not in held]
            known = [(place, event, held[event.number]) for place, event in events if event.number in held]
            done.changed += sum(self._again(uow, *one, rows) for one in known)
            done.same += len(known)
            done.new += len(fresh)
            if not rows.problems:
                uow.record_imported([(evolve(None, event), event) for event in fresh], PLATFORM)
        if rows.problems:
            raise InvalidInput(listed(rows.problems, rows.wrong))
        done.same -= done.changed
        return done

    def _again(self, uow: UnitOfWork, place: str, event: TaskImported, before: Task | None, rows: _Rows) -> bool:
        """Whether a row changed what an earlier one said; told as a problem where that is not its own any more."""
        if before is None or before.imported is None:
            rows.refuse(place, f"{event.number} was given to a task here already")
            return False
        said = next(e for e in reversed(uow.history(event.number)) if isinstance(e, TaskImported))
        if (said.request, said.imported) == (event.request, event.imported):
            return False
        if before.as_imported is None:
            rows.refuse(place, f"{event.number} was adopted here since, so no import changes it")
            return False
        uow.record(before, evolve(before, event), [event], PLATFORM)
        return True


_Said: TypeAlias = tuple[str, Request, Imported]


@dataclass(slots=True)
class _Rows:
    """Reads rows; `problems` are the first that are wrong, `wrong` counts them all."""

    name: str
    rubric: Rubric
    zone: tzinfo
    organization: Organization
    problems: list[str] = field(default_factory=list)
    wrong: int = 0
    seen: set[str] = field(default_factory=set)
    posts: dict[tuple[str, str], str] = field(default_factory=dict)

    def refuse(self, place: str, why: str) -> None:
        self.wrong += 1
        if len(self.problems) < LISTED:
            self.problems.append(f"{place}: {why}")

    def read(self, text: Iterable[str]) -> Iterator[tuple[str, _Said]]:
        """The place and what it says of every good row."""
        try:
            rows = lines(text)
            begins, header = next(rows, (1, []))
            header = [column.removeprefix("\ufeff") for column in header]
            if wrong := wrong_columns(header, _Row.model_fields):
                for why in wrong:
                    self.refuse(f"{self.name} line {begins}", why)
                return
            for begins, values in rows:
                place = f"{self.name} line {begins}"
                try:
                    yield place, self._said(_Row.model_validate(by_column(header, values)))
                except ValidationError as error:
                    for one in error.errors():
                        self.refuse(place, reason(one))
                except InvalidInput as error:
                    self.refuse(place, str(error))
        except InvalidInput as error:
            self.refuse(self.name, str(error))

    def _said(self, row: _Row) -> _Said:
        """Raises InvalidInput for what names nothing that is known, or says two things."""
        self._check(row)
        received, due, transmitted, closed = map(
            self._at, (row.received_at, row.due_at, row.transmitted_at, row.closed_at)
        )
        assert received
        assert due
        for column, at in (("due_at", due), ("transmitted_at", transmitted), ("closed_at", closed)):
            if at and at < received:
                raise InvalidInput(f"{column} is before received_at")
        request = Request(
            row.task_type,
            row.subject,
            "",
            row.requestor,
            row.scope,
            row.facility,
            row.origin,
            row.manner,
            row.priority,
            row.ses,
            received,
            due,
        )
        where = (*row.components, row.facility)[0]
        waiting = tuple(self._whom(text, where, received) for text in row.waiting_on)
        told = Imported(row.status.value, row.components, row.action_officers, waiting, transmitted, closed)
        return row.number, request, told

    def _check(self, row: _Row) -> None:
        if row.number in self.seen:
            raise InvalidInput(f"{row.number} is in the file already")
        self.seen.add(row.number)
        if row.task_type not in self.rubric.rows:
            raise InvalidInput(f"“{row.task_type}” is not a task type of Appendix A")
        for code in (*row.components, *((row.facility,) if row.facility else ())):
            if code not in self.organization.components:
                raise InvalidInput(f"there is no component “{code}”")
        if row.transmitted_at and row.status in OPEN:
            raise InvalidInput(f"what is {row.status} has no transmitted_at")
        if row.closed_at and row.status not in {Status.CLOSED, Status.WITHDRAWN}:
            raise InvalidInput(f"what is {row.status} has no closed_at")

    def _at(self, at: datetime | None) -> datetime | None:
        return at if at is None or at.tzinfo else at.replace(tzinfo=self.zone)

    def _whom(self, text: str, where: str, on: datetime) -> str:
        """Whose turn it is, as tasks are linked to it: an email, or the post that a position means there."""
        if (text, where) not in self.posts:
            self.posts[text, where] = self._post(text, where, on)
        return self.posts[text, where]

    def _post(self, text: str, where: str, on: datetime) -> str:
        if "." in text.partition("@")[2]:
            return text.lower()
        post = parse_post(text)
        if post.component and post.component not in self.organization.components:
            raise InvalidInput(f"there is no component “{post.component}”")
        return str(post_for(text, where, self.organization, on.date()) or post)


def _batches(rows: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


# A row as its columns; a field with a default is a column that may be missing.


def _number(text: str) -> str:
    if not re.fullmatch(r"T-[1-9]\d{0,11}", text):
        raise ValueError("a number is like T-1042")
    return text


def _moment(text: object) -> object:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) and text else text or None
    except ValueError as error:
        raise ValueError("write the time like 2026-01-31T14:00-05:00") from error


def _truth(text: object) -> object:
    if text not in {"true", "false"}:
        raise ValueError("this is true or false")
    return text == "true"


def _status(status: Status) -> Status:
    if status in {Status.RECEIVED, Status.BY_EMAIL}:
        raise ValueError("what is imported is logged, and not coordinated by email")
    return status


_Brief: TypeAlias = Annotated[Filled, StringConstraints(max_length=TEXT_LIMIT)]
_Moment: TypeAlias = Annotated[datetime, BeforeValidator(_moment)]
_Moments: TypeAlias = Annotated[datetime | None, BeforeValidator(_moment)]


class _Row(BaseModel):
    number: Annotated[str, AfterValidator(_number)]
    task_type: str
    subject: _Brief
    requestor: _Brief
    origin: Origin
    scope: Scope
    facility: str = ""
    manner: Manner
    priority: Priority
    ses: Annotated[bool, BeforeValidator(_truth)]
    received_at: _Moment
    due_at: _Moment
    status: Annotated[Status, AfterValidator(_status)]
    components: Codes = ()
    action_officers: Annotated[tuple[Address, ...], BeforeValidator(several)] = ()
    waiting_on: Annotated[tuple[str, ...], BeforeValidator(several)] = ()
    transmitted_at: _Moments = None
    closed_at: _Moments = None
