"""The first page after signing in, per role."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, select, update

from hub.agencies.models import AgencyArea, Area, Contact, Service
from hub.kernel.actor import Role, system
from hub.marac.models import AreaSetting
from hub.meetings.commands import ExcuseGap, excuse_gap
from hub.meetings.models import Invitation, ItemPerson, Meeting
from hub.people.models import Allocation
from hub.referrals.models import Concern, ConcernDraft
from hub.sharing.models import Agreement
from kit.world import COORDINATOR, World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def at_home(app, units, as_role, world, signed_in):
    """Return the function that shows somebody's home page."""

    def show(*roles, contact_id=None, agency_id=None):
        who = as_role(*roles, agency_id=agency_id or world.agency, contact_id=contact_id)
        return signed_in(who).get("home.show")

    return show


def test_with_nothing_to_do_the_page_says_so(at_home):
    assert "Nothing waits for you" in at_home(Role.REFERRER).text


def test_who_signs_in_lands_there(app, as_role, signed_in):
    browser = signed_in(as_role(Role.REFERRER))

    assert browser.client.get("/").headers["Location"] == "/home"


def test_a_worker_sees_the_invitations_that_wait_and_by_when(at_home, world):
    person = world.person()
    world.list(world.meeting(), world.concern(person))

    shown = at_home(Role.LEAVING_CARE_WORKER, contact_id=world.worker)

    assert shown.links == {"1 invitation to answer": "/invitations"}
    assert "The first by 3 June 2026 at 5pm" in shown.text
    assert "Quillfeather" not in shown.text


def test_an_answered_one_does_not_wait(at_home, world, units):
    world.list(world.meeting(), world.concern(world.person()))
    with units.write(system("test")) as uow:
        uow.session.execute(update(Invitation).values(answer="accepted"))

    assert "Nothing waits" in at_home(Role.LEAVING_CARE_WORKER, contact_id=world.worker).text


def test_somebody_elses_invitation_does_not_show(at_home, world):
    world.list(world.meeting(), world.concern(world.person()))

    assert "Nothing waits" in at_home(Role.LEAVING_CARE_WORKER, contact_id=world.deputy).text


def test_a_desk_sees_open_questions_of_its_own_service_only(at_home, world):
    world.concern_about([(None, "victim")])

    assert "1 person to identify" in at_home(Role.DUTY_DESK).text
    assert "Nothing waits" in at_home(Role.DUTY_DESK, agency_id=world.area).text


def test_a_co_ordinator_sees_concerns_gaps_and_tasks_the_soonest_first(at_home, world):
    with world.write() as uow:
        uow.session.execute(update(Agreement).values(status="suspended"))
    world.list(world.meeting(days=3), world.concern(world.person()))
    concern = world.concern()
    with world.write() as uow:
        uow.session.execute(update(Concern).where(Concern.id == concern).values(state="submitted"))

    shown = at_home(Role.COORDINATOR, Role.GOVERNANCE_LEAD)

    assert list(shown.links) == [
        "1 agenda to issue",
        "1 task",
        "1 concern to decide on",
        "1 meeting with something missing",
    ]
    assert "The first by tomorrow at 5pm" in shown.text


def test_a_meeting_with_somebody_unconfirmed_waits_until_a_reason_is_recorded(at_home, world):
    item = world.list(world.meeting(), world.concern_about([(None, "victim")]))
    assert "1 meeting with something missing" in at_home(Role.COORDINATOR).text

    with world.write(COORDINATOR) as uow:
        person = uow.session.scalars(select(ItemPerson.id)).one()
        excuse_gap(
            ExcuseGap(
                item_id=item,
                subject_id=person,
                problem="care_status_unconfirmed",
                recipient_id=None,
                reason="The desk answers on the day itself",
            ),
            uow=uow,
        )

    assert "Nothing waits" in at_home(Role.CHAIR).text


def test_an_agenda_waits_from_two_weeks_before_until_it_is_issued(at_home, world, clock):
    meeting = world.meeting(days=16)  # Wednesday 17 June
    world.list(meeting, world.concern(world.person()))
    world.meeting(days=14)  # without a case there is nothing to issue
    assert "Nothing waits" in at_home(Role.COORDINATOR).text

    clock.advance(days=3)
    shown = at_home(Role.COORDINATOR)
    assert shown.links == {"1 agenda to issue": "/meetings"}
    assert "The first by 10 June 2026 at 5pm" in shown.text
    assert "Nothing waits" in at_home(Role.CHAIR).text

    clock.advance(days=7)
    assert "The first was due 10 June 2026" in at_home(Role.COORDINATOR).text
    with world.write() as uow:
        uow.session.get_one(Meeting, meeting).state = "issued"
    assert "Nothing waits" in at_home(Role.COORDINATOR).text


