"""The README's table of the directive's rules, made of the docstrings of the tests that show them.

After a change that is meant: pytest tests/domain/test_directive_table.py --update-readme
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.domain import test_directive, test_directive_procedures, test_directive_responsibilities

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
TABLE = re.compile(r"(?<=<!-- directive -->\n).*(?=<!-- /directive -->)", re.DOTALL)
FORM = re.compile(r"(?P<does>.+?)\n\n(?P<quoted>.+?)\n\nKept by (?P<line>.+) in (?P<file>\S+)\.", re.DOTALL)
QUOTE = re.compile(r'(?P<section>[^:"]+): ".+"', re.DOTALL)
#: Every rule of sections 4 to 6 by its number, the headings left out.
SECTIONS = """
4-1 4-2 4-3 4-4 4-5 4-6 4-6.1 4-6.2 4-7
5-1.1 5-1.2 5-1.3 5-1.4
5-2.1.a 5-2.1.b 5-2.1.c 5-2.1.d 5-2.2.a 5-2.2.b 5-2.2.c 5-2.2.d 5-2.2.e 5-2.2.f
5-3.1 5-3.2 5-3.3 5-3.4 5-3.5.a 5-3.5.b 5-3.5.c
5-4.1 5-4.2 5-4.3 5-4.4 5-4.5
5-5.1 5-5.2 5-5.3 5-5.4 5-5.5
6-1.1 6-1.2 6-1.3 6-2 6-3.1 6-3.2 6-3.3 6-3.4 6-3.5 6-4 6-5
"""
#: Whether a response is complete, and who advises and consults whom, is for people to judge.
FOR_PEOPLE = ("5-1.2", "5-2.1.d", "5-2.2.a", "5-3.5.b", "5-4.1", "5-5.4", "6-3.1", "6-3.3")
TESTS: tuple[Callable[..., None], ...] = tuple(
    test
    for module in (test_directive, test_directive_responsibilities, test_directive_procedures)
    for name, test in vars(module).items()
    if name.startswith("test_") and inspect.isfunction(test)
)
by_test = pytest.mark.parametrize("test", TESTS, ids=lambda test: test.__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a docstring says: the sections that it quotes, what the bot does, and what of which file keeps it."""

    sections: tuple[str, ...]
    does: str
    kept_by: tuple[str, ...]
    file: str


def rule(test: Callable[..., None]) -> Rule:
    said = FORM.fullmatch(inspect.getdoc(test) or "")
    assert said, "a docstring says what the bot does, quotes the directive, and names what keeps the rule"
    quotes = [QUOTE.fullmatch(quote) for quote in said["quoted"].split("\n\n")]
    assert all(quotes), 'a quote is a section and the directive\'s words: 4-1: "…"'
    sections = tuple(quote["section"] for quote in quotes if quote)
    return Rule(sections, " ".join(said["does"].split()), tuple(re.findall(r"`([^`]+)`", said["line"])), said["file"])


def row(test: Callable[..., None]) -> str:
    said = rule(test)
    file = Path(inspect.getfile(test)).relative_to(ROOT)
    return f"| {'; '.join(said.sections)} | {said.does} | [`{test.__name__}`]({file.as_posix()}) |\n"


def table() -> str:
    rows = "".join(row(test) for test in TESTS)
    head, people = "| Section | What the bot does | Test |\n|---|---|---|", ", ".join(FOR_PEOPLE)
    return f"{head}\n{rows}\nFor people to judge: {people}.\n"


def test_the_readme_has_the_table_of_the_tests(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-readme"):
        README.write_text(TABLE.sub(lambda _: table(), README.read_text("utf-8")), "utf-8")
    found = TABLE.search(README.read_text("utf-8"))
    assert found
    assert found[0] == table(), "if the change is meant, run with --update-readme"


def test_every_rule_has_a_test_or_a_reason_why_not() -> None:
    shown = {section for test in TESTS for section in rule(test).sections if not section.startswith("Appendix A")}
    assert shown | {*FOR_PEOPLE} == {*SECTIONS.split()}
    assert not shown & {*FOR_PEOPLE}


@by_test
def test_a_test_is_named_after_its_section(test: Callable[..., None]) -> None:
    section = rule(test).sections[0].partition(",")[0].lower()
    assert test.__name__.startswith(f"test_{re.sub('[-. ]', '_', section)}_")


@by_test
def test_the_line_that_keeps_a_rule_is_there(test: Callable[..., None]) -> None:
    said = rule(test)
    code = " ".join((ROOT / said.file).read_text("utf-8").split())
    assert said.kept_by
    assert not [line for line in said.kept_by if " ".join(line.split()) not in code]
