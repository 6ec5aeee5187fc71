"""Who sees whom on the register, in lists and in searches."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.access.permissions import Permission
from hub.agencies.models import Absence, Agency, Service
from hub.kernel.actor import Role, system
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.people.access import open_person
from hub.people.commands import (
    Allocate,
    SavePerson,
    allocate,
    declare_conflict,
    save_person,
    withdraw_conflict,
)
from hub.people.commands.searching import SearchRegister, reveal_address, search_register
from hub.people.events import RegisterSearched
from hub.people.models import Allocation
from hub.people.queries import names_of, own_people, person_rows
from hub.people.queries.records import view_of
from hub.people.queries.register import Filter, people_page
from hub.people.rules.look_ups import LookUpPolicy
from hub.people.states import SupportStatus, WorkerRole

HUB = system("test")
POLICY = LookUpPolicy(sample_percent=0)
TODAY = date(2026, 6, 1)
LCW, SW = WorkerRole.LEAVING_CARE_WORKER, WorkerRole.SOCIAL_WORKER


def person(county, **values):
    known = {
        "given_name": "Elizabeth",
        "family_name": "O'Neill",
        "date_of_birth": date(2006, 3, 9),
        "service_id": county.service,
    }
    return SavePerson(**(known | values))


def save(county, cmd, actor=None):
    with county.units.write(actor or county.desk_actor) as uow:
        return save_person(cmd, uow=uow)


def give(county, person_id, **values):
    known = {"worker_id": county.worker, "role": LCW, "from_on": date(2026, 1, 1)}
    with county.units.write(county.desk_actor) as uow:
        return allocate(Allocate(person_id=person_id, **(known | values)), uow=uow)


def spans(county, person_id):
    with county.units.read(HUB) as uow:
        return [
            (each.span.role, each.span.from_on, each.span.until_on)
            for each in reversed(view_of(uow, person_id).allocations)
        ]


class TestWhoSeesWhom:
    """A person exists for their service's desk and for their own workers."""

    @pytest.fixture
    def one(self, county):
        person_id = save(county, person(county))
        give(county, person_id)
        return person_id

    def sees(self, county, actor, person_id):
        with county.units.read(actor) as uow:
            try:
                open_person(uow, person_id)
            except NotFoundError:
                return False
            return True

    def test_the_desk_and_the_own_worker_and_nobody_else(self, county, one):
        assert self.sees(county, county.desk_actor, one)
        assert self.sees(county, county.actor(Role.TEAM_MANAGER), one)
        worker = county.actor(Role.LEAVING_CARE_WORKER, contact_id=county.worker)
        assert self.sees(county, worker, one)
        for role in Role:
            if role not in {Role.DUTY_DESK, Role.TEAM_MANAGER}:
                assert not self.sees(county, county.actor(role), one)
                stranger = county.actor(role, contact_id=county.deputy)
                assert not self.sees(county, stranger, one)
        other_desk = county.actor(Role.DUTY_DESK, agency_id=uuid4())
        assert not self.sees(county, other_desk, one)
        assert not self.sees(county, county.desk_actor, uuid4())

    def test_a_worker_no_more_and_one_not_yet(self, county, one):
        worker = county.actor(Role.LEAVING_CARE_WORKER, contact_id=county.worker)
        deputy = county.actor(Role.LEAVING_CARE_WORKER, contact_id=county.deputy)
        later = TODAY + timedelta(days=7)
        give(county, one, worker_id=county.deputy, from_on=later, end_previous=True)
        assert not self.sees(county, deputy, one)
        with county.units.read(worker) as uow:
            assert [row.id for row in own_people(uow)] == [one]
        with county.units.write(HUB) as uow:
            for row in uow.session.scalars(select(Allocation)):
                if row.worker_id == county.worker:
                    row.until_on = TODAY
        assert not self.sees(county, worker, one)
        with county.units.read(worker) as uow:
            assert own_people(uow) == ()

    def test_who_covers_sees_while_they_cover(self, county, one):
        deputy = county.actor(Role.LEAVING_CARE_WORKER, contact_id=county.deputy)
        with county.units.write(HUB) as uow:
            uow.session.add(
                Absence(
                    id=uuid4(),
                    contact_id=county.worker,
                    from_on=TODAY,
                    until_on=TODAY + timedelta(days=3),
                    cover_id=county.deputy,
                )
            )
        assert self.sees(county, deputy, one)
        with county.units.read(deputy) as uow:
            assert [row.id for row in own_people(uow)] == [one]

    def test_a_worker_may_look_and_not_write(self, county, one):
        worker = county.actor(Role.LEAVING_CARE_WORKER, contact_id=county.worker)
        with county.units.read(worker) as uow, pytest.raises(NotAllowedError):
            open_person(uow, one, Permission.REGISTER_EDIT)

    def test_in_conflict_one_sees_nothing_whatever_ones_role(self, county, one):
        manager = county.actor(Role.TEAM_MANAGER, contact_id=county.manager)
        assert self.sees(county, manager, one)
        with county.units.write(HUB) as uow:
            declare_conflict(one, county.manager, uow=uow)
        assert not self.sees(county, manager, one)
        search = SearchRegister(purpose="contact", family_name="ONeill", given_name="Elizabeth")
        with county.units.write(manager) as uow:
            assert people_page(uow, Filter()) == ()
            assert search_register(search, uow=uow, policy=POLICY) == ()
            with pytest.raises(NotFoundError):
                withdraw_conflict(one, county.manager, uow=uow)
        with county.units.write(county.desk_actor) as uow:
            withdraw_conflict(one, county.manager, uow=uow)
        assert self.sees(county, manager, one)

    def test_a_conflict_is_declared_once_and_about_somebody_there(self, county, one):
        for contact_id in (county.manager, uuid4()):
            with county.units.write(HUB) as uow:
                if contact_id == county.manager:
                    declare_conflict(one, contact_id, uow=uow)
                with pytest.raises(RefusedError):
                    declare_conflict(one, contact_id, uow=uow)
        with county.units.write(HUB) as uow, pytest.raises(NotFoundError):
            withdraw_conflict(one, county.worker, uow=uow)