def test_an_agenda_is_due_by_what_its_own_area_has_set(at_home, world):
    for days in (9, 11):  # Wednesday 10 June, and Friday 12 June in an area that wants it sooner
        meeting = world.meeting(days=days)
        world.list(meeting, world.concern(world.person()))
    other = uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=other, name="Elsewhere"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=world.agency, area_id=other))
        closed = '["2026-06-03"]'
        uow.session.add(AreaSetting(area_id=other, agenda_days=7, extra_closed_days=closed))
        uow.session.get_one(Meeting, meeting).area_id = other

    shown = at_home(Role.COORDINATOR)
    assert "2 agendas to issue" in shown.text
    assert "The first by tomorrow at 5pm" in shown.text


def test_an_agenda_waits_in_time_where_an_area_wants_it_long_before(at_home, world):
    world.list(world.meeting(days=18), world.concern(world.person()))  # Friday 19 June
    assert "Nothing waits" in at_home(Role.COORDINATOR).text
    with world.write() as uow:
        uow.session.add(AreaSetting(area_id=world.area, agenda_days=10))
    assert "The first by 5 June 2026 at 5pm" in at_home(Role.COORDINATOR).text


def test_another_area_has_its_own(at_home, world):
    concern = world.concern()
    with world.write() as uow:
        uow.session.execute(update(Concern).where(Concern.id == concern).values(state="submitted"))

    assert "Nothing waits" in at_home(Role.COORDINATOR, agency_id=world.area).text


def test_a_referrer_sees_drafts_and_what_came_back(as_role, signed_in, world, clock):
    who = as_role(Role.REFERRER)
    concern = world.concern()
    with world.write() as uow:
        uow.session.execute(
            update(Concern)
            .where(Concern.id == concern)
            .values(state="returned", referrer_id=who.account_id)
        )
        uow.session.add(
            ConcernDraft(
                id=uow.new_id(),
                account_id=who.account_id,
                answers="{}",
                started_at=clock.now(),
                saved_at=clock.now(),
            )
        )

    shown = signed_in(who).get("home.show")

    assert list(shown.links) == ["1 concern not sent yet", "1 concern sent back to you"]
    assert "The first is deleted 29 June 2026 at 10am" in shown.text


def test_an_agreement_whose_review_is_near_waits_for_the_governance_lead(at_home, world, clock):
    with world.write() as uow:
        soon = clock.now().date() + timedelta(days=60)
        uow.session.execute(update(Agreement).values(review_on=soon))

    shown = at_home(Role.GOVERNANCE_LEAD).text
    assert "1 agreement to reviewThe first by 31 July 2026 To do" in shown
    assert "agreement to review" not in at_home(Role.COORDINATOR).text


def test_stale_entries_wait_for_whoever_keeps_them(at_home, world, clock):
    with world.write() as uow:
        old = clock.now().date() - timedelta(days=91)
        uow.session.execute(
            update(Contact).where(Contact.id == world.deputy).values(checked_on=old)
        )

        uow.session.execute(update(Service).values(checked_on=None))

    shown = at_home(Role.TEAM_MANAGER)

    assert "2 directory entries to check" in shown.text
    assert "Late" in shown.text
    assert "Nothing waits" in at_home(Role.LEAVING_CARE_WORKER).text


def test_the_page_asks_the_same_few_questions_however_much_waits(as_role, signed_in, world, engine):
    who = as_role(*Role, agency_id=world.agency, contact_id=world.worker)
    browser = signed_in(who)
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    browser.get("home.show")
    few = len(asked)
    for _ in range(3):
        world.list(world.meeting(), world.concern(world.person()))
        world.concern_about([(None, "victim")])

    asked.clear()
    browser.get("home.show")

    assert len(asked) == few
    assert few <= 12


def test_a_manager_is_told_of_young_people_without_a_named_worker(at_home, world):
    person = world.person()
    world.person(status="stepped_down")
    assert "named worker" not in at_home(Role.TEAM_MANAGER).text
    with world.write() as uow:
        uow.session.execute(
            update(Allocation).where(Allocation.person_id == person).values(until_on=uow.today)
        )

    shown = at_home(Role.TEAM_MANAGER)

    assert shown.links == {"1 person without a named worker": "/people?worker=none"}
    assert "Nothing waits" in at_home(Role.TEAM_MANAGER, agency_id=world.area).text
    assert "Nothing waits" in at_home(Role.LEAVING_CARE_WORKER).text
