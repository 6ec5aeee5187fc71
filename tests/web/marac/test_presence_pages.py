"""Who came by its pages: one list in one press, an exception at a case, an apology, observers."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea
from hub.kernel.actor import Role
from hub.marac.commands.hearings import sign_statement
from hub.marac.models import AgencyPresence, CasePresence
from hub.meetings.models import Meeting
from kit.world import HUB


@pytest.fixture
def police(world):
    return agency(world, "Testshire Police", "police")


@pytest.fixture
def meeting(world, police):
    return world.meeting(days=0.005)


@pytest.fixture
def item(world, meeting):
    return world.list(meeting, world.concern(world.person()))


@pytest.fixture
def begun(clock, item):
    clock.advance(minutes=10)
    return item


@pytest.fixture
def member(as_role, police):
    return as_role(Role.AGENCY_REPRESENTATIVE, agency_id=police, name="Jo Bloggs")


def agency(world, name, kind):
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=agency_id, name=name, kind=kind))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


def sign(world, meeting, *actors):
    for actor in actors:
        with world.write(actor) as uow:
            sign_statement(meeting, "member", uow=uow)


def of(agency_id, **said):
    return {f"a{agency_id.hex}_{name}": value for name, value in said.items()}


def rows(world, table=AgencyPresence):
    with world.units.read(HUB) as uow:
        return {row.agency_id: row for row in uow.session.scalars(select(table))}


def test_the_list_is_filled_in_and_saved_in_one_press(
    world, browser, meeting, police, begun, member, coordinator
):
    sign(world, meeting, coordinator, member)
    screen = browser.get("marac.screen", meeting_id=meeting)
    assert "Not there: Idva service, Children's services, Health." in screen.text
    shown = browser.get("marac.attendance", meeting_id=meeting)
    assert "Testshire Police (should be there)" in shown.text
    browser.fill(shown, {})
    found = rows(world)
    assert (found[police].status, found[police].people) == ("attended", "Jo Bloggs")
    assert found[world.agency].status == "no_response"
    steering = browser.get("marac.steering").text
    assert "Who came, 1 April 2026 to 30 June 2026" in steering
    assert "1 meeting with a record of who came" in steering


def test_what_is_wrong_stands_beside_its_agency_and_nothing_typed_is_lost(
    browser, meeting, police, begun, world
):
    shown = browser.get("marac.attendance", meeting_id=meeting)
    typed = of(police, status="apology", people="Ann Other", sent_on="31 6 2026")
    wrong = browser.fill(shown, typed)
    assert wrong.errors == {
        f"a{police.hex}_sent_on": "Testshire Police: the day must be a real date, like 27 3 2026"
    }
    assert "Ann Other" in str(wrong.filled())
    to_come = browser.fill(wrong, of(police, sent_on="3 July 2026"))
    assert to_come.errors == {
        f"a{police.hex}_sent_on": "Testshire Police: the day must be today or earlier"
    }
    unsaid = browser.fill(to_come, of(police, sent_on="1 june 2026", status=""))
    assert unsaid.errors == {f"a{police.hex}_status": "Testshire Police: say whether they came"}
    browser.fill(unsaid, of(police, status="apology"))
    assert str(rows(world)[police].sent_on) == "2026-06-01"


def test_of_two_note_takers_the_second_sees_the_firsts_word_and_keeps_their_own(
    browse, browser, chair, meeting, police, begun, world
):
    mine, theirs = browse(chair), browser
    mine_shown = mine.get("marac.attendance", meeting_id=meeting)
    shown = theirs.get("marac.attendance", meeting_id=meeting)
    theirs.fill(shown, of(police, status="apology") | of(world.agency, status="part"))
    met = mine.fill(mine_shown, of(police, status="attended", people="Jo Bloggs"))
    assert list(met.errors) == [f"a{police.hex}_status"]
    assert "somebody else has saved this line meanwhile: Apology" in met.text
    assert rows(world)[police].status == "apology"
    mine.fill(met, {})  # pressed again, knowing
    found = rows(world)
    assert (found[police].status, found[police].people) == ("attended", "Jo Bloggs")
    assert found[world.agency].status == "part"  # which the chair never touched


def test_who_left_for_a_case_is_minuted_there(
    world, browser, meeting, police, begun, member, coordinator
):
    sign(world, meeting, coordinator, member)
    browser.fill(browser.get("marac.attendance", meeting_id=meeting), {})
    shown = browser.get("marac.case_attendance", item_id=begun)
    browser.fill(shown, of(police, status="left", people=""))
    assert rows(world, CasePresence)[police].status == "left"
    case = browser.get("marac.hearing", item_id=begun)
    assert "Not at this case: Police" in case.text
    minutes = browser.get("marac.minutes", meeting_id=meeting)
    browser.fill(minutes, {}, action=browser.address("marac.minutes_draft", meeting_id=meeting))
    drafted = browser.get("marac.minutes", meeting_id=meeting).text
    assert "Testshire Police: Jo Bloggs" in drafted
    assert "Example Leaving Care: no response" in drafted
    assert "The meeting went on without: Idva service, Children's services, Health." in drafted
    assert "Testshire Police: left for this case" in drafted
    assert "This case went on without: Police" in drafted


def test_observers_are_named_with_whether_they_accepted_the_statement(
    world, browser, meeting, begun
):
    form = browser.get("marac.observer", meeting_id=meeting)
    assert browser.fill(form, {"accepted": "no"}).errors == {"name": "Enter the observer's name"}
    browser.fill(form, {"name": "Olive Server", "agency": "Probation", "accepted": "no"})
    shown = browser.get("marac.attendance", meeting_id=meeting)
    assert "Olive Server, Probation: has not accepted the statement" in shown.text
    forms = [one.attributes["action"] for one in shown.root.all("form")]
    (action,) = [one for one in forms if one.endswith("/remove")]
    browser.fill(shown, {}, action=action)
    shown = browser.get("marac.attendance", meeting_id=meeting)
    assert "Nobody observes" in shown.text


def test_a_representative_sends_the_apology_of_their_agency(
    world, browse, browser, meeting, police, item, member, as_role
):
    rep = browse(member)
    wrong = rep.fill(rep.get("marac.apology", meeting_id=meeting), {})
    assert wrong.errors == {"comes": "Select whether your agency can come"}
    rep.fill(wrong, {"comes": "no"})
    assert rows(world)[police].status == "apology"
    shown = browser.get("marac.attendance", meeting_id=meeting)
    assert "Before the meeting only an apology is recorded" in shown.text
    assert "Jo Bloggs" in str(shown.filled())
    rep.fill(rep.get("marac.apology", meeting_id=meeting), {"comes": "yes"})
    assert rows(world) == {}
    far = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=far, name="Elsewhere", kind="housing"))
    stranger = browse(as_role(Role.AGENCY_REPRESENTATIVE, agency_id=far))
    stranger.get("marac.apology", meeting_id=meeting, status=404)


def test_where_nobody_meets_nobody_came(world, browser, meeting, begun):
    with world.write() as uow:
        uow.session.get_one(Meeting, meeting).shape = "closing"
    assert "Nobody meets" in browser.get("marac.attendance", meeting_id=meeting).text
