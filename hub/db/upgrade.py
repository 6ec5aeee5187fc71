"""Bringing a database to this release.

The steps are Alembic's, in ``migrations/``; they are called from here, on our own connection, in
one transaction: an interrupted upgrade leaves the old schema.
"""

from collections.abc import Generator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from hub.db.engine import writing
from hub.db.release import FOLDER, revision_on

ONE_AT_A_TIME = 8_117_026
"""The number under which PostgreSQL lets one upgrade run at a time."""


def upgrade(engine: Engine, *, to: str = "head") -> tuple[str | None, str | None]:
    """Climb to a revision, the newest unless named; returns the revisions before and after.

    Run again, it changes nothing.
    """
    return _move(engine, up=True, to=to)


def downgrade(engine: Engine, *, to: str) -> tuple[str | None, str | None]:
    """Descend to a revision (``base`` for an empty database); returns before and after."""
    return _move(engine, up=False, to=to)


def settings_of_steps() -> Config:
    """Return what Alembic must know: where the steps are."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("prepend_sys_path", str(FOLDER.parent))
    config.set_main_option("path_separator", "os")
    return config


def _move(engine: Engine, *, up: bool, to: str) -> tuple[str | None, str | None]:
    with writing(engine).connect() as connection, _loose_keys(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": ONE_AT_A_TIME})
        before = revision_on(connection)
        config = settings_of_steps()
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, to)
        _require_whole(connection)
        return before, revision_on(connection)


@contextmanager
def _loose_keys(connection: Connection) -> Generator[None]:
    """Let SQLite drop a table that others refer to, because it changes one by copying it.

    It can be told so only outside a transaction, and so around it.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _require_whole(connection: Connection) -> None:
    """Refuse an upgrade after which a row refers to nothing. Raises RuntimeError."""
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise RuntimeError(f"a row of {broken[0]} refers to nothing after this step")
