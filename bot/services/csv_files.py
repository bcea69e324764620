"""What every import from CSV has in common: lines and values, columns, and how all that is wrong is said at once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.errors import InvalidInput

#: More problems than this are counted, not listed.
LISTED = 20


def lines(rows: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """The line that each row begins on, and its values; blank rows are left out.

    Raises InvalidInput with the line where the text stops being CSV.
    """
    reader = csv.reader(rows, strict=True)
    begins = 1
    try:
        for values in reader:
            if any(values := [value.replace("\0", "").strip() for value in values]):
                yield begins, values
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(f"line {begins}: this is not CSV, {error}") from error


def wrong_columns(header: Sequence[str], fields: Mapping[str, FieldInfo]) -> list[str]:
    return [
        *(f"“{column}” is not a column; use {', '.join(fields)}" for column in header if column not in fields),
        *(f"the column {c} is missing" for c, f in fields.items() if f.is_required() and c not in header),
        *(f"the column {c} is there twice" for c in fields if header.count(c) > 1),
    ]


def by_column(header: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    if len(values) != len(header):
        raise InvalidInput(f"there are {len(values)} values for {len(header)} columns")
    return dict(zip(header, values, strict=True))


def reason(error: ErrorDetails) -> str:
    message = error["msg"].removeprefix("Value error, ")
    return f"{error['loc'][0]} “{error['input']}”: {message}" if error["loc"] else message


def listed(problems: Sequence[str], count: int | None = None) -> str:
    """The first of the problems, of which there are `count`, as a list."""
    more = (count or len(problems)) - LISTED
    told = [f"- {problem.rstrip('.')}." for problem in problems[:LISTED]]
    told += [f"- And {more} more."] if more > 0 else []
    return "Nothing was imported. Mend this and import again:\n" + "\n".join(told)


# Values


def _filled(text: str) -> str:
    if not text:
        raise ValueError("this can't be empty")
    return text


def _code(text: str) -> str:
    if not text or set(text) & set(";@, \t\n"):
        raise ValueError("a code is a word without spaces, commas, semicolons or @")
    return text


def _address(text: str) -> str:
    name, _, domain = text.partition("@")
    if not name or not domain or "@" in domain or set(text) & set(";, \t\n"):
        raise ValueError("this is not an email address")
    return text.lower()


def several(text: object) -> object:
    """Values between semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip()) if isinstance(text, str) else text


def or_none(text: object) -> object:
    return text or None


Filled: TypeAlias = Annotated[str, AfterValidator(_filled)]
Code: TypeAlias = Annotated[str, AfterValidator(_code)]
Codes: TypeAlias = Annotated[tuple[Code, ...], BeforeValidator(several)]
Address: TypeAlias = Annotated[str, AfterValidator(_address)]
