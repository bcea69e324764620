"""Directive 01-51, section 4, policy: one test for each rule that a system can keep, named after its section.

A docstring says what the bot does, then the directive's words, then the line that keeps the rule: without it the test
fails. Sections 5 and 6 and Appendix A are in the `test_directive_…` modules beside this one, and the README's table is
made of these docstrings (`test_directive_table.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce

import pytest

from bot.domain import messages as m
from bot.domain import organization_messages as om
from bot.domain import training
from bot.domain.evolve import evolve
from bot.domain.positions import Post
from bot.domain.routing import propose
from bot.domain.rubric import TASK_TYPES, Origin
from bot.domain.task import Status, Task
from bot.errors import IllegalTransition, InvalidInput, NotAllowed
from cards.proposal import warnings
from tests.cards import ways
from tests.domain import test_authority as authority
from tests.domain import test_email_lane as lane
from tests.domain.test_authority import CS, DCOS, DELEGATED, TODAY, WEEK, after
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
    context,
    holder,
    request,
)

#: The kinds of task that 4-2 lists, as the types of Appendix A that they are logged as.
LISTED: dict[str, tuple[str, ...]] = {
    "4-2.1": ("congressional-inquiry",),
    "4-2.2": ("foia-medical-records", "foia-data-request", "foia-complex"),
    "4-2.3": ("oig-audit",),
    "4-2.4": ("medical-complaint",),
    "4-2.5": ("odo-audit-medical", "odo-audit-non-medical"),
    "4-2.6": ("declaration", "root-cause-analysis"),
    "4-2.7": ("medical-care-expenditures",),
    "4-2.8": ("gao-audit",),
    "4-2.9": ("leadership-request",),
    "4-2.10": ("media-inquiry",),
    "4-2.11": ("medical-complaint", "foia-medical-records", "medpar"),
    "4-2.12": ("report",),
    "4-2.13": ("sme-statement",),
    "4-2.14": ("qfr", "other"),
}


def test_4_1_a_request_between_units_is_refused() -> None:
    """Refuses to log what one unit asks of another, and says to ask the unit directly.

    4-1: "The Taskings Program does not facilitate requests for information between IHSC units."

    Kept by `asker is not None and not asker & LEADERSHIP` in bot/domain/entered.py.
    """
    for unit in ("Pharmacy", "HOU chief", HOU_CHIEF):
        with pytest.raises(InvalidInput, match="ask the unit directly"):
            History(request(requestor=unit))


def test_4_1_senior_leadership_may_initiate_a_task() -> None:
    """Logs what senior leadership asks; an internal request of anybody else is refused.

    4-1: "IHSC senior leadership may also initiate tasks facilitated by the Taskings Program."

    Kept by `asker is None and origin is Origin.INTERNAL` in bot/domain/entered.py.
    """
    asked = History(request("leadership-request", requestor="CoS", origin=Origin.INTERNAL)).task.request
    assert (asked.requestor, asked.origin) == ("CoS", Origin.INTERNAL)
    with pytest.raises(InvalidInput, match="senior leadership"):
        History(request("leadership-request", requestor="A friend", origin=Origin.INTERNAL))


def test_4_2_every_kind_of_task_can_be_logged() -> None:
    """Knows the 19 task types of Appendix A, and with them every kind of task that 4-2 lists.

    4-2: "Tasks facilitated by the Taskings Program include, but are not limited to:"

    Kept by `TASK_TYPES` in bot/domain/rubric.py.
    """
    types = {key for keys in LISTED.values() for key in keys}
    assert {History(request(key)).task.request.task_type for key in types} == set(TASK_TYPES)
    assert len(TASK_TYPES) == 19


def test_4_3_nothing_goes_out_before_it_is_cleared() -> None:
    """Refuses to transmit a response until every step of its clearance is given.

    4-3: "The Taskings Program ensures responses are complete, consistent, correct, professionally packaged, and cleared
    prior to sharing with external stakeholders and the public."

    Kept by `if kind not in ALLOWED[task.status]` in bot/domain/rules.py.
    """
    for way in (ways.responded, ways.in_clearance, lambda: ways.clear(ways.in_clearance(), DAD_CS), ways.returned):
        history = way()
        with pytest.raises(IllegalTransition, match="can't be done now"):
            history.do(MANAGER, m.Transmit(ways.package_of(history.task)))
    history = ways.cleared()
    history.do(MANAGER, m.Transmit(ways.package_of(history.task)))
    assert history.task.status is Status.TRANSMITTED


def test_4_3_what_is_cleared_or_sent_is_the_exact_package() -> None:
    """Binds a clearance and a transmission to the text and files that were read, by their SHA-256.

    4-3: "cleared prior to sharing"

    Kept by `current.sha256 != on.package` in bot/domain/preconditions.py.
    """
    history = ways.in_clearance()
    with pytest.raises(IllegalTransition, match="changed since you saw it"):
        history.do(DAD_CS, m.Clear(0, 1, "0" * 64))
    with pytest.raises(IllegalTransition, match="changed since you saw it"):
        ways.cleared().do(MANAGER, m.Transmit("0" * 64))


def test_4_3_a_changed_response_is_cleared_anew() -> None:
    """Voids what cleared a response when its text or files change; unchanged, nobody is asked twice.

    4-3: "cleared prior to sharing"

    Kept by `task.round.package == task.package` in bot/domain/evolve/clearance.py.
    """
    history = ways.returned()
    history.do(MANAGER, m.SendToClearance())
    assert history.task.waiting_posts == (Post("cos"),)
    history.do(COS, m.Return(1, 2, ways.package_of(history.task), "Name the facility."))
    history.do(MANAGER, m.Consolidate("412 beds at Lakepoint."))
    history.do(MANAGER, m.SendToClearance())
    assert history.task.waiting_posts == (CS,)


def test_4_4_everything_that_happens_is_in_the_record() -> None:
    """Keeps every event with who and when, in order; the state of a task is what its events add up to.

    4-4: "IHSC uses the IHSC Task Management System (ITMS) to centrally manage and track all tasks."

    Kept by `version=task.version + 1` in bot/domain/evolve/__init__.py.
    """
    for way in (ways.closed, ways.audit, ways.deferred, ways.delegated, ways.asked_for_time, ways.consolidated):
        history = way()
        assert reduce(evolve, history.events, None) == history.task
        assert history.task.version == len(history.events)
        assert all(event.by and event.at for event in history.events)


def test_4_4_supporting_documents_are_part_of_the_response() -> None:
    """Keeps the files with the response, from the officer's draft to the sealed record.

    4-4: "ITMS dually serves as a repository for official IHSC responses and supporting documents related to tasks."

    Kept by `case Respond(assignment=id, text=text, files=files)` in bot/domain/decide/responses.py.
    """
    history = ways.acknowledged()
    history.do(HOU_CHIEF, m.AttachFile(1, ways.CHART))
    history.do(HOU_CHIEF, m.Respond(1, "412 beds.", (ways.NOTES,)))
    ways.clear(ways.in_clearance(history), DAD_CS, COS)
    history.do(MANAGER, m.Transmit(ways.package_of(history.task)))
    history.do(MANAGER, m.Close())
    assert history.task.package is not None
    assert history.task.package.files == (ways.CHART, ways.NOTES)


def test_4_5_everybody_who_receives_a_task_answers() -> None:
    """Goes on to review once every action officer has answered, and no sooner.

    4-5: "All IHSC personnel who receive a task must respond to it"

    Kept by `all(a.stage is Stage.SUBMITTED for a in task.active)` in bot/domain/evolve/settling.py.
    """
    history = ways.routed()
    history.do(MANAGER, m.AssignAlso(MQMU_CHIEF))
    history.do(HOU_CHIEF, m.RespondNegative(1))
    history.do(DAD_CS, m.ClearComponent(1, ways.part_of(history.task, 1)))
    assert history.task.status is Status.ASSIGNED
    history.do(MQMU_CHIEF, m.RespondNegative(2))
    history.do(DAD_HCC, m.ClearComponent(2, ways.part_of(history.task, 2)))
    assert history.task.status is Status.IN_REVIEW


def test_4_5_a_negative_response_is_explicit() -> None:
    """Takes no empty response; “no information” is an answer of its own, said and recorded as such.

    4-5: "staff should communicate negative responses (no information to share) as well."

    Kept by `if not package` in bot/domain/decide/responses.py.
    """
    history = ways.acknowledged()
    with pytest.raises(InvalidInput, match="answer that there is no information"):
        history.do(HOU_CHIEF, m.Respond(1, "  "))
    history.do(HOU_CHIEF, m.RespondNegative(1))
    assert history.task.package is not None
    assert history.task.package.negative
    assert history.task.status is Status.IN_REVIEW


def test_4_5_another_manner_than_received_needs_its_reason() -> None:
    """Takes the answer to an assignment here; one that came by email a task manager enters, saying why it did.

    4-5: "IHSC personnel should respond to the task in the manner received, whether via ITMS or email."

    5-4.2: "Responds to tasks in the manner received"

    Kept by `text_of(reason, "reason", "Say why it came by email")` in bot/domain/decide/responses.py.
    """
    history = ways.routed()
    with pytest.raises(InvalidInput, match="Say why it came by email"):
        history.do(MANAGER, m.RecordResponse(1, " ", "412 beds."))
    history.do(MANAGER, m.RecordResponse(1, "ITMS was down", "412 beds."))
    note = history.task.active[0].otherwise
    assert note is not None
    assert (note.by, note.text) == (MANAGER, "ITMS was down")


def test_4_6_1_leads_and_chiefs_designate_action_officers() -> None:
    """Lets the division lead, chief or program lead above a component appoint its officers, and nobody else.

    4-6.1: "IHSC division leads (chief of staff [CoS] or deputy assistant directors [DADs]), unit chiefs, discipline
    chiefs, and program leads designate action officers."

    Kept by `p.component in over and p.key in APPOINTING` in bot/domain/powers.py.
    """
    for lead, component in ((HOU_CHIEF, "HOU"), (DAD_CS, "HOU"), (COS, "TPSU"), (holder("program-lead", "BH"), "BH")):
        assert component in after((lead, om.AppointOfficer(component, DCOS))).people[DCOS].action_officer_for
    for other, component in ((MQMU_CHIEF, "HOU"), (DAD_HCC, "HOU"), (MANAGER, "TPSU"), (holder("fod", "EAST"), "LKP")):
        with pytest.raises(NotAllowed, match="Only a chief or lead over"):
            after((other, om.AppointOfficer(component, DCOS)))


def test_4_6_1_the_chief_of_staff_leads_what_is_in_no_division() -> None:
    """Takes the DAD for the lead of a division's components, and the CoS for those under the CoS.

    4-6.1: "IHSC division leads (chief of staff [CoS] or deputy assistant directors [DADs])"

    Kept by `else Post("cos")` in bot/domain/organization.py.
    """
    for unit, lead in (("ICU", Post("cos")), ("HOU", CS)):
        history = ways.routed(holder("unit-chief", unit), task_type="odo-audit-medical", about=unit)
        assert history.task.routing is not None
        assert history.task.routing.plan == ((lead,),)


def test_4_6_2_lapsed_training_is_flagged_before_somebody_is_assigned() -> None:
    """Tells the task manager when the training of a proposed action officer is more than a year old.

    4-6.2: "TPSU trains action officers annually."

    Kept by `last is None or last < on` in bot/domain/training.py.
    """
    task = History(request("medical-care-expenditures", "RMU")).task
    ctx = context(MANAGER)
    told = list(warnings(propose(task.request, SAMPLE, RUBRIC, ctx.today), ctx))
    assert [words for words in told if "training" in words] == ["Amira Haddad's training lapsed on 19 Aug 2026."]


def test_4_6_2_action_officers_are_reminded_before_their_training_lapses() -> None:
    """Reminds an action officer 30 and 7 days before their training lapses, and until they were trained again.

    4-6.2: "TPSU trains action officers annually."

    Kept by `elif WEEK < left <= SOON:` in bot/domain/training.py.
    """
    officer = SAMPLE.people["carlos.medina@example.gov"]  # trained on 12 May 2026
    for on, reasons in ((11, []), (12, [training.Reason.MONTH])):
        told = training.reminders(SAMPLE, datetime(2027, 4, on, 16, tzinfo=UTC), ZONE)
        assert [r.reason for r in told if r.recipient == officer.email] == reasons
    told = training.reminders(SAMPLE, datetime(2027, 5, 5, 16, tzinfo=UTC), ZONE)
    assert [r.reason for r in told if r.recipient == officer.email] == [training.Reason.WEEK]
    trained = replace(officer, trained_on=date(2027, 4, 20))
    again = replace(SAMPLE, people=SAMPLE.people | {officer.email: trained})
    late = datetime(2027, 5, 11, 16, tzinfo=UTC)
    assert officer.email not in {r.recipient for r in training.reminders(again, late, ZONE)}


def test_4_7_no_reply_is_released_that_nobody_clears() -> None:
    """Has an official named where no position of Appendix A can be found: a plan without steps clears nothing.

    4-7: "The IHSC assistant director (AD) or delegate must review and clear all replies prior to release"

    Kept by `or not task.routing.plan` in bot/domain/clearing.py.
    """
    history = History(request("foia-medical-records", "field"))
    history.do(MANAGER, m.RouteTask((HOU_CHIEF,), "ERO guidance of 3 Nov"))
    history.do(HOU_CHIEF, m.Acknowledge(1))
    history.do(HOU_CHIEF, m.Respond(1, "Attached."))
    history.do(DAD_CS, m.ClearComponent(1, ways.part_of(history.task, 1)))
    with pytest.raises(InvalidInput, match="name one"):
        history.do(MANAGER, m.SendToClearance())


def test_4_7_ses_clearance_is_the_ads() -> None:
    """Ends the clearance of a task that needs SES clearance with the AD alone.

    4-7: "for tasks that do not require SES clearance."

    Kept by `_cleared_by_ad` in bot/domain/rubric.py.
    """
    for task_type, last in (("report", [{"ad"}]), ("congressional-inquiry", [{"dad"}, {"cos"}, {"ad"}])):
        routing = ways.routed(task_type=task_type, ses=True).task.routing
        assert routing is not None
        assert [{post.key for post in step} for step in routing.plan] == last


def test_4_7_a_delegation_has_a_giver_and_a_receiver() -> None:
    """Lets the receiver of a delegation clear, and says in the record for whom and since when.

    4-7: "The AD may delegate this clearance authority to senior leadership (e.g., COS or DADs)"

    Kept by `for d in org.delegated` in bot/domain/actors.py.
    """
    task = authority.in_clearance()
    with pytest.raises(NotAllowed):
        authority.done(task, DCOS, authority.clear(task))
    task = authority.done(task, DCOS, authority.clear(task), DELEGATED)
    assert task.round is not None
    given = task.round.steps[0].clearance
    assert given is not None
    assert (given.by, given.post) == (DCOS, CS)
    assert given.basis == m.Basis(False, DELEGATED.delegations[0].id, DAD_CS, TODAY)


def refused(task: Task, delegation: om.DelegateClearance, days: int = 0) -> None:
    """The receiver of the DAD-CS's delegation can't clear the step that waits."""
    organization = after((DAD_CS, delegation))
    with pytest.raises(NotAllowed):
        authority.done(task, delegation.receiver, authority.clear(task), organization, days)


def test_4_7_a_delegation_serves_between_its_dates() -> None:
    """Honours a delegation from its first day to its last, and not a day before or after.

    4-7: "The AD may delegate this clearance authority"

    Kept by `self.first <= on <= self.last` of `covers` in bot/domain/organization.py.
    """
    task = authority.in_clearance()
    refused(task, om.DelegateClearance(CS, DCOS, TODAY + timedelta(days=1), WEEK))
    refused(task, om.DelegateClearance(CS, DCOS, TODAY, WEEK), days=8)
    assert authority.done(task, DCOS, authority.clear(task), DELEGATED, days=7).waiting_posts == (Post("cos"),)


def test_4_7_a_delegation_serves_for_its_task_types() -> None:
    """Honours a delegation for the task types it names, and for all where it names none.

    4-7: "The AD may delegate this clearance authority to senior leadership (e.g., COS or DADs) for tasks"

    Kept by `not self.task_types or task_type in self.task_types` in bot/domain/organization.py.
    """
    task = authority.in_clearance()
    refused(task, om.DelegateClearance(CS, DCOS, TODAY, WEEK, ("qfr",)))
    named = after((DAD_CS, om.DelegateClearance(CS, DCOS, TODAY, WEEK, ("qfr", "congressional-inquiry"))))
    assert authority.done(task, DCOS, authority.clear(task), named).waiting_posts == (Post("cos"),)


def test_4_7_a_delegation_never_serves_for_ses_clearance() -> None:
    """Refuses every delegate a task that needs SES clearance: there the AD clears in person.

    4-7: "The AD may delegate this clearance authority to senior leadership (e.g., COS or DADs) for tasks that do not
    require SES clearance."

    Kept by `types and not ses` in bot/domain/organization.py.
    """
    task = authority.in_clearance(ses=True)
    for step, official in enumerate((DAD_CS, COS)):
        task = authority.done(task, official, authority.clear(task, step))
    assert task.waiting_posts == (Post("ad"),)
    given = after((AD, om.DelegateClearance(Post("ad"), COS, TODAY, WEEK)))
    with pytest.raises(NotAllowed):
        authority.done(task, COS, authority.clear(task, 2), given)
    assert authority.done(task, AD, authority.clear(task, 2), given).status is Status.CLEARED


def test_4_7_the_ads_authority_goes_to_senior_leadership() -> None:
    """Lets the AD pass clearance authority on to senior leadership, a DAD or the CoS, and to nobody below.

    4-7: "The AD may delegate this clearance authority to senior leadership (e.g., COS or DADs)"

    Kept by `command.post.key == "ad"` in bot/domain/authorizing.py.
    """
    with pytest.raises(InvalidInput, match="senior leadership"):
        after((AD, om.DelegateClearance(Post("ad"), HOU_CHIEF, TODAY, WEEK)))
    for receiver in (COS, DAD_CS):
        assert after((AD, om.DelegateClearance(Post("ad"), receiver, TODAY, WEEK))).delegations


def test_4_7_who_received_an_authority_does_not_pass_it_on() -> None:
    """Takes a delegation only from whoever holds the post.

    4-7: "The AD may delegate this clearance authority"

    Kept by `command.post not in passes_on(organization, actor, today)` in bot/domain/authorizing.py.
    """
    with pytest.raises(NotAllowed, match="can pass this authority on"):
        after((DCOS, om.DelegateClearance(CS, COS, TODAY, WEEK)), organization=DELEGATED)


def test_4_7_a_task_done_by_email_was_cleared_too() -> None:
    """Takes the log of a task done by email only with who cleared it, when and on what evidence, and marks it attested.

    4-7: "must review and clear all replies prior to release"

    Kept by `text_of(command.evidence` in bot/domain/email_lane.py.
    """
    at = T0 + timedelta(hours=2)
    with pytest.raises(InvalidInput, match="what shows the clearance"):
        lane.done(lane.completed(at), lane.log(at, evidence=" "), at)
    task = lane.done(lane.completed(at), lane.log(at), at)
    assert task.email is not None
    assert task.email.attested is not None
    assert (task.email.attested.cleared_by, task.email.attested.cleared_at) == (COS, at)


def test_4_7_a_task_done_by_email_was_cleared_before_it_went() -> None:
    """Refuses a log that says a response was cleared after the task was completed.

    4-7: "must review and clear all replies prior to release"

    Kept by `completed and cleared > completed` in bot/domain/email_lane.py.
    """
    at = T0 + timedelta(hours=2)
    late = at + timedelta(minutes=1)
    with pytest.raises(InvalidInput, match="cleared before it goes out") as refused:
        lane.done(lane.completed(at), lane.log(late), late)
    assert refused.value.field == "cleared_at"
