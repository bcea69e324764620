"""The way back from a press, with what its form asked, to the command it means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, date, datetime, tzinfo
from typing import get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from bot.domain.messages import Command
from bot.domain.organization_messages import OrganizationCommand
from bot.domain.package import FileRef
from bot.domain.positions import Post, parse_post
from bot.errors import InvalidInput, Rejected
from cards.actions import COMMANDS
from cards.organization_forms import ORGANIZATION_COMMANDS
from cards.payload import Press

NO_LONGER = "This button is no longer valid; ask for the task's status to see where it stands."


def kind_of(action: str) -> type[Command] | type[OrganizationCommand] | None:
    """The command that an action means."""
    return COMMANDS.get(action) or ORGANIZATION_COMMANDS.get(action)


def to_command(press: Press, inputs: Mapping[str, object], zone: tzinfo) -> Command | OrganizationCommand:
    """The command that a button and its form mean. Moments without an offset are in `zone`.

    Raises InvalidInput that names the field, or Rejected for a button that no longer exists.
    """
    kind = kind_of(press.action)
    if kind is None:
        raise Rejected(NO_LONGER)
    values = {name: value for name, value in inputs.items() if value is not None} | press.args
    for name, hint in get_type_hints(kind).items():
        if name in values:
            values[name] = _entered(values[name], hint, name, zone)
    told = {name: value for name, value in values.items() if name in kind.__dataclass_fields__}
    try:
        command: Command | OrganizationCommand = TypeAdapter(kind).validate_python(told)
    except ValidationError as error:
        named = str(error.errors()[0]["loc"][0])
        if named in press.args:
            raise Rejected(NO_LONGER) from error
        raise InvalidInput("Fill this in as the form asks.", field=named) from error
    return command


def _entered(value: object, hint: object, name: str, zone: tzinfo) -> object:
    """What has to be made of a text first: a moment, a day, a post."""
    if datetime in (hint, *get_args(hint)):
        return None if value == "" and hint is not datetime else _moment(value, name, zone)
    if hint is date:
        return _day(value, name)
    if hint is Post:
        return parse_post(str(value))
    if hint == tuple[FileRef, ...] and not _stored(value):
        raise InvalidInput("Send the file itself.", field=name)
    return value


def _stored(value: object) -> bool:
    """Whether an adapter put these files in the store; one that is only described was never checked."""
    return isinstance(value, tuple) and all(isinstance(file, FileRef) for file in value)


def _day(value: object, name: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInput("Enter a day.", field=name) from error


def _moment(value: object, name: str, zone: tzinfo) -> datetime:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInput("Enter a date and a time.", field=name) from error
    if at.year == MAXYEAR:  # in another time zone it may be after the last there is
        raise InvalidInput("That is too far ahead; enter an earlier time.", field=name)
    return at if at.tzinfo else at.replace(tzinfo=zone)
