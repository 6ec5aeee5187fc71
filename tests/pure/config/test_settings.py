"""Settings: the documented example, and what is refused, each fault with its line."""

import re
import tomllib
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hub.config import (
    SECTIONS,
    TOP,
    Settings,
    SettingsError,
    borrow_settings,
    is_loopback,
    load_settings,
    parse_settings,
)

EXAMPLE = Path(__file__).resolve().parents[3] / "config.example.toml"
NEEDED = {
    ("", "environment"),
    ("", "data_dir"),
    ("", "public_base_url"),
    ("database", "url"),
    ("mail", "mailbox"),
}
WITHOUT_DEFAULT = {("mail", "ca_file"), ("mail", "username"), ("mail", "password")}

GOOD = """\
environment = "test"
data_dir = "/data"
public_base_url = "http://127.0.0.1:8000"
[database]
url = "sqlite:////data/hub.db"
[mail]
mailbox = "/data/mailbox"
"""
PRODUCTION = """\
environment = "production"
data_dir = "/data"
public_base_url = "https://hub.example.org"
[database]
url = "postgresql+psycopg://hub@/hub"
[mail]
transport = "smtp"
host = "relay.example.org"
"""


def faults(text, environ=None):
    with pytest.raises(SettingsError) as error:
        parse_settings(text, environ or {}, name="hub.toml")
    return error.value.lines


def defaults():
    found = {}
    for section, kind in [("", Settings), *SECTIONS.items()]:
        for spec in fields(kind):
            if section or spec.name in TOP:
                found[section, spec.name] = spec.default
    return found


# --- The example ---


def test_the_example_is_good_as_it_stands():
    assert parse_settings(EXAMPLE.read_text(), {}).environment == "demonstration"


def test_the_example_has_every_setting_with_its_default():
    raw = tomllib.loads(EXAMPLE.read_text())
    said = {("", key): value for key, value in raw.items() if not isinstance(value, dict)}
    for section in SECTIONS:
        said |= {(section, key): value for key, value in raw[section].items()}
    expected = defaults()
    assert set(said) == set(expected) - WITHOUT_DEFAULT
    for where in set(said) - NEEDED:
        value = said[where]
        assert (tuple(value) if isinstance(value, list) else value) == expected[where], where
    for where in NEEDED - {("mail", "mailbox")}:
        assert expected[where] is MISSING


def test_the_example_names_what_may_be_left_out_too():
    text = EXAMPLE.read_text()
    for _, key in WITHOUT_DEFAULT:
        assert re.search(rf"^# {key} = ", text, re.MULTILINE)


def test_every_setting_of_the_example_has_its_comment():
    before = ""
    for line in EXAMPLE.read_text().splitlines():
        if re.match(r"(# )?\w+ = ", line):
            assert before.startswith("#") or re.match(r"\w+ = ", before), line
        before = line


# --- Good settings ---


def test_what_the_interfaces_promise_is_enough():
    settings = parse_settings(GOOD, {})
    assert settings.listen_address == ("127.0.0.1", 8000)
    assert settings.mail.retry_seconds == (60, 120, 240, 480, 900, 1800, 3600)
    assert not settings.is_secure_origin
    assert not settings.is_production


def test_a_sound_production_starts():
    settings = parse_settings(PRODUCTION, {})
    assert settings.is_production
    assert settings.is_secure_origin


def test_the_environment_stands_above_the_file():
    text = GOOD.replace("[mail]", '[web]\nlisten = "127.0.0.1:1"\n[mail]')
    assert parse_settings(text, {"HUB_WEB_LISTEN": "[::1]:9"}).listen_address == ("::1", 9)


def test_the_clock_of_a_test_can_be_set():
    settings = parse_settings(GOOD, {"HUB_NOW": "2026-06-01T09:00:00Z"})
    assert settings.starts_at == datetime(2026, 6, 1, 9, tzinfo=UTC)


