"""Positions: the keys that Appendix A and section 5 use, and a position held somewhere, which is a post.

A position is always meant somewhere: `dad@CS` is the deputy assistant director of CS. Those there is one of in the
agency (`ad`, `cos`, `rim`…) are posts without a component.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import InvalidInput

#: The position keys of Appendix A and section 5, with the words people read.
POSITIONS: dict[str, str] = {
    "ad": "Assistant Director",
    "cos": "Chief of Staff",
    "dcos": "Deputy Chief of Staff",
    "dad": "Deputy Assistant Director",
    "unit-chief": "Unit Chief",
    "discipline-chief": "Discipline Chief",
    "program-lead": "Program Lead",
    "rim": "Records and Information Management",
    "rhsa": "Regional HSA",
    "hsa": "HSA",
    "rfmc": "Regional FMC",
    "fmc": "FMC",
    "hcc-consultant": "Health Care Compliance Consultant",
    "fod": "Field Office Director",
    "afod": "Assistant Field Office Director",
    "task-manager": "Task Manager",
    "tpsu-chief": "TPSU Chief",
}
#: Positions there is one of in the whole agency; their posts carry no component.
AGENCY_WIDE = frozenset({"ad", "cos", "dcos", "rim", "hcc-consultant", "task-manager", "tpsu-chief"})
#: Appendix A's short names for one division's or unit's position.
ALIASES: dict[str, tuple[str, str]] = {
    "dad-cs": ("dad", "CS"),
    "dad-hcc": ("dad", "HCC"),
    "hou-chief": ("unit-chief", "HOU"),
    "mcmu-chief": ("unit-chief", "MCMU"),
    "hpmu-chief": ("unit-chief", "HPMU"),
    "rmu-chief": ("unit-chief", "RMU"),
    "hitu-chief": ("unit-chief", "HITU"),
    "mqmu-chief": ("unit-chief", "MQMU"),
    "icu-chief": ("unit-chief", "ICU"),
}
POSITION_KEYS = frozenset(POSITIONS) | frozenset(ALIASES)
#: Higher clears later; FOD and AFOD are outside IHSC and have no rank in it.
RANK: dict[str, int] = {
    "ad": 5,
    "cos": 4,
    "dcos": 3,
    "dad": 3,
    "unit-chief": 2,
    "discipline-chief": 2,
    "program-lead": 2,
    "tpsu-chief": 2,
    "rim": 2,
    "hcc-consultant": 2,
    "rhsa": 2,
    "rfmc": 2,
    "hsa": 1,
    "fmc": 1,
}
MANAGERS = frozenset({"task-manager", "tpsu-chief"})
LEADERSHIP = frozenset({"ad", "cos", "dcos", "dad"})


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A position in a component, or an agency-wide one with an empty component. Written `dad@CS`, `cos`."""

    key: str
    component: str = ""

    def __str__(self) -> str:
        return f"{self.key}@{self.component}" if self.component else self.key

    @property
    def title(self) -> str:
        """The post in words: "Deputy Assistant Director, CS"."""
        name = POSITIONS[self.key]
        return f"{name}, {self.component}" if self.component else name


def parse_post(text: str, component: str = "") -> Post:
    """`key`, `key@component` or an alias; a bare key means `component`, unless it is agency-wide.

    Raises InvalidInput for a key that `POSITION_KEYS` does not hold.
    """
    key, _, where = text.strip().partition("@")
    if key in ALIASES and not where:
        return Post(*ALIASES[key])
    if key not in POSITIONS:
        raise InvalidInput(f"“{text}” is not a position; use one of {', '.join(sorted(POSITION_KEYS))}.")
    return Post(key) if key in AGENCY_WIDE else Post(key, where or component)
