"""The app as a whole: what stops its start, a database that is away, and what it weighs."""

import subprocess
import sys
import textwrap

import pytest
from flask import Blueprint, request
from sqlalchemy.exc import OperationalError

from hub.access import commands
from hub.app import create_app
from hub.config import WebSettings
from hub.kernel.actor import Role
from hub.web.guard import PolicyMissingError, policy, public_endpoint
from hub.wiring import site
from kit.hub import with_changes

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def start_with(settings, units, keyring, monkeypatch):
    """Start the app with one more page."""

    def start(mark=None):
        room = Blueprint("room", __name__)

        def page():
            return ""

        room.add_url_rule("/room", view_func=mark(page) if mark else page)
        monkeypatch.setattr(site, "BLUEPRINTS", (*site.BLUEPRINTS, room))
        return create_app(settings, units=units, keyring=keyring)

    return start


def test_a_page_without_a_policy_stops_the_start(start_with):
    with pytest.raises(PolicyMissingError, match=r"room\.page: no policy"):
        start_with()


def test_an_open_page_that_is_not_on_the_list_stops_the_start(start_with):
    with pytest.raises(PolicyMissingError, match="not in the public list"):
        start_with(public_endpoint("room:read"))


def test_a_policy_that_is_no_permission_stops_the_start(start_with):
    with pytest.raises(ValueError, match="room:read"):
        start_with(policy("room:read"))


def test_a_page_with_a_permission_starts(start_with):
    assert start_with(policy("home:read"))


def test_a_locked_database_keeps_what_was_typed(signed_in, as_role, monkeypatch):
    browser = signed_in(as_role(Role.ADMINISTRATOR))

    def locked(*args, **kwargs):
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    victim = as_role(Role.CHAIR)
    monkeypatch.setattr(commands, "set_roles", locked)
    typed = {"roles": "duty_desk", "version": "1"}
    page = browser.post("access.roles", typed, account_id=victim.account_id, status=503)
    assert "Nothing you typed is lost" in page.text
    assert int(page.response.headers["Retry-After"]) > 0
    assert page.filled()["roles"] == ["duty_desk"]


def test_a_database_that_is_away_says_so_and_stays_a_page(client, signed_in, as_role, units):
    browser = signed_in(as_role(Role.ADMINISTRATOR))

    def away(*args, **kwargs):
        raise OperationalError("connect", {}, Exception("no route to the database"))

    units.engine.pool.dispose()
    units.engine.connect = away
    units.read = units.write = away
    page = browser.get("/accounts", status=503)
    assert "no route" not in page.text


@pytest.mark.parametrize(("proxies", "believed"), [(0, "127.0.0.1"), (1, "198.51.100.7")])
def test_a_visitors_address_is_believed_from_so_many_proxies_only(
    settings, units, keyring, proxies, believed
):
    web = WebSettings(trusted_proxies=proxies)
    app = create_app(with_changes(settings, web=web), units=units, keyring=keyring)
    seen = []
    app.before_request_funcs[None].insert(0, lambda: seen.append(request.remote_addr))
    app.test_client().get("/health", headers={"X-Forwarded-For": "198.51.100.7"})
    assert seen == [believed]


def test_an_app_is_light_and_quick(settings):
    """A worker is promised to stay under 160 MB and 6 s; only its own work counts here."""
    program = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from hub.app import create_app
        from hub.config import DatabaseSettings, MailSettings, Settings
        folder = Path({str(settings.data_dir)!r})
        app = create_app(Settings("test", folder, "http://localhost",
            DatabaseSettings({settings.database.url!r}), mail=MailSettings(mailbox=folder)))
        assert app.test_client().get("/sign-in").status_code == 200
        print(time.process_time())
        status = Path("/proc/self/status").read_text()
        print(int(status.split("VmHWM:")[1].split()[0]) / 1024)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    seconds, megabytes = map(float, done.stdout.split())
    assert megabytes < 160
    assert seconds < 6
