"""What somebody may want to ask, by what they do here."""

from __future__ import annotations

from bot.domain.context import Context
from bot.domain.positions import LEADERSHIP

EXAMPLE = "status of T-1042"


def examples(ctx: Context) -> tuple[str, str, str]:
    """Three whole questions: of who manages, who answers for a component, who clears, and of anybody else."""
    organization, on = ctx.organization, ctx.today
    if ctx.manages or organization.holds_any(ctx.actor, LEADERSHIP, on):
        return "what's overdue", "open tasks by unit", "tasks due this week"
    person = organization.person(ctx.actor)
    led = [post.component for post in organization.posts_of(ctx.actor, on) if post.component]
    codes = sorted({*led, *(person.action_officer_for if person else ())})
    if codes:
        return f"open tasks of {codes[0]}", "what needs me", "tasks due this week"
    if organization.clears_as(ctx.actor, on):
        return "what needs me", "tasks in clearance", "overdue tasks"
    return "my open tasks", "what needs me", EXAMPLE
