"""Directive 01-51, section 6, procedures: one test for each rule a system can keep; see `test_directive.py`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain import messages as m
from bot.domain.messages import Manner, Priority
from bot.domain.notices import Reason, notices
from bot.domain.positions import Post
from bot.domain.retention import kept_because
from bot.domain.rubric import Schedule
from bot.domain.rules import offers
from bot.domain.sealing import seal_of
from bot.domain.task import Status
from bot.domain.visibility import waiting_on
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from cards.placement import Kind, placements
from tests.cards import ways
from tests.domain import test_email_lane as lane
from tests.domain.test_receiving import received
from tests.world import (
    COS,
    DAD_CS,
    HOU_CHIEF,
    MANAGER,
    MQMU_CHIEF,
    RUBRIC,
    SAMPLE,
    T0,
    ZONE,
    History,
    context,
    holder,
    request,
)

GUIDANCE = "ERO guidance of 3 Nov"


def test_6_1_1_a_task_manager_logs_what_was_received() -> None:
    """Lets task managers log a request, and nobody else.

    6-1.1: "Once received by the Taskings Program, a task manager logs the request into ITMS and processes the request"

    Kept by `LogTask: manager` in bot/domain/actors.py.
    """
    for other in (HOU_CHIEF, COS):
        with pytest.raises(NotAllowed, match="Only a task manager"):
            History(request(), actor=other)
    assert History(request()).task.status is Status.LOGGED


def test_6_1_1_an_answer_is_asked_for_before_the_requestor_expects_it() -> None:
    """Gives an assignment its own due time, a business day before the requestor's, to leave time for clearance.

    6-1.1: "Task managers prioritize and process requests based on the requested due date"

    Kept by `response_due(ctx.now, due, ctx.zone)` in bot/domain/assigning.py.
    """
    friday = datetime(2026, 12, 4, 17, tzinfo=ZONE)
    assert ways.routed(due_at=friday).task.active[0].due_at == friday - timedelta(days=1)


def test_6_1_1_priority_follows_urgency_and_leadership() -> None:
    """Keeps the priority of a request, which a task manager changes with a reason; what it was stays in the history.

    6-1.1: "urgency of the request, and senior leadership guidance."

    Kept by `"priority": "Priority"` in bot/domain/correcting.py.
    """
    history = History(request(priority=Priority.HIGH))
    assert history.task.request.priority is Priority.HIGH
    (event,) = history.do(MANAGER, m.Correct("priority", "urgent", "The CoS asks for it first."))
    assert history.task.request.priority is Priority.URGENT
    assert isinstance(event, m.FieldCorrected)
    assert (event.before, event.reason) == ("high", "The CoS asks for it first.")


def test_6_1_2_what_was_sent_on_is_logged_by_a_task_manager() -> None:
    """Has a task manager log what was sent on, under the same number and as received when it was sent.

    6-1.2: "IHSC personnel who directly receive requests for information should forward the request to the Taskings
    Program"

    Kept by `Status.RECEIVED: (LogTask` in bot/domain/rules.py.
    """
    history = received()
    sent, number = history.now, history.task.number
    with pytest.raises(NotAllowed, match="Only a task manager"):
        history.do(HOU_CHIEF, request())
    history.do(MANAGER, request())
    assert (history.task.status, history.task.number) == (Status.LOGGED, number)
    assert history.task.request.received_at == sent


def test_6_1_3_the_email_lane_is_for_less_than_24_hours() -> None:
    """Opens the email lane to a request due 23:59:59 after its receipt, and refuses it to one due 24:00:00 after.

    6-1.3: "The task manager may coordinate tasks via email if received with a response deadline less than 24 hours of
    receipt."

    Kept by `in_short_time` in bot/domain/preconditions.py.
    """
    received = History().task.request.received_at
    day = History(request(due_at=received + timedelta(hours=24)))
    with pytest.raises(IllegalTransition, match="less than 24 hours"):
        day.do(MANAGER, m.OpenEmailLane())
    less = History(request(due_at=received + timedelta(hours=23, minutes=59, seconds=59)))
    less.do(MANAGER, m.OpenEmailLane())
    assert less.task.status is Status.BY_EMAIL


def test_6_1_3_the_log_of_an_email_task_is_owed_within_two_business_days() -> None:
    """Counts two business days from the completion: Tuesday 24 November 2026 is logged by Friday 27, over Thanksgiving.

    6-1.3: "Once completed, the task manager will log the request and response into ITMS within two business days of
    task completion."

    Kept by `day.weekday() < 5 and day not in _federal(day.year)` in bot/domain/business.py.
    """
    task = lane.completed(datetime(2026, 11, 24, 11, tzinfo=ZONE))
    assert task.email is not None
    assert task.email.log_by == datetime(2026, 11, 28, tzinfo=ZONE)  # the end of Friday 27


def test_6_1_3_a_log_that_comes_late_is_marked_late() -> None:
    """Takes a late log all the same, marked late, and tells the TPSU chief meanwhile.

    6-1.3: "within two business days of task completion."

    Kept by `ctx.now >= task.email.log_by` in bot/domain/email_lane.py.
    """
    at = datetime(2026, 11, 24, 11, tzinfo=ZONE)
    task = lane.completed(at)
    told = {n.recipient for n in notices(task, SAMPLE, T0, ZONE) if n.reason is Reason.LOG_LATE}
    assert told == {MANAGER, holder("tpsu-chief")}
    for logged, late in (
        (datetime(2026, 11, 27, 23, 59, 59, tzinfo=ZONE), False),
        (datetime(2026, 11, 28, tzinfo=ZONE), True),
    ):
        email = lane.done(task, lane.log(at), logged).email
        assert email is not None
        assert email.attested is not None
        assert email.attested.late is late


def test_6_2_task_managers_assign() -> None:
    """Lets task managers assign a task to its action officers, and nobody else.

    6-2: "Task managers assign tasks to action officers"

    Kept by `RouteTask: manager` in bot/domain/actors.py.
    """
    history = History()
    for other in (HOU_CHIEF, DAD_CS):
        with pytest.raises(NotAllowed, match="Only a task manager"):
            history.do(other, m.RouteTask((HOU_CHIEF,)))
    history.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    assert history.task.status is Status.ASSIGNED


def test_6_2_other_officers_than_appendix_a_names_need_an_authority() -> None:
    """Refuses action officers whom Appendix A does not name, unless the guidance it rests on is stated and recorded.

    6-2: "Task managers assign tasks to action officers, according to Appendix A."

    Kept by `not routing.follows(proposal, chosen) and not authority` in bot/domain/assigning.py.
    """
    history = History(request("root-cause-analysis", "MQMU"))
    with pytest.raises(InvalidInput, match="Appendix A names other action officers"):
        history.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    history.do(MANAGER, m.RouteTask((HOU_CHIEF,), GUIDANCE))
    assert history.task.routing is not None
    assert history.task.routing.authority == GUIDANCE


def test_6_3_4_nobody_clears_what_they_drafted() -> None:
    """Refuses an official the clearance of a response they wrote any of; another official of the step clears it.

    6-3.4: "Must clear their responses through the appropriate IHSC clearing official"

    Kept by `return OWN_DRAFT if drafted(task, ctx.actor, ctx.organization, ctx.today) else ""` in bot/domain/actors.py.
    """
    history = ways.in_clearance(ways.responded(DAD_CS, task_type="leadership-request"))
    with pytest.raises(NotAllowed, match="You drafted this response"):
        ways.clear(history, DAD_CS)
    assert ways.clear(history, COS).task.status is Status.CLEARED


def test_6_3_4_unless_appendix_a_gives_the_step_to_their_own_position() -> None:
    """Lets a unit chief clear FOIA medical records they answered, as Appendix A says, and the record says that it is
    own.

    6-3.4: "Must clear their responses through the appropriate IHSC clearing official"

    Kept by `and not (held and task.own_position(email))` in bot/domain/visibility.py.
    """
    history = ways.clear(ways.in_clearance(ways.responded(task_type="foia-medical-records")), HOU_CHIEF)
    assert history.task.status is Status.CLEARED
    assert history.task.rounds[0].steps[0].clearance is not None
    assert history.task.rounds[0].steps[0].clearance.own


def test_6_3_5_an_assignment_is_answered_as_it_was_given() -> None:
    """Gives assignments here and wants their answers here, however the requestor asked.

    6-3.5: "Must submit the response to the Taskings Program in the same manner they received the task, whether ITMS or
    email."

    Kept by `Manner.ITMS` of `_assigned` in bot/domain/assigning.py.
    """
    for manner in Manner:
        assert ways.routed(manner=manner).task.active[0].manner is Manner.ITMS


def test_6_4_a_task_manager_formats_the_response() -> None:
    """Lets the task manager format a response before its final clearance; what they made of it is what is cleared.

    6-4: "Task managers format the response, if needed"

    Kept by `return self.consolidated` in bot/domain/task.py.
    """
    history = ways.responded()
    history.do(MANAGER, m.Consolidate("In October, 412 beds were in use."))
    ways.in_clearance(history)
    assert history.task.round is not None
    assert history.task.round.package.text == "In October, 412 beds were in use."


def test_6_4_the_requestor_is_answered_in_the_manner_received() -> None:
    """Answers a requestor as they asked; another manner is refused unless a task manager records why.

    6-4: "respond to the requestor in the manner received."

    Kept by `manner is not request.manner and not reason` in bot/domain/clearing.py.
    """
    history = ways.cleared()
    assert history.task.request.manner is Manner.EMAIL
    package = ways.package_of(history.task)
    with pytest.raises(InvalidInput, match="They asked by email"):
        history.do(MANAGER, m.Transmit(package, manner=Manner.ITMS))
    history.do(MANAGER, m.Transmit(package, manner=Manner.ITMS, reason="Their mailbox is full."))
    assert history.task.transmission is not None
    assert history.task.transmission.reason == "Their mailbox is full."


def test_6_5_a_record_is_closed_once_its_task_is_complete() -> None:
    """Refuses to close a task that is not cleared and transmitted.

    6-5: "Task managers complete and document tasks for the historical record"

    Kept by `kind is Close and task.status is Status.IN_REVIEW` in bot/domain/preconditions.py.
    """
    with pytest.raises(IllegalTransition, match="cleared and transmitted before it is closed"):
        ways.responded().do(MANAGER, m.Close())
    for way in (ways.routed, ways.in_clearance, ways.cleared):
        with pytest.raises(IllegalTransition):
            way().do(MANAGER, m.Close())


def test_6_5_a_closed_record_is_sealed() -> None:
    """Seals the state of a closed task by its SHA-256, so that a change to it shows.

    6-5: "ITMS is IHSC's official records management system for taskings."

    Kept by `TaskClosed(ctx.actor, ctx.now, seal_of(task), ` in bot/domain/retention.py.
    """
    history = ways.transmitted()
    before = history.task
    history.do(MANAGER, m.Close())
    assert history.task.seal == seal_of(before)
    assert seal_of(replace(before, manager=MQMU_CHIEF)) != history.task.seal


def test_6_5_nothing_changes_a_closed_record() -> None:
    """Offers nothing on a closed task but to add to its record, keep it longer or reopen it; its seal stays as it was.

    6-5: "IHSC retains these records in accordance with approved records retention schedules."

    Kept by `Status.CLOSED: (SupplementRecord, SendCopy, HoldRecord, ReleaseHold, Reopen),` in bot/domain/rules.py.
    """
    history = ways.closed()
    for person in SAMPLE.people:
        found = {offer.command for offer in offers(history.task, context(person))}
        assert found == (
            {m.SupplementRecord, m.HoldRecord, m.Reopen} if SAMPLE.is_manager(person, T0.date()) else set()
        )
    with pytest.raises(InvalidInput, match="Say why"):
        history.do(MANAGER, m.Reopen(" "))
    seal = history.task.seal
    history.do(MANAGER, m.SupplementRecord("The OCR thanked us."))
    assert history.task.seal == seal


def test_6_5_a_record_is_kept_by_its_approved_schedule() -> None:
    """Keeps a closed record until the day its approved schedule names, for good without one, and longer on legal hold.

    6-5: "IHSC retains these records in accordance with approved records retention schedules."

    Kept by `now.until and now.until <= on` in bot/domain/retention.py.
    """
    history = ways.closed()
    approved = replace(RUBRIC, retention={"congressional-inquiry": Schedule("DAA-1, item 2", 7, approved=True)})
    last, due = date(2033, 11, 23), date(2033, 11, 24)
    assert kept_because(history.task, date.max, RUBRIC, ZONE) == ("no approved schedule",)
    assert kept_because(history.task, last, approved, ZONE) == ("until 24 Nov 2033, under DAA-1, item 2",)
    assert kept_because(history.task, due, approved, ZONE) == ()
    history.do(MANAGER, m.HoldRecord("Doe v. ICE"))
    assert kept_because(history.task, due, approved, ZONE) == ("legal hold of 24 Nov 2026: Doe v. ICE",)
    history.do(MANAGER, m.Reopen("One more page."))
    assert kept_because(history.task, due, approved, ZONE)


# Appendix A: every cell of it is held by tests/domain/test_appendix_a.py


def plan(history: History) -> tuple[tuple[Post, ...], ...]:
    assert history.task.routing is not None
    return history.task.routing.plan


def test_appendix_a_holds_in_the_absence_of_guidance() -> None:
    """Takes other clearing officials than Appendix A's only with the guidance they rest on, which is recorded.

    Appendix A: "In the absence of specific guidance by ERO, IHSC uses the following rubric to coordinate and approve
    (clear) responses by task type."

    Kept by `OVERRIDE.format("clearing officials")` in bot/domain/assigning.py.
    """
    history = History()
    with pytest.raises(InvalidInput, match="Appendix A names other clearing officials"):
        history.do(MANAGER, m.RouteTask((HOU_CHIEF,), officials=("cos",)))
    history.do(MANAGER, m.RouteTask((HOU_CHIEF,), GUIDANCE, officials=("cos",)))
    assert plan(history) == ((Post("cos"),),)
    assert history.task.routing is not None
    assert history.task.routing.authority == GUIDANCE


def test_appendix_a_dad_and_cos_are_two_steps() -> None:
    """Asks the DAD of the division that answers, and then the CoS.

    Appendix A, congressional inquiries: "DAD and COS"

    Kept by `clearance = [{ steps = [["dad"], ["cos"]] }]` in bot/rubric/appendix_a.toml.
    """
    assert plan(ways.routed(task_type="congressional-inquiry")) == ((Post("dad", "CS"),), (Post("cos"),))


def test_appendix_a_dad_cos_or_ad_is_one_step() -> None:
    """Asks all three at once, and any one of them clears.

    Appendix A, routine and ad-hoc reports: "DAD, CoS, or AD"

    Kept by `clearance = [{ steps = [["dad", "cos", "ad"]] }]` in bot/rubric/appendix_a.toml.
    """
    history = ways.in_clearance(ways.responded(task_type="report"))
    assert set(history.task.waiting_posts) == {Post("dad", "CS"), Post("cos"), Post("ad")}
    assert ways.clear(history, COS).task.status is Status.CLEARED


def test_appendix_a_a_declaration_is_cleared_by_who_runs_the_facility() -> None:
    """Asks the DAD-CS for ICE, and the FOD or AFOD for a facility that IHSC does not staff.

    Appendix A, declarations: "ICE: DAD-CS Non-IHSC facilities : FOD/AFOD"

    Kept by `{ staffing = "contract", steps = [["fod", "afod"]] }` in bot/rubric/appendix_a.toml.
    """
    rhsa = holder("rhsa", "EAST")
    assert plan(ways.routed(rhsa, task_type="declaration", about="LKP")) == ((Post("dad", "CS"),),)
    (step,) = plan(ways.routed(rhsa, task_type="declaration", about="RVB"))
    assert {post.key for post in step} == {"fod", "afod"}


def test_appendix_a_mcmu_and_hou_are_two_assignments() -> None:
    """Assigns a medical complaint of HQ to both units; one of them alone needs an authority.

    Appendix A, medical complaints: "HQ: MCMU and HOU"

    Kept by `taken = all(` in bot/domain/routing.py.
    """
    history = History(request("medical-complaint"))
    with pytest.raises(InvalidInput, match="Appendix A names other"):
        history.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    history.do(MANAGER, m.RouteTask((holder("unit-chief", "MCMU"), HOU_CHIEF)))
    assert [a.component for a in history.task.active] == ["MCMU", "HOU"]


def test_appendix_a_varies_is_the_task_managers_choice() -> None:
    """Lets the task manager choose who answers where Appendix A says so, with no authority owed.

    Appendix A, congressional inquiries: "Field: Varies"

    Kept by `if proposal.route.varies` in bot/domain/routing.py.
    """
    history = ways.routed(holder("hsa", "LKP"), about="LKP")
    assert [a.post for a in history.task.active] == [Post("hsa", "LKP")]


def test_appendix_a_tbd_is_settled_before_clearance() -> None:
    """Has the task manager name an official where Appendix A leaves it open, and asks them before anybody else.

    Appendix A, MedPAR information: "TBD"

    Kept by `task.routing.official_open` in bot/domain/clearing.py.
    """
    chief = holder("unit-chief", "HPMU")
    history = History(request("medpar", "HPMU", ses=True))
    history.do(MANAGER, m.RouteTask((chief,), GUIDANCE))
    history.do(chief, m.Acknowledge(1))
    history.do(chief, m.Respond(1, "None."))
    history.do(holder("dad", "HSS"), m.ClearComponent(1, ways.part_of(history.task, 1)))
    with pytest.raises(InvalidInput, match="name one"):
        history.do(MANAGER, m.SendToClearance())
    history.do(MANAGER, m.SendToClearance("cos"))
    assert history.task.round is not None
    assert [step.posts for step in history.task.round.steps] == [(Post("cos"),), (Post("ad"),)]


def test_appendix_a_an_informational_task_is_acknowledged_and_closed() -> None:
    """Takes the acknowledgement for the whole answer; there is nothing to write, clear or transmit before it is closed.

    Appendix A, ODO audits without medical findings: "Informational – clearance not needed."

    Kept by `if task.informational else (done,)` in bot/domain/decide/assignments.py.
    """
    history = ways.acknowledged(task_type="odo-audit-non-medical")
    assert history.task.status is Status.IN_REVIEW
    with pytest.raises(IllegalTransition, match="acknowledging it is the whole answer"):
        history.do(MANAGER, m.SendToClearance())
    history.do(MANAGER, m.Close())
    assert history.task.status is Status.CLOSED


def test_appendix_a_awareness_is_told_and_asks_nothing() -> None:
    """Shows a FOIA request to the RIM office; no answer is waited for from it.

    Appendix A, FOIA requests: "Records and Information Management (RIM) Office for awareness"

    Kept by `yield Kind.AWARENESS, 0, "", person.email` in cards/placement.py.
    """
    task = ways.routed(task_type="foia-medical-records").task
    rim = holder("rim")
    assert [p.card for p in placements(task, SAMPLE, T0, ZONE) if p.recipient == rim] == [Kind.AWARENESS]
    assert waiting_on(task) == (HOU_CHIEF,)
