"""One URL gives an engine: SQLite in the safe settings, or PostgreSQL through psycopg."""

import logging
import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from hub.db.keyring import Keyring

WRITE = "hub_write"
"""Execution option of the engine whose transactions take SQLite's one writer's lane at once."""

BUSY_MILLISECONDS = 5000
STATEMENT_MILLISECONDS = 30_000

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
        options = f"-c statement_timeout={STATEMENT_MILLISECONDS} -c timezone=UTC"
        engine = create_engine(
            url,
            hide_parameters=True,  # an error's text names no values
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=10,
            connect_args={"options": options},
        )
    engine.dialect.hub_keyring = keyring  # type: ignore[attr-defined]  # read by the sealed column types
    return engine


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
    options: Any = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITE) else "BEGIN")
