"""Domain data as JSON knows it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from bot.domain.package import Package
from bot.domain.positions import Post

Json: TypeAlias = dict[str, object]


def plain(value: object) -> object:
    """Posts as `dad@CS`, times in ISO 8601, packages with their SHA-256, other dataclasses as mappings."""
    if isinstance(value, Post):
        return str(value)
    if isinstance(value, Package):
        return {**_mapping(value), "sha256": value.sha256}
    if is_dataclass(value):
        return _mapping(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _mapping(value: object) -> Json:
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]
