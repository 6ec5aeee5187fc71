"""A whole hub for tests: settings, keys, a clock that stands still, a database, the app.

A folder of tests that wants these fixtures names them in its conftest.py:
``from kit.hub import *``.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine

from hub.access import commands, queries, sessions, sign_in
from hub.access.passwords import passwords
from hub.app import create_app
from hub.config import DatabaseSettings, LookUpSettings, MailSettings, Settings
from hub.db.engine import make_engine, writing
from hub.db.keyring import Keyring
from hub.db.units import Units
from hub.kernel.actor import Actor, Role, system
from hub.kernel.ids import Ids
from hub.wiring.opening import build_units
from kit import postgres
from kit.pages import PageClient
from migrations import append_only
from migrations.metadata import METADATA

__all__ = [
    "app",
    "as_role",
    "browser",
    "client",
    "clock",
    "empty_settings",
    "engine",
    "keyring",
    "settings",
    "sign_in_browser",
    "signed_in",
    "units",
]

PASSWORD = "three random words here"
MONDAY_MORNING = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TEST_KEYS = Keyring(*[bytes([number]) * 32 for number in range(1, 6)])
AGENCY = UUID("a0000000-0000-4000-8000-000000000001")


# An app is made for nearly every test of a page; its templates need compiling only once.
TEMPLATES = Path(tempfile.gettempdir()) / "hub-test-templates"
TEMPLATES.mkdir(exist_ok=True, mode=0o700)
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(TEMPLATES))}


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = MONDAY_MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the instant (UTC) at which the clock stands."""
        return self.at

    def advance(self, **by: float) -> None:
        """Move the clock on, by the keywords of ``timedelta``."""
        self.at += timedelta(**by)

    def set(self, at: datetime) -> None:
        """Put the clock to an instant."""
        self.at = at.astimezone(UTC)


