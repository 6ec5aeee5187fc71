"""The tools that the tests stand on: PostgreSQL, browser, no way out, naming what is missing."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text

from kit import missing, postgres
from kit.network import ReachedOutError

ROOT = Path(__file__).resolve().parents[2]


def tables(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.scalars(
            text("select tablename from pg_tables where schemaname = 'public'")
            if engine.dialect.name == "postgresql"
            else text("select name from sqlite_master")
        ).all()
    engine.dispose()
    return list(found)


def make_table(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("create table thing (id integer)"))
    engine.dispose()


def test_a_test_database_is_empty_and_its_own(database_url: str, database_kind: str) -> None:
    assert database_url.startswith(database_kind)
    assert tables(database_url) == []
    make_table(database_url)
    assert tables(database_url) == ["thing"]


@pytest.mark.databases("postgresql")
def test_a_database_can_be_copied_and_dropped(database_url: str) -> None:
    make_table(database_url)
    copy = postgres.fresh_database(template=database_url)
    assert tables(copy) == ["thing"]
    postgres.drop_database(copy)
    with pytest.raises(Exception, match="does not exist"):
        tables(copy)


@pytest.mark.databases("postgresql")
def test_a_killed_test_process_leaves_no_server_behind(database_url: str) -> None:
    assert database_url
    program = "from kit import postgres; print(postgres.server_url(), flush=True); input()"
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    folder = Path(process.stdout.readline().strip().partition("host=")[2])
    assert (folder / "data" / "postmaster.pid").exists()

    process.send_signal(signal.SIGKILL)
    process.communicate()

    waited = time.monotonic()
    while folder.exists():
        assert time.monotonic() - waited < 20, f"{folder} is still there"
        time.sleep(0.05)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(folder), user="postgres", dbname="postgres")


def test_the_browser_draws_a_page(chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto("data:text/html,<title>Here</title><h1 style='background:navy'>Drawn</h1>")
    assert page.title() == "Here"
    picture = page.screenshot()
    page.goto("data:text/html,<title>Here</title>")
    assert picture.startswith(b"\x89PNG")
    assert picture != page.screenshot()
    context.close()


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as outward, pytest.raises(ReachedOutError, match="192"):
        outward.connect(("192.0.2.1", 25))


@pytest.mark.parametrize(
    ("ci", "outcome"),
    [("", pytest.skip.Exception), ("true", pytest.fail.Exception), ("1", pytest.fail.Exception)],
)
def test_what_is_missing_is_noted_and_fails_in_ci(
    ci: str, outcome: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "missing.txt"
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv(missing.NOTED, str(noted))
    with pytest.raises(outcome, match="a unicorn"):
        missing.cannot_have("a unicorn", "none\nwas found")
    assert noted.read_text() == "a unicorn\tnone was found\n"
