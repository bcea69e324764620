"""Resolved questions as people ask them of an agency with a long history, from open work to all years."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.question import (
    Field,
    Group,
    Moment,
    Order,
    Period,
    Question,
    Span,
    Standing,
    Term,
    Wants,
)
from tests.world import DAD_CS, HOU_CHIEF, MANAGER, MQMU_CHIEF, SAMPLE, T0

MONTH, YEAR = timedelta(days=30), timedelta(days=365)


def below(code: str) -> tuple[str, ...]:
    return tuple(c for c in SAMPLE.components if code in {above.code for above in SAMPLE.ancestry(c)})


def said(field: Field, *values: str, without: bool = False) -> Term:
    return Term(field, values, without)


def during(moment: Moment, start: datetime | None, end: datetime | None) -> Span:
    return Span(moment, start, end)


OPEN, OVERDUE, UNOWNED = (said(Field.STANDING, s) for s in (Standing.OPEN, Standing.OVERDUE, Standing.UNOWNED))
CLOSED = said(Field.STANDING, Standing.CLOSED)
COMPLETED = said(Field.STANDING, Standing.TRANSMITTED, Standing.CLOSED)
FOIA = said(Field.TYPE, "foia-medical-records", "foia-data-request", "foia-complex")
CONGRESS = said(Field.TYPE, "congressional-inquiry")
HOU, CS, MQMU = (said(Field.COMPONENT, *below(code)) for code in ("HOU", "CS", "MQMU"))
LKP, EAST = (said(Field.PLACE, *below(code)) for code in ("LKP", "EAST"))
MINE, CHIEF = said(Field.WAITING, MANAGER, "task-manager"), said(Field.PERSON, HOU_CHIEF)
THIS_MONTH, LAST_MONTH = (T0 - timedelta(days=24), T0), (T0 - timedelta(days=54), T0 - timedelta(days=24))
COMPARED = (Period("2026-11", *THIS_MONTH), Period("2026-10", *LAST_MONTH))
COUNT, ON_TIME, TURNAROUND = Wants.COUNT, Wants.ON_TIME, Wants.TURNAROUND
URGENT = said(Field.PRIORITY, "urgent")

MIX: tuple[tuple[Question, str], ...] = (
    # Open work
    (Question(((OVERDUE,),)), MANAGER),
    (Question(((OPEN,),)), MANAGER),
    (Question(((OPEN, FOIA),)), MANAGER),
    (Question(((OPEN, HOU),)), MANAGER),
    (Question(((OPEN, CS),), COUNT), MANAGER),
    (Question(((OPEN, LKP),)), MANAGER),
    (Question(((UNOWNED,),)), MANAGER),
    (Question(((OVERDUE,), (OPEN, URGENT))), MANAGER),
    (Question(((OPEN, said(Field.TYPE, *FOIA.values, without=True)),)), MANAGER),
    (Question(((OPEN, during(Moment.DUE, None, T0 + timedelta(days=4))),)), MANAGER),
    (Question(((OPEN, during(Moment.DUE, T0, None)),), order=Order.DUE, limit=5), MANAGER),
    (Question(((OPEN, during(Moment.RECEIVED, None, T0 - MONTH)),), order=Order.OLDEST), MANAGER),
    (Question(((OPEN,),), COUNT, group=Group.COMPONENT), MANAGER),
    (Question(((OPEN,),), COUNT, group=Group.DIVISION), MANAGER),
    (Question(((OPEN,),), COUNT, group=Group.TYPE), MANAGER),
    (Question(((OPEN,),), COUNT, group=Group.OFFICER), MANAGER),
    (Question(((OVERDUE,),), COUNT, group=Group.WAITING), MANAGER),
    (Question(((said(Field.STANDING, Standing.IN_CLEARANCE),),)), MANAGER),
    (Question(((said(Field.STANDING, Standing.RETURNED, Standing.DEFERRED),),)), MANAGER),
    (Question(((OPEN, said(Field.ABOUT, "measles")),)), MANAGER),
    (Question(((OPEN, said(Field.REQUESTOR, "senator 1")),)), MANAGER),
    (Question(((OPEN, said(Field.SES, "yes")),)), MANAGER),
    # People
    (Question(((MINE,),)), MANAGER),
    (Question(((said(Field.WAITING, "dad@CS", DAD_CS),),)), DAD_CS),
    (Question(((OPEN, CHIEF),)), HOU_CHIEF),
    (Question(((OPEN, said(Field.OFFICER, HOU_CHIEF)),), Wants.WHO), MANAGER),
    (Question(((said(Field.NUMBER, "T-100777"),),)), MANAGER),
    # What was done lately
    (Question(((CLOSED, during(Moment.CLOSED, *LAST_MONTH)),), COUNT), MANAGER),
    (Question(((during(Moment.RECEIVED, *THIS_MONTH),),), COUNT), MANAGER),
    (Question(((during(Moment.TRANSMITTED, *LAST_MONTH), HOU),), COUNT), MANAGER),
    (Question(((FOIA, during(Moment.RECEIVED, T0 - timedelta(days=7), T0)),)), MANAGER),
    (Question(wants=COUNT, group=Group.PERIOD, moment=Moment.RECEIVED, periods=COMPARED), MANAGER),
    (Question(((CLOSED, during(Moment.CLOSED, *LAST_MONTH)),), COUNT, group=Group.COMPONENT), MANAGER),
    (Question(((during(Moment.TRANSMITTED, *LAST_MONTH),),), ON_TIME), MANAGER),
    (Question(((during(Moment.TRANSMITTED, *LAST_MONTH),),), TURNAROUND, group=Group.TYPE), MANAGER),
    # Of people who see a part
    (Question(((OPEN,),)), HOU_CHIEF),
    (Question(((OVERDUE,),), COUNT), MQMU_CHIEF),
    (Question(((OPEN,),), COUNT, group=Group.STATUS), MQMU_CHIEF),
    (Question(((CLOSED, during(Moment.CLOSED, *LAST_MONTH)),), COUNT), MQMU_CHIEF),
    (Question(((MQMU, during(Moment.DUE, *LAST_MONTH)),)), MQMU_CHIEF),
    # All years
    (Question(((COMPLETED, FOIA),), COUNT), MANAGER),
    (Question(((CLOSED, CONGRESS, HOU),), COUNT), MANAGER),
    (Question(((CLOSED, EAST),), COUNT), MANAGER),
    (Question(((CLOSED, said(Field.OFFICER, MQMU_CHIEF)),)), MANAGER),
    (Question(((CLOSED,),), order=Order.CLOSED_LAST, limit=10), MANAGER),
    (Question(wants=COUNT), MANAGER),
    (Question(((during(Moment.RECEIVED, T0 - YEAR, T0),),), ON_TIME), MANAGER),
    (Question(((during(Moment.RECEIVED, T0 - YEAR, T0),),), COUNT, group=Group.TYPE), MANAGER),
)