# --- Bad settings ---


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("[mail]", "[mial]", 6, "mial: unknown section"),
        ('data_dir = "/data"', 'datadir = "/data"', 2, "datadir: unknown setting"),
        ('mailbox = "/data/mailbox"', 'malibox = "/x"', 7, "mail.malibox: unknown setting"),
        ('"test"', '"staging"', 1, "environment: must be one of production"),
        ('"/data"', '"data"', 2, "data_dir: must be an absolute path"),
        ('"/data"', "3", 2, "data_dir: must be text"),
        ("8000", "8000/", 3, "public_base_url: must be like"),
        ("http:", "ftp:", 3, "public_base_url: must be like"),
        ("sqlite:////data", "sqlite:///data", 5, "database.url: must be sqlite"),
        ("sqlite:", "mysql:", 5, "database.url: must be sqlite"),
        ("[mail]", '[web]\nlisten = "8000"\n[mail]', 7, "web.listen: must be host:port"),
        ("[mail]", '[web]\nthreads = "8"\n[mail]', 7, "web.threads: must be a whole number"),
        ("[mail]", "[web]\nthreads = -1\n[mail]", 7, "web.threads: must be a whole number"),
        ("[mail]", "[mail]\nretry_seconds = []", 7, "mail.retry_seconds: must be a list"),
        ("[mail]", "[mail]\nretry_seconds = [0]", 7, "mail.retry_seconds: must be a list"),
        ("[mail]", "[mail]\nlease_seconds = 0", 7, "mail.lease_seconds: must be 1 or more"),
        ("[mail]", '[mail]\nsender = "A <a@b.example>"', 7, "mail.sender: must be one e-mail"),
        ("[mail]", '[mail]\nsender = "a@b..example"', 7, "mail.sender: must be one e-mail"),
        ("[mail]", "[mail]\nport = 70000", 7, "mail.port: must be 65535 or less"),
        ("[mail]", "[mail]\ntimeout_seconds = 1000001", 7, "mail.timeout_seconds: must be a"),
        ("[mail]", "[directory]\nstale_after_days = 10001\n[mail]", 7, "directory.stale_after_d"),
        ("[mail]", "[web]\nthreads = 0\n[mail]", 7, "web.threads: must be 1 or more"),
        ("[mail]", '[web]\nlisten = "h:99999"\n[mail]', 7, "web.listen: must be host:port"),
        ("[mail]", '[web]\nlisten = "h:0"\n[mail]', 7, "web.listen: must be host:port"),
        ("127.0.0.1:8000", "my_host", 3, "public_base_url: must be like"),
        ("127.0.0.1:8000", "h\u00fcb.example", 3, "public_base_url: must be like"),
        ("127.0.0.1:8000", "hub.example?", 3, "public_base_url: must be like"),
        ("127.0.0.1:8000", "hub.Marac.example", 3, "public_base_url: stands in every message"),
        ("127.0.0.1:8000", "h.example/care-leavers", 3, "public_base_url: stands in every message"),
        ("sqlite:////data/hub.db", "sqlite:////", 5, "database.url: must be sqlite"),
        ("sqlite:////data/hub.db", "postgresql+psycopg://u:p@h:no/x", 5, "database.url: must be"),
        ('mailbox = "/data/mailbox"', "", 6, "mail.mailbox: missing"),
        (
            "[mail]",
            '[web]\nquick_exit_url = "javascript:go"\n[mail]',
            7,
            "web.quick_exit_url: must",
        ),
        ("/data/mailbox", "/data/\\u0000", 7, "mail.mailbox: has a character that cannot be"),
        ("[mail]", '[mail]\nusername = "hub"', 7, "mail.username: needs password beside it"),
        ("[mail]", '[mail]\npassword = "..."', 7, "mail.password: needs username beside it"),
        ("[mail]", "[sharing]\nreview_months = 0\n[mail]", 7, "sharing.review_months: must be 1"),
        ("[mail]", '[requests]\noffice_opens = "9"\n[mail]', 7, "requests.office_opens: must be a"),
        ("[mail]", "[sharing]\nconsent_review_weeks = 0\n[mail]", 7, "sharing.consent_review_w"),
        (
            "[mail]",
            "[sharing]\nconsent_attempts = 4\n[mail]",
            7,
            "sharing.consent_attempts: must be",
        ),
        ("[mail]", '[requests]\noffice_closes = "24:00"\n[mail]', 7, "requests.office_closes: mu"),
        (
            "[mail]",
            '[requests]\noffice_closes = "08:00"\n[mail]',
            7,
            "requests.office_closes: must be after office_opens",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(old, new, line, said):
    fault = faults(GOOD.replace(old, new, 1))[0]
    assert fault.startswith(f"hub.toml, line {line}: {said}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("web.threads = 'x'", "web.threads: must be a"),
        ("web = {colour = 1}", "web.colour: unknown"),
    ],
)
def test_a_fault_is_found_however_toml_writes_it(line, said):
    assert faults(f"{line}\n{GOOD}")[0].startswith(f"hub.toml, line 1: {said}")


def test_the_environment_does_not_hide_a_section_that_is_none():
    assert "web: must be a section" in faults(f"web = 3\n{GOOD}", {"HUB_WEB_LISTEN": "h:1"})[0]


def test_every_fault_is_named_at_once():
    assert len(faults("colour = 1\n[web]\nthreads = 'x'\n")) == 6


