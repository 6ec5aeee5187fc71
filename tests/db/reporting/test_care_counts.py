"""What became of care-experienced people, held against a count by hand of every awkward case."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Agency, Contact, Service
from hub.meetings.models import ItemPerson
from hub.people.models import Allocation, Person
from hub.reporting.care_queries import NO_SERVICE
from hub.reporting.return_queries import whole_return
from hub.reporting.rules.quarters import Quarter
from kit.world import COORDINATOR, World
from parts.returned import HELD, returned

EARLIER = datetime(2026, 3, 20, 9, tzinfo=UTC)
"""A meeting of the quarter before."""
HEADS = ("worker_found", "invited", "attended", "sent_information", "action_given")


@pytest.fixture
def area(units):
    return returned(World(units).settle())


@pytest.fixture
def elsewhere(area):
    """Another authority with a leaving care service and a worker; returns service and worker."""
    agency, service, worker = uuid4(), uuid4(), uuid4()
    with area.world.write() as uow:
        uow.session.add(Agency(id=agency, name="Far Council", kind="local_authority"))
        uow.session.flush()
        uow.session.add(
            Service(
                id=service,
                agency_id=agency,
                kind="leaving_care",
                name="Far leaving care",
                checked_on=date(2026, 6, 1),
            )
        )
        uow.session.flush()
        area.world.contact(uow, worker, "Far Worker")
        uow.session.flush()
        uow.session.execute(
            update(Contact).where(Contact.id == worker).values(service_id=service, agency_id=agency)
        )
    return agency, service, worker


def counts(area, quarter):
    with area.world.units.read(COORDINATOR) as uow:
        found = whole_return(uow, area.world.area, quarter).report.care
    return {name: (each.whole, *(each.parts[head] for head in HEADS)) for name, each in found.rows}


def replaced(area, person, *, by, on):
    """Let another worker have the person from a day on."""
    with area.world.write() as uow:
        uow.session.execute(
            update(Allocation).where(Allocation.person_id == person).values(until_on=on)
        )
        uow.session.add(
            Allocation(
                id=uuid4(), person_id=person, worker_id=by, role="leaving_care_worker", from_on=on
            )
        )


def replaced_before_the_meeting(area, meeting, _):
    """Found, invited, there: the worker was another when the first invitation went out."""
    case, young = area.heard(meeting), area.world.person()
    replaced(area, young, by=area.world.deputy, on=date(2026, 5, 18))
    area.person(case, young)
    area.invited(case, young, state="cancelled")
    area.invited(case, young, area.world.deputy)
    area.came(case, area.world.deputy)


def a_stand_in_came(area, meeting, elsewhere):
    """Found, invited, there: somebody of another service was sent instead."""
    case, young = area.heard(meeting), area.world.person()
    area.person(case, young)
    area.invited(case, young, answer="stand_in", stand_in=elsewhere[2])
    area.came(case, elsewhere[2])


def the_desk_came(area, meeting, _):
    """Found, invited, there: the duty desk, whom nobody had asked, for a part of it."""
    case, young = area.heard(meeting), area.world.person()
    area.person(case, young)
    area.invited(case, young)
    area.came(case, area.world.desk, "part")


def declined_and_sent_word(area, meeting, _):
    """Found, invited, sent information."""
    case, young = area.heard(meeting), area.world.person()
    area.person(case, young)
    area.invited(case, young, answer="declined")
    area.came(case, area.world.worker, "apology", sent=True)


def recognised_after_the_agenda(area, meeting, _):
    """Found, invited, action given."""
    case, young = area.heard(meeting), area.world.person()
    area.person(case, status="not_known")
    with area.world.write() as uow:
        row = uow.session.scalars(select(ItemPerson).where(ItemPerson.item_id == case)).one()
        row.care_status, row.person_id = "care_experienced", young
    area.invited(case, young)
    area.action(case, area.world.agency, date(2026, 7, 1))


def two_of_one_service(area, meeting, _):
    """Both found and invited; her worker came, the worker of whoever is accused did not."""
    world = area.world
    case, young, accused = area.heard(meeting), world.person(), world.person(worker=world.deputy)
    area.person(case, young)
    area.person(case, accused, role="alleged_perpetrator")
    area.invited(case, young)
    area.invited(case, accused, world.deputy)
    area.came(case, world.worker)
    area.came(case, world.deputy, "no_response")


def put_back_and_heard_here(area, meeting, _):
    """Found, invited, there: nobody came to the meeting before, which did not hear it."""
    young, first = area.world.person(), area.heard(area.meeting(EARLIER), state="put_back")
    area.person(first, young)
    area.invited(first, young)
    case = area.heard(meeting)
    area.person(case, young)
    area.invited(case, young)
    area.came(case, area.world.worker)


def transferred_in(area, meeting, elsewhere):
    """Of Far Council: found, invited, sent information; whoever looked after them is theirs."""
    agency, service, worker = elsewhere
    case, young = area.heard(meeting), area.world.person(worker=worker)
    area.passed_on(case, area.world.area)
    with area.world.write() as uow:
        uow.session.execute(update(Person).where(Person.id == young).values(service_id=service))
    area.person(case, young)
    area.invited(case, young, worker, answer="information_only")
    area.asked(case, agency, answered=HELD - timedelta(days=3), state="shared")


def on_no_register(area, meeting, _):
    """Nobody's yet."""
    area.person(area.heard(meeting))


def without_a_worker(area, meeting, _):
    """Identified and no more: the worker left on the day of the meeting and nobody followed."""
    case, young = area.heard(meeting), area.world.person()
    area.person(case, young)
    with area.world.write() as uow:
        gone = update(Allocation).where(Allocation.person_id == young)
        uow.session.execute(gone.values(until_on=date(2026, 5, 20)))


def alert_only(area, meeting, _):
    """Not counted: it was not discussed."""
    area.person(area.heard(meeting, state="noted"), area.world.person())


CASES = (
    replaced_before_the_meeting,
    a_stand_in_came,
    the_desk_came,
    declined_and_sent_word,
    recognised_after_the_agenda,
    two_of_one_service,
    put_back_and_heard_here,
    transferred_in,
    on_no_register,
    without_a_worker,
    alert_only,
)


def test_every_awkward_case_is_counted_as_by_hand(area, elsewhere):
    meeting = area.meeting()
    for case in CASES:
        case(area, meeting, elsewhere)
    assert counts(area, Quarter(2026, 2)) == {
        # identified; found, invited, attended, sent information, action given
        "Example Leaving Care": (9, 8, 8, 5, 1, 1),
        "Far Council": (1, 1, 1, 0, 1, 0),
        NO_SERVICE: (1, 0, 0, 0, 0, 0),
    }
    assert counts(area, Quarter(2026, 1)) == {}
