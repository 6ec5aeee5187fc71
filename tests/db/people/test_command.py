"""``hub register import``, as it is called."""

import pytest
from sqlalchemy import func, select

from hub.cli import opening
from hub.cli.main import main
from hub.kernel.actor import system
from hub.people.models import Person
from hub.people.rules.sheet import REQUIRED
from hub.wiring.opening import Hub

PLAIN = ",".join(REQUIRED)
BETH = "P1,Elizabeth,Ann,O'Neill,Beth,2006-03-09,F,LN2 4ZZ,"
SERVICE = "Example leaving care service"


@pytest.fixture
def run(county, settings, keyring, tmp_path, monkeypatch, capsys):
    """Return a function that runs the command on lines of a file: status, output, errors."""
    monkeypatch.setattr(opening, "opened", lambda: Hub(settings, keyring, county.units))

    def call(*lines, options=(), service=SERVICE):
        file = tmp_path / "people.csv"
        file.write_text("\n".join([PLAIN, *lines]))
        with pytest.raises(SystemExit) as ended:
            main(["register", "import", str(file), "--service", service, *options])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def people(county):
    with county.units.read(system("test")) as uow:
        return uow.session.scalar(select(func.count()).select_from(Person))


def test_people_are_taken_in_once(county, run):
    assert run(BETH, options=["--dry-run"])[1].endswith("1 added, 0 changed, 0 unchanged\n")
    assert people(county) == 0
    assert run(BETH)[:1] == (0,)
    assert run(BETH)[1].endswith("0 added, 0 changed, 1 unchanged\n")
    assert people(county) == 1


def test_one_bad_line_changes_nothing_and_is_named(county, run):
    status, _, errors = run(BETH, "P2,Jack,,Hill,,2006-13-01,M,,")
    assert status == 2
    assert errors.startswith("error: line 3: date_of_birth: Enter a real date as YYYY-MM-DD")
    assert people(county) == 0


def test_a_service_that_is_none(run):
    status, _, errors = run(BETH, service="Nobody's")
    assert status == 2
    assert "--service" in errors
