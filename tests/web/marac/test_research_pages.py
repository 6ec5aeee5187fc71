"""Research by its pages: one press, an own paper, chosen lines; nobody else reads the paper."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Agency, AgencyArea, Contact
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.commands.research import AnswerResearch, answer_research
from hub.marac.models import Research, ResearchLine
from hub.marac.states import ResearchMove
from hub.meetings.models import Invitation
from hub.people.models import Conflict
from kit.world import HUB

SECRET = "Seen with a knife on Sunday"


@pytest.fixture
def housing(world):
    """Return an agency of the area, besides the leaving care service's own."""
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=agency_id, name="Testshire Homes", kind="housing"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def person(world):
    return world.person()


@pytest.fixture
def item(world, housing, meeting, person):
    return world.list(meeting, world.concern(person))


@pytest.fixture
def rep(as_role, housing):
    return as_role(Role.AGENCY_REPRESENTATIVE, agency_id=housing, name="Hattie Homes")


@pytest.fixture
def desk(browse, rep, item):
    """Return the browser of the agency's representative."""
    return browse(rep)


def row_of(world, item, agency):
    with world.units.read(HUB) as uow:
        return uow.session.scalars(
            select(Research).where(Research.item_id == item, Research.agency_id == agency)
        ).one()


@pytest.fixture
def asked(world, item, housing):
    return row_of(world, item, housing).id


def written(desk, asked, text=SECRET, **more):
    said = {"about": "case", "kind": "fact", "text": text} | more
    shown = desk.get("marac.research_new_line", research_id=asked)
    return desk.fill(shown, said)


def test_one_press_on_the_list_says_that_nothing_is_held(world, desk, item, housing, asked):
    listed = desk.get("marac.research_list")
    assert "Nothing held" in listed.text
    version = row_of(world, item, housing).version

    desk.send(
        "marac.research_nothing", {"version": str(version), "from": "list"}, research_id=asked
    )

    assert row_of(world, item, housing).state == "nothing_held"
    assert "Nothing waits for your agency." in desk.get("marac.research_list").text


def test_who_was_overtaken_is_told_and_changes_nothing(world, desk, rep, item, housing, asked):
    version = row_of(world, item, housing).version
    with world.write(rep) as uow:
        cmd = AnswerResearch(
            research_id=asked, version=version, move=ResearchMove.REFUSE, why="Not ours to say"
        )
        answer_research(cmd, uow=uow)

    shown = desk.send("marac.research_nothing", {"version": str(version)}, research_id=asked)

    assert "Somebody of your agency has answered meanwhile" in shown.text
    assert row_of(world, item, housing).state == "refused"


def test_the_look_is_in_the_trail_and_addresses_only_for_a_reason(world, desk, asked):
    desk.get("marac.research", research_id=asked)
    with world.units.read(HUB) as uow:
        looks = select(AuditEntry.subject_kind).where(AuditEntry.verb == "Looked")
        assert {"research", "concern"} <= set(uow.session.scalars(looks))
        revealed = select(AuditEntry.number).where(AuditEntry.verb == "ContactRevealed")
        assert uow.session.scalars(revealed).all() == []

    wrong = desk.post("marac.research_contact", {}, research_id=asked, status=422)
    assert wrong.errors == {"why": "Select what for"}
    desk.post("marac.research_contact", {"why": "identity"}, research_id=asked, status=200)

    with world.units.read(HUB) as uow:
        assert len(uow.session.scalars(revealed).all()) == 1


def test_chosen_lines_are_shared_and_the_others_stay_private(
    world, desk, browse, coordinator, item, housing, asked, meeting
):
    written(desk, asked, "He has lost his flat")
    written(desk, asked)
    with world.units.read(HUB) as uow:
        first, second = uow.session.scalars(
            select(ResearchLine.id).order_by(ResearchLine.position)
        ).all()
    shown = desk.get("marac.research_share", research_id=asked)
    wrong = desk.fill(shown, {"lines": [], "proportionality": ""})
    assert set(wrong.errors) == {"lines", "proportionality"}

    desk.fill(wrong, {"lines": [str(first)], "proportionality": "It bears on where he goes"})

    with world.units.read(HUB) as uow:
        assert uow.session.get_one(ResearchLine, first).released_at is not None
        assert uow.session.get_one(ResearchLine, second).released_at is None
    board = browse(coordinator).get("marac.research_standing", meeting_id=meeting)
    assert "Shared" in board.text
    assert SECRET not in board.text


def test_a_line_that_leads_to_somebody_is_shared_only_when_that_is_meant(desk, world, asked):
    written(desk, asked, "She is at 07700 900123 now")
    shown = desk.get("marac.research_share", research_id=asked)
    with world.units.read(HUB) as uow:
        (line,) = uow.session.scalars(select(ResearchLine.id)).all()
    said = {"lines": [str(line)], "proportionality": "Needed", "mode": "attend"}

    wrong = desk.fill(shown, said)
    assert "07700 900123 could lead somebody to a person" in wrong.errors["tells_where"]
    desk.fill(wrong, said | {"tells_where": "yes"})

    with world.units.read(HUB) as uow:
        assert uow.session.get_one(ResearchLine, line).released_at is not None


