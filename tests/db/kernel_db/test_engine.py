"""Connections: those that lay idle are tried, those that read stand alone or see one state."""

import psycopg
import pytest
from sqlalchemy import event, func, make_url, select, text

from hub.agencies.models import Area
from hub.db import engine as engines
from hub.kernel.actor import system


def end_all_connections(url):
    """End every connection to a database, as the server's own restart would."""
    address = make_url(url)
    dsn = address.set(drivername="postgresql", database="postgres")
    with psycopg.connect(dsn.render_as_string(hide_password=False), autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            (address.database,),
        )


@pytest.fixture
def engine(settings, keyring):
    """Return an engine that shares nothing with those of other tests."""
    made = engines.make_engine(settings.database.url, keyring)
    yield made
    made.dispose()


@pytest.fixture
def pings(engine, monkeypatch):
    """Return the list of pings to come."""
    made = []
    ping = engine.dialect.do_ping
    monkeypatch.setattr(engine.dialect, "do_ping", lambda each: made.append(each) or ping(each))
    return made


def ask(engine):
    with engine.connect() as connection:
        return connection.scalar(text("SELECT 7"))


@pytest.mark.databases("postgresql")
def test_a_connection_that_was_ended_while_idle_is_made_anew(engine, settings, monkeypatch):
    monkeypatch.setattr(engines, "IDLE_SECONDS", 0.0)
    for _ in range(2):
        assert ask(engine) == 7
        end_all_connections(settings.database.url)
    assert ask(engine) == 7


@pytest.mark.databases("postgresql")
def test_a_connection_just_used_is_not_tried_again(engine, pings, monkeypatch):
    made = []
    event.listen(engine, "connect", lambda *_: made.append(1))
    for _ in range(3):
        assert ask(engine) == 7
    assert (len(made), pings) == (1, [])

    monkeypatch.setattr(engines, "IDLE_SECONDS", 0.0)
    assert ask(engine) == 7
    assert (len(made), len(pings)) == (1, 1)


@pytest.mark.databases("postgresql")
def test_a_statement_that_reads_often_is_prepared_once(engine):
    for _ in range(7):
        assert ask(engine) == 7
    with engine.connect() as connection:
        kept = connection.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert "SELECT 7" in kept


def test_who_asks_for_one_state_sees_nothing_that_comes_meanwhile(engine, units):
    areas = select(func.count()).select_from(Area)
    with engines.of_one_state(engine).connect() as connection:
        before = connection.scalar(areas)
        with units.write(system("test")) as uow:
            uow.session.add(Area(id=uow.new_id(), name="Testshire"))
        assert connection.scalar(areas) == before
    with engine.connect() as connection:
        assert connection.scalar(areas) == before + 1
