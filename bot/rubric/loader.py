"""Read Appendix A and the retention schedules from the files an agency edits, and refuse a wrong one whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.domain.organization import Staffing
from bot.domain.positions import POSITION_KEYS
from bot.domain.rubric import SITUATIONS, TASK_TYPES, Case, Gives, Origin, Row, Rubric, Schedule, Scope, Situation
from bot.errors import ConfigurationError

APPENDIX_A = Path(__file__).with_name("appendix_a.toml")
RETENTION = Path(__file__).with_name("retention.toml")
_F = TypeVar("_F", bound=BaseModel)


def load(path: Path | None = None) -> Rubric:
    """The rubric in the file, by default the one of the directive.

    Raises ConfigurationError that names every row and reason.
    """
    path = path or APPENDIX_A
    file = _checked(path, _File, "rubric")
    return Rubric(file.version, {key: file.rows[key].row(key) for key in TASK_TYPES})


def load_retention(path: Path | None = None) -> dict[str, Schedule]:
    """The schedule of each task type, by default the file without any approved one.

    Raises ConfigurationError that names every row and reason.
    """
    rows = _checked(path or RETENTION, _Schedules, "retention file").rows
    return {key: Schedule(rows[key].authority, rows[key].years, rows[key].approved) for key in TASK_TYPES}


def _checked(path: Path, kind: type[_F], what: str) -> _F:
    content = _content(path, what)
    strays = _strays(content.get("rows"))
    try:
        file = kind.model_validate(content)
    except ValidationError as error:
        raise _wrong(path, what, [*strays, *map(_problem, error.errors())]) from error
    if strays:
        raise _wrong(path, what, strays)
    return file


def _content(path: Path, what: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"The {what} {path} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(path, what, [f"it is not TOML in UTF-8, {error}"]) from error


def _strays(rows: object) -> list[str]:
    """Task types that are missing, and rows that are none."""
    if not isinstance(rows, dict):
        return []
    missing = [f"row {key} is missing" for key in TASK_TYPES if key not in rows]
    return missing + [f"row {key}: this is not a task type" for key in rows if key not in TASK_TYPES]


def _wrong(path: Path, what: str, problems: Iterable[str]) -> ConfigurationError:
    return ConfigurationError(f"The {what} {path} is wrong:\n" + "\n".join(f"- {problem}." for problem in problems))


def _problem(error: ErrorDetails) -> str:
    """One of pydantic's errors in words an editor of the file knows."""
    *where, last = error["loc"]
    if error["type"] == "extra_forbidden":
        return f"{_place(where)}“{last}” is not a field here"
    if error["type"] == "missing":
        return f"{_place(where)}“{last}” is missing"
    return f"{_place(error['loc'])}{error['msg'].removeprefix('Value error, ')}"


def _place(loc: Sequence[int | str]) -> str:
    """Names down to the field, and the case, counted from one: "row oig-audit, officers, case 2, steps: "."""
    match loc:
        case ["rows", row, str(column), int(case), *rest] if column in {"officers", "clearance"}:
            names = [f"row {row}", column, f"case {case + 1}", *rest]
        case ["rows", row, *rest]:
            names = [f"row {row}", *rest]
        case _:
            names = list(loc)
    words = ", ".join(name for name in names if isinstance(name, str))
    return f"{words}: " if words else ""


def _position(key: str) -> str:
    if key not in POSITION_KEYS:
        raise ValueError(f"“{key}” is not a position; use one of {', '.join(sorted(POSITION_KEYS))}")
    return key


def _some(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise ValueError("a list is empty")
    if len(set(values)) < len(values):
        raise ValueError(f"a list names something twice: {', '.join(values)}")
    return values


_Text = Annotated[str, Field(min_length=1)]
_Position = Annotated[str, AfterValidator(_position)]
_Step = Annotated[tuple[_Position, ...], AfterValidator(_some)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class _Case(_Strict):
    scope: Scope | None = None
    origin: Origin | None = None
    staffing: Staffing | None = None
    steps: tuple[_Step, ...] = ()
    gives: str | None = None

    @model_validator(mode="after")
    def _either(self) -> _Case:
        if bool(self.steps) == bool(self.gives):
            raise ValueError("a case has either steps or gives, and not both")
        return self

    def case(self) -> Case:
        return Case(self.steps, Gives(self.gives or Gives.STEPS), self.scope, self.origin, self.staffing)


class _Officers(_Case):
    gives: Literal["varies"] | None = None


class _Clearance(_Case):
    gives: Literal["tbd", "informational", "facility"] | None = None


_C = TypeVar("_C", bound=_Case)


def _complete(cases: tuple[_C, ...]) -> tuple[_C, ...]:
    """Every situation has a case and every case a situation; only a missing facility may be waited for."""
    counting = {situation: _counting(cases, situation) for situation in SITUATIONS}
    problems = [f"no case for {_words(situation)}" for situation, index in counting.items() if index is None]
    problems += [
        f"case {index + 1} can never count, those before it always hold first"
        for index in range(len(cases))
        if index not in counting.values()
    ]
    problems += [
        f"case {index + 1} waits for the facility in {_words(situation)}, where there is none to wait for"
        for situation, index in counting.items()
        if index is not None and cases[index].gives == "facility" and not _waits(situation)
    ]
    if problems:
        raise ValueError("; ".join(problems))
    return cases


def _counting(cases: Sequence[_Case], situation: Situation) -> int | None:
    return next((index for index, case in enumerate(cases) if case.case().holds(situation)), None)


def _waits(situation: Situation) -> bool:
    return situation.scope is Scope.FIELD and situation.staffing is None


def _words(situation: Situation) -> str:
    facility = f"staffing {situation.staffing}" if situation.staffing else "no facility known"
    return f"scope {situation.scope}, origin {situation.origin}, {facility}"


class _Row(_Strict):
    label: _Text
    name: _Text
    authority: _Text
    requestors: Annotated[tuple[_Text, ...], AfterValidator(_some)]
    officers_text: _Text
    officers: Annotated[tuple[_Officers, ...], AfterValidator(_complete)]
    awareness: tuple[_Position, ...] = ()
    clearance_text: _Text
    clearance: Annotated[tuple[_Clearance, ...], AfterValidator(_complete)]

    def row(self, key: str) -> Row:
        return Row(
            key,
            self.label,
            self.name,
            self.authority,
            self.requestors,
            tuple(case.case() for case in self.officers),
            tuple(case.case() for case in self.clearance),
            self.awareness,
            self.officers_text,
            self.clearance_text,
        )


class _File(_Strict):
    version: _Text
    rows: dict[str, _Row]


class _Schedule(_Strict):
    authority: str = ""
    years: Annotated[int, Field(ge=0, le=1000, strict=True)] = 0
    approved: Annotated[bool, Field(strict=True)]

    @model_validator(mode="after")
    def _whole(self) -> _Schedule:
        if self.approved and not (self.authority and self.years):
            raise ValueError("an approved schedule has an authority, and years of at least 1")
        return self


class _Schedules(_Strict):
    rows: dict[str, _Schedule]
