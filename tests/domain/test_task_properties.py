"""Random histories: state == fold(events), offers == what is accepted, and an oracle that reads events alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import messages as m
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.mailing import UNDER_WAY, ended, tried
from bot.domain.messages import Command, Event
from bot.domain.package import FileRef
from bot.domain.rules import ALLOWED, ON_PART, Offer, offers
from bot.domain.task import Status, Task
from bot.domain.visibility import waiting_on
from bot.errors import InvalidInput, Rejected
from storage.codec import decode_event, dump, load
from tests.world import AD, COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0, context, holder, request

#: The email went out.
WENT = m.TransmissionConfirmed | m.ArrivalConfirmed
MAIL = "taskings.test"
MCMU = holder("unit-chief", "MCMU")
HELPER = holder("rim", "")
SECOND = holder("unit-chief", "HITU")
PEOPLE = (MANAGER, HOU_CHIEF, MQMU_CHIEF, MCMU, DAD_CS, DAD_HCC, COS, AD, HELPER, SECOND)
#: Good input for the fields that a form asks for.
FORMS: dict[type[Command], dict[str, object]] = {
    m.RouteTask: {"officers": (HOU_CHIEF,), "authority": "guidance"},
    m.AssignAlso: {"officer": MQMU_CHIEF, "authority": "guidance"},
    m.Defer: {"reason": "not ours"},
    m.Reassign: {"officer": MCMU, "authority": "guidance"},
    m.DeclineDeferral: {"comment": "it is"},
    m.AttachFile: {"file": FileRef("a.txt", 1, "a" * 64, "text/plain")},
    m.DetachFile: {"file": "a" * 64},
    m.Respond: {"text": "an answer"},
    m.ReturnComponent: {"comment": "why"},
    m.ReturnResponse: {"comment": "why"},
    m.Consolidate: {"text": "one answer"},
    m.SendToClearance: {"official": "cos"},
    m.Return: {"comment": "why"},
    m.Delegate: {"to": HELPER, "note": "the beds"},
    m.HandBack: {"text": "412"},
    m.RequestExtension: {"reason": "a lot", "due_at": T0 + timedelta(days=9, hours=23)},
    m.GrantExtension: {"due_at": T0 + timedelta(days=9, hours=22)},
    m.DeclineExtension: {"comment": "no"},
    m.CancelAssignment: {"reason": "not needed"},
    m.RecordResponse: {"reason": "ITMS was down", "text": "an answer by email"},
    m.AddComment: {"text": "approved"},
    m.Locate: {"about": "HOU"},
    m.Correct: {"field": "priority", "value": "urgent", "reason": "a call"},
    m.Withdraw: {"reason": "taken back"},
    m.Reopen: {"reason": "more to say"},
    m.SupplementRecord: {"text": "a late answer"},
    m.HoldRecord: {"reason": "litigation"},
    m.ReleaseHold: {"hold": 1, "reason": "settled"},
    m.Send: {"to": "ocr@example.org"},
    m.SendAgain: {"to": "ocr@example.org"},
    m.CompleteByEmail: {"completed_at": T0},
    m.LogByEmail: {"cleared_by": COS, "cleared_at": T0, "evidence": "an email", "text": "412"},
}


def command(offer: Offer, minute: int, task: Task) -> Command:
    """What the offer becomes when its form is filled; every file is a new one, since the same again changes nothing."""
    if offer.command is m.AttachFile:
        file = FileRef("a.txt", 1, f"{minute:064x}", "text/plain")
        return m.AttachFile(offer.about.assignment, file)
    if offer.command is m.DetachFile:
        (assignment,) = (a for a in task.assignments if a.id == offer.about.assignment)
        return m.DetachFile(assignment.id, assignment.files[0].sha256)
    if offer.command is m.AddComment:
        return m.AddComment(f"approved {minute}")
    if offer.command is m.Consolidate:
        return m.Consolidate(f"one answer, {minute}")
    if offer.command is m.Correct:
        return m.Correct("subject", f"Subject {minute}", "a typing error")
    if offer.command is m.Delegate and minute % 2:
        return m.Delegate(offer.about.assignment, SECOND, part=offer.about.part)
    args = {name: value if name in {"package", "message"} else int(value) for name, value in offer.args}
    return offer.command(**FORMS.get(offer.command, {}), **args)  # type: ignore[arg-type]


#: Task types with who answers first: a lead who may also clear, and a chief whose own position clears, among them.
TASKS = (
    ("congressional-inquiry", "HOU", HOU_CHIEF),
    ("oig-audit", "MQMU", MQMU_CHIEF),
    ("foia-medical-records", "HOU", HOU_CHIEF),
    ("leadership-request", "CS", DAD_CS),
    ("medpar", "HOU", HOU_CHIEF),
    ("report", "HOU", HOU_CHIEF),
)
#: Steps that lead back or aside; without them first in the list a history gets somewhere.
DETOURS = (
    m.SendAgain,
    m.Defer,
    m.AttachFile,
    m.DetachFile,
    m.AssignAlso,
    m.Return,
    m.ReturnComponent,
    m.ReturnResponse,
    m.Consolidate,
    m.Delegate,
    m.HandBack,
    m.Recall,
    m.RequestExtension,
    m.GrantExtension,
    m.DeclineExtension,
    m.CancelAssignment,
    m.RecordResponse,
    m.AddComment,
    m.MuteReminders,
    m.Correct,
    m.Withdraw,
    m.Reopen,
)


def start(task_type: str, about: str, officer: str) -> tuple[Task, list[Event]]:
    events = list(decide(None, request(task_type, about), context(MANAGER), "T-1001"))
    task = reduce(evolve, events, None)
    assert task is not None
    routed = decide(task, m.RouteTask((officer,), "guidance"), context(MANAGER))
    return reduce(evolve, routed, task), events + list(routed)


def possible(task: Task, now: datetime) -> list[tuple[str, Offer]]:
    """Everything that anybody may do now, what leads on first."""
    found = [(person, offer) for person in PEOPLE for offer in offers(task, context(person, now, mail_domain=MAIL))]
    if task.status is Status.CLOSED:
        return []
    withdrawn = task.status is Status.WITHDRAWN  # then it is reopening that leads on
    return sorted(found, key=lambda pair: (pair[1].command in DETOURS) is not withdrawn)


def play(kind: tuple[str, str, str], picks: list[int]) -> tuple[Task, list[Event]]:
    task, log = start(*kind)
    for minute, pick in enumerate(picks):
        now = T0 + timedelta(minutes=minute)
        check_refusals(task, PEOPLE[pick % len(PEOPLE)], minute)
        events = server(task, now, pick) or act(task, now, minute, pick)
        log += [decode_event(type(e).__name__, dump(e)) for e in events]
        task = reduce(evolve, events, task)
        assert task.version == len(log)
        assert task == reduce(evolve, log, None) == load(Task, dump(task))
        assert mails_add_up(log)
        assert waiting_on(task) or task.status in {Status.CLOSED, Status.WITHDRAWN}
    return task, log


def server(task: Task, now: datetime, pick: int) -> tuple[Event, ...]:
    """What the worker and the mail server do with an email, a step a time; two times in five they take their time."""
    mail, outcomes = task.mailing, (m.TransmissionConfirmed, m.TransmissionFailed, m.TransmissionUnconfirmed)
    if mail is None or mail.state not in UNDER_WAY or pick % 5 > 2:
        return ()
    return tried(task, now) or ended(task, outcomes[pick % 5], mail.message_id, "250 or not", now)


def mails_add_up(log: list[Event]) -> bool:
    """No Message-ID is tried twice, and a further one is made only after somebody said what became of the last."""
    mails = [e for e in log if isinstance(e, m.TransmissionBegun | m.TransmissionTried)]
    tries = [e.message_id for e in mails if isinstance(e, m.TransmissionTried)]
    settled = {e.message_id for e in log if isinstance(e, m.TransmissionFailed | m.TransmissionUnconfirmed | WENT)}
    return len(set(tries)) == len(tries) and set(tries[:-1]) <= settled


def act(task: Task, now: datetime, minute: int, pick: int) -> tuple[Event, ...]:
    """What the picked offer does, or the next one whose form asks for somebody who has the task already."""
    found = possible(task, now)
    first = pick % len(found) if found else 0
    for actor, offer in found[first:] + found[:first]:
        try:
            events = decide(task, command(offer, minute, task), context(actor, now, mail_domain=MAIL))
        except InvalidInput:
            continue
        assert events
        return events
    assert not found
    return ()


def check_refusals(task: Task, actor: str, minute: int) -> None:
    """What is not offered is not accepted either, whatever it is about."""
    shown = {offer.command for offer in offers(task, context(actor, T0 + timedelta(minutes=minute), mail_domain=MAIL))}
    for kind in set(ALLOWED[task.status]) - shown:
        assert not accepted(task, kind, actor, minute)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(TASKS), st.lists(st.integers(0, 20), max_size=40))
def test_any_history_folds_to_its_state_and_offers_are_what_is_accepted(
    kind: tuple[str, str, str], picks: list[int]
) -> None:
    _, log = play(kind, picks)
    oracle(log)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TASKS), st.lists(st.integers(0, 20), max_size=25))
def test_from_anywhere_a_task_can_still_be_cleared_and_transmitted(
    kind: tuple[str, str, str], picks: list[int]
) -> None:
    """Whatever happened before, what leads on ends in a sealed record that the oracle accepts, or was withdrawn."""
    task, log = play(kind, [*picks, *[0] * 40])
    assert task.status is Status.CLOSED
    assert task.withdrawn or any(isinstance(event, m.ResponseTransmitted | WENT) for event in log)
    oracle(log)


def accepted(task: Task, kind: type[Command], actor: str, minute: int) -> bool:
    """Whether `decide` makes events of the command for anything it could be about."""
    for args in targets(task, kind):
        try:
            if decide(
                task,
                kind(**FORMS.get(kind, {}), **args),
                context(actor, T0 + timedelta(minutes=minute), mail_domain=MAIL),
            ):  # type: ignore[arg-type]
                return True
        except Rejected:
            continue
    return False


def targets(task: Task, kind: type[Command]) -> list[dict[str, object]]:
    packages = {a.id: a.package.sha256 if a.package else "" for a in task.assignments}
    final = task.package.sha256 if task.package else ""
    if kind in {m.Clear, m.Return}:
        number = len(task.rounds)
        return [{"step": step, "round": number, "package": final} for step in range(4)]
    if kind in {m.ClearComponent, m.ReturnComponent}:
        return [{"assignment": id, "package": package} for id, package in packages.items()]
    if kind in ON_PART:
        return [{"assignment": id, "part": part} for id in packages for part in range(4)]
    if "assignment" in kind.__dataclass_fields__:
        return [{"assignment": id} for id in packages]
    about = {"package": final, "message": task.mailing.message_id if task.mailing else ""}
    return [{name: value for name, value in about.items() if name in kind.__dataclass_fields__}]


def oracle(log: list[Event]) -> None:
    """Every transmission has each step of its round cleared for that hash by somebody entitled at that moment."""
    for i, event in enumerate(log):
        if not isinstance(event, m.ResponseTransmitted | m.TransmissionBegun):
            continue
        sent = [e for e in log[:i] if isinstance(e, m.SentToClearance)][-1]
        assert event.package == sent.package
        for posts in sent.plan:
            cleared = [
                (at, e)
                for at, e in enumerate(log[:i])
                if isinstance(e, m.StepCleared | m.ComponentCleared) and e.package == sent.package and e.post in posts
            ]
            assert cleared
            for at, e in cleared:
                assert e.by in {p.email for p in SAMPLE.holders(e.post, e.at.date())}
                assert e.by not in writers(log[:at]) or (isinstance(e, m.StepCleared) and e.own)


def writers(log: list[Event]) -> set[str]:
    """Whose words are in the response as it stands: drafts that were returned or reassigned are in it no more."""
    parts: dict[int, str] = {}
    officers: dict[int, str] = {}
    whole: set[str] = set()
    for event in log:
        match event:
            case m.ResponseGiven():
                parts[event.assignment] = officers[event.assignment]
            case m.ResponseReturned() | m.ComponentReturned() | m.AssignmentReassigned() | m.AssignmentCancelled():
                parts.pop(event.assignment, None)
                whole = set()
            case m.TaskAssigned():
                officers[event.assignment] = event.officer
                whole = set()
            case m.ResponseConsolidated():
                whole = {event.by}
            case _:
                pass
    return {*parts.values(), *whole}
