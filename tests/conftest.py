"""What every test may ask for; the tools themselves are in tests/kit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from kit import chromium as browsers
from kit import postgres
from kit.missing import cannot_have
from kit.network import stay_at_home

DATABASES = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers of this suite, and let no example fail for being slow on a busy machine."""
    config.addinivalue_line(
        "markers", "databases(*kinds): run on these databases only, of sqlite and postgresql"
    )
    settings.register_profile("hub", deadline=None)
    settings.load_profile("hub")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that needs a database, directly or not, on both kinds or on those it names."""
    if "database_kind" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("databases")
        kinds = marker.args if marker else DATABASES
        metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session", autouse=True)
def _at_home() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        stay_at_home(patch)
        yield


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """Return "sqlite" or "postgresql", in turn; the latter has a server when this is reached."""
    kind: str = request.param
    if kind == "postgresql":
        try:
            postgres.server_url()
        except postgres.NoServerError as error:
            cannot_have("PostgreSQL", str(error))
    return kind


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a new, empty database of either kind; it goes after the test."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'hub.db'}"
        return
    url = postgres.fresh_database()
    yield url
    postgres.drop_database(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the running browser; make a context of your own in it."""
    try:
        opened = browsers.launch()
        browser = opened.__enter__()
    except browsers.NoBrowserError as error:
        cannot_have("a browser", str(error))
    yield browser
    opened.__exit__(None, None, None)
