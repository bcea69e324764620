"""Who waits for whom, and who may see a task: as links that storage can index and as a predicate."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.assignment import Assignment, Stage
from bot.domain.mailing import UNDER_WAY
from bot.domain.organization import Organization
from bot.domain.positions import LEADERSHIP, MANAGERS, Post, parse_post
from bot.domain.task import OPEN, Status, Task
from bot.domain.wording import words_in

#: Before and after, a round of clearance was returned or its task begun again.
CLEARING = frozenset({Status.IN_CLEARANCE, Status.CLEARED, Status.TRANSMITTED, Status.CLOSED})


def waiting_on(task: Task) -> tuple[str | Post, ...]:
    """Whose turn it is: emails and posts, nobody once the task is closed."""
    match task.status:
        case Status.CLOSED | Status.WITHDRAWN:
            return ()
        case _ if task.as_imported:
            return tuple(map(_whom, task.as_imported.waiting_on))
        case Status.IN_CLEARANCE:
            return task.waiting_posts
        case Status.ASSIGNED:
            return tuple(dict.fromkeys(_waiting_parts(task)))
        case Status.RECEIVED:
            return (Post("task-manager"),)
        case _:
            return (task.manager,)


def _whom(text: str) -> str | Post:
    """An email, which alone has a dot behind the @, or a post."""
    return text if "." in text.partition("@")[2] else parse_post(text)


def managers(task: Task, organization: Organization, on: date) -> tuple[str, ...]:
    """Who manages the task: whoever logged it; where nobody did, or they are gone, all who log, or the TPSU chief.

    Nobody manages what was imported until it is adopted.
    """
    if task.as_imported:
        return ()
    if task.status is not Status.RECEIVED and organization.is_manager(task.manager, on):
        return (task.manager,)
    found = organization.holders(Post("task-manager"), on) or organization.holders(Post("tpsu-chief"), on)
    return tuple(person.email for person in found)


def owes_by(task: Task, email: str) -> datetime | None:
    """When somebody's own response is due, the first of several; None when none is waited for from them."""
    owed = (a.due_at for a in task.active if a.officer == email and a.stage in {Stage.ASSIGNED, Stage.ACKNOWLEDGED})
    return min(owed, default=None) if task.status is Status.ASSIGNED else None


def clearers(
    task: Task, posts: tuple[Post, ...], organization: Organization, on: date, part: Assignment | None = None
) -> tuple[str, ...]:
    """Who may clear as one of the posts: holders, acting officials, and those the authority was delegated to.

    `part` is the assignment whose response is to be cleared, where it is not the final one.
    """
    holders = (p.email for post in posts for p in organization.holders(post, on))
    delegated = organization.delegated(posts, task.request.task_type, task.request.ses, on)
    able = dict.fromkeys((*holders, *(d.receiver for d in delegated)))
    return tuple(email for email in able if not _wrote(task, posts, email, organization, on, part))


def drafted(task: Task, email: str, organization: Organization, on: date) -> bool:
    """Whether somebody wrote what the waiting step of final clearance is to clear, so that somebody else has to.

    Not where they hold the step's post and Appendix A names it, and no other, both to answer and to clear; the
    record says so then. Who has a chief's authority by delegation is not in the chief's position.
    """
    held = organization.posts_of(email, on).intersection(task.waiting_posts)
    return email in task.drafters() and not (held and task.own_position(email))


def _wrote(
    task: Task, posts: tuple[Post, ...], email: str, organization: Organization, on: date, part: Assignment | None
) -> bool:
    """Without a `part`, whether somebody wrote all that waits for a division lead."""
    if task.status is Status.IN_CLEARANCE:
        return drafted(task, email, organization, on)
    waits = [a for a in task.active if a.stage is Stage.IN_DIVISION_CLEARANCE and a.lead in posts]
    waits = [part] if part else waits
    return bool(waits) and all(email in a.drafters for a in waits)


def turn_of(task: Task, organization: Organization, on: date) -> str:
    """Whose turn it is in words, with who holds a post that day; empty when it is nobody's."""
    return " and ".join(named(task, who, organization, on) for who in waiting_on(task))


def named(task: Task, who: str | Post, organization: Organization, on: date) -> str:
    """ "Chief of Staff (D. Reyes)": a post with everybody who may clear as it that day, a person by name."""
    if isinstance(who, str):
        return organization.name_of(who)
    people = [_present(email, organization, on) for email in clearers(task, (who,), organization, on)]
    return f"{who.title} ({', '.join(people) or 'vacant'})"


def _present(email: str, organization: Organization, on: date) -> str:
    return organization.name_of(email) + (", away" if organization.away(email, on) else "")


