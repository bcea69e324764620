"""From Appendix A's positions to people and posts: who answers, who clears, and whose lead clears first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.messages import Plan, Request
from bot.domain.organization import Kind, Organization, Person
from bot.domain.positions import AGENCY_WIDE, ALIASES, LEADERSHIP, POSITIONS, RANK, Post, parse_post
from bot.domain.rubric import Route, Row, Rubric, Situation, Steps, route
from bot.errors import InvalidInput

#: Whose clearance is that of the component that answers.
OF_WHO_ANSWERS = frozenset({"dad", "unit-chief", "discipline-chief", "program-lead"})
#: The kind of component that a position belongs to, where it is not the chief's or the lead's.
SEATS: dict[str, Kind] = {
    "discipline-chief": Kind.DISCIPLINE,
    "program-lead": Kind.PROGRAM,
    "rhsa": Kind.REGION,
    "rfmc": Kind.REGION,
    "hsa": Kind.FACILITY,
    "fmc": Kind.FACILITY,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One assignment as proposed: any one of `keys`, found at `posts`; `officers` are emails, the best first."""

    keys: tuple[str, ...]
    posts: tuple[Post, ...]
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What Appendix A gives for a request, for a task manager to confirm."""

    route: Route
    seats: tuple[Seat, ...]

    @property
    def officers(self) -> tuple[str, ...]:
        """The first choice for every seat; shorter than `seats` where a position is vacant or not yet known."""
        return tuple(dict.fromkeys(seat.officers[0] for seat in self.seats if seat.officers))


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who answers: the post they answer as, and the component it is for."""

    email: str
    post: Post | None
    component: str


def propose(request: Request, organization: Organization, rubric: Rubric, on: date) -> Proposal:
    """Appendix A and 5-2.2.b, applied to the request; nobody is assigned by it."""
    facility = organization.nearest(request.component, Kind.FACILITY)
    situation = Situation(request.scope, request.origin, facility.staffing if facility else None, request.ses)
    found = route(rubric, request.task_type, situation)
    seats = (_seat(keys, request.component, organization, on) for keys in found.action_officers)
    return Proposal(found, tuple(seats))


def _seat(keys: tuple[str, ...], component: str, organization: Organization, on: date) -> Seat:
    posts = tuple(post for key in keys if (post := post_for(key, component, organization, on)))
    officers = (email for post in posts for email in officers_for(post, organization, on))
    return Seat(keys, posts, tuple(dict.fromkeys(officers)))


def post_for(key: str, component: str, organization: Organization, on: date) -> Post | None:
    """The post that a position key means for a component; None while the component is not known.

    A key that names its component, like "dad@CS", means that post.
    """
    if key in ALIASES or key in AGENCY_WIDE or "@" in key:
        return parse_post(key)
    if component not in organization.components:
        return None
    if key == "dad":
        return organization.lead_of(component)
    if key == "unit-chief":
        chief = organization.chief_of(component)
        return chief if chief and chief.key != "dad" else None  # a division has several; the task manager picks
    if key in SEATS:
        seat = organization.nearest(component, SEATS[key])
        return Post(key, seat.code) if seat else None
    above = [Post(key, c.code) for c in organization.ancestry(component)]
    return next((post for post in above if organization.holders(post, on)), above[0])


def officers_for(post: Post, organization: Organization, on: date) -> tuple[str, ...]:
    """Who answers for a post: the action officers its chief appointed, else the chief directly (5-3.1)."""
    component = organization.components.get(post.component)
    chief = component is not None and organization.chief_of(component.code) == post
    appointed = organization.appointed(post.component, on) if chief else ()
    return tuple(dict.fromkeys(p.email for p in (*appointed, *organization.holders(post, on))))


def officer(email: str, proposal: Proposal, organization: Organization, on: date) -> Officer:
    """A chosen person as an action officer. Raises InvalidInput for somebody who does not serve."""
    person = organization.person(email)
    if person is None or person not in organization.serving(on):
        raise InvalidInput(f"{email} is not in the directory; choose somebody who is.", field="officers")
    for seat in proposal.seats:
        for post in seat.posts:
            if person.email in officers_for(post, organization, on):
                return Officer(person.email, post, post.component or person.component)
    own = next((post for post in person.posts if post.key in RANK), None)
    if own is None and person.action_officer_for:
        own = organization.chief_of(person.action_officer_for[0])
    return Officer(person.email, own, (own.component if own else "") or person.component)


def follows(proposal: Proposal, chosen: Iterable[Officer]) -> bool:
    """Whether the choice is Appendix A's: every seat taken, and nobody without one."""
    chosen = tuple(chosen)
    if proposal.route.varies:
        return bool(chosen)
    taken = all(any(_fits(o, seat) for o in chosen) for seat in proposal.seats)
    return taken and all(fits(o, proposal) for o in chosen)


