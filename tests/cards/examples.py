"""Every card in every state, on the way of real tasks: what the golden files are drawn from.

Every task here got where it is by commands. To add a card, add its states: a line each in one of the generators.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conversation.answer import Found, answer, unanswered
from bot.conversation.findings import Counted, Findings
from bot.conversation.question import Deed, Field, Group, Question, Standing, Term, Wants
from bot.conversation.understand import Understanding
from bot.conversation.work import Work
from bot.domain import messages as m
from bot.domain.mailing import NOBODY_KNOWS
from bot.domain.messages import Original
from bot.domain.notices import Reason
from bot.domain.task import Task
from cards.actions import forward, intake
from cards.answer_card import answer_card, help_card
from cards.model import Button, Card
from cards.notice_card import notice_card
from cards.placement import Kind, draw
from cards.task_cards import assignment_card, more_card, status_card, task_card
from cards.work_card import work_card
from tests.cards import ways
from tests.cards.organization_examples import organization_examples
from tests.cards.report_examples import report_examples
from tests.world import AD, COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, T0, History, context, holder, request


@dataclass(frozen=True, slots=True)
class Example:
    """`shown` is a card, or a button that stands for its form. The name is that of its golden files."""

    name: str
    shown: Card | Button


def examples() -> Iterator[Example]:
    cards = [
        *_tasks(),
        *_assignments(),
        *_received(),
        *_parts(),
        *_deferrals(),
        *_extensions(),
        *_reviews(),
        *_clearances(),
        *_transmissions(),
        *_without_a_place(),
        *_by_email(),
        *_notices(),
        *_others(),
        *_answers(),
        *(Example(name, card) for name, card in organization_examples()),
        *(Example(name, card) for name, card in report_examples()),
    ]
    yield from cards
    yield from _forms(cards)


# Cards; a name holds the state that the task is really in


def _tasks() -> Iterator[Example]:
    whole = (
        ways.received(),
        History(request()),
        ways.routed(),
        ways.responded(),
        ways.in_clearance(),
        ways.cleared(),
        ways.transmitted(),
        ways.closed(),
    )
    for history in whole:
        yield from _task(history)
    yield from _task(History(request("declaration", "LKP", ses=True, requestor="U.S. Attorney")), "-with-ses")
    yield from _task(ways.routed(task_type="odo-audit-non-medical"), "-informational")
    yield from _task(ways.deferred(), "-deferred")
    both = ways.deferred()
    both.do(MANAGER, m.AssignAlso(MQMU_CHIEF))
    both.do(MQMU_CHIEF, m.Defer(2, "Beds are counted by HOU."))
    yield from _task(both, "-deferred-by-both")
    yield from _task(ways.several(cleared=False), "-several")
    yield from _task(ways.returned(), "-returned")
    withdrawn = ways.acknowledged()
    withdrawn.do(HOU_CHIEF, m.AddComment("The OCR called: it may be withdrawn."))
    withdrawn.do(MANAGER, m.Withdraw("The OCR took it back."))
    yield from _task(withdrawn)
    withdrawn.do(MANAGER, m.Reopen("The OCR asks again."))
    yield from _task(withdrawn, "-reopened")
    withdrawn.do(MANAGER, m.Correct("due_at", "2026-12-02 12:00", "The OCR needs it sooner."))
    yield from _task(withdrawn, "-corrected")
    yield from _task(ways.held(), "-held")
    yield Example("task-closed-not-copied", _drawn(ways.not_copied(), Kind.TASK, MANAGER))
    yield from _task(ways.open_official(), "-official-open")
    sent_on = ways.received()
    sent_on.do(MANAGER, request(text="How many beds were in use on 31 October?"))
    yield from _task(sent_on, "-sent-on")


def _task(history: History, more: str = "") -> Iterator[Example]:
    task, ctx = history.task, context(MANAGER, history.now)
    yield Example(f"task-{task.status}{more}-for-a-person", task_card(task, ctx))
    yield Example(f"task-{task.status}{more}-for-a-room", task_card(task, ctx, room=True))


def _assignments() -> Iterator[Example]:
    yield _assignment(ways.routed())
    yield _assignment(ways.acknowledged())
    history = ways.acknowledged()
    history.do(HOU_CHIEF, m.AttachFile(1, ways.CHART))
    yield _assignment(history, "-with-a-file")
    history = ways.deferred()
    yield _assignment(history)
    history.do(MANAGER, m.DeclineDeferral(1, "The inquiry names HOU."))
    yield _assignment(history, "-after-a-declined-deferral")
    history = ways.deferred()
    history.do(MANAGER, m.Reassign(1, MQMU_CHIEF))
    yield _assignment(history)
    yield _assignment(history, "-instead", number=2)
    history = ways.audit()
    yield _assignment(history)
    history.do(DAD_HCC, m.ReturnComponent(1, ways.part_of(history.task, 1), "Add the dates."))
    yield _assignment(history, "-after-a-return-by-the-lead")
    history = ways.responded()
    yield _assignment(history)
    history.do(MANAGER, m.ReturnResponse(1, "Say which facility."))
    yield _assignment(history, "-after-a-return-by-the-manager")
    yield _assignment(ways.routed(task_type="odo-audit-non-medical"), "-informational")
    yield _assignment(ways.closed(), "-of-a-closed-task")
    history = ways.delegated()
    yield _assignment(history, "-delegated")
    history.do(MQMU_CHIEF, m.HandBack(1, 1, "412, by the census.", (ways.CHART,)))
    yield _assignment(history, "-handed-back")
    history = ways.asked_for_time()
    yield _assignment(history, "-asking-for-time")
    history.do(MANAGER, m.DeclineExtension(1, "The hearing is on Monday."))
    yield _assignment(history, "-without-more-time")
    history = ways.several(cleared=False)
    history.do(MANAGER, m.CancelAssignment(2, "HOU knows it all."))
    yield _assignment(history, number=2)


def _received() -> Iterator[Example]:
    """What was sent on, for those who may log it and for whoever sent it (6-1.2)."""
    for name, commands in (
        ("waiting", ()),
        ("logged", (request(),)),
        ("withdrawn", (m.Withdraw("A question between units is no tasking (4-1)."),)),
    ):
        history = ways.received()
        for command in commands:
            history.do(MANAGER, command)
        yield Example(f"received-{name}", _drawn(history, Kind.RECEIVED, MANAGER))
        yield Example(f"sent-{name}", _drawn(history, Kind.SENT, HOU_CHIEF))


def _parts() -> Iterator[Example]:
    history = ways.delegated()
    yield Example("part-delegated", _drawn(history, Kind.PART, MQMU_CHIEF))
    history.do(MQMU_CHIEF, m.Delegate(1, COS, "The count, please.", part=1))
    yield Example("part-passed-on", _drawn(history, Kind.PART, MQMU_CHIEF))
    yield Example("part-of-the-second-hand", _drawn(history, Kind.PART, COS))
    history.do(COS, m.HandBack(1, 2, "412"))
    yield Example("part-with-an-answer", _drawn(history, Kind.PART, MQMU_CHIEF))
    history.do(MQMU_CHIEF, m.HandBack(1, 1, "412, by the census."))
    yield Example("part-handed-back", _drawn(history, Kind.PART, MQMU_CHIEF))


def _extensions() -> Iterator[Example]:
    history = ways.asked_for_time()
    yield Example("extension-asked-for", _drawn(history, Kind.EXTENSION, MANAGER))
    history.do(MANAGER, m.DeclineExtension(1, "The hearing is on Monday."))
    yield Example("extension-declined", _drawn(history, Kind.EXTENSION, MANAGER))
    history = ways.asked_for_time()
    history.do(MANAGER, m.GrantExtension(1, T0 + timedelta(days=9, hours=12)))
    yield Example("extension-granted", _drawn(history, Kind.EXTENSION, MANAGER))


def _without_a_place() -> Iterator[Example]:
    yield from _task(History(request("foia-medical-records", about="field")), "-without-a-place")


def _by_email() -> Iterator[Example]:
    history = History(request(due_at=T0 + timedelta(hours=6)))
    yield from _task(history, "-in-short-time")
    history.do(MANAGER, m.OpenEmailLane())
    yield from _task(history)
    went = history.now
    history.do(MANAGER, m.CompleteByEmail(went))
    yield from _task(history, "-completed")
    history.do(MANAGER, m.LogByEmail(COS, went, "Email of the CoS, 14:02", "412 beds."))
    yield from _task(history, "-by-email")


def _completed() -> History:
    history = History(request(due_at=T0 + timedelta(hours=6)))
    history.do(MANAGER, m.OpenEmailLane())
    history.do(MANAGER, m.CompleteByEmail(history.now))
    return history


def _notices() -> Iterator[Example]:
    late, stuck = ways.acknowledged(), ways.in_clearance()
    (part,) = late.task.active
    for reason in (Reason.BEFORE, Reason.DUE, Reason.LATE):
        card = notice_card(late.task, reason, part, context(HOU_CHIEF, late.now))
        yield Example(f"notice-{reason}", card)
    settled = notice_card(late.task, Reason.DUE, late.task.active[0], context(HOU_CHIEF, late.now), over=True)
    yield Example("notice-over", settled)
    yield Example("notice-clearance", notice_card(stuck.task, Reason.CLEARANCE, None, context(DAD_CS, stuck.now)))
    for reason in (Reason.TASK_BEFORE, Reason.TASK_DUE, Reason.TASK_LATE):
        yield Example(f"notice-{reason}", notice_card(stuck.task, reason, None, context(MANAGER, stuck.now)))
    done = _completed()
    for reason in (Reason.LOG, Reason.LOG_LATE):
        yield Example(f"notice-{reason}", notice_card(done.task, reason, None, context(MANAGER, done.now)))
    unlogged = ways.received()
    yield Example("notice-unlogged", notice_card(unlogged.task, Reason.UNLOGGED, None, context(MANAGER, unlogged.now)))
    yield Example("notice-unattended", notice_card(stuck.task, Reason.UNATTENDED, None, context(MANAGER, stuck.now)))


def _others() -> Iterator[Example]:
    rim = holder("rim", "")
    foia = ways.acknowledged(task_type="foia-medical-records")
    yield Example("awareness-told", _drawn(foia, Kind.AWARENESS, rim))
    yield Example("more-for-the-manager", more_card(foia.task, context(MANAGER, foia.now)))
    yield Example("more-for-the-officer", more_card(ways.delegated().task, context(HOU_CHIEF, foia.now)))
    yield Example("more-nothing", more_card(ways.closed().task, context(HOU_CHIEF, foia.now)))
    for name, history in (("closed", ways.closed()), ("held", ways.held()), ("of-several", ways.several())):
        yield Example(f"more-{name}", more_card(history.task, context(MANAGER, history.now)))


def _assignment(history: History, more: str = "", number: int = 1) -> Example:
    assignment = history.task.assignment(number)
    assert assignment is not None
    card = assignment_card(history.task, assignment, context(assignment.officer, history.now))
    return Example(f"assignment-{assignment.stage}{more}", card)


def _deferrals() -> Iterator[Example]:
    yield _deferral("open-with-a-suggestion", ways.deferred())
    history = ways.routed()
    history.do(HOU_CHIEF, m.Defer(1, "Not ours."))
    yield _deferral("open", history)
    history.do(MANAGER, m.DeclineDeferral(1, "The inquiry names HOU."))
    yield _deferral("declined", history)
    history = ways.deferred()
    history.do(MANAGER, m.Reassign(1, MQMU_CHIEF))
    yield _deferral("reassigned", history)


def _deferral(name: str, history: History) -> Example:
    return Example(f"deferral-{name}", _drawn(history, Kind.DEFERRAL, MANAGER))


def _reviews() -> Iterator[Example]:
    yield _review("of-one", ways.responded(HOU_CHIEF, ways.CHART))
    negative = ways.acknowledged()
    negative.do(HOU_CHIEF, m.RespondNegative(1))
    yield _review("of-a-negative-response", negative)
    yield _review("of-several", ways.several())
    yield _review("of-several-consolidated", ways.consolidated())
    yield _review("with-the-official-open", ways.open_official())
    yield _review("returned", ways.returned())
    history = ways.responded()
    history.do(MANAGER, m.ReturnResponse(1, "Say which facility."))
    yield _review("given-back", history)
    informational = ways.acknowledged(task_type="odo-audit-non-medical")
    yield _review("of-an-acknowledgement", informational)
    yield _review("in-clearance", ways.in_clearance())
    yield _review("of-a-round-that-was-returned", ways.returned(), nth=0)


def _review(name: str, history: History, nth: int = -1) -> Example:
    return Example(f"review-{name}", _drawn(history, Kind.REVIEW, MANAGER, nth))


def _clearances() -> Iterator[Example]:
    audit = ways.audit()
    yield _component("waiting", audit)
    returned = ways.audit()
    returned.do(DAD_HCC, m.ReturnComponent(1, ways.part_of(returned.task, 1), "Add the dates."))
    yield _component("returned", returned)
    audit.do(DAD_HCC, m.ClearComponent(1, ways.part_of(audit.task, 1)))
    yield _component("cleared", audit)
    returned.do(MQMU_CHIEF, m.Respond(1, "No findings; dates added."))
    yield _component("waiting-again-the-card-before", returned, nth=0)
    yield _component("waiting-beside-another", ways.medpar(), DAD_CS)
    yield _clearance("waiting", DAD_CS, ways.in_clearance())
    yield _clearance("waiting-at-the-second-step", COS, ways.clear(ways.in_clearance(), DAD_CS))
    yield _clearance("passed-on", DAD_CS, ways.clear(ways.in_clearance(), DAD_CS))
    yield _clearance("returned", COS, ways.returned())
    again = ways.returned()
    again.do(MANAGER, m.ReturnResponse(1, "See the CoS's comment."))
    again.do(HOU_CHIEF, m.Respond(1, "412 beds were in use at Lakepoint."))
    yield _clearance("waiting-again", DAD_CS, ways.in_clearance(again))
    yield _clearance("waiting-again-the-card-before", DAD_CS, again, nth=0)
    yield _clearance("cleared", COS, ways.cleared())
    yield _clearance("transmitted", COS, ways.transmitted())
    negative = ways.acknowledged(MQMU_CHIEF, task_type="root-cause-analysis", about="MQMU")
    negative.do(MQMU_CHIEF, m.RespondNegative(1, "We hold no counts."))
    yield _clearance("waiting-of-a-negative-response", DAD_HCC, ways.in_clearance(negative))
    yield _clearance("waiting-of-several", COS, ways.in_clearance(ways.consolidated()))
    yield _clearance("cleared-of-several", AD, ways.clear(ways.in_clearance(ways.consolidated()), COS, AD))
    yield _clearance("waiting-with-ses", AD, ways.clear(ways.in_clearance(ways.responded(ses=True)), DAD_CS, COS))
    own = ways.in_clearance(ways.responded(HOU_CHIEF, ways.CHART, task_type="foia-medical-records"))
    yield _clearance("waiting-in-the-drafters-own-position", HOU_CHIEF, own)
    yield _clearance("cleared-in-the-drafters-own-position", HOU_CHIEF, ways.clear(own, HOU_CHIEF))


def _component(name: str, history: History, lead: str = DAD_HCC, nth: int = -1) -> Example:
    return Example(f"component-clearance-{name}", _drawn(history, Kind.COMPONENT_CLEARANCE, lead, nth))


def _clearance(name: str, official: str, history: History, nth: int = -1) -> Example:
    return Example(f"clearance-{name}", _drawn(history, Kind.CLEARANCE, official, nth))


def _drawn(history: History, kind: Kind, recipient: str, nth: int = -1) -> Card:
    """The nth of the cards of a kind that somebody was ever given, as it looks now."""
    given = [p for p in ways.placed(history.events) if (p.card, p.recipient) == (kind, recipient)]
    ctx = context(recipient, history.now, mail_domain=history.mail_domain)
    return draw(given[nth], history.task, ctx)


def _transmissions() -> Iterator[Example]:
    for name, history in (("waiting", ways.cleared()), ("sent", ways.transmitted()), ("closed", ways.closed())):
        yield _transmission(name, history)
    yield _transmission("sending", ways.mailing())
    yield _transmission("refused", ways.mailing(m.TransmissionFailed, "The mail server refused it: 550 No such user"))
    yield _transmission("unconfirmed", ways.mailing(m.TransmissionUnconfirmed, NOBODY_KNOWS))
    yield _transmission("confirmed", ways.mailing(m.TransmissionConfirmed, "250 OK: queued as 4B7F2"))
    itms = ways.clear(ways.in_clearance(ways.responded(manner=m.Manner.ITMS)), DAD_CS, COS)
    yield _transmission("waiting-by-itms", itms)


def _transmission(name: str, history: History) -> Example:
    return Example(f"transmit-{name}", _drawn(history, Kind.TRANSMIT, MANAGER))


def _answers() -> Iterator[Example]:
    """What is said to somebody who asks."""
    yield Example("help", help_card(context(MANAGER)))
    history, cleared = ways.acknowledged(), ways.cleared()
    officer, manager = context(HOU_CHIEF, history.now), context(MANAGER, cleared.now)
    yield Example("mine-nothing", work_card(Work(), officer))
    yield Example("mine-one", work_card(Work((ways.routed().task,), 1), officer))
    work = Work((cleared.task, ways.transmitted().task), 12, 1, (history.task,), 1)
    yield Example("mine-several", work_card(work, manager))
    yield Example("status-for-the-officer", status_card(history.task, officer))
    yield Example("status-for-the-official", status_card(ways.in_clearance().task, context(DAD_CS, cleared.now)))
    yield Example("status-for-an-onlooker", status_card(history.task, context(AD, history.now)))
    yield Example("status-for-a-room", status_card(cleared.task, manager, room=True))
    yield from _told()


def _told() -> Iterator[Example]:
    cleared, waits = ways.cleared().task, ways.acknowledged().task
    one = Question(((Term(Field.NUMBER, ("T-1001",)),),))
    open_ = Question(((Term(Field.STANDING, (Standing.OPEN.value,)),),))
    yield _answer("of-one", one, Findings(1, ("T-1001",)), cleared)
    who = replace(one, wants=Wants.DEEDS, deeds=(Deed.CLEARED,))
    yield _answer("of-who-cleared-it", who, Findings(1, ("T-1001",)), cleared)
    urgent = ways.acknowledged(priority=m.Priority.URGENT).task
    numbers = tuple(f"T-{1001 + index}" for index in range(23))
    yield _answer("of-several", open_, Findings(23, numbers), *(waits, cleared, urgent) * 3, waits)
    yield _answer("of-none", open_, Findings(0))
    by_unit = replace(open_, wants=Wants.COUNT, group=Group.COMPONENT)
    counted = (Counted("HOU", 12), Counted("MQMU", 9), Counted("none", 2))
    yield _answer("by-unit", by_unit, Findings(23, numbers, counted))
    rates = (Counted("HOU", 12, 91.7), Counted("MQMU", 9, 100.0), Counted("none", 2))
    yield _answer("on-time-by-unit", replace(by_unit, wants=Wants.ON_TIME), Findings(23, numbers, rates, 94.0))
    yield _answer("turnaround", replace(open_, wants=Wants.TURNAROUND), Findings(23, numbers, value=6.5 * 86_400))
    ctx = context(MANAGER, ways.cleared().now)
    back = unanswered(Understanding(None, readings=(open_,), unknown=("narnia",)), ctx)
    yield Example("answer-asks-back", answer_card(back, ctx))


def _answer(name: str, question: Question, findings: Findings, *tasks: Task) -> Example:
    ctx = context(MANAGER, ways.cleared().now)
    return Example(f"answer-{name}", answer_card(answer(question, Found(findings, tasks), ctx), ctx))


def _forms(cards: list[Example]) -> Iterator[Example]:
    """The form of every button on a card, once; and once more where it asks first whose assignment is meant."""
    shown = [button for example in cards if isinstance(example.shown, Card) for button in example.shown.buttons]
    found: dict[str, Button] = {}
    sent_on = forward(
        Original("How many beds were in use? " * 120, "Ana Ortiz", "https://ihsc.slack.com/archives/C1/p1")
    )
    for button in (intake(context(MANAGER)), sent_on, *shown):
        if button.form:
            whose = any(field.name == "assignment" for field in button.form.fields)
            more = "-whose" if whose else "-sent-on" if button.action == "task.log" and button.task else ""
            found.setdefault(f"form-{button.action.removeprefix('task.')}{more}", button)
    return (Example(name, button) for name, button in found.items())


EXAMPLES = {example.name: example for example in examples()}
