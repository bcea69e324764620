"""Every card in every state of the flow: within the limits, quiet on a lock screen, honest in its buttons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.conversation.stands import state_line
from bot.domain import messages as m
from bot.domain.messages import Command, Original
from bot.domain.notices import Reason
from bot.domain.rules import managers_offers, offers
from bot.domain.task import Status, Task
from bot.errors import InvalidInput, Rejected
from cards import adaptive, blockkit
from cards.actions import ACTIONS, ASK, COMMANDS, forward, intake
from cards.commands import to_command
from cards.model import Card, ChoiceField, Facts, Text, TextField
from cards.notice_card import notice_card
from cards.offered import MORE
from cards.payload import Press, payload
from cards.placement import draw
from cards.task_cards import assignment_card, clearance_card, more_card, status_card, task_card
from tests.cards.checks import check_adaptive, check_blocks, check_view
from tests.cards.ways import audit, deferred, in_clearance, medpar, part_of, placed, returned
from tests.world import COS, DAD_CS, DAD_HCC, HOU_CHIEF, MANAGER, MQMU_CHIEF, T0, ZONE, History, context, request

CANARY = "XYZZY-SUBJECT"


def states(history: History) -> Iterator[Task]:
    """A task at every stop of its way, a deferral and a return among them."""
    yield history.task
    steps: tuple[tuple[str, Command], ...] = (
        (MANAGER, m.RouteTask((HOU_CHIEF,))),
        (HOU_CHIEF, m.Defer(1, "Not ours", MQMU_CHIEF)),
        (MANAGER, m.DeclineDeferral(1, "It is")),
        (HOU_CHIEF, m.Respond(1, "412 beds")),
        (MANAGER, m.AssignAlso(MQMU_CHIEF)),
        (MQMU_CHIEF, m.RespondNegative(2)),
    )
    for actor, command in steps:
        history.do(actor, command)
        yield history.task
    for a in history.task.active:
        assert a.package is not None
        assert a.lead is not None
        history.do(
            next(p.email for p in context(MANAGER).organization.holders(a.lead, context(MANAGER).today)),
            m.ClearComponent(a.id, a.package.sha256),
        )
        yield history.task
    history.do(MANAGER, m.Consolidate("412 beds in all"))
    history.do(MANAGER, m.SendToClearance())
    yield history.task
    for actor, kind in ((COS, m.Return), (MANAGER, None), (COS, m.Clear), ("ad", m.Clear)):
        package, current = history.task.package, history.task.round
        assert package is not None
        assert current is not None
        if kind is None:
            history.do(MANAGER, m.SendToClearance())
        else:
            step = current.current
            assert step is not None
            post = current.steps[step].posts[0]
            actor = context(MANAGER).organization.holders(post, context(MANAGER).today)[0].email
            extra = {"comment": "Why 412?"} if kind is m.Return else {}
            history.do(actor, kind(step=step, round=current.number, package=package.sha256, **extra))
        yield history.task
    assert history.task.package is not None
    history.do(MANAGER, m.Transmit(history.task.package.sha256))
    yield history.task
    history.do(MANAGER, m.Close())
    yield history.task


HISTORY = History(request(subject=CANARY))
STATES = tuple(states(HISTORY))
PEOPLE = (MANAGER, HOU_CHIEF, MQMU_CHIEF, DAD_CS, DAD_HCC, COS)


def cards_of(history: History, person: str, task: Task | None = None) -> tuple[Card, ...]:
    """Every card that the person was ever given, as they look when the task is so; as it is now unless given."""
    task = task or history.task
    given = placed(history.events[: task.version])
    return tuple(draw(p, task, context(person, history.now)) for p in given if p.recipient == person)


@pytest.mark.parametrize("task", STATES, ids=lambda task: f"{task.version}-{task.status}")
def test_every_card_is_within_the_limits_and_its_notice_never_tells_the_subject(task: Task) -> None:
    for person in PEOPLE:
        for card in (*cards_of(HISTORY, person, task), task_card(task, context(person), room=True)):
            check_adaptive(adaptive.render(card))
            check_blocks(blockkit.render(card))
            assert CANARY not in card.notice
            assert task.number in card.notice
            assert sum(1 for b in card.buttons if b.style == "primary") <= 3


@pytest.mark.parametrize("task", STATES, ids=lambda task: f"{task.version}-{task.status}")
def test_a_persons_buttons_are_what_decide_accepts_from_them(task: Task) -> None:
    for person in PEOPLE:
        cards = cards_of(HISTORY, person, task)
        shown = Counter(commands_on(*cards))
        asks = any(ASK in actions_on(card) for card in cards)
        behind = commands_on(more_card(task, context(person))) if asks else []
        elsewhere = (
            {m.AttachFile} if asks else {m.AttachFile, m.AddComment, m.MuteReminders}
        )  # a question opens the task to the others
        assert shown.keys() | set(behind) == {o.command for o in offers(task, context(person))} - elsewhere
        assert max((shown[kind] for kind in (m.Clear, m.Return, m.SendToClearance)), default=0) <= 1
    room = task_card(task, context(COS), room=True)
    assert set(commands_on(room)) <= {o.command for o in managers_offers(task, context(COS))}
    assert set(commands_on(room, more_card(task, context(MANAGER)))) >= {
        o.command for o in managers_offers(task, context(COS))
    }


def test_a_reminder_of_a_log_says_on_a_lock_screen_when_the_log_is_due() -> None:
    history = History(request(due_at=T0 + timedelta(hours=6)))
    history.do(MANAGER, m.OpenEmailLane())
    history.do(MANAGER, m.CompleteByEmail(history.now))
    card = notice_card(history.task, Reason.LOG, None, context(MANAGER, history.now))
    assert card.notice == "T-1001 has to be logged. Due Sat 28 Nov 2026, 00:00."


def test_an_officers_list_and_answer_say_when_their_own_response_is_due() -> None:
    history = History()
    history.do(MANAGER, m.RouteTask((HOU_CHIEF,)))
    own = "Thu 3 Dec 2026, 09:00"
    for person, told in (HOU_CHIEF, True), (MANAGER, False):
        ctx = context(person, history.now)
        assert ("your response" in state_line(history.task, ctx), own in state_line(history.task, ctx)) == (told, told)
        rows = [row for e in status_card(history.task, ctx).body if isinstance(e, Facts) for row in e.rows]
        assert (("Your response due", own) in rows) is told
    history.do(HOU_CHIEF, m.RespondNegative(1))
    assert "your response" not in state_line(history.task, context(HOU_CHIEF, history.now))


def test_the_step_that_is_the_readers_turn_stands_out() -> None:
    history = in_clearance()
    for person, turn in (DAD_CS, True), (COS, False):
        shown = clearance_card(history.task, history.task.rounds[0], context(person, history.now))
        steps = [e for e in shown.body if isinstance(e, Text) and e.text.startswith("Deputy Assistant Director, CS: ")]
        assert steps == [Text(f"Deputy Assistant Director, CS: {'your turn' if turn else 'waits now'}", not turn, turn)]


@pytest.mark.parametrize("task", STATES, ids=lambda task: f"{task.version}-{task.status}")
def test_more_shows_what_is_not_on_its_card_already(task: Task) -> None:
    for person in PEOPLE:
        offered = {o.command for o in offers(task, context(person))} & MORE.keys()
        for card in cards_of(HISTORY, person, task):
            for pressed in (button for button in card.buttons if button.label == "More"):
                beside = dict(pressed.args)["text"].removeprefix(f"more {task.number}").removeprefix(" beside ")
                behind = commands_on(more_card(task, context(person), frozenset(beside.split())))
                assert behind
                assert set(behind) == offered - set(commands_on(card))


def actions_on(card: Card) -> list[str]:
    return [button.action for button in card.buttons]


def commands_on(*cards: Card) -> list[type[Command]]:
    return [COMMANDS[action] for card in cards for action in actions_on(card) if action != ASK]


def test_the_canary_is_on_the_cards_themselves() -> None:
    assert CANARY in str(task_card(STATES[0], context(MANAGER)))


def test_every_command_with_a_card_has_an_action_and_back() -> None:
    assert COMMANDS.keys() == {action.id for action in ACTIONS.values()} | {"task.forward"}
    press = Press("task.clear", "T-1001", {"step": "0", "round": "1", "package": "ab"}, False)
    assert to_command(press, {}, ZONE) == m.Clear(0, 1, "ab")


def test_what_the_card_fixed_wins_over_what_was_entered() -> None:
    press = Press("task.defer", "T-1001", {"assignment": "1"}, False)
    assert to_command(press, {"reason": "no", "assignment": "2"}, ZONE) == m.Defer(1, "no")


def test_a_moment_without_an_offset_is_agency_time() -> None:
    inputs = {f.name: "x" for f in intake(context(MANAGER)).form.fields if f.name in {"subject", "text", "requestor"}}  # type: ignore[union-attr]
    command = to_command(
        Press("task.log", "", {}, False),
        inputs | {"task_type": "other", "about": "hq", "due_at": "2026-12-04T17:00", "ses": "true"},
        ZONE,
    )
    assert isinstance(command, m.LogTask)
    assert command.due_at.isoformat() == "2026-12-04T17:00:00-05:00"
    assert command.ses


@pytest.mark.parametrize(
    ("action", "args", "inputs", "error"),
    [
        ("task.no_such", {}, {}, Rejected),
        ("task.clear", {"step": "x", "round": "1", "package": "ab"}, {}, Rejected),
        ("task.defer", {"assignment": "1"}, {}, InvalidInput),
        ("task.log", {}, {"due_at": "tomorrow"}, InvalidInput),
    ],
)
def test_a_button_that_makes_no_command_is_refused(
    action: str, args: dict[str, str], inputs: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        to_command(Press(action, "T-1001", args, False), inputs, ZONE)


def test_an_official_reads_what_was_asked_and_whose_response_it_is() -> None:
    task = next(t for t in STATES if t.status is Status.CLEARED)
    card = next(card for card in cards_of(HISTORY, COS, task) if card.title.startswith("Clearance"))
    words = [element.text for element in card.body if hasattr(element, "text")]
    asked, answered = words.index("What is asked"), words.index("412 beds in all")
    names = context(COS).organization.name_of
    assert words[asked + 1] == task.request.text
    assert words[answered - 1] == f"Response of {names(HOU_CHIEF)}, HOU and {names(MQMU_CHIEF)}, MQMU"


def test_a_card_of_an_earlier_round_keeps_what_it_showed_and_asks_nothing_any_more() -> None:
    history = returned()
    history.do(MANAGER, m.ReturnResponse(1, "See the CoS's comment."))
    history.do(HOU_CHIEF, m.Respond(1, "412 beds at Lakepoint."))
    in_clearance(history)
    before, now = (card for card in cards_of(history, DAD_CS) if card.title.startswith("Clearance"))
    assert ("at Lakepoint" in str(before), "at Lakepoint" in str(now)) == (False, True)
    assert ([b.label for b in before.buttons], [b.label for b in now.buttons]) == (
        [],
        ["Clear", "Return", "Files", "More"],
    )
    assert "Returned by" in str(before) or "returned by" in str(before)
    assert before.notice.startswith("T-1001 is in clearance")
    reviews = [card for card in cards_of(history, MANAGER) if card.title.startswith("Review")]
    assert [len(card.buttons) for card in reviews] == [0, 0]


def test_a_response_that_came_back_is_on_its_officers_card_and_in_the_form() -> None:
    history = returned()
    history.do(MANAGER, m.ReturnResponse(1, "See the CoS's comment."))
    (card,) = cards_of(history, HOU_CHIEF)
    assert "Your response so far" in str(card.body)
    (respond,) = (button for button in card.buttons if button.action == "task.respond")
    assert respond.form is not None
    (draft,) = (field.value for field in respond.form.fields if isinstance(field, TextField))
    assert draft.startswith("412 beds were in use.")


def test_a_declined_deferral_reads_as_one_and_not_as_a_return() -> None:
    task = next(t for t in STATES if t.active and t.active[0].declined)
    words = str(assignment_card(task, task.active[0], context(HOU_CHIEF)))
    assert "Deferral declined by" in words
    assert "Returned by" not in words


def test_a_division_lead_clears_the_component_whose_response_is_on_the_card() -> None:
    """MedPAR: MCMU and HOU are both of Clinical Services, so its DAD has two cards at once."""
    history = medpar()
    parts = [a for a in history.task.active if a.lead and context(DAD_CS).holds(a.lead)]
    assert [a.component for a in parts] == ["MCMU", "HOU"]
    for a, card in zip(parts, cards_of(history, DAD_CS), strict=True):
        clears = [b for b in card.buttons if b.action != ASK]
        assert [dict(b.args)["assignment"] for b in clears] == [str(a.id), str(a.id)]
        assert {dict(b.args)["package"] for b in clears} == {part_of(history.task, a.id)}


def test_a_division_leads_card_tells_what_became_of_the_response() -> None:
    history = audit()
    history.do(DAD_HCC, m.ReturnComponent(1, part_of(history.task, 1), "Add the dates."))
    (card,) = cards_of(history, DAD_HCC)
    assert "Returned by" in str(card)
    assert "Add the dates." in str(card)
    history.do(MQMU_CHIEF, m.Respond(1, "With dates."))
    history.do(DAD_HCC, m.ClearComponent(1, part_of(history.task, 1)))
    before, now = cards_of(history, DAD_HCC)
    assert ("With dates." in str(before), "With dates." in str(now)) == (False, True)
    assert "cleared by" in str(now)
    assert "Returned by" not in str(now)


def test_a_form_that_asks_whose_suggests_nobody_for_the_others() -> None:
    history = deferred()
    history.do(MANAGER, m.AssignAlso(MQMU_CHIEF))
    history.do(MQMU_CHIEF, m.Defer(2, "Not ours either"))
    (reassign,) = (b for b in task_card(history.task, context(MANAGER), room=True).buttons if b.label == "Reassign")
    assert reassign.form is not None
    assert [field.value for field in reassign.form.fields if isinstance(field, ChoiceField)] == [(), ()]
    (alone,) = (b for b in task_card(deferred().task, context(MANAGER), room=True).buttons if b.label == "Reassign")
    assert alone.form is not None
    assert [field.value for field in alone.form.fields if isinstance(field, ChoiceField)] == [(MQMU_CHIEF,)]


@pytest.mark.parametrize(("author", "requestor"), [("Ana Ortiz", "Ana Ortiz"), ("LaToya Freeman", ""), ("", "")])
def test_the_author_of_a_message_is_the_requestor_unless_they_only_pass_it_on(author: str, requestor: str) -> None:
    """4-1: a request between units is no tasking, so a colleague who relays one is not who asks."""
    form = intake(context(MANAGER), Original("How many beds?", author)).form
    assert form is not None
    values = {field.name: field.value for field in form.fields if isinstance(field, TextField)}
    assert values == {"subject": "", "text": "How many beds?", "requestor": requestor}


@pytest.mark.parametrize("author", ["Ana", "名" * 500, "🙂" * 500])
@pytest.mark.parametrize(
    "link", ["https://a.example/b", "https://a.example/b?" + "c" * 2_000, "https://" + "ü" * 900, ""]
)
def test_any_message_fits_a_button(author: str, link: str) -> None:
    sent = forward(Original("x" * 40_000, author, link))
    assert dict(sent.args)["author"] == author[: len(dict(sent.args)["author"])] != ""
    assert dict(sent.args)["link"] in {link, link.partition("?")[0], ""}
    for button in (sent, intake(context(MANAGER), Original("x" * 40_000, author, link))):
        check_adaptive(adaptive.render_dialog(button, "once"))
        check_view(blockkit.render_modal(button, json.dumps(payload(button)), ZONE))
