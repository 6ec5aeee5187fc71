"""Putting people on the register, their workers over time, and who sees whom."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from hub.agencies.models import Contact
from hub.kernel.actor import Role, system
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.people.commands import (
    Allocate,
    SavePerson,
    allocate,
    change_support,
    end_allocation,
    hand_over,
    save_person,
    withdraw_allocation,
)
from hub.people.events import AllocationChanged, PersonSaved
from hub.people.models import Allocation, MatchKey, Person, PersonAddress
from hub.people.queries import person_rows, workers_of
from hub.people.queries.records import record_of, view_of
from hub.people.rules.persons import Address, OtherName
from hub.people.states import NameKind, SupportStatus, WorkerRole

HUB = system("test")
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


def social_worker(county):
    """Return a social worker of the directory, whatever the service."""
    with county.units.write(HUB) as uow:
        return county.contact(uow, uuid4(), "So Cial", role="social_worker")


def spans(county, person_id):
    with county.units.read(HUB) as uow:
        return [
            (each.span.role, each.span.from_on, each.span.until_on)
            for each in reversed(view_of(uow, person_id).allocations)
        ]


def test_a_record_is_kept_whole(county, heard):
    names = (
        OtherName(NameKind.ALIAS, "Betty", "Smith"),
        OtherName(NameKind.FORMER, "Elizabeth", "Carter"),
    )
    addresses = (
        Address("1 Test Road", "LN2 4ZZ", date(2026, 1, 1)),
        Address(None, "LN1 1AA", None, date(2026, 1, 1)),
    )
    cmd = person(
        county,
        source_id="A-17",
        middle_names="Ann",
        known_as="Beth",
        sex="F",
        nhs_number="999 000 0018",
        safe_phone="01632 960001",
        safe_contact="Text first",
        is_restricted=True,
        support_status=SupportStatus.DUTY,
        names=names,
        addresses=addresses,
    )
    person_id = save(county, cmd)

    with county.units.read(HUB) as uow:
        record = record_of(uow, person_id)
    assert record.nhs_number == "9990000018"
    assert record.names == names
    assert record.addresses == addresses
    for name in ("source_id", "middle_names", "known_as", "sex", "safe_phone", "safe_contact"):
        assert getattr(record, name) == getattr(cmd, name)
    assert (record.is_restricted, record.support_status) == (True, SupportStatus.DUTY)
    assert PersonSaved(person_id=person_id, is_new=True) in heard


def test_nothing_of_a_person_is_readable_in_the_database(county):
    person_id = save(county, person(county, nhs_number="9990000018", known_as="Beth"))
    with county.units.read(HUB) as uow:
        row = uow.session.connection().exec_driver_sql("SELECT * FROM person").mappings().one()
    text = b" ".join(
        bytes(value) for value in row.values() if isinstance(value, bytes | memoryview)
    )
    for secret in (b"Neill", b"Beth", b"2006", b"999"):
        assert secret not in text
    assert "Neill" not in str({k: v for k, v in row.items() if isinstance(v, str)})
    assert person_id


WRONG = [
    ({"date_of_birth": TODAY + timedelta(days=1)}, "date_of_birth"),
    ({"nhs_number": "9990000019"}, "nhs_number"),
    ({"addresses": (Address(),)}, "lines"),
    ({"addresses": (Address(None, "LN2 4ZZ", TODAY, TODAY),)}, "until_on"),
]


@pytest.mark.parametrize(("values", "field"), WRONG)
@pytest.mark.databases("sqlite")
def test_what_cannot_be_is_refused_and_nothing_is_kept(county, values, field):
    with pytest.raises(RefusedError) as refused:
        save(county, person(county, **values))
    assert refused.value.field == field
    with county.units.read(HUB) as uow:
        assert uow.session.scalar(select(func.count()).select_from(Person)) == 0


def test_two_editors_the_second_sees_what_the_first_saved(county):
    person_id = save(county, person(county))
    changed = person(county, person_id=person_id, version=1, family_name="Carter")
    save(county, changed)
    with pytest.raises(ConflictError) as stale:
        save(county, changed)
    assert stale.value.theirs["family_name"] == "Carter"


def test_two_editors_of_the_other_names_alone_are_no_less_two(county):
    person_id = save(county, person(county))
    alias = OtherName(NameKind.ALIAS, "Betty", "Smith")
    save(county, person(county, person_id=person_id, version=1, names=(alias,)))
    with pytest.raises(ConflictError):
        save(county, person(county, person_id=person_id, version=1, names=()))


def test_one_nhs_number_is_one_person_of_a_service(county):
    save(county, person(county, nhs_number="9990000018"))
    other = person(county, given_name="Zebedee", family_name="Hill", nhs_number="9990000018")
    with pytest.raises(RefusedError) as refused:
        save(county, other)
    assert refused.value.field == "nhs_number"


def test_somebody_much_like_one_on_the_register_must_be_looked_at_first(county):
    here = (Address(postcode="LN2 4ZZ"),)
    save(county, person(county, addresses=here))
    again = person(county, given_name="Beth", family_name="ONeill", addresses=here)
    with pytest.raises(RefusedError) as refused:
        save(county, again)
    assert refused.value.field == "is_another"
    save(county, person(county, given_name="Beth", addresses=here, is_another=True))


def test_the_same_name_and_day_of_birth_must_be_looked_at_without_any_address(county):
    save(county, person(county, known_as="Beth"))
    for given_name in ("ELIZABETH", "Beth"):
        with pytest.raises(RefusedError) as refused:
            save(county, person(county, given_name=given_name, family_name="ONeill"))
        assert refused.value.field == "is_another"
    save(county, person(county, given_name="Zebedee"))  # perhaps a twin, and nobody's namesake


def test_only_the_desk_of_the_service_writes(county):
    for role in Role:
        if role not in {Role.DUTY_DESK, Role.TEAM_MANAGER}:
            with pytest.raises(NotAllowedError):
                save(county, person(county), county.actor(role))
    with pytest.raises(NotAllowedError):
        save(county, person(county), county.actor(Role.DUTY_DESK, agency_id=uuid4()))
    with pytest.raises(NotAllowedError):
        save(county, person(county, service_id=None))


def test_support_steps_up_and_down(county, heard):
    person_id = save(county, person(county))
    with county.units.write(county.desk_actor) as uow:
        change_support(person_id, 1, SupportStatus.STEPPED_DOWN, uow=uow)
    with county.units.read(HUB) as uow:
        assert person_rows(uow, [person_id])[person_id].support_status == "stepped_down"
    assert PersonSaved(person_id=person_id, is_new=False) in heard
    with pytest.raises(ConflictError), county.units.write(county.desk_actor) as uow:
        change_support(person_id, 1, SupportStatus.ALLOCATED, uow=uow)


class TestWorkers:
    """Allocations over time."""

    @pytest.fixture
    def one(self, county):
        return save(county, person(county))

    def test_a_new_worker_ends_the_one_before_in_the_same_breath(self, county, one, heard):
        give(county, one)
        with pytest.raises(RefusedError):
            give(county, one, worker_id=county.deputy, from_on=TODAY)

        give(county, one, worker_id=county.deputy, from_on=TODAY, end_previous=True)

        assert spans(county, one) == [(LCW, date(2026, 1, 1), TODAY), (LCW, TODAY, None)]
        assert heard.count(AllocationChanged(person_id=one)) == 2
        with county.units.read(HUB) as uow:
            (worker,) = workers_of(uow, [one], TODAY)[one]
            (before,) = workers_of(uow, [one], TODAY - timedelta(days=1))[one]
        assert (worker.contact_id, before.contact_id) == (county.deputy, county.worker)

    def test_a_worker_brings_their_service_and_a_name(self, county):
        with county.units.write(HUB) as uow:
            cmd = person(county, service_id=None, support_status=SupportStatus.DUTY)
            lone = save_person(cmd, uow=uow)
            give_cmd = Allocate(person_id=lone, worker_id=county.worker, role=LCW, from_on=TODAY)
            allocate(give_cmd, uow=uow)
        with county.units.read(HUB) as uow:
            row = person_rows(uow, [lone])[lone]
        assert (row.service_id, row.support_status) == (county.service, "allocated")

    def test_somebody_who_left_or_is_no_person_is_refused(self, county, one):
        with pytest.raises(RefusedError):
            give(county, one, worker_id=county.desk)
        with pytest.raises(RefusedError):
            give(county, one, worker_id=uuid4())
        with county.units.write(HUB) as uow:
            uow.session.get_one(Contact, county.worker).works_until = TODAY
        with pytest.raises(RefusedError, match="no longer works there"):
            give(county, one, from_on=TODAY)

    def test_an_allocation_ends_or_is_taken_back_before_it_begins(self, county, one):
        begun = give(county, one)
        ahead = give(county, one, role=SW, worker_id=social_worker(county), from_on=TODAY)
        with county.units.write(county.desk_actor) as uow:
            end_allocation(one, begun, TODAY, uow=uow)
            withdraw_allocation(one, ahead, uow=uow)
        assert spans(county, one) == [(LCW, date(2026, 1, 1), TODAY)]
        with pytest.raises(RefusedError), county.units.write(county.desk_actor) as uow:
            withdraw_allocation(one, begun, uow=uow)
        with pytest.raises(RefusedError), county.units.write(county.desk_actor) as uow:
            end_allocation(one, begun, date(2025, 1, 1), uow=uow)
        with pytest.raises(NotFoundError), county.units.write(county.desk_actor) as uow:
            end_allocation(one, uuid4(), TODAY, uow=uow)

    def test_hand_over_at_18(self, county):
        nearly = save(county, person(county, date_of_birth=date(2008, 8, 1)))
        give(county, nearly, role=SW, worker_id=social_worker(county))
        with pytest.raises(RefusedError, match="Nobody leads from that day on"):
            self.hand_over(county, nearly)
        give(county, nearly)
        with county.units.read(HUB) as uow:
            assert [alarm.code for alarm in view_of(uow, nearly).alarms] == ["hand_over_due"]

        self.hand_over(county, nearly)

        assert (SW, date(2026, 1, 1), date(2026, 8, 1)) in spans(county, nearly)
        with county.units.read(HUB) as uow:
            assert view_of(uow, nearly).alarms == ()
        with pytest.raises(RefusedError, match="nothing to hand over"):
            self.hand_over(county, nearly)

    def test_a_late_hand_over_is_of_today(self, county, one):
        give(county, one)
        give(county, one, role=SW, worker_id=social_worker(county))
        self.hand_over(county, one)
        assert (SW, date(2026, 1, 1), TODAY) in spans(county, one)

    def test_no_hand_over_without_a_date_of_birth(self, county):
        unknown = save(county, person(county, date_of_birth=None))
        with pytest.raises(RefusedError, match="date of birth"):
            self.hand_over(county, unknown)

    @staticmethod
    def hand_over(county, person_id):
        with county.units.write(county.desk_actor) as uow:
            hand_over(person_id, uow=uow)

    def test_a_gap_raises_an_alarm(self, county, one):
        with county.units.read(HUB) as uow:
            assert [alarm.code for alarm in view_of(uow, one).alarms] == ["no_named_worker"]

    def test_overlap_is_refused_whoever_asks_at_once(self, county, one):
        give(county, one)
        with county.units.read(HUB) as uow:
            assert uow.session.scalar(select(func.count()).select_from(Allocation)) == 1
        with pytest.raises(RefusedError):
            give(county, one, worker_id=county.deputy, from_on=date(2025, 1, 1))


def test_keys_and_addresses_are_replaced_not_piled_up(county):
    person_id = county.registered(addresses=(Address(postcode="LN2 4ZZ"),))
    with county.units.write(HUB) as uow:
        keys = uow.session.scalar(select(func.count()).select_from(MatchKey))
        cmd = person(county, person_id=person_id, version=1, known_as="Beth",
                     addresses=(Address(postcode="LN2 4ZZ"),))  # fmt: skip
        save_person(cmd, uow=uow)
        assert uow.session.scalar(select(func.count()).select_from(MatchKey)) == keys
        assert uow.session.scalar(select(func.count()).select_from(PersonAddress)) == 1