def _waiting_parts(task: Task) -> Iterator[str | Post]:
    for a in task.active:
        if a.stage in {Stage.ASSIGNED, Stage.ACKNOWLEDGED}:
            yield a.officer
            yield from (p.to for p in a.parts if p.open)
            if a.extension:
                yield task.manager
        elif a.stage is Stage.DEFERRED:
            yield task.manager
        elif a.stage is Stage.IN_DIVISION_CLEARANCE and a.lead:
            yield a.lead


def links(task: Task) -> frozenset[tuple[str, str]]:
    """What a task has to do with, as (kind, value).

    Kinds are person and post; waiting for a person or post; the officers and components who answer, where nobody
    does the component it is about, which is its place in any case; who cleared it; the stages of its assignments
    while it is with its action officers; states that are worked out; the words of its subject and of the requestor's
    name; and whether an email, or a copy of its record, is under way.
    """
    return frozenset(
        {("person", p) for p in _people(task)}
        | {("post", str(p)) for p in _posts(task)}
        | {("waiting", str(w)) for w in waiting_on(task)}
        | {("officer", email) for email in officers(task)}
        | {("component", code) for code in _components(task)}
        | {("place", c) for c in {task.request.component} if c}
        | {("cleared", email) for email in _cleared(task)}
        | {("stage", a.stage.value) for a in task.active if task.status is Status.ASSIGNED}
        | {("state", state) for state in _states(task)}
        | {("subject", word) for word in words_in(task.request.subject)}
        | {("requestor", word) for word in words_in(task.request.requestor)}
        | {("copy", "under way") for mail in task.copies if mail.state in UNDER_WAY}
        | {("mail", "under way") for _ in ({task.mailing.state} & UNDER_WAY if task.mailing else set())}
    )


def officers(task: Task) -> tuple[str, ...]:
    """The action officers, by email."""
    return task.as_imported.officers if task.as_imported else tuple(a.officer for a in task.active)


def _components(task: Task) -> Collection[str]:
    """Who answers, until somebody does what it is about."""
    answering = task.as_imported.components if task.as_imported else {a.component for a in task.active}
    return answering or {task.request.component} - {""}


def _people(task: Task) -> set[str]:
    if task.as_imported:
        return {*officers(task), *(who for who in waiting_on(task) if isinstance(who, str))}
    people = {task.manager, *(a.officer for a in task.assignments)} - {""}
    people |= {p.to for a in task.assignments for p in a.parts}
    return people | ({task.request.source.by} if task.request.source else set())


def _posts(task: Task) -> set[Post]:
    waiting = {who for who in waiting_on(task) if isinstance(who, Post)} if task.as_imported else set()
    posts = waiting | {post for step in (task.routing.plan if task.routing else ()) for post in step}
    posts |= {post for r in task.rounds for step in r.steps for post in step.posts}
    return posts | {a.lead for a in task.active if a.lead} | set(task.routing.awareness if task.routing else ())


def _cleared(task: Task) -> Iterator[str]:
    """Who cleared it, as far as that stands: division leads, the last round, and by email as attested."""
    stands = task.status in CLEARING and task.withdrawn is None
    steps = task.round.steps if task.round and stands else ()
    yield from (c.by for c in (*(a.clearance for a in task.active), *(step.clearance for step in steps)) if c)
    if stands and task.email and task.email.attested:
        yield task.email.attested.cleared_by


def _states(task: Task) -> Iterator[str]:
    """Words of questions for what is so now and is no status: values of `bot.conversation.question.Standing`."""
    if task.status not in OPEN:
        return
    if any(a.returned for a in task.active) or _came_back(task):
        yield "returned"
    if any(a.extension for a in task.active):
        yield "extension"
    if any(p.open for a in task.active for p in a.parts):
        yield "delegated"


def _came_back(task: Task) -> bool:
    """Whether final clearance returned the response that is in review."""
    last = task.round
    returned = last is not None and any(step.returned for step in last.steps) and last.package == task.package
    return returned and task.status is Status.IN_REVIEW


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may see: all, or the tasks with one of these links."""

    everything: bool
    links: frozenset[tuple[str, str]] = frozenset()

    def covers(self, task: Task) -> bool:
        return self.everything or bool(self.links & links(task))


def reach(email: str, organization: Organization, on: date) -> Reach:
    """Task managers, the TPSU chief and senior leadership see all.

    Chiefs and officers see the tasks of their components and those below, clearing officials what passes through
    them, those told for awareness what they were told of, everybody what is theirs.
    """
    if organization.holds_any(email, MANAGERS | LEADERSHIP, on):
        return Reach(everything=True)
    person = organization.person(email)
    found = {("person", email)}
    if person and person in organization.serving(on):
        posts = organization.posts_of(email, on)
        found |= {("post", str(post)) for post in organization.clears_as(email, on)}
        led = {post.component for post in posts if post.component} | set(person.action_officer_for)
        below = (code for code in organization.components if led & {c.code for c in organization.ancestry(code)})
        found |= {(kind, code) for code in below for kind in ("component", "place")}
    return Reach(everything=False, links=frozenset(found))
