"""Chiefs appoint, task managers record training, and who is overdue is answered (4-6, 5-2.2.f, 5-3.1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.domain import messages as m
from bot.domain import organization_messages as om
from bot.domain.positions import Post
from tests.flows.house import OnSlack
from tests.flows.staff import Staff, gives, told
from tests.world import COS, DAD_HCC, HOU_CHIEF, MANAGER, SAMPLE, T0, holder, request

TODAY = T0.date()
#: Nobody's training was recorded for them, and nobody appointed them yet.
NEWCOMER = next(p for p in SAMPLE.people.values() if p.component == "HOU" and not p.posts)
HITU_OFFICER = next(p for p in SAMPLE.people.values() if p.action_officer_for == ("HITU",))
QUESTION = "Who is overdue for training?"


async def test_who_was_appointed_in_chat_is_proposed_for_the_next_request(staff: Staff) -> None:
    chief, manager = await staff.seat(HOU_CHIEF, MANAGER)
    await gives(chief, "appoint", email=NEWCOMER.email)
    assert told(chief).endswith(f"{NEWCOMER.name} is an action officer of HOU.")
    await staff.house.do(MANAGER, request("report"), number="")
    assert f"Answers: {NEWCOMER.name}" in manager.reads("T-1001")

    await chief.says("authority")
    assert f"{NEWCOMER.name}, HOU No training recorded" in chief.reads("Your authority")
    await chief.press("Your authority", "End")
    assert NEWCOMER.name not in chief.reads("Your authority")
    assert NEWCOMER.name not in manager.reads("T-1001")
    await staff.house.do(MANAGER, m.RouteTask((HOU_CHIEF,)))


async def test_who_is_overdue_is_answered_until_their_training_is_recorded(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await staff.house.organize(HOU_CHIEF, om.AppointOfficer("HOU", NEWCOMER.email))
    await manager.says(QUESTION)
    assert "3 overdue and 0 due within 30 days, of all action officers (26)." in manager.reads("Training")
    assert f"{HITU_OFFICER.name}, HITU Trained on 19 Aug 2025, lapsed after 19 Aug 2026" in manager.reads("Training")
    assert f"{NEWCOMER.name}, HOU No training recorded" in manager.reads("Training")

    await gives(manager, "training", emails=[NEWCOMER.email, HITU_OFFICER.email], on=TODAY - timedelta(days=1))
    assert told(manager).endswith("The training of 23 Nov 2026 is recorded for 2 people.")
    await manager.says("training due")
    assert "1 overdue" in manager.reads("Training")
    assert NEWCOMER.name not in manager.reads("Training")

    await manager.press("Training", "Record training", emails=[holder("hsa", "HBM")])
    assert "0 overdue" in manager.reads("Training")
    assert "Overdue" not in manager.reads("Training")


async def test_a_lead_reads_of_their_own_people_alone(staff: Staff) -> None:
    (lead,) = await staff.seat(DAD_HCC)
    await lead.says("training")
    assert "0 overdue" in lead.reads("Training")
    assert HITU_OFFICER.name not in lead.reads("Training")
    assert lead.offered("Training") == []


async def test_a_training_to_come_is_not_recorded(staff: Staff) -> None:
    (manager,) = await staff.seat(MANAGER)
    await manager.opens("training")
    async with staff.house.refusal(manager) as refused:
        await manager.fill(emails=[HITU_OFFICER.email], on=TODAY + timedelta(days=1))
    assert refused == ["That day is still to come; record a training once it was held."]


async def test_who_does_not_lead_a_component_any_more_appoints_nobody(staff: Staff) -> None:
    """5-3.1, with a form that was open meanwhile."""
    (chief,) = await staff.seat(HOU_CHIEF)
    await staff.house.organize(COS, om.NameActing(Post("unit-chief", "MQMU"), HOU_CHIEF, TODAY, TODAY))
    await chief.opens("appoint")
    acting = await staff.house.running.desk.handle.store.read(lambda uow: uow.organization().acting)
    await staff.house.organize(COS, om.EndActing(acting[0].id))
    async with staff.house.refusal(chief) as refused:
        await chief.fill(component="MQMU", email=NEWCOMER.email)
    assert refused == ["Only a chief or lead over MQMU appoints its action officers (4-6.1)."]


async def test_an_officer_is_reminded_once_a_stage_and_the_task_managers_once_it_lapsed(staff: Staff) -> None:
    chief, manager = await staff.seat(HOU_CHIEF, MANAGER)
    reminders = ["Your annual training as an action officer is good until 14 Apr 2027."] * 2
    reminders.append("Your annual training as an action officer lapsed after 14 Apr 2027.")
    told = 0
    for day in (date(2027, 3, 14), date(2027, 3, 15), date(2027, 4, 6), date(2027, 4, 7), date(2027, 4, 15)):
        staff.house.clock.at = datetime(day.year, day.month, day.day, 13, tzinfo=UTC)
        await staff.house.settle()
        told += day in {date(2027, 3, 15), date(2027, 4, 7), date(2027, 4, 15)}
        assert len(chief.cards("Training")) == told
        if told:
            assert reminders[told - 1] in chief.reads("Training")
        await staff.house.organize(om.OPERATOR, om.SetAway(COS, day, day))  # a change is no reason to tell again
        assert len(chief.cards("Training")) == told
    lapsed = "The annual training of action officers lapsed after 14 Apr 2027."
    assert lapsed in manager.reads("Training lapsed")
    assert SAMPLE.people[HOU_CHIEF].name in manager.reads("Training lapsed")

    await staff.house.organize(MANAGER, om.RecordTraining((HOU_CHIEF,), date(2027, 4, 15)))
    assert "Recorded since: 15 Apr 2027." in chief.reads("Training lapsed")
    assert SAMPLE.people[HOU_CHIEF].name not in manager.reads("Training lapsed")
    staff.house.clock.advance(timedelta(days=30))
    await staff.house.settle()
    assert len(chief.cards("Training")) == told
    await manager.press("Training lapsed", "Who is overdue")
    assert "overdue and" in manager.reads("Training")


async def test_words_about_people_in_a_channel_are_answered_to_the_person_alone(staff: Staff) -> None:
    manager, chief = await staff.seat(MANAGER, HOU_CHIEF)
    if isinstance(manager, OnSlack):
        room = staff.house.slack.add_channel("taskings", manager.user.id, chief.user.id)
    else:
        room = staff.house.teams.add_room("Taskings").id
    await manager.says("here", room)
    before = len(manager.cards("", room))
    for words in ("authority", QUESTION, "away"):
        await manager.says(words, room)
    assert len(manager.cards("", room)) == before
    assert manager.cards("Your authority")
    assert manager.cards("Training")
