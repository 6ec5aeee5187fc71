"""A question who is meant waits for nobody: past an empty desk at once, and up when it is late."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.access.models import Account
from hub.agencies.models import Agency, AgencyArea, Contact, Service
from hub.kernel.actor import Role, system
from hub.meetings.commands import finish_task
from hub.meetings.models import Task
from hub.meetings.task_queries import my_tasks, task_sheet
from hub.notify.models import Message
from hub.people.commands import AnswerCheck, ask_back, hasten, rule_out
from hub.people.commands.climbing import climb_late
from hub.people.commands.deciding import ConfirmIdentity, confirm_identity
from hub.people.models import Conflict
from hub.people.states import Rung

HUB = system("test")


@pytest.fixture
def coordinator(county, as_role):
    """Somebody who telephones, from another agency of the area."""
    other = uuid4()
    with county.write() as uow:
        uow.session.add(Agency(id=other, name="Testshire Council", kind="council"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=other, area_id=county.area))
    return as_role(Role.COORDINATOR, agency_id=other, email="co@council.example.org")


@pytest.fixture
def desk(county, as_role):
    return as_role(Role.DUTY_DESK, agency_id=county.agency, email="desk@charity.example.org")


@pytest.fixture
def manager(county, as_role):
    return as_role(
        Role.TEAM_MANAGER,
        agency_id=county.agency,
        contact_id=county.manager,
        email="manager@charity.example.org",
    )


def told(county):
    """Return who was written to, and about what, in order, and let it have left."""
    with county.write() as uow:
        rows = uow.session.scalars(
            select(Message).where(Message.state == "queued").order_by(Message.number)
        ).all()
        found = [(row.address, row.facts) for row in rows]
        for row in rows:
            row.state = "relayed"
    return found


def tick(county, clock, **by):
    clock.advance(**by)
    with county.write() as uow:
        return climb_late(uow, limit=50)


def tasks(county):
    with county.units.read(HUB) as uow:
        return uow.session.scalars(select(Task).order_by(Task.opened_at, Task.cause)).all()


def test_a_staffed_desk_is_told_and_nobody_else(county, desk, manager, coordinator):
    check = county.ask()

    assert county.check(check).rung == Rung.DESK
    assert [address for address, _ in told(county)] == [f"{county.desk.hex[:8]}@example.org"]
    assert tasks(county) == []


def test_an_empty_desk_is_passed_by_at_once(county, manager, coordinator):
    check = county.ask()

    assert county.check(check).rung == Rung.MANAGERS
    last = told(county)[-1]
    assert last[0] == "manager@charity.example.org"
    assert f"/checks/{check}" in last[1]
    assert tasks(county) == []


def test_somebody_only_invited_is_nobody_yet(county, manager, coordinator, units):
    with county.write() as uow:
        uow.session.execute(update(Account).values(password_hash=None))

    check = county.ask()

    assert county.check(check).rung == Rung.COORDINATOR


def test_a_manager_kept_away_by_a_conflict_is_nobody_here(county, manager, coordinator):
    person = county.registered()
    with county.write() as uow:
        uow.session.add(Conflict(contact_id=county.manager, person_id=person, declared_at=uow.now))

    check = county.ask()

    assert county.check(check).rung == Rung.COORDINATOR
    assert "manager@charity.example.org" not in [address for address, _ in told(county)]


def test_a_service_without_anybody_in_the_hub_is_rung(county, coordinator):
    with county.write() as uow:
        uow.session.execute(
            update(Contact).where(Contact.id == county.desk).values(phone="01632 960001")
        )
        uow.session.execute(
            update(Contact).where(Contact.id == county.manager).values(phone="01632 960002")
        )

    check = county.ask()

    (task,) = tasks(county)
    assert (task.kind, task.owner_role, task.area_id) == (
        "question_waits",
        "co_ordinator",
        county.area,
    )
    assert "co@council.example.org" in [address for address, _ in told(county)]
    with county.units.read(coordinator) as uow:
        sheet = task_sheet(uow, task.id)
    assert sheet.question == county.check(check).reference
    assert [one.phone for one in sheet.numbers] == ["01632 960001", "01632 960002"]
    assert sheet.line.service == "Example leaving care service"


def test_without_any_service_somebody_is_still_told(county, coordinator):
    with county.write() as uow:
        uow.session.execute(update(Service).values(kind="housing"))

    check = county.ask(postcodes=())

    assert county.check(check).service_id is None
    assert [task.check_id for task in tasks(county)] == [check]


def test_a_question_without_candidates_prefers_a_service_where_somebody_is(county, as_role):
    agency, service = uuid4(), uuid4()
    with county.write() as uow:
        uow.session.add(Agency(id=agency, name="Zest Leaving Care", kind="charity"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency, area_id=county.area))
        uow.session.add(
            Service(id=service, agency_id=agency, kind="leaving_care", name="Zest", phone=None)
        )
    as_role(Role.DUTY_DESK, agency_id=agency, email="zest@charity.example.org")

    check = county.ask(postcodes=())

    assert county.check(check).service_id == service
    assert county.check(check).rung == Rung.DESK


def test_late_it_goes_to_the_managers_then_to_the_telephone(
    county, desk, manager, coordinator, clock
):
    check = county.ask(is_urgent=True)
    told(county)
    assert tick(county, clock, hours=1, minutes=59) == 0

    assert tick(county, clock, minutes=1) == 1
    assert [address for address, _ in told(county)] == ["manager@charity.example.org"]
    assert tasks(county) == []

    assert tick(county, clock, hours=2) == 1
    assert [address for address, _ in told(county)] == ["co@council.example.org"]
    assert [task.state for task in tasks(county)] == ["open"]
    assert county.check(check).version == 1  # whoever has it open can still answer


def test_the_telephone_is_chased_each_working_day_until_there_is_an_answer(
    county, desk, coordinator, clock
):
    check = county.ask(is_urgent=True)
    tick(county, clock, hours=2)
    told(county)

    assert tick(county, clock, hours=24) == 1
    (task,) = tasks(county)
    assert [address for address, _ in told(county)] == ["co@council.example.org"]

    with county.units.write(coordinator) as uow:
        finish_task(task.id, "They said that they would see to it", uow=uow)
    assert tick(county, clock, hours=24) == 1
    assert [one.state for one in tasks(county)] == ["done", "open"]

    with county.units.write(desk) as uow:
        rule_out(AnswerCheck(check_id=check, version=county.check(check).version), uow=uow)
    assert [one.state for one in tasks(county)] == ["done", "lapsed"]
    assert tick(county, clock, hours=240) == 0


def test_a_question_that_waits_for_the_referrer_climbs_too(county, desk, coordinator, clock):
    check = county.ask(is_urgent=True)
    with county.units.write(desk) as uow:
        ask_back(AnswerCheck(check_id=check, version=1, note="Which town, please?"), uow=uow)

    assert tick(county, clock, hours=3) == 1


def test_a_meeting_that_hastens_it_hastens_the_climb(county, desk, manager, clock):
    check = county.ask()
    with county.write() as uow:
        concern_id = county.check(check).concern_id
        hasten(uow, concern_id, uow.now + timedelta(minutes=30))

    assert tick(county, clock, minutes=29) == 0
    assert tick(county, clock, minutes=1) == 1
    assert county.check(check).rung == Rung.MANAGERS


def test_the_task_is_the_areas_and_another_areas_co_ordinator_has_none(
    county, coordinator, as_role
):
    elsewhere = as_role(Role.COORDINATOR, agency_id=uuid4(), email="far@council.example.org")

    county.ask()

    assert "far@council.example.org" not in [address for address, _ in told(county)]
    with county.units.read(elsewhere) as uow:
        assert my_tasks(uow) == ()
    with county.units.read(coordinator) as uow:
        assert len(my_tasks(uow)) == 1


def test_an_answer_ends_the_telephoning(county, desk, coordinator, clock):
    person = county.registered()
    check = county.ask(is_urgent=True)
    tick(county, clock, hours=2)
    assert [task.state for task in tasks(county)] == ["open"]

    with county.units.write(desk) as uow:
        cmd = ConfirmIdentity(
            check_id=check,
            version=county.check(check).version,
            person_id=person,
            facts=frozenset({"address", "date_of_birth"}),
        )
        confirm_identity(cmd, uow=uow)

    assert [task.state for task in tasks(county)] == ["lapsed"]