class TestLists:
    """Pages of the register, and searches."""

    def test_pages_by_reference_each_person_once(self, county):
        ids = {county.registered(date_of_birth=date(2001 + n, 1, 2 + n)) for n in range(5)}
        with county.units.read(county.desk_actor) as uow:
            first = people_page(uow, Filter(), limit=3)
            rest = people_page(uow, Filter(), after=first[-1].reference, limit=3)
        assert {row.id for row in (*first, *rest)} == ids
        assert len(first) == 3

    def test_filters(self, county):
        with_worker = county.registered()
        without = county.registered(date_of_birth=date(2003, 7, 1))
        down = county.registered(
            date_of_birth=date(2002, 8, 2), support_status=SupportStatus.STEPPED_DOWN
        )
        give(county, with_worker)
        wanted = [
            (Filter(has_no_worker=True), {without}),
            (Filter(status=SupportStatus.STEPPED_DOWN), {down}),
            (Filter(worker_id=county.worker), {with_worker}),
        ]
        with county.units.read(county.desk_actor) as uow:
            for each, expected in wanted:
                assert {row.id for row in people_page(uow, each)} == expected

    def test_the_list_of_another_service_is_empty(self, county):
        county.registered()
        with county.units.read(county.actor(Role.DUTY_DESK, agency_id=uuid4())) as uow:
            assert people_page(uow, Filter()) == ()

    def test_a_search_finds_five_at_most_and_is_recorded(self, county, heard):
        for n in range(8):
            county.registered(date_of_birth=date(2001 + n, 3, 9))
        search = SearchRegister(purpose="contact", family_name="Oneill", given_name="Beth")
        with county.units.write(county.desk_actor) as uow:
            found = search_register(search, uow=uow, policy=POLICY)
        assert len(found) == 5
        (said,) = [one for one in heard if isinstance(one, RegisterSearched)]
        assert said.found == 5
        assert "neill" not in str(said.facts()).lower()

    def test_one_fact_is_not_enough(self, county):
        with county.units.write(county.desk_actor) as uow, pytest.raises(RefusedError):
            cmd = SearchRegister(purpose="contact", family_name="Oneill")
            search_register(cmd, uow=uow, policy=POLICY)

    def test_thirty_searches_an_hour(self, county, clock):
        actor = county.desk_actor
        search = SearchRegister(purpose="contact", family_name="Oneill", given_name="Beth")
        for _ in range(30):
            with county.units.write(actor) as uow:
                search_register(search, uow=uow, policy=POLICY)
        with county.units.write(actor) as uow, pytest.raises(RefusedError, match="30 times"):
            search_register(search, uow=uow, policy=POLICY)
        clock.advance(hours=1)
        with county.units.write(actor) as uow:
            search_register(search, uow=uow, policy=POLICY)

    def test_a_worker_finds_their_own_people_only(self, county):
        mine = county.registered()
        county.registered(date_of_birth=date(2006, 3, 10))
        give(county, mine)
        worker = county.actor(Role.LEAVING_CARE_WORKER, contact_id=county.worker)
        search = SearchRegister(purpose="contact", family_name="Oneill", given_name="Beth")
        with county.units.write(worker) as uow:
            assert [row.id for row in search_register(search, uow=uow, policy=POLICY)] == [mine]
        with county.units.write(county.actor(Role.REFERRER)) as uow:
            assert search_register(search, uow=uow, policy=POLICY) == ()

    def test_nobody_restricted_is_found_by_where_they_live(self, county):
        hidden = county.registered(given_name="Rosalind", known_as=None, is_restricted=True)
        by_place = {"given_name": "Rosalind", "postcode": "LN2 4ZZ"}
        by_name = {"given_name": "Rosalind", "family_name": "ONeill"}
        found = []
        for facts in (by_place, by_name, by_name | by_place):
            with county.units.write(county.desk_actor) as uow:
                cmd = SearchRegister(purpose="contact", **facts)
                rows = search_register(cmd, uow=uow, policy=POLICY)
            found.append([row.id for row in rows])
        assert found == [[], [hidden], [hidden]]

    def test_the_address_of_somebody_restricted_is_for_the_desk(self, county):
        one = county.registered(is_restricted=True)
        give(county, one)
        worker = county.actor(Role.LEAVING_CARE_WORKER, contact_id=county.worker)
        with county.units.write(worker) as uow, pytest.raises(NotAllowedError):
            reveal_address(one, "visit", uow=uow)
        with county.units.write(county.desk_actor) as uow:
            assert reveal_address(one, "visit", uow=uow) == one

    def test_what_others_ask(self, county):
        one = county.registered()
        with county.units.read(HUB) as uow:
            assert names_of(uow, [one]) == {one: "Elizabeth O'Neill"}
            row = person_rows(uow, [one])[one]
            assert (row.stage, row.service_id) == ("18-21", county.service)
            assert person_rows(uow, []) == {}


def test_a_service_of_a_contact_narrows_what_an_agency_sees(county):
    service = uuid4()
    with county.units.write(HUB) as uow:
        uow.session.add(
            Service(id=service, agency_id=county.agency, kind="leaving_care", name="Second one")
        )
        assert uow.session.get(Agency, county.agency)
    one = county.registered(service_id=service)
    with county.units.read(county.desk_actor) as uow:
        assert [row.id for row in people_page(uow, Filter())] == [one]
    with county.units.read(county.actor(Role.DUTY_DESK, contact_id=county.desk)) as uow:
        assert people_page(uow, Filter()) == ()
