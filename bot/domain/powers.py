"""Who may change what in the organization: the same answers guard `decide_organization` and give the forms."""

from __future__ import annotations

from datetime import date

from bot.domain.organization import CHIEFS, Acting, Delegation, Organization
from bot.domain.organization_messages import OPERATOR
from bot.domain.positions import LEADERSHIP, MANAGERS, RANK, Post
from bot.errors import NotAllowed

#: The chiefs and leads who appoint action officers; who leads a facility or a region does not (4-6.1, 5-3.1).
APPOINTING = frozenset(CHIEFS.values())


def passes_on(organization: Organization, actor: str, on: date) -> tuple[Post, ...]:
    """The posts whose clearance authority somebody holds, and so may pass on (4-7, 5-1.4)."""
    return tuple(sorted((p for p in organization.posts_of(actor, on) if p.key in RANK), key=_order))


def above(organization: Organization, post: Post, actor: str, on: date) -> bool:
    """Whether somebody holds the post, or one of senior leadership that ranks above it."""
    posts = organization.posts_of(actor, on)
    return post in posts or any(p.key in LEADERSHIP and RANK[p.key] > RANK.get(post.key, 0) for p in posts)


def names_acting(organization: Organization, actor: str, on: date) -> tuple[Post, ...]:
    """The posts that somebody may name an acting official for: theirs and those below; a task manager all."""
    posts = {post for person in organization.people.values() for post in person.posts}  # vacant ones too
    posts |= {chief for code in organization.components if (chief := organization.chief_of(code))}
    may = organization.is_manager(actor, on)
    known = (post for post in posts if post.key in RANK.keys() | MANAGERS)
    return tuple(sorted((p for p in known if may or above(organization, p, actor, on)), key=_order))


def revokes(organization: Organization, given: Delegation, actor: str, on: date) -> bool:
    return actor == given.giver or above(organization, given.post, actor, on)


def ends_acting(organization: Organization, acting: Acting, actor: str, on: date) -> bool:
    return above(organization, acting.post, actor, on) or organization.is_manager(actor, on)


def leads(organization: Organization, code: str, actor: str, on: date) -> bool:
    """Chiefs, program leads and those above them appoint for their component (4-6.1)."""
    over = {c.code for c in organization.ancestry(code)}
    posts = organization.posts_of(actor, on)
    return any((p.component in over and p.key in APPOINTING) or p.key in {"ad", "cos"} for p in posts)


def appoints(organization: Organization, actor: str, on: date) -> tuple[str, ...]:
    """The components that have a chief and that somebody may appoint action officers of, their own first."""
    found = (c.code for c in organization.components.values() if c.kind in CHIEFS)
    own = {post.component for post in organization.posts_of(actor, on)}
    codes = (code for code in found if leads(organization, code, actor, on))
    return tuple(sorted(codes, key=lambda code: (code not in own, code)))


def managers_only(organization: Organization, actor: str, today: date, what: str = "do this") -> None:
    """Raises NotAllowed for anybody else but the operator."""
    if actor != OPERATOR and not organization.holds_any(actor, MANAGERS, today):
        raise NotAllowed(f"Only a task manager can {what}.")


def _order(post: Post) -> tuple[int, Post]:
    """The highest first."""
    return -RANK.get(post.key, 0), post
