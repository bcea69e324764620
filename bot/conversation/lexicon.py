"""The words that questions are made of, as tables: a new word is a row here, and nothing else changes."""

from __future__ import annotations

from bot.conversation.pieces import (
    At,
    First,
    Lead,
    Link,
    Meaning,
    Now,
    Quiet,
    Role,
    Value,
    Want,
)
from bot.conversation.question import Deed, Field, Group, Moment, Order, Standing, Wants

S, W, M = Standing, Wants, Moment
_HEAD, _QUIET = Quiet(head=True), Quiet()
DONE = (S.TRANSMITTED, S.CLOSED)


def _standing(*values: Standing) -> Meaning:
    return (Value(Field.STANDING, tuple(value.value for value in values)),)


def _is(field: Field, value: str) -> Meaning:
    return (Value(field, (value,)),)


#: How a task stands, beside the moments further down.
STANDINGS: tuple[tuple[str, Meaning], ...] = (
    (
        """open | active | current | outstanding | pending | live | unfinished | in progress | ongoing | in works | still open
        not done | incomplete | unresolved | not finished | not completed | in flight | on books | not closed out
        in pipeline | in queue | in hopper | uncompleted | not complete | still out | still outstanding | not answered
        unanswered | still pending | in process | still working | not responded to | on board | open items""",
        _standing(S.OPEN),
    ),
    (
        """overdue | late | past due | past suspense | past deadline | past due date | past its due date | past date
        past their due date | past their suspense | past their deadline | behind | delinquent | behind schedule
        blown | running late | missed deadline | slipped | slipping | already late | past its suspense
        past its deadline | over deadline | out of time | in arrears | missed suspense date""",
        _standing(S.OVERDUE),
    ),
    (
        """transmitted late | sent late | went out late | answered late | closed late | late responses | late answers
        missed suspense | missed their suspense | missed deadline when transmitted | delivered late | finished late
        completed late | were late | was late | late ones sent | late transmissions | responded late
        missed their deadline | missed its deadline | transmitted after due date | not on time | not sent on time
        not transmitted on time | missed their due date | late to requestor""",
        _standing(S.LATE),
    ),
    (
        """on time | on-time | met suspense | met their suspense | met deadline | met their deadline | sent on time
        transmitted on time | answered on time | closed on time | went out on time | completed on time | in time
        timely | met their due date | delivered on time | finished on time""",
        _standing(S.ON_TIME),
    ),
    (
        """unlogged | not logged | to be logged | waiting to be logged | awaiting intake | not entered
        forwarded but not logged | sent to taskings""",
        _standing(S.RECEIVED),
    ),
    (
        """unassigned | unowned | ownerless | orphaned | orphans | unclaimed | not owned | to be assigned
        not [/formally ]assigned[/ to anyone/ to anybody/ to any officer/ to any action officer/ out]
        [no/without/lacking/lacks/lack/missing/not have/do not have/does not have/did not have/not got/need/needs/has no/have no/with no] [owner/owners/assignee/ao]
        [no/without/lacking/lacks/lack/missing/not have/do not have/does not have/did not have/not got/need/needs/has no/have no/with no] action [officer/officers]
        [no/without/lacking/not have/do not have/does not have/has no/have no/with no/missing] action officer [assigned/named/identified]
        [no one/nobody/noone] [has/owns/assigned/working/is working/is working on/working on/on/picked up/took/is on/is assigned]
        [with/assigned to] [no one/nobody/noone/no one assigned/nobody assigned] | with no one working on
        without [anyone/anybody/anyone assigned/anybody assigned/someone assigned/officer/officers/officer assigned]
        waiting [to be/for someone to be] assigned | [need/needs/have/has] to be assigned | [no/has no/have no] officer[/ assigned]
        no officers | waiting for assignment | waiting for owner | pending assignment | awaiting assignment
        [unstaffed/not staffed/not picked up/up for grabs/not handed out/not given to anyone/not been given to anyone]""",
        _standing(S.UNOWNED),
    ),
    ("with action officers | being worked | with officers | being answered", _standing(S.ASSIGNED)),
    (
        """[in/under/being/up for/in for/out for/awaiting/pending/waiting for/waiting on/needs/need/at] [/task manager ]review
        being reviewed | to be reviewed | submitted | [needs/need] to be reviewed | waiting to be reviewed | in our review
        ready for review | with task manager for review | [awaiting/pending/waiting for] our review""",
        _standing(S.IN_REVIEW),
    ),
    (
        """[in/under/awaiting/pending/waiting for/waiting on/out for/up for/in for/at/needs/need/stuck in/sitting in] [/final ]clearance
        [awaiting/pending/waiting for/waiting on/out for/up for/in for/needs/need/stuck in] [/final ][approval/signature/sign-off/signoff]
        being cleared | [waiting/need/needs/have/has] to be [cleared/approved/signed/signed off] | to be cleared | in final clearance
        clearing now | going through clearance | in clearance process | in clearance chain""",
        _standing(S.IN_CLEARANCE),
    ),
    (
        """[in/awaiting/pending/waiting for/waiting on/at/under/stuck in/sitting in] [division/component/dad/first level] [clearance/review]
        with division lead | waiting for division lead | division clearance""",
        _standing(S.IN_DIVISION_CLEARANCE),
    ),
    (
        """ready to transmit | to be transmitted | ready to send | ready to go out | cleared but not sent
        cleared but not transmitted | not transmitted but cleared | ready for transmission | waiting to be transmitted
        waiting to be sent | ready to be sent | need to be transmitted | awaiting transmission | ready for transmittal""",
        _standing(S.CLEARED),
    ),
    (
        "withdrawn | cancelled | canceled | pulled | rescinded | pulled back | dropped | called off",
        _standing(S.WITHDRAWN),
    ),
    ("coordinated by email | in email lane | email lane | worked by email", _standing(S.BY_EMAIL)),
    (
        """unacknowledged | not [acknowledged/accepted/seen/confirmed/opened by officer/picked up by officer]
        [waiting/need/needs/have/has] to be acknowledged | to be acknowledged | without [acknowledgement/acknowledgment]
        [awaiting/waiting for/pending/needs/need] [acknowledgement/acknowledgment] | [no one/nobody] [acknowledged/has acknowledged]""",
        _standing(S.UNACKNOWLEDGED),
    ),
    ("acknowledged | accepted", _standing(S.ACKNOWLEDGED)),
    (
        "deferred | deferrals | deferral | in deferral | waiting for reassignment | to be reassigned | pushed back",
        _standing(S.DEFERRED),
    ),
    (
        """returned[/ for rework/ for changes/ for edits/ for correction/ to officer/ to officers/ to us] | came back[/ to us/ for rework]
        [sent/kicked/bounced/pushed/handed/given] back[/ for rework/ for changes/ for edits/ to officer/ to officers/ to us]
        [for/in/needs/need/needing/under/up for] [rework/changes/revision/revisions/edits/correction/corrections] | bounced | rework
        being redone | being reworked | being revised | to be reworked | rejected | [needs/need] to be redone | redo | redos | returns""",
        _standing(S.RETURNED),
    ),
    (
        """[/with/with open/with pending/open/pending/asked for/asking for/requested/requesting/want/wants/waiting for/waiting on/need/needs/awaiting/has asked for/have asked for/has requested/have requested/seeking] [extension/extensions/more time/extra time]
        extension[/s] [requested/requests/request/asked/asked for/pending/undecided/to decide/to rule on/outstanding/to approve/sought]
        [with/open/pending/outstanding/waiting for] extension [request/requests/decision] | extension on table
        with extension [asked for/requested] | extension [was/is/has] [requested/asked for/pending] | [asked/asking] for [later date/more days/new due date]""",
        _standing(S.EXTENSION),
    ),
    ("delegated | passed on | farmed out | handed off | delegated pieces | out with sme", _standing(S.DELEGATED)),
    (
        """completed | finished | done | complete | wrapped up | answered | handled | responded to | all done | taken care of
        resolved | disposed""",
        _standing(*DONE),
    ),
)
#: Words for the times of a task, which without a span say how it stands.
MOMENTS: tuple[tuple[str, At], ...] = (
    (
        """due | suspense | suspenses | suspensed | deadline | deadlines | due date | due dates | falls due | fall due
        coming due | come due | comes due | falling due | is due | are due | suspense date | suspense dates | due back
        must be answered | must go out | has to go out | have to go out | needs to go out | need to go out | expected
        to be answered | has to be done | have to be done | needs to be done | must be done | due out | on suspense
        suspense of | owed | expiring | coming up | hit their deadline | hit their suspense | to finish | to get done
        with suspense | with deadline | with due date | reach their due date | that expire""",
        At(M.DUE),
    ),
    ("received", At(M.RECEIVED, S.RECEIVED)),
    ("logged | entered", At(M.RECEIVED, S.LOGGED)),
    (
        """came in | come in | coming in | arrived | arrive | got | get | new | incoming | taken in | take in | opened
        have come in | intake | landed | comes in | receive | receipts | came to us | submitted to us | new ones
        ask | ask for | asked for | ask us | asked us | want from us | wants from us | started | begun | reached us | got in | come through | came through | hit our desk | dropped in | inbound
        sent to us | sent in | created | sent us | gave us | wrote us | wrote in about | asked of us | asked | receiving | hit inbox""",
        At(M.RECEIVED),
    ),
    (
        """transmitted | sent | sent out | went out | gone out | send out | transmit | out door | delivered
        transmissions | go out to requestor | responded | sent to requestor | get out | sending out | turned around
        got out | put out | transmitting | send""",
        At(M.TRANSMITTED, S.TRANSMITTED),
    ),
    (
        """closed | closed out | close | close out | archived | sealed | closing | closures | closeouts | closes
        were closed out""",
        At(M.CLOSED, S.CLOSED),
    ),
    ("complete | finish | wrap up | answer", At(M.TRANSMITTED, None)),
)
#: What stands before whoever it is said of; the last come behind.
LINKS: tuple[tuple[str, Meaning], ...] = (
    (
        """waiting for | waiting on | waits for | waits on | awaiting | with | needs | sitting with | stuck with | stuck at
        held up by | held by | in hands of | on desk of | blocked by | blocked on | pending with | hanging on | wait for
        wait on | parked with | resting with | need | needing | pending on | stuck on | sitting at | in court of
        holding for | queued for | depends on | sits with | up to | lies with | on plate of | in front of | before
        currently with | sitting on desk of | held at | waiting at | held up at | held up with | sat with | stuck behind
        stalled with | stalled at | bottlenecked at | waiting upon | to be cleared by | needs clearance from | outstanding with
        needs clearance by | awaiting clearance by | awaiting clearance from | waiting for clearance by
        waiting for clearance from | waiting on clearance from | needs approval from | pending approval of
        in clearance with | in clearance at | waiting on answer from | waiting to hear from | sitting on desk at""",
        (Link(Role.WAITING),),
    ),
    (
        """assigned to | owned by | worked by | being worked by | handled by | tasked to | given to | answered by | drafted by
        action officer is | action officer | where action officer is | led by | worked on by | in charge | routed to
        with action officer | tasked out to | belongs to | belong to | belonging to | on action by | handed to""",
        (Link(Role.OFFICER),),
    ),
    (
        "[in/stuck in/sitting in/out for/awaiting/up for/waiting for/pending] [clearance/approval/signature] [with/at/by/from]",
        (*_standing(S.IN_CLEARANCE), Link(Role.WAITING)),
    ),
    (
        "[in/stuck in/sitting in/out for/awaiting/up for/waiting for/pending] [clearance/approval/signature] for",
        (*_standing(S.IN_CLEARANCE), Link(Role.FOR)),
    ),
    ("involving | under | owned | having to do with | that involve | touching", (Link(Role.PERSON),)),
    (
        """logged by | managed by | entered by | created by | opened by | intake by | received by | coordinated by
        taken in by | run by | whose task manager is | task manager is""",
        (Link(Role.MANAGER),),
    ),
    ("cleared by | approved by | signed by | signed off by | signed off on by", (Link(Role.CLEARED),)),
    (
        """from | requested by | asked by | asked for by | sent by | sent in by | on behalf of | requestor is | came from
        requestor | requester | requested from | originating from | coming from | come from | for requestor | submitted by
        that came from | asks from | received from | wanted by | requester is | inquiries from | came in from
        sent to us by | originated by | originating with | tasked by | raised by | rep | senator | sen | representative | congressman
        congresswoman""",
        (Link(Role.FROM),),
    ),
    (
        """about | regarding | re | concerning | mentioning | with subject | subject | titled | named | called | related to
        relating to | on subject of | with subject containing | that mention | mention | containing | dealing with
        pertaining to | subject contains | that mentions | to do with | on topic of | covering | with regard to""",
        (Link(Role.ABOUT),),
    ),
    ("by", (Link(Role.BY),)),
    (
        """owes[/ us/ anyone/ me] | owe[/ us/ anyone/ me] | still [owes/owe][/ us/ me] | [has/have] on deck
        [has/have/needs/need/still has/still have/still needs/still need] to [do/answer/act on/clear/sign/approve/look at/review]
        [has/have/needs/need/still has/still have/still needs/still need] to [respond to/finish/decide/handle/get done/sign off on]
        [must/should/is to/are to/is supposed to/are supposed to] [do/answer/act on/clear/sign/approve/look at/review/decide/handle]
        [is/are/am/was] [holding up/holding/sitting on/blocking/delaying/slowing down] | sitting on | holding up | holding onto
        [owe/owes] [answer/answers/response/responses][/ on] | is next on""",
        (Link(Role.WAITING, after=True),),
    ),
    (
        """has | have | working on | is working on | working | handling | has open | carrying | is handling | on plate
        is responsible for | responsible for | on desk | 's plate | 's desk | 's queue | hands full
        has on plate | have on plate | juggling | is on hook for | on hook for | is carrying | owns | own | inbox
        court | 's court""",
        (Now(),),
    ),
)
#: What counts by officer, unless it is said whose.
WORKLOAD = """workload | workloads | 's workload | load | who has most | who is carrying most | who has heaviest workload
    busiest | busiest officers | busiest action officers | who is busiest | who is most loaded | who has most on plate
    who is swamped | who has fewest | who has most work | caseload | caseloads | who is overloaded | who has lightest load
    who has least | has most | have most | has fewest | with most | workload distribution | distribution of work"""
