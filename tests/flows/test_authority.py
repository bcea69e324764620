"""Who clears for whom, who acts, who is away: worked in chat, and in force at once on every open card (4-7, 5-1.4)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import messages as m
from bot.domain import organization_messages as om
from bot.domain.positions import Post
from bot.domain.task import Status
from tests.flows.house import OnSlack, Person
from tests.flows.staff import Staff, gives, told
from tests.world import AD, COS, DAD_CS, HOU_CHIEF, MANAGER, SAMPLE, T0, holder

TODAY, WEEK = T0.date(), T0.date() + timedelta(days=7)
DCOS = holder("dcos")
CLEARANCE, AUTHORITY = "Clearance: T-1001", "Your authority"
UNDER_DELEGATION = (
    "cleared by Hannah Lindqvist for Robert Nakamura (Deputy Assistant Director, CS) "
    "under delegation of 24 Nov 2026, 24 Nov 2026, 09:00"
)


async def chooses(person: Person, label: str, **entries: object) -> None:
    """The same by a button of the card."""
    await person.says("authority")
    await person.press(AUTHORITY, label, **entries)


async def test_a_delegate_clears_at_once_and_the_record_says_under_what(staff: Staff) -> None:
    dad, dcos = await staff.seat(DAD_CS, DCOS)
    await staff.in_clearance()
    assert dcos.cards(CLEARANCE) == []

    await gives(dad, "delegate", receiver=DCOS, last=WEEK)
    assert told(dad).endswith(
        "Hannah Lindqvist clears for you as Deputy Assistant Director, CS from 24 Nov to 1 Dec 2026."
    )
    assert dcos.offered(CLEARANCE) == ["Clear", "Return"]
    passed_on = "You clear for Robert Nakamura as Deputy Assistant Director, CS from 24 Nov to 1 Dec 2026."
    assert passed_on in dcos.reads("Authority passed on")
    await dcos.says("mine")
    assert "T-1001" in dcos.reads("My work")
    await dcos.says("authority")
    assert "You clear for Robert Nakamura as Deputy Assistant Director, CS" in dcos.reads(AUTHORITY)
    assert "Revoke" not in dcos.offered(AUTHORITY)

    await dcos.press(CLEARANCE, "Clear")
    assert UNDER_DELEGATION in dcos.reads(CLEARANCE)
    assert UNDER_DELEGATION in dad.reads(CLEARANCE)
    assert dad.offered(CLEARANCE) == dcos.offered(CLEARANCE) == []
    assert await staff.differences() == []


async def test_a_delegation_that_is_revoked_takes_its_buttons_at_once(staff: Staff) -> None:
    dad, dcos = await staff.seat(DAD_CS, DCOS)
    await staff.in_clearance()
    await chooses(dad, "Delegate", receiver=DCOS, last=WEEK, task_types=["congressional-inquiry"])
    assert "Hannah Lindqvist clears for you" in dad.reads(AUTHORITY)
    assert "From 24 Nov to 1 Dec 2026, only for Congressional inquiry; given 24 Nov 2026" in dad.reads(AUTHORITY)
    old = deepcopy(dcos.cards(CLEARANCE)[-1])

    await dad.says("authority")
    await dad.press(AUTHORITY, "Revoke")
    assert "Hannah Lindqvist" not in dad.reads(AUTHORITY)
    assert dcos.offered(CLEARANCE) == []
    async with staff.house.refusal(dcos) as refused:
        await dcos.press_on(old, "Clear")
    assert refused == ["Only the Deputy Assistant Director, CS can clear or return this."]
    assert "was taken back" in dcos.reads("Authority passed on")
    await dcos.says("mine")
    assert "Nothing waits for you" in dcos.reads("My work")
    assert dad.offered(CLEARANCE) == ["Clear", "Return"]
    assert await staff.differences() == []


async def test_a_delegation_ends_with_its_last_day(staff: Staff) -> None:
    dad, dcos = await staff.seat(DAD_CS, DCOS)
    await staff.in_clearance()
    await gives(dad, "delegate", receiver=DCOS, last=TODAY)
    assert dcos.offered(CLEARANCE) == ["Clear", "Return"]
    staff.house.clock.advance(timedelta(days=1))
    await staff.house.settle()
    assert dcos.offered(CLEARANCE) == []
    assert await staff.differences() == []


async def test_an_acting_ad_clears_what_needs_ses_and_a_delegate_of_the_ad_does_not(staff: Staff) -> None:
    ad, cos = await staff.seat(AD, COS)
    await staff.in_clearance(ses=True)
    (package,) = {p.sha256 for p in [(await staff.house.task()).package] if p}
    await staff.house.do(DAD_CS, m.Clear(0, 1, package))
    await staff.house.do(COS, m.Clear(1, 1, package))

    await gives(ad, "delegate", receiver=COS, last=WEEK)
    assert cos.offered(CLEARANCE) == []
    await gives(ad, "acting", post="ad", email=COS, last=WEEK)
    assert told(ad).endswith("Daniel Reyes acts as Assistant Director from 24 Nov to 1 Dec 2026.")
    assert cos.offered(CLEARANCE) == ["Clear", "Return"]
    await cos.press(CLEARANCE, "Clear")
    assert (await staff.house.task()).status is Status.CLEARED
    assert "cleared by Daniel Reyes, acting since 24 Nov 2026" in cos.reads(CLEARANCE)

    await ad.says("authority")
    await ad.press(AUTHORITY, "End")
    assert "acts as Assistant Director" not in ad.reads(AUTHORITY)


async def test_where_the_official_is_away_a_delegate_clears_else_the_task_manager_is_told(staff: Staff) -> None:
    dad, dcos, manager = await staff.seat(DAD_CS, DCOS, MANAGER)
    await staff.in_clearance()
    await gives(dad, "away", last=WEEK)
    assert told(dad).endswith("You are away from 24 Nov to 1 Dec 2026.")
    assert "Robert Nakamura, away" in manager.reads("T-1001")
    staff.house.clock.advance(timedelta(hours=4, minutes=1))
    await staff.house.settle()
    assert "Nobody is there to clear this" in manager.reads("Stuck: T-1001")

    await gives(dad, "delegate", receiver=DCOS, last=WEEK)
    assert dcos.offered(CLEARANCE) == ["Clear", "Return"]
    await dad.says("authority")
    await dad.press(AUTHORITY, "Back")
    assert "Robert Nakamura, away" not in manager.reads("T-1001")
    assert "Back" not in dad.offered(AUTHORITY)


async def test_a_task_manager_says_it_for_others_and_on_what_it_rests(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await gives(manager, "away", email=DAD_CS, last=WEEK)
    assert told(manager).endswith("Robert Nakamura is away from 24 Nov to 1 Dec 2026.")
    await gives(manager, "acting", post="dad@CS", email=DCOS, last=WEEK, authority="AD memo of 20 Nov 2026")
    await manager.says("authority")
    assert "Hannah Lindqvist acts as Deputy Assistant Director, CS" in manager.reads(AUTHORITY)
    assert "named by Tomás Álvarez, AD memo of 20 Nov 2026" in manager.reads(AUTHORITY)
    assert "Robert Nakamura From 24 Nov to 1 Dec 2026" in manager.reads(AUTHORITY)


@pytest.mark.parametrize(
    ("email", "word", "sentence"),
    [
        (MANAGER, "delegate", "You hold no position whose clearance authority you could pass on."),
        (holder("fod", "EAST"), "acting", "You hold no position that you could name an acting official for."),
        (MANAGER, "appoint", "You lead no component that you could appoint an action officer of."),
    ],
)
async def test_who_has_nothing_to_pass_on_is_told_so(staff: Staff, email: str, word: str, sentence: str) -> None:
    (person,) = await staff.seat(email)
    async with staff.house.refusal(person) as refused:
        await person.opens(word)
    assert refused == [sentence]


async def test_what_cannot_be_delegated_is_refused_with_the_reason(staff: Staff) -> None:
    (cos,) = await staff.seat(COS)
    await staff.house.organize(AD, om.NameActing(Post("ad"), COS, TODAY, WEEK))
    good: dict[str, object] = {"post": "ad", "receiver": DCOS, "last": WEEK}
    for change, sentence in (
        ({"first": WEEK, "last": TODAY}, "The last day is before the first; enter them the other way round."),
        (
            {"first": TODAY - timedelta(days=9), "last": TODAY - timedelta(days=1)},
            "Those days have passed; enter days to come.",
        ),
        ({"receiver": HOU_CHIEF}, "The AD's authority goes to senior leadership: a DAD, the CoS or the DCoS."),
    ):
        await cos.opens("delegate")
        async with staff.house.refusal(cos) as refused:
            await cos.fill(**good | change)
        assert refused == [sentence]

    # While the form is open, its receiver leaves and the post is another's again.
    await cos.opens("delegate")
    gone = replace(SAMPLE.people[DCOS], ended_on=TODAY)
    await staff.house.organize(om.OPERATOR, om.ImportDirectory(people=(gone,)))
    async with staff.house.refusal(cos) as refused:
        await cos.fill(**good)
    assert refused == [f"{DCOS} is not in the directory; choose somebody who is."]
    await cos.opens("delegate")
    acting = await staff.house.running.desk.handle.store.read(lambda uow: uow.organization().acting)
    await staff.house.organize(AD, om.EndActing(acting[0].id))
    async with staff.house.refusal(cos) as refused:
        await cos.fill(**good | {"receiver": DAD_CS})
    assert refused == ["Only the Assistant Director can pass this authority on."]


async def test_a_form_that_is_sent_again_delegates_once_though_it_was_revoked_meanwhile(staff: Staff) -> None:
    """A slow network: the first answer is lost, and the form is still in front of its person."""
    (dad,), house = await staff.seat(DAD_CS), staff.house
    await dad.opens("delegate")
    entries: dict[str, object] = {"receiver": DCOS, "last": WEEK}
    view = deepcopy(dad.user.view) if isinstance(dad, OnSlack) else None
    form = None if isinstance(dad, OnSlack) else deepcopy(dad.user.sees()[-1])
    await dad.fill(**entries)
    given = await house.running.desk.handle.store.read(lambda uow: uow.organization().delegations)
    await house.organize(DAD_CS, om.RevokeDelegation(given[0].id))
    if isinstance(dad, OnSlack):
        dad.user.world.views[dad.user.id] = view or {}
        await dad.fill(**entries)
    else:
        assert form
        await dad.press_on(form, "Delegate", **entries)
    assert await house.running.desk.handle.store.read(lambda uow: uow.organization().delegations) == ()
