"""The forms of English verbs, so that a table need not list "chases", "chasing" and "chased" beside "chase"."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: What no rule makes; the rest of a verb is regular.
PAST: dict[str, str] = {
    "bring": "brought",
    "come": "came",
    "deal": "dealt",
    "dig": "dug",
    "drive": "drove driven",
    "fall": "fell fallen",
    "find": "found",
    "get": "got gotten",
    "give": "gave given",
    "go": "went gone",
    "hit": "hit",
    "hold": "held",
    "keep": "kept",
    "lead": "led",
    "leave": "left",
    "let": "let",
    "make": "made",
    "mean": "meant",
    "put": "put",
    "read": "read",
    "run": "ran",
    "say": "said",
    "see": "saw seen",
    "send": "sent",
    "set": "set",
    "show": "showed shown",
    "sit": "sat",
    "slip": "slipped",
    "split": "split",
    "stand": "stood",
    "stick": "stuck",
    "take": "took taken",
    "tell": "told",
    "write": "wrote written",
}
_ONE_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][bdgmnprt]")
#: Longer verbs that double their last letter.
_DOUBLED = frozenset({"submit", "permit", "refer", "defer", "commit"})


def inflected(verb: str, past: bool) -> Iterator[str]:
    """The verb, its "-s" and "-ing", and what is past where that is wanted."""
    yield verb
    yield f"{_before_s(verb)}s"
    stem = _stem(verb)
    yield f"{stem[:-2]}ying" if stem.endswith("ie") else f"{_without_e(stem)}ing"
    if past:
        yield from PAST.get(verb, _regular_past(verb, stem)).split()


def _before_s(verb: str) -> str:
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ie"
    return f"{verb}e" if re.search(r"(?:s|x|z|ch|sh|[^o]o)$", verb) else verb


def _stem(verb: str) -> str:
    doubles = _ONE_SYLLABLE.fullmatch(verb) or verb in _DOUBLED
    return verb + verb[-1] if doubles else verb


def _without_e(stem: str) -> str:
    return stem[:-1] if re.search(r"[^eo]e$", stem) else stem


def _regular_past(verb: str, stem: str) -> str:
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{stem}d" if stem.endswith("e") else f"{stem}ed"
