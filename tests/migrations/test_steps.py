"""The steps of the schema climb and descend, and end where the models say, on both databases."""

import shutil
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from hub.db import release
from hub.db.engine import make_engine, writing
from hub.db.upgrade import downgrade, settings_of_steps, upgrade
from kit.hub import TEST_KEYS
from migrations import append_only
from migrations.metadata import METADATA


@pytest.fixture
def engine(database_url):
    made = make_engine(database_url, TEST_KEYS)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def steps():
    return ScriptDirectory.from_config(settings_of_steps())


def tables(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


@contextmanager
def context_on(engine):
    with engine.connect() as connection:
        yield MigrationContext.configure(connection, opts={"compare_type": True})


def test_the_schema_at_the_top_is_what_the_models_say(engine):
    upgrade(engine)
    with context_on(engine) as context:
        assert compare_metadata(context, METADATA) == []


def test_every_step_goes_up_down_and_up_again(engine, steps):
    climb = [step.revision for step in reversed(list(steps.walk_revisions()))]
    for below, revision in zip(["base", *climb], climb, strict=False):
        upgrade(engine, to=revision)
        up = tables(engine)
        downgrade(engine, to=below)
        upgrade(engine, to=revision)
        assert tables(engine) == up
    downgrade(engine, to="base")
    assert tables(engine) == set()
    assert release.revision(engine) is None
    upgrade(engine)
    assert release.revision(engine) == release.newest()


def test_climbing_again_changes_nothing(engine):
    assert upgrade(engine) == (None, release.newest())
    assert upgrade(engine) == (release.newest(), release.newest())


def test_the_newest_by_its_file_is_the_head_of_the_steps(steps):
    assert steps.get_heads() == [release.newest()]


def test_steps_are_numbered_without_a_gap(steps):
    numbers = sorted(step.revision for step in steps.walk_revisions())
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]


def test_a_database_of_another_release_is_named_with_the_cure(engine):
    with pytest.raises(release.NotThisReleaseError, match="is empty.*hub database upgrade"):
        release.require_newest(engine)
    upgrade(engine)
    release.require_newest(engine)
    with writing(engine).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(release.NotThisReleaseError, match="revision 9999.*hub database upgrade"):
        release.require_newest(engine)


def test_the_climbed_trail_is_append_only(engine):
    upgrade(engine)
    columns = "at, actor, verb, subject_kind, subject_id, facts, previous, mark"
    with writing(engine).begin() as connection:
        values = ", ".join("''" for _ in columns.split(","))
        connection.execute(
            text(f"INSERT INTO audit_entry (number, {columns}) VALUES (1, {values})")
        )
    for statement in ("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            writing(engine).begin() as connection,
        ):
            connection.execute(text(statement))


def test_in_a_climbed_schema_a_record_that_is_kept_cannot_be_changed(engine):
    upgrade(engine)
    for table in append_only.KEPT:
        column = next(iter(METADATA.tables[table].columns)).name
        change = text(f"UPDATE {table} SET {column} = {column}")
        if engine.dialect.name == "sqlite":
            triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            with engine.begin() as connection:
                assert f"{table}_update" in connection.scalars(triggers).all()
            continue  # SQLite refuses row by row, and there is none
        with (
            pytest.raises(DatabaseError, match="append-only"),
            writing(engine).begin() as connection,
        ):
            connection.execute(change)


def test_a_step_that_fails_leaves_the_schema_as_it_was(engine, monkeypatch, tmp_path):
    upgrade(engine)
    before = tables(engine)
    copy = tmp_path / "migrations"
    shutil.copytree(release.FOLDER, copy)
    (copy / "versions" / "9000_broken.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f"revision, down_revision = '9000', {release.newest()!r}\n"
        "def upgrade():\n"
        "    op.create_table('half', sa.Column('id', sa.Integer, primary_key=True))\n"
        "    raise ZeroDivisionError\n"
        "def downgrade():\n"
        "    op.drop_table('half')\n"
    )
    monkeypatch.setattr("hub.db.upgrade.FOLDER", copy)
    with pytest.raises(ZeroDivisionError):
        upgrade(engine)
    assert tables(engine) == before
