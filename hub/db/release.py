"""Knowing whether a database is at this release, without loading what brings it there."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


class NotThisReleaseError(Exception):
    """The database's schema is not this release's; the text says what to run."""


def newest() -> str:
    """Return the revision that this release needs.

    Files are numbered, so that a web process need not load Alembic to know.
    """
    return max(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def revision(engine: Engine) -> str | None:
    """Return the revision that the database is at; None for an empty one."""
    with engine.connect() as connection:
        return revision_on(connection)


def require_newest(engine: Engine) -> None:
    """Go on only with a database of this release. Raises NotThisReleaseError."""
    found = revision(engine)
    if found != newest():
        state = "is empty" if found is None else f"is at revision {found}"
        raise NotThisReleaseError(
            f"the database {state}, this release needs {newest()}: run `hub database upgrade`"
        )


def revision_on(connection: Connection) -> str | None:
    """Return the revision that the database is at, as this transaction sees it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
