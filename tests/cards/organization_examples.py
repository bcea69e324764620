"""The cards about people, with what the sample agency looks like once something was passed on, by their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import reduce

from bot.domain import organization_messages as om
from bot.domain.organization import Organization
from bot.domain.organized import evolve_organization
from bot.domain.organizing import decide_organization
from bot.domain.positions import Post
from bot.domain.training import Reason, Reminder
from cards.model import Card
from cards.organization_cards import authority_card, training_card
from cards.people_notices import passed_on_card, training_notice_card
from tests.world import AD, COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0, context, holder

TODAY, WEEK = T0.date(), T0.date() + timedelta(days=7)
DCOS = holder("dcos")


def passed_on() -> Organization:
    """The DAD-CS is away and the DCoS clears; the CoS acts for the AD, by the task manager's record for the DAD-HCC."""
    organization = SAMPLE
    for actor, command in (
        (DAD_CS, om.DelegateClearance(Post("dad", "CS"), DCOS, TODAY, WEEK, ("congressional-inquiry", "qfr"))),
        (DAD_CS, om.SetAway(DAD_CS, TODAY, WEEK)),
        (AD, om.NameActing(Post("ad"), COS, WEEK, WEEK + timedelta(days=40))),
        (MANAGER, om.NameActing(Post("dad", "HCC"), MQMU_CHIEF, TODAY, TODAY, "AD memo of 20 Nov 2026")),
        (HOU_CHIEF, om.AppointOfficer("HOU", MQMU_CHIEF)),
    ):
        events = decide_organization(organization, command, actor, T0, TODAY)
        organization = reduce(evolve_organization, events, organization)
    return organization


def organization_examples() -> Iterator[tuple[str, Card]]:
    organization = passed_on()
    for name, person in {
        "of-the-ad": AD,
        "of-a-lead-who-is-away": DAD_CS,
        "of-a-lead-with-an-acting": DAD_HCC,
        "of-a-chief": HOU_CHIEF,
        "of-whom-it-was-passed-on-to": DCOS,
        "of-an-acting-official": MQMU_CHIEF,
        "of-a-manager": MANAGER,
        "of-a-fod": holder("fod", "EAST"),
    }.items():
        yield f"authority-{name}", authority_card(context(person, organization=organization))
    for name, person in {"for-a-manager": MANAGER, "for-a-lead": DAD_HCC, "for-a-chief": HOU_CHIEF}.items():
        yield f"training-{name}", training_card(context(person))
    given, acting = organization.delegations[0].id, organization.acting[0].id
    yield "authority-passed-on", passed_on_card(given, context(DCOS, organization=organization))
    yield "authority-passed-on-to-an-acting-official", passed_on_card(acting, context(COS, organization=organization))
    yield "authority-taken-back", passed_on_card(given, context(DCOS))
    last, trained = SAMPLE.people[HOU_CHIEF].trained_on, replace(SAMPLE.people[HOU_CHIEF], trained_on=TODAY)
    assert last
    since = context(HOU_CHIEF, organization=replace(SAMPLE, people=SAMPLE.people | {HOU_CHIEF: trained}))
    for reason in Reason:
        told = Reminder(reason, last.replace(year=2027), HOU_CHIEF)
        yield f"training-reminder-{reason}", training_notice_card(told, context(HOU_CHIEF))
        yield f"training-reminder-{reason}-recorded-since", training_notice_card(told, since)
