"""A form shown again after it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from cards.model import Button, ChoiceField, DateField, Field, FileField, MomentField, TextField, ToggleField


def refilled(button: Button, inputs: Mapping[str, object], problem: str) -> Button:
    """The button with its form holding what was entered, and `problem` told above it. Files are not held."""
    if button.form is None:
        return button
    fields = tuple(_filled(field, inputs.get(field.name)) for field in button.form.fields)
    return replace(button, form=replace(button.form, fields=fields, intro=problem))


def _filled(field: Field, value: object) -> Field:
    match field:
        case TextField() | MomentField() | DateField():
            return replace(field, value=str(value or ""))
        case ChoiceField():
            return replace(field, value=tuple(value) if isinstance(value, list) else (str(value or ""),))
        case ToggleField():
            return replace(field, value=value == "true")
        case FileField():
            return field
        case _:
            assert_never(field)
