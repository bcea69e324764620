"""The organization and its people from CSV files: all of it is read, or all that is wrong in it is said at once."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationError, model_validator

from bot.domain.organization import Component, Kind, Person, Staffing
from bot.domain.organization_messages import ImportDirectory
from bot.domain.positions import parse_post
from bot.errors import InvalidInput
from bot.services.csv_files import (
    Address,
    Code,
    Codes,
    Filled,
    by_column,
    lines,
    listed,
    or_none,
    reason,
    several,
    wrong_columns,
)


def read_directory(files: Sequence[tuple[str, str]], known: Collection[str] | None = None) -> ImportDirectory:
    """Components and people from pairs of file name and text; the header row tells which of the two a file holds.

    `known` holds the codes of components that exist already. With it, a row that names a component which is
    neither there nor in the files is refused here, with its line; without it, whoever applies the import checks.
    Raises InvalidInput that gives file, line and reason for everything that is wrong.
    """
    problems: list[str] = []
    found = [row for name, text in files for row in _read(name, text, problems)]
    problems += _repeated(found)
    if known is not None and not problems:  # a component that was refused would look unknown to every other row
        problems += _unknown(found, known)
    if problems:
        raise InvalidInput(listed(problems))
    items = [row.item for row in found]
    return ImportDirectory(
        tuple(item for item in items if isinstance(item, Component)),
        tuple(item for item in items if isinstance(item, Person)),
        tuple((row.key, name) for row in found if isinstance(row.item, Person) for name in row.untold),
    )


def sample_directory() -> ImportDirectory:
    """The sample agency that comes with the service."""
    folder = resources.files("bot.sample")
    names = ("components.csv", "people.csv")
    return read_directory([(name, (folder / name).read_text("utf-8")) for name in names], known=())


@dataclass(frozen=True, slots=True)
class _Found:
    """A good row. `place` is its file and line, in words; `untold` are the columns that its file does not have."""

    place: str
    item: Component | Person
    untold: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.item.code if isinstance(self.item, Component) else self.item.email

    @property
    def named(self) -> set[str]:
        """The components that the row refers to."""
        if isinstance(self.item, Component):
            return {self.item.parent} - {""}
        posts = {post.component for post in self.item.posts}
        return {self.item.component, *self.item.action_officer_for, *posts} - {""}


def _repeated(found: Sequence[_Found]) -> Iterator[str]:
    first: dict[str, str] = {}
    for row in found:
        if (place := first.setdefault(row.key, row.place)) != row.place:
            yield f"{row.place}: {row.key} is there already, in {place}"


def _unknown(found: Sequence[_Found], known: Collection[str]) -> Iterator[str]:
    codes = {*known, *(row.item.code for row in found if isinstance(row.item, Component))}
    for row in found:
        for code in sorted(row.named - codes):
            yield f"{row.place}: there is no component “{code}”"


# Files and lines


def _read(name: str, text: str, problems: list[str]) -> Iterator[_Found]:
    """The file's good rows; what is wrong with the others is added to `problems`."""
    try:
        rows = lines(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        begins, header = next(rows, (1, []))
        if wrong := _wrong_header(header):
            problems += [f"{name} line {begins}: {reason}" for reason in wrong]
            return
        untold = tuple(column for column in _model(header).model_fields if column not in header)
        for begins, values in rows:
            place = f"{name} line {begins}"
            try:
                yield _Found(place, _item(header, values), untold)
            except ValidationError as error:
                problems += [f"{place}: {reason(e)}" for e in error.errors()]
            except InvalidInput as error:
                problems.append(f"{place}: {error}")
    except InvalidInput as error:
        problems.append(f"{name} {error}")


def _wrong_header(header: list[str]) -> list[str]:
    fields = _model(header).model_fields
    if len({"code", "email"} & set(header)) != 1:
        components, people = (", ".join(model.model_fields) for model in (_Component, _Person))
        return [f"the header must name the columns of components ({components}) or those of people ({people})"]
    return wrong_columns(header, fields)


def _model(header: list[str]) -> type[_Component | _Person]:
    return _Component if "code" in header else _Person


def _item(header: list[str], values: list[str]) -> Component | Person:
    return _model(header).model_validate(by_column(header, values)).item()


# Values


def _position(text: str) -> str:
    try:
        parse_post(text)
    except InvalidInput as error:
        raise ValueError(str(error)) from error
    return text


def _day(text: object) -> object:
    """A day, or a time on it, in ISO 8601; empty for none."""
    if not isinstance(text, str) or not text:
        return text or None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise ValueError("write the day like 2026-01-31") from error


_Positions: TypeAlias = Annotated[tuple[Annotated[str, AfterValidator(_position)], ...], BeforeValidator(several)]
_Day: TypeAlias = Annotated[date | None, BeforeValidator(_day)]


# A row as its columns; a field with a default is a column that may be missing.


class _Component(BaseModel):
    code: Code
    name: Filled
    kind: Kind
    parent: str
    staffing: Annotated[Staffing | None, BeforeValidator(or_none)]

    @model_validator(mode="after")
    def _fits_its_kind(self) -> _Component:
        if (self.kind is Kind.FACILITY) != bool(self.staffing):
            raise ValueError("a facility, and nothing else, has a staffing: ihsc or contract")
        if (self.kind is Kind.AGENCY) == bool(self.parent):
            raise ValueError("every component but the agency has a parent")
        return self

    def item(self) -> Component:
        return Component(self.code, self.name, self.kind, self.parent, self.staffing)


class _Person(BaseModel):
    email: Address
    name: Filled
    component: Code
    positions: _Positions
    action_officer_for: Codes
    trained_on: _Day = None
    ended_on: _Day = None

    def item(self) -> Person:
        posts = dict.fromkeys(parse_post(text, self.component) for text in self.positions)
        appointed = tuple(dict.fromkeys(self.action_officer_for))
        return Person(self.email, self.name, self.component, tuple(posts), appointed, self.trained_on, self.ended_on)
