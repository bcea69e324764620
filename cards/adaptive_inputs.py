"""The inputs of a form as Teams takes them. Field names are their ids; `suffix` tells forms on one card apart."""

from __future__ import annotations

from typing import assert_never

from microsoft_teams.cards.core import CardElement, Choice, ChoiceSetInput, DateInput, TextInput, TimeInput, ToggleInput

from cards.adaptive_text import MAX_LABEL, MAX_TITLE, block, runs
from cards.model import ChoiceField, Choices, DateField, Field, FileField, Form, MomentField, TextField, ToggleField
from cards.room import Room, cut, excerpt, listed

MAX_UNFILTERED = 12  # choices in a plain menu; with more, typing filters them
MISSING = "This is needed."
TIME = "Time"  # beside the day of a moment


def form_body(form: Form, room: Room, suffix: str) -> list[CardElement]:
    body = [block(runs(excerpt(form.intro, room.text)))] if form.intro else []
    for field in form.fields:
        body += _field(field, room, suffix)
    return body


def _field(field: Field, room: Room, suffix: str) -> list[CardElement]:
    match field:
        case TextField():
            return [_text_input(field, room, suffix)]
        case ChoiceField():
            return [_choice_input(field, room, suffix)]
        case MomentField():
            return _moment_inputs(field, suffix)
        case DateField():
            return [_date_input(field, suffix)]
        case ToggleField(name=name, label=label, value=value):
            on = "true" if value else "false"
            title = cut(label, MAX_LABEL)
            return [ToggleInput(id=name + suffix, title=title, value=on, value_on="true", value_off="false", wrap=True)]
        case FileField(label=label, elsewhere=elsewhere):
            told = runs(excerpt(elsewhere, room.text), muted=True)
            return [block(runs(cut(label, MAX_LABEL), bold=True)), block(told, spacing="None")]
        case _:
            assert_never(field)


def _text_input(field: TextField, room: Room, suffix: str) -> CardElement:
    return TextInput(
        id=field.name + suffix,
        label=cut(field.label, MAX_LABEL),
        is_multiline=field.multiline or None,
        max_length=field.limit,
        value=field.value[: min(field.limit, room.text)] or None,
        placeholder=cut(field.hint, MAX_TITLE) if field.hint else None,
        is_required=field.required,
        error_message=MISSING,
    )


def _choice_input(field: ChoiceField, room: Room, suffix: str) -> CardElement:
    label, shown = listed(field, room)
    return ChoiceSetInput(
        id=field.name + suffix,
        label=cut(label, MAX_TITLE),
        choices=_choices(shown),
        style="filtered" if len(shown) > MAX_UNFILTERED else "compact",
        is_multi_select=field.multiple or None,
        value=",".join(field.value) or None,
        wrap=True,
        is_required=field.required,
        error_message=MISSING,
    )


def _choices(choices: Choices) -> list[Choice]:
    return [Choice(title=cut(label, MAX_LABEL), value=value) for value, label in choices]


def _date_input(field: DateField | MomentField, suffix: str) -> CardElement:
    return DateInput(
        id=field.name + suffix,
        label=cut(field.label, MAX_LABEL),
        value=field.value[:10] or None,
        is_required=field.required,
        error_message=MISSING,
    )


def _moment_inputs(field: MomentField, suffix: str) -> list[CardElement]:
    time, needed = field.value[11:16], field.required
    return [
        _date_input(field, suffix),
        TimeInput(
            id=f"{field.name}.time{suffix}",
            label=TIME,
            value=time or None,
            is_required=needed,
            error_message=MISSING,
        ),
    ]
