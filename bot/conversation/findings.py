"""What a question finds, as data: the other side of the seam that `bot.conversation.question` is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.question import Group, Order
from bot.domain.organization import Kind, Organization

#: The key of the group for what has nothing to go by.
NONE = "none"
#: Groups that go by what a component lies in, and the kind of component that is.
ABOVE: Mapping[Group, Kind] = {
    Group.DIVISION: Kind.DIVISION,
    Group.REGION: Kind.REGION,
    Group.FACILITY: Kind.FACILITY,
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One group: how many, and where something was measured the percentage or the seconds."""

    key: str
    count: int
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """`total` counts all that is found, `numbers` are the first of them in `order`, the one asked for if one was.

    `value` is the percentage on time, or the median seconds from receipt to transmission; None where nothing was
    transmitted, or nothing of the kind was asked for.
    """

    total: int
    numbers: tuple[str, ...] = ()
    groups: tuple[Counted, ...] = ()
    value: float | None = None
    order: Order = Order.URGENCY


def above(group: Group | None, organization: Organization) -> dict[str, str]:
    """For a group by division, region or facility: which one each component lies in, itself included."""
    kind = ABOVE.get(group) if group else None
    if kind is None:
        return {}
    found = ((code, organization.nearest(code, kind)) for code in organization.components)
    return {code: component.code for code, component in found if component}