@cache
def _template(kind: str) -> str:
    """Return the URL of a database of the kind with the schema in it, made once a process."""
    if kind == "postgresql":
        url = postgres.fresh_database()
    else:
        folder = tempfile.mkdtemp(prefix="hub-template-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        url = f"sqlite:///{folder}/hub.db"
    engine = make_engine(url, TEST_KEYS)
    with writing(engine).begin() as connection:
        METADATA.create_all(connection)  # tests/migrations holds the climbed schema against this
        steps = Operations(MigrationContext.configure(connection))
        append_only.install(steps)
        for table in append_only.KEPT:
            append_only.keep(steps, table)
    engine.dispose()  # SQLite folds its log into the file, and PostgreSQL copies no open database
    return url


def new_database(kind: str, folder: Path) -> str:
    """Return the URL of a fresh copy of the schema; end it with ``end_database``."""
    template = _template(kind)
    if kind == "postgresql":
        return postgres.fresh_database(template)
    path = folder / "hub.db"
    shutil.copyfile(template.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


def end_database(url: str) -> None:
    """Drop a database of ``new_database``; a file goes with its folder."""
    if url.startswith("postgresql"):
        postgres.drop_database(url)


def test_settings(url: str, folder: Path) -> Settings:
    """Return settings of the test environment with database and mailbox there."""
    return Settings(
        environment="test",
        data_dir=folder,
        public_base_url="http://localhost",
        database=DatabaseSettings(url),
        mail=MailSettings(mailbox=folder / "mailbox"),
        look_ups=LookUpSettings(sample_percent=0),  # a test knows what is flagged
    )


test_settings.__test__ = False  # type: ignore[attr-defined]  # a tool, which pytest must not collect


@pytest.fixture
def settings(database_kind: str, tmp_path: Path) -> Iterator[Settings]:
    """Return settings with a database that has the schema and nothing else."""
    url = new_database(database_kind, tmp_path)
    yield test_settings(url, tmp_path)
    end_database(url)


@pytest.fixture
def empty_settings(database_url: str, tmp_path: Path) -> Settings:
    """Return settings with a database that has not even the schema."""
    return test_settings(database_url, tmp_path)


@pytest.fixture
def keyring() -> Keyring:
    """Return the keys of every test."""
    return TEST_KEYS


@pytest.fixture
def clock() -> FixedClock:
    """Return the clock of the test's hub: Monday 1 June 2026, 10 in the morning in London."""
    return FixedClock()


@cache
def _first_of_its_kind(kind: str) -> Engine:
    made = make_engine(_template(kind), TEST_KEYS)
    made.connect().close()  # so that its dialect knows which server it speaks to
    made.dispose()  # PostgreSQL copies no open database
    return made


def _share_statements(made: Engine) -> None:
    """Let an engine go on with the statements that earlier tests of the process compiled.

    A process of the product compiles each once; every test anew would be a fifth of its time.
    """
    first = _first_of_its_kind(made.dialect.name)
    made.dialect = first.dialect
    made._compiled_cache = first._compiled_cache


@pytest.fixture
def engine(settings: Settings, keyring: Keyring) -> Iterator[Engine]:
    """Return the engine of the test's database."""
    made = make_engine(settings.database.url, keyring)
    _share_statements(made)
    yield made
    made.dispose()


@pytest.fixture
def units(settings: Settings, keyring: Keyring, engine: Engine, clock: FixedClock) -> Units:
    """Return the opener of units, wired as in the product; ids repeat themselves."""
    return build_units(settings, keyring, engine=engine, clock=clock, ids=Ids("tests"))


class AtHand:
    """Stands for what the test at hand has, so that one app serves all tests of a process.

    Putting an app together costs more than most tests; a test that must have its own, or changes
    the app itself, calls ``create_app``.
    """

    _now: Any = None

    def take(self, thing: object) -> None:
        """Stand for the thing from now on."""
        self._now = thing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._now, name)


UNITS_AT_HAND, SETTINGS_AT_HAND = AtHand(), AtHand()


@cache
def _shared_app() -> Flask:
    made = create_app(
        cast("Settings", SETTINGS_AT_HAND), units=cast("Units", UNITS_AT_HAND), keyring=TEST_KEYS
    )
    made.testing = True
    return made


@pytest.fixture
def app(settings: Settings, units: Units) -> Flask:
    """Return the app on the test's units and settings; do not change the app itself."""
    UNITS_AT_HAND.take(units)
    SETTINGS_AT_HAND.take(settings)
    return _shared_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without scripts, in which nobody is signed in."""
    return app.test_client()


@dataclass(frozen=True)
class RoleMaker:
    """Makes accounts; called with roles it returns somebody who has them."""

    units: Units

    def __call__(
        self,
        *roles: Role,
        agency_id: UUID = AGENCY,
        contact_id: UUID | None = None,
        name: str = "Robin Example",
        email: str | None = None,
    ) -> Actor:
        """Make an account with the roles and return it as an actor; its password is PASSWORD."""
        cmd = commands.InviteAccount(
            name=name,
            email=email or f"{uuid4().hex[:12]}@agency.example.org",
            agency_id=agency_id,
            contact_id=contact_id,
            roles=frozenset(roles),
        )
        with self.units.write(system("test")) as uow:
            kept = passwords("test").hash(PASSWORD)
            account_id = commands.add_account(cmd, password_hash=kept, uow=uow)
        with self.units.read(system("test")) as uow:
            return queries.actor_of(uow, account_id)


@pytest.fixture
def as_role(units: Units) -> RoleMaker:
    """Return the maker of accounts: ``as_role(Role.CHAIR)`` is a chair."""
    return RoleMaker(units)


def sign_in_as(client: FlaskClient, actor: Actor, units: Units) -> None:
    """Sign the actor in without the sign-in page."""
    with units.write(actor) as uow:
        token = sign_in.start_session(actor.account_id, uow=uow)
    with client.session_transaction() as session:
        session[sessions.TOKEN] = token


@dataclass(frozen=True)
class SignIn:
    """Signs somebody in without the sign-in page: ``browser = signed_in(actor)``."""

    browser: PageClient
    units: Units

    def __call__(self, actor: Actor) -> PageClient:
        """Sign the actor in and return the browser."""
        sign_in_as(self.browser.client, actor, self.units)
        return self.browser


@pytest.fixture
def sign_in_browser(client: FlaskClient, units: Units) -> Callable[[Actor], FlaskClient]:
    """Return the function that makes ``client`` somebody's and returns it."""

    def sign_in_client(actor: Actor) -> FlaskClient:
        sign_in_as(client, actor, units)
        return client

    return sign_in_client


@pytest.fixture
def browser(app: Flask, client: FlaskClient) -> PageClient:
    """Return ``client`` as a browser that reviews each page."""
    return PageClient(app, client)


@pytest.fixture
def signed_in(browser: PageClient, units: Units) -> SignIn:
    """Return the function that makes ``browser`` somebody's."""
    return SignIn(browser, units)


def with_changes(settings: Settings, **changes: object) -> Settings:
    """Return the settings with some values replaced."""
    return replace(settings, **changes)  # type: ignore[arg-type]  # any of the settings
