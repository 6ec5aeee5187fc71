"""Taking the register in as a file and out again."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, func, inspect, select

from hub.agencies.models import Agency, Contact, Service
from hub.kernel.actor import Role, system
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.people.commands.importing import import_register, plan_import
from hub.people.commands.transfer import (
    FileRefusedError,
    export_register,
    import_upload,
    keep_upload,
    plan_upload,
)
from hub.people.events import PersonSaved, RegisterExported, RegisterImported
from hub.people.models import Allocation, MatchKey, Person, RegisterUpload
from hub.people.queries.records import record_of
from hub.people.rules.persons import Address
from hub.people.rules.sheet import REQUIRED, read_register

HUB = system("test")
TODAY = date(2026, 6, 1)
PLAIN = ",".join(REQUIRED)
BETH = "P1,Elizabeth,Ann,O'Neill,Beth,2006-03-09,F,LN2 4ZZ,Betty|Smith"
JACK = "P2,Jack,,Hill,,2007-08-01,M,,"


def content(*lines, heads=PLAIN):
    return "\n".join([heads, *lines]).encode()


def take_in(county, *lines, heads=PLAIN):
    with county.units.write(HUB) as uow:
        sheet = read_register(content(*lines, heads=heads), uow.today)
        assert not sheet.faults
        return import_register(sheet.lines, uow=uow, service_id=county.service)


def people(county):
    with county.units.read(HUB) as uow:
        rows = uow.session.execute(select(Person.id, Person.source_id)).all()
        return {row.source_id: record_of(uow, row.id) for row in rows}


def schema(county):
    """Return everything by which the database orders and guards the keys."""
    with county.units.read(HUB) as uow:
        of = inspect(uow.session.connection())
        tables = of.get_table_names(), of.get_temp_table_names()
        guards = of.get_pk_constraint("match_key"), of.get_foreign_keys("match_key")
        return *tables, *guards, of.get_indexes("match_key")


def test_what_a_first_import_does_without_is_there_after_it_and_after_a_refused_one(
    county, monkeypatch
):
    before = schema(county)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr("hub.people.commands.importing.RegisterImported", lambda **_: 1 / 0)
        take_in(county, BETH)
    assert (schema(county), people(county)) == (before, {})
    take_in(county, BETH)
    assert schema(county) == before
    take_in(county, JACK)
    assert (schema(county), len(people(county))) == (before, 2)


def test_people_join_with_their_keys(county, heard):
    done = take_in(county, BETH, JACK)

    assert (done.added, done.changed, done.same) == (2, 0, 0)
    beth = people(county)["P1"]
    assert (beth.given_name, beth.known_as, beth.sex) == ("Elizabeth", "Beth", "F")
    assert beth.date_of_birth == date(2006, 3, 9)
    assert [name.given_name for name in beth.names] == ["Betty"]
    assert beth.addresses == (Address(postcode="LN2 4ZZ"),)
    assert beth.service_id == county.service
    assert county.candidates(county.ask()) == [(beth.id, "probable")]
    (said,) = [one for one in heard if isinstance(one, RegisterImported)]
    assert (said.added, said.changed) == (2, 0)


def test_the_same_file_again_changes_nothing(county, heard):
    take_in(county, BETH, JACK)
    with county.units.read(HUB) as uow:
        keys = uow.session.scalar(select(func.count()).select_from(MatchKey))
    done = take_in(county, BETH, JACK)
    assert (done.added, done.changed, done.same) == (0, 0, 2)
    assert not any(isinstance(one, PersonSaved) for one in heard)
    with county.units.read(HUB) as uow:
        assert uow.session.scalar(select(func.count()).select_from(MatchKey)) == keys


def test_a_changed_line_changes_its_person_only(county, heard):
    take_in(county, BETH, JACK)
    before = people(county)
    done = take_in(county, BETH.replace("O'Neill", "Carter").replace("LN2 4ZZ", "LN1 1AA"), JACK)

    assert (done.added, done.changed, done.same) == (0, 1, 1)
    after = people(county)
    assert after["P2"] == before["P2"]
    assert (after["P1"].id, after["P1"].family_name) == (before["P1"].id, "Carter")
    # she has moved: where she lived is kept, with its end
    assert after["P1"].addresses == (
        Address(postcode="LN1 1AA", from_on=TODAY),
        Address(postcode="LN2 4ZZ", until_on=TODAY),
    )
    changed = [one.person_id for one in heard if isinstance(one, PersonSaved)]
    assert changed == [before["P1"].id]
    asked = county.ask(given_name="Elizabeth", family_name="Carter", postcodes=("LN1 1AA",))
    assert [band for _, band in county.candidates(asked)] == ["probable"]


def test_columns_that_are_not_in_the_file_stay(county):
    take_in(county, f"{BETH},9990000018,stepped_down", heads=f"{PLAIN},nhs_number,support_status")
    take_in(county, BETH)
    beth = people(county)["P1"]
    assert (beth.nhs_number, beth.support_status) == ("9990000018", "stepped_down")


def test_two_authorities_may_use_the_same_ids(county):
    take_in(county, BETH)
    other = county.registered(source_id="P1", service_id=None, family_name="Else")
    take_in(county, BETH)
    with county.units.read(HUB) as uow:
        assert record_of(uow, other).family_name == "Else"


def test_workers_come_with_the_file_and_change_by_it(county):
    email = f"{county.worker.hex[:8]}@example.org"
    heads = f"{PLAIN},worker_email,worker_from"
    take_in(county, f"{BETH},{email.upper()},2026-01-01", heads=heads)
    take_in(county, f"{BETH},{email},2026-01-01", heads=heads)
    deputy = f"{county.deputy.hex[:8]}@example.org"
    with county.units.read(HUB) as uow:
        lines = read_register(content(f"{BETH},{deputy},", heads=heads), TODAY).lines
        assert plan_import(lines, uow=uow, service_id=county.service).changed == 1

    done = take_in(county, f"{BETH},{deputy},2026-01-01", heads=heads)

    assert done.changed == 1
    with county.units.read(HUB) as uow:
        rows = uow.session.execute(
            select(Allocation.worker_id, Allocation.from_on, Allocation.until_on).order_by(
                Allocation.from_on
            )
        ).all()
    assert [tuple(row) for row in rows] == [
        (county.worker, date(2026, 1, 1), TODAY),
        (county.deputy, TODAY, None),
    ]


def test_a_worker_nobody_knows_stops_the_whole_file(county):
    heads = f"{PLAIN},worker_email"
    lines = (f"{BETH},nobody@example.org", f"{JACK},")
    with county.units.read(HUB) as uow:
        sheet = read_register(content(*lines, heads=heads), uow.today)
        plan = plan_import(sheet.lines, uow=uow, service_id=county.service)
    assert [(fault.line, fault.column) for fault in plan.faults] == [(2, "worker_email")]
    with pytest.raises(RefusedError, match="Line 2, worker_email"):
        take_in(county, *lines, heads=heads)
    assert people(county) == {}


def planned(county, *lines, heads):
    """Return what the report says is wrong, as line, column and why."""
    with county.units.read(HUB) as uow:
        sheet = read_register(content(*lines, heads=heads), uow.today)
        plan = plan_import(sheet.lines, uow=uow, service_id=county.service)
    return [(fault.line, fault.column, fault.why.partition(".")[0]) for fault in plan.faults]


def test_the_report_says_who_cannot_be_the_named_worker_or_not_from_then(county):
    heads = f"{PLAIN},worker_email,worker_from,social_worker_email"
    worker, deputy = (f"{one.hex[:8]}@example.org" for one in (county.worker, county.deputy))
    with county.units.write(HUB) as uow:
        police = Agency(id=uuid4(), name="Example Police", kind="police")
        desk = Service(id=uuid4(), agency_id=police.id, kind="police", name="Desk")
        uow.session.add(police)
        uow.session.flush()
        uow.session.add(desk)
        uow.session.flush()
        officer = uow.session.get_one(Contact, county.contact(uow, uuid4(), "Of Ficer"))
        officer.service_id, officer.team_id, officer.email = desk.id, None, "Pc.One@example.org"
    take_in(county, f"{JACK},{worker},2026-07-01,", heads=heads)

    assert planned(
        county,
        f"{BETH},pc.one@example.org,,{deputy}",
        f"{JACK},{deputy},2026-02-01,",
        "P3,Ann,,Other,,,,,,,2026-02-01,",
        heads=heads,
    ) == [
        (2, "worker_email", "Choose somebody who works for a leaving care service"),
        (2, "social_worker_email", "Choose somebody whom the directory has as a social worker"),
        (3, "worker_email", "Somebody already has this role from 1 July 2026"),
        (4, "worker_email", "Enter who it is from that day"),
    ]


def test_of_two_entries_with_one_address_the_one_at_work_is_meant(county):
    email = f"{county.worker.hex[:8]}@example.org"
    with county.units.write(HUB) as uow:
        for number in (1, 2**128 - 1):  # before and after the one at work, by id
            left = uow.session.get_one(Contact, county.contact(uow, UUID(int=number), "Wor Ker"))
            left.works_until, left.email = date(2026, 1, 1), email
    take_in(county, f"{BETH},{email}", heads=f"{PLAIN},worker_email")
    with county.units.read(HUB) as uow:
        assert uow.session.scalars(select(Allocation.worker_id)).all() == [county.worker]


def test_an_nhs_number_stays_with_one_person_unless_the_file_moves_it(county):
    heads = f"{PLAIN},nhs_number"
    take_in(county, f"{BETH},9990000018", heads=heads)
    county.registered(service_id=None, nhs_number="9990000026", family_name="Else")

    why = "Somebody else on your register has this NHS number"
    assert planned(county, f"{JACK},9990000018", heads=heads) == [(2, "nhs_number", why)]
    assert planned(county, f"{JACK},9990000026", heads=heads) == []  # of another authority
    take_in(county, f"{JACK},9990000018", f"{BETH},", heads=heads)
    assert {who: one.nhs_number for who, one in people(county).items() if who} == {
        "P1": None,
        "P2": "9990000018",
    }


class TestUpload:
    """The page's way: a report first, then all or nothing."""

    def keep(self, county, actor, *lines):
        with county.units.write(actor) as uow:
            return keep_upload(content(*lines), county.service, uow=uow)

    def test_one_bad_line_changes_nothing_and_says_which_and_why(self, county):
        desk = county.desk_actor
        upload = self.keep(county, desk, BETH, "P2,Jack,,Hill,,2007-13-01,M,,")
        with county.units.read(desk) as uow:
            (fault,) = plan_upload(upload, uow=uow).faults
        assert (fault.line, fault.column) == (3, "date_of_birth")
        with pytest.raises(FileRefusedError), county.units.write(desk) as uow:
            import_upload(upload, uow=uow)
        assert people(county) == {}

    def test_what_the_report_says_is_done_once(self, county):
        desk = county.desk_actor
        take_in(county, BETH)
        upload = self.keep(county, desk, BETH.replace("Beth", "Lizzie"), JACK)
        with county.units.read(desk) as uow:
            plan = plan_upload(upload, uow=uow)
        with county.units.write(desk) as uow:
            done = import_upload(upload, uow=uow)
        assert (plan.added, plan.changed, plan.same) == (1, 1, 0)
        assert (done.added, done.changed, done.same) == (1, 1, 0)
        with pytest.raises(NotFoundError), county.units.write(desk) as uow:
            import_upload(upload, uow=uow)

    def test_a_file_is_its_uploaders_alone_sealed_and_forgotten(self, county, clock):
        desk = county.desk_actor
        upload = self.keep(county, desk, BETH)
        with county.units.read(county.actor(Role.DUTY_DESK)) as uow, pytest.raises(NotFoundError):
            plan_upload(upload, uow=uow)
        with county.units.read(HUB) as uow:
            kept = uow.session.scalar(select(RegisterUpload.content))
        assert b"Neill" not in bytes(kept)
        clock.advance(days=1, minutes=1)
        self.keep(county, desk, JACK)
        with county.units.read(desk) as uow, pytest.raises(NotFoundError):
            plan_upload(upload, uow=uow)

    def test_only_the_desk_of_the_service(self, county):
        for actor in (
            county.actor(Role.LEAVING_CARE_WORKER, contact_id=county.worker),
            county.actor(Role.DUTY_DESK, agency_id=uuid4()),
        ):
            with pytest.raises(NotAllowedError):
                self.keep(county, actor, BETH)
            with county.units.write(actor) as uow, pytest.raises(NotAllowedError):
                export_register(county.service, uow=uow)


