"""A question as tasks are linked to it that day: components with all below, positions with who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.question import Field, Filter, Question, Span, Term
from bot.domain.context import Context
from bot.domain.organization import Organization
from bot.domain.positions import ALIASES, POSITIONS, Post


def resolved(question: Question, ctx: Context) -> Question:
    """What was meant, on this day."""
    return replace(question, any_of=tuple(_filter(one, ctx) for one in question.any_of))


def _filter(terms: Filter, ctx: Context) -> Filter:
    return tuple(term if isinstance(term, Span) else replace(term, values=_values(term, ctx)) for term in terms)


def _values(term: Term, ctx: Context) -> tuple[str, ...]:
    match term.field:
        case Field.COMPONENT | Field.PLACE:
            return tuple(sorted(below(term.values, ctx.organization)))
        case Field.PERSON:
            return tuple(
                sorted({found for value in term.values for who in _people(value, ctx) for found in _turn(who, ctx)})
            )
        case Field.WAITING:
            return tuple(sorted({found for value in term.values for found in _turn(value, ctx)}))
        case Field.OFFICER | Field.MANAGER | Field.CLEARED:
            return tuple(sorted({email for value in term.values for email in _people(value, ctx)}))
        case _:
            return term.values


def below(codes: Iterable[str], organization: Organization) -> frozenset[str]:
    """The components with all that are below them."""
    wanted = set(codes)
    return frozenset(
        code for code in organization.components if wanted & {above.code for above in organization.ancestry(code)}
    )


def _turn(value: str, ctx: Context) -> frozenset[str]:
    """Somebody's email and the posts they clear as; a position key is any post of it, a component all of its people."""
    organization = ctx.organization
    if "@" in value and "." in value.partition("@")[2]:
        return frozenset({value, *map(str, organization.clears_as(value, ctx.today))})
    if posts := _posts(value, organization):
        return frozenset(map(str, posts))
    within = below((value,), organization)
    people = [person for person in organization.people.values() if person.component in within]
    held = {str(post) for person in people for post in person.posts if post.component in within or not post.component}
    return frozenset({person.email for person in people} | held)


def _people(value: str, ctx: Context) -> frozenset[str]:
    """An email, or those of who holds a position that day."""
    if "@" in value and "." in value.partition("@")[2]:
        return frozenset({value})
    found = (p.email for post in _posts(value, ctx.organization) for p in ctx.organization.holders(post, ctx.today))
    return frozenset(found) or frozenset({value})


def _posts(value: str, organization: Organization) -> frozenset[Post]:
    """Every post of a position key, the one of an alias or of a key with its component."""
    if value in ALIASES:
        return frozenset({Post(*ALIASES[value])})
    key, _, where = value.partition("@")
    if where:
        return frozenset({Post(key, where)})
    held = {post for person in organization.people.values() for post in person.posts if post.key == value}
    return frozenset(held or ({Post(value)} if value in POSITIONS else set()))