#: What asks for something else than a list.
WANTS: tuple[tuple[str, Meaning], ...] = (
    (
        """how many | number of | count of | count | total | total of | total number of | tally of | tally | quantity of
        how much | what number of | sum of | headcount of""",
        (Want(W.COUNT),),
    ),
    (
        """who has | who is working on | who owns | whose turn is | who is on | who holds | who is responsible for
        who is action officer on | who is action officer for | who is it with | who needs to act on | who is handling | who
        who is sitting on | who is holding up | who is holding | whose desk is | who is it waiting on | whose turn is it on
        who is leading | who is assigned to | who is assigned | whose desk | whose court is | who is waiting | whose
        who do i call about | who do i ask about | who is it waiting for | who must act on | who is it sitting with
        who is supposed to answer | who is answering | who is lead on | who is working | who got | who do i bug about
        who has ball on | who has action on | who has pen on | who is lead for | who is up on | with whom is | who is next on
        who are we waiting on for | who are we waiting on | who is owner of | who is doing | who is clearing | who clears""",
        (Want(W.WHO),),
    ),
    (
        """what is holding up | what is holding | what is blocking | where is | where are | what is hold up on | where does
        what is wrong with | what happened to | what happened with | where do we stand on | where are we on | where did
        what is status of | what is state of | status of | state of | status on | how is | what is going on with
        what is up with | what is keeping | what is delaying | where are we with | where do we stand with | whatever happened to
        why is | why are | what is latest on | latest on | any news on | any word on | update on | how are we doing on
        how are we doing with | what became of | what is taking so long with | how far along is | progress on | progress of
        give me update on | where stands | any movement on | any progress on | what is deal with | how goes | how far is""",
        (Now(), _HEAD),
    ),
    (
        """when is | when was | when are | when were | when does | when did | when do | when will | what day is | what day
        what date is | what time is | by when is | by when | how long until | how soon is | when has | when | due when
        what is due date of | what is due date for | what is suspense of | what is suspense for | what is deadline for
        when must | suspense for | due date of | due date for | deadline for | deadline of | how long ago was""",
        (Want(W.WHEN),),
    ),
    (
        """on time rate | on-time rate | what share of | what percent of | what percentage of | what fraction of | share of
        percent of | percentage of | what share | what percent | what percentage | what proportion of | on time percentage | on-time percentage | percent on time | on time percent
        share on time | timeliness | how often on time | how often are we on time | on-time performance | punctuality
        on time performance | percentage on time | what percent are on time | what percentage are on time | rate on time
        what percent were on time | what percentage were on time | what share were on time | what percent did on time
        what percent went out on time | what percentage went out on time | how punctual | on time record | compliance rate
        what fraction were on time | suspense compliance | percent transmitted on time | percent of on time
        what percent was on time | what share was on time | on-time record | share of on time | how timely
        what percentage of on time | late rate | hit rate | what share went out on time | percent met suspense
        how often do we miss suspense | how often are we late | how often do we make suspense | success rate""",
        (Want(W.ON_TIME),),
    ),
    (
        """turnaround | turnaround time | turnaround times | turn around | turn around time | how long does it take
        how long do we take | how long did we take | average time | median time | response time | response times | cycle time
        how fast | how quickly | how quick | time to close | time to answer | time to respond | median turnaround
        average turnaround | how long does it take us | how long to answer | how long do they take | how long did it take
        processing time | how long on average | average days | median days | how long does | how long do | how long are
        time to transmit | mean time | how many days does it take | how many days do we take | how long did
        days to answer | days to close | days to respond | how slow | speed | how long is it taking | how long it takes
        how long are we taking | how long has it taken | turn-around | turn times""",
        (Want(W.TURNAROUND),),
    ),
    (
        """training | trained | untrained | not trained | needs training | need training | lapsed training | training status
        overdue training | annual training | behind on training | out of training | training lapsed | training overdue
        due for training | overdue for training | trainings | not current on training | training due""",
        (Want(W.TRAINING),),
    ),
)
DEEDS: dict[Deed, str] = {
    Deed.FORWARDED: "who forwarded | who sent in | who sent it in",
    Deed.LOGGED: "who logged | who entered | who opened | who created | who took in",
    Deed.ASSIGNED: "who assigned",
    Deed.DEFERRED: "who deferred | who pushed back",
    Deed.CLEARED: "who cleared | who approved | who signed | who signed off on | who gave clearance for | who signed off",
    Deed.TRANSMITTED: "who transmitted | who sent | who sent out | who answered",
    Deed.CLOSED: "who closed | who closed out | who sealed",
    Deed.WITHDRAWN: "who withdrew | who withdrawn | who cancelled | who pulled",
}
#: Nouns that tasks are grouped by, after "by" and the like.
GROUPS: tuple[tuple[str, Group], ...] = (
    ("unit | units | component | components | office | offices | section | sections | team | teams", Group.COMPONENT),
    ("division | divisions", Group.DIVISION),
    ("region | regions", Group.REGION),
    (
        "facility | facilities | site | sites | location | locations | detention facility | detention center",
        Group.FACILITY,
    ),
    ("type | types | kind | kinds | category | categories | task type | task types | type of task", Group.TYPE),
    ("status | statuses | state | stage | stages | standing | step | phase | current status", Group.STATUS),
    ("priority | priorities | urgency", Group.PRIORITY),
    (
        "officer | officers | action officer | action officers | person | people | assignee | owner | owners | individual",
        Group.OFFICER,
    ),
    ("manager | managers | task manager | task managers", Group.MANAGER),
    ("requestor | requestors | requester | requesters | customer | customers | who asked | asker", Group.REQUESTOR),
    ("hq or field | scope | field or hq | hq vs field | field vs hq", Group.SCOPE),
    ("origin | internal or external | internal vs external | external vs internal", Group.ORIGIN),
    ("manner | channel | how it came | how they came in | itms or email | itms vs email", Group.MANNER),
    ("who it waits on | who they wait on | whose turn it is | who has it | who they are waiting on", Group.WAITING),
)
UNITS: tuple[tuple[str, str], ...] = (
    ("day | days | daily", "day"),
    ("week | weeks | weekly", "week"),
    ("month | months | monthly", "month"),
    ("quarter | quarters | quarterly", "quarter"),
    ("year | years | yearly", "year"),
    ("fiscal year | fiscal years", "fiscal year"),
)
GROUPED = (
    """by | per | for each | grouped by | broken down by | split by | by each | in each | across | each | sorted into | sliced by
    breakdown by | group by | group it by | group them by | break it down by | break them down by | break down by | count by
    across all | for every | broken out by | split up by | organized by | arranged by | totals by | subtotal by | split per""",
    "which | what | whose",
)
#: A superlative, how many it means, and whether of open tasks alone.
ORDERS: tuple[tuple[str, Meaning], ...] = (
    (
        """oldest | longest open | longest running | open longest | longest outstanding | longest pending | aging | most aged
        longest-open | longest-running | been open longest | hanging around longest | oldest first | waiting longest
        been here longest | sorted by age | longest standing | by age | on books longest""",
        (First(Order.OLDEST),),
    ),
    (
        """newest | most recent | latest | most recently received | last received | newest first | latest received
        most recently logged | freshest""",
        (First(Order.NEWEST, open=False),),
    ),
    (
        """most overdue | longest overdue | most behind | furthest behind | worst overdue | latest overdue | most late
        longest past due | most past due | overdue most | overdue longest | farthest behind | worst offenders | most delinquent
        late by most | worst""",
        (*_standing(S.OVERDUE), First(Order.DUE)),
    ),
    (
        """soonest | soonest due | earliest due | due soonest | due first | closest to due | nearest deadline
        most pressing | due earliest | soonest first | closest deadline | nearest due | earliest suspense | first due""",
        (First(Order.DUE),),
    ),
    ("most urgent | highest priority | top priority | most important | hottest", (First(Order.PRIORITY),)),
    (
        "slowest | took longest | longest turnaround | that took longest | slowest turnaround",
        (First(Order.SLOWEST, open=False),),
    ),
    ("fastest | quickest | took least time | shortest turnaround", (First(Order.FASTEST, open=False),)),
    (
        "last closed | most recently closed | latest closed | just closed | closed most recently | recently closed",
        (*_standing(S.CLOSED), First(Order.CLOSED_LAST, open=False)),
    ),
    (
        """last transmitted | most recently transmitted | latest transmitted | last sent | most recently sent | just sent
        recently transmitted | transmitted most recently | recently sent""",
        (*_standing(*DONE), First(Order.TRANSMITTED_LAST, open=False)),
    ),
)
#: "Sort by …".
SORTS: tuple[tuple[str, Order], ...] = (
    ("due | due date | suspense | deadline | due dates | soonest | date due | when due", Order.DUE),
    ("age | received | received date | date received | receipt | oldest | oldest first", Order.OLDEST),
    ("newest | newest first | most recent | latest", Order.NEWEST),
    ("priority | urgency | importance", Order.PRIORITY),
    ("number | task number | id", Order.NUMBER),
    ("closed | closed date | date closed", Order.CLOSED_LAST),
    ("transmitted | transmitted date | sent date", Order.TRANSMITTED_LAST),
    ("turnaround", Order.SLOWEST),
)
SORTED = "sort by | sort it by | sort them by | order by | order them by | sorted by | ordered by | sort those by | rank by | sort on"
FOLLOWS: tuple[tuple[str, Lead], ...] = (
    (
        """only | just | only ones | just ones | of those | of these | of them | which of those | which of these | those
        which of them | which are | which ones are | which ones | out of those | these | among those | among these | them
        how many of those | how many of these | how many of them | narrow to | narrow it to | limit to | filter to | filter by
        limit it to | same but only | restrict to | but only | now only | keep only | keep just | from those | are any of them
        any of those | any of them | are any of those | any of these | same list but | same ones | now just | narrow down to
        and of those | and which of those | drill into | do any | focus on | show me only | show only | show just | from that
        are any | in that list | on that list | from this list | on this list | in there""",
        Lead.NARROW,
    ),
    (
        """what about | how about | and what about | same for | and for | same thing for | and how about | now for
        or | instead | same question for | now | do same for | compare to | ditto for | repeat for | then | and | also
        switch to | change to | same but | make that | make it | but | i meant | no i meant""",
        Lead.SHIFT,
    ),
)
#: Whoever asks.
MINE = """my | mine | assigned to me | i have | do i have | have i | i am working on | am i working on | on my plate
    on my desk | in my queue | my own | for me | i own | am i action officer on | i am action officer on | of mine
    i got | i am on | am i on | i am handling | in my name | my workload | with my name | on my list | my work
    i am assigned | am i assigned | i am tracking"""
