"""What a question comes to once all of its words are read: how many, in which order, in which groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation.comparing import MEASURED
from bot.conversation.draft import Draft
from bot.conversation.joining import DONE, PERSONAL, PLACED, Item, clauses_of, conflict, filters_of
from bot.conversation.own_words import Spoken
from bot.conversation.pieces import First, Noun, Piece, Quiet, Value
from bot.conversation.question import WHOM, Field, Group, Moment, Order, Question, Span, Standing, Term, Wants
from bot.conversation.timing import Times

COMPARED = {
    Field.TYPE: Group.TYPE,
    Field.COMPONENT: Group.COMPONENT,
    Field.SCOPE: Group.SCOPE,
    Field.ORIGIN: Group.ORIGIN,
    Field.MANNER: Group.MANNER,
    Field.PRIORITY: Group.PRIORITY,
    Field.STANDING: Group.STATUS,
    Field.PLACE: Group.FACILITY,
    Field.OFFICER: Group.OFFICER,
    Field.PERSON: Group.OFFICER,
}


#: What no share of all that was transmitted can be.
_RATED_NOT = frozenset({Standing.OPEN.value, Standing.OVERDUE.value})
#: What is told with the tasks, and what of a single one as well.
_LISTED = WHOM | {Wants.TASKS}
_OF_ONE = WHOM | {Wants.DEEDS, Wants.WHEN}
#: Words for more than one.
_SEVERAL = frozenset({"are", "all", "everything", "stuff", "every", "list"})


def limited(draft: Draft, spoken: Sequence[Spoken]) -> None:
    """ "The oldest task" is one, "the oldest tasks" are all in that order."""
    question = draft.question
    place = next((i for i, one in enumerate(spoken) if isinstance(one.piece, First)), None)
    if place is None or question.limit or question.group or question.wants not in _LISTED:
        return
    asked = [one for one in spoken if isinstance(one.piece, Noun | Quiet | Value) and one.words]
    nouns = [one.words[-1] for one in asked if _is_noun(one.piece)]
    said = tuple(word for one in spoken for word in one.words)
    plural = any(word.endswith("s") and word != "s" for word in nouns) or _SEVERAL & set(said) or said[0] == "sort"
    sorts = {"by", "first", "top", "order"} & set(spoken[place].words)
    if not plural and not sorts and (nouns or "is" in said):
        draft.question = replace(question, limit=1)


def _is_noun(piece: Piece) -> bool:
    return isinstance(piece, Noun) or (isinstance(piece, Value) and piece.field is Field.TYPE)


def _restricting(draft: Draft) -> Iterator[Term]:
    return (term for term in draft.terms if isinstance(term, Term))


def finish(draft: Draft, times: Times) -> None:
    if draft.question.wants is Wants.TRAINING:
        draft.items = [i for i in draft.items if i.about in PLACED | PERSONAL]
    question = replace(draft.question, moment=times.moment, periods=times.periods)
    if question.wants is Wants.REQUESTOR and any(Standing.EXTENSION.value in t.values for t in _restricting(draft)):
        question = replace(question, wants=Wants.WHO)  # who asked for more time is no requestor
    if times.periods and question.wants in _LISTED:
        question = replace(question, wants=Wants.COUNT)
    if times.periods:
        question = replace(question, group=Group.PERIOD if question.group in {None, Group.PERIOD} else question.group)
    elif question.group is Group.PERIOD:
        question = replace(question, group=None)
    if question.group and question.order in {Order.SLOWEST, Order.FASTEST} and question.wants is Wants.TASKS:
        question = replace(question, wants=Wants.TURNAROUND)
    if question.group:
        question = replace(question, order=None)
    numbers = [i.term for i in draft.items if i.about is Field.NUMBER and not i.term.without]
    if numbers:
        values = tuple(dict.fromkeys(v for t in numbers if isinstance(t, Term) for v in t.values))
        wants = question.wants if question.wants in _OF_ONE else Wants.TASKS
        draft.question = Question(((Term(Field.NUMBER, values),),), wants, question.deeds, moment=question.moment)
        return
    question = replace(question, order=_last_of(question.order, draft))
    if question.order is Order.TRANSMITTED_LAST:
        draft.items = [_whatever_came_after(item) for item in draft.items]
    if (draft.versus or draft.more) and question.group is None:
        question = replace(question, group=_compared(draft))
        draft.items = [item for item in draft.items if not _either_way(item.term, question.group)]
    if question.wants is Wants.ON_TIME:
        draft.unclear_rate = any(isinstance(t, Term) and _RATED_NOT.intersection(t.values) for t in draft.terms)
        draft.items = [item for item in draft.items if not _of_the_rate(item.term)]
    if Moment.TRANSMITTED in draft.moments:
        draft.items = [_answered_late(item) for item in draft.items]
        draft.moments = (
            [] if any(Standing.LATE.value in t.values for t in draft.terms if isinstance(t, Term)) else draft.moments
        )
    clauses = clauses_of(draft.items)
    draft.conflict, filters = conflict(clauses), filters_of(clauses, draft.now and question.wants not in MEASURED)
    draft.question = replace(question, any_of=filters or ((),))


def _last_of(order: Order | None, draft: Draft) -> Order | None:
    """The last closed are those that were closed last, whenever they came in."""
    if order is not Order.NEWEST:
        return order
    said = [term for term in draft.terms if not term.without]
    standings = {v for t in said if isinstance(t, Term) and t.field is Field.STANDING for v in t.values}
    moments = {term.moment for term in said if isinstance(term, Span)}
    if standings == {Standing.CLOSED.value} or Moment.CLOSED in moments:
        return Order.CLOSED_LAST
    done = bool(standings) and standings <= {standing.value for standing in DONE}
    return Order.TRANSMITTED_LAST if done or Moment.TRANSMITTED in moments else order


def _whatever_came_after(item: Item) -> Item:
    """The last sent may be closed since."""
    sent = isinstance(item.term, Term) and item.term.values == (Standing.TRANSMITTED.value,)
    return replace(item, term=Term(Field.STANDING, tuple(d.value for d in DONE))) if sent else item


def _compared(draft: Draft) -> Group | None:
    """What is compared: the kind of which two were named."""
    named = [i.about for i in draft.items if isinstance(i.term, Term)]
    several = [i.term for i in draft.items if isinstance(i.term, Term)]
    twice = [f for f in COMPARED if named.count(f) > 1]
    twice = twice or [f for f in COMPARED if any(t.field is f and len(t.values) > 1 for t in several)]
    placed = draft.compared if twice and twice[0] in PLACED else None
    return placed or (COMPARED[twice[0]] if twice else None)


def _either_way(term: Term | Span, group: Group | None) -> bool:
    """ "Field versus HQ" is all there is, and not all of it is known."""
    two = {Field.SCOPE: Group.SCOPE, Field.ORIGIN: Group.ORIGIN, Field.MANNER: Group.MANNER}
    return isinstance(term, Term) and two.get(term.field) is group and group is not None


def _answered_late(item: Item) -> Item:
    """ "Which did we answer late" asks for what was sent late."""
    term = item.term
    if not isinstance(term, Term) or term.values != (Standing.OVERDUE.value,):
        return item
    return replace(item, term=replace(term, values=(Standing.LATE.value,)))


def _of_the_rate(term: Term | Span) -> bool:
    """What a rate of what went out on time says anyway."""
    rates = {Standing.ON_TIME.value, Standing.LATE.value, *(standing.value for standing in DONE)}
    return isinstance(term, Term) and term.field is Field.STANDING and set(term.values) <= rates
