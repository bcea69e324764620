"""Channels: who makes one a taskings channel or a component's, and what each gets."""

from __future__ import annotations

import pytest

from bot.domain.organization import Organization, Room
from bot.domain.organization_messages import RegisterRoom
from bot.domain.organized import evolve_organization
from bot.domain.organizing import decide_organization
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from cards.placement import placements
from tests.world import HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0, ZONE, History

ALL = Room("slack", "C1", "taskings")
HOU = Room("slack", "C1", "hou", "HOU")


def registered(room: Room, actor: str = MANAGER, organization: Organization = SAMPLE) -> Organization:
    for event in decide_organization(organization, RegisterRoom(room), actor, T0, T0.date()):
        organization = evolve_organization(organization, event)
    return organization


@pytest.mark.parametrize("actor", [MANAGER, HOU_CHIEF])
def test_a_task_manager_and_its_chief_make_a_channel_a_components(actor: str) -> None:
    assert registered(HOU, actor).rooms == (HOU,)


def test_nobody_else_does_and_there_must_be_such_a_component() -> None:
    with pytest.raises(NotAllowed, match="a chief over HOU"):
        registered(HOU, MQMU_CHIEF)
    with pytest.raises(InvalidInput, match="no component NARNIA"):
        registered(Room("slack", "C1", "x", "NARNIA"))
    with pytest.raises(NotAllowed):
        registered(ALL, HOU_CHIEF)


def test_a_components_channel_becomes_a_taskings_channel_and_never_the_other_way() -> None:
    widened = registered(ALL, MANAGER, registered(HOU))
    assert widened.rooms == (ALL,)
    with pytest.raises(IllegalTransition, match="the cards of all tasks"):
        registered(HOU, MANAGER, widened)


def test_a_components_channel_gets_no_cards() -> None:
    task = History().task
    rooms = [[p.room for p in placements(task, registered(room), T0, ZONE) if p.room] for room in (HOU, ALL)]
    assert rooms == [[], [("slack", "C1")]]
