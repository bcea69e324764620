"""A text as plain words: small letters without accents, contractions and abbreviations written out, no articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import TypeAlias

from bot.conversation.inflection import inflected

Phrase: TypeAlias = tuple[str, ...]

#: What stands for a possessive "'s", which may also be an "is".
OWNS = "'s"
_WRITTEN_OUT = (
    (r"\byet to\b", "not"),
    (r"\b(?:whole|entire) (?=(?:day|week|month|quarter|year|fiscal)\b)", ""),
    (r"\bcompare (.+?) to\b", r"\1 versus"),
    (r"\bfirst of (?=the month\b|[jfmasond][a-z]{2,8}\b)", "1 "),
    (
        r"(?<!day )(?<!day, )\bthe (\d{1,2})(?:st|nd|rd|th)\b"
        r"(?! (?:of|and|to|through|until|quarter|week|half|day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
        r"day\1",
    ),
    (r"\b(?:this (?:morning|afternoon|evening)|tonight|2nite)\b", "today"),
    (r"\bovernight\b", "since yesterday"),
    (r"\bno\.\s*(?=\d)", "number "),
    (r"\ba couple (?:of )?", "2 "),
    (r"\ban? (?=(?:hour|day|week|month|quarter|year|business day|working day)\b)", "1 "),
    (r"\bw/o\b", "without "),
    (r"\bw/", "with "),
    (r"\bb/w\b", "between "),
    (r"&", " and "),
    (r"\s/\s", " or "),
    (r"\bbus\.? (?=days?\b)", "business "),
    (
        r"\b(who|what|it|that|he|she)'?s (?=(?:got|been|had|gone|come|sent|asked|slipped|missed|passed|left)\b)",
        r"\1 has ",
    ),
    (r"%", " percent "),
    (r"#\s*(?=\d)", "t-"),
    (r"\bt[\s_](?=\d{4})", "t-"),
    (r"\b(ca|wo)n't\b", "not"),
    (r"n't\b", " not"),
    (r"\bnot ((?:due|wanted|needed|expected|owed)(?: back)?) (?:until|till|til|before) after\b", r"\1 after"),
    (r"\bnot ((?:due|wanted|needed|expected|owed)(?: back)?) (?:until|till|til|before)\b", r"\1 from"),
    (r"\b(what|where|who|how|when|that|there)'?s\b", r"\1 is"),
    (r"\b(it|here)'s\b", r"\1 is"),
    (r"'re\b", " are"),
    (r"'m\b", " am"),
    (r"'ve\b", " have"),
    (r"'ll\b", " will"),
    (r"'d\b", " would"),
    (r"s'(?=\s|$)", f"s {OWNS}"),
    (r"'s\b", f" {OWNS}"),
    (r"\b(\w)\.(\w)\.(?:(\w)\.)?", r"\1\2\3"),
    (r"(?<=\d)(st|nd|rd|th)\b", ""),
    (r"'(?!s\b)", ""),
)
#: What needs nothing written out, as nearly all of our own tables.
_PLAIN = re.compile(
    r"(?!.*\b(?:a|an|until|til|till|morning|afternoon|evening|tonight|overnight|first|whats|whos|compare|whole|entire)\b)"
    r"(?:[a-z]+(?:-[a-z]+)*(?: |$))+"
)
_WORD = re.compile(r"[;,]|'s|[^\s,;!?()\[\]{}“”\"*_<>]+")
#: Articles, and words that only colour a verb: "has not yet been assigned" is "has not assigned".
_DROPPED = frozenset(
    ("the", "a", "an", "been", "being", "yet", "already", "actually", "really", "currently", "ever", "even")
)
#: What offices write short, as the words it stands for.
ABBREVIATIONS: dict[str, str] = {
    "w": "with",
    "r": "are",
    "hw": "how",
    "goin": "going",
    "decs": "declarations",
    "tb": "tuberculosis",
    "tmrw": "tomorrow",
    "tmw": "tomorrow",
    "tomo": "tomorrow",
    "tmr": "tomorrow",
    "2day": "today",
    "2morrow": "tomorrow",
    "yday": "yesterday",
    "yest": "yesterday",
    "nxt": "next",
    "lst": "last",
    "wk": "week",
    "wks": "weeks",
    "mth": "month",
    "mths": "months",
    "mo": "month",
    "mos": "months",
    "yr": "year",
    "yrs": "years",
    "qtr": "quarter",
    "hr": "hour",
    "hrs": "hours",
    "biz": "business",
    "od": "overdue",
    "pastdue": "past due",
    "aint": "not",
    "till": "until",
    "stil": "still",
    "wich": "which",
    "whcih": "which",
    "waht": "what",
    "teh": "the",
    "hte": "the",
    "thier": "their",
    "taht": "that",
    "shwo": "show",
    "giv": "give",
    "hav": "have",
    "mny": "many",
    "evrything": "everything",
    "anythng": "anything",
    "somthing": "something",
    "becuase": "because",
    "w/in": "within",
    "b4": "before",
    "cong": "congressional",
    "congr": "congressional",
    "congs": "congressionals",
    "reqs": "requests",
    "req": "request",
    "rqst": "request",
    "rqsts": "requests",
    "nlt": "no later than",
    "thru": "through",
    "til": "until",
    "div": "division",
    "divs": "divisions",
    "fac": "facility",
    "facs": "facilities",
    "ao": "action officer",
    "aos": "action officers",
    "avg": "average",
    "pct": "percent",
    "med": "medical",
    "recs": "records",
    "resp": "response",
    "recd": "received",
    "rcvd": "received",
    "xmitted": "transmitted",
    "ack": "acknowledged",
    "ackd": "acknowledged",
    "unack": "unacknowledged",
    "unackd": "unacknowledged",
    "ext": "extension",
    "prio": "priority",
    "pri": "priority",
    "msgs": "messages",
    "admin": "administration",
    "em": "them",
    "thats": "that is",
    "theres": "there is",
    "theyre": "they are",
    "weve": "we have",
    "whos": "who is",
    "wheres": "where is",
    "whats": "what is",
    "hows": "how is",
    "whens": "when is",
    "im": "i am",
    "ive": "i have",
    "dont": "not",
    "doesnt": "not",
    "isnt": "not",
    "arent": "not",
    "wasnt": "not",
    "werent": "not",
    "hasnt": "not",
    "havent": "not",
    "didnt": "not",
    "cant": "not",
    "wont": "not",
    "cannot": "not",
    "versus": "vs",
    "v": "vs",
    "pls": "please",
    "plz": "please",
    "u": "you",
    "ur": "your",
    "thx": "thanks",
    "ty": "thanks",
    "gimme": "give me",
    "lemme": "let me",
    "wanna": "want to",
    "gonna": "going to",
    "gotta": "have to",
    "rn": "right now",
    "ytd": "year to date",
    "mtd": "month to date",
    "fytd": "fiscal year to date",
    "qtd": "quarter to date",
}
#: Not "one", which also stands for a task.
_NUMERALS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ABBREVIATIONS |= {word: str(value) for value, word in enumerate(_NUMERALS, start=2)}
ABBREVIATIONS |= {"fifteen": "15", "twenty": "20", "thirty": "30", "sixty": "60", "ninety": "90"}


def tokens(text: str) -> Phrase:
    """The words of a text; a comma, a semicolon and a possessive are words of their own."""
    if _PLAIN.fullmatch(text):
        return _written(text.split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = re.sub(r"[‘’`´]", "'", plain)
    plain = re.sub(r"[–—‐‑]", "-", plain)
    for short, long in _WRITTEN_OUT:
        plain = re.sub(short, long, plain)
    return _written(word if word in {",", ";", OWNS} else word.strip(".-/:'#") for word in _WORD.findall(plain))


def _written(words: Iterable[str]) -> Phrase:
    written = (part for word in words for part in ABBREVIATIONS.get(word, word).split())
    return tuple(word for word in written if word not in _DROPPED)


def words_of(text: str) -> Phrase:
    """The same without punctuation and possessives."""
    return tuple(word for word in tokens(text) if word not in {",", ";", OWNS})


@cache
def rows(text: str) -> tuple[Phrase, ...]:
    """The phrases of a table: one a line, or several between bars.

    Words in brackets are alternatives, and none may be one: "[in/under] [/final] review" are four phrases. A verb
    before "~" stands for its forms, before "~~" for those of the past too.
    """
    written = (phrase.strip() for phrase in re.split(r"[|\n]", text.strip()))
    every = (tokens(" ".join(each.split())) for phrase in written if phrase for each in _alternatives(phrase))
    return tuple(dict.fromkeys(filter(None, (tuple(w for w in words if w not in {",", ";"}) for words in every))))


def _alternatives(phrase: str) -> Iterator[str]:
    parts = [part.split("/") if index % 2 else [part] for index, part in enumerate(re.split(r"\[([^\]]*)\]", phrase))]
    return (form for way in product(*parts) for form in _inflections("".join(way)))


def _inflections(phrase: str) -> Iterator[str]:
    parts = re.split(r"([a-z]+~~?)", phrase)
    ways = (list(inflected(part.rstrip("~"), part.endswith("~~"))) if part.endswith("~") else [part] for part in parts)
    return ("".join(way) for way in product(*ways))
