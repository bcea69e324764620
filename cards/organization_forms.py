"""What is asked before somebody passes authority on, names who acts, says when they are away, appoints or trains.

Each maker gives a button with its form, or raises NotAllowed for somebody who has nothing to choose from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.context import Context
from bot.domain.organization import Person
from bot.domain.organization_messages import (
    AppointOfficer,
    DelegateClearance,
    EndAbsence,
    EndActing,
    EndAppointment,
    NameActing,
    OrganizationCommand,
    RecordTraining,
    RevokeDelegation,
    ScheduleReport,
    SetAway,
    StopReport,
)
from bot.domain.positions import LEADERSHIP, Post
from bot.domain.powers import above, appoints, names_acting, passes_on
from bot.domain.scheduling import WEEKDAYS, sees_all
from bot.domain.training import action_officers, lapsed
from bot.errors import NotAllowed
from cards.model import Button, ChoiceField, Choices, DateField, Field, Form, TextField

#: Action ids are public on both platforms and never renamed.
ORGANIZATION_COMMANDS: dict[str, type[OrganizationCommand]] = {
    "organization.delegate": DelegateClearance,
    "organization.revoke_delegation": RevokeDelegation,
    "organization.name_acting": NameActing,
    "organization.end_acting": EndActing,
    "organization.set_away": SetAway,
    "organization.end_away": EndAbsence,
    "organization.appoint": AppointOfficer,
    "organization.end_appointment": EndAppointment,
    "organization.record_training": RecordTraining,
    "organization.schedule_report": ScheduleReport,
    "organization.stop_report": StopReport,
}


def delegate_button(ctx: Context) -> Button:
    """4-7, 5-1.4: the authority of a post that one holds, to somebody, for some days and types."""
    posts = passes_on(ctx.organization, ctx.actor, ctx.today)
    if not posts:
        raise NotAllowed("You hold no position whose clearance authority you could pass on.")
    to_leadership = {post.key for post in posts} == {"ad"}
    types = tuple((key, row.label) for key, row in ctx.rubric.rows.items())
    fields = (
        _post("Your authority as", posts),
        ChoiceField("receiver", "Who clears for you", _others(ctx, to_leadership)),
        *_days(ctx),
        ChoiceField("task_types", "Only for these types", types, required=False, multiple=True),
    )
    intro = "It never covers a task that needs SES clearance, and you can revoke it at any time."
    form = Form("Delegate clearance", "Delegate", fields, intro)
    return Button("Delegate", "organization.delegate", "", form=form)


def acting_button(ctx: Context) -> Button:
    """Somebody holds a post for some days; what it rests on is asked where the actor is not above the post."""
    posts = names_acting(ctx.organization, ctx.actor, ctx.today)
    if not posts:
        raise NotAllowed("You hold no position that you could name an acting official for.")
    own = any(above(ctx.organization, post, ctx.actor, ctx.today) for post in posts)
    rests_on = TextField("authority", "What it rests on, if the position is not yours", required=not own, limit=150)
    fields = (_post("Position", posts), ChoiceField("email", "Who acts", _everybody(ctx)), *_days(ctx), rests_on)
    return Button("Name acting", "organization.name_acting", "", form=Form("Acting official", "Name acting", fields))


def away_button(ctx: Context) -> Button:
    """One's own absence; a task manager's form asks whose."""
    who: tuple[Field, ...] = (ChoiceField("email", "Who is away", _everybody(ctx), value=(ctx.actor,)),)
    args = () if ctx.manages else (("email", ctx.actor),)
    form = Form("Away", "Save", (*(who if ctx.manages else ()), *_days(ctx)))
    return Button("Away", "organization.set_away", "", args, form=form)


def appoint_button(ctx: Context) -> Button:
    """4-6.1, 5-3.1: an action officer or an alternate of a component that one leads."""
    codes = appoints(ctx.organization, ctx.actor, ctx.today)
    if not codes:
        raise NotAllowed("You lead no component that you could appoint an action officer of.")
    places = tuple((code, f"{ctx.organization.components[code].name} ({code})") for code in codes)
    fields = (
        ChoiceField("component", "Component", places, value=codes if len(codes) == 1 else ()),
        ChoiceField("email", "Action officer", _everybody(ctx, codes)),
    )
    return Button("Appoint", "organization.appoint", "", form=Form("Appoint an officer", "Appoint", fields))


def training_button(ctx: Context) -> Button:
    """5-2.2.f: who took part in a session; action officers come first, the overdue before the others."""
    if not ctx.manages:
        raise NotAllowed("Only a task manager records training.")
    officers = action_officers(ctx.organization, ctx.today)
    overdue = {person.email for person in officers if lapsed(person, ctx.today)}
    first = sorted((person.email for person in officers), key=lambda email: email not in overdue)
    everybody = dict(_everybody(ctx))
    marked = {email: f"{everybody[email]}, overdue" for email in first if email in overdue}
    choices = tuple({**{email: everybody[email] for email in first}, **everybody, **marked}.items())
    fields = (
        ChoiceField("emails", "Who took part", choices, multiple=True),
        DateField("on", "Day", value=ctx.today.isoformat()),
    )
    return Button(
        "Record training", "organization.record_training", "", form=Form("Training", "Record training", fields)
    )


def schedule_button(ctx: Context) -> Button:
    """5-2.1.c: the weekly report to somebody who sees all; a channel gets it by saying so there."""
    if not ctx.manages:
        raise NotAllowed("Only a task manager says who gets the report.")
    people = tuple((e, label) for e, label in _everybody(ctx) if sees_all(ctx.organization, e, ctx.today))
    fields = (
        ChoiceField("recipient", "Who gets it", people, value=(ctx.actor,)),
        ChoiceField("weekday", "Day", tuple((str(n), name) for n, name in enumerate(WEEKDAYS)), value=("0",)),
        ChoiceField("hour", "Time", tuple((str(hour), f"{hour:02}:00") for hour in range(24)), value=("8",)),
    )
    intro = "In a taskings channel say “report here weekly”."
    form = Form("Weekly report", "Send it weekly", fields, intro, long=True)
    return Button("Send it weekly", "organization.schedule_report", "", form=form)


#: The buttons that ask something, by action.
ASKING: Mapping[str, Callable[[Context], Button]] = MappingProxyType(
    {
        "organization.delegate": delegate_button,
        "organization.name_acting": acting_button,
        "organization.set_away": away_button,
        "organization.appoint": appoint_button,
        "organization.record_training": training_button,
        "organization.schedule_report": schedule_button,
    }
)


def _post(label: str, posts: tuple[Post, ...]) -> ChoiceField:
    chosen = (str(posts[0]),) if len(posts) == 1 else ()
    return ChoiceField("post", label, tuple((str(post), post.title) for post in posts), value=chosen)


def _days(ctx: Context) -> tuple[DateField, DateField]:
    return DateField("first", "First day", value=ctx.today.isoformat()), DateField("last", "Last day")


def _everybody(ctx: Context, codes: tuple[str, ...] = ()) -> Choices:
    """By name, those of the components or else with a position first: no list takes all of a large agency."""

    def likely(person: Person) -> bool:
        return person.component in codes if codes else bool(person.posts)

    people = sorted(ctx.organization.serving(ctx.today), key=lambda person: (not likely(person), person.name))
    return tuple((person.email, f"{person.name}, {person.component}") for person in people)


def _others(ctx: Context, to_leadership: bool) -> Choices:
    """Everybody else; the AD's authority goes to senior leadership (4-7)."""
    fit = (email for email, _ in _everybody(ctx) if email != ctx.actor)
    led = {e for e in fit if not to_leadership or ctx.organization.holds_any(e, LEADERSHIP, ctx.today)}
    return tuple((email, label) for email, label in _everybody(ctx) if email in led)
