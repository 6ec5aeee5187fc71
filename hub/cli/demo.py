"""``hub demo``: a made-up county in a folder of its own, to play with or to test against."""

import json
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import click

from hub.cli.files import BadInputError, Fault, write_whole
from hub.cli.opening import own_files_only

if TYPE_CHECKING:
    from hub.config import Settings

BORROWED = ("database", "mail")
"""The sections that come from the file that ``HUB_CONFIG`` names, where it names one."""

Sections = dict[str, dict[str, object]]


@click.command()
@click.option("--seed", required=True, help="Any text; the same seed makes the same county.")
@click.option("--people", required=True, type=click.IntRange(0), help="People on the register.")
@click.option("--meetings", required=True, type=click.IntRange(0), help="Meetings in 28 days.")
@click.option("--dir", "folder", required=True, type=click.Path(path_type=Path), help="New folder.")
def demo(seed: str, people: int, meetings: int, folder: Path) -> None:
    """Make up a county: people, workers, concerns, meetings; every invitation written, unsent."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError([Fault("-", "--dir", "must be new or empty; name another folder")])
    if meetings and not people:
        raise BadInputError([Fault("-", "--people", "must be 1 or more for there to be meetings")])
    settings, text = _settings(folder)
    own_files_only()
    rng = Random(f"{seed}/{people}/{meetings}")  # noqa: S311 - made up by dice
    with _whole_or_not_at_all(folder):
        _build(settings, rng, people, meetings, folder)
        write_whole(folder / "config.toml", text)


@contextmanager
def _whole_or_not_at_all(folder: Path) -> Generator[None]:
    """Empty the folder again when anything goes wrong or somebody presses Ctrl-C."""
    was_there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if was_there:
            folder.mkdir()
        raise


def _settings(folder: Path) -> tuple["Settings", str]:
    """Return the county's settings and the text of its configuration file.

    Database and mail are those of the file that ``HUB_CONFIG`` names, else our own.
    """
    import tomllib

    from hub.config import borrow_settings, parse_settings, read_settings

    own = {
        "environment": "test",
        "data_dir": str(folder / "data"),
        "public_base_url": "http://127.0.0.1:8000",
    }
    top = [f"{key} = {_toml(value)}" for key, value in own.items()]
    if not (name := os.environ.get("HUB_CONFIG")):
        sections: Sections = {
            "database": {"url": f"sqlite:///{folder / 'hub.db'}"},
            "mail": {"transport": "mailbox", "mailbox": str(folder / "mailbox")},
        }
        text = _as_text(top, sections)
        return parse_settings(text, os.environ, name="config.toml"), text
    given = read_settings(name)
    settings = borrow_settings(given, os.environ, own, BORROWED, name=name)
    return settings, _as_text(top, {key: tomllib.loads(given).get(key, {}) for key in BORROWED})


def _as_text(top: list[str], sections: Sections) -> str:
    lines = list(top)
    for section, values in sections.items():
        lines += ["", f"[{section}]", *(f"{key} = {_toml(value)}" for key, value in values.items())]
    return "\n".join([*lines, ""])


def _toml(value: object) -> str:
    """Return a setting's value as TOML; JSON writes text, numbers and lists of them the same."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _in_one_hour(settings: "Settings") -> "Settings":
    """Return the settings with which weeks of concerns may be raised at one instant."""
    from hub.config.sections import LookUpSettings

    many = 1_000_000
    return replace(settings, look_ups=LookUpSettings(an_hour=many, a_day=many, repeats=many))


def _build(settings: "Settings", rng: Random, people: int, meetings: int, folder: Path) -> None:
    from hub.audit.anchor import anchor
    from hub.cli.made_up.agreement import make_agreement
    from hub.cli.made_up.county import BUILDER, found_county, open_accounts
    from hub.cli.made_up.entering import enter_people
    from hub.cli.made_up.register import as_csv, made_up_people
    from hub.cli.made_up.story import Storyteller
    from hub.db.keyring import open_keyring
    from hub.db.release import revision
    from hub.db.upgrade import upgrade
    from hub.kernel.actor import Role
    from hub.kernel.ids import Ids
    from hub.wiring.opening import build_units
    from hub.wiring.reactions import invitation_policy

    ids = str(rng.getrandbits(64))
    # The ids of the messages too are the seed's; the key that the county goes on with is its own.
    keyring = replace(open_keyring(settings.data_dir), mail=sha256(ids.encode()).digest())
    units = build_units(_in_one_hour(settings), keyring, ids=Ids(ids))
    if revision(units.engine) is not None:
        raise BadInputError([Fault("-", "database.url", "must be an empty database")])
    upgrade(units.engine)
    _say("directory, workers, agreement")
    with units.write(BUILDER) as uow:
        county = found_county(rng, people, uow=uow)
        open_accounts(county, settings.environment, uow=uow)
        made = list(made_up_people(rng, people, uow.today))
    make_agreement(units, county)
    if people:
        with units.write(county.logins[Role.DUTY_DESK].actor()) as uow:
            enter_people(county, made, uow=uow, progress=_say_people)
        teller = Storyteller(units, county, made, invitation_policy(settings))
        for number, day in enumerate(teller.days(meetings), start=1):
            teller.meeting(day)
            _say(f"meetings {number} of {meetings}")
        teller.loose_ends()
        teller.give_reasons()
    anchor(units, settings.data_dir, keyring.audit)
    write_whole(folder / "people.csv", as_csv(made))
    logins = [
        {
            "role": login.role.value,
            "email": login.email,
            "password": login.password,
            "totp_secret": None,
        }
        for login in county.logins.values()
    ]
    write_whole(folder / "accounts.json", json.dumps(logins, indent=1) + "\n")
    units.engine.dispose()


def _say_people(done: int, of: int) -> None:
    _say(f"people {done} of {of}")


def _say(what: str) -> None:
    click.echo(what, err=True)