MY_TURN = """my turn | [needs/need/requires/require] [me/my attention/my action/my clearance/my signature/my approval/my review/my input]
    [waiting on/waiting for/awaiting/pending with/with/pending/held up by/sitting with/stuck with/stuck on/hanging on/on] me
    [waiting on/waiting for/awaiting/pending/for/up for/in for] my [action/clearance/signature/approval/review/decision/response/answer]
    in my [court/inbox/queue to clear] | my [court/inbox/todos/to-dos/to do list/todo list/to-do list/action list/action items]
    [/do /should ]i [/still /have to /need to /am to /am supposed to /ought to /must /should /will ]owe[/ anyone/ anybody/ people/ on]
    [do/should/must] i [/have to /need to ][clear/sign/approve/do/act on/review/answer/respond to/look at/handle/work on/get to]
    [do/should/must] i [/have to /need to ][deal with/take care of/finish/decide/close out/sign off on/take action on/get done]
    i [have to/need to/must/should/ought to/am supposed to/am to/can/am expected to/still have to/still need to/got to] [clear/sign]
    i [have to/need to/must/should/ought to/am supposed to/am to/can/am expected to/still have to/still need to/got to] [approve/do]
    i [have to/need to/must/should/ought to/am supposed to/still have to/still need to/got to] [act on/review/answer/respond to]
    i [have to/need to/must/should/ought to/am supposed to/still have to/still need to/got to] [look at/handle/work on/deal with]
    i [have to/need to/must/should/ought to/am supposed to/still have to/still need to/got to] [finish/decide/sign off on/get done]
    for me to [clear/sign/approve/do/act on/review/answer/respond to/look at/handle/decide/work on/sign off on]
    [am i/i am] [holding/blocking/holding up/sitting on/slowing down/delaying]
    what do i need to do | to clear | what is next for me | what should i be [working on/doing] | on me | my action | for my desk
    anything for me to [clear/sign/do/approve/review] | is [waiting on/waiting for] me"""
