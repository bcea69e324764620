"""The organization read from CSV files, and the sample agency that comes with the service."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import reduce

import pytest

from bot.domain.messages import Manner, Priority, Request
from bot.domain.organization import Component, Kind, Organization, Person, Staffing
from bot.domain.organization_messages import OPERATOR, ImportDirectory
from bot.domain.organized import evolve_organization
from bot.domain.organizing import decide_organization
from bot.domain.positions import AGENCY_WIDE, POSITION_KEYS, Post, parse_post
from bot.domain.routing import post_for, propose
from bot.domain.rubric import TASK_TYPES, Origin, Scope
from bot.errors import InvalidInput
from bot.rubric.loader import load
from bot.services.csv_files import LISTED
from bot.services.directory import read_directory, sample_directory

NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
TODAY = NOW.date()
COMPONENTS = """\
code,name,kind,parent,staffing
IHSC,Health Service,agency,,
CS,Clinical Services,division,IHSC,
HOU,Health Operations Unit,unit,CS,
LKP,Lakepoint,facility,HOU,contract
"""
PEOPLE = """\
email,name,component,positions,action_officer_for,trained_on,ended_on
Ann@Example.gov,Ann Lee,CS,dad;cos;unit-chief@HOU;hou-chief,HOU; CS,2026-02-10,
bo@example.gov,"Bo Diaz, RN",LKP,hsa,,,2026-12-31T17:00:00Z
"""


def read(components: str = COMPONENTS, people: str = PEOPLE) -> ImportDirectory:
    return read_directory([("components.csv", components), ("people.csv", people)], known=())


def refusal(components: str = COMPONENTS, people: str = PEOPLE) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(components, people)
    return str(caught.value).splitlines()[1:]


def imported(directory: ImportDirectory, into: Organization | None = None) -> Organization:
    before = into or Organization()
    return reduce(evolve_organization, decide_organization(before, directory, OPERATOR, NOW, NOW.date()), before)


def test_components_and_people_are_read_with_their_positions() -> None:
    directory = read()
    assert directory.components[3] == Component("LKP", "Lakepoint", Kind.FACILITY, "HOU", Staffing.CONTRACT)
    assert directory.people == (
        Person(
            "ann@example.gov",
            "Ann Lee",
            "CS",
            (Post("dad", "CS"), Post("cos"), Post("unit-chief", "HOU")),
            ("HOU", "CS"),
            date(2026, 2, 10),
        ),
        Person("bo@example.gov", "Bo Diaz, RN", "LKP", (Post("hsa", "LKP"),), ended_on=date(2026, 12, 31)),
    )


def test_the_header_tells_what_a_file_holds_whatever_its_name_and_place() -> None:
    assert read_directory([("b.csv", PEOPLE), ("a.csv", COMPONENTS)], known=()) == read()


def test_a_byte_order_mark_blank_lines_and_other_line_ends_change_nothing() -> None:
    components = "\ufeff" + COMPONENTS.replace("\n", "\r\n") + ",,,,\r\n\r\n"
    assert read(components) == read()


def test_names_beyond_ascii_are_kept() -> None:
    directory = read(people=PEOPLE.replace("Ann Lee", "Sofía Núñez-Ōta"))
    assert directory.people[0].name == "Sofía Núñez-Ōta"


def test_the_days_of_training_and_end_may_be_missing_as_columns() -> None:
    directory = read(people="email,name,component,positions,action_officer_for\na@x.gov,Ann,CS,,\n")
    assert directory.people == (Person("a@x.gov", "Ann", "CS"),)


def test_a_column_that_is_missing_changes_nothing_for_people_who_are_there() -> None:
    """Training is recorded in chat too, and a file that knows nothing of it does not empty it."""
    before = imported(read())
    short = "email,name,component,positions,action_officer_for\nann@example.gov,Ann Li,CS,,\nnew@x.gov,New,CS,,\n"
    after = imported(read(people=short), before)
    assert after.people["ann@example.gov"].name == "Ann Li"
    assert after.people["ann@example.gov"].trained_on == before.people["ann@example.gov"].trained_on is not None
    assert after.people["new@x.gov"].trained_on is None
    emptied = short.replace("action_officer_for", "action_officer_for,trained_on").replace("CS,,", "CS,,,")
    assert imported(read(people=emptied), after).people["ann@example.gov"].trained_on is None


BAD_COMPONENTS = {
    "LKP,Again,unit,CS,": "LKP is there already, in components.csv line 5",
    "X,X,unit,,": "every component but the agency has a parent",
    "X,X,agency,IHSC,": "every component but the agency has a parent",
    "X,X,facility,HOU,": "a facility, and nothing else, has a staffing: ihsc or contract",
    "X,X,unit,CS,ihsc": "a facility, and nothing else, has a staffing: ihsc or contract",
    "X,X,facility,HOU,mixed": "staffing “mixed”: Input should be 'ihsc' or 'contract'",
    "X,X,team,CS,": "kind “team”: Input should be 'agency', 'division', 'unit'",
    "X,,unit,CS,": "name “”: this can't be empty",
    ",X,unit,CS,": "code “”: a code is a word without spaces",
    "X@Y,X,unit,CS,": "code “X@Y”: a code is a word without spaces",
    "X,X,unit,CSS,": "there is no component “CSS”",
    "X,X,unit": "there are 3 values for 5 columns",
    "X,X,unit,CS,,": "there are 6 values for 5 columns",
    '"X,X,unit,CS,': "this is not CSV, unexpected end of data",
}
BAD_PEOPLE = {
    "ANN@example.gov,Ann,CS,,,,": "ann@example.gov is there already, in people.csv line 2",
    "ann,Ann,CS,,,,": "email “ann”: this is not an email address",
    "a b@x.gov,Ann,CS,,,,": "email “a b@x.gov”: this is not an email address",
    "a@x.gov,,CS,,,,": "name “”: this can't be empty",
    "a@x.gov,Ann,,,,,": "component “”: a code is a word without spaces",
    "a@x.gov,Ann,CSS,,,,": "there is no component “CSS”",
    "a@x.gov,Ann,CS,king,,,": "positions “king”: “king” is not a position; use one of ad, afod,",
    "a@x.gov,Ann,CS,hou-chief@HOU,,,": "“hou-chief@HOU” is not a position",
    "a@x.gov,Ann,CS,dad@CSS,,,": "there is no component “CSS”",
    "a@x.gov,Ann,CS,,HOU;CSS,,": "there is no component “CSS”",
    "a@x.gov,Ann,CS,,,soon,": "trained_on “soon”: write the day like 2026-01-31",
    "a@x.gov,Ann,CS,,,1767225600,": "trained_on “1767225600”: write the day like 2026-01-31",
    "a@x.gov,Ann,CS,,,,2026-02-30": "ended_on “2026-02-30”: write the day like 2026-01-31",
}


@pytest.mark.parametrize("row", BAD_COMPONENTS)
def test_a_bad_component_is_refused_with_its_file_line_and_reason(row: str) -> None:
    (problem,) = refusal(components=COMPONENTS + row + "\n")
    assert problem.startswith("- components.csv line 6: ")
    assert BAD_COMPONENTS[row] in problem


@pytest.mark.parametrize("row", BAD_PEOPLE)
def test_a_bad_person_is_refused_with_their_file_line_and_reason(row: str) -> None:
    (problem,) = refusal(people=PEOPLE + row + "\n")
    assert problem.startswith("- people.csv line 4: ")
    assert BAD_PEOPLE[row] in problem


def test_a_line_is_counted_where_its_row_begins() -> None:
    people = PEOPLE.replace('"Bo Diaz, RN"', '"Bo\nDiaz"') + "\n" + "x,X,CS,,,,\n"
    assert refusal(people=people) == ["- people.csv line 6: email “x”: this is not an email address."]


HEADERS = {
    "email,name,component,positions,action_officer_for,title": "“title” is not a column; use email, name, component,",
    "email,name,component,positions": "the column action_officer_for is missing",
    "email,name,name,component,positions,action_officer_for": "the column name is there twice",
    "number,subject": "the header must name the columns of components (code, name,",
    "code,email": "the header must name the columns of components (code, name,",
    "": "the header must name the columns of components (code, name,",
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_that_fits_neither_kind_of_file_is_refused(header: str) -> None:
    (problem,) = refusal(people=header + "\n")
    assert problem.startswith("- people.csv line 1: ")
    assert HEADERS[header] in problem


def test_every_bad_row_of_every_file_is_listed() -> None:
    problems = refusal(COMPONENTS + "X,X,team,CS,\n", PEOPLE + "x,,CS,king,,,\n")
    assert [problem.split("”")[0] for problem in problems] == [
        "- components.csv line 6: kind “team",
        "- people.csv line 4: email “x",
        "- people.csv line 4: name “",
        "- people.csv line 4: positions “king",
    ]


def test_a_long_list_of_bad_rows_ends_with_how_many_more_there_are() -> None:
    problems = refusal(people=PEOPLE + "x,X,CS,,,,\n" * (LISTED + 3))
    assert len(problems) == LISTED + 1
    assert problems[-1] == "- And 3 more."


def test_a_full_list_of_bad_rows_has_no_more() -> None:
    assert len(refusal(people=PEOPLE + "x,X,CS,,,,\n" * LISTED)) == LISTED


def test_people_may_name_components_that_are_known_already() -> None:
    directory = read_directory([("people.csv", PEOPLE)], known={"CS", "HOU", "LKP"})
    assert directory.people == read().people


def test_without_the_known_components_whoever_applies_the_import_refuses_the_unknown() -> None:
    directory = read_directory([("people.csv", PEOPLE)])
    with pytest.raises(InvalidInput, match="names an unknown component"):
        decide_organization(Organization(), directory, OPERATOR, NOW, NOW.date())


def test_importing_the_same_files_again_changes_nothing() -> None:
    organization = imported(sample_directory())
    assert decide_organization(organization, sample_directory(), OPERATOR, NOW + timedelta(days=1), NOW.date()) == ()


def test_importing_a_changed_row_changes_that_row_alone() -> None:
    organization = imported(read())
    again = read(people=PEOPLE.replace("Ann Lee", "Ann Lee-Diaz"))
    assert [type(e).__name__ for e in decide_organization(organization, again, OPERATOR, NOW, NOW.date())] == [
        "PersonRecorded"
    ]
    assert imported(again, organization).name_of("ann@example.gov") == "Ann Lee-Diaz"


# The sample agency

RUBRIC = load()
SAMPLE = imported(sample_directory())
FACILITIES = [c for c in SAMPLE.components.values() if c.kind is Kind.FACILITY]
HEADQUARTERS = [c for c in SAMPLE.components.values() if c.kind not in {Kind.AGENCY, Kind.REGION, Kind.FACILITY}]


@pytest.mark.parametrize("key", sorted(POSITION_KEYS))
def test_somebody_in_the_sample_holds_every_position(key: str) -> None:
    post = parse_post(key)
    places = [""] if key in AGENCY_WIDE or post.component else list(SAMPLE.components)
    assert any(SAMPLE.holders(Post(post.key, post.component or place), TODAY) for place in places)


def test_nobody_in_the_sample_shares_a_chair() -> None:
    posts = {post for person in SAMPLE.people.values() for post in person.posts} - {Post("task-manager")}
    assert {len(SAMPLE.holders(post, TODAY)) for post in posts} == {1}
    assert len(SAMPLE.holders(Post("task-manager"), TODAY)) == 2


def test_the_sample_has_facilities_of_both_staffings_under_three_regions() -> None:
    staffings = [facility.staffing for facility in FACILITIES]
    assert (staffings.count(Staffing.IHSC), staffings.count(Staffing.CONTRACT)) == (4, 2)
    assert len({region.code for f in FACILITIES if (region := SAMPLE.nearest(f.code, Kind.REGION))}) == 3


def test_units_of_the_chief_of_staff_have_no_division_above_them() -> None:
    assert SAMPLE.lead_of("TPSU") == SAMPLE.lead_of("ICU") == Post("cos")
    assert SAMPLE.lead_of("LKP") == Post("dad", "CS")


def test_some_chiefs_of_the_sample_serve_as_action_officers_themselves() -> None:
    assert not SAMPLE.appointed("HOU", TODAY)
    assert not SAMPLE.appointed("MQMU", TODAY)
    assert SAMPLE.appointed("MCMU", TODAY)


def test_most_people_of_the_sample_were_trained_within_the_year() -> None:
    trained = [p for p in SAMPLE.serving(TODAY) if p.trained_on and p.trained_on > TODAY - timedelta(days=365)]
    assert len(trained) > len(SAMPLE.serving(TODAY)) / 2


@pytest.mark.parametrize("task_type", TASK_TYPES)
@pytest.mark.parametrize("about", [c.code for c in (*HEADQUARTERS, *FACILITIES) if c.kind is not Kind.DIVISION])
def test_every_row_of_appendix_a_finds_somebody_in_the_sample(task_type: str, about: str) -> None:
    scope = Scope.FIELD if SAMPLE.components[about].kind is Kind.FACILITY else Scope.HQ
    request = Request(
        task_type,
        "Subject",
        "Text",
        "ICE",
        scope,
        about,
        Origin.EXTERNAL,
        Manner.ITMS,
        Priority.ROUTINE,
        ses=False,
        received_at=NOW,
        due_at=NOW + timedelta(days=5),
    )
    proposal = propose(request, SAMPLE, RUBRIC, TODAY)
    assert proposal.seats
    assert all(seat.officers for seat in proposal.seats)
    for step in proposal.route.clearance:
        posts = [post_for(key, about, SAMPLE, TODAY) for key in step]
        assert any(post and SAMPLE.holders(post, TODAY) for post in posts), step
