"""``hub marac``: what the clocks of the MARAC cycle say of a file of referrals and meetings.

``clocks`` is pure and starts without Flask, a database or settings.
"""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
from typing_extensions import override

from hub.cli.clock_files import read_clock_file
from hub.cli.files import read_text, write_whole
from hub.cli.json_files import FORM_VERSION
from hub.kernel.days import NotADayError, parse_day
from hub.marac.clocks import clocks


class Day(click.ParamType[date]):
    """A day on the command line, written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    @override
    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day. Raises BadParameter, which ends the command with status 2."""
        try:
            return parse_day(str(value))
        except NotADayError as error:
            self.fail(str(error), param, ctx)


@click.group()
def marac() -> None:
    """Say what the clocks of the MARAC cycle say."""


@marac.command("clocks")
@click.argument("cases", type=click.Path(path_type=Path))
@click.option("--on", "on", required=True, type=Day(), help="The day for which they are read.")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="File to write.")
def clocks_command(cases: Path, on: date, output: Path) -> None:
    """Say which referrals in CASES repeat, which flags are current, and what is due when."""
    read = read_clock_file(read_text(cases))
    found = clocks(read.areas, read.referrals, read.meetings, on)
    document = {"version": FORM_VERSION, "results": asdict(found)}
    write_whole(output, json.dumps(document, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: object) -> object:
    """Return as JSON what JSON has no word for: a day, and a set in a fixed order."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is no JSON")
