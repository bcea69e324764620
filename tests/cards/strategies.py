"""Any card at all, for the properties that must hold of every drawing."""

from __future__ import annotations

from hypothesis import strategies as st

from cards.model import (
    Button,
    Buttons,
    Card,
    ChoiceField,
    DateField,
    Entries,
    Entry,
    Facts,
    FileField,
    Form,
    Image,
    MomentField,
    Quote,
    Row,
    Table,
    Text,
    TextField,
    ToggleField,
)

names = st.from_regex(r"[a-z][a-z_]{0,20}", fullmatch=True)
texts = st.text(max_size=60) | st.builds(lambda part, times: part * times, st.text(max_size=20), st.integers(0, 2_000))
choices = st.lists(st.tuples(st.uuids().map(str), st.text(max_size=90)), max_size=150).map(tuple)

fields = st.one_of(
    st.builds(TextField, names, texts, st.booleans(), st.booleans(), texts, texts, st.integers(1, 3_000)),
    st.builds(ChoiceField, names, texts, choices, st.booleans(), st.booleans()),
    st.builds(
        MomentField, names, texts, st.booleans(), st.sampled_from(["", "2026-01-09T17:00", "2026-07-09T17:00-04:00"])
    ),
    st.builds(DateField, names, texts, st.booleans(), st.sampled_from(["", "2026-01-09"])),
    st.builds(ToggleField, names, texts, st.booleans()),
    st.builds(FileField, names, texts, texts, st.booleans()),
)
forms = st.builds(
    Form,
    texts,
    texts,
    st.lists(fields, max_size=5, unique_by=lambda field: field.name).map(tuple),
    texts,
    st.booleans(),
)
args = st.lists(st.tuples(names, st.from_regex(r"[a-z0-9 ]{0,64}", fullmatch=True)), max_size=3).map(tuple)
styles = st.sampled_from(["primary", "danger", "default"])
buttons = st.builds(
    Button, texts, names.map("task.{}".format), st.sampled_from(["", "T-1042"]), args, styles, st.none() | forms
)
entries = st.builds(Entry, texts, texts, st.none() | buttons)
rows = st.builds(Row, st.tuples(texts, texts, texts), st.none() | buttons)
tables = st.builds(
    Table,
    st.tuples(texts, texts, texts),
    st.lists(rows, max_size=5).map(lambda items: tuple(items * 10)),
    st.just((2, 6, 3)),
)
elements = st.one_of(
    st.builds(Text, texts, st.booleans(), st.booleans()),
    st.builds(Quote, texts),
    st.builds(Facts, st.lists(st.tuples(texts, texts), max_size=30).map(tuple)),
    st.builds(Entries, st.lists(entries, max_size=5).map(lambda items: tuple(items * 10))),
    tables,
    st.builds(Image, st.binary(max_size=20_000), texts),
    st.builds(Buttons, st.lists(buttons, max_size=8).map(tuple)),
)
cards = st.builds(Card, texts, st.lists(elements, max_size=8).map(tuple), texts)