def fits(officer: Officer, proposal: Proposal) -> bool:
    """Whether somebody answers in one of the positions that Appendix A names, or it leaves them open."""
    return proposal.route.varies or any(_fits(officer, seat) for seat in proposal.seats)


def of_unit_or_facility(officer: Officer) -> bool:
    """Whether somebody answers for a unit, office, discipline, program, region or facility, to whom deferrals go."""
    return officer.post is not None and (officer.post.key in SEATS or officer.post.key == "unit-chief")


def _fits(officer: Officer, seat: Seat) -> bool:
    return officer.post is not None and (officer.post in seat.posts or officer.post.key in seat.keys)


def candidates(proposal: Proposal, organization: Organization, on: date) -> tuple[Person, ...]:
    """Whom a task manager may choose: the proposed, then everybody who answers for some component."""
    first = {email: None for seat in proposal.seats for email in seat.officers}
    fit = [p for p in organization.serving(on) if p.action_officer_for or any(x.key in RANK for x in p.posts)]
    rest = sorted((p for p in fit if p.email not in first), key=lambda p: p.name)
    return (*(organization.people[email] for email in first), *rest)


def plan_for(clearance: Steps, components: Iterable[str], about: str, organization: Organization, on: date) -> Plan:
    """The steps as posts, for the components that answer and the one the request is `about`.

    With several divisions no division lead is the authority: `dad` leaves an any-of step and alone becomes the
    AD (5-4.4). Rank never runs backwards, and no step comes twice.
    """
    components = tuple(dict.fromkeys(components))
    several = several_divisions(components, organization)
    steps: list[tuple[Post, ...]] = []
    for keys in _without_leads(clearance) if several else clearance:
        posts = tuple(dict.fromkeys(p for key in keys for p in _posts(key, components, about, organization, on)))
        steps += [posts] if len(keys) > 1 else [(post,) for post in posts]
    if several:
        steps.sort(key=_rank)
    return tuple(dict.fromkeys(steps))


def several_divisions(components: Iterable[str], organization: Organization) -> bool:
    """Whether those who answer have more than one lead (5-4.4)."""
    return len({organization.lead_of(component) for component in components}) > 1


def _without_leads(clearance: Steps) -> Steps:
    return tuple(_without_lead(keys) for keys in clearance)


def _without_lead(keys: tuple[str, ...]) -> tuple[str, ...]:
    """With the division lead goes who ranks below and could clear as well: no chief clears for other divisions."""
    positions = {key: key.partition("@")[0] for key in keys}
    if "dad" not in positions.values():
        return keys
    left = (key for key, position in positions.items() if position != "dad")
    return tuple(key for key in left if RANK.get(key, RANK["dad"]) >= RANK["dad"]) or ("ad",)


def _posts(key: str, components: tuple[str, ...], about: str, organization: Organization, on: date) -> tuple[Post, ...]:
    """A chief's or lead's key means those who answer; a facility's position means where the request is about."""
    theirs = key in OF_WHO_ANSWERS
    found = (post_for(key, place, organization, on) for place in (components if theirs else (about, *components)))
    posts = tuple(dict.fromkeys(post for post in found if post))
    return posts if theirs else posts[:1]


def _rank(posts: tuple[Post, ...]) -> int:
    return max(RANK.get(post.key, 0) for post in posts)


def lead_for(officer: Officer, plan: Plan, several: bool, organization: Organization, on: date) -> Post | None:
    """Who clears a component's response before it is submitted (5-4.4, 6-3.4); None when nobody must.

    Skipped where the clearance authority is that lead or ranks below it (5-3.5.c), so that nobody is asked
    twice for one package; with several divisions the lead's package is not the final one, so being in the plan
    does not count. A lead who answers in person has nobody above within the division.
    """
    lead = organization.lead_of(officer.component)
    authorities = [post for step in plan for post in step]
    if any(person.email == officer.email for person in organization.holders(lead, on)):
        return None
    if lead in authorities and not several:
        return None
    ranked = bool(authorities) and all(post.key in RANK for post in authorities)
    below = ranked and max(RANK[post.key] for post in authorities) < RANK[lead.key]
    return None if below else lead


def officials(row: Row, components: Iterable[str], organization: Organization, on: date) -> tuple[Post, ...]:
    """Whom a task manager may name to clear where the row leaves it open: senior leadership, or the row's own.

    Posts that somebody holds; with several divisions no division lead (5-4.4).
    """
    keys = LEADERSHIP | {key for case in row.clearance for step in case.steps for key in step}
    if several_divisions(components, organization):
        keys -= {"dad"}
    return tuple(sorted({post for p in organization.serving(on) for post in p.posts if post.key in keys}))


def words(keys: Iterable[str]) -> str:
    """Position keys as people read them: "Regional HSA or Regional FMC"."""
    return " or ".join(Post(*ALIASES[k]).title if k in ALIASES else POSITIONS[k] for k in keys)
