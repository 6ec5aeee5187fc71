"""What need not be kept goes: by two people, after thirty days, whole, and with a stub."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import text

from hub.db.engine import leave_no_trace
from hub.db.files import FileStore
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.marac.models import AreaSetting
from hub.people.models import Conflict, LookUp, Person
from hub.sharing.commands.disposal import (
    approve_disposal,
    propose_disposal,
    run_disposals,
    stop_disposal,
)
from hub.sharing.commands.keeping import (
    SetHold,
    SetRetention,
    lift_hold,
    record_death,
    set_hold,
    set_retention,
)
from hub.sharing.models import Disposal, RequestFile
from hub.sharing.queries.keeping import disposals_of, kept_rows, texts_of
from hub.sharing.rules.retention import CountsFrom, RecordKind
from hub.wiring.jobs import JOBS
from hub.wiring.kept import KEPT_SOURCES
from kit.world import HUB
from parts.rights import shared_about

PERSON, CONCERN = RecordKind.PERSON, RecordKind.CONCERN
OLD = date(1940, 1, 1)


@pytest.fixture
def old(asking):
    """Return what was shared about somebody whose record need not be kept any more."""
    told = shared_about(asking)
    with asking.world.write() as uow:
        uow.session.get_one(Person, told.person).date_of_birth = OLD
    return told


def do(told, by, command, *args, **more):
    with told.asking.world.write(by) as uow:
        return command(*args, uow=uow, **more)


def propose(told, by=None, kind=PERSON, record_id=None):
    return do(
        told,
        by or told.lead,
        propose_disposal,
        kind,
        record_id or told.person,
        sources=KEPT_SOURCES,
    )


def approve(told, disposal_id, by=None):
    return do(
        told,
        by or told.siro,
        approve_disposal,
        disposal_id,
        row(told, disposal_id).version,
        sources=KEPT_SOURCES,
    )


def run(told):
    with told.asking.world.write() as uow:
        return run_disposals(uow, KEPT_SOURCES)


def row(told, disposal_id):
    with told.asking.world.units.read(HUB) as uow:
        return uow.session.get_one(Disposal, disposal_id)


def hold(told, by=None, kind=PERSON, record_id=None):
    cmd = SetHold(
        kind=kind,
        record_id=record_id or told.person,
        ground="litigation",
        reason="A claim is made",
    )
    return do(told, by or told.lead, set_hold, cmd, sources=KEPT_SOURCES)


def lift(told, hold_id):
    return do(told, told.siro, lift_hold, hold_id, "The claim ended", sources=KEPT_SOURCES)


def count(told, table):
    with told.asking.world.units.read(HUB) as uow:
        return uow.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_two_people_and_thirty_days_later_everything_about_somebody_is_gone(old, clock):
    told = old
    trail = count(told, "audit_entry")
    first = propose(told)
    with pytest.raises(NotAllowedError):
        approve(told, first, told.lead)
    approve(told, first)
    clock.advance(days=30)
    assert run(told) is None
    clock.advance(seconds=1)
    assert run(told).disposal_id == first
    assert run(told) is None

    for table in (
        *("person", "allocation", "information_request", "request_line", "sharing_decision"),
        *("approval", "disclosure", "request_step", "identity_check", "identity_candidate"),
    ):
        assert count(told, table) == 0, table
    stub = row(told, first)
    assert (stub.state, stub.rule_code, stub.kept_until) == (
        "done",
        "leaving_care",
        date(2015, 1, 1),
    )
    assert json.loads(stub.counts)["person"] == 1
    assert count(told, "audit_entry") > trail
    with told.asking.world.units.read(told.lead) as uow:
        (shown,) = disposals_of(uow, told.asking.world.agency)
    assert shown.counts["disclosure"] == 1


@pytest.mark.parametrize(("days", "can"), [(29, True), (31, False)])
def test_it_can_be_stopped_for_thirty_days_and_then_not(old, clock, days, can):
    disposal_id = propose(old)
    approve(old, disposal_id)
    clock.advance(days=days)
    if can:
        do(old, old.lead, stop_disposal, disposal_id)
        clock.advance(days=30)
        assert run(old) is None
        assert count(old, "person") == 1
        assert propose(old) != disposal_id
    else:
        with pytest.raises(RefusedError):
            do(old, old.lead, stop_disposal, disposal_id)


def test_a_hold_wins_at_every_step(old, clock):
    held = hold(old)
    with pytest.raises(RefusedError):
        propose(old)
    lift(old, held)
    disposal_id = propose(old)
    held = hold(old)
    with pytest.raises(RefusedError):
        approve(old, disposal_id)
    lift(old, held)
    approve(old, disposal_id)
    hold(old)
    clock.advance(days=31)
    assert run(old).files == {}
    assert row(old, disposal_id).state == "stopped"
    assert count(old, "person") == 1


def test_a_hold_on_a_person_keeps_the_cases_in_which_they_are(old, clock):
    world = old.asking.world
    world.list(world.meeting(), concern := world.concern(old.person))
    clock.advance(days=365 * 8)
    held = hold(old)
    with pytest.raises(RefusedError, match="held"):
        propose(old, kind=CONCERN, record_id=concern)
    lift(old, held)
    propose(old, kind=CONCERN, record_id=concern)


def test_a_person_goes_after_the_cases_in_which_they_are(old, clock):
    world = old.asking.world
    world.list(world.meeting(), concern := world.concern(old.person))
    with pytest.raises(RefusedError, match="still kept is about them"):
        propose(old)
    clock.advance(days=365 * 8)
    approve(old, propose(old, kind=CONCERN, record_id=concern))
    clock.advance(days=31)
    assert run(old).disposal_id
    for table in ("concern", "party", "item", "item_person", "invitation", "disclosure_decision"):
        assert count(old, table) == 0, table
    assert count(old, "person") == 1
    propose(old)


def test_a_case_is_kept_for_as_long_as_its_area_has_set(old):
    world = old.asking.world
    concern = world.concern(old.person)

    def until():
        with world.units.read(old.lead) as uow:
            (row,) = kept_rows(uow, KEPT_SOURCES, agency_id=world.agency, only=concern)
            return row.until.year - uow.today.year

    assert until() == 7
    with world.write() as uow:
        uow.session.add(AreaSetting(area_id=world.area, retention_years=20))
    assert until() == 20


def test_what_must_be_kept_cannot_be_proposed(asking):
    told = shared_about(asking)
    with pytest.raises(RefusedError, match="kept for longer"):
        propose(told)


def test_somebody_without_a_date_of_birth_is_never_due(old):
    with old.asking.world.write() as uow:
        uow.session.get_one(Person, old.person).date_of_birth = None
    with pytest.raises(RefusedError):
        propose(old)


def test_a_death_before_18_shortens_it(asking):
    told = shared_about(asking)
    do(told, told.lead, record_death, told.person, date(2010, 5, 1), sources=KEPT_SOURCES)
    assert propose(told)
    for day in (date(2000, 1, 1), date(2027, 1, 1)):
        with pytest.raises(RefusedError):
            do(told, told.lead, record_death, told.person, day, sources=KEPT_SOURCES)


def test_an_agency_sets_its_own_rule_and_every_text_stays(old):
    def set_to(years, by=None, **other):
        values = {
            "code": "leaving_care",
            "counts_from": CountsFrom.EIGHTEENTH_BIRTHDAY,
            "years": years,
            "source": "Our schedule",
        }
        do(old, by or old.lead, set_retention, SetRetention(**(values | other)))

    set_to(75)
    set_to(80)
    with old.asking.world.units.read(old.lead) as uow:
        (kept,) = kept_rows(uow, KEPT_SOURCES, agency_id=old.asking.world.agency, only=old.person)
        texts = texts_of(uow, old.asking.world.agency, "leaving_care")
    assert kept.until == date(2038, 1, 1)
    assert [(one.number, one.years) for one in texts] == [(1, 75), (2, 80)]
    for other, field in (
        ({"years": 0}, "years"),
        ({"years": 151}, "years"),
        ({"source": " "}, "source"),
        ({"counts_from": CountsFrom.MADE}, "counts_from"),
    ):
        with pytest.raises(RefusedError) as no:
            set_to(**({"years": 75} | other))
        assert no.value.field == field
    with pytest.raises(NotAllowedError):
        set_to(75, by=old.siro)


def test_nobody_else_decides_and_other_agencies_have_nothing_here(old):
    for other in (old.manager, old.asking.officer):
        with pytest.raises(NotAllowedError):
            propose(old, other)
    with pytest.raises(NotFoundError):
        propose(old, old.elsewhere)
    disposal_id = propose(old)
    for other in (old.elsewhere,):
        with pytest.raises(NotFoundError):
            approve(old, disposal_id, other)
        with pytest.raises(NotFoundError):
            do(old, other, stop_disposal, disposal_id)
    held = hold(old)
    with old.asking.world.write(old.elsewhere) as uow, pytest.raises(NotFoundError):
        lift_hold(held, "No", uow=uow, sources=KEPT_SOURCES)


def test_for_somebody_with_a_conflict_the_record_is_not_there(old):
    world = old.asking.world
    kept_out = old.asking.account(world.agency, Role.SIRO, contact_id=world.manager)
    with world.write() as uow:
        uow.session.add(
            Conflict(contact_id=world.manager, person_id=old.person, declared_at=uow.now)
        )
    with pytest.raises(NotFoundError):
        propose(old, kept_out)


def test_an_agreement_goes_only_when_nothing_rests_on_it(old, clock):
    agreement = old.asking.world.agreement
    clock.advance(days=365 * 10)
    with pytest.raises(RefusedError, match="still refers"):
        propose(old, kind=RecordKind.AGREEMENT, record_id=agreement)
    clock.set(clock.now().replace(year=2026))
    approve(old, propose(old))
    clock.advance(days=31)
    run(old)
    clock.advance(days=365 * 10)
    approve(old, propose(old, kind=RecordKind.AGREEMENT, record_id=agreement))
    clock.advance(days=31)
    run(old)
    assert count(old, "agreement") == 0
    assert count(old, "agreement_party") == 0


def test_old_look_ups_go_and_new_ones_stay(old, clock):
    agency = old.asking.world.agency

    def look_up():
        with old.asking.world.write() as uow:
            uow.session.add(
                LookUp(
                    id=uuid4(),
                    account_id=old.manager.account_id,
                    agency_id=agency,
                    at=uow.now,
                    door="register",
                    purpose="contact",
                    facts="name",
                    asked_key=7,
                )
            )

    look_up()
    with pytest.raises(RefusedError):
        propose(old, kind=RecordKind.SEARCHES, record_id=agency)
    clock.advance(days=366 * 2 + 1)
    look_up()
    approve(old, propose(old, kind=RecordKind.SEARCHES, record_id=agency))
    clock.advance(days=31)
    run(old)
    assert count(old, "look_up WHERE purpose = 'contact'") == 1


def test_the_job_deletes_the_bytes_of_files_too(old, clock, settings, keyring):
    store = FileStore(settings.data_dir, keyring, "request_file")
    file_id = uuid4()
    store.put(file_id, b"%PDF-1.4 invented")
    with old.asking.world.write() as uow:
        uow.session.add(
            RequestFile(
                id=file_id,
                request_id=old.request,
                name="x.pdf",
                media_type="application/pdf",
                size=17,
                sha256="0" * 64,
                added_by=uuid4(),
                added_at=uow.now,
            )
        )
    approve(old, propose(old))
    clock.advance(days=31)
    (job,) = (job for job in JOBS if job.name == "disposals")
    units = old.asking.world.units
    job.run(SimpleNamespace(settings=settings, keyring=keyring, units=units))
    assert not list(store.folder.iterdir())
    assert count(old, "person") == 0
    assert count(old, "request_file") == 0
    job.run(SimpleNamespace(settings=settings, keyring=keyring, units=units))


@pytest.mark.databases("sqlite")
def test_nothing_of_it_is_left_in_the_files_of_the_database(old, clock, engine):
    with old.asking.world.write() as uow:
        name = uow.session.execute(text("SELECT family_name FROM person")).scalar_one()
        shared = uow.session.execute(text("SELECT shared FROM disclosure")).scalar_one()
    path = engine.url.database

    def traces():
        files = [Path(path), Path(f"{path}-wal")]
        held = b"".join(one.read_bytes() for one in files)
        return held.count(bytes(name)[-32:]) + held.count(bytes(shared)[-32:])

    assert traces() >= 2
    approve(old, propose(old))
    clock.advance(days=31)
    run(old)
    assert traces() > 0  # the log still has it
    leave_no_trace(engine)
    assert traces() == 0
