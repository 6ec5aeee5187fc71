"""A server that went away meanwhile: connections that lay idle are tried before they are used."""

import psycopg
import pytest
from sqlalchemy import event, make_url, text

from hub.db import engine as engines


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
