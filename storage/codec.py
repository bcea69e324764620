"""State and events to canonical JSON text and back. Old event names must decode for ever."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import TypeAdapter

from bot.domain.messages import Event
from bot.domain.organization_messages import OrganizationEvent

TYPES: dict[str, type[Any]] = {t.__name__: t for t in (*get_args(Event), *get_args(OrganizationEvent))}


#: Built once a type: building one costs more than using it.
_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def dump(value: object) -> str:
    """The canonical text of a dataclass: what is stored is what is hashed."""
    kind: type[Any] = type(value)
    return adapter(kind).dump_json(value).decode()


def load(kind: type[Any], text: str) -> Any:
    return adapter(kind).validate_json(text)


def decode_event(name: str, text: str) -> Any:
    return load(TYPES[name], text)
