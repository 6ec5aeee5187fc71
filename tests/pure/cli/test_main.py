"""The ``hub`` command keeps its exit statuses whatever happens."""

import gc
import tomllib
from contextlib import suppress
from pathlib import Path

import click
import pytest

from hub import VERSION
from hub.cli import main as program

ROOT = Path(__file__).resolve().parents[3]


def _status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as leaving:
        program.main(list(arguments))
    return leaving.value.code


def test_the_release_stands_in_two_places_and_is_the_same(capsys) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    assert _status("--version") == 0
    assert VERSION in capsys.readouterr().out


def test_a_word_that_is_no_command_is_bad_usage() -> None:
    assert _status("invite-victim") == 2


def test_every_family_can_be_loaded() -> None:
    for name in program.FAMILIES:
        assert isinstance(program.hub.get_command(click.Context(program.hub), name), click.Command)


@pytest.mark.parametrize("name", ["match", "no_such_name"])
def test_the_collector_rests_only_while_a_command_is_loaded(monkeypatch, name) -> None:
    seen = []
    load = program.importlib.import_module
    monkeypatch.setattr(
        program.importlib, "import_module", lambda one: seen.append(gc.isenabled()) or load(one)
    )
    monkeypatch.setitem(program.FAMILIES, "match", ("hub.cli.match", name))
    with suppress(AttributeError):
        program.hub.get_command(click.Context(program.hub), "match")
    assert (seen, gc.isenabled()) == ([False], True)


def test_a_fault_of_the_hub_is_status_3_and_never_1(monkeypatch, capsys) -> None:
    monkeypatch.setitem(program.FAMILIES, "match", ("hub.cli.match", "no_such_name"))
    assert _status("match") == 3
    assert "AttributeError" in capsys.readouterr().err


def test_a_database_that_is_away_is_status_3(monkeypatch, tmp_path, capsys) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'environment = "test"\ndata_dir = "{tmp_path}"\n'
        'public_base_url = "http://127.0.0.1:8000"\n'
        f'[database]\nurl = "sqlite:///{tmp_path}/no/such/folder/hub.db"\n'
        f'[mail]\nmailbox = "{tmp_path}/mail"\n'
    )
    monkeypatch.setenv("HUB_CONFIG", str(config))
    assert _status("meetings", "check") == 3
    assert capsys.readouterr().err.startswith("error: ")


def test_an_unknown_setting_is_status_2_with_its_line(monkeypatch, tmp_path, capsys) -> None:
    config = tmp_path / "config.toml"
    config.write_text('environment = "test"\nbogus = 1\n')
    monkeypatch.setenv("HUB_CONFIG", str(config))
    assert _status("meetings", "check") == 2
    assert "line 2: bogus: unknown setting" in capsys.readouterr().err
