"""Random histories: state == fold(events), offers == what is accepted, and an oracle that reads events alone."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import messages as m
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.messages import Command, Event
from bot.domain.rules import ALLOWED, Offer, offers
from bot.domain.task import Task
from bot.errors import InvalidInput, Rejected
from storage.codec import decode_event, dump, load
from tests.world import AD, COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0, context, holder, request

MCMU = holder("unit-chief", "MCMU")
PEOPLE = (MANAGER, HOU_CHIEF, MQMU_CHIEF, MCMU, DAD_CS, DAD_HCC, COS, AD)
#: Good input for the fields that a form asks for.
FORMS: dict[type[Command], dict[str, object]] = {
    m.RouteTask: {"officers": (HOU_CHIEF,), "authority": "guidance"},
    m.AssignAlso: {"officer": MQMU_CHIEF},
    m.Defer: {"reason": "not ours"},
    m.Reassign: {"officer": MCMU},
    m.DeclineDeferral: {"comment": "it is"},
    m.AttachFile: {"file": m.FileRef("a.txt", 1, "a" * 64, "text/plain")},
    m.Respond: {"text": "an answer"},
    m.ReturnComponent: {"comment": "why"},
    m.ReturnResponse: {"comment": "why"},
    m.Consolidate: {"text": "one answer"},
    m.SendToClearance: {"official": "cos"},
    m.Return: {"comment": "why"},
}


def command(offer: Offer) -> Command:
    args = {name: value if name == "package" else int(value) for name, value in offer.args}
    return offer.command(**FORMS.get(offer.command, {}), **args)  # type: ignore[arg-type]


def start(task_type: str) -> tuple[Task, list[Event]]:
    events = list(decide(None, request(task_type), context(MANAGER), "T-1001"))
    task = reduce(evolve, events, None)
    assert task is not None
    return task, events


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["congressional-inquiry", "oig-audit", "report", "foia-medical-records", "medpar", "other"]),
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 20)), max_size=60),
)
def test_any_history_folds_to_its_state_and_offers_are_what_is_accepted(
    task_type: str, choices: list[tuple[str, int]]
) -> None:
    task, log = start(task_type)
    for minute, (actor, pick) in enumerate(choices):
        ctx = context(actor, T0 + timedelta(minutes=minute))
        found = offers(task, ctx)
        refused = set(ALLOWED[task.status]) - {offer.command for offer in found}
        for kind in refused:
            assert not accepted(task, kind, ctx.actor, minute)
        if not found:
            continue
        try:
            events = decide(task, command(found[pick % len(found)]), ctx)
        except InvalidInput:  # the person chosen has the task already
            continue
        assert events
        log += [decode_event(type(e).__name__, dump(e)) for e in events]
        task = reduce(evolve, events, task)
        assert task.version == len(log)
        assert task == reduce(evolve, log, None) == load(Task, dump(task))
    oracle(log)


def accepted(task: Task, kind: type[Command], actor: str, minute: int) -> bool:
    """Whether `decide` makes events of the command for anything it could be about."""
    for args in targets(task, kind):
        try:
            if decide(task, kind(**FORMS.get(kind, {}), **args), context(actor, T0 + timedelta(minutes=minute))):  # type: ignore[arg-type]
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
    if "assignment" in kind.__dataclass_fields__:
        return [{"assignment": id} for id in packages]
    return [{"package": final}] if kind is m.Transmit else [{}]


def oracle(log: list[Event]) -> None:
    """Every transmission has each step of its round cleared for that hash by somebody who held the post."""
    for i, event in enumerate(log):
        if not isinstance(event, m.ResponseTransmitted):
            continue
        sent = [e for e in log[:i] if isinstance(e, m.SentToClearance)][-1]
        assert event.package == sent.package
        for posts in sent.plan:
            cleared = [
                e for e in log[:i] if isinstance(e, m.StepCleared) and e.package == sent.package and e.post in posts
            ]
            assert cleared
            for e in cleared:
                held = {p.email for p in SAMPLE.holders(e.post, e.at.date())}
                drafted = {x.by for x in log[:i] if isinstance(x, m.ResponseGiven | m.ResponseConsolidated)}
                assert e.by in held
                assert e.by not in drafted or e.own
