"""What the seal of a closed record is taken of: the task's state as text that stays the same (6-5)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass

from bot.domain.task import Task


def sealed_text(task: Task) -> str:
    """The task's state in canonical JSON: keys in order, no spaces, and without the fields that say nothing.

    What is not said is left out so that a field added later leaves the seals of closed records as they are.
    """
    return json.dumps(_said(task), default=str, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def seal_of(task: Task) -> str:
    """SHA-256, in hex, of `sealed_text`."""
    return hashlib.sha256(sealed_text(task).encode()).hexdigest()


def _said(value: object) -> object:
    """Dataclasses as mappings without the fields that hold their default."""
    if isinstance(value, tuple):
        return [_said(item) for item in value]
    if is_dataclass(value):
        held = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _said(item) for field, item in held if field.default is MISSING or item != field.default}
    return value