def test_a_colleague_who_changed_the_line_is_not_written_over(desk, world, asked):
    written(desk, asked)
    with world.units.read(HUB) as uow:
        (line,) = uow.session.scalars(select(ResearchLine.id)).all()
    shown = desk.get("marac.research_line", research_id=asked, line_id=line)
    with world.write() as uow:
        uow.session.execute(update(ResearchLine).values(text="Changed", version=9))

    both = desk.fill(shown, {"text": "My own words"})

    assert "Changed" in both.text
    assert "My own words" in both.text


def test_a_refusal_needs_its_reason_and_the_chair_sees_who_would_not_answer(
    desk, browse, chair, asked, meeting
):
    shown = desk.get("marac.research_refuse", research_id=asked)
    wrong = desk.fill(shown, {"why": ""})
    assert wrong.errors == {"why": "Write why you cannot answer"}
    desk.fill(wrong, {"why": "Our lawyer is looking at it"})

    board = browse(chair).get("marac.research_standing", meeting_id=meeting)
    assert "Would not answer" in board.text


def test_a_line_can_be_deleted_until_it_is_shared(desk, world, asked):
    written(desk, asked)
    with world.units.read(HUB) as uow:
        (line,) = uow.session.scalars(select(ResearchLine.id)).all()
    desk.send("marac.research_delete_line", {}, research_id=asked, line_id=line)
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(ResearchLine.id)).all() == []


@pytest.mark.parametrize(
    "endpoint", ["research", "research_refuse", "research_new_line", "research_share"]
)
def test_an_agencys_paper_is_not_there_for_anybody_else(
    browse, as_role, coordinator, world, asked, endpoint
):
    other = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=world.agency, name="Other Agency")
    for stranger in (other, coordinator):
        browse(stranger).get(f"marac.{endpoint}", research_id=asked, status=404)


def test_whom_a_conflict_keeps_out_finds_no_case(
    browse, as_role, world, housing, item, person, asked, meeting
):
    contacts = uuid4(), uuid4()
    with world.write() as uow:
        for contact in contacts:
            world.contact(uow, contact, "Kin Folk")
            uow.session.flush()
            uow.session.add(Conflict(contact_id=contact, person_id=person, declared_at=uow.now))
    role, other_role = Role.AGENCY_REPRESENTATIVE, Role.COORDINATOR
    kin = as_role(role, agency_id=housing, contact_id=contacts[0], name="Kin Folk")
    browser = browse(kin)
    browser.get("marac.research", research_id=asked, status=404)
    assert "Nothing waits for your agency." in browser.get("marac.research_list").text
    boss = as_role(other_role, agency_id=world.agency, contact_id=contacts[1], name="Kin Boss")
    board = browse(boss).get("marac.research_standing", meeting_id=meeting)
    assert "No case is on the agenda yet." in board.text


def test_the_board_names_the_silent_and_what_was_said_without_coming(
    browse, coordinator, world, item, rep, meeting
):
    with world.write() as uow:
        uow.session.execute(
            update(Invitation).values(
                answer="information_only", answer_note="She wants to stay put", answered_at=uow.now
            )
        )
    board = browse(coordinator).get("marac.research_standing", meeting_id=meeting)
    assert "Testshire Homes" in board.text
    assert "Hattie Homes" in board.text
    assert "She wants to stay put" in board.text
    assert "Quillfeather" not in board.text


def test_of_an_agency_without_accounts_the_board_has_a_number_to_ring(
    browse, coordinator, world, housing, item, meeting
):
    with world.write() as uow:
        contact = world.contact(uow, uuid4(), "Hearth Desk", role="marac_representative")
        uow.session.flush()
        row = uow.session.get_one(Contact, contact)
        row.agency_id, row.service_id, row.team_id = housing, None, None
        row.phone = "01632 960181"
    board = browse(coordinator).get("marac.research_standing", meeting_id=meeting)
    assert "Hearth Desk 01632 960181" in board.text


def test_an_agency_that_joins_later_is_asked_by_one_press(
    browse, coordinator, world, item, meeting
):
    late = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=late, name="Late Comers", kind="health"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=late, area_id=world.area))
    browser = browse(coordinator)
    assert "Not asked" in browser.get("marac.research_standing", meeting_id=meeting).text

    browser.send("marac.research_ask", {}, meeting_id=meeting)

    assert row_of(world, item, late).state == "asked"


def test_the_first_page_says_how_many_cases_wait(desk, asked):
    assert "1 case to research" in desk.get("home.show").text
