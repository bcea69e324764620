"""Who may change what in the organization: the same answers guard `decide_organization` and give the forms."""

from __future__ import annotations

from datetime import date

from bot.domain.organization import Delegation, Organization
from bot.domain.positions import LEADERSHIP, RANK, Post


def passes_on(organization: Organization, actor: str, on: date) -> tuple[Post, ...]:
    """The posts whose clearance authority somebody holds, and so may pass on (4-7, 5-1.4)."""
    return tuple(sorted((p for p in organization.posts_of(actor, on) if p.key in RANK), key=_order))


def above(organization: Organization, post: Post, actor: str, on: date) -> bool:
    """Whether somebody holds the post, or one of senior leadership that ranks above it."""
    posts = organization.posts_of(actor, on)
    return post in posts or any(p.key in LEADERSHIP and RANK[p.key] > RANK.get(post.key, 0) for p in posts)


def names_acting(organization: Organization, actor: str, on: date) -> tuple[Post, ...]:
    """The posts that somebody may name an acting official for: theirs and those below; a task manager for all."""
    posts = {post for person in organization.serving(on) for post in person.posts}
    posts |= organization.posts_of(actor, on)
    may = organization.is_manager(actor, on)
    return tuple(sorted((p for p in posts if may or above(organization, p, actor, on)), key=_order))


def revokes(organization: Organization, given: Delegation, actor: str, on: date) -> bool:
    return actor == given.giver or above(organization, given.post, actor, on)


def leads(organization: Organization, code: str, actor: str, on: date) -> bool:
    """Chiefs, program leads and those above them appoint for their component (4-6.1)."""
    over = {c.code for c in organization.ancestry(code)}
    posts = (post for post in organization.posts_of(actor, on) if post.key in RANK)  # a FOD leads nothing of IHSC
    return any(post.component in over or post.key in {"ad", "cos"} for post in posts)


def _order(post: Post) -> tuple[int, Post]:
    """The highest first."""
    return -RANK.get(post.key, 0), post
