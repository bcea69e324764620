"""The words of a text as they are looked for, whoever wrote them."""

from __future__ import annotations

import re
import unicodedata

#: Characters of a word that are looked at.
MOST = 64
_WORD = re.compile(r"\w+")


def words_in(text: str) -> tuple[str, ...]:
    """Letters and digits in lower case and without accents: "X-ray, José" has x, ray and jose. Each word once."""
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return tuple(dict.fromkeys(word[:MOST] for word in _WORD.findall(plain)))


def stem(word: str) -> str:
    """What a word begins with, of one or of several: "strikes" as "strike"."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
