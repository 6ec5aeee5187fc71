"""Bringing a database to this release.

The steps are Alembic's, in ``migrations/``; they are called from here, on our own connection, in
one transaction: an interrupted upgrade leaves the old schema.
"""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

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
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": ONE_AT_A_TIME})
        before = revision_on(connection)
        config = settings_of_steps()
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, to)
        return before, revision_on(connection)
