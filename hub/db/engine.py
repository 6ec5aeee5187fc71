"""One URL gives an engine: SQLite in the safe settings, or PostgreSQL through psycopg."""

import logging
import sqlite3
import time
from functools import partial
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from hub.db.keyring import Keyring

WRITE, ONE_STATE = "hub_write", "hub_one_state"
REPEATABLE_READ = 3  # the driver's number: it is loaded only where there is such a database

BUSY_MILLISECONDS = 5000
STATEMENT_MILLISECONDS = 30_000
IDLE_SECONDS = 1.0
RETURNED = "hub_returned"
"""Where a connection keeps when it came back to the pool, by the monotonic clock."""

# At its finer levels the library logs rows, opened by the sealed types: names in plain words. No
# level that anybody sets may bring that about.
logging.getLogger("sqlalchemy.engine.Engine").addFilter(
    lambda record: record.levelno >= logging.WARNING
)


def make_engine(url: str, keyring: Keyring) -> Engine:
    """Return the engine for ``sqlite:///path`` or ``postgresql+psycopg://...``.

    Raises sqlalchemy.exc.ArgumentError for anything else.
    """
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url, hide_parameters=True, connect_args={"timeout": BUSY_MILLISECONDS / 1000}
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        options = (
            f"-c statement_timeout={STATEMENT_MILLISECONDS} -c timezone=UTC"
            " -c default_transaction_read_only=on"
        )
        engine = create_engine(
            url,
            hide_parameters=True,  # an error's text names no values
            pool_size=10,
            max_overflow=10,
            connect_args={"options": options},
        )
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "checkin", _note_return)
        event.listen(engine, "checkout", partial(_try_if_idle, engine.dialect))
    engine.dialect.hub_keyring = keyring  # type: ignore[attr-defined]  # read by the sealed column types
    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine of the same database that may write to it: all others can only read."""
    return engine.execution_options(**{WRITE: True})


def of_one_state(engine: Engine) -> Engine:
    """Return the engine of the same database in whose connections all statements see one state."""
    return engine.execution_options(**{ONE_STATE: True})


def leave_no_trace(engine: Engine) -> None:
    """Let deleted rows leave SQLite's log as well: what was deleted is nowhere in its files then.

    A reader of that moment puts it off until the next time; PostgreSQL's vacuum sees to its own.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.rollback()  # a checkpoint stands outside of a transaction
            driver.execute("PRAGMA query_only=0")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _note_return(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info[RETURNED] = time.monotonic()


def _try_if_idle(
    dialect: Dialect, connection: DBAPIConnection, record: ConnectionPoolEntry, _: object
) -> None:
    """Try a connection that lay idle before it is used, for the server may have gone meanwhile.

    Not each time: a page takes three or four, and a trial costs a round trip to the server.

    Raises InvalidatePoolError, upon which the pool makes new connections.
    """
    if time.monotonic() - record.info.get(RETURNED, time.monotonic()) < IDLE_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _set_up_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """Make commits durable, deletions real and foreign keys binding.

    synchronous=FULL because an acknowledged concern must survive a power cut.
    """
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin; a writing unit takes the lock at once, so that check-then-write cannot interleave."""
    writes = bool(connection.get_execution_options().get(WRITE))
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA query_only={not writes:d}")
    if writes:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # it may wait for another writer, in vain
    else:
        driver.execute("BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Let statements that only read stand alone, unless all must see one state.

    In the server's usual isolation each sees its own state of the database anyway. What is spared
    is more than BEGIN and ROLLBACK: after the latter the driver forgets every prepared statement.
    """
    options = connection.get_execution_options()
    writes, one_state = bool(options.get(WRITE)), bool(options.get(ONE_STATE))
    driver: Any = connection.connection.driver_connection
    driver.autocommit = not (writes or one_state)
    driver.read_only = not writes
    driver.isolation_level = REPEATABLE_READ if one_state else None