def test_out_and_in_again_is_the_same(county, heard):
    county.registered(
        nhs_number="9990000018",
        safe_contact="Text first\nnever call",
        addresses=(
            Address(postcode="LN2 4ZZ"),
            Address(postcode="LN1 1AA", until_on=TODAY - timedelta(days=9)),
        ),
    )
    take_in(county, f"{BETH},{county.worker.hex[:8]}@example.org", heads=f"{PLAIN},worker_email")
    with county.units.write(county.desk_actor) as uow:
        text = export_register(county.service, uow=uow)
    assert RegisterExported(service_id=county.service, people=2) in heard

    with county.units.write(HUB) as uow:
        sheet = read_register(text.encode(), uow.today)
        assert not sheet.faults
        done = import_register(sheet.lines, uow=uow, service_id=county.service)
    assert (done.added, done.same + done.changed) == (0, 2)
    assert len(people(county)) == 2


def test_progress_and_a_bounded_number_of_statements(county, monkeypatch):
    monkeypatch.setattr("hub.people.commands.importing.BATCH", 100)
    rows = [f"P{n},Beth{n},,ONeill{n},,2006-03-09,F,LN2 4ZZ," for n in range(250)]
    said, heard = [], []
    engine = county.units.engine

    def note(*args):
        said.append(args[2])

    with county.units.write(HUB) as uow:
        lines = read_register(content(*rows), uow.today).lines
        event.listen(engine, "before_cursor_execute", note)
        import_register(
            lines,
            uow=uow,
            service_id=county.service,
            progress=lambda done, whole: heard.append((done, whole)),
        )
        event.remove(engine, "before_cursor_execute", note)
    assert heard == [(100, 250), (200, 250), (250, 250)]
    assert len(said) < 40  # some per batch, none per person
