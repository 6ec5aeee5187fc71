"""The unit of work: one commit, everybody hears, reading never writes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError, OperationalError, StatementError

from hub.agencies.models import Agency, Area
from hub.db.engine import make_engine
from hub.db.units import GetMustNotWriteError, Sinks, Units
from hub.kernel.actor import PUBLIC, system
from hub.kernel.events import Event
from kit.hub import MONDAY_MORNING

HUB = system("test")


@dataclass(frozen=True, kw_only=True)
class Said(Event):
    thing_id: UUID
    what: str


@pytest.fixture
def heard():
    return []


@pytest.fixture
def wired(engine, clock, heard):
    """Units with a reaction, a settler and a recorder of these tests' own."""

    def react(uow, event):
        heard.append(("reaction", event.what))
        if event.what == "first":
            uow.emit(Said(thing_id=event.thing_id, what="second"))

    def settle(uow, events):
        heard.append(("settler", tuple(event.what for event in events)))
        if any(event.what == "second" for event in events):
            uow.emit(Said(thing_id=events[0].thing_id, what="third"))

    def record(uow, events):
        heard.append(("recorder", tuple(event.what for event in events)))

    return Units(engine, clock, Sinks([react], [settle], [record]))


def areas(units):
    with units.read(PUBLIC) as uow:
        return set(uow.session.scalars(select(Area.name)))


def test_what_is_written_is_there_afterwards(units):
    with units.write(HUB) as uow:
        uow.session.add(Area(id=uow.new_id(), name="Testshire"))
    assert areas(units) == {"Testshire"}


def test_what_raises_is_undone_whole(units):
    with pytest.raises(ZeroDivisionError), units.write(HUB) as uow:
        uow.session.add(Area(id=uow.new_id(), name="Testshire"))
        uow.session.flush()
        raise ZeroDivisionError
    assert areas(units) == set()


def test_everybody_hears_until_nobody_has_more_to_say_and_it_is_recorded_once(wired, heard):
    with wired.write(HUB) as uow:
        uow.emit(Said(thing_id=uuid4(), what="first"))
    assert heard == [
        ("reaction", "first"),
        ("reaction", "second"),
        ("settler", ("first", "second")),
        ("reaction", "third"),
        ("settler", ("third",)),
        ("recorder", ("first", "second", "third")),
    ]


def test_a_reaction_that_fails_undoes_its_cause(engine, clock):
    def react(uow, event):
        raise ZeroDivisionError

    units = Units(engine, clock, Sinks([react]))
    with pytest.raises(ZeroDivisionError), units.write(HUB) as uow:
        uow.session.add(Area(id=uow.new_id(), name="Testshire"))
        uow.emit(Said(thing_id=uuid4(), what="first"))
    assert areas(units) == set()


def test_a_reading_unit_refuses_to_write(units):
    with pytest.raises(GetMustNotWriteError), units.read(HUB) as uow:
        uow.session.add(Area(id=uow.new_id(), name="Testshire"))
    with pytest.raises(GetMustNotWriteError), units.read(HUB) as uow:
        uow.session.add(Area(id=uow.new_id(), name="Testshire"))
        uow.session.flush()
    assert areas(units) == set()


def test_a_reading_unit_cannot_write_past_its_session_either(units):
    with units.write(HUB) as uow:
        uow.session.add(Area(id=uow.new_id(), name="Testshire"))
    with pytest.raises(DatabaseError, match="(?i)read-?only"), units.read(HUB) as uow:
        uow.session.execute(update(Area).values(name="Elsewhere"))
    with units.write(HUB) as uow:  # the same connection may, in a writing unit
        uow.session.execute(update(Area).values(name="Othershire"))
    assert areas(units) == {"Othershire"}


def test_a_unit_has_one_instant_and_its_day_in_london(units, clock):
    clock.set(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    with units.read(HUB) as uow:
        clock.advance(hours=1)
        assert uow.now == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
        assert uow.today.isoformat() == "2026-07-01"


def test_check_then_write_cannot_interleave(units):
    """Eight threads each add the one area of that name, if it is not there yet."""

    def add_once(_):
        with units.write(HUB) as uow:
            uow.alone("area Testshire")
            if not uow.session.scalar(select(Area.id).where(Area.name == "Testshire")):
                uow.session.add(Area(id=uow.ids.new(), name="Testshire"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_once, range(24)))
    assert areas(units) == {"Testshire"}


@pytest.mark.databases("sqlite")
def test_sqlite_is_set_up_to_lose_nothing(engine):
    with engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


@pytest.mark.databases("sqlite")
def test_a_locked_database_is_an_operational_error_and_not_a_wait_for_ever(
    engine, units, monkeypatch, settings, keyring, clock
):
    monkeypatch.setattr("hub.db.engine.BUSY_MILLISECONDS", 50)
    impatient = Units(make_engine(settings.database.url, keyring), clock, Sinks())
    with (
        units.write(HUB),
        pytest.raises(OperationalError, match="locked"),
        impatient.write(HUB),
    ):
        pass
    impatient.engine.dispose()


# --- Column types ---


def test_an_instant_comes_back_in_utc_whatever_its_zone_was(units):
    there = MONDAY_MORNING.astimezone(timezone(timedelta(hours=5)))
    with units.write(HUB) as uow:
        uow.session.add(Agency(id=uow.new_id(), name="A", kind="other", suspended_at=there))
    with units.read(HUB) as uow:
        found = uow.session.scalar(select(Agency.suspended_at))
    assert (found, found.tzinfo) == (MONDAY_MORNING, UTC)


def test_an_instant_without_a_zone_is_refused(units):
    naive = MONDAY_MORNING.replace(tzinfo=None)
    with pytest.raises(StatementError, match="zone"), units.write(HUB) as uow:
        uow.session.execute(update(Agency).values(suspended_at=naive))


def test_rows_that_refer_to_nothing_are_refused(units):
    with pytest.raises(Exception, match="(?i)foreign key"), units.write(HUB) as uow:
        uow.session.execute(
            text("INSERT INTO account_role (account_id, role) VALUES (:id, 'chair')"),
            {"id": "0" * 32},
        )
