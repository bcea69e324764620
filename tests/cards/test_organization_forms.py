"""The actions about people: the ids that are never renamed, and the way back to the command."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from bot.domain import organization_messages as om
from bot.domain.positions import Post
from bot.errors import InvalidInput, Rejected
from cards.actions import COMMANDS
from cards.commands import to_command
from cards.organization_forms import ASKING, ORGANIZATION_COMMANDS, delegate_button
from cards.payload import Press
from tests.world import AD, COS, DAD_CS, HOU_CHIEF, MANAGER, ZONE, context, holder

FIRST, LAST = {"first": "2026-11-24"}, {"last": "2026-12-01"}
DAYS = (date(2026, 11, 24), date(2026, 12, 1))
#: What each action sends, and what it means.
MEANT: dict[str, tuple[dict[str, str], dict[str, object], om.OrganizationCommand]] = {
    "organization.delegate": (
        {},
        {"post": "dad@CS", "receiver": COS, **FIRST, **LAST, "task_types": ["qfr", "report"]},
        om.DelegateClearance(Post("dad", "CS"), COS, *DAYS, ("qfr", "report")),
    ),
    "organization.revoke_delegation": ({"id": "7"}, {}, om.RevokeDelegation(7)),
    "organization.name_acting": (
        {},
        {"post": "ad", "email": COS, **FIRST, **LAST, "authority": "Memo"},
        om.NameActing(Post("ad"), COS, *DAYS, "Memo"),
    ),
    "organization.end_acting": ({"id": "7"}, {}, om.EndActing(7)),
    "organization.set_away": ({"email": COS}, {**FIRST, **LAST}, om.SetAway(COS, *DAYS)),
    "organization.end_away": ({"email": COS}, {}, om.EndAbsence(COS)),
    "organization.appoint": ({}, {"component": "HOU", "email": COS}, om.AppointOfficer("HOU", COS)),
    "organization.end_appointment": ({"component": "HOU", "email": COS}, {}, om.EndAppointment("HOU", COS)),
    "organization.record_training": ({}, {"emails": [COS], "on": "2026-11-24"}, om.RecordTraining((COS,), DAYS[0])),
    "organization.schedule_report": (
        {},
        {"recipient": COS, "weekday": "0", "hour": "8"},
        om.ScheduleReport(COS, 0, 8),
    ),
    "organization.stop_report": ({"recipient": "room:slack:C1"}, {}, om.StopReport("room:slack:C1")),
}


@pytest.mark.parametrize("action", MEANT)
def test_an_action_about_people_makes_its_command(action: str) -> None:
    args, inputs, command = MEANT[action]
    assert to_command(Press(action, "", args, False), inputs, ZONE) == command


def test_every_change_in_chat_has_one_action_and_no_operators_command_has() -> None:
    assert ORGANIZATION_COMMANDS.keys() == MEANT.keys()
    assert set(ORGANIZATION_COMMANDS.values()) == set(get_args(om.OrganizationCommand)) - {
        om.ImportDirectory,
        om.RegisterRoom,
    }
    assert not ORGANIZATION_COMMANDS.keys() & COMMANDS.keys()
    assert ASKING.keys() <= ORGANIZATION_COMMANDS.keys()


@pytest.mark.parametrize(
    ("action", "args", "inputs", "error", "field"),
    [
        ("organization.set_away", {"email": COS}, {"first": "", **LAST}, InvalidInput, "first"),
        ("organization.set_away", {"email": COS}, {"first": "24 Nov", **LAST}, InvalidInput, "first"),
        ("organization.set_away", {"email": COS}, {**FIRST}, InvalidInput, "last"),
        ("organization.delegate", {}, {"post": "king", "receiver": COS, **FIRST, **LAST}, InvalidInput, None),
        ("organization.record_training", {}, {"on": "2026-11-24"}, InvalidInput, "emails"),
        ("organization.revoke_delegation", {"id": "x"}, {}, Rejected, None),
        ("organization.import", {}, {}, Rejected, None),
    ],
)
def test_what_makes_no_command_about_people_is_refused(
    action: str, args: dict[str, str], inputs: dict[str, object], error: type[Exception], field: str | None
) -> None:
    with pytest.raises(error) as caught:
        to_command(Press(action, "", args, False), inputs, ZONE)
    assert getattr(caught.value, "field", None) == field


def test_the_ads_authority_is_offered_to_senior_leadership_alone() -> None:
    """4-7: for tasks that need no SES clearance, to the CoS or DADs."""

    def receivers(email: str) -> set[str]:
        form = delegate_button(context(email)).form
        assert form
        (field,) = (f for f in form.fields if f.name == "receiver")
        return {value for value, _ in field.choices}  # type: ignore[union-attr]

    assert {COS, DAD_CS, holder("dcos")} < receivers(AD)
    assert not {AD, HOU_CHIEF, MANAGER} & receivers(AD)
    assert {HOU_CHIEF, MANAGER} < receivers(DAD_CS)
