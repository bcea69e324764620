"""Who holds what, who acts and clears for whom, who is away, who was appointed, whose training is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from bot.domain.context import Context
from bot.domain.organization import Acting, Delegation, Person
from bot.domain.organization_messages import (
    AppointOfficer,
    DelegateClearance,
    EndAbsence,
    EndActing,
    EndAppointment,
    ImportDirectory,
    NameActing,
    OrganizationCommand,
    RecordTraining,
    RegisterRoom,
    RevokeDelegation,
    ScheduleReport,
    SetAway,
    StopReport,
)
from bot.domain.powers import appoints, ends_acting, revokes
from bot.domain.scheduling import every, recipient_name
from bot.domain.training import answered_for, due, expires, lapsed
from bot.domain.words import day, span
from bot.errors import NotAllowed
from cards.model import Button, Buttons, Card, Element, Entries, Entry, Text
from cards.organization_forms import ASKING, training_button


def authority_card(ctx: Context) -> Card:
    """What its reader holds, passed on and was given, with the way to end or change each."""
    posts = "; ".join(post.title for post in sorted(ctx.organization.posts_of(ctx.actor, ctx.today)))
    body = (
        Text(f"You hold: {posts}." if posts else "You hold no position."),
        *_part("Delegations", [_delegation(d, ctx) for d in _delegations(ctx)]),
        *_part("Acting officials", [_acting(a, ctx) for a in _actings(ctx)]),
        *_part("Away", list(_absences(ctx))),
        *_part("Action officers of your components", list(_appointments(ctx))),
        Buttons(tuple(_asking(ctx))),
    )
    return Card("Your authority", body, "What you hold and passed on")


def training_card(ctx: Context) -> Card:
    """Who is overdue and who is due, among the action officers that its reader answers for (4-6.2, 5-2.2.f)."""
    officers = answered_for(ctx.actor, ctx.organization, ctx.today)
    overdue = [p for p in officers if lapsed(p, ctx.today)]
    soon = [p for p in officers if due(p, ctx.today)]
    whose = "all action officers" if ctx.manages else "yourself and those you lead"
    told = f"{len(overdue)} overdue and {len(soon)} due within 30 days, of {whose} ({len(officers)})."
    body = (
        Text(told),
        *_part("Overdue", [_trained(p, ctx) for p in overdue]),
        *_part("Due within 30 days", [_trained(p, ctx) for p in soon]),
        *((Buttons((training_button(ctx),)),) if ctx.manages else ()),
    )
    return Card("Training", body, "Who is due for training")


def said(command: OrganizationCommand, ctx: Context) -> str:
    """What is so now that it was done."""
    name, you = ctx.organization.name_of, ctx.actor
    match command:
        case DelegateClearance(post=post, receiver=receiver):
            return f"{name(receiver)} clears for you as {post.title} {scope_of(command, ctx)}."
        case NameActing(post=post, email=email, first=first, last=last):
            return f"{name(email)} acts as {post.title} {span(first, last)}."
        case SetAway(email=email, first=first, last=last):
            return f"{'You are' if email == you else f'{name(email)} is'} away {span(first, last)}."
        case EndAbsence(email=email):
            return f"{'You are' if email == you else f'{name(email)} is'} back."
        case AppointOfficer(component=component, email=email):
            return f"{name(email)} is an action officer of {component}."
        case EndAppointment(component=component, email=email):
            return f"{name(email)} is no action officer of {component} any more."
        case RecordTraining(emails=emails, on=on):
            return (
                f"The training of {day(on)} is recorded for {len(emails)} {'person' if len(emails) == 1 else 'people'}."
            )
        case RevokeDelegation():
            return "That delegation is revoked."
        case EndActing():
            return "That acting appointment has ended."
        case ScheduleReport(recipient=recipient, weekday=weekday, hour=hour):
            whose = "You get" if recipient == you else f"{_sentence(recipient_name(recipient, ctx.organization))} gets"
            return f"{whose} the report {every(weekday, hour)}."
        case StopReport(recipient=recipient):
            whose = "You get" if recipient == you else f"{_sentence(recipient_name(recipient, ctx.organization))} gets"
            return f"{whose} the report no more."
        case RegisterRoom() | ImportDirectory():
            return "Done."
        case _:
            assert_never(command)


def scope_of(given: DelegateClearance | Delegation, ctx: Context) -> str:
    """ "from 24 Nov to 1 Dec 2026, only for Congressional inquiry"."""
    types = f", only for {_types(given.task_types, ctx)}" if given.task_types else ""
    return span(given.first, given.last) + types


def _part(title: str, entries: list[Entry]) -> Iterator[Element]:
    if entries:
        yield Text(title, strong=True)
        yield Entries(tuple(entries))


def _asking(ctx: Context) -> Iterator[Button]:
    """What the reader may begin."""
    for action, maker in ASKING.items():
        if action not in {"organization.record_training", "organization.schedule_report"}:
            try:
                yield maker(ctx)
            except NotAllowed:
                continue


def _delegations(ctx: Context) -> Iterable[Delegation]:
    org = ctx.organization
    return (
        d
        for d in org.delegations
        if d.last >= ctx.today and (ctx.actor == d.receiver or revokes(org, d, ctx.actor, ctx.today))
    )


def _delegation(d: Delegation, ctx: Context) -> Entry:
    name = ctx.organization.name_of
    clears = "You clear" if d.receiver == ctx.actor else f"{name(d.receiver)} clears"
    giver = "you" if d.giver == ctx.actor else name(d.giver)
    given = day(d.given_at.astimezone(ctx.zone).date())
    may = revokes(ctx.organization, d, ctx.actor, ctx.today)
    button = Button("Revoke", "organization.revoke_delegation", "", (("id", str(d.id)),), "danger") if may else None
    return Entry(f"{clears} for {giver} as {d.post.title}", f"{_sentence(scope_of(d, ctx))}; given {given}", button)


def _actings(ctx: Context) -> Iterable[Acting]:
    org = ctx.organization
    return (
        a
        for a in org.acting
        if a.last >= ctx.today and (ctx.actor == a.email or ends_acting(org, a, ctx.actor, ctx.today))
    )


def _acting(a: Acting, ctx: Context) -> Entry:
    acts = "You act" if a.email == ctx.actor else f"{ctx.organization.name_of(a.email)} acts"
    rests = f", {a.authority}" if a.authority else ""
    detail = f"{_sentence(span(a.first, a.last))}; named by {ctx.organization.name_of(a.named_by)}{rests}"
    may = ends_acting(ctx.organization, a, ctx.actor, ctx.today)
    button = Button("End", "organization.end_acting", "", (("id", str(a.id)),), "danger") if may else None
    return Entry(f"{acts} as {a.post.title}", detail, button)


def _absences(ctx: Context) -> Iterator[Entry]:
    for a in ctx.organization.absences:
        if a.last >= ctx.today and (a.email == ctx.actor or ctx.manages):
            who = "You" if a.email == ctx.actor else ctx.organization.name_of(a.email)
            button = Button("Back", "organization.end_away", "", (("email", a.email),))
            yield Entry(who, _sentence(span(a.first, a.last)), button)


def _appointments(ctx: Context) -> Iterator[Entry]:
    for code in appoints(ctx.organization, ctx.actor, ctx.today):
        for person in ctx.organization.appointed(code, ctx.today):
            args = (("component", code), ("email", person.email))
            button = Button("End", "organization.end_appointment", "", args, "danger")
            yield Entry(f"{person.name}, {code}", _sentence(_training(person, ctx)), button)


def _trained(person: Person, ctx: Context) -> Entry:
    where = ", ".join(person.action_officer_for) or person.component
    return Entry(f"{person.name}, {where}", _sentence(_training(person, ctx)))


def _training(person: Person, ctx: Context) -> str:
    last = expires(person)
    if person.trained_on is None or last is None:
        return "no training recorded"
    ends = "lapsed after" if lapsed(person, ctx.today) else "good until"
    return f"trained on {day(person.trained_on)}, {ends} {day(last)}"


def _types(keys: tuple[str, ...], ctx: Context) -> str:
    return ", ".join(ctx.rubric.rows[key].label for key in keys)


def _sentence(text: str) -> str:
    """With a capital, and the months' names as they are."""
    return text[:1].upper() + text[1:]
