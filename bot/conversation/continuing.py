"""The question before with what is said now: narrowed further, asked of something else, or of more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation.comparing import MEASURED
from bot.conversation.draft import Draft
from bot.conversation.pieces import Lead
from bot.conversation.question import Field, Filter, Moment, Question, Span, Standing, Term, Wants, ordered


def usual(before: Question) -> Moment | None:
    """The time that spans are of, if the question before says one."""
    spans = (term.moment for one in before.any_of for term in one if isinstance(term, Span))
    return next(spans, Moment.TRANSMITTED if before.wants in MEASURED else before.moment)


def listed(question: Question) -> Question:
    """The tasks themselves, of what was counted."""
    return replace(question, wants=Wants.TASKS, group=None, periods=())


def continued(before: Question, draft: Draft, lead: Lead) -> Question:
    """The question before, narrowed by what is said now, or with it in the place of what it said of the same."""
    said, shape = draft.question.any_of, draft.question
    question = replace(
        before,
        wants=shape.wants if shape.wants is not Wants.TASKS else before.wants,
        deeds=shape.deeds or before.deeds,
        group=shape.group or (before.group if not shape.order else None),
        order=shape.order or before.order,
        limit=shape.limit or (before.limit if lead is Lead.SHIFT or _same(draft) else None),
        periods=shape.periods or before.periods,
        moment=shape.moment or before.moment,
    )
    if lead is Lead.WIDEN:
        return replace(before, any_of=tuple(dict.fromkeys(_widened(before, said))))
    filters = (_possible(_joined(old, new, lead)) for old in before.any_of for new in said)
    return replace(question, any_of=tuple(dict.fromkeys(filters)))


def _widened(before: Question, said: Sequence[Filter]) -> Iterator[Filter]:
    """With more values of what was said, or no longer without them; anything else is looked for beside it."""
    for new in said:
        widened = [ordered(_with(old, new)) for old in before.any_of]
        yield from widened if widened != list(before.any_of) else [*before.any_of, new]


def _with(old: Filter, new: Filter) -> Iterator[Term | Span]:
    more = {(term.field, value) for term in new if isinstance(term, Term) for value in term.values}
    for term in old:
        if isinstance(term, Span):
            yield term
            continue
        values = {value for field, value in more if field is term.field}
        kept = set(term.values) - values if term.without else set(term.values) | values
        if kept:
            yield replace(term, values=tuple(sorted(kept)))


def _possible(filter_: Filter) -> Filter:
    """What is done is never overdue: asked of it, "late" means that it went out late."""
    done = any(_is_done(term) for term in filter_)
    overdue, late = (Term(Field.STANDING, (standing.value,)) for standing in (Standing.OVERDUE, Standing.LATE))
    return ordered(late if done and term == overdue else term for term in filter_)


def _is_done(term: Term | Span) -> bool:
    if term.without:
        return False
    if isinstance(term, Span):
        return term.moment in {Moment.TRANSMITTED, Moment.CLOSED}
    return term.field is Field.STANDING and set(term.values) <= {Standing.TRANSMITTED.value, Standing.CLOSED.value}


def _same(draft: Draft) -> bool:
    """Whether it is asked of the very tasks that were found: "who has it"."""
    return not (draft.terms or draft.question.group or draft.question.order)


def _joined(old: Filter, new: Filter, lead: Lead) -> Filter:
    if lead is Lead.NARROW:
        return ordered((*old, *new))
    if not old:
        return new
    replaced = {_about(t) for t in new}
    return ordered((*(t for t in old if _about(t) not in replaced), *new))


def _about(term: Term | Span) -> Field | Moment:
    return term.moment if isinstance(term, Span) else term.field
