"""Whose clearance counts when it is not the holder's own: acting officials, delegations, SES (4-7, 5-1.4, 5-3.5.c)."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce

import pytest

from bot.domain import messages as m
from bot.domain import organization_messages as om
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.messages import Command
from bot.domain.organization import Organization
from bot.domain.organized import evolve_organization
from bot.domain.organizing import decide_organization
from bot.domain.positions import Post
from bot.domain.rules import offers
from bot.domain.task import Task
from bot.errors import InvalidInput, NotAllowed, NotFound, Rejected
from cards.placement import Kind, placements
from tests.world import (
    AD,
    COS,
    DAD_CS,
    DAD_HCC,
    HOU_CHIEF,
    MANAGER,
    MQMU_CHIEF,
    SAMPLE,
    T0,
    ZONE,
    context,
    holder,
    request,
)

TODAY = T0.date()
WEEK = TODAY + timedelta(days=7)
DCOS = next(p.email for p in SAMPLE.people.values() if Post("dcos") in p.posts)
CS = Post("dad", "CS")
FOD = holder("fod", "EAST")


def after(*steps: tuple[str, om.OrganizationCommand], organization: Organization = SAMPLE) -> Organization:
    """The sample agency once these were done."""
    for actor, command in steps:
        events = decide_organization(organization, command, actor, T0, TODAY)
        organization = reduce(evolve_organization, events, organization)
    return organization


def in_clearance(**fields: object) -> Task:
    """A congressional inquiry that the HOU chief answered: the DAD-CS clears, then the CoS."""
    task: Task | None = None
    for actor, command in (
        (MANAGER, request(**fields)),  # type: ignore[arg-type]
        (MANAGER, m.RouteTask((HOU_CHIEF,))),
        (HOU_CHIEF, m.Acknowledge(1)),
        (HOU_CHIEF, m.Respond(1, "412 beds.")),
        (MANAGER, m.SendToClearance()),
    ):
        task = done(task, actor, command)
    assert task is not None
    return task


def done(task: Task | None, actor: str, command: Command, organization: Organization = SAMPLE, days: int = 0) -> Task:
    ctx = context(actor, T0 + timedelta(days=days), organization)
    after = reduce(evolve, decide(task, command, ctx, "T-1001"), task)
    assert after is not None
    return after


def clear(task: Task, step: int = 0) -> m.Clear:
    assert task.package is not None
    return m.Clear(step, len(task.rounds), task.package.sha256)


DELEGATED = after((DAD_CS, om.DelegateClearance(CS, DCOS, TODAY, WEEK)))


def test_a_delegate_clears_for_the_giver_and_the_record_says_so() -> None:
    """4-7, 5-1.4: "cleared by Y for X under delegation of DATE"."""
    task = done(in_clearance(), DCOS, clear(in_clearance()), DELEGATED)
    assert task.round is not None
    clearance = task.round.steps[0].clearance
    assert clearance is not None
    assert (clearance.by, clearance.post) == (DCOS, CS)
    assert clearance.basis == m.Basis(False, DELEGATED.delegations[0].id, DAD_CS, TODAY)


def test_without_the_delegation_the_same_person_is_refused() -> None:
    with pytest.raises(NotAllowed, match="Only the Deputy Assistant Director, CS"):
        done(in_clearance(), DCOS, clear(in_clearance()))


@pytest.mark.parametrize(
    ("organization", "days"),
    [
        (DELEGATED, 8),
        (after((DAD_CS, om.DelegateClearance(CS, DCOS, TODAY + timedelta(days=1), WEEK))), 0),
        (after((DAD_CS, om.DelegateClearance(CS, DCOS, TODAY, WEEK, ("qfr",)))), 0),
        (after((DAD_HCC, om.DelegateClearance(Post("dad", "HCC"), DCOS, TODAY, WEEK))), 0),
        (
            after(
                (DAD_CS, om.DelegateClearance(CS, DCOS, TODAY, WEEK)),
                (DAD_CS, om.RevokeDelegation(SAMPLE.version + 1)),
            ),
            0,
        ),
    ],
    ids=["ended", "not yet begun", "for other types", "of another post", "revoked"],
)
def test_a_delegation_serves_within_its_dates_scope_and_post_alone(organization: Organization, days: int) -> None:
    task = in_clearance()
    with pytest.raises(NotAllowed):
        done(task, DCOS, clear(task), organization, days)
    kinds = {o.command for o in offers(task, context(DCOS, T0 + timedelta(days=days), organization))}
    assert m.Clear not in kinds


def test_no_delegation_serves_a_task_that_needs_ses_clearance() -> None:
    """4-7: for SES clearance the last step is the AD in person."""
    given = after((AD, om.DelegateClearance(Post("ad"), COS, TODAY, WEEK)))
    task = in_clearance(ses=True)
    for step, official in enumerate((DAD_CS, COS)):
        task = done(task, official, clear(task, step), given)
    with pytest.raises(NotAllowed, match="Only the Assistant Director"):
        done(task, COS, clear(task, 2), given)
    assert done(task, AD, clear(task, 2), given).status == "cleared"


def test_an_acting_official_holds_the_post_for_their_dates_the_ads_included() -> None:
    acting = after((AD, om.NameActing(Post("ad"), COS, TODAY, WEEK)))
    task = in_clearance(ses=True)
    for step, official in enumerate((DAD_CS, COS)):
        task = done(task, official, clear(task, step), acting)
    late = T0 + timedelta(days=8)
    assert m.Clear not in {o.command for o in offers(task, context(COS, late, acting))}
    task = done(task, COS, clear(task, 2), acting)
    assert task.round is not None
    last = task.round.steps[2].clearance
    assert last is not None
    assert last.basis == m.Basis(True, acting.acting[0].id, AD, TODAY)


def test_an_official_who_drafted_does_not_clear_by_delegation_either() -> None:
    given = after((DAD_CS, om.DelegateClearance(CS, HOU_CHIEF, TODAY, WEEK)))
    task = in_clearance()
    with pytest.raises(NotAllowed, match="You drafted"):
        done(task, HOU_CHIEF, clear(task), given)


def test_the_delegate_is_asked_on_a_card_and_after_a_revocation_no_more() -> None:
    """Expiry and revocation take effect at once."""
    task = in_clearance()

    def asked(organization: Organization) -> set[str]:
        return {p.recipient for p in placements(task, organization, T0, ZONE) if p.card is Kind.CLEARANCE}

    assert asked(DELEGATED) == {DAD_CS, DCOS}
    revoked = after((DAD_CS, om.RevokeDelegation(DELEGATED.delegations[0].id)), organization=DELEGATED)
    assert asked(revoked) == asked(SAMPLE) == {DAD_CS}


def test_a_division_lead_passes_the_division_clearance_on() -> None:
    """5-3.5.c: "directly clear tasks on behalf of their organizational component, as delegated by the DAD"."""
    given = after((DAD_HCC, om.DelegateClearance(Post("dad", "HCC"), DCOS, TODAY, WEEK)))
    task: Task | None = None
    for actor, command in (
        (MANAGER, request("oig-audit", "MQMU")),
        (MANAGER, m.RouteTask((MQMU_CHIEF,))),
        (MQMU_CHIEF, m.Acknowledge(1)),
        (MQMU_CHIEF, m.Respond(1, "No findings.")),
    ):
        task = done(task, actor, command)
    assert task is not None
    package = task.active[0].package
    assert package is not None
    task = done(task, DCOS, m.ClearComponent(1, package.sha256), given)
    clearance = task.active[0].clearance
    assert clearance is not None
    assert clearance.basis is not None
    assert (clearance.by, clearance.basis.giver) == (DCOS, DAD_HCC)


@pytest.mark.parametrize(
    ("actor", "command", "error"),
    [
        (COS, om.DelegateClearance(CS, DCOS, TODAY, WEEK), NotAllowed),
        (DAD_CS, om.DelegateClearance(CS, DAD_CS, TODAY, WEEK), InvalidInput),
        (DAD_CS, om.DelegateClearance(CS, "nobody@example.gov", TODAY, WEEK), InvalidInput),
        (DAD_CS, om.DelegateClearance(CS, DCOS, WEEK, TODAY), InvalidInput),
        (DAD_CS, om.DelegateClearance(CS, DCOS, TODAY - timedelta(days=9), TODAY - timedelta(days=1)), InvalidInput),
        (DAD_CS, om.DelegateClearance(CS, DCOS, TODAY, WEEK, ("gossip",)), InvalidInput),
        (AD, om.DelegateClearance(Post("ad"), HOU_CHIEF, TODAY, WEEK), InvalidInput),
        (HOU_CHIEF, om.NameActing(CS, HOU_CHIEF, TODAY, WEEK), NotAllowed),
        (MANAGER, om.NameActing(CS, MANAGER, TODAY, WEEK, "memo"), NotAllowed),
        (MANAGER, om.NameActing(CS, DCOS, TODAY, WEEK), InvalidInput),
        (COS, om.RevokeDelegation(99), NotFound),
        (MANAGER, om.DelegateClearance(Post("task-manager"), DCOS, TODAY, WEEK), NotAllowed),
        (HOU_CHIEF, om.SetAway(DAD_CS, TODAY, WEEK), NotAllowed),
        (HOU_CHIEF, om.EndAbsence(DAD_CS), NotAllowed),
    ],
)
def test_what_cannot_be_passed_on_is_refused(
    actor: str, command: om.OrganizationCommand, error: type[Rejected]
) -> None:
    with pytest.raises(error):
        after((actor, command))


def test_a_delegate_cannot_pass_it_on_and_only_the_giver_or_those_above_revoke_it() -> None:
    with pytest.raises(NotAllowed):
        after((DCOS, om.DelegateClearance(CS, COS, TODAY, WEEK)), organization=DELEGATED)
    with pytest.raises(NotAllowed):
        after((HOU_CHIEF, om.RevokeDelegation(DELEGATED.delegations[0].id)), organization=DELEGATED)
    assert after((AD, om.RevokeDelegation(DELEGATED.delegations[0].id)), organization=DELEGATED).delegations == ()


def test_the_same_delegation_or_acting_twice_is_one() -> None:
    assert after((DAD_CS, om.DelegateClearance(CS, DCOS, TODAY, WEEK)), organization=DELEGATED) == DELEGATED
    name = om.NameActing(CS, DCOS, TODAY, WEEK)
    assert after((DAD_CS, name), (DAD_CS, name)) == after((DAD_CS, name))


def test_who_is_back_early_says_so() -> None:
    away = after((DAD_CS, om.SetAway(DAD_CS, TODAY, WEEK)))
    assert away.away(DAD_CS, TODAY)
    back = after((MANAGER, om.EndAbsence(DAD_CS)), organization=away)
    assert not back.away(DAD_CS, TODAY)
    assert after((DAD_CS, om.EndAbsence(DAD_CS)), organization=back) == back


def test_a_chief_appoints_and_a_task_manager_records_training() -> None:
    """4-6.1, 5-3.1, 5-2.2.f."""
    appointed = after((HOU_CHIEF, om.AppointOfficer("HOU", DCOS)), (MANAGER, om.RecordTraining((DCOS,), TODAY)))
    assert "HOU" in appointed.people[DCOS].action_officer_for
    assert appointed.people[DCOS].trained_on == TODAY
    ended = after((DAD_CS, om.EndAppointment("HOU", DCOS)), organization=appointed)
    assert "HOU" not in ended.people[DCOS].action_officer_for
    for actor, command in (
        (MQMU_CHIEF, om.AppointOfficer("HOU", DCOS)),
        (FOD, om.AppointOfficer("LKP", DCOS)),
        (HOU_CHIEF, om.RecordTraining((DCOS,), TODAY)),
        (MANAGER, om.RecordTraining((DCOS,), WEEK)),
        (MANAGER, om.RecordTraining((), TODAY)),
    ):
        with pytest.raises(Rejected):
            after((actor, command))


def test_what_an_acting_official_passed_on_ends_with_their_days() -> None:
    acting = after(
        (DAD_CS, om.NameActing(CS, HOU_CHIEF, TODAY, WEEK)),
        (HOU_CHIEF, om.DelegateClearance(CS, MQMU_CHIEF, TODAY, WEEK + timedelta(days=7))),
    )
    task = in_clearance()
    assert done(task, MQMU_CHIEF, clear(task), acting, days=7).waiting_posts == (Post("cos"),)
    with pytest.raises(NotAllowed):
        done(task, MQMU_CHIEF, clear(task), acting, days=8)
    (given,) = acting.acting
    ended = after((DAD_CS, om.EndActing(given.id)), organization=acting)
    with pytest.raises(NotAllowed):
        done(task, MQMU_CHIEF, clear(task), ended)