def test_what_is_missing_is_named_though_it_has_no_line():
    assert faults(GOOD.replace('environment = "test"\n', "")) == ("hub.toml: environment: missing",)


def test_what_is_no_toml_is_named():
    assert "not TOML" in faults("environment = ")[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https:", "http:", "public_base_url: must begin with https"),
        ("[mail]", '[web]\nlisten = "0.0.0.0:80"\n[mail]', "web.listen: must be on the loopback"),
        ('"smtp"', '"mailbox"\nmailbox = "/x"', "mail.transport: must be smtp"),
        ("[mail]", '[mail]\nsecurity = "none"', "mail.security: none is for this machine only"),
    ],
)
def test_production_refuses_what_is_unsafe(old, new, said):
    (fault,) = faults(PRODUCTION.replace(old, new, 1))
    assert said in fault


def test_nothing_leaves_the_machine_in_a_demonstration():
    away = PRODUCTION.replace("production", "demonstration")
    assert faults(away) == (
        "hub.toml, line 8: mail.host: must be this machine: nothing leaves it in a demonstration",
    )
    here = away.replace("relay.example.org", "127.0.0.1")
    assert parse_settings(here, {}).environment == "demonstration"


@pytest.mark.parametrize("environment", ["production", "demonstration"])
def test_only_a_test_may_set_the_clock(environment):
    text = PRODUCTION.replace("production", environment)
    found = faults(text, {"HUB_NOW": "2026-06-01T09:00:00Z"})
    assert "HUB_NOW: may be set in the test environment only" in found[0]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "noon",
        "2026-06-01",
        "2026-06-01T09:00:00",
        "2026-W23-1T09:00:00Z",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_a_clock_that_is_no_instant_is_refused(value):
    assert "HUB_NOW: must be an instant" in faults(GOOD, {"HUB_NOW": value})[0]


def test_no_file_named_is_said():
    with pytest.raises(SettingsError, match="HUB_CONFIG is not set"):
        load_settings({})


def test_the_file_is_read(tmp_path):
    path = tmp_path / "hub.toml"
    path.write_text(GOOD)
    assert load_settings({"HUB_CONFIG": str(path)}).environment == "test"
    path.write_text(f"\ufeff{GOOD}")  # as an editor on Windows saves it
    assert load_settings({"HUB_CONFIG": str(path)}).environment == "test"
    with pytest.raises(FileNotFoundError):
        load_settings({"HUB_CONFIG": str(tmp_path / "other.toml")})
    path.write_bytes(b'environment = "t\xe9st"')
    with pytest.raises(SettingsError, match="byte 16 is not UTF-8"):
        load_settings({"HUB_CONFIG": str(path)})


# --- Sections of another file ---

OWN = {"environment": "test", "data_dir": "/own", "public_base_url": "http://127.0.0.1:1"}


def borrowed(text, environ=None):
    return borrow_settings(text, environ or {}, OWN, ("database", "mail"), name="given.toml")


def test_sections_are_borrowed_and_the_rest_is_left_aside():
    settings = borrowed(PRODUCTION + "[web]\nthreads = 3\n")
    assert (settings.environment, settings.data_dir) == ("test", Path("/own"))
    assert settings.mail.host == "relay.example.org"
    assert settings.database.url == "postgresql+psycopg://hub@/hub"
    assert settings.web.threads == 8
    assert borrowed(GOOD[GOOD.index("[database]") :]).data_dir == Path("/own")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[mail]", "[mail]\ncolour = 1", "given.toml, line 7: mail.colour: unknown setting"),
        ("[mail]", "[web]\ncolour = 1\n[mail]", "given.toml, line 7: web.colour: unknown setting"),
        ("[mail]", "[mail]\nport = 0", "given.toml, line 7: mail.port: must be 1 or more"),
        ("sqlite:", "mysql:", "given.toml, line 5: database.url: must be sqlite"),
        ("[database]", "[database", "given.toml: not TOML"),
        ('[database]\nurl = "sqlite:////data/hub.db"', "", "given.toml: database.url: missing"),
    ],
)
def test_a_borrowed_fault_is_named_with_the_line_of_its_file(old, new, said):
    with pytest.raises(SettingsError) as error:
        borrowed(GOOD.replace(old, new, 1))
    (fault,) = error.value.lines
    assert fault.startswith(said)


def test_a_file_that_is_no_tests_lends_to_no_set_clock():
    with pytest.raises(SettingsError, match="HUB_NOW: may be set in the test"):
        borrowed(PRODUCTION, {"HUB_NOW": "2026-06-01T09:00:00Z"})


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing listens
        ("relay.example.org", False),
        ("192.0.2.1", False),
    ],
)
def test_what_is_this_machine(host, is_here):
    assert is_loopback(host) is is_here
