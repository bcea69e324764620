"""Directive 01-51, section 5, responsibilities: one test for each rule a system can keep; see `test_directive.py`."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain import messages as m
from bot.domain import organization_messages as om
from bot.domain.assignment import Stage
from bot.domain.notices import Reason, notices
from bot.domain.positions import Post
from bot.domain.routing import propose
from bot.domain.task import Status
from bot.domain.training import overdue
from bot.domain.visibility import clearers, reach, waiting_on
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from cards.placement import ORGANIZATION, Kind, Placement, placements
from tests.cards import ways
from tests.domain import test_authority as authority
from tests.domain.test_authority import CS, DCOS, DELEGATED, TODAY, WEEK, after
from tests.domain.test_receiving import SENT
from tests.world import (
    AD,
    COS,
    DAD_CS,
    DAD_HCC,
    HOU_CHIEF,
    MANAGER,
    MQMU_CHIEF,
    RUBRIC,
    SAMPLE,
    T0,
    ZONE,
    History,
    holder,
    request,
)

TPSU = holder("tpsu-chief")
STAFF = "marcus.bell@example.gov"
HCC = Post("dad", "HCC")


def plan(history: History) -> tuple[tuple[Post, ...], ...]:
    assert history.task.routing is not None
    return history.task.routing.plan


def proposed(about: str, task_type: str = "congressional-inquiry") -> list[tuple[Post, ...]]:
    """The posts that are proposed to answer, for each assignment."""
    found = propose(History(request(task_type, about)).task.request, SAMPLE, RUBRIC, TODAY)
    return [seat.posts for seat in found.seats]


def test_5_1_1_senior_leadership_assigns_a_task_further() -> None:
    """Lets a DAD who received a task pass it on to a chief or somebody who knows.

    5-1.1: "Receives and further assigns tasks to unit chiefs, discipline chiefs, program leads, and subject matter
    experts, as appropriate."

    Kept by `Delegate: _holder` in bot/domain/actors.py.
    """
    history = ways.acknowledged(DAD_CS, task_type="leadership-request")
    history.do(DAD_CS, m.Delegate(1, HOU_CHIEF, "How many beds?"))
    assert waiting_on(history.task) == (DAD_CS, HOU_CHIEF)


def test_5_1_3_only_the_officials_of_appendix_a_clear() -> None:
    """Lets those clear whom Appendix A names for the step, and refuses everybody else, leadership included.

    5-1.3: "Reviews and clears official responses for IHSC in accordance with Appendix A."

    Kept by `Clear: _official` in bot/domain/actors.py.
    """
    history = ways.in_clearance()
    for other in (DAD_HCC, COS, AD, MANAGER):
        with pytest.raises(NotAllowed, match="Only the Deputy Assistant Director, CS"):
            ways.clear(history, other)
    assert ways.clear(history, DAD_CS).task.waiting_posts == (Post("cos"),)


def test_5_1_3_the_steps_are_cleared_in_their_order() -> None:
    """Asks the officials one after the other, and refuses a step whose turn it is not.

    5-1.3: "Reviews and clears official responses for IHSC in accordance with Appendix A."

    Kept by `on.step != current.current` in bot/domain/rules.py.
    """
    history = ways.in_clearance()
    with pytest.raises(IllegalTransition, match="not the step that waits"):
        history.do(DAD_CS, m.Clear(1, 1, ways.package_of(history.task)))


def test_5_1_4_a_delegate_is_asked_until_the_delegation_is_revoked() -> None:
    """Asks a delegate beside the holder of the post, and from the moment of its revocation no more.

    5-1.4: "May delegate clearance authority as appropriate."

    Kept by `*(d.receiver for d in delegated)` in bot/domain/visibility.py.
    """
    task = authority.in_clearance()
    assert clearers(task, task.waiting_posts, DELEGATED, TODAY) == (DAD_CS, DCOS)
    revoked = after((DAD_CS, om.RevokeDelegation(DELEGATED.delegations[0].id)), organization=DELEGATED)
    assert clearers(task, task.waiting_posts, revoked, TODAY) == (DAD_CS,)


def test_5_2_1_a_the_tpsu_chief_may_do_all_that_a_task_manager_may() -> None:
    """Gives the TPSU chief every action of a task manager.

    5-2.1.a: "Oversees the Taskings Program and task managers"

    Kept by `MANAGERS = frozenset({"task-manager", "tpsu-chief"})` in bot/domain/positions.py.
    """
    history = History(request(), actor=TPSU)
    history.do(TPSU, m.RouteTask((HOU_CHIEF,)))
    assert history.task.status is Status.ASSIGNED


def test_5_2_1_a_the_tpsu_chief_hears_of_what_is_late() -> None:
    """Tells the component's chief of a late response after two business hours, and the TPSU chief after eight.

    5-2.1.a: "ensure IHSC tracks and responds to all tasks completely and within requested time frames, to the extent
    practicable."

    Kept by `(Post("tpsu-chief"), TPSU_AFTER)` in bot/domain/notices.py.
    """
    deputy = "sofia.castellanos@example.gov"
    task = ways.routed(deputy, task_type="oig-audit", about="MCMU").task
    late = {n.recipient for n in notices(task, SAMPLE, T0, ZONE) if n.reason is Reason.LATE}
    assert late == {holder("unit-chief", "MCMU"), TPSU}


def test_5_2_1_b_the_tpsu_chief_sees_every_task() -> None:
    """Shows every task to the TPSU chief, task managers and senior leadership; to others what concerns them.

    5-2.1.b: "Directly monitors and maintains situational awareness on all external tasks received by IHSC through the
    Taskings Program and other sources."

    Kept by `MANAGERS | LEADERSHIP` in bot/domain/visibility.py.
    """
    task = ways.routed().task
    seen = [reach(email, SAMPLE, TODAY).covers(task) for email in (TPSU, AD, HOU_CHIEF, MQMU_CHIEF)]
    assert seen == [True, True, True, False]


def test_5_2_1_c_leadership_gets_a_report_each_week() -> None:
    """Sends the report of the week before to whom of leadership it was set for, once when its time comes.

    5-2.1.c: "Provides routine reports to the IHSC CoS and senior leadership."

    Kept by `if last >= schedule.since and may_get(` in bot/domain/scheduling.py.
    """
    organization = after((TPSU, om.ScheduleReport(COS, 0, 8)))
    monday = datetime(2026, 11, 30, 8, tzinfo=ZONE)
    times = (monday - timedelta(minutes=1), monday, monday + timedelta(days=6))
    reports = [[p for p in placements(None, organization, at, ZONE) if p.card is Kind.REPORT] for at in times]
    report = Placement(Kind.REPORT, ORGANIZATION, 0, "2026-W48", COS)
    assert reports == [[], [report], [report]]


def test_5_2_2_b_an_ihsc_facility_is_its_regional_hsas_and_the_hou_chiefs() -> None:
    """Proposes the regional HSA and the HOU chief for a task about a facility that IHSC staffs.

    5-2.2.b: "send tasks related to detainees housed in IHSC-staffed facilities to the respective regional HSA (RHSA)
    and Health Operations Unit (HOU) chief"

    Kept by `Staffing.IHSC: (("rhsa",), ("hou-chief",))` in bot/domain/rubric.py.
    """
    assert proposed("LKP") == [(Post("rhsa", "EAST"),), (Post("unit-chief", "HOU"),)]


def test_5_2_2_b_a_contract_facility_is_its_rfmcs_and_the_mcmu_chiefs() -> None:
    """Proposes the regional FMC and the MCMU chief for a task about a contract facility.

    5-2.2.b: "assign tasks related to detainees housed in contract facilities to respective RFMC and Medical Case
    Management Unit (MCMU) chief."

    Kept by `Staffing.CONTRACT: (("rfmc",), ("mcmu-chief",))` in bot/domain/rubric.py.
    """
    assert proposed("RVB") == [(Post("rfmc", "EAST"),), (Post("unit-chief", "MCMU"),)]


def test_5_2_2_c_several_officers_answer_with_one_response() -> None:
    """Has the task manager make one response of several, with everybody's files, before anybody clears it.

    5-2.2.c: "Coordinate with multiple action officers and facilitate a unified IHSC response when a task requires input
    from multiple divisions."

    Kept by `kind is SendToClearance and task.package is None` in bot/domain/preconditions.py.
    """
    history = ways.several()
    with pytest.raises(IllegalTransition, match="consolidate their responses into one"):
        history.do(MANAGER, m.SendToClearance())
    history.do(MANAGER, m.Consolidate("412 beds were in use in all divisions."))
    history.do(MANAGER, m.SendToClearance())
    assert history.task.round is not None
    assert history.task.round.package.files == (ways.CHART,)


def test_5_2_2_d_a_task_always_says_whose_turn_it_is() -> None:
    """Knows at any time for whom a task waits: officers, officials, or the task manager.

    5-2.2.d: "Use ITMS to assign, track tasks, and record official IHSC responses."

    Kept by `return task.waiting_posts` in bot/domain/visibility.py.
    """
    for way, turn in (
        (History, MANAGER),
        (ways.routed, HOU_CHIEF),
        (ways.audit, HCC),
        (ways.responded, MANAGER),
        (ways.in_clearance, CS),
        (ways.cleared, MANAGER),
        (ways.transmitted, MANAGER),
    ):
        assert waiting_on(way().task) == (turn,)


def test_5_2_2_e_task_managers_transmit() -> None:
    """Lets only a task manager send the response to the requestor.

    5-2.2.e: "Transmit official IHSC responses to the requestor."

    Kept by `Transmit: manager` in bot/domain/actors.py.
    """
    history = ways.cleared()
    send = m.Transmit(ways.package_of(history.task))
    for other in (HOU_CHIEF, COS, AD):
        with pytest.raises(NotAllowed, match="Only a task manager"):
            history.do(other, send)
    history.do(MANAGER, send)
    assert history.task.transmission is not None
    assert history.task.transmission.to == history.task.request.requestor


def test_5_2_2_f_task_managers_record_the_annual_training() -> None:
    """Lets task managers record who was trained, which is good for a year from that day.

    5-2.2.f: "Provide training for IHSC action officers annually."

    Kept by `trained_on=on` in bot/domain/organized.py.
    """
    late = [p.email for p in overdue(SAMPLE, TODAY)]
    assert late
    trained = after((MANAGER, om.RecordTraining(tuple(late), TODAY)))
    assert overdue(trained, TODAY) == ()
    with pytest.raises(NotAllowed, match="Only a task manager"):
        after((HOU_CHIEF, om.RecordTraining((HOU_CHIEF,), TODAY)))


def test_5_3_1_a_chief_answers_in_person_or_appoints_an_officer() -> None:
    """Proposes the action officer whom a chief appointed, and the chief where there is none.

    5-3.1: "The chief or program lead can serve in the action officer role directly or choose to delegate the role to
    another staff member."

    Kept by `organization.appointed(post.component, on) if chief else ()` in bot/domain/routing.py.
    """
    asked = History().task.request
    assert propose(asked, SAMPLE, RUBRIC, TODAY).officers == (HOU_CHIEF,)
    appointed = after((HOU_CHIEF, om.AppointOfficer("HOU", STAFF)))
    assert propose(asked, appointed, RUBRIC, TODAY).officers == (STAFF,)


def test_5_3_2_a_deferral_goes_to_the_task_manager_with_its_reason() -> None:
    """Takes a deferral with its reason, and the task waits for the task manager until it is reassigned.

    5-3.2: "Communicate deferrals to the TPSU task manager"

    Kept by `elif a.stage is Stage.DEFERRED` in bot/domain/visibility.py.
    """
    history = ways.routed()
    with pytest.raises(InvalidInput, match="Say why"):
        history.do(HOU_CHIEF, m.Defer(1, " "))
    history.do(HOU_CHIEF, m.Defer(1, "Pharmacy keeps these."))
    assert waiting_on(history.task) == (MANAGER,)


def test_5_3_2_a_chief_defers_what_their_action_officer_was_given() -> None:
    """Takes a deferral from the officer and from the chief of their component, and from nobody else.

    5-3.2: "Communicate deferrals to the TPSU task manager"

    Kept by `Defer: _officer_or_chief` in bot/domain/actors.py.
    """
    history = History(request(about="MCMU"))
    (deputy,) = SAMPLE.appointed("MCMU", TODAY)
    history.do(MANAGER, m.RouteTask((deputy.email,)))
    wish = m.Defer(1, "Pharmacy keeps these.")
    with pytest.raises(NotAllowed, match="This is assigned to"):
        history.do(HOU_CHIEF, wish)
    assert history.do(holder("unit-chief", "MCMU"), wish)
    assert history.do(holder("unit-chief", "MCMU"), wish) == ()
    assert waiting_on(history.task) == (MANAGER,)


def test_5_3_2_a_deferred_task_goes_to_another_unit_or_facility() -> None:
    """Lets the task manager hand a deferred task to the officer of another unit or facility, with no authority owed.

    5-3.2: "who reassigns to task to the appropriate unit or facility action officer, as applicable."

    Kept by `isinstance(command, Reassign) and routing.of_unit_or_facility(new)` in bot/domain/assigning.py.
    """
    history = ways.deferred()
    with pytest.raises(InvalidInput, match="Appendix A names other"):
        history.do(MANAGER, m.Reassign(1, AD))
    history.do(MANAGER, m.Reassign(1, holder("hsa", "LKP")))
    assert history.task.active[0].post == Post("hsa", "LKP")


def test_5_3_3_who_received_a_task_delegates_it_further() -> None:
    """Lets an officer give a piece to somebody, who may pass it on once more; then it is answered or handed back.

    5-3.3: "Receive tasks and further delegate the task, if applicable."

    Kept by `a.depth(id) >= HANDS` in bot/domain/preconditions.py.
    """
    history = ways.delegated()
    history.do(MQMU_CHIEF, m.Delegate(1, STAFF, part=1))
    with pytest.raises(IllegalTransition, match="passed on once already"):
        history.do(STAFF, m.Delegate(1, TPSU, part=2))


def test_5_3_4_the_pieces_become_one_response_of_the_component() -> None:
    """Brings what the pieces hold back to the officer, whose one response carries their files.

    5-3.4: "Coordinate multiple responses within their organizational component into one cohesive response if needed."

    Kept by `package.files if part and part.parent == 0` in bot/domain/evolve/assignments.py.
    """
    history = ways.delegated()
    history.do(HOU_CHIEF, m.Delegate(1, STAFF))
    history.do(MQMU_CHIEF, m.HandBack(1, 1, "412.", (ways.CHART,)))
    history.do(STAFF, m.HandBack(1, 2, "And a list.", (ways.NOTES,)))
    history.do(HOU_CHIEF, m.Respond(1, "412 beds."))
    assert history.task.package is not None
    assert history.task.package.files == (ways.CHART, ways.NOTES)


def test_5_3_5_a_the_response_goes_to_the_division_lead() -> None:
    """Sends the component's response on to its division lead, who clears or returns it.

    5-3.5.a: "Review and consolidate responses prior to division-level clearance, and send response to division lead for
    final clearance, as appropriate."

    Kept by `stage = Stage.IN_DIVISION_CLEARANCE if a.lead else a.stage` in bot/domain/evolve/responses.py.
    """
    history = ways.audit()
    (assignment,) = history.task.active
    assert (assignment.stage, assignment.lead) == (Stage.IN_DIVISION_CLEARANCE, HCC)
    assert clearers(history.task, (HCC,), SAMPLE, TODAY) == (DAD_HCC,)


def test_5_3_5_c_a_chief_clears_for_the_component_as_delegated_by_the_dad() -> None:
    """Lets whoever the DAD delegated it to clear the component's response before it is submitted.

    5-3.5.c: "Directly clear tasks on behalf of their organizational component, as delegated by the DAD."

    Kept by `authority(task, (lead,), ctx) is None` in bot/domain/actors.py.
    """
    chief = holder("discipline-chief", "PHARM")
    given = after((DAD_HCC, om.DelegateClearance(HCC, chief, TODAY, WEEK)))
    task = ways.audit().task
    task = authority.done(task, chief, m.ClearComponent(1, ways.part_of(task, 1)), given)
    clearance = task.active[0].clearance
    assert clearance is not None
    assert clearance.basis is not None
    assert (clearance.by, clearance.basis.giver) == (chief, DAD_HCC)


def test_5_3_5_c_where_a_chief_is_the_authority_no_lead_is_asked() -> None:
    """Skips the division lead where Appendix A's clearance authority ranks below, as for FOIA medical records.

    5-3.5.c: "Directly clear tasks on behalf of their organizational component"

    Kept by `return None if below else lead` in bot/domain/routing.py.
    """
    history = ways.responded(task_type="foia-medical-records")
    assert history.task.status is Status.IN_REVIEW
    assert plan(history) == ((Post("unit-chief", "HOU"),),)


def test_5_4_3_the_action_officer_answers_for_the_component() -> None:
    """Takes the response from the action officer whose task it is, and from nobody else.

    5-4.3: "Coordinates responses within their organizational component if applicable."

    4-6: "IHSC action officers track and coordinate tasks for their respective unit or program area using ITMS"

    Kept by `Respond: _officer` in bot/domain/actors.py.
    """
    history = ways.acknowledged()
    for other in (STAFF, DAD_CS, MANAGER):
        with pytest.raises(NotAllowed, match="only they can do this"):
            history.do(other, m.Respond(1, "412 beds."))


def test_5_4_4_the_division_lead_clears_before_submission() -> None:
    """Submits a response to the Taskings Program when its own division lead has cleared it, and not before.

    5-4.4: "Clears responses through their respective division lead prior to submission to the Taskings Program"

    6-3.4: "Must clear their responses through the appropriate IHSC clearing official prior to submitting the response
    to the task manager via ITMS or email."

    Kept by `if assignment_of(task, id).lead` in bot/domain/decide/responses.py.
    """
    history = ways.audit()
    assert history.task.status is Status.ASSIGNED
    with pytest.raises(NotAllowed, match="Only the Deputy Assistant Director, HCC"):
        history.do(DAD_CS, m.ClearComponent(1, ways.part_of(history.task, 1)))
    history.do(DAD_HCC, m.ClearComponent(1, ways.part_of(history.task, 1)))
    assert history.task.status is Status.IN_REVIEW


def test_5_4_4_a_lead_who_is_the_authority_is_asked_once() -> None:
    """Asks a division lead who is the clearance authority too only for final clearance.

    5-4.4: "The division lead may also be the designated clearance authority for some tasks"

    Kept by `if lead in authorities and not several` in bot/domain/routing.py.
    """
    history = ways.responded()
    assert history.task.status is Status.IN_REVIEW
    assert plan(history) == ((CS,), (Post("cos"),))


def test_5_4_4_with_several_divisions_no_division_lead_is_the_authority() -> None:
    """Leaves the DAD out of a step of several, and puts the AD in the place of the DAD alone.

    5-4.4: "tasks that do not involve responses from multiple divisions."

    Kept by `_without_leads(clearance) if several` in bot/domain/routing.py.
    """
    for task_type, left in (("report", (Post("cos"), Post("ad"))), ("odo-audit-medical", (Post("ad"),))):
        history = ways.routed(task_type=task_type)
        assert CS in plan(history)[0]
        history.do(MANAGER, m.AssignAlso(MQMU_CHIEF))
        assert plan(history) == (left,)
        assert [a.lead for a in history.task.active] == [CS, HCC]


def test_5_4_5_a_comment_is_recorded_and_decides_nothing() -> None:
    """Keeps comments with the task, whatever they say; one that says “approved” clears nothing and voids nothing.

    5-4.5: "Annotates comments in ITMS to document responses, actions, and decisions to complete the task."

    Kept by `comments=(*task.comments, Note(by, at, text))` in bot/domain/evolve/any_time.py.
    """
    history = ways.in_clearance()
    before = history.task
    history.do(DAD_CS, m.AddComment("Approved."))
    assert [note.text for note in history.task.comments] == ["Approved."]
    assert (history.task.status, history.task.rounds) == (before.status, before.rounds)
    assert ways.clear(history, DAD_CS).task.waiting_posts == (Post("cos"),)


def test_5_5_1_anybody_sends_a_request_on_to_the_taskings_program() -> None:
    """Takes a request that reached anybody in the directory, and puts it before the task managers.

    5-5.1: "Direct all official requests for information about IHSC to the IHSC Taskings Program"

    Kept by `ForwardRequest: _serving` in bot/domain/actors.py.
    """
    for person in (STAFF, HOU_CHIEF, AD):
        assert waiting_on(History(SENT, person).task) == (Post("task-manager"),)
    with pytest.raises(NotAllowed, match="not in the directory"):
        History(SENT, "stranger@example.gov")


def test_5_5_2_an_expert_answers_the_piece_they_were_given() -> None:
    """Lets the designee, and nobody else, hand back a piece; the response to the request stays the officer's.

    5-5.2: "Receive tasks from their division, unit, or facility action officer, and as a designee, assist in responding
    to the request for information."

    6-3.2: "Consult with their respective subject matter experts as needed."

    Kept by `HandBack: _holder` in bot/domain/actors.py.
    """
    history = ways.delegated()
    for other in (HOU_CHIEF, MANAGER):
        with pytest.raises(NotAllowed, match="has this piece"):
            history.do(other, m.HandBack(1, 1, "412."))
    history.do(MQMU_CHIEF, m.HandBack(1, 1, "412."))
    with pytest.raises(NotAllowed, match="This is assigned to"):
        history.do(MQMU_CHIEF, m.Respond(1, "412."))


def test_5_5_3_a_piece_comes_back_to_the_action_officer() -> None:
    """Brings what an expert found to the designated officer, for whom the task waits again.

    5-5.3: "Coordinate with the designated action officer for their organizational component."

    Kept by `"open": False, "package": package` in bot/domain/evolve/assignments.py.
    """
    history = ways.delegated()
    history.do(MQMU_CHIEF, m.HandBack(1, 1, "412."))
    assert waiting_on(history.task) == (HOU_CHIEF,)
    assert history.task.status is Status.ASSIGNED


def test_5_5_5_a_response_is_reminded_before_and_when_it_is_due() -> None:
    """Reminds the officer four business hours before a response is due, and when it is.

    5-5.5: "Respond to all tasks as assigned within specified time frames, to the extent practicable."

    Kept by `Notice(a.due_at, Reason.DUE` in bot/domain/notices.py.
    """
    task = ways.acknowledged().task
    assert task.active[0].due_at == datetime(2026, 12, 3, 9, tzinfo=ZONE)
    told = {n.reason: n.at for n in notices(task, SAMPLE, T0, ZONE) if n.recipient == HOU_CHIEF}
    assert told == {
        Reason.BEFORE: datetime(2026, 12, 2, 13, tzinfo=ZONE),
        Reason.DUE: datetime(2026, 12, 3, 9, tzinfo=ZONE),
    }
