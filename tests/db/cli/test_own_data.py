"""The commands on the hub's own data: database, account, api-key, audit; and their exit status."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from hub.access import queries
from hub.cli.main import main
from hub.db.engine import make_engine, writing
from hub.db.keyring import open_keyring
from hub.db.release import newest
from hub.kernel.actor import PUBLIC, Role, system
from hub.wiring.opening import build_units

CONFIG = """\
environment = "test"
data_dir = "{folder}/data"
public_base_url = "https://hub.example.org"
[database]
url = "{url}"
[mail]
mailbox = "{folder}/mailbox"
"""
ADMIN = ("account", "create", "--email", "Ada@hub.example.org", "--name", "Ada", "--agency", "Ex")


@pytest.fixture
def config(empty_settings, tmp_path, monkeypatch):
    path = tmp_path / "hub.toml"
    path.write_text(CONFIG.format(folder=tmp_path, url=empty_settings.database.url))
    monkeypatch.setenv("HUB_CONFIG", str(path))
    return path


@pytest.fixture
def run(capsys):
    """Run a command: exit status, standard output, standard error."""

    def run_command(*arguments):
        with pytest.raises(SystemExit) as leaving:
            main(list(arguments))
        said = capsys.readouterr()
        return leaving.value.code, said.out, said.err

    return run_command


@pytest.fixture
def ready(config, run):
    assert run("database", "upgrade")[0] == 0


@pytest.fixture
def units(empty_settings, tmp_path, ready):
    keyring = open_keyring(tmp_path / "data")
    engine = make_engine(empty_settings.database.url, keyring)
    yield build_units(empty_settings, keyring, engine=engine)
    engine.dispose()


def test_the_database_is_made_once_and_then_left_alone(config, run):
    assert run("database", "upgrade")[:2] == (0, f"from empty to {newest()}\n")
    assert run("database", "upgrade")[:2] == (0, f"already at {newest()}\n")


@pytest.mark.parametrize("command", [("audit", "verify"), ADMIN])
def test_a_database_of_no_release_is_refused_with_the_cure(config, run, command):
    status, out, err = run(*command)
    assert (status, out) == (2, "")
    assert "run `hub database upgrade`" in err


def test_the_first_administrator_gets_a_link_that_works(units, run):
    status, out, _ = run(*ADMIN)
    assert status == 0
    base, _, token = out.strip().rpartition("/")
    assert base == "https://hub.example.org/account/invitation"
    with units.read(PUBLIC) as uow:
        assert queries.live_invitation(uow, token).email == "ada@hub.example.org"
        assert queries.account_by_email(uow, "ada@hub.example.org").roles == {Role.ADMINISTRATOR}


def test_a_second_account_with_the_address_is_refused(ready, run):
    run(*ADMIN)
    status, _, err = run(*ADMIN)
    assert status == 2
    assert "already has an account" in err


@pytest.mark.parametrize(
    ("given", "instead", "why"),
    [
        ("Ada@hub.example.org", "not an address", "Enter one e-mail address"),
        ("Ada", " ", "Enter the name"),
        ("Ex", " ", "Enter the agency"),
    ],
)
def test_an_account_that_could_never_be_used_is_refused(ready, run, given, instead, why):
    assert given in ADMIN
    status, _, err = run(*[instead if word == given else word for word in ADMIN])
    assert status == 2
    assert why in err


def test_a_second_account_of_the_agency_does_not_add_it_again(units, run):
    run(*ADMIN)
    second = [word.replace("Ada", "Bea") for word in ADMIN]
    assert run(*second)[0] == 0
    with units.read(PUBLIC) as uow:
        first = queries.account_by_email(uow, "ada@hub.example.org")
        assert queries.account_by_email(uow, "bea@hub.example.org").agency_id == first.agency_id


def test_a_key_is_printed_once_and_works(units, run):
    run(*ADMIN)
    status, key, _ = run("api-key", "create", "--account", "ADA@hub.example.org", "--days", "3")
    assert status == 0
    with units.read(PUBLIC) as uow:
        assert queries.key_holder(uow.session, key.strip(), uow.now).roles == {Role.ADMINISTRATOR}
        kept = uow.session.execute(text("SELECT key_hash FROM api_key")).scalar()
    assert key.strip() not in kept


@pytest.mark.parametrize(
    "options",
    [
        ("--account", "nobody@hub.example.org", "--days", "3"),
        ("--account", "ada@hub.example.org", "--days", "0"),
        ("--account", "ada@hub.example.org", "--days", "400"),
        ("--account", "ada@hub.example.org"),
    ],
)
def test_a_key_for_nobody_or_for_ever_is_refused(ready, run, options):
    run(*ADMIN)
    status, out, err = run("api-key", "create", *options)
    assert (status, out) == (2, "")
    assert err


def test_a_whole_trail_is_ok_with_its_length_and_head(units, run):
    assert run("audit", "verify")[:2] == (0, f"ok 0 {'0' * 64}\n")
    run(*ADMIN)
    status, out, _ = run("audit", "verify")
    with units.read(system("test")) as uow:
        number, mark = uow.session.execute(text("SELECT number, mark FROM audit_head")).one()
    assert (status, out) == (0, f"ok {number} {mark}\n")
    assert number > 0


def test_a_cut_trail_is_bad_where_it_is_cut(units, run, empty_settings):
    run(*ADMIN)
    is_sqlite = empty_settings.database.url.startswith("sqlite")
    with writing(units.engine).begin() as connection:
        drop = (
            "DROP TRIGGER audit_entry_delete"
            if is_sqlite
            else ("DROP TRIGGER audit_entry_change ON audit_entry")
        )
        connection.execute(text(drop))
        connection.execute(text("DELETE FROM audit_entry WHERE number = 2"))
    assert run("audit", "verify")[:2] == (1, "bad 2: missing\n")


# --- Exit status ---


def test_settings_that_are_wrong_are_two(run, tmp_path, monkeypatch):
    path = tmp_path / "hub.toml"
    path.write_text("colour = 1\n")
    monkeypatch.setenv("HUB_CONFIG", str(path))
    status, _, err = run("audit", "verify")
    assert status == 2
    assert f"error: -: -: {path}, line 1: colour: unknown setting\n" in err
    monkeypatch.delenv("HUB_CONFIG")
    assert run("audit", "verify")[0] == 2


def test_settings_that_are_not_there_are_three(run, tmp_path, monkeypatch):
    monkeypatch.setenv("HUB_CONFIG", str(tmp_path / "other.toml"))
    assert run("audit", "verify")[0] == 3


@pytest.mark.databases("sqlite")
def test_a_database_that_is_away_is_three(config, run, tmp_path):
    text_ = config.read_text().replace(f"{tmp_path}/hub.db", f"{tmp_path}/no/such/hub.db")
    config.write_text(text_)
    status, _, err = run("audit", "verify")
    assert status == 3
    assert err.startswith("error: -: -: unable to open database file")


@pytest.mark.databases("sqlite")
def test_keys_that_others_may_read_are_two(ready, run, tmp_path):
    (tmp_path / "data" / "hub.keys").chmod(0o644)
    status, _, err = run("audit", "verify")
    assert status == 2
    assert "chmod 600" in err


@pytest.mark.databases("sqlite")
def test_an_altered_anchor_is_found(ready, run, tmp_path):
    run(*ADMIN)
    assert run("audit", "verify")[0] == 0
    (tmp_path / "data" / "audit.anchor").write_text("{}")
    assert run("audit", "verify")[0] == 1


def test_an_unknown_command_is_two(run):
    assert run("nonsense")[0] == 2


def test_a_return_is_written_for_an_area_by_name(ready, run, units, tmp_path):
    output = tmp_path / "return.csv"
    asked = ("marac", "return", "--output", str(output), "--quarter", "2020Q2", "--area")
    assert run(*asked, "Nowhere")[::2] == (2, "error: -: area: there is no area of this name\n")
    with units.write(system("test")) as uow:
        uow.session.execute(
            text("INSERT INTO area (id, name) VALUES (:id, 'Testshire')"), {"id": uuid4().hex}
        )
    assert run(*asked, "testshire")[0] == 0
    assert output.read_bytes().startswith(b"\xef\xbb\xbfArea,What,From,To,Cases discussed")
    assert b"Testshire,Quarter,2020-04-01,2020-06-30,withheld" in output.read_bytes()
    assert run(*asked, "Testshire", "--part", "agencies")[0] == 0
    assert b"Care-experienced people,All agencies" in output.read_bytes()
    begun = ("marac", "return", "--output", str(output), "--area", "Testshire", "--quarter")
    assert "is not over" in run(*begun, "2999Q4")[2]
    wrong = ("marac", "return", "--output", str(output), "--area", "Testshire", "--quarter", "Q2")
    assert run(*wrong)[::2] == (2, "error: -: quarter: write a quarter like 2026Q3\n")