AM_LATE = "am i late on | am i behind on | am i overdue on | am i late with | am i behind with"
WAITING_FOR_OTHERS = """am i waiting on | am i waiting for | i am waiting on | i am waiting for | am i still waiting on
    do i wait for | am i waiting for others on | i am still waiting on | am i still waiting for"""
OURS = """our | ours | my unit | my division | my team | my region | my facility | our unit | our division | our team
    my office | our office | my component | our component | my section | us | my shop | our shop | my people | my staff
    my group | our region | our facility | my site | our site | my program | my discipline"""
MORE = """more | show more | next page | show me more | next | see more | rest | show rest | show me rest | next ones
    what else | and rest | keep going | continue | show all | show next | show me next | show next page | next 10 | more please
    show me more please | load more | page 2"""
EXPORT = """export | export it | export them | export that | download | download it | as spreadsheet | as excel | as csv
    export as csv | export as excel | export to excel | export to csv | to excel | to csv | csv | excel | xlsx | spreadsheet
    send me spreadsheet | export those | download them | export this | can i get that in excel | in excel | put it in excel
    export list | download list | as xlsx | export as xlsx | export to xlsx | give me csv | give me spreadsheet | save as csv
    put that in excel | put that in spreadsheet | put them in spreadsheet | as spreadsheet please | give me that as spreadsheet
    i want that in excel | make spreadsheet | send me csv | download as csv | download as excel | as csv file | as excel file"""
#: Words at the beginning that ask to do something, which words never do here (4-7).
COMMANDS = """delete | remove | close | assign | reassign | approve | clear | return | cancel | create | update | change | set
    extend | remind | email | call | write | make | add | move | forward | transmit | reject | withdraw | edit | rename | schedule
    defer | delegate | acknowledge | reopen | notify | tell | escalate | mark | book | order | translate | summarize | draft
    submit | sign | respond | answer | task | route | upload | attach | send | fix | print | fire | hire | ping | text"""
